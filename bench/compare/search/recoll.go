package main

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"time"
)

// recoll indexes files, with its default for Chinese, characters and pairs. It
// answers from a process of its own, whose start is counted.
type recoll struct{ conf string }

func (r *recoll) name() string { return "Recoll" }

func (r *recoll) build(dir string, reports []report) error {
	r.conf = filepath.Join(dir, "conf")
	source := filepath.Join(dir, "source")
	for _, d := range []string{r.conf, source} {
		if err := os.MkdirAll(d, 0o777); err != nil {
			return err
		}
	}
	for _, p := range reports {
		if err := os.WriteFile(filepath.Join(source, p.id+".txt"), []byte(p.text), 0o666); err != nil {
			return err
		}
	}
	conf := "topdirs = " + source + "\nindexstemminglanguages =\nloglevel = 1\ndefaultcharset = UTF-8\n"
	if err := os.WriteFile(filepath.Join(r.conf, "recoll.conf"), []byte(conf), 0o666); err != nil {
		return err
	}
	out, err := exec.Command("recollindex", "-c", r.conf).CombinedOutput()
	if err != nil {
		return fmt.Errorf("recollindex: %w: %.300s", err, out)
	}
	return nil
}

var recollCount = regexp.MustCompile(`(?m)^(\d+) results`)

func (r *recoll) search(phrase string, n int) (int, []string, time.Duration, error) {
	var words []string
	for w := range strings.FieldsSeq(phrase) {
		words = append(words, `"`+w+`"`)
	}
	start := time.Now()
	out, err := exec.Command("recollq", "-c", r.conf, "-n", strconv.Itoa(n), "-q", strings.Join(words, " ")).Output()
	took := time.Since(start)
	if err != nil {
		return 0, nil, 0, fmt.Errorf("recollq: %w", err)
	}
	hits := 0
	if m := recollCount.FindSubmatch(out); m != nil {
		hits, _ = strconv.Atoi(string(m[1]))
	}
	var ids []string
	for line := range strings.Lines(string(out)) {
		if i := strings.Index(line, "/source/"); i >= 0 {
			id, _, _ := strings.Cut(line[i+len("/source/"):], ".txt")
			ids = append(ids, id)
		}
	}
	return hits, ids, took, nil
}

func (r *recoll) close() {}
