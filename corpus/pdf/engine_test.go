package pdf

import (
	"os"
	"strings"
	"testing"
)

// Every engine gives the same text for a file that all can read.
func TestEngines(t *testing.T) {
	if testing.Short() {
		t.Skip("compiling PDFium takes seconds")
	}
	data, err := os.ReadFile("testdata/wk-table.pdf")
	if err != nil {
		t.Fatal(err)
	}
	want := "全年发放城乡低保资金2,864.5万元，做到了动态管理下的应保尽保。"
	for _, e := range []string{"", "pdfium", "ledongthuc"} {
		d, err := Read(data, Options{Engine: e, CacheDir: t.TempDir()})
		if err != nil {
			t.Errorf("%s: %v", e, err)
			continue
		}
		if got := written(d); !strings.Contains(strings.Join(strings.Fields(got), ""), want) {
			t.Errorf("%s: no %q in\n%s", e, want, got)
		}
	}
	if _, err := Read(data, Options{Engine: "none"}); err == nil {
		t.Error("an unknown engine gives no error")
	}
}

// The gate sends pages to the second engine whose text is none.
func TestReadable(t *testing.T) {
	for _, c := range []struct {
		name, text string
		lost       int
		want       bool
	}{
		{"prose", strings.Repeat("全县下拨救灾款二百三十万元", 3), 0, true},
		{"traditional", strings.Repeat("全縣下撥救災款二百三十萬元", 3), 0, true},
		{"Latin", strings.Repeat("Annual report ", 9), 0, true},
		{"rare hanzi at random", strings.Repeat("椩鰝筪嬘燋踶犱牪疧瑥", 3), 0, false},
		{"private use", strings.Repeat("救灾\uE123", 9), 0, false},
		{"lost codes", "救灾", 9, false},
		{"empty", "", 0, true},
	} {
		p := &page{lost: c.lost}
		for _, r := range c.text {
			p.glyphs = append(p.glyphs, glyph{s: string(r)})
		}
		if got := p.readable(); got != c.want {
			t.Errorf("%s: got %v, want %v", c.name, got, c.want)
		}
	}
}

// The words of tesseract's table become glyphs in their order.
func TestWordsOf(t *testing.T) {
	tsv := "level\tpage_num\tblock_num\tpar_num\tline_num\tword_num\tleft\ttop\twidth\theight\tconf\ttext\n" +
		"4\t1\t1\t1\t1\t0\t100\t100\t400\t40\t-1\t\n" +
		"5\t1\t1\t1\t1\t1\t100\t100\t80\t40\t96\t救灾\n" +
		"5\t1\t1\t1\t1\t2\t170\t100\t120\t40\t96\t230万\n"
	g := wordsOf(tsv, 0.5)
	if joined(g) != "救灾230万" || g[0].x != 50 || g[0].y != 70 || g[0].size != 20 {
		t.Errorf("got %q, first %+v", joined(g), g[0])
	}
	for i := 1; i < len(g); i++ {
		if g[i].x <= g[i-1].x {
			t.Errorf("glyph %d is not to the right of the one before", i)
		}
	}
}

func TestPageList(t *testing.T) {
	for _, c := range []struct {
		in   []int
		want string
	}{{[]int{3}, "page 3"}, {[]int{1, 2, 3, 7, 9, 10}, "pages 1-3, 7, 9-10"}} {
		if got := pageList(c.in); got != c.want {
			t.Errorf("%v: got %q, want %q", c.in, got, c.want)
		}
	}
}
