// Mingxi (明细) reads Chinese work reports and turns their figures into data:
// one row per figure, with what it measures, its unit, its period and the
// sentence that it stands in.
//
// This package is the program: one file per command, and the only place that
// composes corpus, extract and index. All concurrency is in pipeline.go.
package main

import (
	"context"
	"os"
	"os/signal"
	"syscall"
)

func main() { os.Exit(run()) }

// run is main with an exit code. An interrupt cancels the context: the command
// finishes or drops what it has in hand and leaves no half-written file.
func run() int {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	context.AfterFunc(ctx, stop) // a second interrupt ends the process at once
	return execute(ctx, newProgram(os.Stdin, os.Stdout, os.Stderr, os.Args[1:]), os.Args[1:])
}
