// Command pdf measures the text of PDF files against their true text, beside
// poppler's pdftotext, and writes the table bench/pdf.md:
//
//	go run ./bench/pdf -o bench/pdf.md DIR...
//
// A DIR holds NAME.pdf with its true text in NAME.txt (headers, footers and
// page numbers left out); for a PDF without one, pdftotext is the reference.
// Two figures are given for each file, over its Chinese characters alone:
//
//	F1     of the characters as a multiset: is every character there, how often
//	order  2·LCS/(a+b): is it in the right order
//
// Beside them stands the share of the true paragraphs that come out whole and
// alone (spaces apart), as recall and precision.
package main

import (
	"bytes"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"sort"
	"strings"
	"syscall"
	"time"

	"mingxi/corpus/draft"
	"mingxi/corpus/pdf"
)

type score struct{ f1, order float64 }

type result struct {
	name         string
	hanzi        int
	own, poppler score
	ownTime      time.Duration
	popplerTime  time.Duration
	err          error
	truth        bool
	recall, prec float64 // of paragraphs
}

func main() {
	out := flag.String("o", "", "write the table to this file")
	engine := flag.String("engine", "", "engine of ours to measure")
	single := flag.Bool("single", false, "without a second engine for unreadable pages")
	dump := flag.String("dump", "", "print our text of this file and stop")
	flag.Parse()
	if *dump != "" {
		data, err := os.ReadFile(*dump)
		check(err)
		d, err := pdf.Read(data, pdf.Options{Engine: *engine})
		check(err)
		show(d)
		return
	}
	var results []result
	for _, dir := range flag.Args() {
		names, err := filepath.Glob(filepath.Join(dir, "*.pdf"))
		check(err)
		for _, n := range names {
			results = append(results, measure(n, pdf.Options{Engine: *engine, Single: *single}))
		}
	}
	table := report(results)
	fmt.Print(table)
	if *out != "" {
		check(os.WriteFile(*out, []byte(table), 0o644))
	}
}

func check(err error) {
	if err != nil {
		fmt.Fprintln(os.Stderr, "pdf:", err)
		os.Exit(1)
	}
}

func show(d *draft.Document) {
	for _, p := range d.Pieces {
		fmt.Printf("%d/%d %s\n", p.Page, p.Kind, text(p))
	}
	for _, w := range d.Warnings {
		fmt.Println("warning:", w)
	}
}

func text(p draft.Piece) string {
	if p.Kind == draft.Row {
		return strings.Join(p.Cells, "\t")
	}
	return p.Text
}

func measure(name string, o pdf.Options) result {
	r := result{name: filepath.Base(name)}
	data, err := os.ReadFile(name)
	check(err)
	ref, t := poppler(name)
	r.popplerTime = t
	truth, err := os.ReadFile(strings.TrimSuffix(name, ".pdf") + ".txt")
	r.truth = err == nil
	if err != nil {
		truth = []byte(ref)
	}
	start := time.Now()
	o.Furnish = !r.truth
	d, err := pdf.Read(data, o)
	r.ownTime, r.err = time.Since(start), err
	var b strings.Builder
	if err == nil {
		for _, p := range d.Pieces {
			b.WriteString(text(p))
			b.WriteByte('\n')
		}
	}
	r.recall, r.prec = paragraphs(string(truth), b.String())
	want := hanzi(string(truth))
	r.hanzi = len(want)
	r.own = compare(want, hanzi(b.String()))
	r.poppler = compare(want, hanzi(ref))
	return r
}

// paragraphs compares the lines of two texts as sets, spaces apart.
func paragraphs(want, got string) (recall, precision float64) {
	a, b := lines(want), lines(got)
	count := map[string]int{}
	for _, s := range a {
		count[s]++
	}
	n := 0
	for _, s := range b {
		if count[s] > 0 {
			count[s]--
			n++
		}
	}
	if len(a) == 0 || len(b) == 0 {
		return 0, 0
	}
	return float64(n) / float64(len(a)), float64(n) / float64(len(b))
}

func lines(s string) []string {
	var out []string
	for l := range strings.Lines(s) {
		if l = strings.Join(strings.Fields(l), ""); l != "" {
			out = append(out, l)
		}
	}
	return out
}

func poppler(name string) (string, time.Duration) {
	cmd := exec.Command("pdftotext", "-q", "-enc", "UTF-8", name, "-")
	var out bytes.Buffer
	cmd.Stdout = &out
	start := time.Now()
	cmd.Run()
	return out.String(), time.Since(start)
}

func hanzi(s string) []rune {
	var out []rune
	for _, r := range s {
		if r >= 0x4E00 && r <= 0x9FFF || r >= 0x3400 && r <= 0x4DBF || r >= 0x20000 && r <= 0x3FFFF {
			out = append(out, r)
		}
	}
	return out
}

