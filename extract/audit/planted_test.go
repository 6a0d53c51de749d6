package audit_test

// Reports that nobody wrote, with errors planted in them. Every relation is made
// true first; then, in some reports, one figure gets a slip of a known kind that
// is larger than its interval. The test counts, kind by kind, how many of the
// planted slips the audit calls a contradiction, and how many of its
// contradictions were planted. Half of the sentences say other things.

import (
	"flag"
	"fmt"
	"maps"
	"math/rand/v2"
	"slices"
	"strconv"
	"strings"
	"testing"

	"mingxi/extract/audit"
)

var reports = flag.Int("reports", 600, "generated reports with errors; a third as many without")

// A maker writes one sentence with a relation. It draws true values, and spoils
// one figure if slip is not empty; ok is false if the slip does not apply.
type maker struct {
	name  string
	slips []string
	make  func(g *generator, slip string) (text string, ok bool)
}

// A generator draws what a report needs.
type generator struct {
	*rand.Rand
	planted map[string]int // slips so far
}

func newGenerator(seed uint64) *generator {
	return &generator{rand.New(rand.NewPCG(seed, seed)), map[string]int{}}
}

// rarest is a slip of a list that was planted least, so that all are planted often.
func (g *generator) rarest(slips []string) string {
	g.Shuffle(len(slips), func(i, j int) { slips[i], slips[j] = slips[j], slips[i] })
	return slices.MinFunc(slips, func(a, b string) int { return g.planted[a] - g.planted[b] })
}

func (g *generator) between(a, b int) int    { return a + g.IntN(b-a) }
func (g *generator) pick(s ...string) string { return s[g.IntN(len(s))] }
func (g *generator) words(s string) []string {
	all := strings.Fields(s)
	g.Shuffle(len(all), func(i, j int) { all[i], all[j] = all[j], all[i] })
	return all
}

// spoil changes a whole number as a slip would; ok is false if it stays too close.
func (g *generator) spoil(n int, slip string, least int) (int, bool) {
	s := []byte(strconv.Itoa(n))
	switch slip {
	case "swap":
		for range 10 {
			i := g.IntN(max(1, len(s)-1))
			if i+1 < len(s) && s[i] != s[i+1] && (i > 0 || s[1] != '0') {
				s[i], s[i+1] = s[i+1], s[i]
				break
			}
		}
	case "digit":
		i := g.IntN(max(1, len(s)-1))
		s[i] = '1' + (s[i]-'1'+byte(1+g.IntN(8)))%9
	case "factor":
		if g.IntN(2) == 0 && n%10 == 0 {
			s = s[:len(s)-1]
		} else {
			s = append(s, '0')
		}
	}
	m, _ := strconv.Atoi(string(s))
	return m, m != n && abs(m-n) > least
}

func abs(n int) int { return max(n, -n) }

// parts divides a total into n parts.
func (g *generator) parts(total, n int) []int {
	out := make([]int, n)
	left := total
	for i := range n - 1 {
		out[i] = max(1, left*(20+g.IntN(40))/100)
		left -= out[i]
	}
	out[n-1] = left
	return out
}

