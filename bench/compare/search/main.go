// Search sets the index of mingxi beside SQLite FTS5, Recoll and groonga: the same
// reports, the same phrases, one run.
//
//	cd bench/compare && go run ./search -n 10000
//
// For each system it prints the rate of indexing, the size beside the text, how
// many of the phrases find exactly the reports that hold them (plain substring
// count), the median and the largest time until the number of hits and the first
// ten are known, and nDCG@10 over the judged queries of bench/search/rank.
// Recoll and groonga come from Debian (recollcmd, groonga-bin) and are left out
// where they are not installed.
package main

import (
	"flag"
	"fmt"
	"io/fs"
	"log"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"mingxi/bench/gen"
)

// A system is one full-text engine.
type system interface {
	name() string
	// build indexes the reports in an empty folder and makes the index last.
	build(dir string, reports []report) error
	// search returns the number of hits and the ids of the first n, best first.
	// The time is that of the engine where it tells it, else the caller's.
	search(phrase string, n int) (hits int, ids []string, took time.Duration, err error)
	close()
}

// A report is what is indexed.
type report struct{ id, text string }

// The phrases have one character and more, and stand in many reports or in few.
var phrases = strings.Fields(`
保 县 绝 低保 五保 救灾 绝收 医疗 公顷 发放 人次 受灾 优抚 社区 殡葬 敬老院 福利院 旱灾 城市低保 农村低保 医疗救助 五保供养 集中供养 受灾面积
经济损失 结婚登记 退役士兵 福利彩票 社会组织 直接经济损失 农作物受灾 新型农村合作医疗 最低生活保障 工作总结 民政局2011年 公顷， 2012年 %，比上年 万元。 不存在的词
`)

func main() {
	n := flag.Int("n", 10000, "reports")
	only := flag.String("only", "", "one system")
	flag.Parse()
	reports := make([]report, *n)
	size := 0
	for i, source := 0, gen.New(1); i < *n; i++ {
		reports[i] = report{fmt.Sprintf("%07d", i), source.Report(i).Text}
		size += len(reports[i].text)
	}
	fmt.Printf("%d reports, %.1f MB\n\n", *n, float64(size)/1e6)
	fmt.Println("| system | reports/s | size / text | exact | p50 ms | max ms | nDCG@10 |")
	fmt.Println("|---|--:|--:|--:|--:|--:|--:|")
	for _, s := range systems() {
		if *only != "" && s.name() != *only {
			continue
		}
		if err := measure(s, reports, size); err != nil {
			log.Printf("%s: %v", s.name(), err)
		}
	}
}

func systems() []system {
	return []system{&ours{}, &ours{synonyms: true}, &fts5{tokenizer: "trigram"}, &fts5{tokenizer: "unicode61"}, &groonga{}, &recoll{}}
}

func measure(s system, reports []report, size int) error {
	defer s.close()
	dir, err := os.MkdirTemp("", "compare")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	start := time.Now()
	if err := s.build(dir, reports); err != nil {
		return err
	}
	rate := float64(len(reports)) / time.Since(start).Seconds()
	space := float64(sizeOf(dir)) / float64(size)
	exact, times, err := ask(s, reports)
	if err != nil {
		return err
	}
	slices.Sort(times)
	s.close()
	quality, err := rank(s)
	if err != nil {
		return err
	}
	fmt.Printf("| %s | %.0f | %.2f | %d/%d | %.2f | %.1f | %.4f |\n", s.name(), rate, space, exact, len(phrases),
		ms(times[len(times)/2]), ms(times[len(times)-1]), quality)
	return nil
}

// ask asks every phrase three times and counts those that find what they should.
func ask(s system, reports []report) (exact int, times []time.Duration, err error) {
	for _, p := range phrases {
		want := 0
		for _, r := range reports {
			if strings.Contains(r.text, p) {
				want++
			}
		}
		got := 0
		for range 3 {
			hits, _, took, err := s.search(p, 10)
			if err != nil {
				return 0, nil, fmt.Errorf("%s: %w", p, err)
			}
			got = hits
			times = append(times, took)
		}
		if got == want {
			exact++
		}
	}
	return exact, times, nil
}

func sizeOf(dir string) (n int64) {
	filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err == nil && d.Type().IsRegular() && !strings.Contains(path, "/source/") {
			if info, err := d.Info(); err == nil {
				n += info.Size()
			}
		}
		return nil
	})
	return n
}

func ms(d time.Duration) float64 { return float64(d) / 1e6 }
