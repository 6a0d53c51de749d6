package index

import (
	"slices"
	"strings"
	"unicode"

	"mingxi/corpus/fold"
	"mingxi/schema"
)

// The grammar, loosest first; blanks separate, and signs may be full-width:
//
//	or    = and { ("OR" | "或" | "|") and }
//	and   = not { ["AND" | "与" | "且"] not }
//	not   = ("-" | "NOT " | "非 ") not | near
//	near  = item { "~" item }
//	item  = "(" or ")" | "NEAR(" item item … ")" | field ":" value | literal | word
//	literal = `"` characters `"`      also “ ” and 「 」; \" is a quotation mark
//	word  = characters without blanks or quotation marks; brackets in pairs;
//	        * at an end is dropped, * inside is near, in order
//	value = literal | word | bound ".." bound | ("<" | "<=" | ">" | ">=" | "=") bound
//
// The operators are operators only where they stand alone. A word in front of a
// colon must be a field if it is made of letters; 16:30 is text.

const (
	maxQuery = 4096 // characters
	maxDepth = 64   // brackets
)

// Parse reads a query. The error is a *[ParseError].
func Parse(s string) (Query, error) {
	p := &parser{text: s, in: []rune(strings.ToValidUTF8(s, "\uFFFD"))}
	if len(p.in) > maxQuery {
		return nil, p.fail(maxQuery, "", "a query has at most %d characters", maxQuery)
	}
	q, err := p.or()
	if err != nil {
		return nil, err
	}
	if p.at < len(p.in) {
		return nil, p.fail(p.at, "", "a bracket closes that was not opened")
	}
	return q, nil
}

type parser struct {
	text  string
	in    []rune
	at    int
	depth int
}

// peek returns the sign at the place, half-width; 0 at the end.
func (p *parser) peek() rune { return p.sign(p.at) }

func (p *parser) sign(i int) rune {
	if i >= len(p.in) {
		return 0
	}
	switch r := p.in[i]; {
	case unicode.IsSpace(r):
		return ' '
	case r == 0:
		return '\uFFFD'
	case r == '－' || r == '−':
		return '-'
	case r >= '！' && r <= '～':
		return r - '！' + '!'
	default:
		return r
	}
}

func (p *parser) blanks() {
	for p.peek() == ' ' {
		p.at++
	}
}

// operator steps over one of the words if it stands here alone.
func (p *parser) operator(words ...string) bool {
	p.blanks()
	for _, w := range words {
		n := p.at
		for _, r := range w {
			if p.sign(n) != r {
				n = -1
				break
			}
			n++
		}
		if n < 0 {
			continue
		}
		if c := p.sign(n); c == ' ' || c == 0 || c == '(' || c == ')' || p.opening(n) != 0 {
			p.at = n
			return true
		}
	}
	return false
}

func (p *parser) or() (Query, error) {
	if p.depth++; p.depth > maxDepth {
		return nil, p.fail(p.at, "", "more than %d brackets in one another", maxDepth)
	}
	defer func() { p.depth-- }()
	var list Or
	for {
		q, err := p.and()
		if err != nil {
			return nil, err
		}
		if or, ok := q.(Or); ok {
			list = append(list, or...)
		} else {
			list = append(list, q)
		}
		if !p.operator("OR", "或", "|", "||") {
			break
		}
	}
	if len(list) == 1 {
		return list[0], nil
	}
	return list, nil
}

func (p *parser) and() (Query, error) {
	var list And
	for {
		q, err := p.not()
		if err != nil {
			return nil, err
		}
		if and, ok := q.(And); ok {
			list = append(list, and...)
		} else {
			list = append(list, q)
		}
		if p.operator("AND", "与", "且", "&&") {
			continue
		}
		at := p.at
		if p.blanks(); p.peek() == 0 || p.peek() == ')' || p.operator("OR", "或", "|", "||") {
			p.at = at
			break
		}
	}
	if len(list) == 1 {
		return list[0], nil
	}
	return list, nil
}

func (p *parser) not() (Query, error) {
	if p.depth++; p.depth > maxDepth {
		return nil, p.fail(p.at, "", "more than %d signs of negation or brackets in one another", maxDepth)
	}
	defer func() { p.depth-- }()
	p.blanks()
	start := p.at
	switch {
	case p.operator("NOT", "非"):
		if p.blanks(); p.peek() == 0 || p.peek() == ')' {
			p.at = start
			return p.near()
		}
	case p.peek() == '-':
		p.at++
		if c := p.peek(); c == ' ' || c == 0 || c == ')' {
			return nil, p.fail(start, `-词, or "-" for the sign itself`, "nothing stands after -")
		}
	default:
		return p.near()
	}
	q, err := p.not()
	if err != nil {
		return nil, err
	}
	return Not{q}, nil
}

