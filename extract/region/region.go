// Package region knows the counties, prefectures and provinces of China with
// their GB/T 2260 codes and the years in which these were valid, 1981 to 2024,
// what became of those that ended, and the townships of today.
//
// The data is in codes.tsv and towns.tsv, which name their sources, and names.txt. region.go
// follows a place through the years, names.go makes the short forms of its name,
// find.go looks for names in a text, town.go lets townships vote for a county.
package region

import (
	_ "embed"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"mingxi/corpus/fold"
)

//go:embed codes.tsv
var codes string

// A Place is one line of the table: a name, its code, and when it was valid.
type Place struct {
	Code       string
	Name       string
	Province   string
	Prefecture string // 直辖 where the province rules the county itself
	First      int    // first year
	Last       int    // year of its end, in which it is valid no more; 0 if still in use

	next  []string // codes that took over when it ended
	parts []string // 130108[2001]: codes that took a part of it in that year
}

// The first and the last year that the table covers.
const (
	FirstYear = 1981
	LastYear  = 2024
)

// National is the code of the whole country.
const National = "000000"

// A Level says what a code stands for.
type Level int

// The levels, from the whole country down.
const (
	Country Level = iota
	Province
	Prefecture
	County
)

// LevelOf is the level of a code: 530000 is a province, 530300 a prefecture.
func LevelOf(code string) Level {
	switch {
	case code == National:
		return Country
	case strings.HasSuffix(code, "0000"):
		return Province
	case strings.HasSuffix(code, "00"):
		return Prefecture
	}
	return County
}

// In reports whether the code was valid in a year; year 0 is today.
func (p *Place) In(year int) bool {
	if year == 0 {
		return p.Last == 0
	}
	year = min(max(year, FirstYear), LastYear)
	return p.First <= year && (p.Last == 0 || year < p.Last)
}

// Level is the level of the place.
func (p *Place) Level() Level { return LevelOf(p.Code) }

// Within reports whether a place lies in another or is the other.
func (p *Place) Within(q *Place) bool {
	switch q.Level() {
	case Province:
		return p.Code[:2] == q.Code[:2]
	case Prefecture:
		return p.Code[:4] == q.Code[:4]
	}
	return p.Code == q.Code
}

// A Table finds places. It does not change and may be shared.
type Table struct {
	byName map[string][]*Place // full names, and the short forms of autonomous places
	byCode map[string][]*Place
	before map[string][]*Place // by the code that took over
	pairs  runes               // marks of the first two characters of names
	ends   runes               // last characters of full names
	stems  map[string][]*Place // short forms: 陆良, 云南

	forms          map[string][]string // other forms of a name: 莫旗
	things, dishes []string            // follow a short form; dishes a full name of two characters, too
	unless         []string            // that follow a short form
}

// Load reads the embedded table; it takes some milliseconds.
func Load() *Table {
	t := &Table{
		byName: make(map[string][]*Place, 6000), byCode: make(map[string][]*Place, 5000),
		before: make(map[string][]*Place, 3000), stems: make(map[string][]*Place, 5000),
	}
	t.readNames()
	var all []*Place
	for line := range strings.Lines(codes) {
		f := strings.Split(strings.TrimRight(line, "\n"), "\t")
		if len(f) != 7 || line[0] == '#' {
			continue
		}
		p := &Place{Code: f[0], Name: f[1], Province: f[2], Prefecture: f[3]}
		p.First, _ = strconv.Atoi(f[4])
		p.Last, _ = strconv.Atoi(f[5])
		for _, code := range strings.FieldsFunc(f[6], func(r rune) bool { return r == ';' }) {
			if strings.Contains(code, "[") {
				p.parts = append(p.parts, code)
				continue
			}
			t.succeed(p, code)
		}
		t.add(p)
		all = append(all, p)
	}
	t.follow(all)
	return t
}

