package ingest

import (
	"cmp"
	"context"
	"strings"
	"unicode"

	"mingxi/cmd/mingxi/pipeline"
	"mingxi/extract"
	"mingxi/extract/audit"
	"mingxi/schema"
)

// figures reads the figures of documents and marks them with what an audit finds
// of them. It may be used by many goroutines at once.
type figures struct {
	extractor *extract.Extractor
	auditor   *audit.Auditor
}

func (o *Options) figures() figures {
	a := audit.New()
	a.Brief = true
	return figures{o.extractor(), a}
}

// read reads those of a document.
func (f figures) read(d *schema.Document) (all *schema.Reading, err error) {
	all = new(schema.Reading)
	return all, f.parts(context.Background(), d)(all.Add)
}

// parts reads those of a document in parts, until ctx ends. A defect of ours, be it a
// panic or a figure that does not fit the text, is an error of this document alone.
func (f figures) parts(ctx context.Context, d *schema.Document) schema.Parts {
	return func(yield func(*schema.Reading) error) error {
		findings := 0
		return pipeline.Guard(func() error {
			return f.extractor.Each(d, func(part *schema.Reading) error {
				findings += len(f.auditor.Complete(d, part, findings))
				for i := range part.Metrics {
					if err := part.Metrics[i].Fits(d); err != nil {
						return err
					}
				}
				if err := ctx.Err(); err != nil {
					return err
				}
				return yield(part)
			})
		})
	}
}

// largeNumbers is [Options].Large where that is 0.
const largeNumbers = 4 * schema.LongStretch

// large reports whether a document is large: whether it has more numbers than that.
// Figures it has hardly more.
func (o *Options) large(d *schema.Document) bool {
	n, within := 0, false
	for _, r := range d.Text {
		digit := r < 0x80 && '0' <= r && r <= '9' || r >= 0x80 && (strings.ContainsRune(numerals, r) || unicode.IsDigit(r))
		if digit && !within {
			n++
		}
		within = digit
	}
	return n > cmp.Or(o.Large, largeNumbers)
}

// numerals are what numbers in words are made of.
const numerals = "〇零一二三四五六七八九十百千万亿两壹贰叁肆伍陆柒捌玖拾佰仟萬億兩"
