package corpus

import (
	"errors"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode/utf8"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/unicode"

	"mingxi/corpus/pdf"
	"mingxi/schema"
)

var update = flag.Bool("update", false, "write what Read gives into the .want files")

// render prints a document as the .want files show it: articles, blocks with
// their kind, sentences divided by ‖, cells by ¦, and what was removed.
func render(d *schema.Document) string {
	var b strings.Builder
	a, s := 0, 0
	for i := range d.Blocks {
		bl := &d.Blocks[i]
		for a < len(d.Articles) && d.Articles[a].Start <= bl.Start {
			fmt.Fprintf(&b, "== article %d: %s\n", d.Articles[a].N, d.Articles[a].Title)
			a++
		}
		kind := bl.Kind.String()
		switch {
		case bl.Kind == schema.Heading:
			kind += fmt.Sprint(" ", bl.Level)
		case bl.Head:
			kind = "head " + fmt.Sprint(bl.Table)
		case bl.Kind == schema.Row:
			kind += fmt.Sprint(" ", bl.Table)
		}
		var parts []string
		for ; s < len(d.Sentences) && d.Sentences[s].End <= bl.End; s++ {
			parts = append(parts, d.Sentences[s].In(d.Text))
		}
		text := strings.Join(parts, "‖")
		if bl.Kind == schema.Row {
			text = strings.ReplaceAll(bl.In(d.Text), "\t", " ¦ ")
		}
		fmt.Fprintf(&b, "%-9s  %s\n", kind, text)
	}
	for _, r := range d.Removed {
		if r.Reason != reasonIndent {
			fmt.Fprintf(&b, "-- %s: %q before %q\n", r.Reason, r.Text, first(d.Text[r.At:], 8))
		}
	}
	return b.String()
}

func first(s string, n int) string {
	r := []rune(s)
	return string(r[:min(n, len(r))])
}

// TestExamples reads each testdata/NAME.txt and compares with NAME.want. Run with
// -update to rewrite what Read gives now; the diff shows what changed.
func TestExamples(t *testing.T) {
	files, _ := filepath.Glob("testdata/*.txt")
	if len(files) < 5 {
		t.Fatal("no examples")
	}
	for _, f := range files {
		data, err := os.ReadFile(f)
		if err != nil {
			t.Fatal(err)
		}
		d, err := Read(f, data, Options{})
		if err != nil {
			t.Errorf("%s: %v", f, err)
			continue
		}
		check(t, d)
		got, want := render(d), strings.TrimSuffix(f, ".txt")+".want"
		if *update {
			if err := os.WriteFile(want, []byte(got), 0o644); err != nil {
				t.Fatal(err)
			}
			continue
		}
		w, _ := os.ReadFile(want)
		if got != string(w) {
			t.Errorf("%s:\n%s", f, diff(string(w), got))
		}
	}
}

// diff shows the lines that differ, as want and got.
func diff(want, got string) string {
	w, g := strings.Split(want, "\n"), strings.Split(got, "\n")
	var b strings.Builder
	for i := range max(len(w), len(g)) {
		x, y := "", ""
		if i < len(w) {
			x = w[i]
		}
		if i < len(g) {
			y = g[i]
		}
		if x != y {
			fmt.Fprintf(&b, "line %d\n- %s\n+ %s\n", i+1, x, y)
		}
	}
	return b.String()
}

