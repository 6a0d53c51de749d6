// Package panel writes reports that nobody wrote, of which it knows what they say: any
// number of regions and years of the standard, several reports of each, with figures of
// some ninety indicators in words of sentences.txt (five hundred sentences, written for
// this by one who had not read the rules of extract) and gen.txt (those of bench/gen).
// Some reports contradict one another, some have masked digits; many regions changed
// their code or were divided since. The truth is exact: a panel of the reports is right,
// cell by cell, or it is not.
package panel

import (
	_ "embed"
	"fmt"
	"math/big"
	"math/rand/v2"
	"regexp"
	"slices"
	"strings"

	"mingxi/extract/indicator"
	"mingxi/extract/region"
)

// A Fact is what a report says of its region and year.
type Fact struct {
	Region, Year, Code string
	Value              *big.Rat // in the base unit of the indicator; nil if its digits are masked
	Sentence           string
}

// A Report is a file and what it says.
type Report struct {
	Name, Text string
	Facts      []Fact
}

// reportsOf is how many reports a region and year has.
const reportsOf = 4

// A Source makes reports, the same ones for the same seed.
type Source struct {
	seed   uint64
	places []placeYear
	stock  [2]map[string][]string // heading → sentences: of sentences.txt and gen.txt
	heads  []string
	eras   map[string]*indicator.Indicator
}

type placeYear struct {
	place *region.Place
	year  int
}

//go:embed sentences.txt
var own string

//go:embed gen.txt
var gen string

// The years that reports are of: those of most names that the sentences use.
const firstYear, lastYear = 2005, 2016

// New makes a source of n regions and years.
func New(seed uint64, n int) *Source {
	s := &Source{seed: seed, eras: map[string]*indicator.Indicator{}}
	for i, text := range []string{own, gen} {
		s.stock[i] = map[string][]string{}
		heading := ""
		for line := range strings.Lines(text) {
			line = strings.TrimSpace(line)
			switch {
			case line == "" || line[0] == '#':
			case strings.HasPrefix(line, "* "):
				if heading = line[2:]; heading[0] != '!' && !slices.Contains(s.heads, heading) {
					s.heads = append(s.heads, heading)
				}
			default:
				s.stock[i][heading] = append(s.stock[i][heading], line)
			}
		}
	}
	list := indicator.Builtin()
	for i := range list {
		s.eras[list[i].Code] = &list[i]
	}
	table := region.Load()
	china := &region.Place{Code: "000000"}
	for year := firstYear; year <= lastYear; year++ {
		for province := 11; province <= 65; province++ {
			china.Code = fmt.Sprintf("%d0000", province)
			for _, p := range table.Beginning("", region.County, china, year) {
				s.places = append(s.places, placeYear{p, year})
			}
		}
	}
	rng := rand.New(rand.NewPCG(seed, 0))
	rng.Shuffle(len(s.places), func(i, j int) { s.places[i], s.places[j] = s.places[j], s.places[i] })
	s.places = s.places[:min(n, len(s.places))]
	return s
}

// Len is the number of reports.
func (s *Source) Len() int { return reportsOf * len(s.places) }

// Sentences is how many sentences the first stock has.
func (s *Source) Sentences() (n int) {
	for _, list := range s.stock[0] {
		n += len(list)
	}
	return n
}

// A quantity is what a slot of the sentences prints.
type quantity struct {
	alias, code string
	low, high   int64 // printed, before places
	places      int   // after the point
	times       int64 // from the printed unit to the base unit
	step        int64 // of which the value is a multiple; 0 is 1
}

