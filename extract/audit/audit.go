// Package audit checks a report's own arithmetic: totals against their members,
// rates times counts against sums, shares against their base, changes against
// the figures that they lie between.
//
// It is a pure function of a document and its metrics. Which figures belong
// together is read from the structure and the words of the text (其中, 分别, 合计,
// 每人每月, 占, 由…提高到…), never found by trying sums; values only decide where
// the words leave a choice, and that choice is small. Everything is computed in
// exact decimals or fractions. A printed figure stands for an interval: half a
// unit of its last printed digit on both sides, more where 约, 余, 近 or 以上 say so;
// a relation holds if the intervals meet.
//
// A finding is a reason to look, never a correction: no value is changed.
package audit

import (
	"cmp"
	"slices"
	"sync"

	"mingxi/schema"
)

// A Verdict is what came of checking a relation.
type Verdict = schema.Check

// The verdicts.
const (
	Holds        = schema.Holds        // the intervals meet
	Contradicts  = schema.Contradicts  // they do not
	Incomplete   = schema.Incomplete   // members below the total, and the text does not claim that they are all
	NotEvaluable = schema.NotEvaluable // a member is masked, destroyed or a range
)

// A Severity says how much a reader should care.
type Severity uint8

// The severities: SARIF's levels.
const (
	None    Severity = iota // it holds
	Note                    // not complete or not evaluable
	Warning                 // a contradiction with approximate figures, or in an open list
	Error                   // a contradiction of exact figures
)

// String names the severity as in the column severity.
func (s Severity) String() string { return [...]string{"none", "note", "warning", "error"}[s] }

// A Finding is one relation between figures of a document and what came of it.
type Finding struct {
	ID       int    // from 1 in the document, in the order of the text
	Relation string // total, items, table, rate, average, share, completion, change, growth, annual, balance, whole, named, rule
	Op       string // of the equation, as in Columns
	Stated   int    // Seq of the figure that the others should give; 0 if the text prints none (100% of shares)
	Members  []int  // Seqs of the others, in the order of the equation

	Equation    string         // with printed values: 125人 × 195元 × 12 = 352500元
	Value       schema.Decimal // stated
	Computed    schema.Decimal // from the members, rounded to 6 places where it is a quotient
	Low, High   schema.Decimal // the interval of what is computed; unset where it has no end
	Difference  schema.Decimal // Value - Computed
	Verdict     Verdict
	Explanation Explanation
	Severity    Severity

	untold bool // no words say it: it makes nothing a part
}

// An Auditor checks documents. It does not change after New and may be used by
// many goroutines at once.
type Auditor struct {
	// Brief leaves out of findings how they were computed and what would explain them:
	// marking figures (Complete) needs neither, and to try slips takes a third of the
	// time. It is set before the first document.
	Brief bool

	load func() *words
}

// New makes an auditor. It costs nothing: words are loaded on first use.
func New() *Auditor { return &Auditor{load: sync.OnceValue(loadWords)} }

// Check finds the relations of a document and checks them, in the order of
// their stated figures. It changes neither argument.
func (a *Auditor) Check(d *schema.Document, r *schema.Reading) []Finding {
	return a.check(d, r, 0)
}

// check checks a reading stretch by stretch; so many findings stand before it.
func (a *Auditor) check(d *schema.Document, r *schema.Reading, before int) (all []Finding) {
	var figs []figure
	for rest := r.Metrics; len(rest) > 0; {
		n := d.Stretch(rest)
		var found []Finding
		found, figs = a.stretch(d, &schema.Reading{Origins: r.Origins, Metrics: rest[:n]}, figs)
		for i := range found {
			before++
			found[i].ID = before
		}
		all, rest = append(all, found...), rest[n:]
	}
	return all
}

// stretch finds the relations within one stretch of a document. It writes over the figures of the one before.
func (a *Auditor) stretch(d *schema.Document, r *schema.Reading, figs []figure) ([]Finding, []figure) {
	x := &checker{words: a.load(), brief: a.Brief, doc: d, reading: r, figs: figs, seen: map[string]bool{}, totals: map[string]int{}}
	x.figures()
	for _, find := range finders {
		find(x)
	}
	slices.SortStableFunc(x.out, func(a, b Finding) int {
		return cmp.Or(cmp.Compare(place(a), place(b)), cmp.Compare(a.Relation, b.Relation))
	})
	return x.out, x.figs
}

// place orders findings: by the stated figure, or the last member.
func place(f Finding) int {
	if f.Stated > 0 || len(f.Members) == 0 {
		return f.Stated
	}
	return f.Members[len(f.Members)-1]
}

// finders is the registry of kinds of relation; its order is their precedence:
// a figure that one has explained as a total or result is not explained again.
var finders = []func(*checker){
	(*checker).tables,
	(*checker).lists,
	(*checker).summedUp,
	(*checker).items,
	(*checker).blockLists,
	(*checker).parents,
	(*checker).asides,
	(*checker).pairings,
	(*checker).farLists,
	(*checker).named,
	(*checker).completions,
	(*checker).shares,
	(*checker).reckoned,
	(*checker).changes,
	(*checker).rates,
	(*checker).balances,
	(*checker).wholes,
	(*checker).structures,
	(*checker).compare,
	(*checker).nearby,
	(*checker).search,
	(*checker).exacts,
	(*checker).asides, // of the totals found since
}

// A checker checks one document.
type checker struct {
	*words
	brief     bool
	doc       *schema.Document
	reading   *schema.Reading
	figs      []figure
	out       []Finding
	seen      map[string]bool      // sets of figures that a finding holds
	explained int                  // contradictions so far
	totals    map[string]int       // members of a sum → index of their total
	firsts    map[firstKey]int     // index of the first figure of a unit in an article, made when it is asked for
	units     map[string][]*figure // unit → its plain amounts, the last first, made when it is asked for
	blocks    [][]*figure          // figures by block, made when it is asked for
}
