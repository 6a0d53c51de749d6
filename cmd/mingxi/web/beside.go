package web

// This file lays two documents side by side, as near-copies or the reports of two
// years, and marks the numbers that differ.

import (
	"mingxi/schema"
)

// A besideValue is two documents, line by line.
type besideValue struct {
	Left  copyValue `json:"left"`
	Right copyValue `json:"right"`
	Lines []pair    `json:"lines"`
	Cut   bool      `json:"cut"` // one of them is longer than is compared
	Equal int       `json:"equal"`
}

// A pair is two lines that stand for one another; one may be missing.
type pair struct {
	Left  string  `json:"left"`
	Right string  `json:"right"`
	Same  bool    `json:"same"`
	A     []piece `json:"-"` // the left one, what differs marked
	B     []piece `json:"-"`
}

// mostLines bounds what is compared of a document: the work is its square.
const mostLines = 1500

func besideResource(v *visit) (any, error) {
	var lines [2][]string
	var about [2]copyValue
	out := &besideValue{}
	for i, name := range []string{"id", "other"} {
		d, _, _, err := v.beside(v.PathValue(name), 0)
		if err != nil {
			return nil, err
		}
		about[i] = copyValue{d.ID, d.Source}
		if lines[i] = linesOf(d); len(lines[i]) > mostLines {
			lines[i], out.Cut = lines[i][:mostLines], true
		}
	}
	out.Left, out.Right = about[0], about[1]
	out.Lines = align(lines[0], lines[1])
	for _, p := range out.Lines {
		if p.Same {
			out.Equal++
		}
	}
	return out, nil
}

func linesOf(d *schema.Document) []string {
	list := make([]string, len(d.Blocks))
	for i, b := range d.Blocks {
		list[i] = oneLine(b.In(d.Text))
	}
	return list
}

// align pairs equal lines, as many as can be in order, and between them the others one
// by one.
func align(a, b []string) []pair {
	common := make([][]int16, len(a)+1) // lines in common from here on
	for i := range common {
		common[i] = make([]int16, len(b)+1)
	}
	for i := len(a) - 1; i >= 0; i-- {
		for j := len(b) - 1; j >= 0; j-- {
			if a[i] == b[j] {
				common[i][j] = common[i+1][j+1] + 1
			} else {
				common[i][j] = max(common[i+1][j], common[i][j+1])
			}
		}
	}
	var list []pair
	i, j, fromA, fromB := 0, 0, 0, 0
	rest := func() {
		for fromA < i || fromB < j {
			p := pair{}
			if fromA < i {
				p.Left = a[fromA]
				fromA++
			}
			if fromB < j {
				p.Right = b[fromB]
				fromB++
			}
			p.A, p.B = differing(p.Left, p.Right), differing(p.Right, p.Left)
			list = append(list, p)
		}
	}
	for i < len(a) && j < len(b) {
		switch {
		case a[i] == b[j]:
			rest()
			list = append(list, pair{Left: a[i], Right: b[j], Same: true, A: []piece{{a[i], false}}, B: []piece{{b[j], false}}})
			i, j = i+1, j+1
			fromA, fromB = i, j
		case common[i+1][j] >= common[i][j+1]:
			i++
		default:
			j++
		}
	}
	i, j = len(a), len(b)
	rest()
	return list
}
