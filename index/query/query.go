// Package query is the language of searches: [Parse] makes a [Query] of what
// somebody typed, and the query prints itself as what Parse reads. It knows
// nothing of how answers are found; docs/query.md teaches it to users.
//
//	query.go    what a query can be, and its fields
//	parse.go    words, operators and brackets;  value.go  what stands after a colon
//	unit.go     numbers with units;  synonym.go  other ways to write a word
package query

import (
	"strconv"
	"strings"
	"unicode"

	"mingxi/schema"
)

// A Query says which reports, or which figures, are sought. It is a value: Parse
// makes it, String prints it in the form that Parse reads (docs/query.md).
//
// It is one of [All], [Phrase], [Near], [Field], [Range], [And], [Or] and [Not].
type Query interface {
	String() string
	query() // only those above
}

// All finds everything: *
type All struct{}

// A Phrase finds its characters in a row: 城市低保, or exactly and without
// synonyms: "城市低保".
type Phrase struct {
	Text  string
	Exact bool
}

// Near finds its phrases within one sentence: 低保 ~ 发放, or in this order:
// 城市*低保.
type Near struct {
	Phrases []Phrase
	Ordered bool
}

// A Field finds what is known about a report or a figure: title:低保,
// unit:公顷, region:530000, indicator:dibao*.
//
// Title, org, section and label hold the words; the others equal them, or begin
// with them if Prefix is set.
type Field struct {
	Name   string // one of [Fields]
	Text   string
	Prefix bool
}

// A Range finds numbers: year:2008..2012, value:>10000公顷. A bound that is not
// known is no bound. Both are in Unit, without multipliers; an empty Unit takes
// the number as it is printed, or as unit: beside it says.
type Range struct {
	Name     string // year or value
	Low      schema.Decimal
	High     schema.Decimal
	OverLow  bool // Low itself is out: >
	UnderTop bool // High itself is out: <
	Unit     string
}

// And finds what all of its queries find: 低保 发放.
type And []Query

// Or finds what one of its queries finds: 低保 OR 五保.
type Or []Query

// Not finds what its query does not find: -五保.
type Not struct{ Query }

func (All) query()    {}
func (Phrase) query() {}
func (Near) query()   {}
func (Field) query()  {}
func (Range) query()  {}
func (And) query()    {}
func (Or) query()     {}
func (Not) query()    {}

func (All) String() string { return "*" }

func (p Phrase) String() string {
	if p.Exact {
		return quote(p.Text)
	}
	return p.Text
}