// follow finds what took over from the prefectures of which the table does not tell it: the next of their code
// (思茅市, 普洱市), or else those that their counties came to (思茅地区, 思茅市).
func (t *Table) follow(all []*Place) {
	counties := map[string][]*Place{}
	for _, q := range all {
		if q.Level() == County && q.Last > 0 {
			counties[q.Code[:4]] = append(counties[q.Code[:4]], q)
		}
	}
	for _, p := range all {
		switch {
		case p.Level() != Prefecture || p.Last == 0 || len(p.next) > 0:
		case slices.ContainsFunc(t.byCode[p.Code], func(q *Place) bool { return q.First == p.Last }):
			t.succeed(p, p.Code)
		default:
			for _, q := range counties[p.Code[:4]] {
				if q.Last == p.Last {
					for _, r := range t.successors(q) {
						t.succeed(p, t.above(r, p.Last))
					}
				}
			}
		}
	}
}

// above is the code of the prefecture of a county, or of its province if that rules it itself.
func (t *Table) above(county *Place, year int) string {
	if code := county.Code[:4] + "00"; t.Code(code, year) != nil {
		return code
	}
	return county.Code[:2] + "0000"
}

// succeed notes that a code took over from a place.
func (t *Table) succeed(p *Place, code string) {
	if !slices.Contains(p.next, code) {
		p.next = append(p.next, code)
		t.before[code] = append(t.before[code], p)
	}
}

// add makes a place findable by its code and names.
func (t *Table) add(p *Place) {
	t.byCode[p.Code] = append(t.byCode[p.Code], p)
	for _, name := range append(fullNames(p.Name), t.forms[p.Name]...) {
		t.name(t.byName, name, p)
		last, _ := utf8.DecodeLastRuneInString(name)
		t.ends.add(fold.Rune(last))
		t.ends.add(last)
	}
	if s := Stem(p.Name); s != "" {
		t.name(t.stems, s, p)
	}
}

// name makes a place findable by a name, as it stands and folded: 乾安县 is 干安县 in a
// folded text.
func (t *Table) name(names map[string][]*Place, name string, p *Place) {
	names[name] = append(names[name], p)
	t.pair(name)
	if f := fold.String(name); f != name {
		names[f] = append(names[f], p)
		t.pair(f)
	}
}

func (t *Table) pair(name string) {
	r, size := utf8.DecodeRuneInString(name)
	t.pairs.add(pairMark(r, name[size:]))
}

// pairMark is a number that tells most texts apart by a character and the one behind it.
func pairMark(first rune, rest string) rune {
	second, _ := utf8.DecodeRuneInString(rest)
	return (first*251 + second) & 0xffff
}

// runes is a set of characters of the basic plane; any other counts as in it.
type runes [1 << 10]uint64

func (s *runes) add(r rune) {
	if r < 1<<16 {
		s[r>>6] |= 1 << (r & 63)
	}
}

func (s *runes) has(r rune) bool { return r >= 1<<16 || s[r>>6]&(1<<(r&63)) != 0 }

// Code returns the place that had a code in a year, nil if none had; year 0 is
// today, or the last that had it.
func (t *Table) Code(code string, year int) *Place {
	var last *Place
	for _, p := range t.byCode[code] {
		if p.In(year) {
			return p
		}
		if last == nil || p.Last > last.Last {
			last = p
		}
	}
	if year == 0 {
		return last
	}
	return nil
}

// Lines returns all that the table tells of a code, in its order.
func (t *Table) Lines(code string) []*Place { return t.byCode[code] }

// At returns what a place was in a year: itself, what it became, or what it was
// before, if that is one place; nil if it was divided or is not known then.
func (t *Table) At(p *Place, year int) *Place {
	if year == 0 && p.Last != 0 && len(p.next) == 0 {
		return p
	}
	for range 10 { // longer than any chain of the table
		switch {
		case p == nil || p.In(year):
			return p
		case year == 0 || p.Last != 0 && p.Last <= year:
			p = t.one(t.successors(p), p)
		default:
			p = t.one(t.predecessors(p), p)
		}
	}
	return nil
}

