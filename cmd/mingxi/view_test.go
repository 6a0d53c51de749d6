package main

import "testing"

func TestColumns(t *testing.T) {
	for s, want := range map[string]int{"": 0, "abc": 3, "低保": 4, "８５%": 5, "“三农”": 6} {
		if got := columns(s); got != want {
			t.Errorf("columns(%q) = %d, want %d", s, got, want)
		}
	}
}

// A document cannot move the cursor or change the colours of the terminal.
func TestPrintable(t *testing.T) {
	if got := printable("全县\x1b[31m低保\u009b2J\t1户\n"); got != "全县·[31m低保·2J\t1户\n" {
		t.Errorf("%q", got)
	}
}

func TestSplitSeq(t *testing.T) {
	for _, c := range []struct {
		arg, path string
		seq       int
		one       bool
	}{
		{"report.txt#12", "report.txt", 12, true},
		{"report.txt", "report.txt", 0, false},
		{"a#b.txt", "a#b.txt", 0, false},
		{"a#1.txt#3", "a#1.txt", 3, true},
		{"a.txt#0", "a.txt", 0, true}, // there is no such figure, and explain says so
	} {
		if path, seq, one := splitSeq(c.arg); path != c.path || seq != c.seq || one != c.one {
			t.Errorf("%s: %s and %d, %v", c.arg, path, seq, one)
		}
	}
}
