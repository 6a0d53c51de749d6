package main

import (
	"fmt"
	"math/big"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"mingxi/schema"
)

// A score counts cells. Wrong are the figures that say something else than the
// document does; missed are the cells of which no figure is said at all; placed are
// those of the right ones, of places many, that name the cell itself.
type score struct{ cells, right, wrong, missed, places, placed int }

func (s *score) add(t score) {
	s.cells += t.cells
	s.right += t.right
	s.wrong += t.wrong
	s.missed += t.missed
	s.places += t.places
	s.placed += t.placed
}

func (s score) String() string {
	line := fmt.Sprintf("right %.4f wrong %.4f missed %.4f of %d", share(s.right, s.cells), share(s.wrong, s.cells), share(s.missed, s.cells), s.cells)
	if s.places > 0 {
		line += fmt.Sprintf(" cell %.4f", share(s.placed, s.places))
	}
	return line
}

func share(n, of int) float64 {
	if of == 0 {
		return 0
	}
	return float64(n) / float64(of)
}

// A reading is what the program says of a document: its figures that have a
// value (masked and suspect ones claim nothing). One without a time of its own is
// of the year of its article.
type reading struct {
	text    string
	figures []*schema.Metric
}

func claims(d *schema.Document, r *schema.Reading) reading {
	out := reading{text: d.Text}
	for _, m := range r.Metrics {
		if !m.Value.Known() {
			continue
		}
		for _, o := range r.Origins {
			if m.Period.Printed == "" && o.Article == m.Article && o.Year > 0 {
				m.Period.Printed = strconv.Itoa(o.Year)
			}
		}
		out.figures = append(out.figures, &m)
	}
	return out
}

// compare pairs figures with cells: as many as can be right, each with one. Place
// is how the address of a cell is written in this format; nil leaves it out.
func compare(s *source, r reading, place func(*source, gold) string, miss func(line string)) score {
	owner := make([]int, len(s.gold)) // figure of a cell, or -1
	for i := range owner {
		owner[i] = -1
	}
	fits := make([][]int, len(r.figures))
	for f, m := range r.figures {
		for g := range s.gold {
			if s.gold[g].fault(m) == "" {
				fits[f] = append(fits[f], g)
			}
		}
	}
	paired := make([]bool, len(r.figures))
	for f := range r.figures {
		paired[f] = augment(f, fits, owner, make([]bool, len(s.gold)))
	}
	out := score{cells: len(s.gold)}
	for f, m := range r.figures {
		if paired[f] {
			out.right++
			continue
		}
		out.wrong++
		miss(wrongLine(s, m, r.text, owner))
	}
	for g := range s.gold {
		switch f := owner[g]; {
		case f == -1:
			out.missed++
			miss("missed  " + s.gold[g].String())
		case f != said && place != nil && !s.gold[g].prose:
			out.places++
			if want := place(s, s.gold[g]); r.figures[f].Cell == want {
				out.placed++
			} else {
				miss("place   " + s.gold[g].String() + ": " + r.figures[f].Cell + " for " + want)
			}
		}
	}
	return out
}

// augment finds a cell for the figure, moving others on where that helps.
func augment(f int, fits [][]int, owner []int, seen []bool) bool {
	for _, g := range fits[f] {
		if seen[g] {
			continue
		}
		seen[g] = true
		if owner[g] == -1 || augment(owner[g], fits, owner, seen) {
			owner[g] = f
			return true
		}
	}
	return false
}

const said = -2 // of a cell whose figure is there and wrong

// wrongLine tells what a figure says and what it should: the nearest cell with
// its digits that no right figure has.
func wrongLine(s *source, m *schema.Metric, text string, owner []int) string {
	line := fmt.Sprintf("wrong   %s %s%s %s", m.Label, m.Value.String(), unitOf(m), m.Period.Printed)
	best, least := -1, 99
	for g := range s.gold {
		if owner[g] != -1 || !sameDigits(s.gold[g], m, m.In(text)) {
			continue
		}
		if n := len(strings.Split(s.gold[g].fault(m), ";")); n < least {
			best, least = g, n
		}
	}
	if best == -1 {
		return line + fmt.Sprintf(" <- %q: no figure", m.In(text))
	}
	owner[best] = said
	return line + " <- " + s.gold[best].String() + ": " + s.gold[best].fault(m)
}

func sameDigits(g gold, m *schema.Metric, raw string) bool {
	return rat(m).Cmp(g.value) == 0 || g.printed != "" && strings.Contains(raw, g.printed)
}

func (g gold) String() string {
	return fmt.Sprintf("%s %s %s %s %s", strings.Join(g.keys, "&"), g.value.RatString(), strings.Join(g.units, "|"), strings.Join(g.periods, " "), g.printed)
}

func unitOf(m *schema.Metric) string {
	if m.Per == "" {
		return m.Unit
	}
	return m.Unit + "/" + m.Per
}

func rat(m *schema.Metric) *big.Rat {
	v, ok := new(big.Rat).SetString(m.Value.String())
	if !ok {
		return new(big.Rat)
	}
	return v
}