// quantities are the slots; sums and parts are mended by truth.
var quantities = []quantity{
	{"uh", "dibao_urban_hh", 500, 9000, 0, 1, 0}, {"up", "dibao_urban_persons", 9001, 19000, 0, 1, 0},
	{"rh", "dibao_rural_hh", 3000, 22000, 0, 1, 0}, {"rp", "dibao_rural_persons", 22001, 60000, 0, 1, 0},
	{"uo", "dibao_urban_outlay", 40000, 600000, 2, 10000, 0}, {"ro", "dibao_rural_outlay", 50000, 900000, 2, 10000, 0},
	{"us", "dibao_urban_std", 180, 560, 0, 1, 5}, {"ry", "dibao_rural_std_year", 800, 4200, 0, 1, 10},
	{"wp", "wubao_persons", 0, 0, 0, 1, 0}, {"wc", "wubao_central_persons", 100, 900, 0, 1, 0}, {"wd", "wubao_dispersed_persons", 901, 3900, 0, 1, 0},
	{"mi", "med_inpatient_times", 300, 4000, 0, 1, 0}, {"mo", "med_outpatient_times", 4001, 9000, 0, 1, 0}, {"mp", "med_insured_persons", 10000, 80000, 0, 1, 0},
	{"mio", "med_inpatient_outlay", 10000, 90000, 2, 10000, 0}, {"moo", "med_outpatient_outlay", 1000, 9000, 2, 10000, 0},
	{"da", "dis_affected_pt", 3000, 300000, 0, 1, 100}, {"dd", "dis_deaths", 2, 40, 0, 1, 0}, {"dr", "dis_relocated", 100, 2900, 0, 1, 0},
	{"ca", "crop_affected", 6000, 30000, 0, 1, 0}, {"cd", "crop_damaged", 2000, 5900, 0, 1, 0}, {"cl", "crop_lost", 100, 1900, 0, 1, 0},
	{"hr", "house_collapsed_rooms", 1001, 3000, 0, 1, 0}, {"hh", "house_collapsed_hh", 50, 900, 0, 1, 0},
	{"ld", "loss_direct", 500000, 3000000, 2, 10000, 0}, {"la", "loss_agri", 40000, 400000, 2, 10000, 0},
	{"ch", "conscript_hh", 150, 700, 0, 1, 0}, {"co", "conscript_allowance", 5000, 60000, 2, 10000, 0}, {"dm", "demob_persons", 50, 400, 0, 1, 0},
	{"eb", "elder_beds", 700, 6000, 0, 1, 0}, {"en", "elder_beds_new", 50, 600, 0, 1, 0},
	{"ap", "elder_old_allow_persons", 2000, 20000, 0, 1, 0}, {"ao", "elder_old_allow_outlay", 5000, 90000, 2, 10000, 0},
	{"or", "orphans", 30, 500, 0, 1, 0}, {"vt", "vagrant_person_times", 50, 900, 0, 1, 0}, {"to", "temp_relief_outlay", 5000, 90000, 2, 10000, 0},
	{"ma", "marriage_couples", 1500, 9000, 0, 1, 0}, {"di", "divorce_couples", 200, 1400, 0, 1, 0},
	{"cr", "cremations", 300, 4000, 0, 1, 0}, {"cp", "cremation_rate", 301, 989, 1, 1, 0},
	{"nt", "npo_total", 0, 0, 0, 1, 0}, {"na", "npo_assoc", 40, 200, 0, 1, 0}, {"np", "npo_private", 30, 300, 0, 1, 0},
	{"ls", "lottery_sales", 80000, 700000, 2, 10000, 0}, {"lf", "lottery_fund_raised", 5000, 70000, 2, 10000, 0},
	{"gd", "gdp", 0, 0, 2, 100000000, 0}, {"gp", "gdp_primary", 500, 4000, 2, 100000000, 0}, {"gs", "gdp_secondary", 4001, 15000, 2, 100000000, 0}, {"gt", "gdp_tertiary", 2000, 9000, 2, 100000000, 0},
	{"rv", "rev_budget", 100, 1900, 2, 100000000, 0}, {"ex", "exp_budget", 2000, 6000, 2, 100000000, 0},
	{"fa", "fai", 3000, 30000, 2, 100000000, 0}, {"rt", "retail", 900, 9000, 2, 100000000, 0},
	{"de", "deposits", 5000, 30000, 2, 100000000, 0}, {"lo", "loans", 1000, 4900, 2, 100000000, 0}, {"tr", "tourists", 1000, 90000, 2, 10000, 0},
	{"iu", "inc_urban", 12000, 36000, 0, 1, 0}, {"ir", "inc_rural", 4000, 11900, 0, 1, 0},
	{"go", "grain_output", 80000, 600000, 0, 1, 10}, {"ga", "grain_area", 10000, 70000, 0, 1, 0},
	{"pg", "pigs_sold", 100000, 900000, 0, 1, 100}, {"mt", "meat_output", 10000, 80000, 0, 1, 10}, {"vg", "vegetable_output", 100000, 700000, 0, 1, 10},
	{"sp", "students_primary", 20000, 60000, 0, 1, 0}, {"sj", "students_junior", 8000, 19000, 0, 1, 0},
	{"hb", "hosp_beds", 800, 5000, 0, 1, 0}, {"ht", "health_staff", 900, 5900, 0, 1, 0},
	{"nj", "jobs_new_urban", 1500, 9000, 0, 1, 0}, {"ur", "unemp_reg_rate", 200, 449, 2, 1, 0},
	{"rl", "road_length", 800, 4000, 0, 1, 0},
}