var makers = []maker{
	{"其中…其他", []string{"swap", "digit", "factor", "missing", "copied", "area_unit"}, func(g *generator, slip string) (string, bool) {
		total := g.between(2000, 60000)
		n := g.between(3, 6)
		p := g.parts(total, n)
		names := append(g.words("小麦 玉米 大豆 马铃薯 油菜 蔬菜 水稻")[:n-1], g.pick("其他作物", "其它作物"))
		ok := g.slipList(&total, p, slip)
		if slip == "missing" {
			k := g.IntN(n - 1)
			ok = p[k] > n+2 && p[k]*2 < total
			p, names = slices.Delete(p, k, k+1), slices.Delete(names, k, k+1)
		}
		return fmt.Sprintf("农作物受灾%d公顷,其中:%s。", total, list(names, p, "公顷", g.pick(",", ";", "、"))), ok
	}},
	{"括号", []string{"swap", "digit", "factor"}, func(g *generator, slip string) (string, bool) {
		total := g.between(300, 9000)
		p := g.parts(total, 2)
		ok := g.slipList(&total, p, slip)
		return fmt.Sprintf("全县现有五保对象%d人(集中供养%d人,分散供养%d人)。", total, p[0], p[1]), ok
	}},
	{"亩合计", []string{"swap", "digit", "area_unit", "missing", "missing_member", "copied"}, func(g *generator, slip string) (string, bool) {
		total := g.between(2000, 60000)
		n := g.between(3, 6)
		p := g.parts(total, n)
		ok := g.slipList(&total, p, slip)
		names := g.words("红岩镇 柳溪镇 沙坝乡 大湾乡 桐子乡 青石乡")[:n]
		elsewhere := ""
		if slip == "missing" || slip == "missing_member" {
			k := g.IntN(n)
			ok = p[k] > n+2 && p[k]*2 < total
			if slip == "missing_member" { // it stands in the next sentence
				elsewhere = fmt.Sprintf("%s%s%d亩。", names[k], g.pick("完成", "另完成", "通过验收"), p[k])
			}
			p, names = slices.Delete(p, k, k+1), slices.Delete(names, k, k+1)
		}
		return fmt.Sprintf("完成退耕还林:%s,%s%d亩。%s", list(names, p, "亩", "、"), g.pick("合计", "共计", "总计"), total, elsewhere), ok
	}},
	{"按…分", []string{"swap", "digit"}, func(g *generator, slip string) (string, bool) {
		total := g.between(2000, 60000)
		p := g.parts(total, 3)
		if slip != "" {
			return "", false // a division is found where it adds up only
		}
		return fmt.Sprintf("全县公路里程%d公里。按等级分,国道%d公里,省道%d公里,县道%d公里。", total, p[0], p[1], p[2]), true
	}},
	{"净增", []string{"swap", "digit", "factor"}, func(g *generator, slip string) (string, bool) {
		out := g.between(100, 900)
		in := out + g.between(20, 600)
		net := in - out
		ok := slip == ""
		if !ok {
			in, ok = g.spoil(in, slip, 2)
		}
		return fmt.Sprintf("全年新纳入低保家庭%d户,退出%d户,净增%d户。", in, out, net), ok && (slip == "" || in-out != net)
	}},
	{"四项合计", []string{"swap", "digit", "factor", "copied"}, func(g *generator, slip string) (string, bool) {
		total := g.between(20000, 400000)
		p := g.parts(total, 4)
		ok := g.slipList(&total, p, slip)
		return fmt.Sprintf("教育支出%d万元、卫生支出%d万元、社会保障支出%d万元、农林水支出%d万元,四项民生支出合计%d万元。", p[0], p[1], p[2], p[3], total), ok
	}},
	{"合计", []string{"swap", "digit", "factor", "copied"}, func(g *generator, slip string) (string, bool) {
		total := g.between(2000, 40000)
		n := g.between(3, 6)
		p := g.parts(total, n)
		ok := g.slipList(&total, p, slip)
		names := g.words("石桥村 大坪村 柳树湾村 双河社区 白岩村 青沙村")[:n]
		return fmt.Sprintf("为困难群众代缴医保:%s,%s%d人。", list(names, p, "人", "、"), g.pick("合计", "共计", "总计"), total), ok
	}},
	{"两列", []string{"swap", "digit", "factor"}, func(g *generator, slip string) (string, bool) {
		homes, money := g.between(300, 3000), g.between(200000, 2000000)
		a, b := g.parts(homes, 4), g.parts(money, 4)
		var ok bool
		if g.IntN(2) == 0 {
			ok = g.slipOver(&homes, a, slip)
		} else {
			ok = g.slipOver(&money, b, slip)
		}
		var s []string
		for i, n := range []string{"农村大病", "城市大病", "农村门诊", "其他"} {
			s = append(s, fmt.Sprintf("%s救助%d户,发放救助金%d元", n, a[i], b[i]))
		}
		return fmt.Sprintf("全年共救助困难家庭%d户,发放救助金%d元,其中:%s。", homes, money, strings.Join(s, ";")), ok
	}},
	{"标准×人数", []string{"swap", "digit", "factor", "months"}, func(g *generator, slip string) (string, bool) {
		n, r := g.between(200, 9000), g.between(6, 60)*10
		months := 12
		if slip == "months" {
			months = g.pickInt(6, 10, 11)
		}
		total := n * r * months
		ok := slip == "months" || slip == ""
		if !ok {
			switch g.IntN(3) {
			case 0:
				total, ok = g.spoil(total, slip, total/100)
			case 1:
				n, ok = g.spoil(n, slip, n/50)
			default:
				r, ok = g.spoil(r, slip, r/10)
			}
		}
		switch g.IntN(3) {
		case 0:
			return fmt.Sprintf("分散供养对象%d人,供养标准为每人每月%d元,全年共发放供养经费%s。", n, r, g.money(total)), ok
		case 1:
			return fmt.Sprintf("按每人每月%d元的标准,为%d名残疾人发放护理补贴,全年发放%s。", r, n, g.money(total)), ok
		}
		return fmt.Sprintf("全县享受高龄津贴的老人%d人,每人每月补助%d元,全年支出资金%s。", n, r, g.money(total)), ok
	}},
	{"户年", []string{"swap", "digit", "factor"}, func(g *generator, slip string) (string, bool) {
		n, r := g.between(100, 900), g.between(10, 90)*100
		total := n * r
		ok := slip == ""
		if !ok {
			total, ok = g.spoil(total, slip, total/100)
		}
		return fmt.Sprintf("按照每户每年%d元的标准,为%d户义务兵家属发放优待金%s。", r, n, g.money(total)), ok
	}},
	{"月与年", []string{"swap", "digit", "factor", "months"}, func(g *generator, slip string) (string, bool) {
		month := g.between(100000, 3000000)
		months := 12
		if slip == "months" {
			months = g.pickInt(10, 11)
		}
		total := month * months
		ok := slip == "" || slip == "months"
		if !ok {
			total, ok = g.spoil(total, slip, total/100)
		}
		return fmt.Sprintf("月发放低保金%d元,全年共发放低保金%d元。", month, total), ok
	}},
	{"户均", []string{"swap", "digit", "factor"}, func(g *generator, slip string) (string, bool) {
		n, r := g.between(40, 900), g.between(100, 900)*10
		total := n * r
		ok := slip == ""
		if !ok {
			r, ok = g.spoil(r, slip, r/50)
		}
		return fmt.Sprintf("实施临时救助%d户,发放救助金%s,户均%d元。", n, g.money(total), r), ok
	}},
	{"占", []string{"swap", "digit"}, func(g *generator, slip string) (string, bool) {
		base := g.between(300, 9000)
		part := base * g.between(30, 97) / 100
		share := part * 1000 / base
		if part*10000/base%10 >= 5 {
			share++
		}
		ok := slip == ""
		if !ok {
			share, ok = g.spoil(share, slip, 8)
			ok = ok && share < 1000
		}
		if g.IntN(2) == 0 {
			return fmt.Sprintf("全县需重建住房%d户,已竣工%d户,占%s%%。", base, part, tenth(share)), ok
		}
		return fmt.Sprintf("受理各类案件%d件,结案%d件,结案率%s%%。", base, part, tenth(share)), ok
	}},
	{"完成率", []string{"swap", "digit"}, func(g *generator, slip string) (string, bool) {
		plan := g.between(300, 9000)
		done := plan * g.between(90, 130) / 100
		share := (done*10000/plan + 5) / 10
		ok := slip == ""
		if !ok {
			share, ok = g.spoil(share, slip, 8)
			ok = ok && share > 500 && share < 2000
		}
		return fmt.Sprintf("全年新增就业%d人,完成年度任务%d人的%s%%。", done, plan, tenth(share)), ok
	}},
	{"由到", []string{"swap", "digit", "factor", "sign"}, func(g *generator, slip string) (string, bool) {
		a := g.between(20, 60) * 10
		d := g.between(3, 15) * 5
		b := a + d
		ok := slip == ""
		if slip == "sign" {
			return fmt.Sprintf("农村低保标准由每人每月%d元提高到%d元,人均提高%d元。", b, a, d), true
		}
		if !ok {
			d, ok = g.spoil(d, slip, 2)
		}
		return fmt.Sprintf("农村低保标准由每人每月%d元提高到%d元,人均提高%d元。", a, b, d), ok
	}},
	{"升降", []string{"sign"}, func(g *generator, slip string) (string, bool) {
		a, d := g.between(400, 4000), g.between(20, 300)
		how := "增加"
		if slip == "sign" {
			how = "减少"
		}
		return fmt.Sprintf("养老床位由%d张发展到%d张,%s%d张。", a, a+d, how, d), true
	}},
	{"百分点", []string{"swap", "digit", "sign"}, func(g *generator, slip string) (string, bool) {
		a := g.between(400, 800)
		d := g.between(11, 99)
		b := a + d
		ok := slip == ""
		if slip == "sign" {
			return fmt.Sprintf("火化率由%s%%下降到%s%%,提高%s个百分点。", tenth(b), tenth(a), tenth(d)), true
		}
		if !ok {
			d, ok = g.spoil(d, slip, 2)
		}
		return fmt.Sprintf("火化率由%s%%上升到%s%%,提高%s个百分点。", tenth(a), tenth(b), tenth(d)), ok
	}},
	{"比上年", []string{"swap", "digit", "factor"}, func(g *generator, slip string) (string, bool) {
		last := g.between(9000, 30000)
		d := last * g.between(5, 25) / 100
		growth := (d*10000/last + 5) / 10
		ok := slip == ""
		if !ok {
			growth, ok = g.spoil(growth, slip, 2)
		}
		return fmt.Sprintf("农村居民人均可支配收入%d元,比上年增加%d元,增长%s%%。", last+d, d, tenth(growth)), ok
	}},
	{"结转", []string{"swap", "digit"}, func(g *generator, slip string) (string, bool) {
		opening, in := g.between(100, 900), g.between(1000, 5000)
		out := in * g.between(80, 105) / 100
		closing := opening + in - out
		ok := slip == ""
		if !ok {
			closing, ok = g.spoil(closing, slip, 3)
		}
		return fmt.Sprintf("上年结转案件%d件,本年新收%d件,办结%d件,年末未结%d件。", opening, in, out, closing), ok
	}},
	{"分块", []string{"swap", "digit", "missing_member", "area_unit"}, func(g *generator, slip string) (string, bool) {
		total := g.between(2000, 60000)
		n := g.between(3, 5)
		p := g.parts(total, n)
		ok := g.slipList(&total, p, slip)
		names := g.words("水稻 玉米 大豆 油菜 蔬菜 马铃薯")[:n]
		behind := ""
		if slip == "missing_member" {
			ok = p[0] > n+2 && p[0]*2 < total
			behind = fmt.Sprintf("\n另有%s%d亩受旱。", names[0], p[0])
			p, names = p[1:], names[1:]
		}
		return fmt.Sprintf("全县农作物受旱面积%d亩,其中:\n%s。%s", total, list(names, p, "亩", ";\n"), behind), ok && len(p) > 1
	}},
	{"应与实", []string{"swap", "digit"}, func(g *generator, slip string) (string, bool) {
		due := g.between(3000, 9000)
		paid := due * g.between(60, 98) / 100
		share := (paid*10000/due + 5) / 10
		ok := slip == ""
		if !ok {
			share, ok = g.spoil(share, slip, 8)
			ok = ok && share < 1000
		}
		return fmt.Sprintf("全年%s率%s%%。", g.pick(fmt.Sprintf("应收水费%d万元,实收%d万元,征收", due, paid), fmt.Sprintf("应参保%d人,实际参保%d人,参保", due, paid)), tenth(share)), ok
	}},
	{"分段", []string{"swap", "digit"}, func(g *generator, slip string) (string, bool) {
		names := g.words("东川县 南岭县 西屏县 北泽县")
		people, houses, land := g.between(20000, 90000), g.between(400, 3000), g.between(3000, 20000)
		a, b, c := g.parts(people, 4), g.parts(houses, 4), g.parts(land, 4)
		ok := slip == ""
		if !ok {
			k := g.IntN(4)
			c[k], ok = g.spoil(c[k], slip, 6)
			if d := abs(sum(c) - land); d*2 > land || d <= 6 {
				ok = false
			}
		}
		s := fmt.Sprintf("全市受灾人口%d人,倒塌房屋%d间,农作物受灾面积%d公顷。", people, houses, land)
		for i, n := range names {
			s += fmt.Sprintf("\n%s受灾人口%d人,倒塌房屋%d间,农作物受灾面积%d公顷。", n, a[i], b[i], c[i])
		}
		return s, ok
	}},
}