// fault says in what a figure is not this cell's, or nothing.
func (g gold) fault(m *schema.Metric) string {
	var faults []string
	if rat(m).Cmp(g.value) != 0 {
		faults = append(faults, "value")
	}
	if g.units != nil && !slices.ContainsFunc(g.units, func(u string) bool { return sameUnit(u, m) }) {
		faults = append(faults, "unit")
	}
	label := unspaced(m.Label)
	told := normal(label) + "\n" + normal(m.Period.Printed)
	for _, k := range g.keys {
		if !slices.ContainsFunc(strings.Split(k, "|"), func(w string) bool { return strings.Contains(told, normal(w)) }) {
			faults = append(faults, "without "+k)
		}
	}
	rest := label // without its own names: 前坪小学, 生均标准 tell of no 学生
	for _, w := range g.names {
		for one := range strings.SplitSeq(w, "|") {
			rest = strings.ReplaceAll(rest, one, "\n")
		}
	}
	for _, w := range g.not {
		if strings.Contains(rest, w) {
			faults = append(faults, "with "+w)
		}
	}
	for _, p := range g.periods {
		if !slices.ContainsFunc(strings.Split(p, "|"), func(w string) bool { return tells(m.Period.Printed, w, len(g.periods) > 1) || dated(&m.Period, w) }) {
			faults = append(faults, "period "+p)
		}
	}
	return strings.Join(faults, "; ")
}

var sameUnits = strings.NewReplacer("千克", "公斤", "千米", "公里", "mg/L", "毫克/升", "mg/l", "毫克/升")

// sameUnit compares 公斤/亩 with unit and per, and a unit alone with the unit; 千克 is 公斤.
func sameUnit(want string, m *schema.Metric) bool {
	want = sameUnits.Replace(want)
	return want == m.Unit || want == unitOf(m)
}

var periodForms = strings.NewReplacer("—", "-", "–", "-", "－", "-", "~", "-", "～", "-", "至", "-", "−", "-", " ", "", "　", "",
	"０", "0", "１", "1", "２", "2", "３", "3", "４", "4", "５", "5", "６", "6", "７", "7", "８", "8", "９", "9", "年度", "年")

func normal(s string) string {
	return hanYear.ReplaceAllStringFunc(periodForms.Replace(unspaced(s)), hanDigits.Replace)
}

// A year may be printed in Chinese numerals: 一九四九年.
var (
	hanYear   = regexp.MustCompile(`(?:一九|二[〇○零O])[〇○零O一二三四五六七八九]{2}`)
	hanDigits = strings.NewReplacer("〇", "0", "○", "0", "O", "0", "零", "0", "一", "1", "二", "2", "三", "3", "四", "4", "五", "5", "六", "6", "七", "7", "八", "8", "九", "9")
)

var bareYear = regexp.MustCompile(`^(19|20)\d\d年?$`)

// tells is whether a period holds another whole: 2018年1-3月 tells neither 3月
// nor 2018年, and 2018 is 2018年. As a part of a longer time, 2018年1月 tells 2018年.
func tells(period, want string, part bool) bool {
	period, want = normal(period), normal(want)
	if bareYear.MatchString(want) {
		rest, ok := strings.CutPrefix(period, strings.TrimSuffix(want, "年"))
		return ok && (rest == "" || rest == "年" || part && strings.HasPrefix(rest, "年"))
	}
	at := strings.Index(period, want)
	if want == "" || at < 0 {
		return false
	}
	before := strings.TrimRight(period[:at], "-")
	return (before == period[:at] && !endsInDigit(before) || want[0] > '9') && !strings.HasPrefix(period[at+len(want):], "-")
}

// dated is whether the dates of a period are those of a span of a year, 2020年1月, 2021年1-8月 or 2018年第一季度, or
// its end that of a year, 2021年.
func dated(p *schema.Period, want string) bool {
	m := ofYear.FindStringSubmatch(normal(want))
	switch {
	case m == nil:
		return false
	case m[2] == "":
		return (p.Start == "" || p.Start == m[1]+"-01-01") && p.End == m[1]+"-12-31"
	}
	from, to, ok := strings.Cut(strings.TrimSuffix(m[2], "月"), "-")
	if quarter := strings.Index("一二三四", strings.Trim(m[2], "第季度")) / len("一"); !strings.HasSuffix(m[2], "月") {
		from, to = strconv.Itoa(3*quarter+1), strconv.Itoa(3*quarter+3)
	} else if !ok {
		to = from
	}
	month := func(n string) string { return m[1] + "-" + strings.Repeat("0", 2-len(n)) + n }
	return p.Start == month(from)+"-01" && strings.HasPrefix(p.End, month(to))
}

var ofYear = regexp.MustCompile(`^((?:19|20)[0-9]{2})年([0-9]{1,2}(?:-[0-9]{1,2})?月|第?[一二三四]季度)?$`)

func endsInDigit(s string) bool {
	return s != "" && s[len(s)-1] >= '0' && s[len(s)-1] <= '9'
}
