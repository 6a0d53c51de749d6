package lexicon

import (
	"fmt"
	"strings"
)

// Lists are the short lists of lists.txt: words that
type Lists struct {
	SiteCount      []string // count what a site does with a page, not what a report says: 阅读:1268次
	NotTail        []string // begin like an end of a time and are none: 2018年中国
	PersonNoun     []string // after a number of 万 without a unit make it one of people: 358万居家老年人
	PlanHeading    []string // anywhere in a heading make its section one of intentions
	PlanEnd        []string // do so at the end of a short heading: 三、工作安排, but not 得到妥善安排
	PolicyTitle    []string // in a title make an article one of rules and intentions
	ResultHeading  []string // in a heading speak of results: 2012年工作完成情况
	ProblemHeading []string // make a section one of what is, not of what shall be
	ReportTitle    []string // in a title make an article a report, whatever else it says
	Goal           []string // begin a passage of targets that runs to the next heading
	Bound          []string // in a label make a sum a bound or a price
	Done           []string // say that something has happened
	Part           []string // open the parts of the figure before them
	Within         []string // lead from a total to its part without punctuation: 218户中已竣工203户
	Ground         []string // begin a clause that only says on what ground
	ListState      []string // are states by which parts and totals of a list are matched
	Varying        []string // vary between the labels of a total and of its areas
	TimeHead       []string // belong to a time that follows: 截止6月底
	Flow           []string // follow 月, 年 or 日 in a rate of time: 月发放低保金
	Caption        []string // a caption does without at its ends
	GrowthHead     []string // in a header make per cents changes
	MoneyHead      []string // in a header name sums of money
	TotalRow       []string // name the row of totals
	TimeTail       []string // end an expression of time
	PlanPeriod     []string // follow the number of a five-year plan: 十五期间
	MaskedYear     []string // are years that a site has masked
}

// load reads lists.txt. It panics if a list is missing, unknown or there twice.
func (l *Lists) load() {
	fields := map[string]*[]string{
		"SiteCount":      &l.SiteCount,
		"NotTail":        &l.NotTail,
		"PersonNoun":     &l.PersonNoun,
		"PlanHeading":    &l.PlanHeading,
		"PlanEnd":        &l.PlanEnd,
		"PolicyTitle":    &l.PolicyTitle,
		"ResultHeading":  &l.ResultHeading,
		"ProblemHeading": &l.ProblemHeading,
		"ReportTitle":    &l.ReportTitle,
		"Goal":           &l.Goal,
		"Bound":          &l.Bound,
		"Done":           &l.Done,
		"Part":           &l.Part,
		"Within":         &l.Within,
		"Ground":         &l.Ground,
		"ListState":      &l.ListState,
		"Varying":        &l.Varying,
		"TimeHead":       &l.TimeHead,
		"Flow":           &l.Flow,
		"Caption":        &l.Caption,
		"GrowthHead":     &l.GrowthHead,
		"MoneyHead":      &l.MoneyHead,
		"TotalRow":       &l.TotalRow,
		"TimeTail":       &l.TimeTail,
		"PlanPeriod":     &l.PlanPeriod,
		"MaskedYear":     &l.MaskedYear,
	}
	eachLine("lists", func(n int, line string) {
		name, words, _ := strings.Cut(line, ":")
		f := fields[name]
		if f == nil || *f != nil {
			panic(fmt.Sprintf("lexicon: lists.txt:%d: %q unknown or there twice", n, name))
		}
		*f = strings.Fields(words)
	})
	for name, f := range fields {
		if len(*f) == 0 {
			panic("lexicon: lists.txt: no list " + name)
		}
	}
}
