// Mingxi (明细) reads Chinese work reports and turns their figures into data:
// one row per figure, with what it measures, its unit, its period and the
// sentence that it stands in.
//
// This package is the program: one file per command, and the only place that
// composes corpus, extract and index. All concurrency is in package pipeline.
package main

import (
	"context"
	"os"
	"os/signal"
	"runtime/debug"
	"syscall"
	"time"
)

func main() {
	if os.Getenv("GOGC") == "" {
		debug.SetGCPercent(collectAt)
	}
	if os.Getenv("GOMEMLIMIT") == "" {
		debug.SetMemoryLimit(collectFrom)
	}
	os.Exit(run(newProgram(os.Stdin, os.Stdout, os.Stderr, os.Args[1:])))
}

// collectAt lets the heap grow to three times of what is in use before it is cleared:
// a fifth less time for half as much memory again.
const collectAt = 200

// collectFrom is how many bytes may be in use before it is cleared more often: with
// what SQLite takes, and the files of an index in memory, a document of a million figures
// stays below 500 MB.
const collectFrom = 300 << 20

// patience is how long an interrupted command may take to finish or drop what it has
// in hand.
const patience = 1800 * time.Millisecond

// run is main with an exit code. An interrupt cancels the context: the command
// finishes or drops what it has in hand and leaves no half-written file. What takes
// too long, as a file that nobody writes to, is ended as a kill would end it, which no
// corpus minds.
func run(p *program) int {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	ended := context.AfterFunc(ctx, func() {
		stop() // a second interrupt ends the process at once
		p.summary("%s", p.text("stopping …", "正在停止……"))
		time.AfterFunc(patience, func() {
			p.abandon()
			os.Exit(exitInterrupted)
		})
	})
	defer ended()
	return execute(ctx, p, os.Args[1:])
}