func compare(want, got []rune) score {
	if len(want) == 0 && len(got) == 0 {
		return score{1, 1}
	}
	n := float64(len(want) + len(got))
	return score{2 * float64(common(want, got)) / n, 2 * float64(lcs(want, got)) / n}
}

func common(a, b []rune) int {
	count := map[rune]int{}
	for _, r := range a {
		count[r]++
	}
	n := 0
	for _, r := range b {
		if count[r] > 0 {
			count[r]--
			n++
		}
	}
	return n
}

// lcs is the length of the longest common subsequence, by bit-parallel rows
// (Hyyrö): one bit for each character of a.
func lcs(a, b []rune) int {
	words := (len(a) + 63) / 64
	masks := map[rune][]uint64{}
	for i, r := range a {
		if masks[r] == nil {
			masks[r] = make([]uint64, words)
		}
		masks[r][i/64] |= 1 << (i % 64)
	}
	v := make([]uint64, words)
	for i := range v {
		v[i] = ^uint64(0)
	}
	for _, r := range b {
		m := masks[r]
		if m == nil {
			continue
		}
		var carry uint64
		for i := range v {
			u := v[i] & m[i]
			sum := v[i] + u
			c1 := sum < u
			sum2 := sum + carry
			c2 := sum2 < sum
			v[i] = sum2 | (v[i] &^ m[i])
			carry = 0
			if c1 || c2 {
				carry = 1
			}
		}
	}
	n := 0
	for i := range a {
		if v[i/64]&(1<<(i%64)) == 0 {
			n++
		}
	}
	return n
}

func report(rs []result) string {
	sort.SliceStable(rs, func(i, j int) bool { return rs[i].truth && !rs[j].truth })
	var b strings.Builder
	fmt.Fprintf(&b, "# Text of PDF files: mingxi beside pdftotext\n\n")
	fmt.Fprintf(&b, "Each cell is F1 of the Chinese characters / order-aware ratio. `behind` marks a file where mingxi's F1 is more than 0.005 below pdftotext's; `order` one where its order is. Files named x_ have fonts without a map to Unicode, which no program reads but by OCR; they do not count in the mean. `paragraphs` is recall / precision of whole paragraphs.\n\n")
	fmt.Fprintf(&b, "| file | hanzi | mingxi | pdftotext | paragraphs | ms | ms pdftotext | |\n|---|---|---|---|---|---|---|---|\n")
	var own, pop score
	var ownT, popT time.Duration
	n, behind := 0, 0
	var recall, prec float64
	for _, r := range rs {
		note := ""
		if r.own.f1 < r.poppler.f1-0.005 {
			note = "behind"
		}
		if r.own.order < r.poppler.order-0.005 {
			note += " order"
		}
		if r.err != nil {
			note += " " + r.err.Error()
		}
		if !r.truth {
			note += " (reference: pdftotext)"
		}
		fmt.Fprintf(&b, "| %s | %d | %.3f / %.3f | %.3f / %.3f | %.2f / %.2f | %d | %d | %s |\n", r.name, r.hanzi, r.own.f1, r.own.order, r.poppler.f1, r.poppler.order, r.recall, r.prec, r.ownTime.Milliseconds(), r.popplerTime.Milliseconds(), strings.TrimSpace(note))
		ownT, popT = ownT+r.ownTime, popT+r.popplerTime
		if !r.truth || strings.HasPrefix(r.name, "x_") || strings.HasPrefix(r.name, "scan_") {
			continue
		}
		n++
		if strings.HasPrefix(note, "behind") {
			behind++
		}
		recall, prec = recall+r.recall, prec+r.prec
		own.f1, own.order = own.f1+r.own.f1, own.order+r.own.order
		pop.f1, pop.order = pop.f1+r.poppler.f1, pop.order+r.poppler.order
	}
	if n > 0 {
		k := float64(n)
		fmt.Fprintf(&b, "| **mean of %d text PDFs** | | **%.4f / %.4f** | **%.4f / %.4f** | **%.3f / %.3f** | | | %d behind |\n", n, own.f1/k, own.order/k, pop.f1/k, pop.order/k, recall/k, prec/k, behind)
	}
	var u syscall.Rusage
	syscall.Getrusage(syscall.RUSAGE_SELF, &u)
	fmt.Fprintf(&b, "\nAll files: mingxi %.1f s in one process (%d MB at its largest, this measuring included), pdftotext %.1f s with a process for each.\n",
		ownT.Seconds(), u.Maxrss>>10, popT.Seconds())
	return b.String()
}
