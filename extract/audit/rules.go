package audit

// Rules of the user: a small file of expressions over indicators and labels, as
// in data editing. One rule is one block of lines; blocks stand apart by a blank
// line.
//
//	id:        dibao_persons
//	rule:      dibao_persons == dibao_urban_persons + dibao_rural_persons
//	severity:  error
//	words:     低保人数是城乡之和
//	reference: 民政统计调查制度
//
//	id:        seats
//	rule:      100 <= "养老床位总数" <= 50000
//	severity:  warning
//
// A name is the code of an indicator, a text in quotes a label as the column
// label prints it. Scope says of which figures a rule speaks: article (the
// default) looks for the names within each article, document within the whole
// file; done and planned restrict it to results or to intentions. The grammar:
//
//	rule  = sum { ( "==" | "!=" | "<=" | ">=" | "<" | ">" ) sum }
//	sum   = term { ( "+" | "-" ) term }
//	term  = item { ( "*" | "/" ) item }
//	item  = number | name | "label" | "(" sum ")" | "-" item
//
// Figures are intervals, as everywhere in an audit: == holds if the two sides
// meet, < if some value of the left is below one of the right.

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"mingxi/schema"
)

// A Rule is a rule of the user.
type Rule struct {
	ID        string
	Words     string // what it says, for a reader
	Reference string // where it is from
	Severity  Severity
	Document  bool // its names are looked for in the whole document, not in each article
	Status    string
	Text      string // the expression as written

	county    bool   // speaks of counties only
	plausible bool   // says nothing where it holds
	unit      string // of a range of the vocabulary

	sides []expr
	signs []string // between the sides
}

// ParseRules reads a file of rules. An error names the file and the line.
func ParseRules(name, text string) ([]Rule, error) {
	var rules []Rule
	var r *Rule
	end := func(line int) error {
		if r != nil && (r.ID == "" || r.Text == "") {
			return fmt.Errorf("%s:%d: a rule wants an id and a rule", name, line)
		}
		r = nil
		return nil
	}
	lines := strings.Split(strings.TrimPrefix(text, "\ufeff"), "\n")
	for n, line := range lines {
		line = strings.TrimSpace(line)
		if strings.HasPrefix(line, "#") {
			continue
		}
		if line == "" {
			if err := end(n); err != nil {
				return nil, err
			}
			continue
		}
		key, value, ok := strings.Cut(line, ":")
		if !ok {
			return nil, fmt.Errorf("%s:%d: want key: value", name, n+1)
		}
		if r == nil {
			rules = append(rules, Rule{Severity: Error})
			r = &rules[len(rules)-1]
		}
		if err := r.set(strings.TrimSpace(key), strings.TrimSpace(value)); err != nil {
			return nil, fmt.Errorf("%s:%d: %w", name, n+1, err)
		}
		if slices.ContainsFunc(rules[:len(rules)-1], func(o Rule) bool { return o.ID != "" && o.ID == r.ID }) {
			return nil, fmt.Errorf("%s:%d: a second rule %s", name, n+1, r.ID)
		}
	}
	return rules, end(len(lines))
}

// set sets one key of a rule.
func (r *Rule) set(key, value string) (err error) {
	switch key {
	case "id":
		if value == "" || strings.Trim(value, "abcdefghijklmnopqrstuvwxyz0123456789_-") != "" {
			return fmt.Errorf("an id is of a-z, 0-9, _ and -: %q", value)
		}
		r.ID = value
	case "rule":
		r.Text = value
		r.sides, r.signs, err = parseRule(value)
	case "words":
		r.Words = value
	case "reference":
		r.Reference = value
	case "severity":
		n := slices.Index([]string{"none", "note", "warning", "error"}, value)
		if n < 1 {
			return fmt.Errorf("severity is note, warning or error, not %q", value)
		}
		r.Severity = Severity(n)
	case "scope":
		for _, w := range strings.Fields(value) {
			switch w {
			case "article":
			case "document":
				r.Document = true
			case "done", "planned":
				r.Status = w
			default:
				return fmt.Errorf("scope is article or document, done or planned, not %q", w)
			}
		}
	default:
		return fmt.Errorf("no key %q", key)
	}
	return err
}

// An expr is a part of a rule.
type expr struct {
	op   byte // + - * / for two parts, n for a minus, 0 for a number, a for a name
	x, y *expr
	num  rational
	name string // code, or label with its quotes
}

// A ruleParser reads an expression.
type ruleParser struct {
	text  string
	at    int
	depth int
}

