package panel

// A plot of a panel as SVG: lines over the years, one for each region or indicator, or
// bars where there is one year. Each point tells its value, document and sentence, and
// links to the document. Masked and conflicting cells are gaps, never zeros.

import (
	"bytes"
	"cmp"
	"errors"
	"fmt"
	"html/template"
	"math"
	"net/url"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"mingxi/extract/indicator"
	"mingxi/schema"
)

// ErrPlot is returned where a panel cannot be drawn; its text says what to limit.
var ErrPlot = errors.New("nothing to draw")

// MostLines is how many lines can be told apart.
const MostLines = 10

// The size of a plot, in pixels, and of the room beside its lines.
const (
	plotWidth, plotHeight = 900, 480
	plotLeft, plotRight   = 90, 190
	plotTop, plotBottom   = 50, 50
	innerWidth            = plotWidth - plotLeft - plotRight
	innerHeight           = plotHeight - plotTop - plotBottom
)

// colours tell lines apart, also for eyes that do not see red and green (Okabe, Ito).
var colours = []string{"#0072b2", "#d55e00", "#009e73", "#cc79a7", "#e69f00", "#56b4e9", "#7f7f7f", "#000000", "#8c564b", "#bcbd22"}

// LinkFrom links a plot in a folder to the files of its sources: to the file itself, or to the archive that holds it.
func LinkFrom(folder string) func(*Source) string {
	return func(s *Source) string {
		path, _, _ := strings.Cut(schema.Join(s.Root, s.Path), "!/")
		if to, err := filepath.Rel(folder, path); err == nil {
			path = to
		}
		return (&url.URL{Path: filepath.ToSlash(path)}).String()
	}
}

// A line is a series of a plot.
type line struct {
	name  string
	cells []*Cell
}

// A Style is how a plot is drawn.
type Style struct {
	Link  func(*Source) string                // where a point leads
	Name  func(*indicator.Indicator) string   // of an indicator; nil: the Chinese one
	Unit  string                              // of the axis, if it is not that of the cells
	Value func(schema.Decimal) schema.Decimal // in that unit
}

// Plot draws the cells of one unit, each point linked to what it is taken from.
// It fails if they have several units, or more lines than can be told apart.
func Plot(cells []Cell, style Style) ([]byte, error) {
	if style.Name == nil {
		style.Name = func(one *indicator.Indicator) string { return one.NameZH }
	}
	if style.Value == nil {
		style.Value = func(v schema.Decimal) schema.Decimal { return v }
	}
	lines, unit, err := linesOf(cells, style.Name)
	if err != nil {
		return nil, err
	}
	first, last, top, low := math.MaxInt, 0, 0.0, 0.0
	for _, l := range lines {
		for _, c := range l.cells {
			v := style.Value(c.Value).Float()
			first, last, top, low = min(first, c.Year), max(last, c.Year), max(top, v), min(low, v)
		}
	}
	d := drawing{Style: style, Width: plotWidth, Height: plotHeight, Title: titleOf(cells, style.Name)}
	d.Unit = cmp.Or(style.Unit, unit)
	step := niceStep((top - low) / 5)
	low = math.Floor(low/step) * step
	high := math.Max(low+step, math.Ceil(top/step)*step)
	y := func(v float64) float64 { return round(plotTop + innerHeight*(high-v)/(high-low)) }
	for k := 0; k <= int(math.Round((high-low)/step)); k++ {
		v := low + float64(k)*step
		d.Grid = append(d.Grid, tick{Y: y(v), Text: strconv.FormatFloat(v, 'g', 12, 64)})
	}
	if first == last {
		d.bars(lines, y)
	} else {
		d.lines(lines, first, last, y)
	}
	var b bytes.Buffer
	if err := plotTemplate.Execute(&b, d); err != nil {
		return nil, err
	}
	return b.Bytes(), nil
}