// successors are the places that took over from p when it ended.
func (t *Table) successors(p *Place) []*Place {
	var out []*Place
	for _, code := range p.next {
		for _, q := range t.byCode[code] {
			if q.In(min(p.Last, LastYear)) {
				out = append(out, q)
			}
		}
	}
	return out
}

// predecessors are the places that p took over from.
func (t *Table) predecessors(p *Place) []*Place {
	return slices.DeleteFunc(slices.Clone(t.before[p.Code]), func(q *Place) bool { return !slices.Contains(t.successors(q), p) })
}

// one chooses among those that came after or before p: the only one, or the only
// one that keeps the name.
func (t *Table) one(list []*Place, p *Place) *Place {
	if len(list) == 1 {
		return list[0]
	}
	var same *Place
	for _, q := range list {
		if q.Code == p.Code || Stem(q.Name) != "" && Stem(q.Name) == Stem(p.Name) {
			if same != nil && same.Code != q.Code {
				return nil
			}
			same = q
		}
	}
	return same
}

// Follow returns the codes that a code of one year has in another, by the table's
// successors: one if the place only changed its code or was merged into another,
// several if it was divided, or of an earlier year those that it was made of, none if the table does not tell.
// Partial is true where only a part of the place changed hands on the way.
func (t *Table) Follow(code string, from, to int) (codes []string, partial bool) {
	p := t.Code(code, from)
	if p == nil {
		return nil, false
	}
	if to < from {
		return t.back(p, from, to)
	}
	seen := map[string]bool{}
	todo := []*Place{p}
	for len(todo) > 0 {
		p, todo = todo[0], todo[1:]
		partial = partial || p.gave(from, to)
		if p.In(to) || p.Last == 0 {
			if !seen[p.Code] {
				seen[p.Code] = true
				codes = append(codes, p.Code)
			}
			continue
		}
		if len(seen)+len(todo) > 50 {
			return nil, true
		}
		todo = append(todo, t.successors(p)...)
	}
	return codes, partial
}

// back is Follow to an earlier year. There is no code for what was then only a part of a place.
func (t *Table) back(p *Place, from, to int) (codes []string, partial bool) {
	seen := map[*Place]bool{p: true}
	for todo := []*Place{p}; len(todo) > 0; {
		p, todo = todo[0], todo[1:]
		partial = partial || p.gave(to, from)
		if p.In(to) {
			codes = append(codes, p.Code)
		}
		for _, q := range t.predecessors(p) {
			if seen[q] || q.Last <= to || q.Last > from {
				continue
			}
			if len(t.successors(q)) > 1 {
				return nil, true
			}
			seen[q] = true
			todo = append(todo, q)
		}
	}
	return codes, partial
}

// gave reports whether parts of the place went to others after a year, up to another.
func (p *Place) gave(after, upTo int) bool {
	return slices.ContainsFunc(p.parts, func(s string) bool {
		year, _ := strconv.Atoi(strings.TrimSuffix(s[strings.Index(s, "[")+1:], "]"))
		return after < year && year <= upTo
	})
}

// Joined reports whether a place became one with others, after a year, in what took over:
// 电白县 and 茂港区 in 电白区.
func (t *Table) Joined(old, now *Place, from int) bool {
	return slices.ContainsFunc(t.before[now.Code], func(p *Place) bool {
		return p.Code != old.Code && p.Code != now.Code && p.Last > from && (now.Last == 0 || p.Last < now.Last) && p.Last >= now.First && !p.Within(old)
	})
}

// Beginning lists the places of a level, within another unless that is nil, whose names begin with some
// characters in a year, by code.
func (t *Table) Beginning(with string, level Level, of *Place, year int) []*Place {
	var out []*Place
	for _, list := range t.byCode {
		for _, p := range list {
			if p.Level() == level && strings.HasPrefix(p.Name, with) && p.In(year) && (of == nil || p.Within(of)) {
				out = append(out, p)
			}
		}
	}
	slices.SortFunc(out, func(a, b *Place) int { return strings.Compare(a.Code, b.Code) })
	return out
}