func parseRule(text string) (sides []expr, signs []string, err error) {
	p := &ruleParser{text: text}
	for {
		s, err := p.sum()
		if err != nil {
			return nil, nil, err
		}
		sides = append(sides, s)
		p.blank()
		if p.at == len(p.text) {
			break
		}
		sign := p.sign()
		if sign == "" {
			return nil, nil, fmt.Errorf("unexpected %q", p.text[p.at:])
		}
		signs = append(signs, sign)
	}
	if len(signs) == 0 {
		return nil, nil, fmt.Errorf("a rule compares: want ==, !=, <=, >=, < or >")
	}
	if len(namesOf(sides)) == 0 {
		return nil, nil, fmt.Errorf("a rule names at least one figure")
	}
	return sides, signs, nil
}

func (p *ruleParser) blank() {
	for p.at < len(p.text) && (p.text[p.at] == ' ' || p.text[p.at] == '\t') {
		p.at++
	}
}

func (p *ruleParser) sign() string {
	for _, s := range []string{"==", "!=", "<=", ">=", "<", ">"} {
		if strings.HasPrefix(p.text[p.at:], s) {
			p.at += len(s)
			return s
		}
	}
	return ""
}

// next takes one of the bytes if it comes next.
func (p *ruleParser) next(of string) byte {
	p.blank()
	if p.at < len(p.text) && strings.IndexByte(of, p.text[p.at]) >= 0 {
		p.at++
		return p.text[p.at-1]
	}
	return 0
}

func (p *ruleParser) sum() (expr, error)  { return p.chain("+-", p.term) }
func (p *ruleParser) term() (expr, error) { return p.chain("*/", p.item) }

func (p *ruleParser) chain(ops string, part func() (expr, error)) (expr, error) {
	x, err := part()
	for err == nil {
		op := p.next(ops)
		if op == 0 {
			break
		}
		var y expr
		if y, err = part(); err == nil {
			left := x
			x = expr{op: op, x: &left, y: &y}
		}
	}
	return x, err
}

// maxDepth bounds brackets within brackets.
const maxDepth = 50

func (p *ruleParser) item() (expr, error) {
	if p.depth++; p.depth > maxDepth {
		return expr{}, fmt.Errorf("too many brackets")
	}
	defer func() { p.depth-- }()
	switch p.next("-(\"") {
	case '-':
		x, err := p.item()
		return expr{op: 'n', x: &x}, err
	case '(':
		x, err := p.sum()
		if err == nil && p.next(")") == 0 {
			err = fmt.Errorf("a bracket does not close")
		}
		return x, err
	case '"':
		label, rest, ok := strings.Cut(p.text[p.at:], `"`)
		if !ok || label == "" {
			return expr{}, fmt.Errorf("a label does not close")
		}
		p.at = len(p.text) - len(rest)
		return expr{op: 'a', name: `"` + label + `"`}, nil
	}
	from := p.at
	for p.at < len(p.text) && (p.text[p.at] >= '0' && p.text[p.at] <= '9' || p.text[p.at] == '.') {
		p.at++
	}
	if p.at > from {
		d, err := schema.ParseDecimal(p.text[from:p.at])
		return expr{num: fraction(d)}, err
	}
	for p.at < len(p.text) && (p.text[p.at] >= 'a' && p.text[p.at] <= 'z' || p.text[p.at] == '_' || p.at > from && p.text[p.at] >= '0' && p.text[p.at] <= '9') {
		p.at++
	}
	if p.at == from {
		if from == len(p.text) {
			return expr{}, fmt.Errorf("the rule ends too early")
		}
		return expr{}, fmt.Errorf("unexpected %q", p.text[from:])
	}
	return expr{op: 'a', name: p.text[from:p.at]}, nil
}

// namesOf lists the names of expressions in their order, each once.
func namesOf(sides []expr) (names []string) {
	var walk func(e *expr)
	walk = func(e *expr) {
		switch {
		case e == nil:
		case e.op == 'a':
			if !slices.Contains(names, e.name) {
				names = append(names, e.name)
			}
		default:
			walk(e.x)
			walk(e.y)
		}
	}
	for i := range sides {
		walk(&sides[i])
	}
	return names
}

// value is the interval of an expression.
func (e *expr) value(of map[string]span) span {
	switch e.op {
	case 0:
		return span{e.num, e.num, e.num}
	case 'a':
		return of[e.name]
	case 'n':
		return whole(0).minus(e.x.value(of))
	}
	a, b := e.x.value(of), e.y.value(of)
	switch e.op {
	case '+':
		return a.plus(b)
	case '-':
		return a.minus(b)
	case '*':
		return a.product(b)
	}
	return a.quotient(b)
}

