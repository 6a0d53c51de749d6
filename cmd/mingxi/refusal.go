package main

// This file says which numbers of tables are no figures, and why.

import (
	"fmt"

	"mingxi/schema"
)

// mostRefusals is how many tables of a document are told of one by one.
const mostRefusals = 5

// refusals are lines for the numbers of tables that were not read.
func (p *program) refusals(all []schema.Refusal) (lines []string) {
	cells := 0
	for i, r := range all {
		if i < mostRefusals {
			lines = append(lines, p.refusal(r))
		} else {
			cells += r.Cells
		}
	}
	if cells > 0 {
		lines = append(lines, fmt.Sprintf(p.text("%d numbers more, at %d further places, are no figures", "还有 %d 个数,在另外 %d 处,没有读作数字"), cells, len(all)-mostRefusals))
	}
	return lines
}

func (p *program) refusal(r schema.Refusal) string {
	why := ""
	switch r.Why {
	case schema.NoUnit:
		why = p.text("their unit is not told, or two differ", "看不出计量单位,或有两种说法")
	case schema.NoHead:
		why = p.text("no head says what their columns hold", "没有表头说明各列是什么")
	case schema.NoName:
		why = p.text("their rows have no names", "所在的行没有名称")
	case schema.TooLong:
		why = p.text("they have more than 18 digits", "超过 18 位")
	}
	at := r.Cell
	if r.Page > 0 {
		at = fmt.Sprintf(p.text("page %d, %s", "第 %d 页 %s"), r.Page, r.Cell)
	}
	return fmt.Sprintf(p.text("table %d, from %s: %d numbers in %d rows are no figures: %s", "表 %d,自 %s 起:%d 个数(%d 行)没有读作数字:%s"), r.Table, at, r.Cells, r.Rows, why)
}
