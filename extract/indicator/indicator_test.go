package indicator

import (
	"os"
	"slices"
	"strings"
	"testing"

	"mingxi/schema"
)

// The two vocabularies of the program have no mistakes, and every code of the
// one may name codes of the other.
func TestBuiltin(t *testing.T) {
	for _, p := range Check(Builtin()) {
		t.Error(p)
	}
	counts := map[string]int{}
	for _, one := range Builtin() {
		counts[one.File]++
	}
	if counts["data/civil.tsv"] != 299 || counts["data/county.tsv"] < 200 {
		t.Errorf("indicators: %v", counts)
	}
}

func TestExamples(t *testing.T) {
	b, err := os.ReadFile("testdata/examples.txt")
	if err != nil {
		t.Fatal(err)
	}
	v := New(Builtin())
	n := 0
	for line := range strings.Lines(string(b)) {
		line = strings.TrimSpace(line)
		if line == "" || strings.HasPrefix(line, "#") {
			continue
		}
		example, want, ok := strings.Cut(line, "=>")
		if !ok {
			t.Fatalf("no => in %q", line)
		}
		n++
		want = strings.TrimSpace(want)
		if got := v.Match(parseExample(t, example)); got.Code != want {
			t.Errorf("%s=> %s %.2f, want %s", example, got.Code, got.Score, want)
		}
	}
	if n < 50 {
		t.Errorf("%d examples", n)
	}
}

// parseExample reads the left side of an example.
func parseExample(t *testing.T, s string) (f Figure) {
	cut := func(sign string) string {
		rest, text, _ := strings.Cut(s, sign)
		s = rest
		return strings.TrimSpace(text)
	}
	f.Context, f.Whole, f.Heading = cut("@"), cut("⊂"), cut("§")
	label, rest, _ := strings.Cut(s, "|")
	f.Label = strings.TrimSpace(label)
	words := strings.Fields(rest)
	if len(words) == 0 {
		t.Fatalf("no unit in %q", s)
	}
	f.Unit, f.Per, _ = strings.Cut(words[0], "/")
	for k := schema.Amount; len(words) > 1 && k <= schema.Suspect; k++ {
		if k.String() == words[1] {
			f.Kind = k
		}
	}
	return f
}

// Each name of the vocabulary is mapped to its own indicator, where its domain is
// spoken of; but for the few that many share.
func TestNames(t *testing.T) {
	v := New(Builtin())
	names, lost := 0, []string{}
	for i := range v.list {
		one := &v.list[i]
		for _, name := range one.names() {
			names++
			got := v.Match(printed(one, name))
			switch got.Code {
			case one.Code:
			case "":
				lost = append(lost, one.Code+" "+name)
			default:
				if one.Code != "relief_grain_outlay" { // 筹集…购买救灾粮: the gap is not kept
					t.Errorf("%s of %s is mapped to %s", name, one.Code, got.Code)
				}
			}
		}
	}
	if len(lost)*100 > names*2 {
		t.Errorf("%d of %d names are mapped to nothing: %q", len(lost), names, lost)
	}
}

// printed is a figure that has a name as its label.
func printed(one *Indicator, name string) Figure {
	f := Figure{Context: one.DomainZH}
	f.Label, _, _ = strings.Cut(name, "…")
	f.Unit, f.Per, _ = strings.Cut(one.UnitZH, "/")
	switch {
	case strings.HasSuffix(one.Code, "_growth"):
		f.Kind = schema.Change
	case one.Nature == "std":
		f.Kind = schema.Standard
	case one.Dimension == "ratio":
		f.Kind = schema.Share
	}
	return f
}

// What a word is read as is not read on: a line that names a word which stands
// on the left of another line would be half a reading.
func TestWords(t *testing.T) {
	w := newWords()
	for word, terms := range w.read {
		for _, term := range terms {
			if !slices.Equal(w.read[term], []string{term}) {
				t.Errorf("words.txt: %s is read as %s, which is read as %q", word, term, w.read[term])
			}
		}
	}
	for domain := range w.cues {
		if !slices.ContainsFunc(Builtin(), func(i Indicator) bool { return i.Domain == domain }) {
			t.Errorf("words.txt: no indicator has the domain %s", domain)
		}
	}
	for word := range w.weak {
		if _, ok := w.read[word]; !ok {
			t.Errorf("words.txt: %s", word)
		}
	}
}

