package main

// A query becomes a condition of SQL in two parts: what a report must have in its grams,
// which an index finds, and what holds exactly. The tables have aliases: a is articles; of
// a search for figures f is figures, and s the sentence of a figure. What words, fields and
// ranges mean is what package index says they do; the tests compare the two.

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"mingxi/cmd/mingxi/postgres"
	"mingxi/corpus/fold"
	"mingxi/index"
	"mingxi/index/query"
	"mingxi/schema"
)

// A compiler makes SQL of a query.
type compiler struct {
	ctx      context.Context
	figures  bool // figures are sought
	synonyms bool
	codes    func(ctx context.Context, name string) ([]string, error) // of a region's name
	args     []any
	leaves   []leaf // that count for the score
	narrowed bool   // grams narrow the search
	err      error  // of codes
}

// A leaf is a word, or several near one another, each in all its spellings.
type leaf struct {
	words   [][]string
	ordered bool
}

// arg is a parameter. PostgreSQL has no zero character; neither has a text in it.
func (c *compiler) arg(v any) string {
	cast := ""
	switch x := v.(type) {
	case string:
		v, cast = strings.ReplaceAll(x, "\x00", "\uFFFD"), "::text"
	case []string:
		cast = "::text[]"
	case float64:
		cast = "::float8"
	}
	c.args = append(c.args, v)
	return "$" + strconv.Itoa(len(c.args)) + cast
}

// number is a decimal as SQL writes it: exact.
func number(d schema.Decimal) string { return "(" + d.String() + ")::numeric" }

func all(list []string) string    { return joined(list, " AND ", "true") }
func either(list []string) string { return joined(list, " OR ", "false") }

func joined(list []string, op, none string) string {
	switch len(list) {
	case 0:
		return none
	case 1:
		return list[0]
	}
	return "(" + strings.Join(list, op) + ")"
}

// where is the condition of a query.
func (c *compiler) where(q query.Query) string {
	exact := c.exact(q, true)
	if grams := c.narrow(q); grams != "" {
		c.narrowed = true
		return grams + " AND " + exact
	}
	return exact
}

// exact is what holds of what is found. It may be NULL for false.
func (c *compiler) exact(q query.Query, positive bool) string {
	switch q := q.(type) {
	case query.Phrase:
		l := c.leaf([]query.Phrase{q}, false, positive)
		return c.phrase(l.words[0])
	case query.Near:
		return c.near(c.leaf(q.Phrases, q.Ordered, positive))
	case query.Field:
		return c.field(q)
	case query.Range:
		if q.Name == "year" {
			lo, hi := q.Years()
			return fmt.Sprintf("a.year BETWEEN %d AND %d", lo, hi)
		}
		return c.figure([]string{c.size(q, "")})
	case query.And:
		return c.and(q, positive)
	case query.Or:
		var list []string
		for _, one := range q {
			list = append(list, c.exact(one, positive))
		}
		return either(list)
	case query.Not:
		return "(" + c.exact(q.Query, !positive) + ") IS NOT TRUE"
	}
	return "true"
}

// and gathers the conditions on a figure, all of which one figure must satisfy; a size
// without a unit takes the unit beside it.
func (c *compiler) and(q query.And, positive bool) string {
	unit := ""
	for _, one := range q {
		if f, ok := one.(query.Field); ok && f.Name == "unit" && !f.Prefix {
			unit = f.Text
		}
	}
	var list, figure []string
	for _, one := range q {
		switch one := one.(type) {
		case query.Field:
			if !ofReport(one.Name) {
				figure = append(figure, c.condition(one))
				continue
			}
		case query.Range:
			if one.Name != "year" {
				figure = append(figure, c.size(one, unit))
				continue
			}
		}
		list = append(list, c.exact(one, positive))
	}
	if figure != nil {
		list = append(list, c.figure(figure))
	}
	return all(list)
}

