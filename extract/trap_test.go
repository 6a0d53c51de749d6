package extract

import (
	"testing"

	"mingxi/schema"
)

// The example of each trap falls into it, and into none before it.
func TestRefusals(t *testing.T) {
	w := New().load()
	for _, want := range refusals {
		x := &reader{words: w, lex: w.Lexicon, line: line{lex: w.Lexicon}, doc: &schema.Document{Text: want.example}}
		x.line.set(want.example, schema.Span{End: len(want.example)})
		caught := false
		for i := range x.line.r {
			if f, _, ok := x.figure(i); ok {
				if got := x.refusal(&f, x.formOf(&f)); got != nil {
					caught = caught || got.name == want.name
				}
			}
		}
		if !caught {
			t.Errorf("%s: no trap for %s", want.name, want.example)
		}
	}
}
