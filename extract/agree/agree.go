// Package agree measures how well extracted figures agree with a hand-coded
// sample (gold): precision and recall by field.
//
// # Alignment
//
// Rows of both sides are aligned in text order by the digits that they print,
// so offsets need not agree: 57.84万人次 and 达57.84万 are the same figure. The
// alignment is the best common subsequence, where equal digits count three and
// digits of which one contains the other, being at least half of it, count one.
//
// # Measures
//
//	found     a gold row has a row of ours aligned with it
//	quantity  found, and value, unit and per are right; a masked or suspect
//	          figure must have no value and say so in its kind
//	record    quantity, and the label is right: it holds every key word of the
//	          gold row, none of its forbidden words, and at most 40 characters
//	title     of the gold rows that name a title, those whose label would do as well
//	          (title.go)
//
// The first three are F1 over all rows of both sides; so are part_of and planned, where
// a total or an intention that the gold does not have counts against it. The rates of
// single fields and slots are over the rows found. Gold rows noted "borderline" are left out on both sides.
package agree

import (
	"slices"
	"strings"
	"unicode/utf8"
)

// A Gold is a row of the hand-coded sample, in text order.
type Gold struct {
	Order  string // its number in the document
	Raw    string // as printed
	Value  string // a plain decimal, or low..high
	Unit   string
	Per    string
	Keys   string // what a label must contain: a&b is both, a|b is either
	Not    string // what it must not contain: a|b
	Kind   string
	Status string
	Approx string
	PartOf string // Order of the total
	Note   string
	Good   string            // titles that would do for its column: a|b
	Slots  map[string]string // what stands in the columns of Slots, if the sample has them
}

// Slots are the parts of a label that a sample may code in columns of these names.
var Slots = []string{"place", "object", "event", "measure", "base"}

// A Row is a figure that was extracted: cells of the column contract.
type Row struct {
	Seq, Raw, Label, Value, Max, Unit, Per, Kind, Status, Approx, PartOf string
	Slots                                                                map[string]string
}

// A Score holds the counts of one document, or of many.
type Score struct {
	Gold     int `json:"gold"` // rows of the sample
	Got      int `json:"got"`  // rows of ours
	Found    int `json:"found"`
	Quantity int `json:"quantity"`
	Record   int `json:"record"`
	Value    int `json:"value"` // of the rows found, those whose value is right, …
	Unit     int `json:"unit"`
	Per      int `json:"per"`
	Label    int `json:"label"`
	Kind     int `json:"kind"`
	Status   int `json:"status"`
	Approx   int `json:"approx"`
	Parts    int `json:"parts"`     // of the rows found, those that are part of a total
	PartsGot int `json:"parts_got"` // of our rows, those that we say are
	PartOf   int `json:"part_of"`   // those whose total is right
	Plans    int `json:"plans"`     // of the rows found, those that are planned
	PlansGot int `json:"plans_got"` // those that we say are
	Plan     int `json:"plan"`      // those of which both say so
	Titles   int `json:"titles"`    // rows of the sample that name a title
	Title    int `json:"title"`     // of these, those whose label would do
	// Of the rows found whose sample has slots: how many have one filled, by the sample or by us, and how many
	// of these are right.
	Slotted [5]int `json:"slotted"`
	Slot    [5]int `json:"slot"`
}

// A Miss is a disagreement: a pair with wrong fields, a gold row that was not
// found (Got is nil), or a row that the gold does not have (Gold is nil).
type Miss struct {
	Gold  *Gold
	Got   *Row
	Wrong []string
}

// Compare scores the rows of one document and lists the disagreements.
func Compare(gold []Gold, got []Row) (Score, []Miss) {
	pairs := align(gold, got)
	s := Score{Gold: len(gold), Got: len(got)}
	goldOf, gotOf := make([]int, len(got)), make([]int, len(gold)) // 1-based, 0 is none
	seq := map[string]string{}                                     // gold order → our seq
	for _, p := range pairs {
		goldOf[p.got], gotOf[p.gold] = p.gold+1, p.got+1
		if !gold[p.gold].loose() {
			seq[gold[p.gold].Order] = got[p.got].Seq
		}
	}
	var misses []Miss
	for j := range got {
		s.PartsGot += one(got[j].PartOf != "")
	}
	for i := range gold {
		g := &gold[i]
		s.Titles += one(g.Good != "" && !g.loose())
		switch {
		case g.loose():
			s.Gold--
			if gotOf[i] > 0 {
				s.Got--
				s.PartsGot -= one(got[gotOf[i]-1].PartOf != "")
			}
		case gotOf[i] == 0:
			misses = append(misses, Miss{Gold: g})
		default:
			p := &got[gotOf[i]-1]
			if wrong := s.pair(g, p, seq[g.PartOf]); len(wrong) > 0 {
				misses = append(misses, Miss{g, p, wrong})
			}
		}
	}
	for j := range got {
		if goldOf[j] == 0 {
			misses = append(misses, Miss{Got: &got[j]})
		}
	}
	return s, misses
}

// A Verdict says of one of our rows whether it agrees with the sample.
type Verdict uint8

// Unscored rows are those on which careful readers could differ.
const (
	Wrong Verdict = iota
	Right
	Unscored
)

