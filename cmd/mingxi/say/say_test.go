package say

import (
	"strings"
	"testing"

	"mingxi/extract/indicator"
	"mingxi/extract/region"
	"mingxi/index"
	"mingxi/index/query"
	"mingxi/schema"
)

// A reader over a corpus that has reports of 岩峒自治县 and 清屏县.
func reader() *Reader {
	return NewReader(indicator.New(indicator.Builtin()), region.Load(), func(name string) bool {
		return strings.Contains("岩峒自治县交通局 清屏县民政局", name)
	})
}

// What is read out of plain words, as a query.
func TestRead(t *testing.T) {
	r := reader()
	for _, example := range strings.Split(strings.TrimSpace(`
2011年陆良县城市低保户数 => year:2011 region:陆良县 indicator:dibao_urban_hh unit:户
陆良县二〇一一年城镇居民低保人数 => year:2011 region:陆良县 indicator:dibao_urban_persons (unit:人 OR unit:名 OR unit:人次)
清屏县农村低保户数 => region:清屏县 indicator:dibao_rural_hh unit:户
2008-2012年清屏县火化率 => year:2008..2012 region:清屏县 indicator:cremation_rate (unit:% OR unit:"‰" OR unit:个百分点)
岩峒2017年新建公路里程 => year:2017 region:岩峒 indicator:road_length_new unit:公里
岩峒县通车里程 => region:岩峒县 indicator:road_length unit:公里
云南省2015年五保集中供养人数 => year:2015 region:云南省 indicator:wubao_central_persons (unit:人 OR unit:名 OR unit:人次)
2014年80岁以上老人 => year:2014 80岁 老人
陸良縣結婚登記對數 => region:陆良县 indicator:marriage_couples unit:对
20115户 => 20115 unit:户
倒了多少户房子 => indicator:house_collapsed_hh unit:户
城市低保标准每人每月多少钱 => indicator:dibao_urban_std unit:元
2011年陆良县社会消费品零售总额 => year:2011 region:陆良县 indicator:retail unit:元
陆良县社会消费品零售总额增长 => region:陆良县 indicator:retail_growth (unit:% OR unit:"‰" OR unit:个百分点)
陆良县居民消费价格指数是多少 => region:陆良县 indicator:cpi
2011年全国城市低保户数 => year:2011 region:全国 indicator:dibao_urban_hh unit:户
我国城市低保人数 => region:全国 indicator:dibao_urban_persons (unit:人 OR unit:名 OR unit:人次)
全国文明城市个数 => 文明 城市 (unit:个 OR unit:家 OR unit:所 OR unit:座 OR unit:处)
陆良县全国重点文物保护单位个数 => region:陆良县 重点文物保护 (unit:个 OR unit:家 OR unit:所 OR unit:座 OR unit:处)
城市低保金 => indicator:dibao_urban_outlay unit:元
`), "\n") {
		text, want, _ := strings.Cut(example, " => ")
		w := r.Read(text)
		if got := w.Query(); got != want {
			t.Errorf("%s => %s\nwant %s", text, got, want)
		}
		if _, err := query.Parse(w.Query()); err != nil {
			t.Errorf("%s: %v", text, err)
		}
	}
}

// Only what is nothing but words, and conditions beside them, is read.
func TestPlain(t *testing.T) {
	for text, want := range map[string]bool{
		"2011年陆良县城市低保户数": true, "陆良县 2011年 低保": true, `"2011年陆良县"`: false,
		"陆良县 year:2011": true, "低保 (kind:standard OR -unit:元)": true, "year:2011": false, `低保 -"五保" year:2011`: false, "陆良县 OR 师宗县": false, "低保 -五保": false, "城市*低保": false, "*": false,
	} {
		q, err := query.Parse(text)
		if err != nil {
			t.Fatal(err)
		}
		if words, beside, got := Plain(q); got != want || got && (beside != nil) != strings.Contains(text, ":") {
			t.Errorf("%s: plain %v: %s", text, got, words)
		}
	}
}

// One figure is what was said, its neighbour differs in one thing and weighs less: in
// 城市/农村, unit, place, year, kind, what it was before, what is planned.
func TestWeigh(t *testing.T) {
	r := reader()
	w := r.Read("2011年清屏县城市低保户数")
	right := Figure{Candidate: &index.Candidate{
		Title: "清屏县民政局2011年工作总结", Year: 2011, Sentence: "年末城市低保3340户6311人。", Label: "城市低保户数",
		Indicator: "dibao_urban_hh", Unit: "户", SI: "户", Kind: "amount", Status: "done",
	}, Clause: "年末城市低保 "}
	best := r.Scale(&w).Weigh(right)
	if best < Sure {
		t.Errorf("the right figure weighs %.2f", best)
	}
	for name, change := range map[string]func(f *Figure, c *index.Candidate){
		"农村": func(f *Figure, c *index.Candidate) { c.Label, c.Indicator = "农村低保户数", "dibao_rural_hh" },
		"人": func(f *Figure, c *index.Candidate) {
			c.Label, c.Indicator, c.Unit, c.SI = "城市低保人数", "dibao_urban_persons", "人", "人"
		},
		"place":   func(f *Figure, c *index.Candidate) { c.Title = "砚湖县民政局2011年工作总结" },
		"year":    func(f *Figure, c *index.Candidate) { c.Year = 2012 },
		"period":  func(f *Figure, c *index.Candidate) { f.From, f.To = 2010, 2010 },
		"another": func(f *Figure, c *index.Candidate) { c.Label, c.Indicator = "清退城市低保户数", "" },
		"planned": func(f *Figure, c *index.Candidate) { c.Status = schema.Planned.String() },
		"of town": func(f *Figure, c *index.Candidate) { c.Place = "石桥镇" },
	} {
		c := *right.Candidate
		f := right
		f.Candidate = &c
		change(&f, &c)
		if weight := r.Scale(&w).Weigh(f); weight >= best-0.05 || weight >= Sure && name != "of town" && name != "another" {
			t.Errorf("%s weighs %.2f, the right figure %.2f", name, weight, best)
		}
	}
}

func FuzzRead(f *testing.F) {
	f.Add("2011年陆良县城市低保户数")
	f.Add("１９９６至1990年 县市区 %‰ \x00\xff")
	r := reader()
	f.Fuzz(func(t *testing.T, text string) {
		w := r.Read(text)
		_ = w.Query()
		_ = w.Candidates()
	})
}
