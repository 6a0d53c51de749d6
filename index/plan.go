package index

import (
	"cmp"
	"slices"
	"strings"

	"mingxi/corpus/fold"
	"mingxi/index/query"
)

// A plan is a query made ready: words folded and with their synonyms, numbers
// converted, the conditions on a figure gathered.
type plan any

type (
	planAll  struct{}
	planWord struct{ leaf int } // of plans.leaves
	planNot  struct{ plan }
	planAnd  []plan // what is quickly seen of a figure first
	planOr   []plan
	// planReport is a condition on what is known about the report: title, org,
	// region, section; its text is folded. A region's name has its codes.
	planReport struct {
		query.Field
		codes []string
	}
	planYear struct{ lo, hi int }
	// planFigure is what one figure must be.
	planFigure []condition
)

// A leaf is a word, or several near one another, with all ways to write them.
type leaf struct {
	words    [][]needle // one for a phrase, more for near; each in all its spellings
	ordered  bool
	positive bool // it counts for the score and is marked
}

// A condition is one thing asked of a figure: its size, or what it has in columns.
type condition struct {
	columns []int       // of figureFields, one of which must satisfy it; nil for the size
	words   bool        // as figureField.words
	text    string      // folded if words
	prefix  bool        // begins with the text
	r       query.Range // of sizes, converted
}

// plans makes the plan of a query and gathers its leaves.
type plans struct {
	synonyms bool
	codes    func(region string) ([]string, error)
	leaves   []leaf
	used     []query.Expansion
	err      error // of codes
}

func (p *plans) plan(q query.Query, positive bool) plan {
	switch q := q.(type) {
	case query.Phrase:
		return p.leaf([]query.Phrase{q}, false, positive)
	case query.Near:
		return p.leaf(q.Phrases, q.Ordered, positive)
	case query.Field:
		return p.field(q)
	case query.Range:
		if q.Name == "year" {
			lo, hi := q.Years()
			return planYear{lo, hi}
		}
		return planFigure{condition{r: q}}
	case query.And:
		return p.and(q, positive)
	case query.Or:
		var list planOr
		for _, c := range q {
			list = append(list, convert(p.plan(c, positive)))
		}
		return list
	case query.Not:
		return planNot{convert(p.plan(q.Query, !positive))}
	}
	return planAll{}
}

// and joins the conditions on a figure and gives value: the unit beside it.
func (p *plans) and(q query.And, positive bool) plan {
	var list planAnd
	var figure planFigure
	unit := ""
	for _, c := range q {
		if f, ok := c.(query.Field); ok && f.Name == "unit" && !f.Prefix {
			unit = f.Text
		}
		switch c := p.plan(c, positive).(type) {
		case planFigure:
			figure = append(figure, c...)
		default:
			list = append(list, c)
		}
	}
	for i := range figure {
		if c := &figure[i]; c.columns == nil && c.r.Unit == "" {
			c.r.Unit = unit
		}
	}
	if figure != nil {
		list = append(list, convert(figure))
	}
	slices.SortStableFunc(list, func(a, b plan) int { return cmp.Compare(labour(a), labour(b)) })
	return list
}

// labour orders the parts of an AND by how long a look at them takes.
func labour(p plan) int {
	switch p := p.(type) {
	case planFigure, planYear:
		return 0
	case planReport:
		return 1
	case planNot:
		return labour(p.plan) + 1
	case planWord:
		return 2
	}
	return 3
}

// convert brings the bounds of value: to the unit that figures are converted to.
func convert(p plan) plan {
	f, ok := p.(planFigure)
	if !ok {
		return p
	}
	f = slices.Clone(f)
	for i := range f {
		if f[i].r.Unit != "" {
			f[i].r = f[i].r.Converted()
		}
	}
	return f
}

func (p *plans) leaf(list []query.Phrase, ordered, positive bool) plan {
	l := leaf{ordered: ordered, positive: positive}
	for _, w := range list {
		word := []needle{newNeedle(fold.String(w.Text))}
		if p.synonyms {
			also := w.Expand()
			for _, s := range also {
				word = append(word, newNeedle(s))
			}
			if len(also) > 0 {
				p.used = append(p.used, query.Expansion{Word: w.Text, Also: also})
			}
		}
		l.words = append(l.words, word)
	}
	p.leaves = append(p.leaves, l)
	return planWord{len(p.leaves) - 1}
}

func (p *plans) field(f query.Field) plan {
	switch f.Name {
	case "title", "org", "section":
		f.Text = fold.String(f.Text)
		return planReport{Field: f}
	case "region":
		f.Text = fold.String(f.Text)
		codes := []string{f.Text}
		if !isCode(f.Text) && p.err == nil {
			codes, p.err = p.codes(f.Text)
		}
		for i := range codes {
			codes[i] = CodeTerm(codes[i])
		}
		return planReport{f, codes}
	}
	c := condition{columns: []int{figureColumn(f.Name)}, words: f.Words(), text: f.Text, prefix: f.Prefix}
	if c.words {
		c.text = fold.String(c.text)
	}
	if f.Name == "unit" { // 亩 is 公顷 too
		c.columns = append(c.columns, siColumn)
	}
	return planFigure{c}
}

// isCode reports whether a region is given by its code.
func isCode(region string) bool { return strings.Trim(region, "0123456789") == "" }

// has reports whether a string satisfies the condition.
func (c *condition) has(s string) bool {
	switch {
	case c.words:
		return strings.Contains(s, c.text)
	case c.prefix:
		return strings.HasPrefix(s, c.text)
	}
	return s == c.text
}
