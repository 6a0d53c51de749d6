package ingest

import (
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

func (f figures) read(d *schema.Document) *schema.Reading {
	all, findings := new(schema.Reading), 0
	_ = f.extractor.Each(d, func(part *schema.Reading) error { // Add has no error
		findings += len(f.auditor.Complete(d, part, findings))
		return all.Add(part)
	})
	return all
}
