package schema_test

import (
	"testing"

	"mingxi/schema"
)

// A stretch ends with the row or, in a paragraph, the sentence in which it is full.
func TestStretch(t *testing.T) {
	const n = schema.LongStretch
	for _, c := range []struct {
		kind        schema.Kind
		block, each int // figures in a block and in a sentence
		want        int
	}{
		{schema.Paragraph, 1, 1, n},
		{schema.Row, 10, 10, n - n%10 + 10},
		{schema.Row, 10, 2, n - n%10 + 10}, // prose in the cells of a row
		{schema.Paragraph, 2 * n, 3, n - n%3 + 3},
		{schema.Paragraph, 2 * n, 2 * n, 2 * n},
	} {
		d := &schema.Document{}
		var metrics []schema.Metric
		for i := range 2 * n {
			if i%c.block == 0 {
				d.Blocks = append(d.Blocks, schema.Block{Kind: c.kind, Span: schema.Span{Start: i, End: i + c.block}})
			}
			from := i - i%c.each
			metrics = append(metrics, schema.Metric{Seq: i + 1, Span: schema.Span{Start: i, End: i + 1}, Sentence: schema.Span{Start: from, End: from + c.each}})
		}
		if got := d.Stretch(metrics); got != c.want {
			t.Errorf("blocks of %d figures, sentences of %d: a stretch of %d, want %d", c.block, c.each, got, c.want)
		}
	}
}