func (p *parser) near() (Query, error) {
	start := p.at
	q, err := p.item()
	if err != nil {
		return nil, err
	}
	var list []Phrase
	for p.operator("~") {
		if list == nil {
			if list, err = p.phrase(nil, q, start); err != nil {
				return nil, err
			}
		}
		p.blanks()
		at := p.at
		r, err := p.item()
		if err != nil {
			return nil, err
		}
		if list, err = p.phrase(list, r, at); err != nil {
			return nil, err
		}
	}
	if list != nil {
		return Near{Phrases: list}, nil
	}
	return q, nil
}

// phrase appends a side of ~, which must be words.
func (p *parser) phrase(list []Phrase, q Query, at int) ([]Phrase, error) {
	if w, ok := q.(Phrase); ok {
		return append(list, w), nil
	}
	return nil, p.fail(at, "低保 ~ 发放", "~ stands between words, not beside %s", q)
}

func (p *parser) item() (Query, error) {
	p.blanks()
	switch {
	case p.peek() == 0:
		return nil, p.fail(p.at, "", "a word is missing")
	case p.peek() == ')':
		return nil, p.fail(p.at, "", "a word is missing before the bracket")
	case p.peek() == '(':
		return p.group()
	case p.opening(p.at) != 0:
		text, err := p.literal()
		return Phrase{Text: text, Exact: true}, err
	case p.nearCall():
		return p.nearGroup()
	}
	for _, op := range []string{"与", "或", "且", "非"} {
		if p.operator(op) { // with nothing to join it is a character like others
			return Phrase{Text: op, Exact: true}, nil
		}
	}
	for _, op := range []string{"AND", "OR", "NOT", "|", "||", "&&", "~"} {
		if at := p.at; p.operator(op) {
			return nil, p.fail(at, quote(op)+" for the characters themselves", "%s has nothing to join", op)
		}
	}
	if q, err := p.field(); q != nil || err != nil {
		return q, err
	}
	return p.words()
}

func (p *parser) group() (Query, error) {
	start := p.at
	p.at++
	q, err := p.or()
	if err != nil {
		return nil, err
	}
	if p.blanks(); p.peek() != ')' {
		return nil, p.fail(start, "", "this bracket is not closed")
	}
	p.at++
	return q, nil
}

func (p *parser) nearCall() bool {
	for i, r := range "NEAR(" {
		if p.sign(p.at+i) != r {
			return false
		}
	}
	return true
}

func (p *parser) nearGroup() (Query, error) {
	start := p.at
	p.at += len("NEAR(")
	var list []Phrase
	for {
		if p.blanks(); p.peek() == ')' {
			p.at++
			break
		}
		if p.peek() == 0 {
			return nil, p.fail(start, "NEAR(低保 发放)", "this bracket is not closed")
		}
		at := p.at
		q, err := p.item()
		if err != nil {
			return nil, err
		}
		if list, err = p.phrase(list, q, at); err != nil {
			return nil, err
		}
	}
	if len(list) < 2 {
		return nil, p.fail(start, "NEAR(低保 发放)", "NEAR needs two words")
	}
	return Near{Phrases: list}, nil
}

// opening returns the quotation mark that closes what begins at i, 0 if none does.
func (p *parser) opening(i int) rune {
	switch p.sign(i) {
	case '"':
		return '"'
	case '“', '”':
		return '”'
	case '「':
		return '」'
	case '『':
		return '』'
	}
	return 0
}

// literal reads what stands between quotation marks.
func (p *parser) literal() (string, error) {
	start, closing := p.at, p.opening(p.at)
	var b strings.Builder
	for p.at++; ; p.at++ {
		switch c := p.peek(); {
		case c == 0:
			return "", p.fail(start, quote(string(p.in[start+1:])), "the quotation mark is not closed")
		case c == closing:
			p.at++
			if b.Len() == 0 {
				return "", p.fail(start, "", "nothing stands between the quotation marks")
			}
			return b.String(), nil
		case c == '\\' && (p.sign(p.at+1) == '\\' || p.sign(p.at+1) == closing || p.sign(p.at+1) == '"'):
			p.at++
			fallthrough
		default:
			b.WriteRune(p.in[p.at])
		}
	}
}

// run reads the characters of a word; brackets inside it come in pairs.
func (p *parser) run() (string, error) {
	start, open := p.at, 0
	for ; ; p.at++ {
		c := p.peek()
		if c == 0 || c == ' ' || p.opening(p.at) != 0 || c == ')' && open == 0 {
			break
		}
		switch c {
		case '(':
			open++
		case ')':
			open--
		}
	}
	word := string(p.in[start:p.at])
	if open > 0 {
		return "", p.fail(start, quote(word), "a bracket in %s is not closed", word)
	}
	return word, nil
}

