package main

// This file lets readers of a corpus go before the process that writes it.

import (
	"os"
	"strconv"
	"syscall"
)

// giveWay lets the readers of a corpus go before this process, which writes it: all of
// its threads step back by ten of nice. Those made later inherit it; the second round
// is for such as a thread of the first has made meanwhile.
func giveWay() {
	own, err := syscall.Getpriority(syscall.PRIO_PROCESS, 0) // the system's answer: 20 less nice
	if err != nil {
		return
	}
	for range 2 {
		threads, _ := os.ReadDir("/proc/self/task")
		for _, t := range threads {
			if id, err := strconv.Atoi(t.Name()); err == nil {
				_ = syscall.Setpriority(syscall.PRIO_PROCESS, id, 20-own+10) // refused or gone: it stays as it is
			}
		}
	}
}