// linesOf parts cells with a value into lines: by region and indicator.
func linesOf(cells []Cell, nameOf func(*indicator.Indicator) string) ([]line, string, error) {
	var lines []line
	unit := ""
	at := map[string]int{}
	regions, codes := map[string]bool{}, map[*indicator.Indicator]bool{}
	for i := range cells {
		if c := &cells[i]; c.Value.Known() {
			regions[c.Region], codes[c.Indicator] = true, true
		}
	}
	for i := range cells {
		c := &cells[i]
		if !c.Value.Known() {
			continue
		}
		if unit != "" && unit != c.Indicator.UnitZH {
			return nil, "", fmt.Errorf("%w: %s and %s do not share an axis: take indicators of one unit", ErrPlot, unit, c.Indicator.UnitZH)
		}
		unit = c.Indicator.UnitZH
		key := c.Region + " " + c.Indicator.Code
		k, ok := at[key]
		if !ok {
			k = len(lines)
			at[key] = k
			name := c.Name
			if len(codes) > 1 && len(regions) == 1 {
				name = nameOf(c.Indicator)
			} else if len(codes) > 1 {
				name += " " + nameOf(c.Indicator)
			}
			lines = append(lines, line{name: name})
		}
		lines[k].cells = append(lines[k].cells, c)
	}
	switch {
	case len(lines) == 0:
		return nil, "", fmt.Errorf("%w: no cell has a value", ErrPlot)
	case len(lines) > MostLines:
		return nil, "", fmt.Errorf("%w: %d lines, of which %d can be told apart: take fewer regions or indicators", ErrPlot, len(lines), MostLines)
	}
	for _, l := range lines {
		slices.SortFunc(l.cells, func(a, b *Cell) int { return a.Year - b.Year })
	}
	return lines, unit, nil
}

// titleOf names what all lines share.
func titleOf(cells []Cell, nameOf func(*indicator.Indicator) string) string {
	one, region := nameOf(cells[0].Indicator), cells[0].Name
	for i := range cells {
		if nameOf(cells[i].Indicator) != one {
			one = ""
		}
		if cells[i].Name != region {
			region = ""
		}
	}
	return strings.TrimSpace(region + " " + one)
}

// niceStep is 1, 2 or 5 times a power of ten, not below v.
func niceStep(v float64) float64 {
	if v <= 0 {
		return 1
	}
	p := math.Pow(10, math.Floor(math.Log10(v)))
	for _, k := range []float64{1, 2, 5, 10} {
		if k*p >= v {
			return k * p
		}
	}
	return 10 * p
}

func round(v float64) float64 { return math.Round(v*10) / 10 }

// A drawing is what the template prints.
type drawing struct {
	Style
	Width, Height int
	Title         string
	Grid, Years   []tick
	Lines         []curve
	Bars          []mark
}

type tick struct {
	X, Y float64
	Text string
}

type curve struct {
	Name, Colour string
	Gaps         []string // points of the polylines; a year without a value parts them
	Marks        []mark
	Key          float64
}

type mark struct {
	X, Y, W, H float64
	Colour     string
	Link, Tip  string
	Name       string
	Hollow     bool // estimated, preliminary, unreliable
}

// lines draws a curve for each line.
func (d *drawing) lines(lines []line, first, last int, y func(float64) float64) {
	x := func(year int) float64 { return round(plotLeft + innerWidth*float64(year-first)/float64(last-first)) }
	for year := first; year <= last; year += max(1, (last-first)/12) {
		d.Years = append(d.Years, tick{X: x(year), Y: plotHeight - plotBottom, Text: strconv.Itoa(year)})
	}
	for i, l := range lines {
		c := curve{Name: l.name, Colour: colours[i%len(colours)], Key: plotTop + 20*float64(i)}
		var run []string
		for k, cell := range l.cells {
			if k > 0 && cell.Year > l.cells[k-1].Year+1 { // a year is missing
				c.Gaps, run = append(c.Gaps, strings.Join(run, " ")), nil
			}
			m := d.markOf(cell, x(cell.Year), y(d.Value(cell.Value).Float()), c.Colour)
			run = append(run, fmt.Sprintf("%g,%g", m.X, m.Y))
			c.Marks = append(c.Marks, m)
		}
		c.Gaps = append(c.Gaps, strings.Join(run, " "))
		d.Lines = append(d.Lines, c)
	}
}

