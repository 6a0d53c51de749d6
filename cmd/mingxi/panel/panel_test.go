package panel

import (
	"errors"
	"fmt"
	"math/rand"
	"slices"
	"strings"
	"testing"

	"mingxi/extract/indicator"
	"mingxi/schema"
)

var (
	households = &indicator.Indicator{Code: "dibao_urban_hh", NameZH: "城市低保户数", UnitZH: "户", Dimension: "count_household", Nature: "stock"}
	outlay     = &indicator.Indicator{Code: "dibao_outlay", NameZH: "低保支出", UnitZH: "元", Dimension: "currency", Nature: "flow"}
	area       = &indicator.Indicator{Code: "area_km2", NameZH: "面积", UnitZH: "平方公里", Dimension: "area", Nature: "stock"}
	grant      = &indicator.Indicator{Code: "dibao_std", NameZH: "低保标准", UnitZH: "元/人·月", Dimension: "currency_per_person_month", Nature: "std"}
)

func number(t *testing.T, s string) schema.Decimal {
	t.Helper()
	d, err := schema.ParseDecimal(s)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// report makes a document with one figure.
func report(t *testing.T, source, code string, year int, one *indicator.Indicator, value string, change func(*schema.Metric)) (*schema.Document, *schema.Reading) {
	t.Helper()
	d := &schema.Document{ID: source, Source: source, Text: value + "户", Articles: []schema.Article{{N: 1, Title: "总结", Span: schema.Span{End: len(value) + 3}}}}
	m := schema.Metric{Seq: 1, Article: 1, Span: schema.Span{End: len(value)}, Sentence: schema.Span{End: len(d.Text)}, Code: one.Code, Value: number(t, value), Unit: one.UnitZH}
	m.SI, m.SIUnit = m.Value, m.Unit
	if change != nil {
		change(&m)
	}
	o := schema.Origin{Article: 1, Year: year, Region: schema.Region{Code: code}}
	return d, &schema.Reading{Origins: []schema.Origin{o}, Metrics: []schema.Metric{m}}
}

// Which figure is a cell, of which year, and why not.
func TestRules(t *testing.T) {
	during := func(printed, start, end string) func(*schema.Metric) {
		return func(m *schema.Metric) { m.Period = schema.Period{Printed: printed, Start: start, End: end} }
	}
	for _, c := range []struct {
		what   string
		one    *indicator.Indicator
		change func(*schema.Metric)
		year   int
		reason Reason
		status Status
	}{
		{"no time: the report's year", households, nil, 2011, "", Normal},
		{"全年", outlay, during("全年", "2011-01-01", "2011-12-31"), 2011, "", Normal},
		{"上年, in the report of the next year", outlay, during("上年", "2010-01-01", "2010-12-31"), 2010, "", Normal},
		{"截至12月底", households, during("截至12月底", "", "2011-12-31"), 2011, "", Normal},
		{"年末, without dates", households, during("年末", "", ""), 2011, "", Normal},
		{"截至6月底", households, during("截至6月底", "", "2011-06-30"), 2011, notYearEnd, Normal},
		{"年初", households, during("年初", "2011-01-01", "2011-12-31"), 2011, notYearEnd, Normal},
		{"1-11月", outlay, during("1-11月", "2011-01-01", "2011-11-30"), 2011, partOfYear, Normal},
		{"上半年, without dates", outlay, during("上半年", "", ""), 2011, undated, Normal},
		{"目前", households, during("目前", "", ""), 2011, undated, Normal},
		{"十一五", outlay, during("十一五", "2006-01-01", "2010-12-31"), 2010, manyYears, Normal},
		{"2008年以来", outlay, during("2008年以来", "2008-01-01", ""), 2008, manyYears, Normal},
		{"今年以来", outlay, during("今年以来", "2011-01-01", ""), 2011, "", Normal},
		{"7月份以来", outlay, during("7月份以来", "2011-07-01", ""), 2011, partOfYear, Normal},
		{"a standard from July on", grant, func(m *schema.Metric) {
			m.Unit, m.SIUnit, m.Per = "元", "元", "人·月"
			m.Period = schema.Period{Printed: "从7月1日起", Start: "2011-07-01", End: "2011-07-01"}
		}, 2011, "", Normal},
		{"a stock in July", households, during("7月1日", "2011-07-01", "2011-07-01"), 2011, notYearEnd, Normal},
		{"学年初", households, during("学年初", "2011-01-01", "2011-12-31"), 2011, "", Normal},
		{"planned", households, func(m *schema.Metric) { m.Status = schema.Planned }, 2011, planned, Forecast},
		{"a growth", households, func(m *schema.Metric) { m.Kind = schema.Change }, 2011, changed, Normal},
		{"constant prices", outlay, func(m *schema.Metric) { m.Flags = []string{"constant_price"} }, 2011, constant, Normal},
		{"a sum of years", outlay, func(m *schema.Metric) { m.Flags = []string{"sum_of_years"} }, 2011, manyYears, Normal},
		{"of the plan", outlay, func(m *schema.Metric) { m.Slots.Base = "年初计划" }, 2011, onBase, Normal},
		{"市本级", outlay, func(m *schema.Metric) { m.Slots.Place = "市本级" }, 2011, levelOwn, Normal},
		{"市本级 as a heading", outlay, func(m *schema.Metric) { m.Section = "三、救助 > （一）市本级" }, 2011, levelOwn, Normal},
		{"another region as a heading", outlay, func(m *schema.Metric) { m.Section = "各地情况 > 二、麒麟区" }, 2011, elsewhere, Normal},
		{"城区 in the label", outlay, func(m *schema.Metric) { m.Label = "城区城市低保支出" }, 2011, levelOwn, Normal},
		{"县城 across two words", outlay, func(m *schema.Metric) { m.Label = "全县城市低保支出" }, 2011, "", Normal},
		{"市直 across two words", outlay, func(m *schema.Metric) { m.Label = "全市直接支出" }, 2011, "", Normal},
		{"a heading that ends like a region", outlay, func(m *schema.Metric) { m.Section = "五、社区" }, 2011, "", Normal},
		{"a heading of work", outlay, func(m *schema.Metric) { m.Section = "二、城乡低保" }, 2011, "", Normal},
		{"a township", households, func(m *schema.Metric) { m.Slots.Place = "中枢镇" }, 2011, elsewhere, Normal},
		{"全县", households, func(m *schema.Metric) { m.Slots.Place = "全县" }, 2011, "", Normal},
		{"各乡镇", households, func(m *schema.Metric) { m.Slots.Place = "各乡镇" }, 2011, "", Normal},
		{"a range", outlay, func(m *schema.Metric) { m.Approx = schema.Range }, 2011, aRange, Estimated},
		{"about", outlay, func(m *schema.Metric) { m.Approx = schema.About }, 2011, "", Estimated},
		{"masked", households, func(m *schema.Metric) { m.Kind, m.Value = schema.Masked, schema.Decimal{} }, 2011, "", Suppressed},
		{"contradicted", households, func(m *schema.Metric) { m.Check = schema.Contradicts }, 2011, "", Unreliable},
		{"hectares as square kilometres", area, func(m *schema.Metric) { m.Unit, m.SIUnit = "亩", "公顷" }, 2011, "", Normal},
		{"tonnes are no area", area, func(m *schema.Metric) { m.Unit, m.SIUnit = "吨", "吨" }, 2011, otherUnit, Normal},
		{"a month, not a year", grant, func(m *schema.Metric) { m.Unit, m.SIUnit, m.Per = "元", "元", "人·年" }, 2011, otherPer, Normal},
		{"per person and month", grant, func(m *schema.Metric) { m.Unit, m.SIUnit, m.Per = "元", "元", "人·月" }, 2011, "", Normal},
	} {
		b := New(Options{Indicators: []*indicator.Indicator{households, outlay, area, grant}})
		got := b.Candidates(report(t, "a.txt", "530322", 2011, c.one, "3126", c.change))
		if len(got) != 1 || got[0].Year != c.year || got[0].Reason != c.reason || got[0].Status != c.status {
			t.Errorf("%s: %d %q %s; want %d %q %s", c.what, got[0].Year, got[0].Reason, got[0].Status, c.year, c.reason, c.status)
		}
	}
}

// 目前 in a report on a whole year is its end, in one on a half year it is not.
func TestNow(t *testing.T) {
	for title, want := range map[string]Reason{"2011年工作总结": "", "2011年上半年工作总结": undated, "总结": undated} {
		d, reading := report(t, "a.txt", "530322", 2011, households, "3126", func(m *schema.Metric) { m.Period.Printed = "目前" })
		d.Articles[0].Title = title
		if got := New(Options{Indicators: []*indicator.Indicator{households}}).Candidates(d, reading); got[0].Reason != want {
			t.Errorf("%s: %q, want %q", title, got[0].Reason, want)
		}
	}
}

// The codes of one year: renamed places are followed, divided and merged ones are told.
func TestRegionYear(t *testing.T) {
	for _, c := range []struct {
		code   string
		year   int
		to     int
		region string
		reason Reason
		status Status
	}{
		{"532228", 1996, 0, "532228", "", Normal},
		{"532228", 1996, 2020, "530322", "", Normal},
		{"620824", 2017, 2020, "620881", "", Normal},
		{"469003", 2014, 2020, "460400", "", Normal},
		{"130103", 2010, 2020, "130103", divided, Normal},
		{"110103", 2005, 2020, "110101", merged, Normal},
		{"110101", 2005, 2020, "110101", "", Break}, // it took over 崇文区
		{"110101", 2011, 2020, "110101", "", Normal},
		{"440923", 2010, 2020, "440904", "", Break}, // with 茂港区 it became 电白区
		{"440903", 2010, 2020, "440904", merged, Normal},
		{"130123", 1999, 2020, "130123", "", Break},
		{"530322", 2011, 1996, "532228", "", Normal},
		{"530800", 2006, 2020, "530800", "", Normal}, // 思茅市 is called 普洱市
		{"320800", 1995, 2020, "320800", "", Normal},
		{"532700", 1999, 2020, "530800", "", Normal}, // as is 思茅地区
		{"132100", 1990, 2020, "130400", merged, Normal},
		{"130400", 1990, 2020, "130400", "", Break}, // it took over 邯郸地区
		{"322100", 1982, 2020, "322100", divided, Normal},
		{"530800", 2012, 1999, "532700", "", Normal},
		{"000000", 2011, 2020, "000000", "", Normal},
		{"", 2011, 2020, "", noRegion, Normal},
	} {
		b := New(Options{Indicators: []*indicator.Indicator{households}, RegionYear: c.to})
		got := b.Candidates(report(t, "a.txt", c.code, c.year, households, "3126", nil))[0]
		if got.Region != c.region || got.Reason != c.reason || got.Status != c.status {
			t.Errorf("%s of %d in %d: %s %q %s", c.code, c.year, c.to, got.Region, got.Reason, got.Status)
		}
	}
}

// Candidates of one cell: what agrees is one value, what conflicts is none, unless
// the user prefers some documents.
func TestConflicts(t *testing.T) {
	yearBefore := func(m *schema.Metric) {
		m.Period = schema.Period{Printed: "2011年", Start: "2011-01-01", End: "2011-12-31"}
	}
	for _, c := range []struct {
		prefer    string
		values    [3]string // of the report of 2011, of that of 2012, of another of 2011
		value     string
		status    Status
		conflicts int
	}{
		{"", [3]string{"3126", "3126", "3126"}, "3126", Normal, 0},
		{"", [3]string{"3126", "3130", "3126"}, "", Missing, 3},
		{"newest", [3]string{"3126", "3130", "3126"}, "3130", Normal, 2},
		{"direct", [3]string{"3126", "3130", "3126"}, "3126", Normal, 1},
		{"direct", [3]string{"3126", "3130", "3127"}, "", Missing, 3},
		{"sub/*.txt", [3]string{"3126", "3130", "3127"}, "3127", Normal, 2},
		{"none/*.txt", [3]string{"3126", "3130", "3127"}, "", Missing, 3},
	} {
		b := New(Options{Indicators: []*indicator.Indicator{households}, Prefer: c.prefer})
		b.Add(b.Candidates(report(t, "x/a.txt", "530322", 2011, households, c.values[0], nil)))
		b.Add(b.Candidates(report(t, "x/b.txt", "530322", 2012, households, c.values[1], yearBefore)))
		b.Add(b.Candidates(report(t, "x/sub/c.txt", "530322", 2011, households, c.values[2], nil)))
		cells, candidates := b.Build()
		if len(cells) != 1 || len(candidates) != 3 {
			t.Fatalf("%+v: %d cells of %d candidates", c, len(cells), len(candidates))
		}
		if got := cells[0]; got.Value.String() != c.value || got.Status != c.status || got.Conflicts != c.conflicts {
			t.Errorf("prefer %q of %v: %s %s %d conflicts", c.prefer, c.values, got.Value, got.Status, got.Conflicts)
		}
	}
}

// A rounded value agrees with the exact one where it says that it is rounded.
func TestAgree(t *testing.T) {
	for _, c := range []struct {
		x, y, raw string
		status    Status
		want      bool
	}{
		{"15624800", "15620000", "1562万元", Normal, true},
		{"15625000", "15630000", "1563万元", Normal, true},
		{"15624800", "15630000", "1563万元", Normal, false},
		{"1249", "1200", "1200户", Normal, false},
		{"1249", "1200", "约1200户", Estimated, true},
		{"1249", "1000", "约1000户", Estimated, false},      // one digit says too little
		{"12490000", "12000000", "1200万元", Normal, false}, // zeros that are printed count
		{"254000", "250000", "25.0万吨", Normal, false},
		{"254000", "250000", "25万吨", Normal, true},
		{"18850000000", "18900000000", "189.0亿元", Normal, false},
		{"18850000000", "18900000000", "189亿元", Normal, true},
		{"0.15", "0.15", "0.15", Normal, true},
	} {
		x := &Candidate{Value: number(t, c.x), Status: Normal, Source: Source{Raw: c.x}}
		y := &Candidate{Value: number(t, c.y), Status: c.status, Source: Source{Raw: c.raw}}
		if agree(x, y) != c.want || agree(y, x) != c.want {
			t.Errorf("%s and %s (%s): %v", c.x, c.y, c.raw, !c.want)
		}
	}
}

// The order in which documents come does not matter, and nothing is lost.
func TestOrder(t *testing.T) {
	var docs []func(*Builder) []*Candidate
	for i := range 60 {
		year, value := 2005+i%6, fmt.Sprint(3000+i%4)
		docs = append(docs, func(b *Builder) []*Candidate {
			return b.Candidates(report(t, fmt.Sprintf("r/%02d.txt", i), []string{"530322", "532527", "620824"}[i%3], year, households, value, nil))
		})
	}
	print := func() string {
		b := New(Options{Indicators: []*indicator.Indicator{households}, RegionYear: 2020, Prefer: "newest"})
		for _, d := range docs {
			b.Add(d(b))
		}
		cells, candidates := b.Build()
		if len(candidates) != len(docs) {
			t.Fatalf("%d candidates of %d", len(candidates), len(docs))
		}
		return fmt.Sprint(LongRows(cells), CandidateRows(candidates), WideRows(b.o.Indicators, cells))
	}
	want := print()
	r := rand.New(rand.NewSource(1))
	for range 5 {
		r.Shuffle(len(docs), func(i, j int) { docs[i], docs[j] = docs[j], docs[i] })
		if print() != want {
			t.Fatal("another order, another panel")
		}
	}
}

// Every reason has its Chinese, and the names of columns fit Stata.
func TestNames(t *testing.T) {
	for _, r := range rules {
		if reasonZH[r.reason] == "" {
			t.Errorf("%s has no Chinese", r.reason)
		}
	}
	long := &indicator.Indicator{Code: strings.Repeat("x", 32), NameZH: "甲"}
	for _, c := range slices.Concat(LongColumns(), CandidateColumns(), WideColumns([]*indicator.Indicator{long}, []Cell{{Indicator: long}})) {
		if len(c.Name) > 32 || c.ZH == "" || c.Doc == "" {
			t.Errorf("%+v", c)
		}
	}
}

// A plot has a point for each value, linked to its source, and gaps, never zeros.
func TestPlot(t *testing.T) {
	cell := func(region, name string, year int, value string, status Status) Cell {
		c := Cell{Region: region, Name: name, Year: year, Indicator: households, Status: status}
		if value != "" {
			c.Value = number(t, value)
			c.From = &Candidate{Source: Source{DocID: "ab", Seq: 3, Root: "/data/in", Path: "r/a b.txt", Sentence: "低保<3126>户"}}
		}
		return c
	}
	cells := []Cell{
		cell("530322", "陆良县", 2009, "3126", Normal), cell("530322", "陆良县", 2010, "", Missing), cell("530322", "陆良县", 2011, "3300", Estimated),
		cell("530323", "师宗县", 2010, "2100", Normal), cell("530323", "师宗县", 2011, "2180", Normal),
	}
	link := LinkFrom("/data/out")
	svg, err := Plot(cells, Style{Link: link})
	if err != nil {
		t.Fatal(err)
	}
	for text, n := range map[string]int{"<circle": 4, "<polyline": 3, `fill="white"><title>`: 1, `href="../in/r/a%20b.txt"`: 4, "低保&lt;3126&gt;户": 4, "师宗县</text>": 1} {
		if got := strings.Count(string(svg), text); got != n {
			t.Errorf("%s stands %d times, want %d", text, got, n)
		}
	}
	one, err := Plot(cells[:1], Style{Link: link})
	if err != nil || strings.Count(string(one), "<rect") != 2 {
		t.Errorf("a single year makes bars: %v %s", err, one)
	}
	other := cells[0]
	other.Indicator = outlay
	if _, err := Plot([]Cell{cells[0], other}, Style{Link: link}); !errors.Is(err, ErrPlot) {
		t.Errorf("two units on one axis: %v", err)
	}
	if _, err := Plot(cells[1:2], Style{Link: link}); !errors.Is(err, ErrPlot) {
		t.Errorf("nothing to draw: %v", err)
	}
}

// 由161户增加到282户: only the second is a cell.
func TestFormerLevel(t *testing.T) {
	d, r := report(t, "a.txt", "110000", 2011, households, "161", nil)
	second := r.Metrics[0]
	second.Seq, second.Value, second.Flags = 2, number(t, "282"), []string{"to"}
	second.SI = second.Value
	r.Metrics = append(r.Metrics, second)
	b := New(Options{Indicators: []*indicator.Indicator{households}})
	var got []string
	for _, c := range b.Candidates(d, r) {
		got = append(got, c.Value.String()+" "+string(c.Reason))
	}
	if want := []string{"161 " + string(formerLevel), "282 "}; !slices.Equal(got, want) {
		t.Errorf("%q, want %q", got, want)
	}
}

// A figure of another place, by the words before it in a report of an office: 我局 is all of the region where the office does
// something for it, and not where it speaks of its own people or tasks.
func TestElsewhereOfOffices(t *testing.T) {
	b := New(Options{})
	for origin, figures := range map[schema.Origin]map[string]bool{
		{Region: schema.Region{Code: "530322", Name: "陆良县"}, Org: "陆良县民政局"}: {
			"据云南省统计局统一核算,全年低保支出": false, "据国家统计局陆良调查队统计,低保支出": false, "据民政部统计,低保支出": true,
			"我局全年发放低保金": false, "我局职工中低保支出": true, "我局帮扶的小河子村,发放低保金": true, "该局发放低保金": true,
			"县职业中学建成,低保支出": false, "师宗县民政局来访2次,低保支出": false, "师宗县敬老院3所,低保支出": true,
			"一是师宗县先行,二是全面推开,低保支出": false, "在师宗县试点的基础上,低保支出": false, "师宗县开展试点,低保支出": true, "师宗县发放低保金20万元,全县低保支出": false,
		},
		{Region: schema.Region{Code: "530125", Name: "宜良县"}, Org: "宜良县水利局"}: {
			"2016年,我局完成水利投资2312万元,解决饮水安全人口": false, "我局培训转移就业农民": false,
			"我局现有教职工": true, "我局培训干部": true, "我局完成招商引资": true, "我局解决挂钩的小河子村饮水安全人口": true,
		},
	} {
		for before, want := range figures {
			f := &figure{metric: &schema.Metric{}, indicator: outlay, before: before, words: b.words, places: b.places, origin: origin}
			if got, place := f.elsewhere(); got != want {
				t.Errorf("%s: %s: %v %s", origin.Org, before, got, place)
			}
		}
	}
}

// A flow of one event is none of the year; a stock is.
func TestOfEvent(t *testing.T) {
	loss := &indicator.Indicator{Code: "loss_direct", Nature: "flow", Unit: "yuan"}
	for before, want := range map[string]bool{
		"“7·09”洪灾造成直接经济损失": true, "\"10·1\"黄金周旅游收入": true, "春节黄金周接待游客12万人次,旅游收入": true, "此次灾害造成直接经济损失": true,
		"全年受灾12次,直接经济损失": false, "“7·09”洪灾受灾1.2万人;全年直接经济损失": false, "受“7·09”洪灾影响,全年直接经济损失": false, "户均1.2万元,直接经济损失": false,
	} {
		f := &figure{indicator: loss, before: before, words: New(Options{}).words}
		if got, _ := f.ofEvent(); got != want {
			t.Errorf("%s: %v", before, got)
		}
	}
	f := &figure{indicator: households, before: "“7·09”洪灾后城市低保对象", words: New(Options{}).words}
	if got, _ := f.ofEvent(); got {
		t.Error("a stock is of an event")
	}
}

// The place that a clause begins with holds for all behind it, up to the whole of the region or its name.
func TestElsewhere(t *testing.T) {
	b := New(Options{})
	for before, want := range map[string]string{
		"师宗县结婚登记1200对，离婚登记": "师宗县", "在莲城镇，城市低保对象": "莲城镇", "丹凤街道：农村低保对象": "丹凤街道",
		"丹凤镇结婚登记1200对，全县结婚登记": "", "云南省陆良县结婚登记1200对，离婚登记": "", "曲靖开发区发放": "曲靖开发区",
		"全区农村低保对象": "全区", "民政部公布的数据显示，城市低保对象": "民政部公布的数据显示", "国家安排农村低保资金": "国家安排农村低保资金",
		"国家安排资金300万元，发放": "", "死亡3人(丹凤镇2人)，失踪": "", "学习昆明市经验，全年发放": "", "农村低保对象": "", "城镇登记失业": "", "小学在校学生": "", "辖街道": "",
	} {
		f := &figure{indicator: outlay, metric: &schema.Metric{}, before: before, words: b.words, places: b.places, origin: schema.Origin{Region: schema.Region{Code: "530322", Name: "陆良县"}}}
		if is, place := f.elsewhere(); place != want || is != (want != "") {
			t.Errorf("%s: %q, want %q", before, place, want)
		}
	}
}
