// Command ingest measures how fast mingxi takes in reports, how much memory and
// disk that needs, and the same of recoll, in one run on the same files. It
// prints the table of bench/ingest.md.
//
//	go build -o /tmp/mingxi ./cmd/mingxi
//	go run ./bench/ingest -mingxi /tmp/mingxi -n 10000
//
// The reports are those of bench/gen. Recoll (recollindex) runs with its default
// configuration, but for the directory to index; without it its row is missing.
package main

import (
	"flag"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"syscall"
	"time"

	"mingxi/bench/gen"
)

func main() {
	program := flag.String("mingxi", "mingxi", "the program")
	n := flag.Int("n", 10000, "reports")
	seed := flag.Uint64("seed", 1, "of the reports")
	dir := flag.String("dir", "", "where to put reports and corpora; a temporary directory if empty")
	keep := flag.Bool("keep", false, "do not delete them")
	only := flag.Bool("reports", false, "write the reports and end")
	flag.Parse()
	if err := run(*program, *dir, *n, *seed, *keep, *only); err != nil {
		fmt.Fprintln(os.Stderr, "ingest:", err)
		os.Exit(1)
	}
}

func run(program, dir string, n int, seed uint64, keep, only bool) error {
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
	text, err := write(reports, n, seed)
	if err != nil || only {
		return err
	}
	fmt.Printf("%d reports, %.1f MB\n\n", n, float64(text)/1e6)
	fmt.Println("| program | seconds | reports/s | CPU seconds | peak memory MB | on disk, × text |")
	fmt.Println("|---|---|---|---|---|---|")
	corpus := filepath.Join(dir, "corpus")
	took, err := measure("mingxi ingest", program, nil, corpus, n, text, "ingest", "-q", reports, "-c", corpus)
	if err != nil {
		return err
	}
	if _, err := measure("mingxi ingest, nothing new", program, nil, corpus, n, text, "ingest", "-q", reports, "-c", corpus); err != nil {
		return err
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
func write(dir string, n int, seed uint64) (bytes int64, err error) {
	s := gen.New(seed)
	for i := range n {
		r := s.Report(i)
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