// bars draws a bar for each line of a single year.
func (d *drawing) bars(lines []line, y func(float64) float64) {
	width := float64(innerWidth) / float64(len(lines))
	for i, l := range lines {
		m := d.markOf(l.cells[0], round(plotLeft+width*float64(i)+width*0.15), y(d.Value(l.cells[0].Value).Float()), colours[0])
		zero := y(0)
		m.W, m.H, m.Name = round(width*0.7), round(math.Abs(zero-m.Y)), l.name
		m.Y = min(m.Y, zero)
		d.Bars = append(d.Bars, m)
	}
	d.Title = strings.TrimSpace(fmt.Sprintf("%s %d", d.Title, lines[0].cells[0].Year))
}

// markOf is the point of a cell, with what it tells.
func (d *drawing) markOf(c *Cell, x, y float64, colour string) mark {
	m := mark{X: x, Y: y, Colour: colour, Hollow: c.Status != Normal && c.Status != Break}
	m.Tip = fmt.Sprintf("%s %d: %s %s (%s)", c.Name, c.Year, d.Value(c.Value), d.Unit, c.Status)
	if c.From != nil {
		s := c.From.Source
		m.Tip += "\n" + s.Path + " · " + s.String() + "\n" + s.Sentence
		m.Link = d.Link(&s)
	}
	return m
}

var plotTemplate = template.Must(template.New("plot").Parse(`<svg xmlns="http://www.w3.org/2000/svg" width="{{.Width}}" height="{{.Height}}" viewBox="0 0 {{.Width}} {{.Height}}" font-family="sans-serif" font-size="12">
<title>{{.Title}}</title>
<rect width="100%" height="100%" fill="white"/>
<text x="90" y="24" font-size="16">{{.Title}}</text>
<text x="82" y="40" text-anchor="end" fill="#555">{{.Unit}}</text>
{{range .Grid}}<line x1="90" x2="710" y1="{{.Y}}" y2="{{.Y}}" stroke="#ddd"/><text x="82" y="{{.Y}}" dy="4" text-anchor="end" fill="#555">{{.Text}}</text>
{{end}}{{range .Years}}<text x="{{.X}}" y="{{.Y}}" dy="18" text-anchor="middle" fill="#555">{{.Text}}</text>
{{end}}{{range $c := .Lines}}<g>
{{range .Gaps}}<polyline points="{{.}}" fill="none" stroke="{{$c.Colour}}" stroke-width="2"/>
{{end}}{{range .Marks}}<a href="{{.Link}}"><circle cx="{{.X}}" cy="{{.Y}}" r="4" stroke="{{.Colour}}" stroke-width="2" fill="{{if .Hollow}}white{{else}}{{.Colour}}{{end}}"><title>{{.Tip}}</title></circle></a>
{{end}}<rect x="718" y="{{.Key}}" width="14" height="4" fill="{{.Colour}}"/><text x="738" y="{{.Key}}" dy="6">{{.Name}}</text>
</g>
{{end}}{{range .Bars}}<a href="{{.Link}}"><rect x="{{.X}}" y="{{.Y}}" width="{{.W}}" height="{{.H}}" stroke="{{.Colour}}" fill="{{if .Hollow}}white{{else}}{{.Colour}}{{end}}"><title>{{.Tip}}</title></rect></a><text x="{{.X}}" y="446">{{.Name}}</text>
{{end}}</svg>
`))
