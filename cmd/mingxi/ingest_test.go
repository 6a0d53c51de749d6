package main

import (
	"bytes"
	"context"
	"database/sql"
	"errors"
	"flag"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/rogpeppe/go-internal/testscript"

	"mingxi/bench/gen"
	"mingxi/corpus/store"
)

var (
	kills = flag.Int("kills", 6, "how often TestKill kills the program")
	many  = flag.Int("figures", 3000, "how many figures the largest document of TestKill has")
)

// mingxi runs the program, which must end with 0, or with 3 where documents fail.
func mingxi(t *testing.T, args ...string) []byte {
	t.Helper()
	cmd := exec.Command("mingxi", args...)
	var out, messages bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &messages
	if err := cmd.Run(); err != nil && cmd.ProcessState.ExitCode() != exitPartial {
		t.Fatalf("mingxi %s: %v\n%s", strings.Join(args, " "), err, &messages)
	}
	return out.Bytes()
}

// damage FILE overwrites all but the first page of a database.
func damageCmd(ts *testscript.TestScript, neg bool, args []string) {
	b := []byte(ts.ReadFile(args[0]))
	for i := 4096; i < len(b); i++ {
		b[i] = byte(i * 31)
	}
	ts.Check(os.WriteFile(ts.MkAbs(args[0]), b, 0o666))
}

// harm FILE SQL changes a database behind the back of the program.
func harmCmd(ts *testscript.TestScript, neg bool, args []string) {
	db, err := sql.Open("sqlite", ts.MkAbs(args[0]))
	ts.Check(err)
	defer db.Close()
	_, err = db.Exec(args[1])
	ts.Check(err)
}

// A folder of reports that change, with copies and bad files among them.
type folder struct {
	t    *testing.T
	dir  string
	from *gen.Source
	next int
	rng  *rand.Rand
}

func newFolder(t *testing.T, n int) *folder {
	f := &folder{t: t, dir: filepath.Join(t.TempDir(), "reports"), from: gen.New(7), rng: rand.New(rand.NewPCG(7, 7))}
	for i := range n {
		f.write(i)
	}
	return f
}

// write gives file i new content: mostly a report, sometimes one that another
// file has, a near-copy, or bytes that are no report.
func (f *folder) write(i int) {
	f.next++
	text := f.from.Report(f.next).Text
	switch f.rng.IntN(12) {
	case 0:
		text = f.from.Report(f.rng.IntN(f.next)).Text
	case 1:
		text = f.from.Report(f.rng.IntN(f.next)).Text + "\n打印本页\n"
	case 2:
		text = "\x00\x01\x02\xff\xfe" + strings.Repeat("\x00\x07", 50)
	}
	f.put(filepath.Join(fmt.Sprint(i%7), fmt.Sprintf("%04d.txt", i)), text)
}

// long writes a report of n figures.
func (f *folder) long(n int) {
	f.next++
	var text strings.Builder
	fmt.Fprintf(&text, "青石县%d年各村人口统计\n", 1990+f.next%30)
	for i := range n {
		fmt.Fprintf(&text, "第%d村有人口%d人。\n", i+1, 100+(i+f.next)%900)
	}
	f.put(filepath.Join("3", "long.txt"), text.String())
}

func (f *folder) put(name, text string) {
	path := filepath.Join(f.dir, name)
	if err := os.MkdirAll(filepath.Dir(path), 0o777); err != nil {
		f.t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte(text), 0o666); err != nil {
		f.t.Fatal(err)
	}
}

// move gives the folder another name, and says so to the corpus, which is killed
// meanwhile. Told again it knows, or has not begun to.
func (f *folder) move(corpus string, after time.Duration) (ended string) {
	old := f.dir
	f.dir = filepath.Join(filepath.Dir(old), fmt.Sprint("reports-", f.next))
	if err := os.Rename(old, f.dir); err != nil {
		f.t.Fatal(err)
	}
	args := []string{"move", "-q", old, f.dir, "-c", corpus}
	ended = killed(f.t, after, false, args)
	out, err := exec.Command("mingxi", args...).CombinedOutput()
	if err != nil && !strings.Contains(string(out), "no such document") && !strings.Contains(string(out), "no corpus here") {
		f.t.Fatalf("move: %v\n%s", err, out)
	}
	return ended
}

// state is what a corpus holds, as far as users see it.
func state(t *testing.T, corpus string) string {
	t.Helper()
	mingxi(t, "verify", "-c", corpus)
	var all bytes.Buffer
	for _, args := range [][]string{
		{"export"}, {"export", "--distinct"}, {"stats", "--failures"},
		{"search", "低保", "--csv"}, {"search", "民政 -养老", "--json"}, {"search", "工作", "--limit", "200"}, {"search", "低保 OR 救灾", "--sort", "year", "--facet", "year,org"},
		{"search", "value:>10 unit:户", "--figures", "--csv"}, {"search", "kind:amount 户", "--figures", "--sort", "value", "--limit", "300"},
	} {
		all.Write(mingxi(t, append(args, "-c", corpus)...))
	}
	return all.String()
}

