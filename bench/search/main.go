//go:build unix

// Search measures the index: it makes N reports (package gen), reads their
// figures, builds an index and asks a fixed mix of queries, warm, again and again.
//
//	go run ./bench/search -n 100000 -dir /tmp/index      # builds if dir is empty
//
// It prints the rate of building, the size beside the text, and for each query
// the median of its processor time, the median and the largest of its time, in
// milliseconds, and its hits. On a busy machine the processor time is the one to
// look at.
package main

import (
	"context"
	"flag"
	"fmt"
	"io/fs"
	"log"

	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"time"

	"mingxi/bench/gen"
	"mingxi/corpus"
	"mingxi/extract"
	"mingxi/index"
	"mingxi/index/query"
)

func main() {
	n := flag.Int("n", 10000, "reports")
	dir := flag.String("dir", "", "folder of the index; kept")
	rounds := flag.Int("rounds", 20, "times that each query is asked")
	flag.Parse()
	if *dir == "" {
		log.Fatal("search: -dir is missing")
	}
	if !index.Exists(*dir) {
		if err := build(*dir, *n); err != nil {
			log.Fatal(err)
		}
	}
	if err := ask(*dir, *rounds); err != nil {
		log.Fatal(err)
	}
}

// build makes the index and times what the index does, without reading and extraction.
func build(dir string, n int) error {
	w, err := index.Create(dir, index.Options{Memory: 64 << 20})
	if err != nil {
		return err
	}
	defer w.Close()
	source, extractor := gen.New(1), extract.New()
	var spent time.Duration
	text, figures := 0, 0
	for i := range n {
		r := source.Report(i)
		d, err := corpus.Read(r.Name, []byte(r.Text), corpus.Options{})
		if err != nil {
			return err
		}
		reading := extractor.Read(d)
		text += len(d.Text)
		figures += len(reading.Metrics)
		start := time.Now()
		if err := w.Add(d, reading); err != nil {
			return err
		}
		if i%4000 == 3999 {
			if err := w.Commit(); err != nil {
				return err
			}
		}
		spent += time.Since(start)
	}
	start := time.Now()
	if err := w.Commit(); err != nil {
		return err
	}
	if err := w.Close(); err != nil {
		return err
	}
	spent += time.Since(start)
	size := sizeOf(dir)
	fmt.Printf("%d reports, %d figures, %.1f MB of text\n", n, figures, float64(text)/1e6)
	fmt.Printf("index %.1f MB, %.2f × text, %.0f reports/s, %.2f ms a report\n", float64(size)/1e6,
		float64(size)/float64(text), float64(n)/spent.Seconds(), 1000*spent.Seconds()/float64(n))
	return nil
}

func sizeOf(dir string) (n int64) {
	filepath.WalkDir(dir, func(_ string, d fs.DirEntry, err error) error {
		if err == nil && d.Type().IsRegular() {
			if info, err := d.Info(); err == nil {
				n += info.Size()
			}
		}
		return nil
	})
	return n
}

// A question is a query and what is made of its result.
type question struct {
	query   string
	figures bool
	facets  []string
	sort    index.Sort
}

var questions = []question{
	{query: "低保"}, {query: "城市低保"}, {query: "经济发展"}, {query: "敬老院"}, {query: "直接经济损失"},
	{query: "保"}, {query: "的"}, {query: "农村低保资金"}, {query: "没有这样的词"},
	{query: "37415公顷"}, {query: "12.3万元"}, {query: "低保 优抚"}, {query: "低保 -优抚"},
	{query: "(敬老院 OR 福利院) 救灾"}, {query: "低保 ~ 发放"}, {query: "农村*资金"},
	{query: "低保 year:2008..2012"}, {query: "title:2011年"}, {query: "section:救灾"},
	{query: "低保", sort: index.ByYear},
	{query: "unit:公顷 value:>1000"}, {query: "救灾 value:>100万元"},
	{query: "低保", facets: []string{"year", "region", "org"}},
	{query: "敬老院", facets: []string{"indicator", "unit", "kind"}},
	{query: "低保 unit:元 value:>100万元", figures: true},
	{query: "受灾 unit:公顷 value:>1000 year:2008..2011", figures: true},
	{query: "label:低保 kind:standard", figures: true},
	{query: "unit:公顷 value:>5万亩", figures: true},
	{query: "救灾", figures: true, sort: index.ByValue},
}

// ask asks every question rounds times, in turn, and takes a first page of hits.
func ask(dir string, rounds int) error {
	ix, err := index.Open(dir)
	if err != nil {
		return err
	}
	defer ix.Close()
	times, cpus := make([][]time.Duration, len(questions)), make([][]time.Duration, len(questions))
	hits := make([]int, len(questions))
	for range rounds {
		for i, q := range questions {
			start, cpu := time.Now(), processor()
			if hits[i], err = answer(ix, q); err != nil {
				return fmt.Errorf("%s: %w", q.query, err)
			}
			times[i] = append(times[i], time.Since(start))
			cpus[i] = append(cpus[i], processor()-cpu)
		}
	}
	var all, allCPU []time.Duration
	fmt.Println("     cpu      p50      max      hits  query")
	for i, q := range questions {
		all, allCPU = append(all, times[i][min(1, rounds-1):]...), append(allCPU, cpus[i][min(1, rounds-1):]...)
		slices.Sort(times[i])
		slices.Sort(cpus[i])
		fmt.Printf("%8.2f %8.2f %8.2f  %8d  %s %s\n", ms(at(cpus[i], 50)), ms(at(times[i], 50)), ms(at(times[i], 100)), hits[i], q.query, q.what())
	}
	slices.Sort(all)
	slices.Sort(allCPU)
	fmt.Printf("time: p50 %.1f ms, p90 %.1f ms, p99 %.1f ms; processor: p50 %.1f ms, p90 %.1f ms, p99 %.1f ms\n",
		ms(at(all, 50)), ms(at(all, 90)), ms(at(all, 99)), ms(at(allCPU, 50)), ms(at(allCPU, 90)), ms(at(allCPU, 99)))
	return nil
}

// at is a percentile of sorted times.
func at(sorted []time.Duration, percent int) time.Duration {
	return sorted[min(len(sorted)*percent/100, len(sorted)-1)]
}

// what says what is made of the result beyond a first page.
func (q question) what() string {
	var list []string
	if q.figures {
		list = append(list, "--figures")
	}
	if q.sort != index.ByRelevance {
		list = append(list, "sorted")
	}
	if q.facets != nil {
		list = append(list, "by "+strings.Join(q.facets, ","))
	}
	return strings.Join(list, " ")
}

// processor is the time that the process has spent on processors.
func processor() time.Duration {
	var u syscall.Rusage
	if syscall.Getrusage(syscall.RUSAGE_SELF, &u) != nil {
		return 0
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}

func answer(ix *index.Index, q question) (int, error) {
	parsed, err := query.Parse(q.query)
	if err != nil {
		return 0, err
	}
	res, err := ix.Search(context.Background(), parsed, index.SearchOptions{Figures: q.figures, Sort: q.sort, Facets: q.facets != nil})
	if err != nil {
		return 0, err
	}
	res.Hits(0, 10)
	for _, f := range q.facets {
		if _, err := res.Facet(f, 10); err != nil {
			return 0, err
		}
	}
	return res.Len(), nil
}

func ms(d time.Duration) float64 { return float64(d) / 1e6 }
