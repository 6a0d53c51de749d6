package ingest

import (
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

func (o *Options) figures() figures { return figures{o.extractor(), audit.New()} }

// read reads those of a document. A defect of ours, be it a panic or a figure that does
// not fit the text, is an error of this document alone.
func (f figures) read(d *schema.Document) (all *schema.Reading, err error) {
	all = new(schema.Reading)
	err = pipeline.Guard(func() error {
		findings := 0
		return f.extractor.Each(d, func(part *schema.Reading) error {
			findings += len(f.auditor.Complete(d, part, findings))
			return all.Add(part)
		})
	})
	for i := 0; i < len(all.Metrics) && err == nil; i++ {
		err = all.Metrics[i].Fits(d)
	}
	return all, err
}