func (g *generator) pickInt(n ...int) int { return n[g.IntN(len(n))] }

func sum(p []int) (n int) {
	for _, v := range p {
		n += v
	}
	return n
}

// slipList spoils the total or a part of a list whose parts are all there are.
func (g *generator) slipList(total *int, p []int, slip string) (ok bool) {
	if slip == "" || strings.HasPrefix(slip, "missing") {
		return true
	}
	if slip == "area_unit" {
		k := g.IntN(len(p))
		p[k] *= 15
		return true
	}
	if slip == "copied" {
		k := 1 + g.IntN(len(p)-1)
		ok = abs(p[k]-p[k-1]) > len(p)+2
		p[k] = p[k-1]
	} else if g.IntN(2) == 0 {
		*total, ok = g.spoil(*total, slip, len(p)+2)
	} else {
		k := g.IntN(len(p))
		p[k], ok = g.spoil(p[k], slip, len(p)+2)
	}
	d := abs(sum(p) - *total)
	return ok && d > len(p)+2
}

func (g *generator) slipOver(total *int, p []int, slip string) bool {
	return g.slipList(total, p, slip)
}

func list(names []string, p []int, unit, mark string) string {
	var s []string
	for i := range p {
		s = append(s, names[i]+strconv.Itoa(p[i])+unit)
	}
	return strings.Join(s, mark)
}

