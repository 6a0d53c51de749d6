package pdf

import (
	"fmt"
	"strings"
	"testing"
)

// TestLooseTables reads tables without rules: with narrow gaps, a blank cell, a
// header in two lines, a heading among the rows; or refuses them, with a warning,
// where a header's second level or names of several rows leave it open: their names stand
// at the first or in the middle of them, and only one of the two may divide the rows.
func TestLooseTables(t *testing.T) {
	at := func(x, y float64, s string) string { return typeset(x, y, 14, strings.Split(s, "\n")...) }
	row := func(y float64, cells ...string) string {
		var b strings.Builder
		for i, x := range []float64{80, 154, 212, 270} {
			if i < len(cells) && cells[i] != "" {
				b.WriteString(at(x, y, cells[i]))
			}
		}
		return b.String()
	}
	for _, c := range []struct{ name, content, want, warning string }{
		{"narrow gaps", row(690, "项目", "户数", "人数") + row(670, "城市低保户", "3,215", "5,310") + row(650, "农村低保", "9,870", "12,040"),
			"项目|户数|人数\n城市低保户|3,215|5,310\n农村低保|9,870|12,040", ""},
		{"blank cell", row(690, "项目", "户数", "人数") + row(670, "城市低保", "", "5,310") + row(650, "农村低保", "9,870", "12,040") + row(630, "特困", "87", "91"),
			"项目|户数|人数\n城市低保||5,310\n农村低保|9,870|12,040\n特困|87|91", ""},
		{"heading among rows", row(690, "项目", "户数", "人数") + row(670, "一、城市") + row(650, "保障", "15", "30") + row(630, "退出", "2", "4"),
			"项目|户数|人数\n一、城市||\n保障|15|30\n退出|2|4", ""},
		{"dashes in the middle", row(690, "项目", "户数", "人数", "占比") + row(670, "城市低保", "3,215", "5,310", "31.0") + row(650, "农村低保", "9,870") + at(222, 650, "—") + at(275, 650, "…") + row(630, "特困", "-87", "91", "2.5"),
			"项目|户数|人数|占比\n城市低保|3,215|5,310|31.0\n农村低保|9,870|—|…\n特困|-87|91|2.5", ""},
		{"month behind its year", at(80, 690, "时间") + at(240, 690, "户数") + at(300, 690, "人数") + at(80, 670, "2019年") + at(119, 670, "1-9月") + at(240, 670, "15") + at(300, 670, "30") + at(80, 650, "2018年") + at(119, 650, "1-9月") + at(240, 650, "12") + at(300, 650, "21"),
			"时间|户数|人数\n2019年1-9月|15|30\n2018年1-9月|12|21", ""},
		{"names that wrap", row(690, "地区", "户数", "人数") + row(670, "东城", "15", "30") + row(656, "市") + row(642, "西川", "12", "21") + row(628, "州"),
			"地区|户数|人数\n东城市|15|30\n西川州|12|21", ""},
		{"a line of blanks below the header", row(690, "项目", "户数", "人数") + at(80, 680, "   ") + row(670, "城市低保", "3,215", "5,310") + row(650, "农村低保", "9,870", "12,040"),
			"项目|户数|人数\n城市低保|3,215|5,310\n农村低保|9,870|12,040", ""},
		{"two levels", row(710, "", "城市", "农村") + row(690, "乡镇", "户数", "人数", "户数") + row(670, "青石镇", "15", "30", "7") + row(650, "白沙乡", "12", "21", "9"),
			"城市 农村\n乡镇 户数 人数 户数\n青石镇 15 30 7\n白沙乡 12 21 9", "2 rows"},
		{"names of several rows", row(690, "乡镇", "类别", "户数") + row(670, "", "城市", "15") + row(650, "青石镇", "农村", "30") + row(630, "", "特困", "7"),
			"乡镇|类别|户数\n青石镇|城市|15\n|农村|30\n|特困|7", ""},
		{"names at the first of their rows", row(690, "乡镇", "类别", "户数") + row(670, "青石镇", "城市", "15") + row(650, "", "农村", "30") + row(630, "", "特困", "7") + row(610, "白沙乡", "城市", "3"),
			"乡镇|类别|户数\n青石镇|城市|15\n|农村|30\n|特困|7\n白沙乡|城市|3", ""},
		{"names between their rows", row(690, "乡镇", "类别", "户数") + row(670, "", "城市", "15") + row(660, "青石镇") + row(650, "", "农村", "30") + row(630, "", "城市", "3") + row(620, "白沙乡") + row(610, "", "农村", "4"),
			"乡镇|类别|户数\n青石镇|城市|15\n|农村|30\n白沙乡|城市|3\n|农村|4", ""},
		{"names neither at the first nor in the middle", row(690, "乡镇", "类别", "户数") + row(670, "", "城市", "15") + row(650, "青石镇", "农村", "30") + row(630, "", "特困", "7") + row(610, "", "孤儿", "2"),
			"乡镇 类别 户数\n城市 15\n青石镇 农村 30\n特困 7\n孤儿 2", "4 rows"},
		{"brackets at the left of their cells", row(690, "项目", "年初数", "年末数") + row(670, "收入", "", "30") + at(154, 670, "(12)") + at(184, 650, "15") + row(650, "支出", "", "40") + at(184, 630, "17") + row(630, "结余", "", "2"),
			"项目|年初数|年末数\n收入|(12)|30\n支出|15|40\n结余|17|2", ""},
		{"units below the names", row(710, "年份", "产量", "面积") + row(690, "", "吨", "亩") + row(670, "2011年", "15", "30") + row(650, "2012年", "17", "32"),
			"年份|产量|面积\n|吨|亩\n2011年|15|30\n2012年|17|32", ""},
	} {
		d, err := Read(sketch{font: unicodeFont}.file(c.content), Options{})
		if err != nil {
			t.Errorf("%s: %v", c.name, err)
			continue
		}
		var lines []string
		for _, p := range d.Pieces {
			lines = append(lines, p.Text+strings.Join(p.Cells, "|"))
		}
		if got := strings.Join(lines, "\n"); got != c.want {
			t.Errorf("%s: got\n%s\nwant\n%s", c.name, got, c.want)
		}
		if got := strings.Join(d.Warnings, "; "); (c.warning == "") != (got == "") || !strings.Contains(got, c.warning) {
			t.Errorf("%s: warnings %q, want %q", c.name, got, c.warning)
		}
	}
}

