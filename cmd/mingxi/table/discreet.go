package table

import (
	"mingxi/corpus/personal"
	"mingxi/schema"
)

// Discreet hides numbers of identity cards, accounts and telephones in the texts of
// the rows that w receives, and of its checks. What names a document is left as it is.
func Discreet(w Writer, columns, checks []schema.Column) Writer {
	return &discreet{w, texts(columns), texts(checks)}
}

// Hide hides them in rows.
func Hide(columns []schema.Column, rows [][]schema.Cell) { hide(texts(columns), rows) }

// texts are the columns that may hold some.
func texts(columns []schema.Column) (list []int) {
	for i, c := range columns {
		switch c.Name {
		case "doc_id", "root", "source", "cell", "member_seqs":
		default:
			if c.Type == schema.Text {
				list = append(list, i)
			}
		}
	}
	return list
}

func hide(columns []int, rows [][]schema.Cell) {
	for _, row := range rows {
		for _, i := range columns {
			if row[i].Text != "" {
				row[i].Text = personal.Mask(row[i].Text)
			}
		}
	}
}

type discreet struct {
	Writer
	texts, checks []int // columns
}

func (d *discreet) Write(rows [][]schema.Cell) error {
	hide(d.texts, rows)
	return d.Writer.Write(rows)
}

func (d *discreet) Check(rows [][]schema.Cell) error {
	hide(d.checks, rows)
	return Check(d.Writer, rows)
}