// tenth prints tenths: 885 is 88.5.
func tenth(n int) string {
	if n%10 == 0 {
		return strconv.Itoa(n / 10)
	}
	return fmt.Sprintf("%d.%d", n/10, n%10)
}

// money prints a sum in 元 or, exactly, in 万元.
func (g *generator) money(n int) string {
	if g.IntN(2) == 0 && n%10 == 0 {
		s := strings.TrimRight(strings.TrimRight(fmt.Sprintf("%d.%04d", n/10000, n%10000), "0"), ".")
		return s + "万元"
	}
	return strconv.Itoa(n) + "元"
}

// fillers are sentences that say other things, N being a number.
var fillers = []string{
	"各乡镇高度重视,分管领导亲自部署,形成了齐抓共管的局面。",
	"全年举办业务培训N期,培训N人次。",
	"新建社区服务站N个,改造敬老院N所,新增床位N张。",
	"走访慰问困难群众N户,发放慰问金N元、棉被N床、大米N公斤。",
	"办理结婚登记N对、离婚登记N对,补发证件N件。",
	"全县共有乡镇N个、行政村N个,总人口N人。",
	"销售福利彩票N万元,筹集公益金N万元。",
	"接待来信来访N件次,答复率100%。",
	"出动宣传车N台次,发放宣传资料N份,悬挂横幅N条。",
	"平毁散坟N座,退还耕地N亩,植树N株。",
	"下达专项资金N万元,用于N个项目建设。",
	"救助流浪乞讨人员N人次,护送返乡N人。",
	"检查企业N家次,排查隐患N条,罚款N元。",
	"目前存在经费不足、人员偏少等问题。",
	"优抚对象N人,比上年增加N人。",
	"登记社会组织N家,注销N家,年检率N%。",
}