// leaf is a leaf of the query; a positive one counts for the score.
func (c *compiler) leaf(list []query.Phrase, ordered, positive bool) leaf {
	l := leaf{ordered: ordered}
	for _, p := range list {
		l.words = append(l.words, c.spelled(p))
	}
	if positive {
		c.leaves = append(c.leaves, l)
	}
	return l
}

// spelled are the ways to write a phrase, folded.
func (c *compiler) spelled(p query.Phrase) []string {
	ways := []string{fold.String(p.Text)}
	if c.synonyms {
		ways = append(ways, p.Expand()...)
	}
	return ways
}

// phrase finds a phrase in the text of a report; in the label of a figure, the headings
// above it and its sentence.
func (c *compiler) phrase(ways []string) string {
	var list []string
	for _, w := range ways {
		if !c.figures {
			list = append(list, c.in(w, "a.folded"))
			continue
		}
		list = append(list, c.in(w, wordsOf("label")), c.in(w, wordsOf("section")), c.begins(w))
	}
	return either(list)
}

func (c *compiler) in(word, where string) string {
	return "position(" + c.arg(word) + " IN " + where + ") > 0"
}

// begins finds a word that begins in the sentence s.
func (c *compiler) begins(word string) string {
	return "position(" + c.arg(word) + " IN " + sentence(utf8.RuneCountInString(word)) + ") BETWEEN 1 AND s.length"
}

// sentence is the text of s with room for a word of so many characters that begins at its end.
func sentence(chars int) string {
	if chars-1 <= postgres.Beyond {
		return "s.folded"
	}
	return fmt.Sprintf(`substr(a.folded, s."start" + 1, s.length + %d)`, chars-1)
}

// near finds words that begin in one sentence.
func (c *compiler) near(l leaf) string {
	found := c.together(l)
	if c.figures {
		return found
	}
	return "EXISTS (SELECT FROM " + postgres.Schema + ".sentences s WHERE " + sentencesOfReport + " AND " + found + ")"
}

const sentencesOfReport = "s.province = a.province AND s.doc_id = a.doc_id AND s.article = a.article"

// together is whether the words of a leaf begin in the sentence s.
func (c *compiler) together(l leaf) string {
	var list []string
	longest := 0
	for _, ways := range l.words {
		var one []string
		for _, w := range ways {
			longest = max(longest, utf8.RuneCountInString(w))
			if !l.ordered {
				one = append(one, c.begins(w))
			}
		}
		list = append(list, either(one))
	}
	if !l.ordered {
		return all(list)
	}
	b, _ := json.Marshal(l.words) // of texts it has no error
	return fmt.Sprintf("%s.ordered(%s, s.length, %s::jsonb)", postgres.Schema, sentence(longest), c.arg(string(b)))
}

// ofReport reports whether a field is about reports; the others are about figures.
func ofReport(name string) bool {
	return slices.Contains([]string{"title", "org", "region", "section"}, name)
}

func (c *compiler) field(f query.Field) string {
	switch f.Name {
	case "title", "org":
		return c.in(fold.String(f.Text), folded("a", f.Name))
	case "region":
		return c.region(fold.String(f.Text))
	case "section":
		if c.figures {
			return c.condition(f)
		}
		return "EXISTS (SELECT FROM unnest(a.headings) h WHERE " + c.in(fold.String(f.Text), "h") + ")"
	}
	return c.figure([]string{c.condition(f)})
}

// region finds a code with all below it, or a name and its codes.
func (c *compiler) region(text string) string {
	if strings.Trim(text, "0123456789") == "" {
		code := index.CodeTerm(text)
		pattern := code
		if len(code)%2 == 0 { // a level ends there: 53, 5303, but not 530
			pattern += "%"
		}
		found := "a.region_code LIKE " + c.arg(pattern)
		if len(code) >= 2 { // the part of the table that has it
			found = "a.province = " + c.arg(code[:2]) + " AND " + found
		}
		return "(" + found + ")"
	}
	var codes []string
	if c.err == nil {
		codes, c.err = c.codes(c.ctx, text)
	}
	for i := range codes {
		codes[i] = index.CodeTerm(codes[i]) + "%"
	}
	return "(" + c.in(text, folded("a", "region")) + " OR a.region_code LIKE ANY (" + c.arg(codes) + "))"
}

