package grid

import (
	"strings"
	"testing"

	"mingxi/corpus/draft"
)

// table builds rows of cells divided by | and prints their pieces.
func table(text string) string {
	var rows []Row
	for i, line := range strings.Split(strings.TrimSpace(text), "\n") {
		rows = append(rows, Row{Cells: strings.Split(strings.TrimSpace(line), "|"), Down: 1, Place: i + 1})
	}
	d := draft.Document{Pieces: Pieces(rows, 1)}
	return strings.ReplaceAll(d.String(), " | ", "|")
}

func TestPieces(t *testing.T) {
	for _, x := range []struct{ name, in, want string }{
		{"header by place", "乡镇|户数\n河东|15", "HEAD 乡镇|户数\nrow 河东|15\n"},
		{"years are headers", "指标|2018|2019\n低保|3|4", "HEAD 指标|2018|2019\nrow 低保|3|4\n"},
		{"figures are none", "低保|1206\n五保|417", "row 低保|1206\nrow 五保|417\n"},
		{"one row is no header", "低保|户", "row 低保|户\n"},
		{"form lines are text", "填报：民政局||单位：万元\n乡镇|户数|金额\n河东|15|9.8", "para 填报：民政局\npara 单位：万元\nHEAD 乡镇|户数|金额\nrow 河东|15|9.8\n"},
		{"so is a title in the first cell", "低保发放情况||\n乡镇|户数|金额\n河东|15|9.8", "para 低保发放情况\nHEAD 乡镇|户数|金额\nrow 河东|15|9.8\n"},
		{"but a head is none", "乡镇名称||\n|户数|金额\n河东|15|9.8", "HEAD 乡镇名称||\nHEAD |户数|金额\nrow 河东|15|9.8\n"},
		{"so are those as wide as the table", "编制部门：财政局|2018年度|单位：万元\n项目|预算数|决算数\n税收|12|13", "para 编制部门：财政局\npara 2018年度\npara 单位：万元\nHEAD 项目|预算数|决算数\nrow 税收|12|13\n"},
		{"dates and pages have no name", "填报单位：民政局|2018-12-31|第1页|金额单位：元\n项目|户数|人数|金额\n低保|12|13|14", "para 填报单位：民政局\npara 2018-12-31\npara 第1页\npara 金额单位：元\nHEAD 项目|户数|人数|金额\nrow 低保|12|13|14\n"},
		{"heads with a colon are none", "学校：所|学生：人|教师：人\n12|13|14", "HEAD 学校：所|学生：人|教师：人\nrow 12|13|14\n"},
		{"a year beside names is a head", "单位：万元|2018年|增长\n税收|12|13", "HEAD 单位：万元|2018年|增长\nrow 税收|12|13\n"},
		{"so is a year beside the unit", "单位：万元|2017年|2018年\n税收|12|13", "HEAD 单位：万元|2017年|2018年\nrow 税收|12|13\n"},
		{"one column is a frame", "第一段\n第二段", "para 第一段\npara 第二段\n"},
		{"empty rows", "甲|乙\n|\n丙|3", "HEAD 甲|乙\nrow 丙|3\n"},
	} {
		if got := table(x.in); got != x.want {
			t.Errorf("%s: got\n%swant\n%s", x.name, got, x.want)
		}
	}
}

// TestBuilder lays out
//
//	乡镇 ┃ 农村低保
//	     ┃ 户数 │ 人数
//	河东 ┃ 15   │ 30
func TestBuilder(t *testing.T) {
	var b Builder
	b.Row(1, false)
	b.Cell("乡镇", 1, 2)
	b.Cell("农村低保", 2, 1)
	b.EndRow()
	b.Row(2, false)
	b.Cell("户数", 1, 1)
	b.Cell("人数", 1, 1)
	b.EndRow()
	b.Row(3, false)
	for _, c := range []string{"河东", "15", "30"} {
		b.Cell(c, 1, 1)
	}
	b.EndRow()
	d := draft.Document{Pieces: Pieces(b.Rows, 1)}
	want := "HEAD 乡镇 | 农村低保 | \nHEAD  | 户数 | 人数\nrow 河东 | 15 | 30\n"
	if got := d.String(); got != want {
		t.Errorf("got\n%swant\n%s", got, want)
	}
}

// TestColumns: borders drawn by hand are never quite straight.
func TestColumns(t *testing.T) {
	b := Columns([][]int{{0, 1000, 3000}, {10, 1020, 2000, 2990}})
	for _, x := range []struct{ left, right, want int }{{0, 1000, 1}, {1000, 3000, 2}, {1020, 2000, 1}, {2000, 2990, 1}} {
		if got := b.Between(x.left, x.right); got != x.want {
			t.Errorf("%d-%d: %d columns, want %d", x.left, x.right, got, x.want)
		}
	}
}
