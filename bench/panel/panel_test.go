package panel

import (
	"strings"
	"testing"
)

// The stock is large enough, every slot is known, and reports are the same twice.
func TestReports(t *testing.T) {
	s, same := New(1, 40), New(1, 40)
	if s.Sentences() < 500 {
		t.Errorf("%d sentences", s.Sentences())
	}
	for _, stock := range s.stock {
		for _, list := range stock {
			for _, sentence := range list {
				for _, m := range slot.FindAllStringSubmatch(sentence, -1) {
					if s.eras[quantityOf(m[1]).code] == nil {
						t.Errorf("%s: no indicator %s", sentence, quantityOf(m[1]).code)
					}
				}
			}
		}
	}
	own, all := 0, 0
	for i := range s.Len() {
		r := s.Report(i)
		if again := same.Report(i); again.Text != r.Text {
			t.Fatalf("report %d is not the same twice", i)
		}
		if strings.ContainsAny(r.Text, "{}|^") || len(r.Facts) < 5 {
			t.Errorf("%d facts in\n%s", len(r.Facts), r.Text)
		}
		for _, f := range r.Facts {
			all++
			if strings.Contains(r.Text, f.Sentence) {
				own++
			}
		}
	}
	if all < 1000 || own < all/2 {
		t.Errorf("%d facts, %d with a sentence that stands so", all, own)
	}
}
