package audit

// Totals whose members stand in the paragraphs below: an overview, and then one
// paragraph for each county.
//
//	倒塌房屋87户201间,损坏房屋1987间。
//	于田县倒塌房屋57户171间,1302间受到损坏。
//	策勒县倒塌房屋30户30间,损坏555间。洛浦县损坏130间。
//
// Each figure of the overview is a column; a paragraph gives it at most one
// figure, of the same unit and called alike. That several columns add up over the
// same paragraphs is what shows that the paragraphs are the items.

import (
	"slices"
	"strings"
	"unicode/utf8"

	"mingxi/schema"
)

// maxItems is more paragraphs than an overview has items.
const maxItems = 40

// items checks the overviews of the document.
func (x *checker) items() {
	blocks := x.byBlock()
	for i := 0; i < len(blocks); {
		i += 1 + x.overview(blocks, i)
	}
}

// byBlock groups the figures by block, in order; blocks without are left out. It is made once.
func (x *checker) byBlock() [][]*figure {
	if x.blocks != nil {
		return x.blocks
	}
	var out [][]*figure
	for i := range x.figs {
		f := &x.figs[i]
		if f.block < len(x.doc.Blocks) && x.doc.Blocks[f.block].Kind == schema.Row {
			continue
		}
		if n := len(out); n > 0 && out[n-1][0].block == f.block {
			out[n-1] = append(out[n-1], f)
		} else {
			out = append(out, []*figure{f})
		}
	}
	x.blocks = out
	return out
}

// A column is a figure of an overview with what each item gives it.
type column struct {
	total *figure
	figs  []figure // of the document
	items []pick   // by item
	sum   schema.Decimal
}

// A pick is which figures an item gives to a column: so many from one on.
type pick struct{ first, n int32 }

// members are the figures of some items.
func (c *column) members(items []pick) []*figure {
	var m []*figure
	for _, p := range items {
		for k := range p.n {
			m = append(m, &c.figs[p.first+k])
		}
	}
	return m
}

// room reports that more items may be added: the sum so far is below the total.
func (c column) room() bool { return c.sum.Known() && c.sum.Cmp(c.total.Value) < 0 }

// relation is the column over the first n items.
func (c *column) relation(n int) *relation {
	r := sumOf("items", c.total, c.members(c.items[:n]))
	return &r
}

// holds reports whether the column adds up over the first n items.
func (c *column) holds(n int) bool { return len(c.members(c.items[:n])) >= 2 && c.relation(n).holds() }

// overview checks block i as an overview of those after it, and returns how many
// of them are its items.
func (x *checker) overview(blocks [][]*figure, i int) int {
	if i+1 == len(blocks) || len(blocks[i+1]) < 2 {
		return 0
	}
	var columns []column
	for _, t := range blocks[i] {
		if t.Kind == schema.Amount && !t.isPercent() && t.span.known && t.Per == "" && t.depth == 0 && t.Value.Cmp(schema.Int(2)) >= 0 {
			columns = append(columns, column{total: t, figs: x.figs, sum: schema.Int(0)})
		}
	}
	if len(columns) < 2 || len(columns) > 60 {
		return 0
	}
	items := 0
	for k := i + 1; k < len(blocks) && items < maxItems && blocks[k][0].Article == blocks[i][0].Article; k++ {
		if !x.addItem(columns, blocks[k]) {
			break
		}
		items++
		given, room := 0, false
		for _, c := range columns {
			room = room || c.room()
			if c.sum.Sign() > 0 && !(c.sum.Cmp(c.total.Value) > 0) {
				given++
			}
		}
		if !room || given < 2 { // no two columns can add up any more
			break
		}
	}
	best, most := x.mostHolding(columns, items)
	if most < 2 {
		return 0
	}
	x.reportColumns(columns, best, most)
	return best
}

// mostHolding is over how many items most columns add up, and how many do.
func (x *checker) mostHolding(columns []column, items int) (best, most int) {
	holding := make([]int, items+1)
	for c := range columns {
		sum := schema.Int(0)
		for n := 1; n <= items; n++ {
			p := columns[c].items[n-1]
			for k := range p.n {
				sum = sum.Add(x.figs[p.first+k].Value)
			}
			off := sum.Sub(columns[c].total.Value)
			if off.Sign() < 0 {
				off = off.Neg()
			}
			if n < 2 || !off.Known() || off.Mul(schema.Int(100)).Cmp(columns[c].total.Value) > 0 {
				continue // far off, whatever the intervals
			}
			if columns[c].holds(n) {
				holding[n]++
			}
		}
	}
	for n, k := range holding {
		if k > most {
			best, most = n, k
		}
	}
	return best, most
}