func (g *generator) filler() string {
	return strings.Map(func(r rune) rune { return r }, replaceEach(fillers[g.IntN(len(fillers))], "N", func() string {
		return strconv.Itoa(g.between(11, 99))
	}))
}

func replaceEach(s, old string, with func() string) string {
	for strings.Contains(s, old) {
		s = strings.Replace(s, old, with(), 1)
	}
	return s
}

// A planting is one sentence with a relation in a report.
type planting struct {
	maker, slip, text string
}

// report writes one; of its relations, up to errors are spoiled.
func (g *generator) report(errors int) (string, []planting) {
	var b strings.Builder
	var planted []planting
	b.WriteString("清屏县民政局2014年工作总结\n\n清屏县民政局2014年工作总结\n\n")
	order := g.Perm(len(makers))[:8]
	for n, k := range order {
		fmt.Fprintf(&b, "%s、%s工作\n", strings.Split("一二三四五六七八", "")[n], g.pick("社会救助", "救灾减灾", "优抚安置", "社会事务", "基层政权", "老龄"))
		m := makers[k]
		slip := ""
		if errors > 0 && g.IntN(2) == 0 {
			slip = g.rarest(m.slips)
		}
		text, ok := m.make(g, slip)
		for try := 0; !ok && try < 20; try++ {
			text, ok = m.make(g, slip)
		}
		if !ok {
			slip = ""
			text, _ = m.make(g, "")
		}
		if slip != "" {
			errors--
			g.planted[slip]++
		}
		planted = append(planted, planting{m.name, slip, text})
		if strings.Contains(text, "\n") {
			b.WriteString(text + "\n" + g.filler() + "\n")
			continue
		}
		b.WriteString(g.filler() + text + g.filler() + "\n")
	}
	return b.String(), planted
}