// check holds what is true of every document.
func check(t *testing.T, d *schema.Document) {
	t.Helper()
	if !utf8.ValidString(d.Text) || d.Text == "" || len(d.Articles) == 0 {
		t.Fatalf("%s: text not valid, or no article", d.Source)
	}
	end := 0
	for i, b := range d.Blocks {
		if !b.Valid(d.Text) || b.Len() == 0 || b.Start < end {
			t.Fatalf("%s: block %d %v overlaps, is empty or cuts a character", d.Source, i, b.Span)
		}
		if gap := d.Text[end:b.Start]; strings.Trim(gap, " \n\t\u3000") != "" {
			t.Fatalf("%s: %q stands between blocks", d.Source, gap)
		}
		for _, c := range b.Cells {
			if !b.Span.Contains(c) || !c.Valid(d.Text) {
				t.Fatalf("%s: cell %v is not in its row %v", d.Source, c, b.Span)
			}
		}
		if b.Kind == schema.Heading && (b.Level < 1 || b.Level > 20) {
			t.Fatalf("%s: heading of level %d: %s", d.Source, b.Level, b.In(d.Text))
		}
		end = b.End
	}
	checkSentences(t, d)
	end = 0
	for i, a := range d.Articles {
		if a.N != i+1 || !a.Valid(d.Text) || a.Start < end || a.Len() == 0 {
			t.Fatalf("%s: article %+v", d.Source, a)
		}
		end = a.End
	}
	at := 0
	for _, r := range d.Removed {
		if r.At < at || r.At > len(d.Text) || r.Text == "" || r.Reason == "" || r.At < len(d.Text) && !utf8.RuneStart(d.Text[r.At]) {
			t.Fatalf("%s: removal %+v behind %d", d.Source, r, at)
		}
		at = r.At
	}
}

func checkSentences(t *testing.T, d *schema.Document) {
	t.Helper()
	end, i := 0, 0
	for _, s := range d.Sentences {
		for i < len(d.Blocks) && d.Blocks[i].End <= s.Start {
			i++
		}
		if i == len(d.Blocks) || !d.Blocks[i].Contains(s) || s.Start < end || s.Len() == 0 || !s.Valid(d.Text) {
			t.Fatalf("%s: sentence %v lies in no block, or overlaps", d.Source, s)
		}
		end = s.End
	}
}

// A report is the same document in whatever encoding it comes.
func TestEncodings(t *testing.T) {
	data, err := os.ReadFile("testdata/merged.txt")
	if err != nil {
		t.Fatal(err)
	}
	want, err := Read("x", data, Options{})
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		name string
		enc  encoding.Encoding
		mark string
	}{
		{"utf-8", encoding.Nop, ""},
		{"utf-8", encoding.Nop, "\xef\xbb\xbf"},
		{"gb18030", simplifiedchinese.GB18030, ""},
		{"gb18030", simplifiedchinese.GBK, ""},
		{"utf-16le", unicode.UTF16(unicode.LittleEndian, unicode.IgnoreBOM), ""},
		{"utf-16be", unicode.UTF16(unicode.BigEndian, unicode.IgnoreBOM), ""},
		{"utf-16le", unicode.UTF16(unicode.LittleEndian, unicode.IgnoreBOM), "\xff\xfe"},
	} {
		for _, ends := range []string{"\n", "\r\n", "\r"} {
			text := strings.ReplaceAll(string(data), "\n", ends)
			b, err := c.enc.NewEncoder().Bytes([]byte(text))
			if err != nil {
				t.Fatal(err)
			}
			d, err := Read("x.txt", append([]byte(c.mark), b...), Options{})
			switch {
			case err != nil:
				t.Errorf("%s: %v", c.name, err)
			case d.Encoding != c.name || d.Text != want.Text || len(d.Articles) != 3:
				t.Errorf("%s with lines ended by %q: read as %s, %d articles", c.name, ends, d.Encoding, len(d.Articles))
			}
		}
	}
}

// What can not be read is an error that says why.
func TestErrors(t *testing.T) {
	for _, c := range []struct {
		name, data string
		want       error
		text       string
	}{
		{"empty.txt", "", ErrEmpty, ""},
		{"blank.txt", " \n\u3000\n\n", ErrEmpty, ""},
		{"picture.txt", "\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", ErrNotReport, "png"},
		{"archive.txt", "Rar!\x1a\x07\x01\x00", ErrNotReport, "rar"},
		{"program.txt", "\x00\x01\x02\x03\x7f\x80\x90\xff\xfe\x00\x01", nil, "not text"},
		{"large.txt", strings.Repeat("全年发放", 100), ErrTooLarge, ""},
		{"broken.pdf", "%PDF-1.4 and nothing else", nil, "pdf"},
	} {
		o := Options{PDF: pdf.Options{Single: true}}
		if c.name == "large.txt" {
			o.MaxBytes = 1000
		}
		d, err := Read(c.name, []byte(c.data), o)
		if err == nil || c.want != nil && !errors.Is(err, c.want) || !strings.Contains(strings.ToLower(err.Error()), c.text) {
			t.Errorf("%s: %v, %v", c.name, d, err)
		}
	}
}

