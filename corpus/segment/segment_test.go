package segment

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"
)

func load(t testing.TB) *Segmenter {
	t.Helper()
	s, err := Load()
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// tagged prints words as 城市/ns 低保/n.
func tagged(s *Segmenter, text string) string {
	var b strings.Builder
	for w := range s.All(text) {
		if b.Len() > 0 {
			b.WriteByte(' ')
		}
		b.WriteString(text[w.Start:w.End] + "/" + w.Tag)
	}
	return b.String()
}

func TestWords(t *testing.T) {
	s := load(t)
	for _, c := range []struct{ text, want string }{
		{"", ""},
		{"全县农作物受灾面积2501公顷", "全县/n 农作物/n 受灾面积/l 2501/x 公顷/q"},
		{"发放救灾资金12.5万元。", "发放/v 救灾/vn 资金/n 12/x ./x 5/x 万元/m 。/x"},
		{"残疾人联合会", "残疾人/n 联合会/nt"},
		{"𠀀乱\xff码km2", "𠀀/x 乱/zg \xff/x 码/n km2/x"},
		{"4S店与4s店", "4S店/n 与/p 4s店/n"},
		{"买AA制T恤", "买/v AA制/n T恤/n"},
	} {
		if got := tagged(s, c.text); got != c.want {
			t.Errorf("%s\n got %s\nwant %s", c.text, got, c.want)
		}
	}
}

func TestSearch(t *testing.T) {
	s := load(t)
	text := "最低生活保障制度"
	var got []string
	for w := range s.Search(text) {
		got = append(got, text[w.Start:w.End])
	}
	if want := []string{"最低", "生活", "保障", "制度"}; !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestTag(t *testing.T) {
	s := load(t)
	if tag, ok := s.Tag("公顷"); tag != "q" || !ok {
		t.Errorf("公顷 is %q, %v", tag, ok)
	}
	if tag, ok := s.Tag("公顷公顷"); ok {
		t.Errorf("公顷公顷 is %q", tag)
	}
}

// texts are what the segmenter is compared and timed on: the reports of the
// project's sample, and those of MINGXI_SHARED where there are some.
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

// The words and tags are those of gse, but for ways of equal or nearly equal
// length: gse sums float32 from the beginning of the text, and loses precision
// on the way, where this package begins anew at every unit that all ways share.
func TestReference(t *testing.T) {
	if testing.Short() {
		t.Skip("gse takes over a second to load")
	}
	reference, err := Reference()
	if err != nil {
		t.Fatal(err)
	}
	s := load(t)
	same, all := 0, 0
	for _, text := range texts(t) {
		for line := range strings.Lines(text) {
			theirs := map[Word]bool{}
			reference(line, func(w Word) { theirs[w] = true })
			for w := range s.All(line) {
				all++
				if w.Tag == "" {
					t.Errorf("%q has no tag", line[w.Start:w.End])
				}
				if theirs[w] {
					same++
				} else {
					t.Logf("differs: %q in %q", line[w.Start:w.End], line[max(0, w.Start-12):min(len(line), w.End+12)])
				}
			}
		}
	}
	if ratio := float64(same) / float64(all); ratio < 0.999 {
		t.Errorf("%d of %d words are those of gse: %.4f", same, all, ratio)
	} else {
		t.Logf("%d of %d words are those of gse: %.4f", same, all, ratio)
	}
}

func TestDamaged(t *testing.T) {
	for _, n := range []int{0, 4, 20, 100, 100_000, len(dictionary) - 1} {
		if _, err := decode(dictionary[:n]); err == nil {
			t.Errorf("the first %d bytes of the dictionary are accepted", n)
		}
	}
	if _, err := decode(dictionary + "x"); err == nil {
		t.Error("a byte too many is accepted")
	}
}

// FuzzWords: any bytes are divided into words that together are the text, and
// valid text is never cut inside a character.
func FuzzWords(f *testing.F) {
	for _, text := range []string{"农村低保35.8万户", "abc\xff中\xe4\xb8", strings.Repeat("中国人民", 400), strings.Repeat("a", 2000)} {
		f.Add(text)
	}
	s := load(f)
	f.Fuzz(func(t *testing.T, text string) {
		at := 0
		for w := range s.All(text) {
			if w.Start != at || w.End <= w.Start {
				t.Fatalf("word %d:%d after %d", w.Start, w.End, at)
			}
			if at = w.End; utf8.ValidString(text) && at < len(text) && !utf8.RuneStart(text[at]) {
				t.Fatalf("word %d:%d cuts a character", w.Start, w.End)
			}
		}
		if at != len(text) {
			t.Fatalf("words end at %d of %d", at, len(text))
		}
		for w := range s.Search(text) {
			if w.Start < 0 || w.End > len(text) || w.Start >= w.End {
				t.Fatalf("search word %d:%d", w.Start, w.End)
			}
		}
	})
}

func BenchmarkWords(b *testing.B) {
	s, text := load(b), strings.Join(texts(b), "\n")
	b.SetBytes(int64(len(text)))
	b.ReportAllocs()
	for b.Loop() {
		s.Words(text, func(Word) bool { return true })
	}
}

func BenchmarkReference(b *testing.B) {
	reference, err := Reference()
	if err != nil {
		b.Fatal(err)
	}
	text := strings.Join(texts(b), "\n")
	b.SetBytes(int64(len(text)))
	for b.Loop() {
		reference(text, func(Word) {})
	}
}

func BenchmarkLoad(b *testing.B) {
	for b.Loop() {
		if _, err := decode(dictionary); err != nil {
			b.Fatal(err)
		}
	}
}