// sums are the slots whose value others give.
var sums = map[string][]string{"wp": {"wc", "wd"}, "nt": {"na", "np"}, "gd": {"gp", "gs", "gt"}}

func quantityOf(alias string) *quantity {
	i := slices.IndexFunc(quantities, func(q quantity) bool { return q.alias == alias })
	if i < 0 {
		panic("panel: no slot " + alias)
	}
	return &quantities[i]
}

// truth are the values of a region and year, in the last digit that is printed.
func (s *Source) truth(n int) map[string]int64 {
	rng := rand.New(rand.NewPCG(s.seed, uint64(n)<<1|1))
	values := map[string]int64{}
	for _, q := range quantities {
		v := q.low + rng.Int64N(q.high-q.low+1)
		if q.step > 0 {
			v -= v % q.step
		}
		values[q.alias] = v
	}
	for sum, parts := range sums {
		values[sum] = 0
		for _, p := range parts {
			values[sum] += values[p]
		}
	}
	return values
}

// disputed are the slots about which reports may disagree.
var disputed = strings.Fields("up rp ma ls mp dm rl ex iu")

// A quarrel is what is wrong with a region and year: its last report says another value
// of a slot, or its first one masks it.
type quarrel struct{ other, masked string }

func quarrelOf(n int, rng *rand.Rand) (q quarrel) {
	switch n % 25 {
	case 3, 13:
		q.other = disputed[rng.IntN(len(disputed))]
	case 7:
		q.masked = disputed[rng.IntN(len(disputed))]
	}
	return q
}

// Report makes the report with number i.
func (s *Source) Report(i int) Report {
	n, k := i/reportsOf, i%reportsOf
	p := s.places[n]
	w := &writer{Source: s, at: p, values: s.truth(n), rng: rand.New(rand.NewPCG(s.seed, uint64(i)<<8|77)), said: map[string]bool{}}
	q := quarrelOf(n, rand.New(rand.NewPCG(s.seed, uint64(n)<<8|5)))
	if k == reportsOf-1 {
		w.other = q.other
	}
	if k == 0 {
		w.masked = q.masked
	}
	w.report()
	return Report{fmt.Sprintf("%03d/%s-%d-%d.txt", i/1000, p.place.Code, p.year, k+1), w.text.String(), w.facts}
}

// A writer writes one report.
type writer struct {
	*Source
	at            placeYear
	values        map[string]int64
	rng           *rand.Rand
	other, masked string
	aside         bool            // what is written fills no cell: plans, parts of a year
	said          map[string]bool // slots and sentences that were printed
	text          strings.Builder
	facts         []Fact
}

var titles = []string{"%s%d年工作总结", "%s人民政府%d年工作总结", "关于%s%d年工作情况的报告", "%s%d年国民经济和社会发展情况"}

var ordinals = strings.Split("一二三四五六七八九十", "")

