package index

import (
	"slices"

	"mingxi/corpus/fold"
)

// A plan is a query made ready: words folded and with their synonyms, numbers
// converted, the conditions on a figure gathered. It is the same for all segments.
type plan any

type (
	planAll  struct{}
	planWord struct{ leaf int } // of plans.leaves
	planNot  struct{ plan }
	planAnd  []plan
	planOr   []plan
	// planReport is a condition on what is known about the report.
	planReport struct{ Field }
	planYear   struct{ Range }
	// planFigure is what one figure must be.
	planFigure []condition
)

// A leaf is a word, or several near one another, with all ways to write them.
type leaf struct {
	words    [][]spelling // one for a phrase, more for near
	ordered  bool
	positive bool // it counts for the score and is marked
}

// A spelling is one way to write a word: itself or a synonym, folded.
type spelling []rune

// A condition is one thing asked of a figure.
type condition struct {
	field string
	text  string // folded where the field is
	pre   bool
	r     Range // of value; Low and High converted
}

// plans holds the plan of a query and its leaves.
type plans struct {
	root     plan
	leaves   []leaf
	synonyms *synonymTable // nil if they are off
	used     []Expansion
}

func newPlans(q Query, t *synonymTable) *plans {
	p := &plans{synonyms: t}
	p.root = convert(p.plan(q, true))
	return p
}

func (p *plans) plan(q Query, positive bool) plan {
	switch q := q.(type) {
	case Phrase:
		return p.leaf([]Phrase{q}, false, positive)
	case Near:
		return p.leaf(q.Phrases, q.Ordered, positive)
	case Field:
		return planField(q)
	case Range:
		if q.Name == "year" {
			return planYear{q}
		}
		return planFigure{condition{field: "value", r: q}}
	case And:
		return p.and(q, positive)
	case Or:
		var list planOr
		for _, c := range q {
			list = append(list, convert(p.plan(c, positive)))
		}
		return list
	case Not:
		return planNot{convert(p.plan(q.Query, !positive))}
	}
	return planAll{}
}

// and joins the conditions on a figure and gives value: the unit beside it.
func (p *plans) and(q And, positive bool) plan {
	var list planAnd
	var figure planFigure
	for _, c := range q {
		switch c := p.plan(c, positive).(type) {
		case planFigure:
			figure = append(figure, c...)
		default:
			list = append(list, c)
		}
	}
	if figure != nil {
		unit := ""
		for _, c := range figure {
			if c.field == "unit" && !c.pre {
				unit = c.text
			}
		}
		for i := range figure {
			if r := &figure[i].r; figure[i].field == "value" && r.Unit == "" {
				r.Unit = unit
			}
		}
		list = append(list, convert(figure))
	}
	return list
}

// convert brings the bounds of value: to the unit that figures are converted to.
func convert(p plan) plan {
	f, ok := p.(planFigure)
	if !ok {
		return p
	}
	f = slices.Clone(f)
	for i := range f {
		if r := &f[i].r; f[i].field == "value" && r.Unit != "" {
			unit := r.Unit
			r.Low, r.Unit = toSI(r.Low, unit)
			r.High, _ = toSI(r.High, unit)
		}
	}
	return f
}

func (p *plans) leaf(list []Phrase, ordered, positive bool) plan {
	l := leaf{ordered: ordered, positive: positive}
	for _, w := range list {
		words := []spelling{spelling(fold.Append(nil, w.Text))}
		if p.synonyms != nil && !w.Exact {
			others := p.synonyms.expand(fold.String(w.Text))
			for _, o := range others {
				words = append(words, spelling([]rune(o)))
			}
			if len(others) > 0 {
				p.used = append(p.used, Expansion{Word: w.Text, Also: others})
			}
		}
		l.words = append(l.words, words)
	}
	p.leaves = append(p.leaves, l)
	return planWord{len(p.leaves) - 1}
}

func planField(f Field) plan {
	switch f.Name {
	case "title", "org", "section", "region":
		f.Text = fold.String(f.Text)
		return planReport{f}
	case "label":
		return planFigure{condition{field: f.Name, text: fold.String(f.Text)}}
	}
	return planFigure{condition{field: f.Name, text: f.Text, pre: f.Prefix}}
}
