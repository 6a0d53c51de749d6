package extract_test

import (
	"bufio"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"mingxi/extract"
	"mingxi/schema"
)

// The examples of testdata/*.txt, one a line, tell what is read from a text:
//
//	text => 14035 户 @低保 | 25559 人 | 165 元/人·月 standard
//	text => -                                nothing is read
//	text =>! 3 次                            not yet: a known failure
//
// A figure is its value (500..1000 for a range, ? where it is masked), its unit
// and what it is per; these are always compared, and so is the number of
// figures. What else an example wants to say follows, in any order:
//
//	standard share change masked suspect amount   the kind
//	planned done                                  the status
//	~about ~over ~under ~range ~exact             the approximation
//	@低保&城市!农村                               words that the label must hold, and must not; 城市|城镇 is either
//	#2  #0                                        part of the second figure; of none
//	+repaired                                     a flag
//	raw=近40台(次)  period=上半年  si=1.5公顷      other columns
//	label=小麦成灾面积                            the whole label
//
// In the text \n begins a new block. A block that begins with "= " is the title
// of the report, with "# " or "## " a heading, with "|" a row of a table and
// with "^|" its header; a cell < is covered by the one to the left, ^ by the one above. What stands in {} was taken out by cleaning; \n is
// a line break there. A line that fails prints the line that would pass.

func TestExamples(t *testing.T) {
	e := extract.New()
	for _, path := range exampleFiles(t) {
		t.Run(strings.TrimSuffix(filepath.Base(path), ".txt"), func(t *testing.T) {
			for _, ex := range readExamples(t, path) {
				ex.run(t, e)
			}
		})
	}
}

// Every rule that the program names is used by an example.
func TestRulesHaveExamples(t *testing.T) {
	seen := map[string]bool{}
	e := extract.New()
	e.Explain = true
	for _, path := range exampleFiles(t) {
		for _, ex := range readExamples(t, path) {
			for _, m := range e.Read(document(ex.text)).Metrics {
				seen[m.Rule] = true
				for _, why := range m.Why {
					seen[why.Rule] = true
				}
			}
		}
	}
	for _, rule := range rulesOf(t) {
		if !seen[rule] {
			t.Errorf("%s: no example uses this rule", rule)
		}
	}
}

var ruleName = regexp.MustCompile(`"([a-z]+/\p{Han}+)"`)

// rulesOf finds the names of rules in the source.
func rulesOf(t *testing.T) []string {
	t.Helper()
	paths, err := filepath.Glob("*.go")
	if err != nil {
		t.Fatal(err)
	}
	var rules []string
	for _, path := range paths {
		if strings.HasSuffix(path, "_test.go") {
			continue
		}
		src, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range ruleName.FindAllSubmatch(src, -1) {
			rules = append(rules, string(m[1]))
		}
	}
	slices.Sort(rules)
	return slices.Compact(rules)
}

func exampleFiles(t testing.TB) []string {
	t.Helper()
	paths, err := filepath.Glob("testdata/*.txt")
	if err != nil || len(paths) == 0 {
		t.Fatalf("no examples: %v", err)
	}
	return paths
}

// An example is one line of a file.
type example struct {
	at      string // file:line
	text    string // with \n as written
	want    string
	failing bool // marked as a known failure
}

func readExamples(t testing.TB, path string) []example {
	t.Helper()
	f, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	var list []example
	s := bufio.NewScanner(f)
	for n := 1; s.Scan(); n++ {
		line := strings.TrimSpace(s.Text())
		if line == "" || strings.HasPrefix(line, "//") {
			continue
		}
		i := strings.LastIndex(line, "=>")
		if i < 0 {
			t.Errorf("%s:%d: no =>", path, n)
			continue
		}
		ex := example{at: fmt.Sprintf("%s:%d", path, n), text: strings.TrimSpace(line[:i]), want: line[i+2:]}
		ex.want, ex.failing = strings.CutPrefix(ex.want, "!")
		ex.want = strings.TrimSpace(ex.want)
		list = append(list, ex)
	}
	if err := s.Err(); err != nil {
		t.Fatal(err)
	}
	return list
}

func (ex example) run(t *testing.T, e *extract.Extractor) {
	t.Helper()
	defer func() {
		if p := recover(); p != nil {
			t.Errorf("%s: panics: %v\n\t%s", ex.at, p, ex.text)
		}
	}()
	d := document(ex.text)
	r := e.Read(d)
	wrong, err := compare(d, r.Metrics, ex.want)
	switch {
	case err != nil:
		t.Errorf("%s: %v", ex.at, err)
	case ex.failing && wrong == "":
		t.Errorf("%s: works now: delete the !\n\t%s =>! %s", ex.at, ex.text, ex.want)
	case !ex.failing && wrong != "":
		t.Errorf("%s: %s\n\twant %s\n\t%s => %s", ex.at, wrong, ex.want, ex.text, show(d, r.Metrics))
	}
}

