package sheet

import (
	"bytes"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"unicode/utf8"

	"mingxi/corpus/charset"
	"mingxi/corpus/draft"
	"mingxi/corpus/grid"
)

// delimiters are what may stand between the values of a line, the commonest first.
const delimiters = ",;\t|"

// sampled is how many records decide on the delimiter.
const sampled = 50

// ReadCSV reads values divided by commas, semicolons, tabs or bars, with or
// without a first line sep=; as Excel writes it. Which of them divides is told
// by the records: the one by which most have the same number of values.
func ReadCSV(data []byte) (*draft.Document, error) {
	d, err := charset.Decode(data)
	if err != nil {
		return nil, err
	}
	out := &draft.Document{Encoding: d.Encoding, Confidence: d.Confidence}
	if d.Broken > 0 {
		out.Warnings = append(out.Warnings, fmt.Sprintf("%d characters could not be decoded as %s", d.Broken, d.Encoding))
	}
	text := strings.TrimPrefix(d.Text, "\ufeff")
	comma := rune(0)
	if line, rest, ok := strings.Cut(text, "\n"); ok && strings.HasPrefix(strings.ToLower(line), "sep=") {
		comma, _ = utf8.DecodeRuneInString(strings.TrimSpace(line[len("sep="):]) + "\t")
		text = rest
	}
	if comma == 0 {
		comma = delimiterOf(text)
	}
	rows, err := csvRows(text, comma, -1)
	if err != nil {
		return nil, err
	}
	width, cut := 0, false
	for i := range rows {
		if cut = cut || len(rows[i].Cells) > grid.Widest; len(rows[i].Cells) > grid.Widest {
			rows[i].Cells = rows[i].Cells[:grid.Widest]
		}
		width = max(width, len(rows[i].Cells))
	}
	for i := range rows {
		for len(rows[i].Cells) > 1 && len(rows[i].Cells) < width {
			rows[i].Cells = append(rows[i].Cells, "")
		}
		rows[i].Full = filled(rows[i].Cells) == 1 && rows[i].Cells[0] != "" && !numbers(rows[i].Cells)
	}
	out.Pieces = grid.Pieces(rows, 1)
	if cut {
		out.Warnings = append(out.Warnings, "columns beyond the 256th left out")
	}
	return out, nil
}

func filled(cells []string) int {
	n := 0
	for _, c := range cells {
		if strings.TrimSpace(c) != "" {
			n++
		}
	}
	return n
}

// delimiterOf is the delimiter by which most records have the same number of
// values, two at least; a comma if none has.
func delimiterOf(text string) rune {
	best, most := ',', 0
	for _, comma := range delimiters {
		rows, err := csvRows(text, comma, sampled)
		if err != nil {
			continue
		}
		count := map[int]int{}
		for _, r := range rows {
			if n := len(r.Cells); n > 1 {
				if count[n]++; count[n] > most {
					best, most = comma, count[n]
				}
			}
		}
	}
	return best
}

// Records reports whether a text holds nothing but records, whatever its name: three at
// least, each with as many values as the first, three or more, no sentence among them, and
// a column of numbers.
func Records(data []byte) bool {
	head := data[:min(len(data), 32<<10)]
	line, _, _ := bytes.Cut(head, []byte("\n"))
	if i := bytes.LastIndexByte(head, '\n'); i >= 0 && len(head) < len(data) {
		head = head[:i]
	}
	if max(bytes.Count(line, []byte(",")), bytes.Count(line, []byte(";")), bytes.Count(line, []byte("|"))) < 2 {
		return false
	}
	d, err := charset.Decode(head)
	if err != nil || strings.ContainsAny(d.Text, "。！？") {
		return false
	}
	rows, err := csvRows(d.Text, delimiterOf(d.Text), sampled)
	if err != nil || len(rows) < 3 {
		return false
	}
	begun := make([]int, len(rows[0].Cells)) // values of a column that begin with a digit
	for _, r := range rows {
		if len(r.Cells) != len(begun) || len(r.Cells) < 3 {
			return false
		}
		for c, s := range r.Cells {
			if s = strings.TrimSpace(s); c > 0 && s != "" && s[0] >= '0' && s[0] <= '9' {
				begun[c]++
			}
		}
	}
	return 2*slices.Max(begun) > len(rows)
}

// csvRows reads up to most records, all if most is negative. Quotes that do not
// match are taken as they stand.
func csvRows(text string, comma rune, most int) ([]grid.Row, error) {
	r := csv.NewReader(strings.NewReader(text))
	r.Comma, r.LazyQuotes, r.FieldsPerRecord = comma, true, -1
	var rows []grid.Row
	for most < 0 || len(rows) < most {
		cells, err := r.Read()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return nil, fmt.Errorf("read csv: %w", err)
		}
		line, _ := r.FieldPos(0)
		rows = append(rows, grid.Row{Cells: cells, Down: 1, Place: line})
	}
	return rows, nil
}
