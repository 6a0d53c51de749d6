package extract

import (
	"mingxi/extract/lexicon"
	"mingxi/schema"
)

// A mention is a figure with what is found out about it. Each pass adds its
// part; what a pass needs of the ones before stands here when it begins.
type mention struct {
	figure         // figure.go: the number with its unit
	setting        // setting.go: the words around it
	reading        // own.go, after.go: what its own clause says
	frame          // inherit.go: that, with what is taken over from around it
	fromTo  bool   // the second end of 由…增至…
	aimed   bool   // a bound that a rate is to be held to: 控制在4.5%以内
	cause   string // of a loss: 火灾
	than    phrase // the time whose level it is, if it is compared with: 比1952年的827亿元增长68%
	held    bool   // its place is that of a figure before
	listed  int    // list.go: number of the 分别 list it belongs to, 0 if none

	label  string         // label.go
	due    string         // label.go: the verb that 应 stands before
	kind   schema.Measure // kind.go
	status schema.Status
	part   bool // a part of a standard

	// where it stands
	span      schema.Span
	sentence  schema.Span
	block     int
	line      int // number of the sentence in the document
	article   int
	section   string
	page      int
	parent    int // part.go: index of the total in the reader's list, -1 if none
	period    schema.Period
	table     bool
	cell      string       // of a table, its address
	slots     schema.Slots // of a table's label
	repeated  bool
	manyYears bool // a sum of the years of a plan

	explain bool // keep reasons
	why     []schema.Reason
}

// isCount reports units that count things or people: a noun may follow them.
func (f *figure) isCount() bool {
	return f.unit != nil && (f.unit.Dim == lexicon.Count || f.unit.Dim == lexicon.People)
}

func (f *figure) isPeople() bool { return f.unit != nil && f.unit.Dim == lexicon.People }

func (f *figure) isPercent() bool { return f.unit != nil && f.unit.Dim == lexicon.Percent }

// isPoints reports points of per cent.
func (f *figure) isPoints() bool {
	return f.unit != nil && (f.name == "个百分点" || f.name == "百分点" || f.name == "个千分点")
}

func (f *figure) isTimes() bool { return f.unit != nil && f.unit.Dim == lexicon.Times }

func (f *figure) isArea() bool { return f.unit != nil && f.unit.Dim == lexicon.Area }

func (f *figure) isLong() bool { return f.unit != nil && f.unit.Dim == lexicon.Length }

func (f *figure) isMoney() bool { return f.unit != nil && f.unit.Dim == lexicon.Money }

// because notes a step of the explanation, if one is wanted.
func (m *mention) because(field, rule string, span schema.Span, note string) {
	if !m.explain {
		return
	}
	m.why = append(m.why, schema.Reason{Field: field, Rule: rule, Span: span, Note: note})
}
