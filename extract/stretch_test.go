package extract_test

import (
	"fmt"
	"reflect"
	"strings"
	"testing"

	"mingxi/extract"
	"mingxi/schema"
)

// A document of more than a stretch of figures comes in parts, which together are
// what Read gives: numbers run on, parts of totals point within their part, and what
// stood in an earlier part is a repetition.
func TestStretches(t *testing.T) {
	const sentence = "A%d村发放救灾款30万元，其中现金12万元、粮油18万元。"
	var text strings.Builder
	d := &schema.Document{ID: "0123456789abcdef"}
	for i := range schema.LongStretch/3 + 100 {
		from := text.Len()
		fmt.Fprintf(&text, sentence, i%9000)
		d.Blocks = append(d.Blocks, schema.Block{Span: schema.Span{Start: from, End: text.Len()}})
		d.Sentences = append(d.Sentences, schema.Span{Start: from, End: text.Len()})
		text.WriteString("\n")
	}
	d.Text = text.String()
	d.Articles = []schema.Article{{N: 1, Span: schema.Span{End: len(d.Text)}}}
	e := extract.New()
	var lengths []int
	all := new(schema.Reading)
	err := e.Each(d, func(part *schema.Reading) error {
		lengths = append(lengths, len(part.Metrics))
		if n := d.Stretch(part.Metrics); n != len(part.Metrics) {
			t.Errorf("a part of %d figures has a stretch of %d", len(part.Metrics), n)
		}
		return all.Add(part)
	})
	if err != nil || len(lengths) != 2 {
		t.Fatalf("parts of %d figures, error %v: want two", lengths, err)
	}
	if !reflect.DeepEqual(all, e.Read(d)) {
		t.Error("the parts are not what Read gives")
	}
	for i := range all.Metrics {
		m := &all.Metrics[i]
		if m.Seq != i+1 || all.Of(m.Seq) != m {
			t.Fatalf("figure %d has the number %d", i+1, m.Seq)
		}
		if total := i/3*3 + 1; m.Seq != total && m.PartOf != total {
			t.Fatalf("figure %d, %s, is a part of %d, want %d", m.Seq, m.In(d.Text), m.PartOf, total)
		}
	}
}
