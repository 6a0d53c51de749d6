package grid

import (
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"
)

// Which rows are headers: those that the format marks, and the first rows that
// have words where the rows below them have figures:
//
//	指标     单位   2011   2012      years are no figures
//	         万人   1      2         numbers of columns are none either
//	总人口   万人   45.3   45.6
//	项目     单位   预算数 决算数    a second header within the table
//	教育支出 万元   50     60

// deepest header: rows that one header may have.
const deepestHead = 6

// heads says for each row whether it is a header.
func heads(rows []Row) []bool {
	out := make([]bool, len(rows))
	if len(rows) < 2 {
		return out
	}
	columns := figureColumns(rows)
	n := 0
	for n < len(rows) && rows[n].Head {
		out[n] = true
		n++
	}
	if n == 0 && !rows[0].figures() && !rows[0].prose() {
		out[0], n = true, 1
	}
	if n > 0 {
		n = below(rows, out, n, columns)
	}
	if n == len(rows) && !anyMarked(rows) {
		for i := 1; i < len(rows); i++ {
			out[i] = numbering(rows[i].Cells)
		}
		return out
	}
	for i := n; i < len(rows); i++ {
		if !out[i] && i+1 < len(rows) && i > 0 && (rows[i].headsAgain(rows[:n], columns) || rows[i].headsNext(rows[:n], &rows[i+1], columns)) && figuresFollow(rows[i+1:]) {
			out[i] = true
			i = below(rows, out, i+1, columns) - 1
		}
	}
	return out
}

func anyMarked(rows []Row) bool {
	return !slices.ContainsFunc(rows, func(r Row) bool { return !r.Head })
}

// below marks the rows from n on that go on with the header above them, and
// returns where it ends.
func below(rows []Row, out []bool, n int, columns []bool) int {
	for from := n; n < len(rows)-1 && n-from < deepestHead; n++ {
		r := &rows[n]
		units := !slices.ContainsFunc(rows[n+1].Cells, func(c string) bool { return c != "" && !IsUnit(c) }) // below it
		if !numbering(r.Cells) && (r.figures() || r.prose() || !units && !r.hangs(&rows[n-1]) && !r.headsOver(columns) && !r.fillsIn(&rows[n-1], columns) && !r.divides(&rows[n-1])) {
			break
		}
		out[n] = true
	}
	return n
}

func figuresFollow(rows []Row) bool {
	for i := range min(len(rows), deepestHead) {
		if rows[i].figures() {
			return true
		}
	}
	return false
}

// figureColumns are the columns in which most cells are figures.
func figureColumns(rows []Row) []bool {
	var filled, figures []int
	for i := range rows {
		for c, s := range rows[i].Cells {
			if c >= len(filled) {
				filled, figures = append(filled, 0), append(figures, 0)
			}
			if s == "" || placeholder(s) {
				continue
			}
			filled[c]++
			if isFigure(s) {
				figures[c]++
			}
		}
	}
	out := make([]bool, len(filled))
	for c := range filled {
		out[c] = figures[c] > 0 && figures[c]*2 >= filled[c]-1
	}
	return out
}

// headsOver reports whether the row has words over most columns of figures.
func (r *Row) headsOver(columns []bool) bool {
	words, all := 0, 0
	if r.dated() {
		return false
	}
	for c, s := range r.Cells {
		if c >= len(columns) || !columns[c] {
			continue
		}
		all++
		if isYear(s) || s != "" && !placeholder(s) && !isFigure(s) {
			words++
		}
	}
	return all > 0 && words*5 >= all*3
}

// dated reports a row with a name of its own and days in most of its cells: 建校时间.
func (r *Row) dated() bool {
	days, years, filled := 0, 0, 0
	for c, s := range r.Cells {
		if c == 0 && s == "" {
			return false
		}
		if c > 0 && s != "" {
			filled++
			if day.MatchString(s) {
				days++
			} else if isYear(strings.TrimSuffix(s, "年")) {
				years++
			}
		}
	}
	return days > 1 && (days+years)*2 > filled
}

// headsAgain reports whether a row within a table is a header: it begins as a row of the first header does,
// or has words over the columns of figures; a single column says too little.
func (r *Row) headsAgain(head []Row, columns []bool) bool {
	if r.figures() || r.prose() || r.Full || len(r.Cells) == 0 {
		return false
	}
	alike := func(h Row) bool { return len(h.Cells) > 0 && h.Cells[0] != "" && h.Cells[0] == r.Cells[0] }
	first := slices.Index(columns, true)
	several := first >= 0 && slices.Contains(columns[first+1:], true)
	return several && r.headsOver(columns) || slices.ContainsFunc(head, alike)
}

// headsNext reports whether a row within a table is the upper row of a header, over a lower one
// that is sure: 地区 | 零售总额 | | 预算收入 over 总量 | 增速 | 总量. Printed without merging,
// it must begin like the first header.
func (r *Row) headsNext(head []Row, next *Row, columns []bool) bool {
	if len(head) == 0 || r.figures() || r.prose() || r.alone() || !next.headsAgain(head, columns) {
		return false
	}
	alike := len(r.Cells) > 0 && r.Cells[0] != "" && len(head[0].Cells) > 0 && head[0].Cells[0] == r.Cells[0]
	return next.hangs(r) || alike && (next.fillsIn(r, columns) || next.divides(r))
}