// Verdicts tells of each of our rows whether it is right: value, unit and rate, and a
// label that would do as a title, or holds its key words where the sample has no title.
func Verdicts(gold []Gold, got []Row) []Verdict {
	out := make([]Verdict, len(got))
	for _, p := range align(gold, got) {
		g, r := &gold[p.gold], &got[p.got]
		label := labelOK(g, r.Label)
		if g.Good != "" {
			label = titleOK(g, r.Label)
		}
		switch {
		case g.loose():
			out[p.got] = Unscored
		case label && valueOK(g, r) && unit(g.Unit) == unit(r.Unit) && per(g.Per) == per(r.Per):
			out[p.got] = Right
		}
	}
	return out
}

// loose reports whether careful readers could differ on the row.
func (g *Gold) loose() bool { return strings.Contains(g.Note, "borderline") }

// pair counts one aligned pair and names the fields that are wrong. The seq is
// that of the row aligned with the gold row's total.
func (s *Score) pair(g *Gold, p *Row, total string) (wrong []string) {
	right := func(name string, count *int, ok bool) bool {
		if ok {
			*count++
		} else {
			wrong = append(wrong, name)
		}
		return ok
	}
	s.Found++
	quantity := right("value", &s.Value, valueOK(g, p))
	quantity = right("unit", &s.Unit, unit(g.Unit) == unit(p.Unit)) && quantity
	quantity = right("per", &s.Per, per(g.Per) == per(p.Per)) && quantity
	label := right("label", &s.Label, labelOK(g, p.Label))
	if quantity {
		s.Quantity++
		if label {
			s.Record++
		}
	}
	right("kind", &s.Kind, g.Kind == p.Kind)
	right("status", &s.Status, g.Status == p.Status)
	right("approx", &s.Approx, g.Approx == p.Approx)
	if g.PartOf != "" {
		s.Parts++
		right("part_of", &s.PartOf, p.PartOf != "" && p.PartOf == total)
	}
	if g.Good != "" && label {
		right("title", &s.Title, titleOK(g, p.Label))
	}
	s.Plans += one(g.Status == planned)
	s.PlansGot += one(p.Status == planned)
	s.Plan += one(g.Status == planned && p.Status == planned)
	s.slots(g, p)
	return wrong
}

// planned is the status of targets and plans.
const planned = "planned"

// slots counts the slots of a pair that are filled and those that agree, if the sample has them. The sample may
// allow several readings, a|b, of which - is the empty one: any of them is right.
func (s *Score) slots(g *Gold, p *Row) {
	if g.Slots == nil {
		return
	}
	for i, name := range Slots {
		got, right := slot(p.Slots[name]), false
		for reading := range strings.SplitSeq(g.Slots[name], "|") {
			right = right || slot(reading) == got
		}
		if filled := got != "" || !right; filled {
			s.Slotted[i]++
			s.Slot[i] += one(right)
		}
	}
}

// slot is what stands in a slot, without what is only assumed; - is nothing.
func slot(s string) string {
	return strings.Trim(strings.TrimSuffix(fold(s), "(assumed)"), "-–—")
}

func one(ok bool) int {
	if ok {
		return 1
	}
	return 0
}

func hidden(kind string) bool { return kind == "masked" || kind == "suspect" }

func valueOK(g *Gold, p *Row) bool {
	if hidden(g.Kind) {
		return strings.TrimSpace(p.Value) == "" && hidden(p.Kind)
	}
	low, high, _ := strings.Cut(g.Value, "..")
	return sameNumber(low, p.Value) && (high == "" || sameNumber(high, p.Max))
}

func labelOK(g *Gold, label string) bool {
	label = fold(label)
	if label == "" || utf8.RuneCountInString(label) > 40 {
		return false
	}
	has := func(word string) bool { return word != "" && strings.Contains(label, word) }
	for key := range strings.SplitSeq(fold(g.Keys), "&") {
		if key != "" && !slices.ContainsFunc(strings.Split(key, "|"), func(w string) bool { return strings.Contains(label, w) }) {
			return false
		}
	}
	return !slices.ContainsFunc(strings.Split(fold(g.Not), "|"), has)
}

// Add adds the counts of another document.
func (s *Score) Add(t Score) {
	a, b := s.counts(), t.counts()
	for i := range a {
		*a[i] += *b[i]
	}
}

func (s *Score) counts() []*int {
	return []*int{&s.Gold, &s.Got, &s.Found, &s.Quantity, &s.Record, &s.Value, &s.Unit, &s.Per,
		&s.Label, &s.Kind, &s.Status, &s.Approx, &s.Parts, &s.PartsGot, &s.PartOf, &s.Plans, &s.PlansGot, &s.Plan,
		&s.Titles, &s.Title, &s.Slotted[0], &s.Slotted[1], &s.Slotted[2], &s.Slotted[3], &s.Slotted[4],
		&s.Slot[0], &s.Slot[1], &s.Slot[2], &s.Slot[3], &s.Slot[4]}
}

// F1 of a count of right rows over the rows of both sides; 1 where there are none.
func (s *Score) F1(right int) float64 {
	if s.Gold+s.Got == 0 {
		return 1
	}
	return 2 * float64(right) / float64(s.Gold+s.Got)
}
