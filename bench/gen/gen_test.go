package gen

import "testing"

func TestReport(t *testing.T) {
	s := New(1)
	names, texts := map[string]bool{}, map[string]bool{}
	for i := range 500 {
		r := s.Report(i)
		if again := New(1).Report(i); again != r {
			t.Fatalf("report %d is not the same twice", i)
		}
		if len(r.Text) < 3800 || len(r.Text) > 5200 {
			t.Errorf("report %d has %d bytes", i, len(r.Text))
		}
		names[r.Name], texts[r.Text] = true, true
	}
	if len(names) != 500 || len(texts) != 500 {
		t.Errorf("%d names, %d texts of 500 reports", len(names), len(texts))
	}
	if New(2).Report(0).Text == s.Report(0).Text {
		t.Error("another seed, the same report")
	}
}
