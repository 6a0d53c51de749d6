package extract

import (
	"mingxi/extract/lexicon"
	"mingxi/schema"
)

// A mention is a figure with what its surroundings say of it. Mentions of a
// sentence are made left to right: each may take over what an earlier one said.
type mention struct {
	figure
	gap   phrase // between the figure before it and itself
	own   phrase // the words before it in its clause
	delim rune   // the punctuation before own, 0 if own touches the figure before
	post  phrase // the words after it in its clause

	// what reading own and post gave
	subject     string // whom or what it is about: 小麦, 义务兵家属
	words       string // what own and post add: 成灾, 发放优待金
	change      string // the word of growth or decrease, if it is a change
	growth      bool   // its words name a rate of growth: 增幅8%
	tail        string // what happened to those counted: 死亡
	level       bool   // a verb leads to a level: 提高到
	fromTo      bool   // the second end of 由…增至…
	strong      bool   // own holds a noun of its own
	verbs       bool   // own is only verbs: 成灾, 发放
	noObject    bool   // own ends with a verb whose object is missing
	postStrong  bool   // post holds a noun
	openBracket bool   // own follows a bracket that opens behind a figure
	partial     bool   // it follows its total without punctuation: 中已, 已有
	clause      int    // number of the stretch between ; that it stands in
	closed      bool   // a bracket closes between the figure before and own
	colonList   bool   // a colon stands between the figure before and own
	sum         bool   // 共 stands among its words
	total       bool   // 共 or 合计 makes it a total
	postNoun    bool   // a noun that says something of its own
	member      bool   // own is a member of a list: 其他, 省级
	ownSubject  bool   // the subject is of its own words
	ofPost      bool   // post begins with 的
	predicate   phrase // what follows the noun after the figure
	inPart      bool   // after 其中
	consumed    int    // post took the runes up to here

	label    string
	part     bool   // a part of a standard
	when     string // a part of the year that its words name
	kind     schema.Measure
	status   schema.Status
	perText  phrase
	standard bool
	planned  bool
	place    string
	explain  bool // keep reasons
	why      []schema.Reason

	// where it stands
	span     schema.Span
	sentence schema.Span
	block    int
	line     int // number of the sentence in the document
	article  int
	section  string
	page     int
	parent   int // index of the total in the reader's list, -1 if none
	period   schema.Period
	first    bool // the first of its sentence
	table    bool
	cell     string       // of a table, its address
	slots    schema.Slots // of a table's label
	repeated bool
	listed   int // number of the 分别 list it belongs to, 0 if none
}

// isCount reports units that count things or people: a noun may follow them.
func (f *figure) isCount() bool {
	return f.unit != nil && (f.unit.Dim == lexicon.Count || f.unit.Dim == lexicon.People)
}

func (f *figure) isPercent() bool { return f.unit != nil && f.unit.Dim == lexicon.Percent }

func (f *figure) isMoney() bool { return f.unit != nil && f.unit.Dim == lexicon.Money }

// because notes a step of the explanation, if one is wanted.
func (m *mention) because(field, rule string, span schema.Span, note string) {
	if !m.explain {
		return
	}
	m.why = append(m.why, schema.Reason{Field: field, Rule: rule, Span: span, Note: note})
}
