// Package panel makes one table of the figures of many reports: region × year ×
// indicator, each cell with its source.
//
// Every figure that has an indicator is a candidate. The rules of rules.go say
// whether it can be a cell, and of which year; the others are kept with the reason.
// region.go brings the region of each report to the codes of one year. Candidates
// of one cell that say the same are one value; those that do not are a conflict,
// which is never averaged: the cell stays empty unless the user prefers the newest,
// the region's own report of that year, or certain sources. Nothing is lost: every
// candidate is listed with its role.
package panel

import (
	"cmp"
	"context"
	"path"
	"slices"
	"strings"
	"unicode"

	"mingxi/cmd/mingxi/pipeline"
	"mingxi/extract/indicator"
	"mingxi/extract/region"
	"mingxi/schema"
)

// Options say which panel is made.
type Options struct {
	Indicators []*indicator.Indicator // the columns, in order
	Vocabulary *indicator.Vocabulary  // by which figures of the level alone (市本级) are known as such; nil: they are not looked for
	RegionYear int                    // codes of this year; 0: of each report's own year
	Prefer     string                 // newest, direct, a glob of sources, or empty: none
	PassOver   func(error) bool       // says of an error of a document that the others are read nevertheless; may be nil
}

// A Candidate is a figure that may be a cell.
type Candidate struct {
	Indicator *indicator.Indicator
	Region    string // code in the panel, empty if not known
	Name      string // of the region
	Year      int    // of the cell, 0 if not known
	Value     schema.Decimal
	Role      Role
	Reason    Reason // why it is no cell, or what is to be known of it
	Note      string // further words of the reason: codes, a place
	Status    Status
	Source    Source
}

// A Source is where a candidate stands.
type Source struct {
	DocID, Root, Path, Title, Org string
	Article, Seq, Page            int
	Start, End                    int // runes in the normal text
	Cell, Label, Raw, Sentence    string
	Period, Flags                 string
	ReportRegion                  string // code in the report's year
	ReportYear                    int
}

// Role says what became of a candidate.
type Role string

// The roles.
const (
	Chosen   Role = "chosen"   // it is the cell
	Agrees   Role = "agrees"   // it says the same as the cell
	Conflict Role = "conflict" // it says otherwise
	NoCell   Role = "no cell"  // it cannot be a cell, for its reason
)

// A Cell is one value of the panel.
type Cell struct {
	Region, Name string
	Year         int
	Indicator    *indicator.Indicator
	Value        schema.Decimal // unset where candidates conflict or are masked
	Status       Status
	From         *Candidate // what the value is taken from, or nil
	Candidates   int        // that could be the cell
	Conflicts    int        // of them, that say otherwise
}

// A Builder gathers candidates.
type Builder struct {
	o      Options
	places *region.Table
	words  words
	bases  *indicator.Bases
	want   map[string]*indicator.Indicator
	order  map[string]int
	list   []*Candidate
}

// New begins a panel.
func New(o Options) *Builder {
	b := &Builder{o: o, words: loadWords(), bases: indicator.LoadBases(), places: region.Load(), want: map[string]*indicator.Indicator{}, order: map[string]int{}}
	for i, one := range o.Indicators {
		b.want[one.Code], b.order[one.Code] = one, i
	}
	return b
}

// Candidates reads those of one document; it may be called from many goroutines.
func (b *Builder) Candidates(d *schema.Document, r *schema.Reading) []*Candidate {
	var out []*Candidate
	runes := schema.NewRunes(d.Text)
	for i := range r.Metrics {
		m := &r.Metrics[i]
		code := m.Code
		if code == "" {
			code = b.levelCode(d, r, m)
		}
		one := b.want[code]
		if one == nil || code == "" {
			continue
		}
		o := r.Origin(m.Article)
		title := ""
		if a := d.ArticleAt(m.Start); a != nil {
			title = a.Title
		}
		c := &Candidate{Indicator: one, Source: Source{
			DocID: d.ID, Root: d.Root, Path: d.Source, Title: title, Org: o.Org,
			Article: m.Article, Seq: m.Seq, Page: m.Page, Start: runes.At(m.Start), End: runes.At(m.End),
			Cell: m.Cell, Label: m.Label, Raw: m.In(d.Text), Sentence: clip(m.Sentence.In(d.Text)),
			Period: m.Period.Printed, Flags: strings.Join(m.Flags, ";"), ReportRegion: o.Region.Code, ReportYear: o.Year,
		}}
		f := &figure{words: b.words, bases: b.bases, metric: m, indicator: one, origin: o, title: title, sentence: c.Source.Sentence, before: d.Text[m.Sentence.Start:max(m.Sentence.Start, m.Start)], behind: d.Text[m.End:max(m.Sentence.End, m.End)], places: b.places}
		if at := d.BlockAt(m.Start); at < len(d.Blocks) {
			f.paragraph = d.Text[min(d.Blocks[at].Start, m.Sentence.Start):m.Sentence.Start]
		}
		f.above = f.placeAbove(d)
		if i+1 < len(r.Metrics) {
			f.next = &r.Metrics[i+1]
		}
		if i > 0 {
			f.last = &r.Metrics[i-1]
		}
		c.Year, c.Reason = f.year()
		if reason, note := f.refused(); reason != "" {
			c.Reason, c.Note = reason, note
		}
		c.Value, c.Status = f.value(), f.status()
		if c.Reason == "" && !c.Value.Known() && c.Status != Suppressed && c.Status != Unreliable {
			c.Reason, c.Note = otherUnit, m.Unit
		}
		if m.Code == "" && c.Reason == "" {
			c.Reason, c.Note = levelOwn, m.Label
		}
		b.place(c)
		if c.Reason != "" {
			c.Role = NoCell
		}
		out = append(out, c)
	}
	return out
}

