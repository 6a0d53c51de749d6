// Command trust learns the weights of the column confidence from hand-coded reports and
// prints how reliable they are on reports left out:
//
//	go run ./bench/trust [-write] DIR...
//
// Each DIR is a sample as for mingxi eval. A row is right if its value, unit and rate
// are, and its label would do as a title, or holds the key words where the sample names
// no title. The table says, for rows to which weights learned without their report give
// a confidence, how many of them were right.
package main

import (
	"flag"
	"fmt"
	"log"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"mingxi/corpus"
	"mingxi/extract"
	"mingxi/extract/agree"
	"mingxi/schema"
)

// inTable is the sign of a figure in a table. The samples are prose; how often tables
// were right when they were read first is known from 37 of bench/tables (1,173 of 1,307
// cells of html, before anything was mended after them).
const (
	inTable    = "trust/表格"
	tableShare = 1173.0 / 1307
)

// file holds the weights; it is read by package lexicon.
const file = "extract/lexicon/data/trust.txt"

// A row is a figure with its signs, and whether it was right.
type row struct {
	document string
	signs    []string
	right    bool
}

func main() {
	log.SetFlags(0)
	write := flag.Bool("write", false, "write the weights that all reports give to "+file)
	flag.Parse()
	var rows []row
	for _, dir := range flag.Args() {
		rows = append(rows, read(dir)...)
	}
	if len(rows) == 0 {
		log.Fatal("usage: trust [-write] DIR...")
	}
	reliability(rows)
	if *write {
		if err := os.WriteFile(file, []byte(table(learn(rows, ""))), 0o666); err != nil {
			log.Fatal(err)
		}
	}
}

// read extracts the reports of a sample and tells which rows are right.
func read(dir string) (rows []row) {
	samples, err := agree.Samples(os.DirFS(dir))
	if err != nil {
		log.Fatal(err)
	}
	e := extract.New()
	e.Explain = true
	for _, s := range samples {
		data, err := os.ReadFile(filepath.Join(dir, s.Source))
		if err != nil {
			log.Fatal(err)
		}
		d, err := corpus.Read(s.Source, data, corpus.Options{})
		if err != nil {
			log.Fatal(err)
		}
		metrics := e.Read(d).Metrics
		for i, v := range agree.Verdicts(s.Gold, agree.Rows(d, metrics)) {
			if v != agree.Unscored && !slices.Contains(signsOf(metrics[i]), inTable) {
				rows = append(rows, row{dir + "/" + s.Name, signsOf(metrics[i]), v == agree.Right})
			}
		}
	}
	return rows
}

func signsOf(m schema.Metric) (signs []string) {
	for _, r := range m.Why {
		if r.Field == "confidence" {
			signs = append(signs, r.Rule)
		}
	}
	return signs
}

// learn fits weights to the rows of all reports but one: a logistic regression that
// pulls weights to 0, so that a rare sign says little.
func learn(rows []row, without string) map[string]float64 {
	const (
		steps = 400
		pull  = 4.0 // rows that a weight must gain over
	)
	w := map[string]float64{"*": 0}
	for range steps {
		slope, bend := map[string]float64{}, map[string]float64{}
		for _, r := range rows {
			if r.document == without {
				continue
			}
			p := share(w, r.signs)
			y := 0.0
			if r.right {
				y = 1
			}
			for _, s := range append(r.signs, "*") {
				slope[s] += y - p
				bend[s] += p * (1 - p)
			}
		}
		for s := range slope {
			if s == "*" {
				w[s] += slope[s] / (bend[s] + 1) / 8
			} else {
				w[s] += (slope[s] - pull*w[s]/2) / (bend[s] + pull) / 8
			}
		}
	}
	return w
}

func share(w map[string]float64, signs []string) float64 {
	sum := w["*"]
	for _, s := range signs {
		sum += w[s]
	}
	return 1 / (1 + math.Exp(-sum))
}

// reliability prints the curve by leaving each report out in turn.
func reliability(rows []row) {
	var documents []string
	for _, r := range rows {
		if !slices.Contains(documents, r.document) {
			documents = append(documents, r.document)
		}
	}
	type bin struct {
		n, right int
		said     float64
	}
	bounds := []float64{0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 1.01}
	bins := make([]bin, len(bounds))
	brier, base := 0.0, 0.0
	wins, pairs := 0.0, 0.0
	for _, d := range documents {
		w := learn(rows, d)
		rate := others(rows, d)
		var good, bad []float64
		for _, r := range rows {
			if r.document != d {
				continue
			}
			p := share(w, r.signs)
			b := &bins[slices.IndexFunc(bounds, func(x float64) bool { return p < x })]
			b.n, b.said = b.n+1, b.said+p
			y := 0.0
			if r.right {
				y = 1
				b.right++
				good = append(good, p)
			} else {
				bad = append(bad, p)
			}
			brier += (y - p) * (y - p)
			base += (y - rate) * (y - rate)
		}
		wins += above(good, bad)
		pairs += float64(len(good) * len(bad))
	}
	fmt.Printf("%d rows of %d reports, each report by weights learned without it\n", len(rows), len(documents))
	fmt.Println("confidence   rows  said  right")
	low := 0.0
	for i, b := range bins {
		if b.n > 0 {
			fmt.Printf("%.2f..%.2f  %5d  %.3f  %.3f\n", low, min(bounds[i], 1), b.n, b.said/float64(b.n), float64(b.right)/float64(b.n))
		}
		low = bounds[i]
	}
	n := float64(len(rows))
	fmt.Printf("Brier score %.4f, of the mean share alone %.4f; within a report a right row stands above a wrong one in %.3f of pairs\n", brier/n, base/n, wins/max(pairs, 1))
}

// others is the share of right rows in all reports but one.
func others(rows []row, without string) float64 {
	n, right := 0.0, 0.0
	for _, r := range rows {
		if r.document != without {
			n++
			if r.right {
				right++
			}
		}
	}
	return right / max(n, 1)
}

// above is in how many pairs a right row has a higher confidence than a wrong one.
func above(good, bad []float64) float64 {
	wins := 0.0
	for _, g := range good {
		for _, b := range bad {
			switch {
			case g > b:
				wins++
			case g == b:
				wins += 0.5
			}
		}
	}
	return wins
}

// table prints weights as trust.txt has them, in hundredths of log-odds.
func table(w map[string]float64) string {
	var b strings.Builder
	b.WriteString("# Weights of the signs of which confidence is made, in hundredths of log-odds.\n" +
		"# go run ./bench/trust -write DIR... learns them from hand-coded reports.\n" +
		"# odds: the sum from which on the share is 2, 3, … 99 per cent; * is where all begin\nodds")
	for p := 2.0; p < 100; p++ {
		b.WriteString(" " + hundredths(math.Log((p-0.5)/(100.5-p))))
	}
	b.WriteString("\n")
	w[inTable] = math.Log(tableShare/(1-tableShare)) - w["*"]
	names := make([]string, 0, len(w))
	for name := range w {
		names = append(names, name)
	}
	slices.Sort(names)
	for _, name := range names {
		b.WriteString(name + " " + hundredths(w[name]) + "\n")
	}
	return b.String()
}

func hundredths(x float64) string { return strconv.Itoa(int(math.Round(100 * x))) }
