package segment

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"unicode/utf8"

	"github.com/go-ego/gse"
)

// plain is the segmenter over gse's words alone; it is loaded once.
var plain = New(Options{})

// tagged prints words as 城市/ns 低保/n.
func tagged(s *Segmenter, text string) string {
	var words []string
	s.Words(text, func(w Word) bool {
		words = append(words, text[w.Start:w.End]+"/"+w.Tag)
		return true
	})
	return strings.Join(words, " ")
}

func TestWords(t *testing.T) {
	for _, c := range []struct{ text, want string }{
		{"", ""},
		{"全县农作物受灾面积2501公顷", "全县/n 农作物/n 受灾/v 面积/n 2501/x 公顷/q"},
		{"发放救灾资金12.5万元。", "发放/v 救灾/vn 资金/n 12/x ./x 5/x 万元/m 。/x"},
		{"残疾人联合会", "残疾人/n 联合会/nt"},
		{"新疆和田地区", "新疆/ns 和田/nz 地区/n"},
		{"中\n国。中国", "中/f \n/x 国/zg 。/x 中国/ns"},
		{"𠀀乱\xff码km2", "𠀀/x 乱/zg \xff/x 码/n km2/x"},
		{"4S店与4s店", "4S/x 店/n 与/p 4s/x 店/n"},
		{"买AA制T恤", "买/v AA/x 制/n T/x 恤/zg"},
	} {
		if got := tagged(plain, c.text); got != c.want {
			t.Errorf("%s\n got %s\nwant %s", c.text, got, c.want)
		}
	}
}

// A caller's words stand before gse's; without a frequency they fill its gaps.
func TestOptions(t *testing.T) {
	text := "开展两癌筛查和发放救灾资金"
	if got, want := tagged(plain, text), "开展/v 两/zg 癌/zg 筛查/vn 和/c 发放/v 救灾/vn 资金/n"; got != want {
		t.Errorf("gse alone\n got %s\nwant %s", got, want)
	}
	s := New(Options{
		Words: []Entry{{"救灾资金", 100, "nz"}, {"开展", 9, "vx"}, {"两癌筛查", 0, "n"}, {"发放", 0, "n"}, {"和", 0, "n"}},
	})
	if got, want := tagged(s, text), "开展/vx 两癌筛查/n 和/c 发放/v 救灾资金/nz"; got != want {
		t.Errorf("with words\n got %s\nwant %s", got, want)
	}
}

func TestTag(t *testing.T) {
	for _, c := range []struct{ word, tag string }{
		{"公顷", "q"}, {"总结", "n"}, {"㐽", "zg"}, {"公顷公顷", ""}, {"公", "n"}, {"", ""}, {"#", ""}, {"\U0010ffff", ""}, {"中国 ", ""},
	} {
		if tag, ok := Tag(c.word); tag != c.tag || ok != (c.tag != "") {
			t.Errorf("%q is %q, %v, want %q", c.word, tag, ok, c.tag)
		}
	}
	list, err := Parse("words.txt", dictionary)
	if !slices.Equal(list, entries()) {
		t.Error("the words of words.txt are not those that are loaded")
	}
	for _, e := range list { // as long as they are in order
		if tag, ok := Tag(e.Text); err != nil || !ok || tag != e.Tag {
			t.Fatalf("%s is %q, %v, want %q", e.Text, tag, ok, e.Tag)
		}
	}
}

func TestStop(t *testing.T) {
	n := 0
	if plain.Words("发放救灾资金", func(Word) bool { n++; return n < 2 }) || n != 2 {
		t.Errorf("%d words after stopping at the second", n)
	}
}

func TestParse(t *testing.T) {
	for _, c := range []struct{ text, want string }{
		{"\ufeff两癌筛查 100 n\r\n\n# 注释\n双拥\n以奖代补 3.5\n", "[{两癌筛查 100 n} {双拥 0 } {以奖代补 3.5 }]"},
		{"C# 3 n", "[{C# 3 n}]"},
		{"双拥 100 n\n双拥 多 n", `my.txt:2: "多" is no frequency, want a number up to 1e9`},
		{"双拥 -1 n", `my.txt:1: "-1" is no frequency, want a number up to 1e9`},
		{"双拥 NaN", `my.txt:1: "NaN" is no frequency, want a number up to 1e9`},
		{"双拥 1e300", `my.txt:1: "1e300" is no frequency, want a number up to 1e9`},
		{"双拥 3 n 退役", "my.txt:1: more than a word, its frequency and its part of speech"},
		{"\n\n\xcb\xab\xd3\xff 3 n", "my.txt:3: \"˫\\xd3\\xff\" is no word"},
		{"双\x00拥", `my.txt:1: "双\x00拥" is no word`},
		{strings.Repeat("长", 51), `my.txt:1: "` + strings.Repeat("长", 20) + `" is no word`},
	} {
		got, err := Parse("my.txt", c.text)
		if s := fmt.Sprint(got); err == nil && s != c.want || err != nil && err.Error() != c.want {
			t.Errorf("%q\n got %s, %v\nwant %s", c.text, s, err, c.want)
		}
	}
}