// folded is a column as searches compare it.
func folded(table, column string) string {
	return "coalesce(" + table + "." + column + "_folded, " + table + "." + column + ")"
}

func wordsOf(column string) string { return folded("f", column) }

// figure is what one figure must be: that which is sought, or one of the report.
func (c *compiler) figure(conditions []string) string {
	if c.figures {
		return all(conditions)
	}
	return "EXISTS (SELECT FROM " + postgres.Schema + ".figures f WHERE " + figuresOfReport + " AND " + all(conditions) + ")"
}

const figuresOfReport = "f.province = a.province AND f.doc_id = a.doc_id AND f.report = a.article"

// condition is what a figure must have in a column.
func (c *compiler) condition(f query.Field) string {
	column := "f." + postgres.Quoted(f.Name)
	switch {
	case f.Words():
		return c.in(fold.String(f.Text), wordsOf(f.Name))
	case f.Name == "unit": // 亩 is 公顷 too
		return either([]string{c.has(column, f), c.has("f.si_unit", f)})
	}
	return c.has(column, f)
}

func (c *compiler) has(column string, f query.Field) string {
	if f.Prefix {
		return "starts_with(" + column + ", " + c.arg(f.Text) + ")"
	}
	return column + " = " + c.arg(f.Text)
}

// size is how large a figure must be.
func (c *compiler) size(r query.Range, unit string) string {
	if r.Unit == "" {
		r.Unit = unit
	}
	var list []string
	if r.Unit != "" {
		r = r.Converted()
		list = append(list, "f.si_unit = "+c.arg(r.Unit))
	}
	bound := func(d schema.Decimal, op string, strict bool) {
		if !d.Known() {
			return
		}
		if !strict {
			op += "="
		}
		list = append(list, "f.size "+op+" "+number(d))
	}
	bound(r.Low, ">", r.OverLow)
	bound(r.High, "<", r.UnderTop)
	return all(append(list, "f.size IS NOT NULL"))
}

// narrow is what a report must have in its grams; empty if that is nothing.
func (c *compiler) narrow(q query.Query) string {
	switch q := q.(type) {
	case query.Phrase:
		return c.gramsOf(c.leaf([]query.Phrase{q}, false, false))
	case query.Near:
		return c.gramsOf(c.leaf(q.Phrases, q.Ordered, false))
	case query.Field:
		if q.Words() {
			return c.grams(fold.String(q.Text))
		}
	case query.And:
		var list []string
		for _, one := range q {
			if s := c.narrow(one); s != "" {
				list = append(list, s)
			}
		}
		if list != nil {
			return all(list)
		}
	case query.Or:
		var list []string
		before := len(c.args)
		for _, one := range q {
			s := c.narrow(one)
			if s == "" { // then the others are of no use
				c.args = c.args[:before]
				return ""
			}
			list = append(list, s)
		}
		return either(list)
	}
	return ""
}

// gramsOf are those of all words of a leaf.
func (c *compiler) gramsOf(l leaf) string {
	var list []string
	for _, ways := range l.words {
		var one []string
		for _, w := range ways {
			one = append(one, c.grams(w))
		}
		list = append(list, either(one))
	}
	return all(list)
}

// grams are the pairs of a word, or the one character that it is.
func (c *compiler) grams(word string) string {
	runes := []rune(strings.ReplaceAll(word, "\x00", "\uFFFD"))
	list := []string{}
	for i := range len(runes) - 1 {
		list = append(list, string(runes[i:i+2]))
	}
	if len(runes) == 1 {
		list = []string{string(runes)}
	}
	slices.Sort(list)
	return "a.grams @> " + c.arg(slices.Compact(list))
}