func (w *writer) report() {
	p := w.at.place
	name := p.Province
	if !strings.HasPrefix(p.Prefecture, "直辖") && p.Prefecture != p.Province {
		name += p.Prefecture
	}
	name += p.Name
	fmt.Fprintf(&w.text, titles[w.rng.IntN(len(titles))]+"\n\n", name, w.at.year)
	fmt.Fprintf(&w.text, "%d年，全县上下围绕中心、服务大局，较好地完成了全年任务。现总结如下：\n\n", w.at.year)
	sections := 0
	quarrel := w.other
	if quarrel == "" {
		quarrel = w.masked
	}
	for _, i := range w.rng.Perm(len(w.heads)) {
		head := w.heads[i]
		if sections >= 5 && (quarrel == "" || w.said[quarrel] || !w.speaksOf(head, quarrel)) {
			continue
		}
		fmt.Fprintf(&w.text, "%s、%s\n", ordinals[sections%len(ordinals)], head)
		w.section(head, quarrel)
		w.text.WriteString("\n\n")
		sections++
	}
	w.aside = true
	number := ordinals[sections%len(ordinals)]
	names := strings.NewReplacer("[序]", number, "[明]", fmt.Sprint(w.at.year+1), "[今]", fmt.Sprint(w.at.year), "[去]", fmt.Sprint(w.at.year-1), "/", "\n")
	leads, items := w.stock[0]["!引语"], w.stock[0]["!条目"]
	lead, form := leads[w.rng.IntN(len(leads))], []string{"\n（%s）%s", "\n%s是%s", "\n%[2]s", "\n——%[2]s"}[w.rng.IntN(4)]
	w.sentence(names.Replace(lead))
	for i, k := range w.rng.Perm(len(items))[:3] {
		if !strings.HasSuffix(lead, "。") { // it is no paragraph
			w.sentence(fmt.Sprintf(form, ordinals[i], items[k]))
		}
	}
}

// speaksOf reports whether a section can print a slot.
func (w *writer) speaksOf(head, alias string) bool {
	return slices.ContainsFunc(w.stock[0][head], func(s string) bool { return strings.Contains(s, "{"+alias+"}") })
}

// section writes two or three sentences, half of them of each stock, and none of what was
// said before.
func (w *writer) section(head, quarrel string) {
	if quarrel != "" && w.speaksOf(head, quarrel) && !w.said[quarrel] {
		for _, i := range w.rng.Perm(len(w.stock[0][head])) {
			if s := w.stock[0][head][i]; strings.Contains(s, "{"+quarrel+"}") && w.fresh(s) {
				w.sentence(s)
				break
			}
		}
	}
	defer w.beside(head)
	for range 2 + w.rng.IntN(2) {
		list := w.stock[w.rng.IntN(2)][head]
		if len(list) == 0 {
			list = w.stock[0][head]
		}
		for range 8 {
			if s := list[w.rng.IntN(len(list))]; w.fresh(s) {
				w.sentence(s)
				break
			}
		}
	}
}

// beside writes, after half of the sections, a sentence on what they are about that fills no cell.
func (w *writer) beside(head string) {
	list := slices.DeleteFunc(slices.Clone(w.stock[0]["!旁白"]), func(s string) bool {
		m := slot.FindStringSubmatch(s)
		return m == nil || !w.speaksOf(head, m[1])
	})
	if len(list) == 0 || w.rng.IntN(2) == 0 {
		return
	}
	own := []rune(w.at.place.Name)
	rank, up, all := string(own[len(own)-1]), w.at.place.Prefecture, "全国"
	if up == "" || strings.HasPrefix(up, "直辖") || up == w.at.place.Province {
		up = w.at.place.Province
	}
	switch province := []rune(w.at.place.Province); string(province[len(province)-1]) {
	case rank: // 全市 is of a city, 全区 of a district
	case "省":
		all = "全省"
	case "区":
		all = "全区"
	case "市":
		all = "全市"
	}
	w.aside = true
	w.sentence(strings.NewReplacer("[邻]", w.neighbour(), "[市]", up, "[镇]", towns[w.rng.IntN(len(towns))], "[级]", rank, "[全上]", all, "[明]", fmt.Sprint(w.at.year+1)).Replace(list[w.rng.IntN(len(list))]))
	w.aside = false
}

// towns are names that many towns have.
var towns = strings.Fields("城关镇 太平镇 新华镇 中枢镇 河口镇 永安镇")

// neighbour is the name of another county of the same year.
func (w *writer) neighbour() string {
	for i := w.rng.IntN(len(w.places)); ; i = (i + 1) % len(w.places) {
		if p := w.places[i].place; strings.HasSuffix(p.Name, "县") && len([]rune(p.Name)) > 2 && p.Name != w.at.place.Name && region.Stem(p.Name) != region.Stem(w.at.place.Name) {
			return p.Name
		}
	}
}

