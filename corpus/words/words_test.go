package words

import (
	"fmt"
	"math"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"mingxi/corpus/fold"
	"mingxi/corpus/segment"
)

var seg = segment.New(segment.Options{})

// count counts texts.
func count(texts ...string) *Count {
	c := new(Count)
	for _, t := range texts {
		c.Text()
		Sentences(seg, fold.String(t), func(s Sentence) {
			for _, t := range s.Tokens {
				c.Add(t)
			}
		})
	}
	return c
}

func TestFrequencies(t *testing.T) {
	c := count("发放救灾资金12.5万元,救灾棉被300床。", "發放救災物資;ＡＢＣ。", "")
	var got []string
	for _, r := range c.Frequencies() {
		got = append(got, fmt.Sprintf("%s/%s %d in %d", r.Word, r.Tag, r.N, r.Texts))
	}
	want := []string{"救灾/vn 3 in 2", "发放/v 2 in 2", "abc/x 1 in 1", "万元/m 1 in 1", "床/n 1 in 1", "棉被/n 1 in 1", "物资/n 1 in 1", "资金/n 1 in 1"}
	if !slices.Equal(got, want) {
		t.Errorf("got  %q\nwant %q", got, want)
	}
	if c.Tokens != 11 || c.Texts != 3 {
		t.Errorf("%d words in %d texts, want 11 in 3", c.Tokens, c.Texts)
	}
	if n, texts := c.Of("救灾"); n != 3 || texts != 2 {
		t.Errorf("救灾 %d in %d", n, texts)
	}
}

// What two workers count is what one counts.
func TestMerge(t *testing.T) {
	texts := strings.Split("发放救灾资金|救灾物资|低保金|发放低保金", "|")
	one, two := count(texts...), count(texts[:1]...)
	two.Merge(count(texts[1:]...))
	if got, want := two.Frequencies(), one.Frequencies(); !slices.Equal(got, want) {
		t.Errorf("got  %v\nwant %v", got, want)
	}
}

// What follows from the formula by hand: 126 in 4,000 words beside 63 in 6,000 are
// 75.6 and 113.4 expected.
func TestKeyness(t *testing.T) {
	for _, c := range []struct {
		a, all, b, other int
		ll, ratio        float64
	}{
		{10, 1000, 10, 1000, 0, 0},
		{20, 1000, 10, 1000, 2 * (20*math.Log(20.0/15) + 10*math.Log(10.0/15)), 1},
		{126, 4000, 63, 6000, 2 * (126*math.Log(126/75.6) + 63*math.Log(63/113.4)), math.Log2(3)},
		{0, 1000, 8, 1000, 2 * 8 * math.Log(2), -4},
		{8, 1000, 0, 1000, 2 * 8 * math.Log(2), 4},
		{8, 1000, 0, 0, 0, 0},
	} {
		ll, ratio := keyness(c.a, c.all, c.b, c.other), logRatio(c.a, c.all, c.b, c.other)
		if math.Abs(ll-c.ll) > 1e-9 || c.other > 0 && math.Abs(ratio-c.ratio) > 1e-9 {
			t.Errorf("%v: LL %.4f, ratio %.4f", c, ll, ratio)
		}
	}
}

func TestKeywords(t *testing.T) {
	a := count(strings.Repeat("发放救灾资金。", 30) + strings.Repeat("召开会议。", 10))
	b := count(strings.Repeat("召开会议。", 30) + "防汛。")
	rows := Keywords(a, b)
	var got []string
	for _, r := range rows {
		got = append(got, fmt.Sprintf("%s %d:%d", r.Word, r.N, r.Other))
	}
	if want := []string{"发放 30:0", "救灾 30:0", "资金 30:0", "会议 10:30", "召开 10:30", "防汛 0:1"}; !slices.Equal(got, want) {
		t.Errorf("got  %q\nwant %q", got, want)
	}
}

// near counts around a run of characters.
func near(node string, span int, texts ...string) *Near {
	n := &Near{Node: node, Span: span}
	for _, t := range texts {
		n.Text()
		text := fold.String(t)
		Sentences(seg, text, func(s Sentence) { n.Add(text, s) })
	}
	return n
}

