package extract

import (
	"strings"
	"unicode/utf8"
)

// A frame says what a figure measures, in slots that are filled once each:
//
//	发放低保金3277万元        event 发放  measure 低保金
//	小麦成灾1688公顷          object 小麦  event 成灾
//	农村低保标准60元/人·月    object 农村低保  measure 标准
//	占农业总人口的60.2%       base 农业总人口
//
// What the figure's own clause says is its said frame (own.go, after.go); what
// it leaves open is taken from around it (inherit.go); the label is rendered
// from the whole (label.go).
type frame struct {
	place   slot // where, if not the report's own place
	object  slot // whom or what, with the qualifiers that tell it from its siblings
	event   slot // what happens or is done to it
	measure slot // the measure: 标准, 产量, 低保金
	base    slot // what a share, a completion or a comparison is held against

	average   string // the words of an average: 月人均
	verbFirst bool   // the event stands before the object: 发放低保金
}

// A slot is one part of a frame: its words and where they come from.
type slot struct {
	text string
	at   phrase // the words in the line; empty where they stand elsewhere
	src  string // the last source that answered for its frame; empty if none did
}

func (s slot) empty() bool { return s.text == "" }

func (s slot) runes() int { return utf8.RuneCountInString(s.text) }

// zero reports a frame of which nothing is known.
func (f *frame) zero() bool {
	return f.object.zero() && f.event.zero() && f.measure.zero() && f.place.zero() && f.base.zero() && f.average == "" && !f.verbFirst
}

func (s *slot) zero() bool { return s.text == "" && s.src == "" && s.at == phrase{} }

// bare reports a frame that says nothing of what is measured.
func (f *frame) bare() bool { return f.object.empty() && f.event.empty() && f.measure.empty() }

// thing reports a frame that names a thing and nothing else: 棉花.
func (f *frame) thing() bool { return !f.object.empty() && f.event.empty() && f.measure.empty() }

// sourced marks the slots of a frame as given by a source.
func (f frame) sourced(src string) frame {
	for _, s := range []*slot{&f.place, &f.object, &f.event, &f.measure, &f.base} {
		if !s.empty() {
			s.src = src
		}
	}
	return f
}

// text is the object, event and measure in the order of the text.
func (f *frame) text() string {
	var b strings.Builder
	first, second := f.object.text, f.event.text
	if f.verbFirst && !strings.HasSuffix(first, second) { // not 搬迁|移民搬迁
		first, second = second, first
	}
	b.WriteString(first)
	if !strings.Contains(first, second) {
		second = overlap(first, second)[len(first):]
		b.WriteString(second)
	}
	return overlap(b.String(), f.measure.text)
}
