package lexicon

import (
	"fmt"
	"strings"
)

// Tables are the words of tables.txt: words in heads, rows and captions that
type Tables struct {
	RowNumber   []string // head a column that numbers or codes the rows: 行次
	Code        []string // end a head of codes: 项目编码
	Hidden      []string // head a column of numbers that count nothing: telephones, accounts, ages
	Date        []string // end a head of dates: 开工日期
	Year        []string // head a column of years or months
	Unit        []string // head a column of units, or of bodies
	Stub        []string // head a column that names the rows
	Name        []string // end a head of names: 项目名称
	Aside       []string // head a column of words that name no row: 负责人
	Describe    []string // end the head of a column that describes what the rows name: 建设内容
	Note        []string // head a column of remarks
	Plain       []string // of a head say nothing: 数量 of 总人口
	Class       []string // name a class, no subject: 男, 城镇, 合计
	Kind        []string // of those, stand before a measure: 城镇 before 人口
	Ahead       []string // of those, before the whole name: 城市居民消费价格
	Total       []string // name a row or column of totals
	OtherTime   []string // in a head tell that the time of the caption is not that of its figures: 年计划 beside 上半年
	Thing       []string // end a name of things that are counted: 村委会
	Converted   []string // begin a head that ends with the unit its figures were converted into: 折合亩
	Plan        []string // of a head make its figures intentions
	Result      []string // and, beside those, results: 完成计划
	Planned     []string // end the caption of a table of intentions: 目标表
	Allotted    []string // do so beside a word of Plan: 任务|分解表
	Growth      []string // of a head make per cents changes
	Share       []string // end a head of per cents: 比重
	Index       []string // end the name of a plain ratio: 指数
	Person      []string // end a name of people that are counted: 职工
	Area        []string // end a name of a place
	Body        []string // end a name of a body: 民政局
	End         []string // end a caption: 情况表
	Empty       []string // in a caption say nothing: 统计公报
	Difference  []string // end a head of differences: 增减额
	Open        []string // of those of growth, differences as often as per cents: 增减
	Sure        []string // of those of growth, per cents where the table has any: 增长
	Sum         []string // end a name of a sum of money: 收入
	Crop        []string // end a name of what is got, in no money, area or people: 单产
	Volume      []string // end a name of a volume: 活立木蓄积
	Length      []string // end a name of a length: 长度
	Prices      []string // begin a name of a value that its parts are in too: 当年价
	Yield       []string // end a name of what one area yields: 亩产
	Mean        []string // of a name tell a mean of money: 人均
	Stage       []string // of a head tell the time or stage of a figure: 上年, 预算
	Against     []string // and these, what growth is told against: 比, 年均
	Since       []string // of a head of changes since a day: 年初
	Rate        []string // of a head of money name what one gets: 标准
	Beds        []string // end a head of things counted in 张: 床位数
	Price       []string // of a head of money for each unit of the row: 单价
	NoMoney     []string // end a name of what is no money, whatever the unit of the table
	MoneyNumber []string // but these are sums
	Fee         []string // end a name of money that is spent or paid
	Points      []string // end a head of marks: 总分
	Attribute   []string // begin what a caption says of those that it counts: 学历
	Case        []string // are units of cases, which a caption names: 件
	Piece       []string // end a name of papers that are dealt with: 受理件
	Affair      []string // end a name of what is a case by itself: 火灾
	Sex         []string // name men and women that are counted
	Counter     []string // are units in a head or a column of units, not in prose: 盘, 册次
	Opposite    []string // head figures whose sign is the first or second of the two: 盈亏 over 亏1.7
	Measured    []string // end like a plain ratio and have a unit: 高锰酸盐指数
	Day         []string // end a name of days of the calendar: 出现日期
	Subtotal    []string // end a name of the total of a group: 柳村小计
	Current     []string // begin a head of the time that the table is of: 本期
	Already     []string // in a head say that it was done: 已下达
	By          []string // begins a head that says by what a total is divided: 按性别分
	ByEnd       []string // ends it
	Continued   []string // begin a caption of a table that goes on: 续表
}

func (t *Tables) load() {
	fields := map[string]*[]string{
		"RowNumber": &t.RowNumber, "Code": &t.Code, "Hidden": &t.Hidden, "Date": &t.Date, "Year": &t.Year, "Unit": &t.Unit,
		"Stub": &t.Stub, "Name": &t.Name, "Aside": &t.Aside, "Describe": &t.Describe, "Note": &t.Note, "Plain": &t.Plain, "Class": &t.Class, "Kind": &t.Kind,
		"Total": &t.Total, "Plan": &t.Plan, "Planned": &t.Planned, "Allotted": &t.Allotted, "Result": &t.Result, "Growth": &t.Growth, "Share": &t.Share,
		"Index": &t.Index, "Person": &t.Person, "Area": &t.Area, "Body": &t.Body, "End": &t.End,
		"Difference": &t.Difference, "Open": &t.Open, "Sure": &t.Sure, "Sum": &t.Sum, "Crop": &t.Crop, "Volume": &t.Volume, "Yield": &t.Yield, "Prices": &t.Prices, "Mean": &t.Mean, "Stage": &t.Stage, "Against": &t.Against, "Since": &t.Since, "Rate": &t.Rate, "Beds": &t.Beds, "Price": &t.Price, "Points": &t.Points, "Sex": &t.Sex, "Piece": &t.Piece, "Affair": &t.Affair, "Case": &t.Case, "Length": &t.Length, "Attribute": &t.Attribute, "Fee": &t.Fee, "NoMoney": &t.NoMoney, "MoneyNumber": &t.MoneyNumber, "Ahead": &t.Ahead, "Empty": &t.Empty, "Continued": &t.Continued,
		"Counter": &t.Counter, "Opposite": &t.Opposite, "Measured": &t.Measured, "Day": &t.Day,
		"Subtotal": &t.Subtotal, "Current": &t.Current, "Already": &t.Already, "Converted": &t.Converted, "Thing": &t.Thing, "OtherTime": &t.OtherTime, "By": &t.By, "ByEnd": &t.ByEnd,
	}
	eachLine("tables", func(n int, line string) {
		name, words, _ := strings.Cut(line, ":")
		f := fields[name]
		if f == nil || *f != nil {
			panic(fmt.Sprintf("lexicon: tables.txt:%d: %q unknown or there twice", n, name))
		}
		*f = strings.Fields(words)
	})
	for name, f := range fields {
		if len(*f) == 0 {
			panic("lexicon: tables.txt: no list " + name)
		}
	}
}
