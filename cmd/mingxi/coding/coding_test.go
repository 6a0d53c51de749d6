package coding

import (
	"bytes"
	"fmt"
	"io"
	"slices"
	"strings"
	"testing"
)

// figure is one in a text with characters beyond the Basic Multilingual Plane, which
// are one code point, two units of UTF-16 and four bytes.
func figure(seq int, category string) Figure {
	return Figure{Doc: "a1", Source: "报告.txt", Seq: seq, Text: "𠀀村𡈽地3亩,水田5亩。", Start: 4, End: 6, Category: category, Label: "土地面积", Stratum: category}
}

// What goes out comes back, with what the coder changed between.
func TestRoundTrip(t *testing.T) {
	for name, format := range map[string]struct {
		write func(io.Writer, []Figure) error
		edits map[string]string
	}{
		"doccano": {Doccano, map[string]string{
			`[[4,6,"amount"]]`:   `[[4,6,"amount"],[9,11,"amount"]]`, // one more
			`[[4,6,"share"]]`:    `[[4,6,"standard"]]`,               // another category
			`[[4,6,"standard"]]`: `[]`,                               // no figure
		}},
		"label studio": {LabelStudio, map[string]string{`"predictions"`: `"annotations"`}},
	} {
		var out bytes.Buffer
		if err := format.write(&out, []Figure{figure(1, "amount"), figure(2, "share"), figure(3, "standard")}); err != nil {
			t.Fatal(err)
		}
		if name == "label studio" && !strings.Contains(out.String(), `"text": "3亩"`) {
			t.Errorf("%s", out.String())
		}
		var edited []string
		for line := range strings.Lines(out.String()) {
			for from, to := range format.edits {
				if strings.Contains(line, from) {
					line = strings.Replace(line, from, to, 1)
					break
				}
			}
			edited = append(edited, line)
		}
		got, err := Read(strings.NewReader("\ufeff" + strings.Join(edited, "")))
		if err != nil {
			t.Fatal(name, err)
		}
		var text []string
		for _, c := range got {
			text = append(text, fmt.Sprintf("#%d %s→%s %s", c.Seq, c.Was, c.Category, string([]rune(c.Text)[c.Start:c.End])))
		}
		want := []string{"#1 amount→amount 3亩", "#0 →amount 5亩", "#2 share→standard 3亩", "#3 standard→ 3亩"}
		if name == "label studio" {
			want = []string{"#1 amount→amount 3亩", "#2 share→share 3亩", "#3 standard→standard 3亩"}
		}
		if !slices.Equal(text, want) {
			t.Errorf("%s: %q, want %q", name, text, want)
		}
	}
}

// Tasks that nobody has annotated are not coded.
func TestUncoded(t *testing.T) {
	var out bytes.Buffer
	if err := LabelStudio(&out, []Figure{figure(1, "amount")}); err != nil {
		t.Fatal(err)
	}
	if got, err := Read(&out); err != nil || len(got) != 0 {
		t.Errorf("%v, %v", got, err)
	}
}

func TestReadErrors(t *testing.T) {
	for text, want := range map[string]string{
		"":    "no figures",
		"{":   "line 1",
		"[{]": "invalid character",
		`{"text":"水田","label":[[0,3,"amount"]],"start":0,"end":1}`: "a mark from 0 to 3 is not in the text",
		`{"text":"水田","label":[],"start":1,"end":9}`:               "the figure from 1 to 9 is not in the text",
		`{"text":"水田","label":[[1,1,"amount"]],"start":0,"end":1}`: "a mark from 1 to 1 is not in the text",
	} {
		if _, err := Read(strings.NewReader(text)); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: %v, want %s", text, err, want)
		}
	}
}

// A sample has each stratum by its share, small ones too, and does not depend on the
// order of the figures.
func TestDraw(t *testing.T) {
	var figures []Figure
	for i := range 1000 {
		category := "amount"
		if i%10 == 0 {
			category = "share"
		}
		if i == 7 {
			category = "masked"
		}
		figures = append(figures, figure(i+1, category))
	}
	draw := func(n int, seed uint64) []Figure {
		l := NewLot(n, seed)
		for _, f := range figures {
			l.Add(f)
		}
		return l.Draw()
	}
	sample := draw(100, 1)
	counts := map[string]int{}
	for _, f := range sample {
		counts[f.Stratum]++
	}
	if counts["masked"] != 1 || counts["share"] < 9 || counts["share"] > 11 || len(sample) != 100 {
		t.Errorf("%v", counts)
	}
	slices.Reverse(figures)
	if again := draw(100, 1); !slices.Equal(again, sample) {
		t.Error("another order, another sample")
	}
	if other := draw(100, 2); slices.Equal(other, sample) {
		t.Error("another seed, the same sample")
	}
	if all := draw(5000, 1); len(all) != 1000 {
		t.Errorf("%d of 1000", len(all))
	}
}

func FuzzRead(f *testing.F) {
	f.Add(`{"text":"水田5亩","label":[[2,4,"amount"]],"start":2,"end":4}`)
	f.Add(`[{"data":{"text":"水田5亩"},"annotations":[{"result":[{"value":{"start":2,"end":4,"labels":["x"]}}]}]}]`)
	f.Fuzz(func(t *testing.T, text string) {
		list, _ := Read(strings.NewReader(text))
		for _, c := range list {
			if n := len([]rune(c.Text)); c.Start < 0 || c.End > n || c.Start > c.End {
				t.Errorf("%v", c)
			}
		}
	})
}
