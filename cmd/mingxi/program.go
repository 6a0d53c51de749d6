package main

// This file holds what every command shares: its streams, its language and
// its manners. The rules of the terminal interface are:
//
//   - data goes to stdout and nothing else does; messages go to stderr;
//   - a message is one line, lower-case, without a period, and names the
//     document and the reason: "mingxi: a.pdf: no text: the pages are pictures";
//   - colour and progress appear only on a terminal, and colour not under NO_COLOR;
//   - help and summaries speak English or 简体中文, after --lang or the locale.

import (
	"cmp"
	"fmt"
	"io"
	"os"
	"strings"
	"sync"
	"time"

	"github.com/spf13/cobra"

	"mingxi/cmd/mingxi/table"
	"mingxi/cmd/mingxi/tell"
	"mingxi/corpus"
	"mingxi/extract/indicator"
)

// A program is one run of mingxi.
type program struct {
	in       io.Reader
	out, err io.Writer
	help     helpWriter     // what cobra prints
	zh       bool           // speak Chinese
	quiet    bool           // no summaries and no progress
	every    time.Duration  // between plain lines of progress; 0 is ten seconds
	workers  int            // documents read at a time; 0 is one per CPU
	reading  corpus.Options // how files are read
	meta     string         // file of what the user says of them
	metaName string         // its name as it is told, if another
	words    userWords      // what the user adds to the general dictionary
	include  []string       // patterns of the files to read below a path
	exclude  []string       // and of those not to read
	running  bool           // a command has begun: an error is no longer one of usage
	outputs  *sync.Map      // names of the files that are being written

	vocabulary vocabularyOptions
	lists      [][]indicator.Indicator // of the vocabulary in use
}

func newProgram(in io.Reader, out, err io.Writer, args []string) *program {
	return &program{in: in, out: out, err: err, outputs: new(sync.Map), help: helpWriter{out: out}, zh: chinese(args)}
}

// abandon removes the unfinished files of a command that is ended where it stands.
func (p *program) abandon() {
	p.outputs.Range(func(name, _ any) bool {
		table.Sweep(name.(string))
		return true
	})
}

// A helpWriter keeps the error of writing help, completions and the version, which
// cobra drops.
type helpWriter struct {
	out io.Writer
	err error
}

// Write implements io.Writer.
func (w *helpWriter) Write(b []byte) (int, error) {
	_, err := w.out.Write(b)
	w.err = cmp.Or(w.err, err)
	return len(b), nil
}

// chinese decides the language before flags are parsed, since help is built
// first: --lang wins, then the locale.
func chinese(args []string) bool {
	for i, a := range args {
		if v, ok := strings.CutPrefix(a, "--lang="); ok {
			return strings.HasPrefix(v, "zh")
		}
		if a == "--lang" && i+1 < len(args) {
			return strings.HasPrefix(args[i+1], "zh")
		}
	}
	for _, name := range []string{"LC_ALL", "LC_MESSAGES", "LANG"} {
		if v := os.Getenv(name); v != "" {
			return strings.HasPrefix(v, "zh")
		}
	}
	return false
}

// text is the English or the Chinese of a message.
func (p *program) text(en, zh string) string {
	return p.lang().Text(en, zh)
}

// lang is the language of the program.
func (p *program) lang() tell.Lang { return tell.Lang(p.zh) }

// say prints a message of the program, with what libraries say in its language. Names of
// files may hold anything: what could change the terminal is replaced.
func (p *program) say(format string, args ...any) {
	fmt.Fprintln(p.err, "mingxi: "+printable(p.lang().Message(fmt.Sprintf(format, args...))))
}

// summary prints a message that --quiet silences.
func (p *program) summary(format string, args ...any) {
	if !p.quiet {
		p.say(format, args...)
	}
}

// colour reports whether w is a terminal that may be coloured.
func colour(w io.Writer) bool {
	return os.Getenv("NO_COLOR") == "" && os.Getenv("TERM") != "dumb" && terminal(w)
}

// terminal reports whether w is a terminal.
func terminal(w io.Writer) bool {
	f, ok := w.(*os.File)
	if !ok {
		return false
	}
	info, err := f.Stat()
	return err == nil && info.Mode()&os.ModeCharDevice != 0 && f.Name() != os.DevNull
}

// A command declares one cobra command: examples stand before flags in its
// help, in the language of the program. Comments of examples are in both:
// "# to look at · 便于查看".
func (p *program) command(use, short, long, examples string) *cobra.Command {
	return &cobra.Command{
		Use:                   use,
		Short:                 short,
		Long:                  long,
		Example:               p.comments(strings.Trim(examples, "\n")),
		DisableFlagsInUseLine: true,
	}
}

// comments leaves one language in the comments of examples.
func (p *program) comments(examples string) string {
	lines := strings.Split(examples, "\n")
	for i, line := range lines {
		code, comment, _ := strings.Cut(line, "# ")
		if en, zh, both := strings.Cut(comment, " · "); both {
			lines[i] = code + "# " + p.text(en, zh)
		}
	}
	return strings.Join(lines, "\n")
}