// slot is {uh}, {uh-} what it was before, {uh^} by how much it rose, {ca|亩} in another
// unit, {uo|,} with commas.
var slot = regexp.MustCompile(`\{([a-z]+)([-^]?)(?:\|([^}]+))?\}`)

// fresh reports whether a sentence says nothing that was said, and of nothing that the
// year does not have.
func (w *writer) fresh(sentence string) bool {
	for _, m := range slot.FindAllStringSubmatch(sentence, -1) {
		from, to := w.eras[quantityOf(m[1]).code].Years()
		if w.said[m[1]] || from != 0 && w.at.year < from || to != 0 && w.at.year > to {
			return false
		}
	}
	return !w.said[sentence]
}

// sentence writes a sentence and notes what it says.
func (w *writer) sentence(pattern string) {
	first := len(w.facts)
	w.said[pattern] = true
	out := slot.ReplaceAllStringFunc(pattern, func(s string) string {
		m := slot.FindStringSubmatch(s)
		return w.slot(quantityOf(m[1]), m[2], m[3])
	})
	for _, r := range out {
		switch r {
		case 'N':
			fmt.Fprint(&w.text, 2+w.rng.IntN(400))
		case 'L':
			fmt.Fprint(&w.text, 1000+w.rng.IntN(60000))
		case 'D':
			if strings.Contains(out, "GDP") {
				w.text.WriteRune(r)
				continue
			}
			fmt.Fprintf(&w.text, "%d.%d", 1+w.rng.IntN(900), 1+w.rng.IntN(99))
		case 'P':
			if strings.Contains(out, "GDP") {
				w.text.WriteRune(r)
				continue
			}
			fmt.Fprintf(&w.text, "%d.%d", 1+w.rng.IntN(98), 1+w.rng.IntN(9))
		default:
			w.text.WriteRune(r)
		}
	}
	for i := range w.facts[first:] {
		w.facts[first+i].Sentence = out
	}
}

// slot prints a value and notes it.
func (w *writer) slot(q *quantity, which, form string) string {
	v := w.values[q.alias]
	before := v * 9 / 10
	if q.step > 0 {
		before -= before % q.step
	}
	switch {
	case w.aside, which == "-":
		return printed(before, q, form)
	case which == "^":
		return printed(v-before, q, form)
	}
	w.said[q.alias] = true
	fact := Fact{Region: w.at.place.Code, Year: fmt.Sprint(w.at.year), Code: q.code}
	if w.masked == q.alias {
		w.facts = append(w.facts, fact)
		return "XX"
	}
	if w.other == q.alias {
		v += v/20 + 7
	}
	fact.Value = new(big.Rat).SetFrac(big.NewInt(v*q.times), power(q.places))
	w.facts = append(w.facts, fact)
	return printed(v, q, form)
}

func power(n int) *big.Int { return new(big.Int).Exp(big.NewInt(10), big.NewInt(int64(n)), nil) }

// factors are the forms of a slot: by what the printed value is multiplied.
var factors = map[string]*big.Rat{
	"亩": big.NewRat(15, 1), "公斤": big.NewRat(1000, 1), "斤": big.NewRat(2000, 1), "亿": big.NewRat(1, 10000), "万": big.NewRat(1, 10000),
}

// printed prints a value in a form, exactly.
func printed(v int64, q *quantity, form string) string {
	r := new(big.Rat).SetFrac(big.NewInt(v), power(q.places))
	f := factors[form]
	if form == "万" && q.times == 100000000 { // 亿元 as 万元
		f = big.NewRat(10000, 1)
	}
	if f != nil {
		r.Mul(r, f)
	}
	s := r.FloatString(8)
	s = strings.TrimRight(strings.TrimRight(s, "0"), ".")
	if form == "," {
		s = commas(s)
	}
	return s
}

// commas groups the digits before the point by three.
func commas(s string) string {
	whole, rest, point := strings.Cut(s, ".")
	for i := len(whole) - 3; i > 0; i -= 3 {
		whole = whole[:i] + "," + whole[i:]
	}
	if point {
		return whole + "." + rest
	}
	return whole
}