func quote(s string) string {
	return `"` + strings.NewReplacer(`\`, `\\`, `"`, `\"`).Replace(s) + `"`
}

func (n Near) String() string {
	sep := " ~ "
	if n.Ordered {
		sep = "*"
	}
	list := make([]string, len(n.Phrases))
	for i, p := range n.Phrases {
		list[i] = p.String()
	}
	return strings.Join(list, sep)
}

func (f Field) String() string {
	if f.Prefix {
		return f.Name + ":" + f.Text + "*"
	}
	if strings.IndexFunc(f.Text, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) && r != '_' && r != '%' }) < 0 {
		return f.Name + ":" + f.Text
	}
	return f.Name + ":" + quote(f.Text)
}

func (r Range) String() string {
	low, high := r.bound(r.Low), r.bound(r.High)
	s := r.Name + ":"
	switch {
	case low == high && !r.OverLow && !r.UnderTop:
		return s + low
	case high == "" && r.OverLow:
		return s + ">" + low
	case low == "" && r.UnderTop:
		return s + "<" + high
	case low == "":
		return s + "<=" + high
	case high == "":
		return s + ">=" + low
	}
	return s + low + ".." + high
}

// Years are the whole years of a range of years, both included; lo > hi if there
// is none. Years are 1 to 9999.
func (r Range) Years() (lo, hi int) {
	lo, hi = 1, 9999
	if r.Low.Known() {
		lo, _ = wholeNumber(r.Low)
	}
	if r.High.Known() {
		hi, _ = wholeNumber(r.High)
	}
	if r.OverLow {
		lo++
	}
	if r.UnderTop {
		hi--
	}
	return max(lo, 1), min(hi, 9999)
}

// Converted brings the range to the unit that figures are converted to: 亩 to 公顷.
func (r Range) Converted() Range {
	unit := r.Unit
	r.Low, r.Unit = toSI(r.Low, unit)
	r.High, _ = toSI(r.High, unit)
	return r
}

func (r Range) bound(d schema.Decimal) string {
	if !d.Known() {
		return ""
	}
	return d.String() + r.Unit
}

func (a And) String() string {
	list := make([]string, len(a))
	for i, q := range a {
		list[i] = q.String()
		if _, ok := q.(Or); ok {
			list[i] = "(" + list[i] + ")"
		}
	}
	return strings.Join(list, " ")
}

func (o Or) String() string {
	list := make([]string, len(o))
	for i, q := range o {
		list[i] = q.String()
	}
	return strings.Join(list, " OR ")
}

func (n Not) String() string {
	switch n.Query.(type) {
	case And, Or, Near:
		return "-(" + n.Query.String() + ")"
	}
	return "-" + n.Query.String()
}

// fields are what a query can name: a line more, and the language has one more.
// What each finds is the index's to say.
var fields = []struct {
	name, zh string
	words    bool // it holds what is sought anywhere; the others equal it or begin with it
	doc      string
}{
	{"title", "标题", true, "words in the title of the report"},
	{"org", "单位名称", true, "words in the name of the organisation"},
	{"region", "地区", false, "a region code (53, 530300) or name, with all below it"},
	{"year", "年份", false, "the year reported on: year:2011, year:2008..2012"},
	{"section", "章节", true, "words in a heading; of a figure, in those above it"},
	{"label", "指标名称", true, "words in the label of a figure"},
	{"place", "地点", true, "words in where a figure is, if not the report's own place"},
	{"object", "对象", true, "words in whom or what a figure counts"},
	{"event", "事件", true, "words in what happened"},
	{"measure", "量", true, "words in the measure: 人数, 面积, 金额"},
	{"base", "基准", true, "words in what a share or comparison is held against"},
	{"indicator", "指标", false, "code of an indicator: dibao_urban_hh, dibao*"},
	{"unit", "计量单位", false, "unit of a figure: 公顷 also finds 亩, which is converted"},
	{"value", "数值", false, "size of a figure: value:>10000公顷, value:100万元..2亿元"},
	{"kind", "类别", false, "amount, standard, share, change, masked or suspect"},
	{"status", "状态", false, "done or planned"},
	{"approx", "约数", false, "about, over, under or range"},
	{"check", "核对结果", false, "what the audit found: holds, contradicts, incomplete or not_evaluable"},
	{"per", "每", false, "what a rate is per: per:人·月"},
}

// Fields returns the names of the fields.
func Fields() []string {
	names := make([]string, len(fields))
	for i, f := range fields {
		names[i] = f.name
	}
	return names
}

// FieldZH is the Chinese name of a field; empty if there is none.
func FieldZH(name string) string {
	for _, f := range fields {
		if f.name == name {
			return f.zh
		}
	}
	return ""
}

// Leaves are the queries in a query that hold no others, in its order; of [Near] its phrases.
func Leaves(q Query) (list []Query) {
	var parts []Query
	switch q := q.(type) {
	case Near:
		for _, p := range q.Phrases {
			list = append(list, p)
		}
		return list
	case Not:
		return Leaves(q.Query)
	case And:
		parts = q
	case Or:
		parts = q
	default:
		return []Query{q}
	}
	for _, p := range parts {
		list = append(list, Leaves(p)...)
	}
	return list
}

// Words reports whether the field finds its text anywhere in what it is about, as
// words do, so that * changes nothing.
func (f Field) Words() bool {
	for _, known := range fields {
		if known.name == f.Name {
			return known.words
		}
	}
	return false
}

// A ParseError says where a query cannot be read, why, and what would be valid.
type ParseError struct {
	Query string
	At    int    // characters before the place
	What  string // why
	ZH    string // the same in Chinese
	Hint  string // the nearest valid form; empty if none is near
}

func (e *ParseError) Error() string {
	s := "query: at character " + strconv.Itoa(e.At+1) + ": " + e.What
	if e.Hint != "" {
		s += "; write " + e.Hint
	}
	return s
}

// hintWords are the English words of hints.
var hintWords = strings.NewReplacer(", or in quotation marks ", ",或加引号 ", " for the sign itself", " 表示这个符号本身", " or ", " 或 ")

// Chinese is the error in Chinese.
func (e *ParseError) Chinese() string {
	s := "检索式第 " + strconv.Itoa(e.At+1) + " 字:" + e.ZH
	if e.Hint != "" {
		s += ";可写作 " + e.HintZH()
	}
	return s
}

// HintZH is the hint in Chinese.
func (e *ParseError) HintZH() string { return hintWords.Replace(e.Hint) }
