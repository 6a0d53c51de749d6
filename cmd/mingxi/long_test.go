package main

import (
	"bytes"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// A long document of 18,000 figures, which is read in parts: audit and show, of the file
// and of a corpus, find and mark in it what they would as a whole.
func TestLong(t *testing.T) {
	dir := t.TempDir()
	var text strings.Builder
	text.WriteString("望川县2012年统计资料汇编\n")
	for i := range 6000 {
		a, b, wrong := i%97+1, i%89+2, 0
		if i%500 == 0 {
			wrong = 1
		}
		fmt.Fprintf(&text, "第%d村低保户%d户,其中城市低保户%d户、农村低保户%d户。%s\n", i+1, a+b+wrong, a, b,
			strings.Repeat("各项工作按要求有序开展,群众反映良好。", 3))
	}
	file, corpus := filepath.Join(dir, "long.txt"), filepath.Join(dir, "corpus.mx")
	if err := os.WriteFile(file, []byte(text.String()), 0o666); err != nil || text.Len() < longText {
		t.Fatal(err, text.Len())
	}
	mingxi(t, "ingest", file, "-q", "-c", corpus)
	rules := filepath.Join(dir, "my.rules")
	if err := os.WriteFile(rules, []byte("id: many\nrule: \"第17村低保户\" >= 1000\n"), 0o666); err != nil {
		t.Fatal(err)
	}
	var first string
	for _, of := range [][]string{{file}, {"-c", corpus}} {
		seen := string(mingxi(t, append([]string{"audit", "-q", "--lang", "en"}, of...)...))
		if n := strings.Count(seen, "  contradicts  "); n != 12 || !strings.Contains(seen, "long.txt  6000 relations: 5988 hold, 12 contradict\n") {
			t.Errorf("audit %s: %d contradictions in %.300s", of, n, seen)
		}
		rows := bytes.Split(mingxi(t, append([]string{"audit", "-q", "--csv"}, of...)...), []byte("\n"))
		if len(rows) != 6002 || bytes.Count(bytes.Join(rows, nil), []byte(",contradicts,")) != 12 {
			t.Errorf("audit %s --csv: %d rows", of, len(rows))
		}
		asked := append([]string{"show", "-q", "--lang", "en"}, of...)
		if of[0] == "-c" {
			asked = append(asked, "long.txt")
		}
		shown := string(mingxi(t, asked...))
		_, body, _ := strings.Cut(shown, "\n")
		marks := regexp.MustCompile(`\]#(\d+)`).FindAllStringSubmatch(body, -1)
		if len(marks) != 18000 || marks[17999][1] != "18000" || !strings.Contains(shown, "18000 figures\n") {
			t.Errorf("show %s: %d figures in %.300s", of, len(marks), shown)
		}
		if first == "" {
			first = body
		} else if body != first {
			t.Errorf("show %s shows another text", of)
		}
	}
	if said := string(mingxi(t, "audit", "-q", file, "--rules", rules, "--csv")); !strings.Contains(said, ",contradicts,") || !strings.Contains(said, "many,") {
		t.Errorf("the rule finds nothing in %.300s", said)
	}
}

// All figures of a long document found by a search take a time as their number, and
// facts of it need none of them.
func TestLongSearch(t *testing.T) {
	dir := t.TempDir()
	var seconds [2]float64
	for i, n := range []int{3000, 24000} {
		f := newFolder(t, 0)
		f.long(n)
		corpus := filepath.Join(dir, fmt.Sprint(n))
		mingxi(t, "ingest", "-q", f.dir, "-c", corpus)
		cmd := exec.Command("mingxi", "search", "-q", "value:>0", "--figures", "--csv", "-c", corpus)
		out, err := cmd.Output()
		if rows := bytes.Count(out, []byte("\n")); err != nil || rows != n+1 {
			t.Errorf("%d rows of %d figures, %v", rows, n, err)
		}
		seconds[i] = cmd.ProcessState.UserTime().Seconds()
	}
	if seconds[1] > 24*seconds[0]+1 {
		t.Errorf("3,000 figures take %.1f s, 24,000 take %.1f", seconds[0], seconds[1])
	}
}