// shared is a file of the shared examples, which need not be there.
func shared(t *testing.T, name string) []byte {
	t.Helper()
	dir := os.Getenv("MINGXI_SHARED")
	if dir == "" {
		dir = "../../shared"
	}
	data, err := os.ReadFile(filepath.Join(dir, name))
	if err != nil {
		t.Skip("no shared examples")
	}
	return data
}

// The user's example is nine reports merged into one file.
func TestNineArticles(t *testing.T) {
	d, err := Read("x.txt", shared(t, "seeds/minzheng-summaries.txt"), Options{})
	if err != nil {
		t.Fatal(err)
	}
	check(t, d)
	if len(d.Articles) != 9 {
		for _, a := range d.Articles {
			t.Logf("%d %s", a.N, a.Title)
		}
		t.Errorf("%d articles, want 9", len(d.Articles))
	}
}

// A report that stands alone is never divided.
func TestNoFalseSplit(t *testing.T) {
	shared(t, "README.md")
	dir := os.Getenv("MINGXI_SHARED")
	if dir == "" {
		dir = "../../shared"
	}
	for _, pattern := range []string{"corpus/gwr_docx/*", "corpus/gwr_txt/*", "corpus/cec/*", "corpus/policy/*", "corpus/html/*"} {
		files, _ := filepath.Glob(filepath.Join(dir, pattern))
		for _, f := range files {
			data, err := os.ReadFile(f)
			if err != nil {
				t.Fatal(err)
			}
			d, err := Read(f, data, Options{})
			if err != nil {
				t.Errorf("%s: %v", f, err)
				continue
			}
			check(t, d)
			if len(d.Articles) != 1 {
				t.Errorf("%s: %d articles, the second is %q", f, len(d.Articles), d.Articles[1].Title)
			}
		}
	}
}

func FuzzRead(f *testing.F) {
	files, _ := filepath.Glob("testdata/*.txt")
	for _, name := range files {
		data, _ := os.ReadFile(name)
		f.Add(data)
		gbk, _ := simplifiedchinese.GB18030.NewEncoder().Bytes(data)
		f.Add(gbk)
	}
	f.Add([]byte("<html><table><tr><td>低保<td>3126户<tr><td>五保<td>2214人</table>"))
	f.Add([]byte("一、\n二、(一)1、①\n篇12023年\n第页共页"))
	f.Fuzz(func(t *testing.T, data []byte) {
		if s := Sniff("", data); s != formatText && s != formatHTML {
			return // other readers have tests of their own
		}
		d, err := Read("x", data, Options{})
		if err != nil {
			return
		}
		check(t, d)
		again, err := Read("x", data, Options{})
		if err != nil || again.Text != d.Text {
			t.Fatal("read twice, and not the same")
		}
	})
}

func BenchmarkRead(b *testing.B) {
	data, err := os.ReadFile("testdata/merged.txt")
	if err != nil {
		b.Fatal(err)
	}
	prose := strings.Repeat("全年实施临时救助3126人次，发放资金562.4万元，比上年增长5.3%；其中农村1874人次，资金318.7万元，占六成左右。", 6) + "\n"
	for _, c := range []struct {
		name, text string
		times      int
	}{
		{"headings", string(data), 1}, {"headings", string(data), 2000},
		{"prose", prose, 2}, {"prose", prose, 4000},
	} {
		text := []byte(strings.Repeat(c.text, c.times))
		b.Run(fmt.Sprintf("%s/%dkB", c.name, len(text)>>10), func(b *testing.B) {
			b.SetBytes(int64(len(text)))
			for b.Loop() {
				if _, err := Read("x.txt", text, Options{}); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
