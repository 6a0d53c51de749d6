package main

import (
	"encoding/csv"
	"fmt"
	"io"
	"math"
	"os"
	"slices"
	"strconv"
	"strings"
)

// A point is what one report costs among so many.
type point struct{ reports, value, runs float64 }

// A panel is one of the pictures: a line for each name.
type panel struct {
	title string
	lines map[string][]point
	names []string
}

// add adds a measurement; of several with the same number of reports the mean is drawn.
func (p *panel) add(name string, at point) {
	if p.lines == nil {
		p.lines = map[string][]point{}
	}
	line := p.lines[name]
	if line == nil {
		p.names = append(p.names, name)
	}
	i := slices.IndexFunc(line, func(o point) bool { return o.reports == at.reports })
	if i < 0 {
		at.runs = 1
		p.lines[name] = append(line, at)
		return
	}
	line[i].value = (line[i].value*line[i].runs + at.value) / (line[i].runs + 1)
	line[i].runs++
}

// plotFile draws rows: processor time of a report, and memory, over the number of
// reports, for one process and for each number of shards.
func plotFile(name string, in io.Reader) error {
	r := csv.NewReader(in)
	r.FieldsPerRecord = len(columns)
	rows, err := r.ReadAll()
	if err != nil {
		return err
	}
	time, memory := panel{title: "CPU ms per report (shards and merge)"}, panel{title: "peak memory, MB"}
	for _, row := range rows {
		if row[0] == columns[0] {
			continue
		}
		var f [9]float64
		for i, cell := range row {
			if f[i], err = strconv.ParseFloat(cell, 64); err != nil {
				return err
			}
		}
		way := "one process"
		if f[2] > 0 {
			way = row[2] + " shards"
			memory.add("merge of "+way, point{reports: f[0], value: f[6]})
		}
		time.add(way, point{reports: f[0], value: (f[3] + f[4]) * 1000 / f[0]})
		memory.add(way, point{reports: f[0], value: f[5]})
	}
	var b strings.Builder
	b.WriteString(`<svg xmlns="http://www.w3.org/2000/svg" width="860" height="340" font-family="sans-serif" font-size="12">` + "\n" + `<rect width="860" height="340" fill="white"/>` + "\n")
	time.draw(&b, 60)
	memory.draw(&b, 480)
	b.WriteString("</svg>\n")
	return os.WriteFile(name, []byte(b.String()), 0o644)
}

var colours = strings.Fields("#1b6ca8 #c0392b #27864a #8e44ad #b7791f #555555 #00838f #ad1457 #5d4037 #827717")

// draw draws the lines; the number of reports goes by its logarithm.
func (p *panel) draw(b *strings.Builder, left float64) {
	const top, width, height = 40.0, 240.0, 240.0
	from, to, most := math.Inf(1), 0.0, 0.0
	for _, line := range p.lines {
		for _, at := range line {
			from, to, most = min(from, at.reports), max(to, at.reports), max(most, at.value)
		}
	}
	step := math.Pow(10, math.Floor(math.Log10(most)))
	if most/step < 3 {
		step /= 2
	}
	most = math.Ceil(most/step) * step
	x := func(n float64) float64 { return left + width*math.Log(n/from)/max(1e-9, math.Log(to/from)) }
	y := func(v float64) float64 { return top + height*(1-v/most) }
	fmt.Fprintf(b, "<text x=\"%.0f\" y=\"20\" font-weight=\"bold\">%s</text>\n", left, p.title)
	for v := 0.0; v <= most; v += step {
		fmt.Fprintf(b, "<path d=\"M%.0f %.1fh%.0f\" stroke=\"#ddd\"/><text x=\"%.0f\" y=\"%.1f\" text-anchor=\"end\">%g</text>\n", left, y(v), width, left-6, y(v)+4, v)
	}
	seen := map[float64]bool{}
	for i, name := range p.names {
		colour := colours[i%len(colours)]
		var path strings.Builder
		for k, at := range p.lines[name] {
			fmt.Fprintf(&path, "%c%.1f %.1f", "ML"[min(k, 1)], x(at.reports), y(at.value))
			fmt.Fprintf(b, "<circle cx=\"%.1f\" cy=\"%.1f\" r=\"3\" fill=\"%s\"/>\n", x(at.reports), y(at.value), colour)
			if !seen[at.reports] {
				seen[at.reports] = true
				fmt.Fprintf(b, "<text x=\"%.1f\" y=\"%.0f\" text-anchor=\"middle\">%g</text>\n", x(at.reports), top+height+18, at.reports)
			}
		}
		fmt.Fprintf(b, "<path d=\"%s\" fill=\"none\" stroke=\"%s\"/>\n<text x=\"%.0f\" y=\"%.0f\" fill=\"%s\">%s</text>\n",
			&path, colour, left+width+8, top+14+16*float64(i), colour, name)
	}
	fmt.Fprintf(b, "<text x=\"%.0f\" y=\"%.0f\" text-anchor=\"middle\">reports</text>\n", left+width/2, top+height+36)
}
