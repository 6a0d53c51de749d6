package segment

import "github.com/go-ego/gse"

// Reference returns gse itself over the same dictionary, without its hidden
// Markov model: what Words is measured against. It takes over a second and
// 128 MiB to load; the program does not use it.
func Reference() (func(text string, yield func(Word)), error) {
	seg := gse.Segmenter{SkipLog: true, NotLoadHMM: true}
	if err := seg.LoadDictEmbed("zh_s"); err != nil {
		return nil, err
	}
	return func(text string, yield func(Word)) {
		for _, s := range seg.Segment([]byte(text)) {
			yield(Word{s.Start(), s.End(), s.Token().Pos()})
		}
	}, nil
}
