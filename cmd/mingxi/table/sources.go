package table

// This file gathers the sources of a table while its rows go by: one line an
// article, in the order of their first rows.

import (
	"slices"
	"strconv"

	"mingxi/schema"
)

// sourceColumns are what is told of a source, taken from the columns of its rows,
// and how many figures it has.
var sourceColumns = []schema.Column{
	{Name: "doc_id", ZH: "文档编号", Doc: "first 16 hex digits of the SHA-256 of the source bytes", DocZH: "原文件字节 SHA-256 的前 16 位十六进制数", Type: schema.Text},
	{Name: "article", ZH: "篇序", Doc: "1-based number of the article in a merged file", DocZH: "合订文件中的第几篇,从 1 起", Type: schema.Whole},
	{Name: "title", ZH: "标题", Doc: "title of the article", DocZH: "该篇的标题", Type: schema.Text},
	{Name: "org", ZH: "单位名称", Doc: "the organisation that reports", DocZH: "报告单位", Type: schema.Text},
	{Name: "region_code", ZH: "行政区划代码", Doc: "GB/T 2260 code", DocZH: "GB/T 2260 代码", Type: schema.Text},
	{Name: "region", ZH: "行政区划", Doc: "name of the region", DocZH: "地区名称", Type: schema.Text},
	{Name: "year", ZH: "年份", Doc: "the year reported on", DocZH: "所报告的年份", Type: schema.Whole},
	{Name: "root", ZH: "根目录", Doc: "the folder that was ingested", DocZH: "入库的文件夹", Type: schema.Text},
	{Name: "source", ZH: "来源", Doc: "path below root, or as given", DocZH: "根目录下的路径,或所给的路径", Type: schema.Text},
	{Name: "program", ZH: "程序版本", Doc: "version of the program whose rules read the figures; empty if it did not note it", DocZH: "读出数字的程序版本;未记录时为空", Type: schema.Text},
	{Name: "figures", ZH: "数字个数", Doc: "rows of the table that come from it", DocZH: "表中出自它的行数", Type: schema.Whole},
}

// sources gathers them.
type sources struct {
	program func(docID string) string // may be nil
	at      []int                     // column of a row for each of sourceColumns, -1 if there is none
	rows    [][]schema.Cell
	count   []int
	seen    map[[3]string]int // by doc_id, article and source
	whole   bool              // they are all there
}

// newSources gathers those of a table, nil if nothing tells them.
func newSources(t target) *sources {
	s := &sources{program: t.Program, seen: map[[3]string]int{}}
	columns := t.columns
	if t.Citing != nil {
		columns = t.Citing
	}
	at := func(name string) int {
		return slices.IndexFunc(columns, func(o schema.Column) bool { return o.Name == name })
	}
	if at("doc_id") < 0 {
		return nil
	}
	for _, c := range sourceColumns {
		i := at(c.Name)
		if report := at("report_" + c.Name); c.Name == "year" && report >= 0 { // a row of a panel is of its own
			i = report
		}
		s.at = append(s.at, i)
	}
	s.add(t.Cited)
	s.whole = t.Citing != nil
	return s
}

// add counts rows for their sources.
func (s *sources) add(rows [][]schema.Cell) {
	if s == nil || s.whole {
		return
	}
	for _, row := range rows {
		cell := func(i int) schema.Cell {
			if s.at[i] < 0 {
				return schema.Cell{}
			}
			return row[s.at[i]]
		}
		if cell(0).Empty() { // a cell of a panel on which documents do not agree
			continue
		}
		key := [3]string{cell(0).Text, cell(1).String(), cell(8).Text}
		n, ok := s.seen[key]
		if !ok {
			n = len(s.rows)
			s.seen[key] = n
			line := make([]schema.Cell, len(sourceColumns))
			for i := range sourceColumns {
				line[i] = cell(i)
			}
			s.rows, s.count = append(s.rows, line), append(s.count, 0)
		}
		s.count[n]++
	}
}

// table are the lines.
func (s *sources) table() [][]schema.Cell {
	if s == nil {
		return nil
	}
	for i, row := range s.rows {
		if s.program != nil {
			row[len(row)-2] = schema.TextCell(s.program(row[0].Text))
		}
		row[len(row)-1] = schema.WholeCell(s.count[i])
	}
	return s.rows
}

// A citation is what is cited of a source.
type citation struct {
	key, title, org, year, region, file string
}

// citations are those of the sources that have a title.
func (s *sources) citations() (list []citation) {
	for _, row := range s.table() {
		c := citation{title: row[2].Text, org: row[3].Text, region: row[5].Text, year: row[6].String(), file: row[8].Text}
		c.key = "mx" + row[0].Text
		if n, ok := row[1].Number.Int64(); ok && n > 1 {
			c.key += "-" + strconv.FormatInt(n, 10)
		}
		if c.title != "" {
			list = append(list, c)
		}
	}
	return list
}