// words reads a word and its wildcards.
func (p *parser) words() (Query, error) {
	start := p.at
	word, err := p.run()
	if err != nil {
		return nil, err
	}
	if word == "" {
		return nil, p.fail(start, "", "a word is missing")
	}
	var list []Phrase
	for part := range strings.SplitSeq(strings.ReplaceAll(word, "＊", "*"), "*") {
		if part != "" {
			list = append(list, Phrase{Text: part})
		}
	}
	for _, w := range list {
		if again := (&parser{in: []rune(w.Text)}); len(list) > 1 || w.Text != word {
			// The rest of a wildcard must be a word of its own: not -x, (, AND.
			if q, err := again.or(); err != nil || again.at < len(again.in) || q != w {
				return nil, p.fail(start, quote(word), "%s beside * is not a word", w.Text)
			}
		}
	}
	switch len(list) {
	case 0:
		return All{}, nil
	case 1:
		return list[0], nil
	}
	return Near{Phrases: list, Ordered: true}, nil
}

// field reads name:value; nil if what stands here is no field.
func (p *parser) field() (Query, error) {
	start, n := p.at, p.at
	for n < len(p.in) && unicode.IsLetter(p.in[n]) {
		n++
	}
	if n == start || p.sign(n) != ':' {
		return nil, nil
	}
	typed := string(p.in[start:n])
	name := fieldName(typed)
	if name == "" {
		if strings.IndexFunc(typed, func(r rune) bool { return r > unicode.MaxASCII }) >= 0 {
			return nil, nil // 会议指出:… is text
		}
		hint := strings.Join(Fields(), ": ") + `:, or in quotation marks "` + typed + `:"`
		if near := nearest(typed); near != "" {
			hint = near + ":" + string(p.in[n+1:min(n+9, len(p.in))])
		}
		return nil, p.fail(start, hint, "there is no field %s", typed)
	}
	p.at = n + 1
	return p.value(name, start)
}

func fieldName(typed string) string {
	typed = fold.String(typed)
	for _, f := range fieldList {
		if typed == f.name || typed == f.zh {
			return f.name
		}
	}
	return ""
}

// nearest is the field that differs from what was typed in one place at most.
func nearest(typed string) string {
	typed = strings.ToLower(typed)
	for _, f := range fieldList {
		if strings.HasPrefix(f.name, typed) || strings.TrimSuffix(typed, "s") == f.name ||
			len(typed) == len(f.name) && differ(typed, f.name) == 1 {
			return f.name
		}
	}
	return ""
}

func differ(a, b string) (n int) {
	for i := range a {
		if a[i] != b[i] {
			n++
		}
	}
	return n
}

// value reads what stands after the colon of a field.
func (p *parser) value(name string, start int) (Query, error) {
	if p.opening(p.at) != 0 {
		text, err := p.literal()
		if err != nil {
			return nil, err
		}
		if name == "year" || name == "value" {
			return p.rangeOf(name, text, start)
		}
		return p.checked(Field{Name: name, Text: text}, start)
	}
	text, err := p.run()
	if err != nil {
		return nil, err
	}
	if name == "year" || name == "value" {
		return p.rangeOf(name, text, start)
	}
	text = strings.ReplaceAll(text, "＊", "*")
	f := Field{Name: name, Text: strings.Trim(text, "*"), Prefix: strings.HasSuffix(text, "*")}
	switch {
	case f.Text == "":
		return nil, p.fail(start, name+":词", "nothing stands after %s:", name)
	case strings.Contains(f.Text, "*"):
		return nil, p.fail(start, name+":"+f.Text[:strings.Index(f.Text, "*")]+"*", "a field takes * at the end only")
	case f.holds():
		f.Prefix = false
	}
	return p.checked(f, start)
}

// holds reports whether the field finds words anywhere in it, so that * changes nothing.
func (f Field) holds() bool {
	return slices.Contains([]string{"title", "org", "section", "label"}, f.Name)
}

// checked refuses values that a field can never have.
func (p *parser) checked(f Field, start int) (Query, error) {
	var known []string
	switch f.Name {
	case "kind":
		known = []string{"amount", "standard", "share", "change", "masked", "suspect"}
	case "status":
		known = []string{"done", "planned"}
	case "unit":
		f.Text = unitName(f.Text)
		return f, nil
	case "region":
		f.Prefix = false
		return f, nil
	default:
		return f, nil
	}
	f.Text = strings.ToLower(fold.String(f.Text))
	for _, k := range known {
		if k == f.Text || f.Prefix && strings.HasPrefix(k, f.Text) {
			return f, nil
		}
	}
	return nil, p.fail(start, f.Name+":"+strings.Join(known, ", "+f.Name+":"), "%s is no %s", f.Text, f.Name)
}