// TestTableOverPages joins a table that goes on at the top of the next page.
func TestTableOverPages(t *testing.T) {
	at := func(x, y float64, s string) string { return typeset(x, y, 14, s) }
	page := func(rows ...string) string {
		var b strings.Builder
		var ys []float64
		for i := range len(rows)/2 + 1 {
			ys = append(ys, 705-25*float64(i))
		}
		b.WriteString(gridLines([]float64{70, 200, 300}, ys))
		for i := 0; i < len(rows); i += 2 {
			b.WriteString(at(80, 690-25*float64(i/2), rows[i]) + at(210, 690-25*float64(i/2), rows[i+1]))
		}
		return b.String()
	}
	file := sketch{font: unicodeFont}.file(page("乡镇", "户数", "青石镇", "12"), page("白沙乡", "34", "柳林镇", "56"), page("乡镇", "户数", "云顶镇", "78"))
	d, err := Read(file, Options{})
	if err != nil {
		t.Fatal(err)
	}
	want := "HEAD 乡镇 | 户数\nrow 青石镇 | 12\nrow 白沙乡 | 34\nrow 柳林镇 | 56\nrow 云顶镇 | 78\n"
	if got := d.String(); got != want {
		t.Errorf("got\n%swant\n%s", got, want)
	}
	for _, p := range d.Pieces {
		if p.Table != 1 {
			t.Errorf("%v is in table %d, want 1", p.Cells, p.Table)
		}
	}
}