// hangs reports whether a merged cell of the header above covers a part of the
// row, or a part of it stands under one merged sideways.
func (r *Row) hangs(above *Row) bool {
	wide, words := false, 0
	for c := range above.Cells {
		a := areaAt(above, c)
		switch {
		case a == 0:
		case areaAt(r, c) == a:
			return true
		case c > 0 && areaAt(above, c-1) == a:
			wide = true
			if c < len(r.Cells) && r.Cells[c] != "" && !placeholder(r.Cells[c]) {
				words++
			}
		}
	}
	return wide && words > 0
}

// fillsIn reports whether the row has words where the header above is empty: it
// was printed without merging.
func (r *Row) fillsIn(above *Row, columns []bool) bool {
	empty, filled := 0, 0
	for c := range r.Cells {
		if c >= len(above.Cells) || above.Cells[c] == "" && areaAt(above, c) == 0 {
			empty++
			if r.Cells[c] != "" && !placeholder(r.Cells[c]) {
				filled++
			}
		}
	}
	return empty > 1 && filled*2 > empty && len(columns) > 0 && r.headsOver(columns)
}

// divides reports whether the row has words only under heads that stand over empty
// cells too, and one at the left of each such group: 2019年 over 预算数 and 完成数,
// printed without merging, or 按性别分 over 男, 女, which stand over two columns each.
func (r *Row) divides(above *Row) bool {
	n, group, wide := 0, false, false // wide: the head at the left stands over empty cells
	for c := range r.Cells {
		if c < len(above.Cells) && above.Cells[c] != "" {
			wide = c+1 < len(above.Cells) && above.Cells[c+1] == ""
			group = r.Cells[c] != ""
		}
		switch {
		case r.Cells[c] == "":
		case c >= len(above.Cells) || placeholder(r.Cells[c]) || !wide || !group:
			return false
		default:
			n++
		}
	}
	return n > 0
}

func areaAt(r *Row, c int) int {
	if c < len(r.Areas) {
		return r.Areas[c]
	}
	return 0
}

// figures reports whether a cell is a bare number (and no year): a header has none.
func (r *Row) figures() bool {
	return slices.ContainsFunc(r.Cells, func(c string) bool { return isFigure(c) || counted.MatchString(c) || several.MatchString(c) })
}

// longHead is how many characters a cell of a header may have.
const longHead = 60

// prose reports whether a cell holds sentences.
func (r *Row) prose() bool {
	return slices.ContainsFunc(r.Cells, func(c string) bool {
		return strings.Contains(c, "。") || utf8.RuneCountInString(c) > longHead || strings.Contains(c, "，") && strings.ContainsAny(c, "0123456789")
	})
}

var (
	figure = regexp.MustCompile(`^[(（〔［【\[△▲+＋\-－−–—]?[ ]*[0-9０-９][0-9０-９,，.．  ]*([%％‰]|[)）〕］】\]])?[*＊①-⑳]?$`)
	year   = regexp.MustCompile(`^(19[0-9]{2}|20[0-9]{2})(\.[0-9]{1,2}\.[0-9]{1,2})?$`) // or a day of one: 2018.12.31
	// day is a month or a day of a year, as no head but of one column tells it
	day = regexp.MustCompile(`^[0-9]{4}(?:年[0-9]{1,2}月([0-9]{1,2}日)?|[./-][0-9]{1,2}([./-][0-9]{1,2})?)$`)
	// several are numbers in one cell, 20.1:45.2:34.7, and thresholds, ≥95%
	several = regexp.MustCompile(`^[0-9]+(\.[0-9]+)?([:：∶][0-9]+(\.[0-9]+)?)+$|^[≥≤＞＜><][0-9]`)
	order   = regexp.MustCompile(`^([0-9]{1,2}([=＝][0-9+＋\-－×*/÷()（）％%]+)?|[(（〔［\[][0-9]{1,2}[)）〕］\]]|[甲乙丙丁类款项目]|栏次|公式|序号|[A-F])?$`)
)

// isFigure reports a cell that is a bare number. A year is none.
func isFigure(s string) bool {
	return s != "" && s[0] < 0xf0 && figure.MatchString(s) && !isYear(s)
}

func isYear(s string) bool { return year.MatchString(s) }

// placeholder reports what stands where there is nothing: -, —, …, /, 无.
func placeholder(s string) bool {
	return strings.Trim(s, "-—－–―…·./／〃#*＊ 无") == ""
}

// numbering reports a row that only numbers the columns: 甲 乙 1 2 3, 栏次 1 2 3=1+2.
func numbering(cells []string) bool {
	next, n, named := 0, 0, false
	for _, c := range cells {
		if c == "" {
			continue
		}
		if !order.MatchString(c) {
			return false
		}
		if c = strings.Trim(c, "()（）[]［］〔〕"); c[0] < '0' || c[0] > '9' {
			named = true
			continue
		}
		v := int(c[0] - '0')
		if len(c) > 1 && c[1] >= '0' && c[1] <= '9' {
			v = v*10 + int(c[1]-'0')
		}
		if n > 0 && v != next || n == 0 && v > 1 {
			return false
		}
		next = v + 1
		n++
	}
	return n >= 3 || n > 0 && named
}
