package extract

import (
	"strings"

	"mingxi/schema"
)

// What is known of an article as a whole: who reports, on which year, where.

// origins reads title and source of every article.
func (x *reader) origins() []schema.Origin {
	out := make([]schema.Origin, len(x.doc.Articles))
	for i := range x.doc.Articles {
		a := &x.doc.Articles[i]
		o := schema.Origin{Article: a.N, Year: x.reportYear(a), Org: x.orgIn(a.Title)}
		o.Region = x.regionOf(a, o)
		out[i] = o
	}
	return out
}

// reportYear is the year that an article reports on: that of its title, or of
// its first words; a 政府工作报告 is given in January and reports on the year
// before. A masked year (201X) is not known.
func (x *reader) reportYear(a *schema.Article) int {
	year := yearIn(a.Title)
	if year == 0 && !x.distrusts(a.Title) {
		head := x.doc.Text[a.Start:a.End]
		if len(head) > 400 {
			head = head[:400]
		}
		if !x.distrusts(head) {
			year = yearIn(head)
		}
	}
	if year > 0 && strings.Contains(a.Title, "政府工作报告") {
		year--
	}
	return year
}

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
			if y, n = y*10+d, n+1; n > 4 {
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

// orgIn is the organisation that a title names: 清屏县民政局2012年工作总结.
func (x *reader) orgIn(title string) string {
	end := 0
	for _, w := range x.lex.OrgEnd {
		if i := strings.Index(title, w); i > 0 && i+len(w) > end && i < 90 {
			end = i + len(w)
		}
	}
	if end == 0 {
		return ""
	}
	org := title[:end]
	if i := strings.LastIndex(org, "年"); i >= 0 {
		org = org[i+len("年"):]
	}
	org = strings.TrimLeft(org, "0123456789度 的\u3000")
	if i := strings.LastIndexAny(org, " \u3000"); i >= 0 {
		org = org[i+1:]
	}
	return org
}

// regionOf finds the region in the title, in the first words, or in the path.
func (x *reader) regionOf(a *schema.Article, o schema.Origin) schema.Region {
	head := x.doc.Text[a.Start:min(a.End, a.Start+300)]
	for _, s := range []struct{ text, method string }{{a.Title, "printed"}, {head, "printed"}, {x.doc.Source, "path"}} {
		if p, score := x.regions().Find(s.text, o.Year); p != nil {
			if s.text == head {
				score *= 0.5 // a place that the text speaks of need not be its own
			}
			return schema.Region{Code: p.Code, Name: p.Name, Method: s.method, Score: score}
		}
	}
	return schema.Region{}
}
