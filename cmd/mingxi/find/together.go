package find

import (
	"context"

	"mingxi/corpus/store"
	"mingxi/extract/region"
	"mingxi/index"
)

// SearchAll answers a request over several corpora as over one, with the index of each.
// It reads no plain words and knows near-copies within none: Reader and Distinct are not
// minded.
func SearchAll(ctx context.Context, l *store.Library, list []*index.Index, r Request) (*Result, error) {
	found, err := index.SearchAll(ctx, list, r.Query, index.SearchOptions{
		Figures: r.Figures, Sort: r.Sort, Reverse: r.Reverse, Synonyms: r.Synonyms, Facets: r.Facets,
		Regions: func(name string) []string { return region.Load().Codes(name) },
	})
	if err != nil {
		return nil, err
	}
	return New(ctx, r, found, found.Reports, found.Docs, found.Figures, l), nil
}
