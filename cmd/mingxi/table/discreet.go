package table

import (
	"mingxi/corpus/personal"
	"mingxi/schema"
)

// Discreet hides numbers of identity cards, accounts and telephones in the texts of
// the rows that w receives. What names a document is left as it is.
func Discreet(w Writer, columns []schema.Column) Writer {
	d := &discreet{Writer: w}
	for i, c := range columns {
		switch c.Name {
		case "doc_id", "root", "source", "cell":
		default:
			if c.Type == schema.Text {
				d.texts = append(d.texts, i)
			}
		}
	}
	return d
}

type discreet struct {
	Writer
	texts []int // columns
}

func (d *discreet) Write(rows [][]schema.Cell) error {
	for _, row := range rows {
		for _, i := range d.texts {
			if row[i].Text != "" {
				row[i].Text = personal.Mask(row[i].Text)
			}
		}
	}
	return d.Writer.Write(rows)
}
