package corpus

import (
	"os"
	"strings"
	"testing"
)

// TestJunk runs the examples of testdata/junk.tsv, and wants every rule of
// data/junk.txt to be used by one of them.
func TestJunk(t *testing.T) {
	data, err := os.ReadFile("testdata/junk.tsv")
	if err != nil {
		t.Fatal(err)
	}
	rules := junk()
	used := make([]bool, len(rules.rules))
	for line := range strings.Lines(string(data)) {
		in, want, ok := strings.Cut(strings.TrimSuffix(line, "\n"), "\t")
		if line[0] == '#' || !ok {
			continue
		}
		got, cuts, _ := cleanLine(rules, in)
		if got != want {
			t.Errorf("%q: %q is left, want %q", in, got, want)
		}
		put := got
		for i := len(cuts) - 1; i >= 0; i-- { // what was cut, put back, gives the line
			put = put[:cuts[i].at] + cuts[i].text + put[cuts[i].at:]
		}
		if put != in {
			t.Errorf("%q: with its cuts put back it is %q", in, put)
		}
		for n, r := range rules.rules {
			if len(cuts) > 0 && r.re.MatchString(in) {
				used[n] = true
			}
		}
	}
	for n, r := range rules.rules {
		if !used[n] {
			t.Errorf("no example for the rule %s: %s", r.reason, r.re)
		}
		if len(r.triggers) == 0 {
			t.Errorf("rule %s has no trigger", r.re)
		}
	}
}

// No word stands twice in a section of a data file.
func TestWords(t *testing.T) {
	for name, text := range map[string]string{"headings.txt": headingText, "tables.txt": tableText} {
		seen := map[string]bool{}
		section := ""
		for line := range strings.Lines(text) {
			line = strings.TrimSuffix(line, "\n")
			if line == "" || line[0] == '#' {
				continue
			}
			if line[0] == '[' {
				section = line
				continue
			}
			if key := section + line; seen[key] {
				t.Errorf("%s: %s stands twice in %s", name, line, section)
			} else {
				seen[key] = true
			}
			if strings.TrimSpace(line) != line {
				t.Errorf("%s: white space around %q", name, line)
			}
		}
	}
}

// A marker is what numbers a heading or item; what only looks like one is none.
func TestMarker(t *testing.T) {
	for _, c := range []struct {
		text string
		rank rank
		n    int
		rest string
	}{
		{"一、主要工作", rankHan, 1, "主要工作"},
		{"十二、其他", rankHan, 12, "其他"},
		{"（三）救灾", rankHanIn, 3, "救灾"},
		{"(一)低保", rankHanIn, 1, "低保"},
		{"㈡五保", rankHanIn, 2, "五保"},
		{"1、城市低保", rankArabic, 1, "城市低保"},
		{"2. 农村低保", rankArabic, 2, "农村低保"},
		{"３．医疗救助", rankArabic, 3, "医疗救助"},
		{"1.2013年工作", rankArabic, 1, "2013年工作"},
		{"1.1 总体目标", rankDecimal, 1, "总体目标"},
		{"(1)前期", rankIn, 1, "前期"},
		{"2）中期", rankIn, 2, "中期"},
		{"⑶后期", rankIn, 3, "后期"},
		{"①选址", rankCircle, 1, "选址"},
		{"一是加强管理", rankWord, 1, "加强管理"},
		{"首先，感谢", rankWord, 0, "，感谢"},
		{"第一章 总则", rankChapter, 1, "总则"},
		{"第二部分　计划", rankPart, 2, "计划"},
		{"第十条 本办法", rankClause, 10, "本办法"},
		{"篇一", rankPart, 1, ""},
		{"篇12023年，我局", rankPart, 1, "2023年，我局"},
		{"篇120__年，我局", rankPart, 1, "20__年，我局"},
		{"【低保】全县", rankBracket, 0, "低保】全县"},
		{"〔殡葬〕全县，", rankBracket, 0, "殡葬〕全县，"},
		{"[婚姻、收养]全县。", rankBracket, 0, "婚姻、收养]全县。"},
		{"〔一〕全县", rankHanIn, 1, "全县"},
		{"――春节慰问。", rankBullet, 0, "春节慰问。"},
		{text: "一、二、三等奖"},
		{text: "1.2亿元"},
		{text: "1、2、3号机组"},
		{text: "2013年工作"},
		{text: "10.5%的农户"},
		{text: "一般损坏户"},
		{text: "2、.4亿吨公里"},
		{text: "第三方评估"},
		{text: "〔2011〕12号"},
		{text: "[国土]国土资源管理"},
		{text: "[2]见附表"},
		{text: "[注:下同]"},
		{text: "十分重要"},
		{text: "（2013）12号"},
		{text: "三个代表"},
	} {
		m, ok := markerAt(c.text)
		if ok != (c.rank != rankNone) || m.rank != c.rank || m.n != c.n || ok && c.text[m.size:] != c.rest {
			t.Errorf("%s: rank %d, number %d, then %q", c.text, m.rank, m.n, c.text[m.size:])
		}
	}
}
