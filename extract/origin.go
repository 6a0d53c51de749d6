package extract

import "mingxi/schema"

func (x *reader) origins() []schema.Origin {
	out := make([]schema.Origin, len(x.doc.Articles))
	for i, a := range x.doc.Articles {
		out[i].Article = a.N
		out[i].Year = reportYear(a.Title)
	}
	return out
}

// reportYear is the year that a title says the report is about.
func reportYear(title string) int { return yearIn(title) }

// yearIn is the first year from 1900 to 2099 in a text: ２０２１年, 2012年度, 一九八二年.
func yearIn(text string) int {
	y, n := 0, 0
	for _, r := range text {
		r = foldRune(r)
		d := -1
		switch {
		case isDigit(r):
			d = int(r - '0')
		case hanDigit(r) >= 0:
			d = hanDigit(r)
		}
		if d >= 0 {
			y, n = y*10+d, n+1
			if n > 4 {
				y %= 10000
			}
			continue
		}
		if n == 4 && y >= 1900 && y < 2100 && (r == '年' || r == '-' || r == '.' || r == '/') {
			return y
		}
		y, n = 0, 0
	}
	return 0
}
