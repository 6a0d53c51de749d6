package query

import (
	_ "embed"
	"fmt"
	"strings"
	"sync"
	"unicode"

	"mingxi/corpus/fold"
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
	for _, f := range fields {
		if typed == f.name || typed == f.zh {
			return f.name
		}
	}
	return ""
}

// nearest is the field that differs from what was typed in one place at most.
func nearest(typed string) string {
	typed = strings.ToLower(typed)
	for _, f := range fields {
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

func (p *parser) fail(at int, hint, what string, args ...any) error {
	return &ParseError{Query: p.text, At: at, What: fmt.Sprintf(what, args...), ZH: fmt.Sprintf(chinese()[what], args...), Hint: hint}
}

//go:embed chinese.txt
var chineseFile string

// chinese has what is wrong with queries in Chinese, by the English.
var chinese = sync.OnceValue(func() map[string]string {
	m := map[string]string{}
	for line := range strings.Lines(chineseFile) {
		if en, zh, ok := strings.Cut(strings.TrimSpace(line), "\t"); ok && line[0] != '#' {
			m[en] = zh
		}
	}
	return m
})