// cleanReports are how many reports without a slip are made.
const cleanReports = 200

// A tally counts slips planted and found.
type tally struct{ planted, found int }

type tallies map[string]*tally

func (m tallies) add(name string, found bool) {
	if m[name] == nil {
		m[name] = &tally{}
	}
	m[name].planted++
	if found {
		m[name].found++
	}
}

func (m tallies) log(t *testing.T) {
	for _, n := range slices.Sorted(maps.Keys(m)) {
		t.Logf("%-10s %d of %d (%.2f)", n, m[n].found, m[n].planted, ratio(m[n].found, m[n].planted))
	}
}

// plantingOf finds the sentence that a finding stands in.
func plantingOf(planted []planting, sentence string) int {
	sentence = strings.TrimSpace(sentence)
	return slices.IndexFunc(planted, func(p planting) bool {
		return strings.Contains(p.text, sentence) || strings.Contains(sentence, p.text)
	})
}

func TestPlanted(t *testing.T) {
	g := newGenerator(7)
	a := audit.New()
	slips, kinds, named := tallies{}, tallies{}, tallies{}
	right, wrong, shown := 0, 0, 0
	show := func(format string, args ...any) {
		if shown++; shown <= 30 {
			t.Logf(format, args...)
		}
	}
	for range *reports {
		text, planted := g.report(g.IntN(6))
		d, r := readText(t, text)
		bad := make([]bool, len(planted))
		for _, f := range a.Check(d, r) {
			if f.Verdict != audit.Contradicts {
				continue
			}
			k := plantingOf(planted, r.Metrics[f.Anchor()-1].Sentence.In(d.Text))
			if k >= 0 && planted[k].slip != "" {
				bad[k] = true
				named.add(planted[k].slip, strings.HasPrefix(f.Explanation.Kind, planted[k].slip))
				right++
				continue
			}
			wrong++
			show("false: %s %s", f.Relation, f.Equation)
		}
		for k, p := range planted {
			if p.slip == "" {
				continue
			}
			slips.add(p.slip, bad[k])
			kinds.add(p.maker, bad[k])
			if !bad[k] {
				show("missed: %s %s: %s", p.maker, p.slip, p.text)
			}
		}
	}
	clean := 0
	for range cleanReports {
		text, _ := g.report(0)
		d, r := readText(t, text)
		for _, f := range a.Check(d, r) {
			if f.Verdict == audit.Contradicts {
				clean++
				show("in a clean report: %s %s", f.Relation, f.Equation)
			}
		}
	}
	slips.log(t)
	kinds.log(t)
	t.Log("explained as what they are, of the contradictions:")
	named.log(t)
	t.Logf("contradictions %d right, %d wrong: precision %.3f; %d false in %d clean reports", right, wrong, ratio(right, right+wrong), clean, cleanReports)
	for n, c := range slips {
		if *reports >= 500 && c.planted < 40 || ratio(c.found, c.planted) < 0.85 {
			t.Errorf("%s: %d of %d found", n, c.found, c.planted)
		}
	}
	if ratio(right, right+wrong) < 0.97 || clean*50 > cleanReports {
		t.Errorf("precision %.3f, %d false in clean reports", ratio(right, right+wrong), clean)
	}
}