// product is s × t, whatever their signs.
func (s span) product(t span) span {
	out := span{mid: mul(s.mid, t.mid)}
	if s.lo.none() || s.hi.none() || t.lo.none() || t.hi.none() {
		return out
	}
	for _, a := range []rational{s.lo, s.hi} {
		for _, b := range []rational{t.lo, t.hi} {
			p := mul(a, b)
			if out.lo.none() || p.Cmp(out.lo) < 0 {
				out.lo = p
			}
			if out.hi.none() || p.Cmp(out.hi) > 0 {
				out.hi = p
			}
		}
	}
	return out
}

// quotient is s ÷ t; if t may be 0 it has no ends.
func (s span) quotient(t span) span {
	if t.mid.Sign() == 0 {
		return span{}
	}
	inverse := func(a rational) rational {
		if a.Sign() == 0 {
			return rational{}
		}
		return a.inverse()
	}
	r := span{mid: inverse(t.mid)}
	if !t.lo.none() && !t.hi.none() && t.lo.Sign() == t.hi.Sign() && t.lo.Sign() != 0 {
		r.lo, r.hi = inverse(t.hi), inverse(t.lo)
	}
	return s.product(r)
}

// compare says whether two sides stand in a relation; ok is false if it cannot be
// computed.
func compare(a span, sign string, b span) (holds, ok bool) {
	if a.mid.none() || b.mid.none() {
		return false, false
	}
	may := func(x, y rational, strict bool) bool { // some x is below (or at) some y; none has no end
		if x.none() || y.none() {
			return true
		}
		c := x.Cmp(y)
		return c < 0 || !strict && c == 0
	}
	switch sign {
	case "==":
		return a.meets(b), true
	case "!=":
		return a.mid.Cmp(b.mid) != 0, true
	case "<=":
		return may(a.lo, b.hi, false), true
	case "<":
		return may(a.lo, b.hi, true), true
	case ">=":
		return may(b.lo, a.hi, false), true
	}
	return may(b.lo, a.hi, true), true
}

// Apply evaluates rules over the figures of a document and adds their findings,
// numbered on. A rule whose names the document does not have says nothing; one of
// whose figures has no value is not evaluable. Of several figures with one name
// the rule speaks only if they agree.
func (a *Auditor) Apply(rules []Rule, d *schema.Document, r *schema.Reading, findings []Finding) []Finding {
	if len(rules) == 0 {
		return findings
	}
	words := a.load()
	var figs []figure
	for i := range r.Metrics {
		m := &r.Metrics[i]
		figs = append(figs, figure{Metric: m, n: i, unit: family(m.Unit), span: words.read(m, foldText(m.In(d.Text)))})
	}
	seen := map[string]bool{}
	for i := range findings {
		seen[setOf(&findings[i])] = true
	}
	for i := range rules {
		rule := &rules[i]
		if rule.Document {
			findings = rule.apply(figs, findings, seen)
			continue
		}
		for from := 0; from < len(figs); {
			to := from
			for to < len(figs) && figs[to].Article == figs[from].Article {
				to++
			}
			if !rule.county || ofCounty(r.Origin(figs[from].Article)) {
				findings = rule.apply(figs[from:to], findings, seen)
			}
			from = to
		}
	}
	return findings
}

// Named reports which figures rules are about: of a document of very many figures no
// others need be held for [Auditor.Apply].
func Named(rules []Rule) func(*schema.Metric) bool {
	names := map[string]bool{}
	for i := range rules {
		for _, name := range namesOf(rules[i].sides) {
			names[strings.Trim(name, `"`)] = true
		}
	}
	return func(m *schema.Metric) bool { return m.Code != "" && names[m.Code] || names[m.Label] }
}

// setOf names the figures of a finding, whatever their order.
func setOf(f *Finding) string {
	seqs := append([]int{f.Stated}, f.Members...)
	slices.Sort(seqs)
	return Join(slices.Compact(seqs))
}