// TestRowOverPages joins the halves of a row that a page broke, which no rule closes there; rows
// with figures in the same column are two, and a table that its page leaves open has all of its rows.
func TestRowOverPages(t *testing.T) {
	at := func(x, y float64, s string) string { return typeset(x, y, 14, strings.Split(s, "\n")...) }
	page := func(edges, rules []float64, cells string) string {
		var b strings.Builder
		for _, x := range []float64{70, 130, 260, 340} {
			fmt.Fprintf(&b, "%g %g m %g %g l S\n", x, edges[0], x, edges[1])
		}
		for _, y := range rules {
			fmt.Fprintf(&b, "70 %g m 340 %g l S\n", y, y)
		}
		return b.String() + cells
	}
	head := at(80, 690, "序号") + at(140, 690, "项目") + at(270, 690, "户数") + at(80, 665, "1") + at(140, 665, "青石镇") + at(270, 665, "12")
	foot := head + at(80, 640, "2") + at(140, 640, "白沙乡低保\n提标") + at(270, 640, "34")
	next := at(80, 660, "3") + at(140, 660, "云顶镇") + at(270, 660, "78")
	open, closed := []float64{705, 600}, []float64{705, 680, 655}
	for _, c := range []struct{ name, first, second, want string }{
		{"names go on", page(open, closed, foot), page([]float64{705, 650}, []float64{680, 650}, at(140, 690, "和补差")+next),
			"1 | 青石镇 | 12\nrow 2 | 白沙乡低保提标和补差 | 34\nrow 3 | 云顶镇 | 78\n"},
		{"figures go on", page(open, closed, head+at(80, 640, "2")+at(140, 640, "白沙乡")), page([]float64{705, 650}, []float64{680, 650}, at(140, 690, "低保")+at(270, 690, "34")+next),
			"1 | 青石镇 | 12\nrow 2 | 白沙乡低保 | 34\nrow 3 | 云顶镇 | 78\n"},
		{"two rows", page(open, closed, foot), page([]float64{705, 650}, []float64{680, 650}, at(80, 690, "4")+at(140, 690, "柳林镇")+at(270, 690, "56")+next),
			"1 | 青石镇 | 12\nrow 2 | 白沙乡低保提标 | 34\nrow 4 | 柳林镇 | 56\nrow 3 | 云顶镇 | 78\n"},
		{"no rule at the foot", page(open, closed, foot), "", "1 | 青石镇 | 12\nrow 2 | 白沙乡低保提标 | 34\n"},
	} {
		d, err := Read(sketch{font: unicodeFont}.file(c.first, c.second), Options{})
		if err != nil {
			t.Fatal(err)
		}
		if got, want := d.String(), "HEAD 序号 | 项目 | 户数\nrow "+c.want; got != want {
			t.Errorf("%s: got\n%swant\n%s", c.name, got, want)
		}
	}
}

// A row that a page broke goes on at the top of the next.
func TestRestOfRow(t *testing.T) {
	for _, c := range []struct {
		row, rest string
		want      bool
	}{
		{"2081104|残疾|202,553.83", "|人康复|", true},
		{"2081104|残疾|202,553.83", "2081105|就业|", false},
		{"2081104|残疾|202,553.83", "||103,641.57", false},
		{"城关镇|120|", "||合计", false},
		{"|残疾|1", "|人康复|", false},
	} {
		if got := restOf(strings.Split(c.row, "|"), strings.Split(c.rest, "|")); got != c.want {
			t.Errorf("%s, %s: %v", c.row, c.rest, got)
		}
	}
}

// TestRunning: a number close between words is one of them; one close to the next column only
// is a figure.
func TestRunning(t *testing.T) {
	w := func(x0, x1 float64, s string) word {
		var g []glyph
		for _, r := range s {
			g = append(g, glyph{s: string(r), size: 10})
		}
		return word{x0: x0, x1: x1, glyphs: g, text: s}
	}
	for _, c := range []struct {
		words []word
		want  string
	}{
		{[]word{w(0, 40, "六月第"), w(42, 47, "2"), w(49, 80, "周价格")}, "六月第2周价格"},
		{[]word{w(0, 10, "活"), w(12, 32, "1000"), w(34, 60, "克左右"), w(90, 110, "15.8")}, "活1000克左右|15.8"},
		{[]word{w(0, 40, "土地收入"), w(80, 105, "60837"), w(107, 140, "城乡社区")}, "土地收入|60837|城乡社区"},
		{[]word{w(0, 40, "土地收入"), w(42, 62, "60837"), w(90, 140, "城乡社区")}, "土地收入|60837|城乡社区"},
	} {
		var got []string
		for _, k := range running(c.words) {
			got = append(got, k.text)
		}
		if s := strings.Join(got, "|"); s != c.want {
			t.Errorf("got %s, want %s", s, c.want)
		}
	}
}
