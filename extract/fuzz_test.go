package extract_test

import (
	"fmt"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"mingxi/extract"
	"mingxi/schema"
)

// Whatever the text, Read neither panics nor gives a metric that does not
// stand where it says. Seeds are the examples.
func FuzzRead(f *testing.F) {
	for _, path := range exampleFiles(f) {
		for _, ex := range readExamples(f, path) {
			f.Add(ex.text)
		}
	}
	for _, s := range []string{
		"", "。", "万万万万亿亿", "百分之", "分别为、、和", "201X", "____", "1:2:3:4:5", "每每每人每月", "(((其中:(",
		"水稻减产五成四五成四。", "3-5-7至9~11元", "一二三四五六七八九十百千万亿", "单位:元\n", "|", "^|\n|", "1,2,3,4", "点点五点", "\x00{}", "٣人", "𠀀3人",
		strings.Repeat("其中3人,", 40), strings.Repeat("(", 60) + "3人", strings.Repeat("零", 40) + "元", "1/0", "0分之1", "9223372036854775807亿元",
	} {
		f.Add(s)
	}
	e := extract.New()
	f.Fuzz(func(t *testing.T, text string) {
		if len(text) > 1<<14 || !utf8.ValidString(text) {
			return // the normal text of a document is valid UTF-8
		}
		d := document(text)
		if err := sound(d, e.Read(d)); err != nil {
			t.Errorf("%v\n%q", err, text)
		}
	})
}

// sound checks what holds of every reading.
func sound(d *schema.Document, r *schema.Reading) error {
	runes, last := []rune(d.Text), 0
	at := schema.NewRunes(d.Text)
	for i := range r.Metrics {
		m := &r.Metrics[i]
		if err := m.Fits(d); err != nil {
			return err
		}
		raw := m.Span.In(d.Text)
		from, to := at.At(m.Start), at.At(m.End)
		switch {
		case m.Seq != i+1:
			return fmt.Errorf("metric %d has the number %d", i+1, m.Seq)
		case m.Start < last:
			return fmt.Errorf("metric %d (%q) begins at %d, before %d where the one before it ends", m.Seq, raw, m.Start, last)
		case string(runes[from:to]) != raw:
			return fmt.Errorf("metric %d: runes %d:%d are %q, not %q", m.Seq, from, to, string(runes[from:to]), raw)
		case !m.Sentence.Contains(m.Span):
			return fmt.Errorf("metric %d (%q) is not in its sentence %q", m.Seq, raw, m.Sentence.In(d.Text))
		case utf8.RuneCountInString(m.Label) > 40:
			return fmt.Errorf("metric %d: label of %d characters: %s", m.Seq, utf8.RuneCountInString(m.Label), m.Label)
		case m.PartOf < 0 || m.PartOf > len(r.Metrics) || m.PartOf == m.Seq:
			return fmt.Errorf("metric %d is part of %d", m.Seq, m.PartOf)
		case m.Max.Known() && m.Max.Cmp(m.Value) < 0:
			return fmt.Errorf("metric %d: range %s..%s", m.Seq, m.Value, m.Max)
		case circular(r, m):
			return fmt.Errorf("metric %d is a part of itself", m.Seq)
		}
		last = m.End
	}
	return nil
}

// circular reports a chain of totals that comes back to m.
func circular(r *schema.Reading, m *schema.Metric) bool {
	for n := m.PartOf; n != 0; n = r.Metrics[n-1].PartOf {
		if n == m.Seq {
			return true
		}
		if n == r.Metrics[n-1].PartOf {
			return false // found at that metric
		}
	}
	return false
}

// Reading takes the same time per byte however long the line is: no rule looks
// back or ahead without a bound, not even in a sentence of 1 MB. The guard is
// generous, for a busy machine.
func TestReadIsLinear(t *testing.T) {
	if testing.Short() {
		t.Skip("takes seconds")
	}
	const size = 1 << 20
	e := extract.New()
	for _, c := range []struct{ name, unit string }{
		{"figures", "全县农作物受灾9876公顷,成灾6120公顷,其中水稻受灾3200公顷,直接经济损失1.2亿元;"},
		{"digits and commas", "1,234,"},
		{"brackets", "(其中3人"},
		{"numerals", "一百二十"},
		{"one numeral", "五"},
		{"words without figures", "认真贯彻落实各项政策措施,"},
		{"parts", "其中3人、"},
		{"shares", "分别增长3%、"},
		{"masks", "XX亿元201X年"},
		{"rates", "每人每"},
		{"columns", "3 \t"},
		{"plain words", "救助困难群众"},
		{"sums that run on", "1万元"},
		{"plans that figures are measured by", "完成预算数3万元的4%,"},
		{"brackets beside brackets", "(其中:男3人)"},
		{"brackets in brackets", "(其中:男3人(其中:女2人"},
		{"groups of three", "123,"},
		{"masked years", "XX村201X年3人,"},
		{"sums of a grant", "对企业分别给予3万元、4万元的奖励,"},
		{"a label that grows", "不超过1%的"},
		{"spans of time", "工期缩短3天,比上年多5天"},
		{"spans without a sign", "3天"},
		{"sums before sums", "总投资3万元,计划投资"},
		{"levels without a unit", "由3万增加到5万,"},
	} {
		t.Run(c.name, func(t *testing.T) {
			short := documentOf(c.unit, 200, size/4)
			long := documentOf(c.unit, size, size)
			per, got := fastest(e, short, 3), fastest(e, long, 1)
			if got > 3*per+100 { // once more, for a machine that did other things
				per, got = fastest(e, short, 3), fastest(e, long, 3)
			}
			if got > 3*per+100 {
				t.Errorf("in a sentence of 1 MB %.0f ns a byte, in sentences of 200 bytes %.0f", got, per)
			}
		})
	}
}

// documentOf repeats a unit in sentences of about sentence bytes, size in all.
func documentOf(unit string, sentence, size int) *schema.Document {
	line := strings.Repeat(unit, max(1, sentence/len(unit)))
	d := &schema.Document{ID: "0123456789abcdef", Text: strings.Repeat(line, size/len(line))}
	all := schema.Span{End: len(d.Text)}
	d.Articles, d.Blocks = []schema.Article{{N: 1, Span: all}}, []schema.Block{{Span: all}}
	for from := 0; from < len(d.Text); from += len(line) {
		d.Sentences = append(d.Sentences, schema.Span{Start: from, End: from + len(line)})
	}
	return d
}

// fastest is the least time that one of n readings takes, in nanoseconds a byte.
func fastest(e *extract.Extractor, d *schema.Document, n int) float64 {
	least := time.Duration(1 << 62)
	for range n {
		start := time.Now()
		e.Read(d)
		least = min(least, time.Since(start))
	}
	return float64(least.Nanoseconds()) / float64(len(d.Text))
}
