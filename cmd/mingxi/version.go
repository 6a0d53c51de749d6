package main

import (
	"crypto/sha256"
	"fmt"
	"io"
	"os"
	"runtime"
	"runtime/debug"

	"github.com/spf13/cobra"
)

func versionCommand(p *program) *cobra.Command {
	c := p.command("version", p.text("print the version", "显示版本"),
		p.text("Version prints the version of the program and of the Go that built it.", "显示程序的版本,以及编译它的 Go 版本。"), "  mingxi version")
	c.Args = cobra.NoArgs
	c.RunE = func(*cobra.Command, []string) error {
		_, err := fmt.Fprintln(p.out, version())
		return err
	}
	return c
}

// build is the version; and, where that leaves open what the rules of the program are,
// since it was built of changed files or outside of a repository, its checksum.
func build() (string, error) {
	v, told := describe()
	if told {
		return v, nil
	}
	name, err := os.Executable()
	if err != nil {
		return v, err
	}
	f, err := os.Open(name)
	if err != nil {
		return v, err
	}
	defer f.Close()
	h := sha256.New()
	_, err = io.Copy(h, f)
	return fmt.Sprintf("%s sha256:%x", v, h.Sum(nil)[:6]), err
}

// version is one line: mingxi v0.1.0 (3f2a9c1b8d7e, changed) go1.26.8 linux/amd64.
func version() string {
	v, _ := describe()
	return v
}

// describe is the version, and whether it tells the rules of the program.
func describe() (line string, told bool) {
	number, revision, changed := "(devel)", "", ""
	if info, ok := debug.ReadBuildInfo(); ok {
		if info.Main.Version != "" {
			number = info.Main.Version
		}
		for _, s := range info.Settings {
			switch {
			case s.Key == "vcs.revision":
				revision = s.Value[:min(12, len(s.Value))]
			case s.Key == "vcs.modified" && s.Value == "true":
				changed = ", changed"
			}
		}
	}
	if revision != "" {
		revision = " (" + revision + changed + ")"
	}
	told = changed == "" && (revision != "" || number != "(devel)")
	return fmt.Sprintf("mingxi %s%s %s %s/%s", number, revision, runtime.Version(), runtime.GOOS, runtime.GOARCH), told
}
