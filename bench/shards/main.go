// Command shards measures what it costs to take in reports by one process and by
// shards: processor time, memory and space, in one run on the same files. It prints the
// rows of bench/shards.csv; docs/scale.md says what they tell.
//
//	go build -o /tmp/mingxi ./cmd/mingxi
//	go run ./bench/shards -mingxi /tmp/mingxi -n 2000,10000 -shards 0,1,2,4,8 >> bench/shards.csv
//	go run ./bench/shards -plot docs/page/scale.svg < bench/shards.csv
//
// Shards 0 is one process that takes in all. The reports are those of bench/gen.
package main

import (
	"encoding/csv"
	"flag"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"

	"mingxi/bench/gen"
)

func main() {
	program := flag.String("mingxi", "mingxi", "the program")
	sizes := flag.String("n", "2000", "how many reports, several by commas")
	shards := flag.String("shards", "0,1,2,4,8", "how many shards, several by commas")
	workers := flag.Int("j", 1, "files that a process reads at a time")
	dir := flag.String("dir", "", "where to put reports and corpora; a temporary directory if empty")
	keep := flag.Bool("keep", false, "leave each corpus in -dir, as corpus-REPORTS-SHARDS")
	svg := flag.String("plot", "", "draw the rows on stdin to this file instead")
	flag.Parse()
	err := error(nil)
	if *svg != "" {
		err = plotFile(*svg, os.Stdin)
	} else {
		err = run(*program, *dir, numbers(*sizes), numbers(*shards), *workers, *keep)
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, "shards:", err)
		os.Exit(1)
	}
}

// numbers are whole numbers parted by commas.
func numbers(s string) (list []int) {
	for one := range strings.SplitSeq(s, ",") {
		n, err := strconv.Atoi(one)
		if err != nil {
			fmt.Fprintln(os.Stderr, "shards:", err)
			os.Exit(2)
		}
		list = append(list, n)
	}
	return list
}

// columns of a row: work is the time of the shards, merge that of merge, both of user
// and system, in seconds; memory is the largest resident set, in MB, of a shard and of
// merge; parts and corpus are MB on disk.
var columns = []string{"reports", "text_mb", "shards", "work_s", "merge_s", "shard_mb", "merge_mb", "parts_mb", "corpus_mb"}

func run(program, dir string, sizes, shards []int, workers int, keep bool) error {
	if dir == "" {
		var err error
		if dir, err = os.MkdirTemp("", "mingxi-bench"); err != nil {
			return err
		}
		defer os.RemoveAll(dir)
	}
	out := csv.NewWriter(os.Stdout)
	out.Write(columns)
	for _, n := range sizes {
		reports := filepath.Join(dir, fmt.Sprint("reports-", n))
		text, err := write(reports, n)
		if err != nil {
			return err
		}
		for _, s := range shards {
			m := measurement{program: program, reports: reports, run: filepath.Join(dir, "run"), corpus: filepath.Join(dir, "corpus"), workers: strconv.Itoa(workers)}
			if err := m.measure(s); err != nil {
				return err
			}
			out.Write([]string{strconv.Itoa(n), number(float64(text) / 1e6), strconv.Itoa(s), number(m.work), number(m.merge),
				number(m.shardMemory), number(m.mergeMemory), number(m.parts), number(size(m.corpus))})
			out.Flush()
			if err := os.RemoveAll(m.run); err != nil {
				return err
			}
			if keep {
				err = os.Rename(m.corpus, filepath.Join(dir, fmt.Sprintf("corpus-%d-%d", n, s)))
			} else {
				err = os.RemoveAll(m.corpus)
			}
			if err != nil {
				return err
			}
		}
	}
	return out.Error()
}

func number(f float64) string { return strconv.FormatFloat(f, 'f', 1, 64) }

// A measurement is one way to take in the reports.
type measurement struct {
	program, reports, run, corpus, workers       string
	work, merge, shardMemory, mergeMemory, parts float64
}

func (m *measurement) measure(shards int) error {
	if shards == 0 {
		return m.start(&m.work, &m.shardMemory, "ingest", "-q", "-j", m.workers, m.reports, "-c", m.corpus)
	}
	var planning float64
	if err := m.start(&planning, new(float64), "plan", "-q", m.reports, "--shards", strconv.Itoa(shards), "--out", m.run); err != nil {
		return err
	}
	for i := range shards {
		if err := m.start(&m.work, &m.shardMemory, "ingest", "-q", "-j", m.workers, "--run", m.run, "--shard", fmt.Sprintf("%d/%d", i, shards)); err != nil {
			return err
		}
	}
	m.work += planning
	m.parts = size(m.run)
	return m.start(&m.merge, &m.mergeMemory, "merge", "-q", "-j", m.workers, "--run", m.run, "-c", m.corpus)
}

// start runs the program and adds its processor time; memory becomes the most so far.
func (m *measurement) start(seconds, memory *float64, args ...string) error {
	c := exec.Command(m.program, args...)
	c.Stderr = os.Stderr
	if err := c.Run(); err != nil {
		return fmt.Errorf("mingxi %s: %w", strings.Join(args, " "), err)
	}
	*seconds += (c.ProcessState.UserTime() + c.ProcessState.SystemTime()).Seconds()
	*memory = max(*memory, float64(c.ProcessState.SysUsage().(*syscall.Rusage).Maxrss)/1024)
	return nil
}

// write writes n reports, unless they are there, and returns the bytes of their text.
func write(dir string, n int) (bytes int64, err error) {
	s := gen.New(1)
	for i := range n {
		r := s.Report(i)
		bytes += int64(len(r.Text))
		path := filepath.Join(dir, r.Name)
		if _, err := os.Stat(path); err == nil {
			continue
		}
		if err := os.MkdirAll(filepath.Dir(path), 0o777); err != nil {
			return 0, err
		}
		if err := os.WriteFile(path, []byte(r.Text), 0o666); err != nil {
			return 0, err
		}
	}
	return bytes, nil
}

// size is what a directory takes, in MB.
func size(dir string) float64 {
	var n int64
	filepath.WalkDir(dir, func(_ string, e fs.DirEntry, err error) error {
		if err == nil && e.Type().IsRegular() {
			if info, err := e.Info(); err == nil {
				n += info.Size()
			}
		}
		return nil
	})
	return float64(n) / 1e6
}
