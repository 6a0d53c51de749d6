package audit_test

import (
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"mingxi/corpus"
	"mingxi/extract/audit"
	"mingxi/schema"
)

var update = flag.Bool("update", false, "rewrite testdata/examples.txt")

// examples read one text after the other through corpus and extract.
func answer(t *testing.T, text string) string {
	t.Helper()
	d, r := readText(t, text)
	var b strings.Builder
	for _, f := range audit.New().Check(d, r) {
		b.WriteString("=> " + strings.Join([]string{f.Relation, f.Verdict.String(), f.Equation}, "  "))
		if e := f.Explanation.String(); e != "" {
			b.WriteString("  " + e)
		}
		b.WriteByte('\n')
	}
	if b.Len() == 0 {
		return "=> nothing\n"
	}
	return b.String()
}

func readText(t *testing.T, text string) (*schema.Document, *schema.Reading) {
	t.Helper()
	text = strings.ReplaceAll(text, "⏎", "\n")
	d, err := corpus.Read("example.txt", []byte(text), corpus.Options{})
	if err != nil {
		t.Fatalf("%s: %v", text, err)
	}
	return d, extractor().Read(d)
}

func TestExamples(t *testing.T) {
	const name = "testdata/examples.txt"
	data, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	var out strings.Builder
	for _, line := range strings.Split(strings.TrimRight(string(data), "\n"), "\n") {
		if strings.HasPrefix(line, "=>") {
			continue
		}
		out.WriteString(line + "\n")
		if line != "" && line[0] != '#' {
			out.WriteString(answer(t, line))
		}
	}
	if *update {
		if err := os.WriteFile(name, []byte(out.String()), 0o666); err != nil {
			t.Fatal(err)
		}
		return
	}
	got, want := strings.Split(out.String(), "\n"), strings.Split(string(data), "\n")
	for i := range got {
		if i >= len(want) || got[i] != want[i] {
			t.Fatalf("%s:%d: %s (go test -update rewrites it)", name, i+1, got[i])
		}
	}
}

// What an audit writes into the figures changes no finding of the next.
func TestComplete(t *testing.T) {
	files, _ := filepath.Glob("../../bench/gold/*.txt")
	a := audit.New()
	for _, f := range files {
		d, r := readDocument(t, f)
		first := a.Complete(d, r, 0)
		second := a.Check(d, r)
		if len(first) != len(second) {
			t.Errorf("%s: %d findings, then %d", f, len(first), len(second))
			continue
		}
		for i := range first {
			if first[i].Equation != second[i].Equation || first[i].Verdict != second[i].Verdict {
				t.Errorf("%s: %s, then %s", f, first[i].Equation, second[i].Equation)
			}
		}
	}
}

// Rules of the user: what they say, and what is wrong with others.
func TestRules(t *testing.T) {
	d, r := readText(t, "城市低保对象3126户,农村低保对象14035户。低保对象共17161户。养老床位总数632张。")
	labels := map[string]bool{}
	for _, m := range r.Metrics {
		labels[m.Label] = true
	}
	for _, test := range []struct{ rule, want string }{
		{`"城市低保对象户数" + "农村低保对象户数" == 17161`, "holds"},
		{`"城市低保对象户数" + "农村低保对象户数" == 17162`, "contradicts"}, // households come whole
		{`"城市低保对象户数" + "农村低保对象户数" == 17261`, "contradicts"},
		{`"城市低保对象户数" * 2 <= "农村低保对象户数"`, "holds"},
		{`10 <= "养老床位总数" <= 500`, "contradicts"},
		{`"养老床位总数" / 2 - (-4) > 319`, "holds"},
		{`"没有的指标" > 1`, ""},
		{`dibao_persons == dibao_urban_persons + dibao_rural_persons`, ""},
	} {
		rules, err := audit.ParseRules("my.rules", "id: a\nrule: "+test.rule)
		if err != nil {
			t.Fatal(err)
		}
		got := ""
		for _, f := range audit.New().Apply(rules, d, r, nil) {
			got += f.Verdict.String()
		}
		if got != test.want {
			t.Errorf("%s: %q, want %q (labels %v)", test.rule, got, test.want, labels)
		}
	}
}