// apply evaluates a rule over some figures; seen are the sets of figures that a
// finding has already, unless it is of a rule of the user.
func (rule *Rule) apply(figs []figure, findings []Finding, seen map[string]bool) []Finding {
	of := map[string]*figure{}
	names := namesOf(rule.sides)
	for _, name := range names {
		f := rule.figureFor(figs, name)
		if f == nil {
			return findings
		}
		of[name] = f
	}
	f := Finding{ID: len(findings) + 1, Relation: rule.ID, Op: "rule", Verdict: Holds}
	single := rule.sides[0].op == 'a'
	for i, name := range names {
		if i == 0 && single {
			f.Stated, f.Value = of[name].Seq, of[name].Value
			continue
		}
		f.Members = append(f.Members, of[name].Seq)
	}
	f.Equation = rule.render(of)
	for _, name := range names {
		if !of[name].span.known {
			if rule.plausible {
				return findings
			}
			f.Verdict, f.Severity = NotEvaluable, Note
			return append(findings, f)
		}
	}
	values := rule.values(of, names)
	for i, sign := range rule.signs {
		a, b := rule.sides[i].value(values), rule.sides[i+1].value(values)
		holds, ok := compare(a, sign, b)
		if i == 0 && single {
			f.Computed, f.Low, f.High = decimal(b.mid), decimal(b.lo), decimal(b.hi)
			f.Difference = f.Value.Sub(f.Computed)
		}
		switch {
		case !ok:
			f.Verdict, f.Severity = NotEvaluable, Note
			return append(findings, f)
		case !holds:
			f.Verdict, f.Severity = Contradicts, rule.Severity
		}
	}
	switch {
	case rule.plausible && f.Verdict == Holds, rule.ID == "formula" && seen[setOf(&f)]:
		return findings
	case rule.plausible:
		f.Explanation = rule.magnitude(of[names[0]], names[0], values[names[0]])
	}
	return append(findings, f)
}

// values are the intervals of the names of a rule, as printed where they have one unit, which
// then is that of its numbers, too; else in one that all can be brought to. A range of the
// vocabulary is in the unit of its indicator.
func (rule *Rule) values(of map[string]*figure, names []string) map[string]span {
	unit := cmp.Or(rule.unit, of[names[0]].unit)
	one := true
	for _, name := range names {
		one = one && (of[name].unit == unit || !sameDimension(of[name].unit, unit))
	}
	values := map[string]span{}
	for _, name := range names {
		f := of[name]
		switch v := f.interval(); {
		case one:
			values[name] = v
		case rule.unit != "":
			values[name] = unscaled(&figure{Metric: f.Metric, unit: unit}, scaled(f, v))
		default:
			values[name] = scaled(f, v)
		}
	}
	return values
}

// magnitude finds the factor that brings a figure into its range.
func (rule *Rule) magnitude(f *figure, name string, is span) Explanation {
	for _, n := range magnitudes {
		if (n[0] == 15 || n[1] == 15) && unitFactors[f.unit] == [2]int64{} {
			continue
		}
		k := newRational(n[0], n[1])
		v := f.interval().times(span{k, k, k})
		if f.unit != "元" && f.span.step >= 0 && !v.mid.whole() {
			continue // no half persons
		}
		of := map[string]span{name: is.times(span{k, k, k})}
		fits := true
		for i, sign := range rule.signs {
			holds, ok := compare(rule.sides[i].value(of), sign, rule.sides[i+1].value(of))
			fits = fits && holds && ok
		}
		if fits {
			kind := "factor"
			if n[0] == 15 || n[1] == 15 {
				kind = "area_unit"
			}
			return Explanation{Kind: kind, Seq: f.Seq, Value: decimal(v.mid), Note: times(n)}
		}
	}
	return Explanation{}
}

func digits(n int64) string { return strconv.FormatInt(n, 10) }

// render writes the rule with the values of its names.
func (rule *Rule) render(of map[string]*figure) string {
	s := rule.sides[0].render(of)
	for i, sign := range rule.signs {
		s += " " + sign + " " + rule.sides[i+1].render(of)
	}
	return s
}

func (e *expr) render(of map[string]*figure) string {
	switch e.op {
	case 0:
		return decimal(e.num).String()
	case 'a':
		return strings.Trim(e.name, `"`) + " " + printedValue(of[e.name])
	case 'n':
		return "-" + e.x.render(of)
	case '*', '/':
		part := func(x *expr) string {
			if x.op == '+' || x.op == '-' {
				return "(" + x.render(of) + ")"
			}
			return x.render(of)
		}
		return part(e.x) + " " + map[byte]string{'*': "×", '/': "÷"}[e.op] + " " + part(e.y)
	}
	return e.x.render(of) + " " + string(e.op) + " " + e.y.render(of)
}

// figureFor is the figure that a name stands for, nil if there is none or if
// several disagree.
func (rule *Rule) figureFor(figs []figure, name string) *figure {
	var found *figure
	label := strings.Trim(name, `"`)
	for i := range figs {
		f := &figs[i]
		if name != f.Code && (label == name || f.Label != label) || rule.Status != "" && f.Status.String() != rule.Status || rule.Status == "" && f.Status == schema.Planned {
			continue
		}
		if found != nil && found.Value != f.Value {
			return nil
		}
		if found == nil {
			found = f
		}
	}
	return found
}