func TestNear(t *testing.T) {
	n := near("资金", 2, "及时发放救灾资金和生活补助。资金")
	var got []string
	for _, r := range n.Around.Frequencies() {
		got = append(got, r.Word)
	}
	if want := []string{"发放", "和", "救灾", "生活"}; !slices.Equal(got, want) {
		t.Errorf("around 资金: %q, want %q", got, want)
	}
	if n.Found != 2 || n.All.Tokens != 6 {
		t.Errorf("found %d, %d other words; want 2 and 6", n.Found, n.All.Tokens)
	}
	// A part of a word counts too, and the word is none of its own neighbours; one
	// between two is counted once.
	n = near("残疾", 1, "扶助残疾人家庭。", "残疾人和残疾人")
	if n.Found != 3 || n.Around.Tokens != 3 || n.Around.Texts != 2 {
		t.Errorf("found %d, %d around, in %d texts", n.Found, n.Around.Tokens, n.Around.Texts)
	}
	if n := near("", 3, "发放救灾资金"); n.Found != 0 || n.All.Tokens != 3 {
		t.Errorf("around nothing: %+v", n)
	}
	if n := near("没有的词", 3, "发放救灾资金"); n.Found != 0 || n.Around.Tokens != 0 || n.All.Tokens != 3 {
		t.Errorf("%+v", n)
	}
}

func TestCollocates(t *testing.T) {
	n := near("低保", 2, strings.Repeat("全年发放低保金。", 10)+strings.Repeat("全年召开会议。", 40)+strings.Repeat("发放资料。", 5))
	rows := Collocates(&n.Around, &n.All)
	if len(rows) == 0 || rows[0].Word != "发放" || rows[0].N != 10 || rows[0].Other != 15 {
		t.Fatalf("%+v", rows)
	}
	for _, r := range rows {
		if r.Word == "召开" || r.LL < 0 || math.IsNaN(r.LL) {
			t.Errorf("%+v", r)
		}
	}
	// By hand, of the four cells: near the node 10 发放 and 10 others (20 words
	// stand near), elsewhere 5 and 125.
	all, around := float64(n.All.Tokens), float64(n.Around.Tokens)
	want := 0.0
	for _, c := range [][3]float64{{10, 15, around}, {around - 10, all - 15, around}, {5, 15, all - around}, {all - around - 5, all - 15, all - around}} {
		want += 2 * c[0] * math.Log(c[0]*all/c[1]/c[2])
	}
	if math.Abs(rows[0].LL-want) > 1e-9 {
		t.Errorf("LL %.4f, want %.4f", rows[0].LL, want)
	}
}

func TestLines(t *testing.T) {
	text := "一、救災\n發放救災資金12萬元,救灾棉被300床。"
	var got []string
	for l := range Lines(text, "救灾", 3) {
		got = append(got, fmt.Sprintf("%s|%s|%s %d", l.Left, l.Key, l.Right, l.Start))
		if r := []rune(text)[l.Start:]; !strings.HasPrefix(string(r), l.Key) {
			t.Errorf("%s does not stand at %d", l.Key, l.Start)
		}
	}
	want := []string{"一、|救災| 發放 2", " 發放|救災|資金1 7", "萬元,|救灾|棉被3 16"}
	if !slices.Equal(got, want) {
		t.Errorf("got  %q\nwant %q", got, want)
	}
	if len(slices.Collect(Lines(text, "", 3)))+len(slices.Collect(Lines("", "救灾", 3)))+len(slices.Collect(Lines("低保", "救灾", 3))) > 0 {
		t.Error("lines of nothing")
	}
}

// FuzzText: any text can be counted and searched.
func FuzzText(f *testing.F) {
	f.Add("发放救灾资金\n12.5万元。", "救灾")
	f.Add("\xff\x00Ａ救災", "a")
	f.Fuzz(func(t *testing.T, text, node string) {
		for l := range Lines(text, node, 5) {
			if fold.String(l.Key) != fold.String(node) && utf8.ValidString(text) && utf8.ValidString(node) && !strings.ContainsAny(node, "\n\t\r") {
				t.Fatalf("%q is not %q", l.Key, node)
			}
		}
		n := near(fold.String(node), 2, text)
		for _, r := range Collocates(&n.Around, &n.All) {
			if math.IsNaN(r.LL) || r.N > r.Other {
				t.Fatalf("%+v", r)
			}
		}
	})
}