// Parts read a document in parts; they are none where it is there no more.
type Parts[T any] = func(ctx context.Context, item T, yield func(*schema.Document, *schema.Reading) error) error

// Gather reads the candidates of many documents, several at a time, and adds those that
// keep wants.
func Gather[T any](ctx context.Context, b *Builder, workers int, items []T, parts Parts[T], keep func(*Candidate) bool) error {
	return pipeline.Unordered(ctx, workers, pipeline.Each(items),
		func(ctx context.Context, item T) (list []*Candidate, err error) {
			err = parts(ctx, item, func(d *schema.Document, part *schema.Reading) error {
				list = append(list, slices.DeleteFunc(b.Candidates(d, part), func(c *Candidate) bool { return !keep(c) })...)
				return nil
			})
			return list, err
		},
		func(_ T, list []*Candidate, err error) error {
			if err != nil && b.o.PassOver != nil && b.o.PassOver(err) {
				return nil
			}
			b.Add(list)
			return err
		})
}

// mostSentence is how many characters of a sentence are kept.
const mostSentence = 400

func clip(s string) string {
	n := 0
	for i := range s {
		if n == mostSentence {
			return s[:i] + "…"
		}
		n++
	}
	return s
}

// Add takes candidates in. It is called from one goroutine, in any order.
func (b *Builder) Add(list []*Candidate) { b.list = append(b.list, list...) }

// Build settles all cells. It returns them by region, year and indicator, and every
// candidate with its role, in the same order.
func (b *Builder) Build() ([]Cell, []*Candidate) {
	slices.SortFunc(b.list, b.compare)
	var cells []Cell
	for i := 0; i < len(b.list); {
		j := i + 1
		for j < len(b.list) && b.sameCell(b.list[i], b.list[j]) {
			j++
		}
		if c, ok := b.settle(b.list[i:j]); ok {
			cells = append(cells, c)
		}
		i = j
	}
	return cells, b.list
}

// compare orders candidates by cell, then those of a cell by what stands for it best:
// direct before indirect, then by source.
func (b *Builder) compare(x, y *Candidate) int {
	return cmp.Or(
		strings.Compare(x.Region, y.Region), cmp.Compare(x.Year, y.Year),
		cmp.Compare(b.order[x.Indicator.Code], b.order[y.Indicator.Code]),
		strings.Compare(string(x.Reason), string(y.Reason)),
		cmp.Compare(indirect(x), indirect(y)),
		cmp.Compare(x.Source.ReportYear, y.Source.ReportYear),
		strings.Compare(x.Source.Root, y.Source.Root), strings.Compare(x.Source.Path, y.Source.Path), cmp.Compare(x.Source.Seq, y.Source.Seq),
	)
}

// indirect is 1 for a figure that a report of another year gives.
func indirect(c *Candidate) int {
	if c.Source.ReportYear == c.Year {
		return 0
	}
	return 1
}

func (b *Builder) sameCell(x, y *Candidate) bool {
	return x.Region == y.Region && x.Year == y.Year && x.Indicator == y.Indicator
}

// settle decides the cell of a group of candidates; ok is false if none can be it.
func (b *Builder) settle(group []*Candidate) (Cell, bool) {
	var fit []*Candidate
	for _, c := range group {
		if c.Reason == "" {
			fit = append(fit, c)
		}
	}
	if len(fit) == 0 {
		return Cell{}, false
	}
	cell := Cell{Region: fit[0].Region, Name: fit[0].Name, Year: fit[0].Year, Indicator: fit[0].Indicator, Candidates: len(fit)}
	known := slices.DeleteFunc(slices.Clone(fit), func(c *Candidate) bool { return !c.Value.Known() })
	if len(known) == 0 { // only masked ones
		fit[0].Role, cell.Status, cell.From = Chosen, fit[0].Status, fit[0]
		for _, c := range fit[1:] {
			c.Role = Agrees
		}
		return cell, true
	}
	for _, c := range fit {
		if !c.Value.Known() {
			c.Role = Agrees // it says nothing else
		}
	}
	best := b.preferred(known)
	for _, c := range known {
		switch {
		case best == nil:
			c.Role = Conflict
			cell.Conflicts++
		case c == best:
			c.Role = Chosen
		case agree(c, best):
			c.Role = Agrees
		default:
			c.Role = Conflict
			cell.Conflicts++
		}
	}
	if best == nil {
		cell.Status = Missing
		return cell, true
	}
	cell.Value, cell.Status, cell.From = best.Value, best.Status, best
	return cell, true
}