// first is where two states begin to differ.
func first(got, want string) string {
	g, w := strings.Split(got, "\n"), strings.Split(want, "\n")
	for i := range min(len(g), len(w)) {
		if g[i] != w[i] {
			return fmt.Sprintf("line %d:\n%.300s\nwant\n%.300s", i+1, g[i], w[i])
		}
	}
	return fmt.Sprintf("%d lines, want %d", len(g), len(w))
}

// Killed at any moment, and again and again, while files change and their folder moves:
// the next run finishes the work, and the corpus is the one that an undisturbed run makes.
//
//	go test ./cmd/mingxi -run Kill -v -kills 200 -figures 100000 -timeout 2h
func TestKill(t *testing.T) {
	const files = 120
	f := newFolder(t, files)
	f.long(*many)
	corpus := filepath.Join(t.TempDir(), "corpus")
	began := time.Now()
	mingxi(t, "ingest", "-q", f.dir, "-c", filepath.Join(t.TempDir(), "first"), "--batch", "10")
	whole := time.Since(began)
	ended := map[string]int{}
	for i := range *kills {
		for range files / 4 {
			f.write(f.rng.IntN(files))
		}
		os.Remove(filepath.Join(f.dir, "1", fmt.Sprintf("%04d.txt", 1+7*f.rng.IntN(files/7))))
		args := []string{"ingest", "-q", f.dir, "-c", corpus, "--batch", "10", "--prune", "--yes"}
		switch {
		case i%6 == 4:
			args = []string{"reindex", "-q", "-c", corpus}
		case i%6 == 5:
			args = []string{"reextract", "-q", "-c", corpus}
		}
		after := time.Duration(f.rng.Int64N(int64(whole) / 3))
		ended[killed(t, after, i%4 == 3, args)]++
		if i%3 == 2 {
			ended["moved, "+f.move(corpus, after)]++
		}
		if i%10 == 9 {
			f.long(*many + f.rng.IntN(100))
		}
	}
	t.Logf("%d runs, a whole one takes %v: %v", *kills, whole.Round(time.Millisecond), ended)
	mingxi(t, "ingest", "-q", f.dir, "-c", corpus, "--prune", "--yes")
	fresh := filepath.Join(t.TempDir(), "fresh")
	mingxi(t, "ingest", "-q", f.dir, "-c", fresh)
	if got, want := state(t, corpus), state(t, fresh); got != want {
		t.Errorf("the corpus that was killed differs from one that was not: %s", first(got, want))
	}
}

// killed starts the program and kills it after a while, or interrupts it. It
// says how the program ended.
func killed(t *testing.T, after time.Duration, interrupt bool, args []string) string {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), after)
	defer cancel()
	cmd := exec.CommandContext(ctx, "mingxi", args...)
	var messages bytes.Buffer
	cmd.Stderr = &messages
	if interrupt {
		cmd.Cancel = func() error { return cmd.Process.Signal(os.Interrupt) }
	}
	err := cmd.Run()
	var exit *exec.ExitError
	switch {
	case err == nil:
		return "by itself"
	case errors.Is(err, context.DeadlineExceeded): // before it began, or interrupted and done
		return "in time"
	case errors.As(err, &exit) && exit.Sys().(syscall.WaitStatus).Signaled():
		return "killed"
	case errors.As(err, &exit) && exit.ExitCode() == exitInterrupted:
		return "interrupted"
	case errors.As(err, &exit) && exit.ExitCode() == exitPartial:
		return "by itself"
	case args[0] == "move" && strings.Contains(messages.String(), "no such document"): // none was taken in yet
		return "by itself"
	case args[0] != "ingest" && strings.Contains(messages.String(), "no corpus here"):
		return "too early"
	}
	t.Fatalf("mingxi %s: %v\n%s", strings.Join(args, " "), err, &messages)
	return ""
}

// The same files give the same corpus, and the same answers to any search, whatever
// their order, the number of workers, whether they come at once or by and by, and
// whether the index was built with them or anew.
func TestSameCorpus(t *testing.T) {
	f := newFolder(t, 70)
	dirs, err := filepath.Glob(filepath.Join(f.dir, "*"))
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	mingxi(t, "ingest", "-q", "-j", "1", f.dir, "-c", filepath.Join(dir, "1"))
	want := state(t, filepath.Join(dir, "1"))
	if strings.Count(want, "\n") < 1000 {
		t.Errorf("a state of %d bytes tells nothing", len(want))
	}
	for i, workers := range []string{"1", "2", "8"} {
		corpus := filepath.Join(dir, "corpus-"+workers)
		rand.New(rand.NewPCG(uint64(i), 0)).Shuffle(len(dirs), func(i, j int) { dirs[i], dirs[j] = dirs[j], dirs[i] })
		args := slices.Concat([]string{"ingest", "-q", "-j", workers, "-c", corpus, "--batch", fmt.Sprint(1 + 20*i)}, dirs[:3])
		mingxi(t, args...)
		mingxi(t, slices.Concat(args, dirs[3:])...)
		mingxi(t, append(args, f.dir)...) // the root of all
		if got := state(t, corpus); got != want {
			t.Errorf("%s workers, directories in the order %q: another corpus: %s", workers, dirs, first(got, want))
		}
	}
	corpus := filepath.Join(dir, "corpus-2")
	mingxi(t, "reindex", "-q", "-c", corpus)
	if got := state(t, corpus); got != want {
		t.Errorf("reindexed: another corpus: %s", first(got, want))
	}
}

