package main

import "strings"

// A flat is a way to write a table as text.
type flat struct {
	name, ext          string
	open, between, end string
	gaps               bool // empty cells leave a gap
}

var flats = []flat{
	{"csv", "csv", "", ",", "\r\n", true},
	{"pipe", "txt", "| ", " | ", " |\n", true},
	{"tab", "txt", "", "\t", "\n", true},
	{"lines", "txt", "", "\n", "\n", false}, // one cell a line, as pasted from a word processor
}

// file writes the document as text. Covered cells are empty.
func (f flat) file(s *source) ([]byte, error) {
	var b strings.Builder
	for _, k := range s.blocks {
		switch k.kind {
		case grid:
			f.table(&b, &k)
		case pageBreak:
		default:
			b.WriteString(k.text + "\n\n")
		}
	}
	return []byte(b.String()), nil
}

func (f flat) table(b *strings.Builder, k *block) {
	for _, row := range k.rows {
		var cells []string
		for _, c := range row {
			text := strings.ReplaceAll(c.text, "\n", "")
			if f.ext == "csv" && strings.ContainsAny(text, ",\"") {
				text = `"` + strings.ReplaceAll(text, `"`, `""`) + `"`
			}
			if text != "" || f.gaps {
				cells = append(cells, text)
			}
		}
		b.WriteString(f.open + strings.Join(cells, f.between) + f.end)
	}
	b.WriteString("\n")
}