// reportColumns reports the columns that hold, and those that do not where most do.
func (x *checker) reportColumns(columns []column, n, holding int) {
	for c := range columns {
		m := columns[c].members(columns[c].items[:n])
		if len(m) < 2 {
			continue
		}
		full := 0
		for _, p := range columns[c].items[:n] {
			if p.n > 0 {
				full++
			}
		}
		r := sumOf("items", columns[c].total, m)
		if r.holds() && x.close(&r, 20) || holding >= 2 && full == n && x.alike(columns[c].total, m) {
			x.report(r)
		}
	}
}

// alike reports members that are all called as their total is.
func (x *checker) alike(t *figure, m []*figure) bool {
	return !slices.ContainsFunc(m, func(f *figure) bool { return x.affinity(t, f) < 3 })
}

// addItem gives each column its figure of a block; it reports whether any found one.
func (x *checker) addItem(columns []column, block []*figure) bool {
	found := false
	used := make([]bool, len(block))
	for c := range columns {
		total := columns[c].total
		best, score := -1, 0
		for i, f := range block {
			if used[i] || f.unit != total.unit || f.Value.Cmp(total.Value) > 0 || f.Kind != schema.Amount || f.Per != "" || !f.span.known || f.isPercent() {
				continue
			}
			if s := x.affinity(total, f); s > score {
				best, score = i, s
			}
			if score == surely {
				break
			}
		}
		if best < 0 {
			columns[c].items = append(columns[c].items, pick{})
			continue
		}
		n := 1
		if p := best + 1; p < len(block) && sameSentence(block[p], block[best]) && block[p].unit == total.unit && strings.HasSuffix(x.nameOf(block[best]).behind, "和") {
			n = 2 // 14个街道和22个镇 are one
		}
		for i := best; i < best+n; i++ {
			used[i] = true
			columns[c].sum = columns[c].sum.Add(block[i].Value)
		}
		found = true
		columns[c].items = append(columns[c].items, pick{int32(block[best].n), int32(n)})
	}
	return found
}

// surely is the affinity above which there is none.
const surely = 4

// affinity says how likely a figure is a part of a total: 0 if their words speak
// of different things, 3 and more if of the same.
func (x *checker) affinity(t, f *figure) int {
	a, b := x.nameOf(t), x.nameOf(f)
	switch {
	case len(a.measures) > 0 || len(b.measures) > 0:
		if !slices.ContainsFunc(a.measures, func(w string) bool { return slices.Contains(b.measures, w) }) {
			return 0
		}
		if a.thing != "" && b.thing != "" && !strings.ContainsAny(a.thing, b.thing) { // 倒塌房屋 and 倒塌畜棚
			return 0
		}
		return surely
	case a.tail != "" && a.tail == b.tail, a.noun != "" && a.noun == b.noun:
		return 3
	case common(a.label, b.label)*2 >= min(utf8.RuneCountInString(a.label), utf8.RuneCountInString(b.label)):
		return 2
	}
	return 1
}

// A name is how a figure is called, as far as affinity asks for it.
type name struct {
	measures []string // words of Same beside it, each as the first of its group
	thing    string   // what stands behind the last of them in its label
	behind   string   // the clause behind the figure
	noun     string   // its last two characters
	tail     string   // of the clause before it, as the first of its group
	label    string
}

// nameOf is made when it is first asked for.
func (x *checker) nameOf(f *figure) *name {
	if f.called == nil {
		n := &name{behind: firstClause(f.post), tail: x.canonical(f.tail), label: f.Label, thing: strings.TrimSuffix(x.thing(f.Label), f.unit)}
		n.noun = lastRunes(n.behind, 2)
		n.measures = x.measures(n.behind, f.clause, f.Label)
		f.called = n
	}
	return f.called
}

// thing is what stands behind the last word of measure in a label.
func (x *checker) thing(label string) string {
	end := -1
	x.measuring.Each(label, func(at int, w string) { end = max(end, at+len(w)) })
	if end < 0 {
		return ""
	}
	rest := label[end:]
	for _, w := range x.Weak.Words {
		rest = strings.TrimSuffix(rest, w)
	}
	return rest
}

// measures are the words of Same in the first of some texts that holds any.
func (x *checker) measures(texts ...string) []string {
	for _, s := range texts {
		var out []string
		x.measuring.Each(s, func(_ int, w string) {
			if g := x.same[w]; !slices.Contains(out, g) {
				out = append(out, g)
			}
		})
		if len(out) > 0 {
			slices.Sort(out)
			return out
		}
	}
	return nil
}
