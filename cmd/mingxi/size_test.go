package main

import (
	"bytes"
	"os"
	"strings"
	"testing"
)

// gse carries a Japanese dictionary of 24 MB. The linker leaves it out as long as
// gse's Segmenter is in no type that reflection can reach; this test's own binary
// holds the whole program.
func TestNoJapaneseDictionary(t *testing.T) {
	name, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	program, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	line := func(parts ...string) []byte { return []byte(strings.Join(parts, " ")) } // not as one piece in this file
	if !bytes.Contains(program, line("公顷", "739", "q")) {
		t.Error("the Chinese words are not found: this test looks for the wrong thing")
	}
	if bytes.Contains(program, line("やぼったい", "6956", "形容詞")) {
		t.Error("gse's Japanese dictionary is in the program: 24 MB more")
	}
}