// Many goroutines may begin with the same segmenter.
func TestConcurrent(t *testing.T) {
	s := New(Options{Words: []Entry{{"两癌筛查", 0, "n"}}})
	var all sync.WaitGroup
	for range 8 {
		all.Go(func() {
			if got := tagged(s, "开展两癌筛查"); got != "开展/v 两癌筛查/n" {
				t.Error(got)
			}
		})
	}
	all.Wait()
}

// texts are the reports of the project's sample, and those of MINGXI_SHARED
// where there are some.
func texts(t testing.TB) []string {
	t.Helper()
	files, err := filepath.Glob("../../bench/gold/*.txt")
	if err != nil || len(files) == 0 {
		t.Fatalf("no texts: %v", err)
	}
	if dir := os.Getenv("MINGXI_SHARED"); dir != "" {
		more, _ := filepath.Glob(filepath.Join(dir, "corpus", "*", "*.txt"))
		files = append(files, more...)
	}
	var all []string
	for _, f := range files {
		data, err := os.ReadFile(f)
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, string(data))
	}
	return all
}

// What the part of the dictionary costs: most words keep the cut and the tag that
// they have with all of gse's dictionary.
func TestReference(t *testing.T) {
	if testing.Short() {
		t.Skip("gse's whole dictionary takes over a second to load")
	}
	whole := gse.Segmenter{SkipLog: true, NotLoadHMM: true}
	if err := whole.LoadDictEmbed("zh_s"); err != nil {
		t.Fatal(err)
	}
	same, all := 0, 0
	lost := map[string]int{}
	for _, text := range texts(t) {
		for line := range strings.Lines(text) {
			var ours []Word
			plain.Words(line, func(w Word) bool { ours = append(ours, w); return true })
			for _, w := range whole.Segment([]byte(line)) {
				all++
				i, ok := slices.BinarySearchFunc(ours, w.Start(), func(o Word, at int) int { return o.Start - at })
				if ok && ours[i].End == w.End() && ours[i].Tag == w.Token().Pos() {
					same++
				} else {
					lost[line[w.Start():w.End()]+"/"+w.Token().Pos()]++
				}
			}
		}
	}
	ratio := float64(same) / float64(all)
	t.Logf("%d of %d words are those of the whole dictionary: %.4f; lost %d: %v", same, all, ratio, len(lost), lost)
	if ratio < 0.94 {
		t.Errorf("%.4f of the words are those of the whole dictionary", ratio)
	}
}

// FuzzWords: any bytes are divided into words that together are the text, and
// valid text is never cut inside a character.
func FuzzWords(f *testing.F) {
	for _, text := range []string{"农村低保35.8万户", "abc\xff中\xe4\xb8", "中\x00国\x00", strings.Repeat("中国人民", 800), strings.Repeat("a", 5000), strings.Repeat("é", 4096)} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		at := 0
		plain.Words(text, func(w Word) bool {
			if w.Start != at || w.End <= w.Start {
				t.Fatalf("word %d:%d after %d", w.Start, w.End, at)
			}
			if at = w.End; utf8.ValidString(text) && at < len(text) && !utf8.RuneStart(text[at]) {
				t.Fatalf("word %d:%d cuts a character", w.Start, w.End)
			}
			return true
		})
		if at != len(text) {
			t.Fatalf("words end at %d of %d", at, len(text))
		}
	})
}

// FuzzParse: whatever a file of words holds, the segmenter takes what Parse gives.
func FuzzParse(f *testing.F) {
	f.Add("两癌筛查 100 n", "开展两癌筛查")
	f.Add("中 1e9\n中国\x00 3", "中国")
	f.Fuzz(func(t *testing.T, words, text string) {
		list, err := Parse("f", words)
		if err != nil {
			return
		}
		g := gse.Segmenter{Dict: gse.NewDict()}
		for _, e := range list {
			g.AddToken(e.Text, max(e.Freq, 1), e.Tag)
		}
		g.CalcToken()
		g.Segment([]byte(text))
	})
}

func BenchmarkWords(b *testing.B) {
	text := strings.Join(texts(b), "\n")
	b.SetBytes(int64(len(text)))
	b.ReportAllocs()
	for b.Loop() {
		plain.Words(text, func(Word) bool { return true })
	}
}

func BenchmarkLoad(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		New(Options{}).Words("中", func(Word) bool { return true })
	}
}
