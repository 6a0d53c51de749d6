package agree

// The measures of a sample, each as a number of a score, in the order in which they
// are printed. What a sample does not have is no number.

// A Measure is a number between 0 and 1 that a score has, unless there is nothing of
// its kind to be right.
type Measure struct {
	Name string
	Of   func(s *Score) (value float64, ok bool)
}

// Measures are found, quantity, record, title, status, part_of, planned.
var Measures = []Measure{
	{"found", func(s *Score) (float64, bool) { return s.F1(s.Found), true }},
	{"quantity", func(s *Score) (float64, bool) { return s.F1(s.Quantity), true }},
	{"record", func(s *Score) (float64, bool) { return s.F1(s.Record), true }},
	{"title", func(s *Score) (float64, bool) { return ratio(s.Title, s.Titles) }},
	{"status", func(s *Score) (float64, bool) { return ratio(s.Status, s.Found) }},
	{"part_of", func(s *Score) (float64, bool) { return ratio(2*s.PartOf, s.Parts+s.PartsGot) }},
	{"planned", func(s *Score) (float64, bool) { return ratio(2*s.Plan, s.Plans+s.PlansGot) }},
}

// SlotMeasures are the shares that are right of the slots that are filled, in the order of Slots.
func SlotMeasures() []Measure {
	list := make([]Measure, len(Slots))
	for i, name := range Slots {
		list[i] = Measure{name, func(s *Score) (float64, bool) { return ratio(s.Slot[i], s.Slotted[i]) }}
	}
	return list
}

func ratio(right, of int) (float64, bool) {
	if of == 0 {
		return 0, false
	}
	return float64(right) / float64(of), true
}

// Mean is the mean of a measure over the documents that have it.
func (m *Measure) Mean(documents []Score) (float64, bool) {
	sum, n := 0.0, 0
	for i := range documents {
		if v, ok := m.Of(&documents[i]); ok && documents[i].Gold > 0 {
			sum, n = sum+v, n+1
		}
	}
	if n == 0 {
		return 0, false
	}
	return sum / float64(n), true
}

// Interval is the 95% interval of a measure over all rows, by bootstrap over documents.
func (m *Measure) Interval(documents []Score) (low, high float64, ok bool) {
	return Bootstrap(documents, func(drawn []Score) (float64, bool) {
		var all Score
		for i := range drawn {
			all.Add(drawn[i])
		}
		return m.Of(&all)
	})
}