// A second writer is told so at once; readers go on.
func TestSecondWriter(t *testing.T) {
	f := newFolder(t, 20)
	corpus := filepath.Join(t.TempDir(), "corpus")
	mingxi(t, "ingest", "-q", f.dir, "-c", corpus)
	w, err := store.OpenWriter(t.Context(), corpus, "the first")
	if err != nil {
		t.Fatal(err)
	}
	defer w.Close()
	cmd := exec.Command("mingxi", "ingest", f.dir, "-c", corpus)
	out, err := cmd.CombinedOutput()
	if cmd.ProcessState.ExitCode() != exitFailure || !strings.Contains(string(out), "another process is writing to this corpus") {
		t.Errorf("second writer: %v\n%s", err, out)
	}
	mingxi(t, "export", "-c", corpus)
	mingxi(t, "search", "民政局", "-c", corpus)
	mingxi(t, "verify", "-c", corpus)
}

// A command that waits for a file that nobody writes to heeds the first signal, says so
// at once and ends soon. It leaves no unfinished file.
func TestInterrupt(t *testing.T) {
	fifo := filepath.Join(t.TempDir(), "pipe.txt")
	if err := syscall.Mkfifo(fifo, 0o666); err != nil {
		t.Skip(err)
	}
	out := t.TempDir()
	for _, signal := range []os.Signal{os.Interrupt, syscall.SIGTERM} {
		for _, args := range [][]string{{"extract", fifo}, {"extract", fifo, "-o", filepath.Join(out, "f.xlsx")}, {"facts", fifo, "-o", filepath.Join(out, "f.csv")}, {"ingest", fifo, "-c", filepath.Join(t.TempDir(), "corpus")}} {
			cmd := exec.Command("mingxi", args...)
			messages, err := cmd.StderrPipe()
			if err == nil {
				err = cmd.Start()
			}
			if err != nil {
				t.Fatal(err)
			}
			w, err := os.OpenFile(fifo, os.O_RDWR, 0) // returns though nobody reads; the command waits for data
			if err != nil {
				t.Fatal(err)
			}
			opens(t, cmd.Process.Pid, fifo)
			began := time.Now()
			cmd.Process.Signal(signal)
			said, _ := io.ReadAll(messages)
			cmd.Wait()
			w.Close()
			if took := time.Since(began); cmd.ProcessState.ExitCode() != exitInterrupted || took > 10*time.Second || !strings.Contains(string(said), "stopping") {
				t.Errorf("%s after %v: exit code %d after %v: %s", args[0], signal, cmd.ProcessState.ExitCode(), took, said)
			}
			if left, err := os.ReadDir(out); len(left) > 0 || err != nil {
				t.Errorf("%s after %v left behind %v, %v", args, signal, left, err)
			}
		}
	}
}

// opens waits until a process has opened a file.
func opens(t *testing.T, pid int, name string) {
	t.Helper()
	for deadline := time.Now().Add(time.Minute); time.Now().Before(deadline); {
		files, err := filepath.Glob(fmt.Sprintf("/proc/%d/fd/*", pid))
		if err != nil || len(files) == 0 {
			t.Skip("no /proc here")
		}
		for _, f := range files {
			if to, err := os.Readlink(f); err == nil && to == name {
				return
			}
		}
		runtime.Gosched()
	}
	t.Fatal("the program does not open " + name)
}

// A search says that documents are missing in the index, here after a reindex that
// has only begun.
func TestSearchOfHalfAnIndex(t *testing.T) {
	f := newFolder(t, 20)
	corpus := filepath.Join(t.TempDir(), "corpus")
	mingxi(t, "ingest", "-q", f.dir, "-c", corpus)
	search := func() string {
		out, err := exec.Command("mingxi", "search", "民政局", "-c", corpus).CombinedOutput()
		if err != nil {
			t.Fatalf("%v\n%s", err, out)
		}
		return string(out)
	}
	const warning = "documents are not in the index yet"
	if out := search(); strings.Contains(out, warning) {
		t.Errorf("a whole index:\n%s", out)
	}
	w, err := store.OpenWriter(t.Context(), corpus, "a reindex")
	if err != nil {
		t.Fatal(err)
	}
	if err := w.IndexAll(); err != nil {
		t.Fatal(err)
	}
	if _, err := w.Commit(); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	if out := search(); !strings.Contains(out, warning) {
		t.Errorf("no warning:\n%s", out)
	}
}