// Only growth on the year before has the indicator of a growth.
func TestYearBefore(t *testing.T) {
	w := LoadBases()
	for base, want := range map[string]bool{
		"上年": true, "上年 (assumed)": true, "上年同期": true, "去年底": true, "上年同口径": true, "2012年": true, "2012年同期": true, "同期": true, "上年决算数": true,
		"": false, "计划": false, "年初预算": false, "上年预算": false, "目标": false, "预期": false, "2010年": false, "2013年": false, "前五年": false, "上期": false,
		"二〇一二年": true, "二○一二年底": true, "12年": true, "一二年": true, "2 0 1 2年": true, "2012年将": true, "２０１２年度": true,
		"二〇一〇年": false, "十二年": false, "二年": false, "11年": false, "一二年前": false, "212年": false, "十一五末": false, "历史同期": false, "上年全省": false, "上年平均": false, "任务数": false, "20122年": false,
	} {
		if got := w.yearBefore(base, 2013); got != want {
			t.Errorf("%s: %v", base, got)
		}
	}
	if w.yearBefore("2012年", 0) {
		t.Error("2012年 of an unknown year")
	}
	for _, c := range []struct {
		base, before string
		period       schema.Period
		want         bool
	}{
		{"一九五二年", "一九五三年工业总产值比一九五二年增加", schema.Period{}, true},
		{"57年", "五八年粮食产量比57年增加", schema.Period{}, true},
		{"五七年", "粮食产量比五七年增加", schema.Period{}, false},
		{"2010年", "财政收入比2011年增长8%,比2010年增长", schema.Period{}, false},
		{"2010年", "2012年财政收入比2010年增长", schema.Period{}, false},
		{"2012年", "2012年财政收入比2011年增长8%,2013年比2012年增长", schema.Period{}, true},
		{"12年", "", schema.Period{Printed: "13年"}, true},
		{"2010年", "", schema.Period{Start: "2011-01-01", End: "2013-12-31"}, false},
		{"2010年", "", schema.Period{End: "2011-12-31"}, true},
	} {
		m := &schema.Metric{Kind: schema.Change, Period: c.period, Slots: schema.Slots{Base: c.base}}
		if got := w.OnYearBefore(m, 0, c.before); got != c.want {
			t.Errorf("%+v: %v", c, got)
		}
	}
	a := New(Builtin()).asker()
	for _, m := range []struct {
		schema.Metric
		want string
	}{
		{schema.Metric{Slots: schema.Slots{Base: "上年"}}, "rev_total_growth"},
		{schema.Metric{Slots: schema.Slots{Base: "计划"}}, ""},
		{schema.Metric{Slots: schema.Slots{Base: "2010年"}}, ""},
		{schema.Metric{Slots: schema.Slots{Base: "2010年"}, Period: schema.Period{Start: "2011-01-01"}}, "rev_total_growth"},
		{schema.Metric{}, ""}, // 五年来,…增长80%
		{schema.Metric{Cell: "1 R2C3"}, "rev_total_growth"},
	} {
		m.Kind, m.Unit = schema.Change, "%"
		a.set(&m.Metric, Figure{Label: "财政收入增速", Unit: "%", Kind: schema.Change, Year: 2013})
		if m.Code != m.want {
			t.Errorf("%+v: %s, want %s", m.Metric, m.Code, m.want)
		}
	}
}

// A user's list goes before the built-in ones.
func TestOwnList(t *testing.T) {
	const header = "code\tname_zh\tunit\tnature\taliases\tcolour\n"
	own, problems := Parse("own.tsv", strings.NewReader("\ufeff"+header+"cooks\t厨师人数\tperson\tstock\t大厨|炊事员\tred\ngdp\t生产总值\tyuan\tflow\nmy_hh\t低保家庭数\thousehold\tstock\t城市低保户数\n"))
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	v := New(Builtin(), own)
	if got := v.Match(Figure{Label: "炊事员人数", Unit: "人"}); got.Code != "cooks" {
		t.Errorf("own indicator: %v", got)
	}
	if got := v.Match(Figure{Label: "城市低保对象户数", Unit: "户"}); got.Code != "my_hh" {
		t.Errorf("a name that a built-in indicator has, too: %v", got)
	}
	if got := v.Get("gdp"); got.NameZH != "生产总值" {
		t.Errorf("gdp is still %s", got.NameZH)
	}
	if got := v.Get("cooks").Other; len(got) != 1 || got[0] != (Field{"colour", "red"}) {
		t.Errorf("other columns: %v", got)
	}
	if got := v.Nearest("cook"); got != "cooks" {
		t.Errorf("nearest to cook: %q", got)
	}
}

func TestFind(t *testing.T) {
	v := New(Builtin())
	for query, want := range map[string]string{"城市 低保 户数": "dibao_urban_hh", "gdp": "gdp", "火化率": "cremation_rate", "beds health": "hosp_beds"} {
		if got := v.Find(query); len(got) == 0 || got[0].Code != want {
			t.Errorf("%s: %v", query, got)
		}
	}
	if got := v.Find("没有的词"); len(got) != 0 {
		t.Errorf("found %v", got)
	}
}

func FuzzMatch(f *testing.F) {
	v := New(Builtin())
	f.Add("城市低保户数", "户", "", "一、低保", "城市")
	f.Add("\xff％（元/人·月）…", "元", "人·月", "", "")
	f.Fuzz(func(t *testing.T, label, unit, per, heading, whole string) {
		figure := Figure{Label: label, Unit: unit, Per: per, Heading: heading, Whole: whole}
		m := v.Match(figure)
		if m != v.Match(figure) {
			t.Error("two answers")
		}
		if (m.Code == "") != (m.Score == 0) || m.Score < 0 || m.Score > 1 {
			t.Errorf("%v", m)
		}
	})
}

func FuzzParse(f *testing.F) {
	f.Add("code\tname_zh\tunit\tnature\nx\t某\tperson\tstock\n")
	f.Add("code\tname_zh\tunit\tnature\tparent\nx\t某\tperson\tstock\ty\ny\t某某\tperson\tstock\tx\n")
	f.Fuzz(func(t *testing.T, text string) {
		list, problems := Parse("f.tsv", strings.NewReader(text))
		if len(problems) == 0 {
			Check(list)
			New(list).Match(Figure{Label: "某", Unit: "人"})
		}
	})
}