// preferred is the candidate that the cell is taken from; nil where they conflict
// and the user prefers none, or several of those that he prefers conflict.
func (b *Builder) preferred(list []*Candidate) *Candidate {
	if best := united(list); best != nil {
		return best
	}
	switch b.o.Prefer {
	case "":
		return nil
	case "newest":
		newest := 0
		for _, c := range list {
			newest = max(newest, c.Source.ReportYear)
		}
		return united(keep(list, func(c *Candidate) bool { return c.Source.ReportYear == newest }))
	case "direct":
		return united(keep(list, func(c *Candidate) bool { return indirect(c) == 0 }))
	}
	return united(keep(list, func(c *Candidate) bool { return matches(b.o.Prefer, c.Source.Path) }))
}

// Prefers reports whether what is preferred is a known word, or a glob that fits the source
// of a candidate.
func Prefers(prefer string, list []*Candidate) bool {
	return prefer == "" || prefer == "newest" || prefer == "direct" || len(list) == 0 ||
		slices.ContainsFunc(list, func(c *Candidate) bool { return matches(prefer, c.Source.Path) })
}

func keep(list []*Candidate, good func(*Candidate) bool) []*Candidate {
	var out []*Candidate
	for _, c := range list {
		if good(c) {
			out = append(out, c)
		}
	}
	return out
}

// matches reports whether a glob fits a path or the end of it.
func matches(glob, name string) bool {
	for {
		if ok, err := path.Match(glob, name); ok && err == nil {
			return true
		}
		_, rest, more := strings.Cut(name, "/")
		if !more {
			return false
		}
		name = rest
	}
}

// united is the most exact of candidates that all agree, nil if they do not.
func united(list []*Candidate) *Candidate {
	if len(list) == 0 {
		return nil
	}
	best := list[0]
	for _, c := range list[1:] {
		if finer(c, best) {
			best = c
		}
	}
	for _, c := range list {
		if !agree(c, best) {
			return nil
		}
	}
	return best
}

// finer reports whether a candidate says the same more exactly: 3126 than 约3100.
func finer(c, d *Candidate) bool {
	if (c.Status == Normal) != (d.Status == Normal) {
		return c.Status == Normal
	}
	return digits(c.Value) > digits(d.Value)
}

// digits is how many digits a value has that say something: 3 for 312000 and 31.20.
func digits(d schema.Decimal) int {
	s := strings.Trim(strings.NewReplacer(".", "", "-", "").Replace(d.String()), "0")
	return len(s)
}

// precision is how many digits a figure says, printed zeros too where it is no estimate:
// 25.0万吨 and 1200万元 say more than 25万吨 and 1.2千万元.
func precision(c *Candidate) int {
	n := 0
	for _, r := range c.Source.Raw {
		if unicode.IsDigit(r) && (n > 0 || r != '0' && r != '０') {
			n++
		}
	}
	if c.Status == Estimated {
		n = 0
	}
	return max(n, digits(c.Value))
}

// agree reports whether one value is the other, or the other rounded: 1.56亿 and
// 15624800.
func agree(c, d *Candidate) bool {
	if c.Value.Cmp(d.Value) == 0 {
		return true
	}
	if precision(c) > precision(d) {
		c, d = d, c
	}
	if c.Status != Estimated && !strings.ContainsAny(c.Source.Raw, "万亿萬億") {
		return false // 1200 is no 1249
	}
	n := precision(c)
	return n >= 2 && rounded(d.Value, n).Cmp(c.Value) == 0
}

// rounded is a value with n digits, rounded half up.
func rounded(d schema.Decimal, n int) schema.Decimal {
	s := strings.TrimPrefix(d.String(), "-")
	whole, _, _ := strings.Cut(s, ".")
	size := len(strings.TrimLeft(whole, "0")) // digits before the point
	if size == 0 {
		return d
	}
	shift := n - size
	up := d.Shift(shift)
	sign := int64(1)
	if up.Sign() < 0 {
		up, sign = up.Neg(), -1
	}
	half, err := schema.ParseDecimal("0.5")
	if err != nil || !up.Known() {
		return d
	}
	whole, _, _ = strings.Cut(up.Add(half).String(), ".")
	r, err := schema.ParseDecimal(whole)
	if err != nil {
		return d
	}
	return r.Mul(schema.Int(sign)).Shift(-shift)
}
