package agree

import (
	"strconv"

	"mingxi/schema"
)

// Rows picks what is compared from the figures of a document.
func Rows(d *schema.Document, metrics []schema.Metric) []Row {
	out := make([]Row, len(metrics))
	for i := range metrics {
		m := &metrics[i]
		part := ""
		if m.PartOf > 0 {
			part = strconv.Itoa(m.PartOf)
		}
		s := m.Slots
		out[i] = Row{Seq: strconv.Itoa(m.Seq), Raw: m.In(d.Text), Label: m.Label, Value: m.Value.String(), Max: m.Max.String(),
			Unit: m.Unit, Per: m.Per, Kind: m.Kind.String(), Status: m.Status.String(), Approx: m.Approx.String(), PartOf: part,
			Slots: map[string]string{"place": s.Place, "object": s.Object, "event": s.Event, "measure": s.Measure, "base": s.Base}}
	}
	return out
}
