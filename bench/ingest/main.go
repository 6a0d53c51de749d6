// Command ingest measures how fast mingxi takes in reports, how much memory and
// disk that needs, and the same of recoll, in one run on the same files. It
// prints the table of bench/ingest.md.
//
//	go build -o /tmp/mingxi ./cmd/mingxi
//	go run ./bench/ingest -mingxi /tmp/mingxi -n 10000
//
// The reports are those of bench/gen, or with -sentences DIR files of the sentences of that
// folder's documents in any order, which have a large vocabulary. -beside OLD takes in the
// same files with another version of mingxi. Recoll (recollindex) runs with its default
// configuration, but for the directory to index; without it its row is missing.
package main

import (
	"flag"
	"fmt"
	"io/fs"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"time"

	"mingxi/bench/gen"
	"mingxi/corpus"
)

func main() {
	program := flag.String("mingxi", "mingxi", "the program")
	beside := flag.String("beside", "", "another version of the program, measured on the same files")
	n := flag.Int("n", 10000, "reports")
	seed := flag.Uint64("seed", 1, "of the reports")
	sentences := flag.String("sentences", "", "make the reports of the sentences of this folder's documents")
	dir := flag.String("dir", "", "where to put reports and corpora; a temporary directory if empty")
	keep := flag.Bool("keep", false, "do not delete them")
	only := flag.Bool("reports", false, "write the reports and end")
	flag.Parse()
	programs := []string{*program}
	if *beside != "" {
		programs = append(programs, *beside)
	}
	reports, err := source(*sentences, *seed)
	if err == nil {
		err = run(programs, *dir, reports, *n, *keep, *only)
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, "ingest:", err)
		os.Exit(1)
	}
}

// source tells how to make report i, for i from 0 on.
func source(folder string, seed uint64) (func(i int) gen.Report, error) {
	if folder == "" {
		return gen.New(seed).Report, nil
	}
	list, err := sentencesOf(folder)
	if err != nil {
		return nil, err
	}
	r := rand.New(rand.NewPCG(seed, 0))
	return func(i int) gen.Report {
		var b strings.Builder
		fmt.Fprintf(&b, "%d年工作总结第%d号\n", 2000+i%20, i)
		for b.Len() < 4500 { // as long as a report of bench/gen
			b.WriteString(list[r.IntN(len(list))])
			if r.IntN(4) == 0 {
				b.WriteByte('\n')
			}
		}
		return gen.Report{Name: fmt.Sprintf("%03d/%07d.txt", i/1000, i), Text: b.String()}
	}, nil
}

// sentencesOf are the sentences of the documents of a folder; what is no document is left out.
func sentencesOf(folder string) (list []string, err error) {
	err = filepath.WalkDir(folder, func(path string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() {
			return err
		}
		data, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		d, err := corpus.Read(path, data, corpus.Options{})
		if err != nil {
			return nil
		}
		for _, s := range d.Sentences {
			list = append(list, d.Text[s.Start:s.End])
		}
		return nil
	})
	if err == nil && len(list) == 0 {
		err = fmt.Errorf("%s: no sentences", folder)
	}
	return list, err
}

func run(programs []string, dir string, report func(i int) gen.Report, n int, keep, only bool) error {
	if dir == "" {
		var err error
		if dir, err = os.MkdirTemp("", "mingxi-bench"); err != nil {
			return err
		}
	}
	if !keep && !only {
		defer os.RemoveAll(dir)
	}
	reports := filepath.Join(dir, "reports")
	text, err := write(reports, n, report)
	if err != nil || only {
		return err
	}
	fmt.Printf("%d reports, %.1f MB\n\n", n, float64(text)/1e6)
	fmt.Println("| program | seconds | reports/s | CPU seconds | peak memory MB | on disk, × text |")
	fmt.Println("|---|---|---|---|---|---|")
	var took time.Duration
	for i, program := range programs {
		name, corpus := filepath.Base(program), filepath.Join(dir, fmt.Sprint("corpus-", i))
		t, err := measure(name+" ingest", program, nil, corpus, n, text, "ingest", "-q", reports, "-c", corpus)
		if err != nil {
			return err
		}
		if i == 0 {
			took = t
		}
		if _, err := measure(name+" ingest, nothing new", program, nil, corpus, n, text, "ingest", "-q", reports, "-c", corpus); err != nil {
			return err
		}
		if _, err := measure(name+" reindex", program, nil, corpus, n, text, "reindex", "-q", "-c", corpus); err != nil {
			return err
		}
	}
	rival, err := exec.LookPath("recollindex")
	if err != nil {
		return nil
	}
	config := filepath.Join(dir, "recoll")
	if err := os.MkdirAll(config, 0o777); err != nil {
		return err
	}
	if err := os.WriteFile(filepath.Join(config, "recoll.conf"), []byte("topdirs = "+reports+"\n"), 0o666); err != nil {
		return err
	}
	slow, err := measure("recollindex", rival, append(os.Environ(), "LC_ALL=C.UTF-8"), config, n, text, "-c", config, "-z")
	if err != nil {
		return err
	}
	fmt.Printf("\nmingxi is %.1f times as fast as recoll.\n", slow.Seconds()/took.Seconds())
	return nil
}

// write writes the reports and returns the bytes of their text.
func write(dir string, n int, report func(i int) gen.Report) (bytes int64, err error) {
	for i := range n {
		r := report(i)
		path := filepath.Join(dir, r.Name)
		if i%1000 == 0 {
			if err := os.MkdirAll(filepath.Dir(path), 0o777); err != nil {
				return 0, err
			}
		}
		if err := os.WriteFile(path, []byte(r.Text), 0o666); err != nil {
			return 0, err
		}
		bytes += int64(len(r.Text))
	}
	return bytes, nil
}

// measure runs a program and prints its row.
func measure(name, program string, env []string, out string, n int, text int64, args ...string) (time.Duration, error) {
	cmd := exec.Command(program, args...)
	cmd.Stderr, cmd.Env = os.Stderr, env
	if env != nil {
		cmd.Stderr = nil // recoll is talkative
	}
	start := time.Now()
	if err := cmd.Run(); err != nil {
		return 0, fmt.Errorf("%s: %w", name, err)
	}
	took := time.Since(start)
	usage := cmd.ProcessState.SysUsage().(*syscall.Rusage)
	fmt.Printf("| %s | %.1f | %.0f | %.1f | %.0f | %.2f |\n", name, took.Seconds(), float64(n)/took.Seconds(),
		(cmd.ProcessState.UserTime() + cmd.ProcessState.SystemTime()).Seconds(), float64(usage.Maxrss)/1024, float64(size(out))/float64(text))
	return took, nil
}

func size(dir string) (n int64) {
	filepath.WalkDir(dir, func(_ string, e fs.DirEntry, err error) error {
		if err == nil && e.Type().IsRegular() {
			if info, err := e.Info(); err == nil {
				n += info.Size()
			}
		}
		return nil
	})
	return n
}
