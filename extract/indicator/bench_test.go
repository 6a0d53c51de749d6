package indicator

import (
	"testing"

	"mingxi/schema"
)

func BenchmarkMatch(b *testing.B) {
	v := New(Builtin())
	f := Figure{Label: "农村低保对象集中供养人数", Unit: "人", Heading: "1、城乡低保", Context: "一、主要工作完成情况 > 清屏县民政局2012年工作总结", Kind: schema.Amount, Whole: "五保对象人数"}
	a := v.asker()
	a.match(f)
	b.ReportAllocs()
	for b.Loop() { // a new label under headings that are known
		delete(a.texts, f.Label)
		a.match(f)
	}
}

func BenchmarkNew(b *testing.B) {
	for b.Loop() {
		New(Builtin())
	}
}
