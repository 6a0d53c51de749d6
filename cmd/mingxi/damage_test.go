package main

import (
	"bytes"
	"flag"
	"fmt"
	"io/fs"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

var harms = flag.Int("harms", 12, "how many copies of a corpus TestHarm damages")

// ran is what a command printed and how it ended.
type ran struct {
	out, messages string
	code          int
}

func command(args ...string) ran {
	cmd := exec.Command("mingxi", args...)
	var out, messages bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &messages
	cmd.Run()
	return ran{out.String(), messages.String(), cmd.ProcessState.ExitCode()}
}

// A byte changed or a file cut short, in the database or any file of the index: no
// command panics, what is printed with exit code 0 is right or verify says that the
// corpus is not, and what verify names brings back all that the files still hold.
//
//	go test ./cmd/mingxi -run Harm -v -harms 360 -timeout 2h
func TestHarm(t *testing.T) {
	f := newFolder(t, 40)
	whole := filepath.Join(t.TempDir(), "whole")
	mingxi(t, "ingest", "-q", f.dir, "-c", whole, "--batch", "10")
	h := harmed{t: t, folder: f.dir, asked: [][]string{
		{"export"}, {"search", "低保", "--csv"}, {"search", "value:>10 户", "--figures", "--json"},
	}}
	for _, args := range h.asked {
		h.want = append(h.want, string(mingxi(t, append(args, "-c", whole)...)))
	}
	var files []string // the database stands for half of them
	err := filepath.WalkDir(whole, func(path string, e fs.DirEntry, err error) error {
		info, _ := os.Stat(path)
		if err == nil && !e.IsDir() && info.Size() > 0 {
			files = append(files, path[len(whole):])
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	rng := rand.New(rand.NewPCG(12, 4))
	for i := range *harms {
		h.dir = filepath.Join(t.TempDir(), "corpus")
		if err := os.CopyFS(h.dir, os.DirFS(whole)); err != nil {
			t.Fatal(err)
		}
		name := "/" + "corpus.db"
		if i%2 == 1 {
			name = files[i/2%len(files)]
		}
		h.what = name + " " + spoil(t, rng, filepath.Join(h.dir, name), i%6 == 5)
		h.look()
		os.RemoveAll(h.dir)
	}
	t.Logf("%d copies, %d files: %v", *harms, len(files), h.ended)
}

// spoil changes a byte of a file or cuts it.
func spoil(t *testing.T, rng *rand.Rand, path string, cut bool) (what string) {
	b, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	at := rng.IntN(len(b))
	if cut {
		b, what = b[:at], fmt.Sprintf("cut to %d", at)
	} else {
		b[at] ^= byte(1 + rng.IntN(255))
		what = fmt.Sprintf("byte %d of %d", at, len(b))
	}
	if err := os.WriteFile(path, b, 0o666); err != nil {
		t.Fatal(err)
	}
	return what
}

// A harmed corpus, and what the whole one answers.
type harmed struct {
	t           *testing.T
	folder, dir string
	what        string
	asked       [][]string
	want        []string
	ended       map[string]int
}

// run runs a command on the corpus, which may fail but not panic.
func (h *harmed) run(args ...string) ran {
	r := command(append(args, "-c", h.dir)...)
	for _, sign := range []string{"goroutine ", "panic:", "fatal error", "SIG"} {
		if strings.Contains(r.messages, sign) || r.code < 0 || r.code == 2 {
			h.t.Errorf("%s: mingxi %s: exit code %d\n%s", h.what, strings.Join(args, " "), r.code, r.messages)
			break
		}
	}
	return r
}

// answers reports whether all that is asked is as before, and whether all was answered.
func (h *harmed) answers() (same, answered bool) {
	same, answered = true, true
	for i, args := range h.asked {
		r := h.run(args...)
		same = same && r.code == 0 && r.out == h.want[i]
		answered = answered && r.code == 0
	}
	return same, answered
}

// look asks, verifies and mends.
func (h *harmed) look() {
	h.t.Helper()
	if h.ended == nil {
		h.ended = map[string]int{}
	}
	same, answered := h.answers()
	sound := h.run("verify").code == 0
	switch {
	case same && sound:
		h.ended["nothing to see"]++
		return
	case same:
		h.ended["verify says so"]++
	case answered:
		h.ended["another answer, verify says so"]++
	default:
		h.ended["told at once"]++
	}
	if sound {
		h.t.Errorf("%s: verify is content, and answers are others", h.what)
	}
	h.ended[h.mend()]++
}

// mend does what verify says, and returns what it took. A document that is taken out
// on the way is named, and read again.
func (h *harmed) mend() string {
	h.t.Helper()
	var did []string
	named := false
	for _, args := range [][]string{{"reindex"}, {"verify", "--mend"}, {"ingest", h.folder}, {"reindex"}} {
		r := h.run(args...)
		did = append(did, args[0])
		named = named || strings.Contains(r.messages, "what is stored of the document is damaged")
		if h.run("verify").code != 0 {
			continue
		}
		same, _ := h.answers()
		if !same && !named {
			h.t.Errorf("%s: %s has lost something in silence", h.what, strings.Join(did, ", "))
		}
		if same {
			return strings.Join(did, ", ")
		}
	}
	if v := h.run("verify"); !strings.Contains(v.messages, "ingest into a new directory") {
		h.t.Errorf("%s: nothing mends it, and nobody says so:\n%s", h.what, v.messages)
	}
	return "told that only a new corpus mends it"
}