// rangeOf reads 2008..2012, >10000公顷, 100万元..2亿元.
func (p *parser) rangeOf(name, text string, start int) (Query, error) {
	r := Range{Name: name}
	text = strings.ReplaceAll(strings.ReplaceAll(fold.String(text), " ", ""), "…", "..")
	low, high, two := strings.Cut(text, "..")
	var err error
	switch {
	case two:
		r, err = p.between(r, low, strings.TrimLeft(high, "."), start)
	default:
		r, err = p.compare(r, text, start)
	}
	if err != nil {
		return nil, err
	}
	if r.Low.Known() && r.High.Known() && r.Low.Cmp(r.High) > 0 {
		r.Low, r.High = r.High, r.Low
		return nil, p.fail(start, r.String(), "the range is empty")
	}
	return r, nil
}

func (p *parser) compare(r Range, text string, start int) (Range, error) {
	number := strings.TrimLeft(text, "<>=≤≥")
	d, unit, err := p.bound(r.Name, number, start)
	if err != nil {
		return r, err
	}
	if !d.Known() {
		return r, p.fail(start, example(r.Name), "a number is missing after %s:", r.Name)
	}
	r.Unit = unit
	switch text[:len(text)-len(number)] {
	case "", "=":
		r.Low, r.High = d, d
	case ">":
		r.Low, r.OverLow = d, true
	case ">=", "≥":
		r.Low = d
	case "<":
		r.High, r.UnderTop = d, true
	case "<=", "≤":
		r.High = d
	default:
		return r, p.fail(start, example(r.Name), "%s is no comparison", text[:len(text)-len(number)])
	}
	return r, nil
}

// between reads both ends. A low end without unit takes that of the high end,
// but not its 万: value:5..10万元 might mean two things.
func (p *parser) between(r Range, low, high string, start int) (Range, error) {
	a, unitA, err := p.bound(r.Name, low, start)
	if err != nil {
		return r, err
	}
	b, unitB, err := p.bound(r.Name, high, start)
	if err != nil {
		return r, err
	}
	if !a.Known() && !b.Known() {
		return r, p.fail(start, example(r.Name), "a range needs a number")
	}
	if a.Known() && b.Known() && unitA == "" && unitB != "" {
		if _, rest, shift := splitNumber(high); shift != 0 {
			multiplier := strings.TrimSuffix(rest, trimMultiplier(rest))
			return r, p.fail(start, r.Name+":"+low+multiplier+unitB+".."+high, "the unit of %s is not sure", low)
		}
		unitA = unitB
	}
	switch {
	case !a.Known():
		unitA = unitB
	case b.Known() && unitA != unitB:
		var ok bool
		if a, b, unitA, ok = convertBoth(a, unitA, b, unitB); !ok {
			return r, p.fail(start, r.Name+":"+low+"..", "%s and %s cannot be compared", unitA, unitB)
		}
	}
	r.Low, r.High, r.Unit = a, b, unitA
	return r, nil
}

// bound reads a number with its multiplier and unit; empty is no bound.
func (p *parser) bound(name, text string, start int) (schema.Decimal, string, error) {
	if text == "" {
		return schema.Decimal{}, "", nil
	}
	digits, rest, shift := splitNumber(text)
	d, err := schema.ParseDecimal(digits)
	if err != nil {
		return d, "", p.fail(start, example(name), "%s is no number", text)
	}
	if d = d.Shift(shift); !d.Known() {
		return d, "", p.fail(start, example(name), "%s is too large", text)
	}
	unit := trimMultiplier(rest)
	if name == "year" {
		y, ok := wholeNumber(d)
		if unit != "" && unit != "年" || !ok || y < 1 || y > 9999 {
			return d, "", p.fail(start, example(name), "%s is no year", text)
		}
		return d, "", nil
	}
	bad := func(r rune) bool {
		return unicode.IsSpace(r) || strings.ContainsRune("<>=≤≥*\"“”「『()…\x00", r)
	}
	if strings.ContainsFunc(unit, bad) || strings.Contains(unit, "..") || trimMultiplier(unit) != unit || unit != "" && strings.Contains("0123456789.,-", unit[:1]) {
		return d, "", p.fail(start, example(name), "%s is no unit", unit)
	}
	return d, unitName(unit), nil
}

func example(name string) string {
	if name == "year" {
		return "year:2011, year:2008..2012 or year:>2008"
	}
	return "value:>10000公顷, value:100万元..2亿元 or value:<5%"
}