func TestRuleErrors(t *testing.T) {
	for text, want := range map[string]string{
		"id: a":                         "my.rules:1: a rule wants an id and a rule",
		"id: A\nrule: a == 1":           `my.rules:1: an id is of a-z, 0-9, _ and -: "A"`,
		"id: a\nrule: a = 1":            `my.rules:2: unexpected "= 1"`,
		"id: a\nrule: a":                "my.rules:2: a rule compares: want ==, !=, <=, >=, < or >",
		"id: a\nrule: 1 == 2":           "my.rules:2: a rule names at least one figure",
		"id: a\nrule: (a == 1":          "my.rules:2: a bracket does not close",
		"id: a\nrule: \"a == 1":         "my.rules:2: a label does not close",
		"id: a\nrule: a == 1\n\nid: a":  "my.rules:4: a second rule a",
		"id: a\nrules: a == 1":          `my.rules:2: no key "rules"`,
		"id: a\nseverity: bad":          `my.rules:2: severity is note, warning or error, not "bad"`,
		"id: a\nrule: a == 1\nscope: x": `my.rules:3: scope is article or document, done or planned, not "x"`,
		"nothing":                       "my.rules:1: want key: value",
	} {
		_, err := audit.ParseRules("my.rules", text)
		if err == nil || err.Error() != want {
			t.Errorf("%q: %v, want %s", text, err, want)
		}
	}
}

// Whatever the text, the audit ends, keeps to the figures, and says the same twice.
func FuzzCheck(f *testing.F) {
	data, err := os.ReadFile("testdata/examples.txt")
	if err != nil {
		f.Fatal(err)
	}
	for _, line := range strings.Split(string(data), "\n") {
		if line != "" && line[0] != '#' && line[0] != '=' {
			f.Add(line)
		}
	}
	x, a := extractor(), audit.New()
	f.Fuzz(func(t *testing.T, text string) {
		d, err := corpus.Read("fuzz.txt", []byte(text), corpus.Options{})
		if err != nil {
			return
		}
		r := x.Read(d)
		first := a.Check(d, r)
		for i, g := range first {
			if g.ID != i+1 || g.Stated > len(r.Metrics) || len(g.Members) == 0 || g.Anchor() < 1 {
				t.Fatalf("finding %+v", g)
			}
		}
		second := a.Check(d, r)
		if len(first) != len(second) {
			t.Fatal("two answers")
		}
		for i := range first {
			if first[i].Equation != second[i].Equation || first[i].Verdict != second[i].Verdict || first[i].Explanation != second[i].Explanation {
				t.Fatalf("%s %s", first[i].Equation, second[i].Equation)
			}
		}
	})
}

// Checking takes the same time per figure however long a sentence is.
func TestCheckIsLinear(t *testing.T) {
	if testing.Short() {
		t.Skip("takes seconds")
	}
	for _, unit := range []string{
		"减少3人,增加5人,", "分别增长3%、4%、", "上年3人,分别增长3%、增加5%,", "分别占3%、4%,", "占比3%、4%、", "5人、6人,分别占总数30人的3%、",
		"旧存12件,新收30件,办结20件,办结率49%,",
	} {
		per := func(n int) time.Duration {
			d, r := readText(t, "全年,"+strings.Repeat(unit, n)+"。")
			least := time.Hour
			for range 2 {
				start := time.Now()
				audit.New().Check(d, r)
				least = min(least, time.Since(start))
			}
			return least / time.Duration(n)
		}
		short, long := per(300), per(4000)
		for range 3 { // another program may have held this one up
			if long > 4*short+20*time.Microsecond {
				long = min(long, per(4000))
			}
		}
		if long > 4*short+20*time.Microsecond {
			t.Errorf("%s: %v each of 300, %v of 4000", unit, short, long)
		}
	}
}

// A stretch of a long document holds figures whose numbers do not begin at 1: it is
// audited as it is at the beginning.
func TestStretch(t *testing.T) {
	for _, text := range []string{
		"罚没收入1664.6万元,完成任务1600万元的104%,超收64.6万元。",
		"共筹集240万元,其中下拨70万元,自筹170万元。",
	} {
		d, r := readText(t, text)
		want := audit.New().Complete(d, r, 0)
		d, r = readText(t, text)
		for i := range r.Metrics {
			if r.Metrics[i].Seq += 5000; r.Metrics[i].PartOf > 0 {
				r.Metrics[i].PartOf += 5000
			}
		}
		got := audit.New().Complete(d, r, 0)
		if len(want) == 0 || len(got) != len(want) {
			t.Errorf("%s: %d findings, of the first stretch %d", text, len(got), len(want))
		}
	}
}