// compare says what of the expectation the metrics do not meet.
func compare(d *schema.Document, metrics []schema.Metric, want string) (wrong string, err error) {
	var items []string
	if want != "-" {
		items = strings.Split(want, " | ")
	}
	if len(items) != len(metrics) {
		return fmt.Sprintf("%d figures, want %d", len(metrics), len(items)), nil
	}
	for i, item := range items {
		w, err := differs(d, &metrics[i], item)
		if err != nil {
			return "", err
		}
		if w != "" {
			return fmt.Sprintf("figure %d: %s", i+1, w), nil
		}
	}
	return "", nil
}

// differs compares one metric with one item.
func differs(d *schema.Document, m *schema.Metric, item string) (string, error) {
	words := strings.Fields(item)
	if len(words) == 0 {
		return "", fmt.Errorf("an empty item")
	}
	value, unit, words := words[0], "", words[1:]
	if len(words) > 0 && !isAssertion(words[0]) {
		unit, words = words[0], words[1:]
	}
	if got := valueOf(m); got != value {
		return fmt.Sprintf("value %s", got), nil
	}
	if got := unitOf(m); got != unit {
		return fmt.Sprintf("unit %q", got), nil
	}
	for _, w := range words {
		if !isAssertion(w) {
			return "", fmt.Errorf("%q is no assertion", w)
		}
		if got, ok := holds(d, m, w); !ok {
			return fmt.Sprintf("%s, got %s", w, got), nil
		}
	}
	return "", nil
}

var marks = []string{"amount", "standard", "share", "change", "masked", "suspect", "planned", "done"}

func isAssertion(w string) bool {
	return slices.Contains(marks, w) || strings.ContainsAny(w[:1], "~@#+") || strings.Contains(w, "=")
}

// holds reports whether an assertion is true of a metric, and what is instead.
func holds(d *schema.Document, m *schema.Metric, w string) (got string, ok bool) {
	switch key, rest, keyed := strings.Cut(w, "="); {
	case keyed:
		got = map[string]string{
			"raw": m.Span.In(d.Text), "period": m.Period.Printed, "label": m.Label, "si": m.SI.String() + m.SIUnit,
			"start": m.Period.Start, "end": m.Period.End, "cell": m.Cell, "place": m.Slots.Place, "object": m.Slots.Object, "measure": m.Slots.Measure, "event": m.Slots.Event, "base": m.Slots.Base,
		}[key]
		got = strings.NewReplacer(" ", "", "\n", "").Replace(got)
		return got, got == rest
	case w[0] == '~':
		got = m.Approx.String()
		return got, got == w[1:] || got == "" && w == "~exact"
	case w[0] == '#':
		got = strconv.Itoa(m.PartOf)
		return "#" + got, got == w[1:]
	case w[0] == '+':
		return strings.Join(m.Flags, ";"), slices.Contains(m.Flags, w[1:])
	case w[0] == '@':
		return m.Label, labelFits(m.Label, w[1:])
	case w == "planned" || w == "done":
		return m.Status.String(), m.Status.String() == w
	}
	return m.Kind.String(), m.Kind.String() == w
}

func labelFits(label, words string) bool {
	must, not, _ := strings.Cut(words, "!")
	for _, w := range strings.Split(must, "&") {
		if !slices.ContainsFunc(strings.Split(w, "|"), func(s string) bool { return strings.Contains(label, s) }) {
			return false
		}
	}
	for _, w := range strings.FieldsFunc(not, func(r rune) bool { return r == '!' || r == '|' }) {
		if strings.Contains(label, w) {
			return false
		}
	}
	return true
}

func valueOf(m *schema.Metric) string {
	switch {
	case !m.Value.Known():
		return "?"
	case m.Max.Known():
		return m.Value.String() + ".." + m.Max.String()
	}
	return m.Value.String()
}

func unitOf(m *schema.Metric) string {
	if m.Per != "" {
		return m.Unit + "/" + m.Per
	}
	return m.Unit
}

// show prints metrics as an example would have them.
func show(d *schema.Document, metrics []schema.Metric) string {
	if len(metrics) == 0 {
		return "-"
	}
	items := make([]string, len(metrics))
	for i := range metrics {
		m := &metrics[i]
		words := []string{valueOf(m)}
		if u := unitOf(m); u != "" {
			words = append(words, u)
		}
		if m.Kind != schema.Amount {
			words = append(words, m.Kind.String())
		}
		if m.Status == schema.Planned {
			words = append(words, "planned")
		}
		if m.Approx != schema.Exact {
			words = append(words, "~"+m.Approx.String())
		}
		if m.PartOf > 0 {
			words = append(words, "#"+strconv.Itoa(m.PartOf))
		}
		if m.Label != "" {
			words = append(words, "@"+m.Label)
		}
		for _, f := range m.Flags {
			words = append(words, "+"+f)
		}
		items[i] = strings.Join(words, " ")
	}
	return strings.Join(items, " | ")
}
