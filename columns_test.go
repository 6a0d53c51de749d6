package mingxi_test

import (
	"flag"
	"fmt"
	"os"
	"strings"
	"testing"

	"mingxi/schema"
)

var update = flag.Bool("update", false, "rewrite docs/columns.md")

// docs/columns.md is the codebook of schema.Columns; -update writes it.
func TestColumnsDoc(t *testing.T) {
	const name = "docs/columns.md"
	want := codebook(schema.Columns())
	if *update {
		if err := os.WriteFile(name, []byte(want), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	got, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	if string(got) != want {
		t.Errorf("%s does not say what schema.Columns says: run go test . -update", name)
	}
}

// Stata takes names of at most 32 characters; SQL and R dislike anything but
// lower case and underscores.
func TestColumnNames(t *testing.T) {
	seen := map[string]bool{}
	for _, c := range schema.Columns() {
		if len(c.Name) > 32 || strings.Trim(c.Name, "abcdefghijklmnopqrstuvwxyz_") != "" || seen[c.Name] {
			t.Errorf("column name %q", c.Name)
		}
		if c.ZH == "" || c.Doc == "" || c.DocZH == "" {
			t.Errorf("column %s has no Chinese name or no meaning", c.Name)
		}
		seen[c.Name] = true
	}
}

func codebook(columns []schema.Column) string {
	types := [...]string{schema.Text: "text", schema.Whole: "whole number", schema.Numeric: "decimal"}
	var b strings.Builder
	b.WriteString(`# The columns · 各列说明

One row is one figure of one document, in text order. CSV, JSON Lines, XLSX,
Parquet and SQLite have the same columns under the same names. An empty cell
means that nothing is known or nothing applies; it is never a 0. (JSON Lines
leaves empty cells out; Parquet and SQLite hold null.)

一行是一份文件中的一个数字,按原文顺序。CSV、JSON Lines、XLSX、Parquet、SQLite
的列名和含义相同。空格表示不知道或不适用,绝不表示 0。

| column | 中文名 | type | meaning | 含义 |
|---|---|---|---|---|
`)
	for _, c := range columns {
		fmt.Fprintf(&b, "| %s | %s | %s | %s | %s |\n", c.Name, c.ZH, types[c.Type], c.Doc, c.DocZH)
	}
	b.WriteString(`
Notes · 说明

- **raw** is ` + "`" + `text[start:end]` + "`" + ` of the normal text, counted in characters (Unicode code
  points), which ` + "`" + `mingxi show --text` + "`" + ` prints. 用 start、end 可在正文中定位 raw。
- **place**, **object**, **event**, **measure** and **base** are the parts that label is
  composed of: 小麦成灾面积 is object 小麦, event 成灾, measure 面积; 发放低保金 is event
  发放, measure 低保金. place is empty for the report's own place (全县). Where the words
  name no measure the unit does (户数, 面积, 资金); that of a change or share says so
  (增速, 比重). base is what a share, a completion or a change is held against (省定标准 of
  高于省定标准; 1978年 of all changes in 同1978年相比,…); ` + "`" + `上年 (assumed)` + "`" + ` stands where no other was
  read, nothing where several years pass (五年来财政收入增长1.3倍).
  这五列是组成指标名称的各部分;place 为空即报告本地;measure 在原文没说时由单位得出;
  base 是占比、完成、增减的对照,没有读到别的时为 ` + "`" + `上年 (assumed)` + "`" + `,跨多年而未说明的(五年来)为空。
- **status** goes by clause: 计划投资380万元 is planned, and what follows it in the
  paragraph, until a clause says that something has happened (目前已…); sections such as
  三、明年打算 and plans as a whole are planned. 状态按分句判断。
- **flags**, joined by ; in one cell:

| flag | 中文 | meaning |
|---|---|---|
| unit_elided | 单位省略 | the unit is not printed beside the number; the words before it name it (供养对象2557) |
| repaired | 已修复 | digits that stood apart were joined, or cleaning took a line break or page mark out of the number |
| table | 表格 | from a table |
| repeated | 重复 | the article states it before, with the same label, unit and value |
| to | 变动后 | the level that something has come to from another: 195 of 由165元增至195元 |
| constant_price | 不变价 | at constant prices, or on the same base: 按可比价格计算增长8.5%, 实际增长6% |
| current_price | 现价 | at current prices, where the text says so: 名义增长9% |
| fall | 下降 | its indicator is a rate of growth and the text prints a fall (下降6.1%): value is 6.1, the growth -6.1, as ` + "`" + `panel` + "`" + ` has it |
| old_yuan | 旧币 | money of before 1955-03-01, when one new yuan took the place of 10,000: si_value is converted where the text calls it old (旧币), empty where it is only dated so, for it may be printed in either |
| ratio | 比例 | a term of a ratio (12:35:53), or a ratio whose second number is not 1 |
| cut | 断裂 | digits before it may belong to it; kind suspect, no value |
| before_year_end | 年终以前 | its report is dated in the year that it reports on, from April to November: what it tells without a time is of a part of that year |
| year_inferred | 年份推断 | the year of its article, or the masked year of its time (201X年1-11月), is inferred, not printed |
| region_as_of_2024 | 区划年份 | the table of regions does not cover the article's year; the code is that of 2024 |

- **confidence** is the share of rows made in the same way (from the same source of words,
  with labels of that length and build) that were right in hand-coded reports: value, unit
  and label. It is an order of magnitude, not a promise; explain names what made it.
  同样方式得出的行在手工标注样本中正确的比例,只是大致的把握。
- **value** is exact: 57.84万 is 578400, never 578399.99. Parquet holds it as
  DECIMAL(38,18), Excel as a 64-bit float; what Excel cannot keep to its last digit is
  text there. SQLite has no decimals: value is an INTEGER or the nearest REAL, to compare and
  add up, and value_exact the decimal itself, as TEXT; so have all columns of decimals, behind
  the others. value 是精确小数;Parquet 为 DECIMAL(38,18);Excel 存不全的数字按文本保存。SQLite 没有
  小数类型:value 是整数或最接近的 REAL,供比较和求和;value_exact 是文本,一位不差。其他小数列也都在表尾有
  对应的 _exact 列。
- **kind** masked (201X元, XX亿元: hidden digits) and suspect have no value. suspect are
  numbers that hold a year which a website put in place of digits, where the text proves
  that it did: 2023月, 占2023%, or masked years (201X年). Without such a proof a number is
  read as printed. Numbers that are cut are suspect too. 被隐去的数字(masked)不给数值;被网站换成年份的数字,文中有证据(2023月、占2023%、
  201X年)时标为 suspect,不给数值;没有证据则照印出的读。
- In a CSV a text that a spreadsheet would take for a formula (it begins with =, @, a
  tab, or with + or - and is no number: -大米) has an apostrophe in front; numbers and
  printed numbers, with their units too (-3.5%, -5.2亿元, +12户: no spreadsheet evaluates
  them), never have one, so that raw is the text. CSV 里会被当作公式的文本(以 =、@、制表符开头,或以 +、- 开头
  而不是数字,如 -大米),前面加一个撇号;数字和印出的数字(连同单位,如 -3.5%、-5.2亿元)不加,raw 与原文一致。
- A decrease keeps the printed positive number (减少371人 is 371, kind change).
  减少、下降的数字保留印出的正数。
`)
	return b.String()
}
