package audit

import (
	"fmt"
	"mingxi/corpus"
	"mingxi/extract"
	"os"
	"testing"
)

func TestDbg(t *testing.T) {
	f := os.Getenv("DBG")
	if f == "" {
		t.Skip()
	}
	data, _ := os.ReadFile(f)
	d, err := corpus.Read(f, data, corpus.Options{})
	if err != nil {
		t.Fatal(err)
	}
	r := extract.New().Read(d)
	x := &checker{words: loadWords(), doc: d, reading: r, taken: map[int]bool{}, seen: map[string]bool{}, totals: map[string]int{}, parent: map[int]int{}, used: map[int]bool{}}
	x.figures()
	for i := range x.figs {
		f := &x.figs[i]
		fmt.Printf("%d s%d b%d i%d d%d %q [%s] tail=%q post=%q step=%d %s%s %s %s %v\n", f.Seq, f.sentence, f.block, f.item, f.depth, f.pre, f.Metric.In(d.Text), f.tail, f.post, f.span.step, f.Unit, f.Per, f.Kind, f.Status, f.Flags)
	}
	a := New()
	for _, g := range a.Check(d, r) {
		fmt.Println(g.Relation, g.Verdict, g.Stated, g.Members, g.Equation, "computed", g.Computed, g.Low, g.High, g.Explanation)
	}
}
