package main

import (
	"os"
	"os/exec"
	"slices"
	"strconv"
	"strings"
	"syscall"
	"testing"
)

// Every thread of a process that gives way is ten steps of nice behind the one that
// started it (or at the end, 19), and so is its session, until it ends. It is tried in a process of its own, for it is not undone.
func TestGiveWay(t *testing.T) {
	if os.Getenv("MINGXI_GIVE_WAY") != "" {
		back := giveWay()
		os.Stdout.WriteString("session " + sessionNice() + "\n")
		back()
		os.Stdout.WriteString("session " + sessionNice() + "\n")
		threads, err := os.ReadDir("/proc/self/task")
		if err != nil {
			t.Fatal(err)
		}
		for _, thread := range threads {
			id, _ := strconv.Atoi(thread.Name())
			if answer, err := syscall.Getpriority(syscall.PRIO_PROCESS, id); err == nil {
				os.Stdout.WriteString("nice " + strconv.Itoa(20-answer) + "\n")
			}
		}
		return
	}
	answer, err := syscall.Getpriority(syscall.PRIO_PROCESS, 0)
	if err != nil {
		t.Fatal(err)
	}
	want := "nice " + strconv.Itoa(min(20-answer+10, 19))
	child := exec.Command(os.Args[0], "-test.run", "^TestGiveWay$")
	child.Env = append(os.Environ(), "MINGXI_GIVE_WAY=1")
	out, err := child.Output()
	if err != nil {
		t.Fatal(err)
	}
	var sessions []string
	seen := 0
	for line := range strings.Lines(string(out)) {
		if s, ok := strings.CutPrefix(strings.TrimSpace(line), "session "); ok {
			sessions = append(sessions, s)
		}
		if line = strings.TrimSpace(line); strings.HasPrefix(line, "nice ") {
			if seen++; line != want {
				t.Errorf("%s, want %s", line, want)
			}
		}
	}
	if seen == 0 {
		t.Error("no thread is told")
	}
	before := sessionNice()
	if n, err := strconv.Atoi(before); err == nil && n < stepBack && !slices.Equal(sessions, []string{strconv.Itoa(stepBack), before}) {
		t.Errorf("nice of the session %q, want %d and then %s again", sessions, stepBack, before)
	}
}

// sessionNice is the nice of this session; empty where the kernel does not group by session.
func sessionNice() string {
	told, _ := os.ReadFile(autogroup)
	_, nice, _ := strings.Cut(strings.TrimSpace(string(told)), " nice ")
	return nice
}
