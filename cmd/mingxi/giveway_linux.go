package main

// This file lets readers of a corpus go before the process that writes it.

import (
	"errors"
	"os"
	"strconv"
	"strings"
	"syscall"
	"time"
)

// autogroup tells, and takes, the nice of all processes of this session where the kernel
// groups tasks by session (sched(7)): there a thread's own nice counts within the session
// alone. "/autogroup-25 nice 0".
const autogroup = "/proc/self/autogroup"

// stepBack is by how many of nice readers go first.
const stepBack = 10

// giveWay lets the readers of a corpus go before this process, which writes it: all of
// its threads step back by ten of nice, and its session, which back undoes. Threads made
// later inherit it; the second round is for such as a thread of the first has made
// meanwhile.
func giveWay() (back func()) {
	back = giveSessionsWay()
	own, err := syscall.Getpriority(syscall.PRIO_PROCESS, 0) // the system's answer: 20 less nice
	if err != nil {
		return back
	}
	for range 2 {
		threads, _ := os.ReadDir("/proc/self/task")
		for _, t := range threads {
			if id, err := strconv.Atoi(t.Name()); err == nil {
				_ = syscall.Setpriority(syscall.PRIO_PROCESS, id, 20-own+stepBack) // refused or gone: it stays as it is
			}
		}
	}
	return back
}

// giveSessionsWay steps back the session, unless it stands there already.
func giveSessionsWay() (back func()) {
	back = func() {}
	told, err := os.ReadFile(autogroup)
	_, number, ok := strings.Cut(string(told), " nice ")
	nice, bad := strconv.Atoi(strings.TrimSpace(number))
	if err != nil || !ok || bad != nil || nice >= stepBack {
		return back
	}
	set := func(n int) (err error) {
		for range 3 { // the kernel takes one of all users in a tenth of a second
			if err = os.WriteFile(autogroup, []byte(strconv.Itoa(n)), 0); !errors.Is(err, syscall.EAGAIN) {
				break
			}
			time.Sleep(110 * time.Millisecond)
		}
		return err
	}
	if set(stepBack) == nil {
		back = func() { _ = set(nice) }
	}
	return back
}
