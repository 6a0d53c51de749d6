package main

import (
	"io"
	"os"
	"path/filepath"
	"testing"
)

// Standard input may be the file that would be replaced: extract - -o s.csv < s.csv.
func TestReadsStdin(t *testing.T) {
	name, other := filepath.Join(t.TempDir(), "s.csv"), filepath.Join(t.TempDir(), "o.csv")
	for _, n := range []string{name, other} {
		if err := os.WriteFile(n, []byte("救助12人。"), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	in, err := os.Open(name)
	if err != nil {
		t.Fatal(err)
	}
	defer in.Close()
	p := newProgram(in, io.Discard, io.Discard, nil)
	if !p.reads("-", name) || p.reads("-", other) || p.reads(other, name) {
		t.Error("standard input")
	}
	for _, c := range []struct {
		args []string
		want bool
	}{
		{[]string{"extract", "-", "-o", name}, false},
		{[]string{"facts", other, "--meta", "-", "-o", name}, false},
		{[]string{"extract", "-", "-o", name + ".csv"}, true},
	} {
		root := rootCommand(p)
		root.SetArgs(c.args)
		if err := root.Execute(); (err == nil) != c.want {
			t.Errorf("%v: %v", c.args, err)
		}
	}
}
