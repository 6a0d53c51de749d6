package web

// This file is indicators: what each is, and the panel of indicator × region × year,
// whose three axes can be put where the reader wants them.

import (
	"cmp"
	"errors"
	"fmt"
	"html/template"
	"maps"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"mingxi/cmd/mingxi/find"
	"mingxi/cmd/mingxi/panel"
	"mingxi/cmd/mingxi/tell"
	"mingxi/corpus/store"
	"mingxi/extract/indicator"
	"mingxi/extract/region"
	"mingxi/index"
	"mingxi/index/query"
	"mingxi/schema"
)

// How much one panel takes.
const (
	mostReports    = 4000 // that are read for it
	mostCells      = 20_000
	mostIndicators = 12
)

// An indicatorsValue is the vocabulary as far as the corpus speaks of it.
type indicatorsValue struct {
	Query      string           `json:"query,omitempty"`
	Indicators []indicatorValue `json:"indicators"`
}

// An indicatorValue is an indicator, and how many reports have it.
type indicatorValue struct {
	Code    string `json:"code"`
	NameZH  string `json:"name_zh"`
	NameEN  string `json:"name_en,omitempty"`
	Unit    string `json:"unit,omitempty"`
	Nature  string `json:"nature,omitempty"`
	Domain  string `json:"domain,omitempty"`
	Reports int    `json:"reports"`
}

func valueOf(one *indicator.Indicator, reports int) indicatorValue {
	return indicatorValue{one.Code, one.NameZH, one.NameEN, one.UnitZH, one.Nature, one.DomainZH, reports}
}

func indicatorsResource(v *visit) (any, error) {
	out := &indicatorsValue{Query: strings.TrimSpace(v.URL.Query().Get("q")), Indicators: []indicatorValue{}}
	if len(out.Query) > 200 {
		return nil, problem{http.StatusBadRequest, "too long a word", "词太长"}
	}
	counts, err := v.reportsBy("indicator")
	if err != nil {
		return nil, err
	}
	for _, one := range v.s.vocabulary.Find(out.Query) {
		out.Indicators = append(out.Indicators, valueOf(one, counts[one.Code]))
	}
	slices.SortStableFunc(out.Indicators, func(a, b indicatorValue) int { return b.Reports - a.Reports })
	return out, nil
}

// reportsBy counts all reports by a field.
func (v *visit) reportsBy(field string) (map[string]int, error) {
	found, err := v.search(find.Request{Query: query.All{}, Sort: find.Sorts["order"]})
	if err != nil {
		return nil, err
	}
	list, err := found.Facet(field, 0)
	counts := map[string]int{}
	for _, c := range list {
		counts[c.Value] = c.N
	}
	return counts, err
}

// A panelValue is a panel: cells, and what conflicts.
type panelValue struct {
	Indicators []indicatorValue    `json:"indicators"`
	Cells      []map[string]string `json:"cells"`             // columns of mingxi panel that are not empty
	Conflicts  []map[string]string `json:"conflicts"`         // candidates of cells whose documents differ
	Left       []leftOut           `json:"left_out"`          // figures that are no cell, by reason
	Reports    int                 `json:"reports"`           // that have one of the indicators
	Damaged    []string            `json:"damaged,omitempty"` // documents that were passed over, for what is stored of them is damaged

	zh         tell.Lang
	One        *indicator.Indicator `json:"-"` // of the page of one indicator
	Fields     []indicator.Field    `json:"-"`
	state      panelState
	cells      []panel.Cell
	clashes    []*panel.Candidate
	Charts     []chart `json:"-"`
	units      []scale
	large      *tooLarge // why there is none
	vocabulary *indicator.Vocabulary
}

type leftOut struct {
	Reason string `json:"reason"`
	N      int    `json:"n"`
	zh     string
}

// A panelState is a panel in an address.
type panelState struct {
	Indicators []string
	Region     string // beginning of codes
	From, To   int
	RegionYear int
	Prefer     string
	Rows, Cols string // axes: indicator, region or year; the third is told apart in tables
	Unit       string
}

var axes = []string{"indicator", "region", "year"}

func parsePanel(v url.Values) (s panelState, err error) {
	s = panelState{Region: strings.TrimSpace(v.Get("region")), Prefer: v.Get("prefer"), Rows: v.Get("rows"), Cols: v.Get("cols"), Unit: v.Get("unit")}
	for _, one := range v["indicator"] {
		for _, code := range strings.FieldsFunc(one, func(c rune) bool { return c == ',' || c == ' ' || c == '，' }) {
			if !slices.Contains(s.Indicators, code) {
				s.Indicators = append(s.Indicators, code)
			}
		}
	}
	bad := func(en, zh string) error { return problem{http.StatusBadRequest, en, zh} }
	if len(s.Indicators) > mostIndicators {
		return s, bad("at most 12 indicators at a time", "一次最多 12 个指标")
	}
	for _, year := range []struct {
		name string
		to   *int
	}{{"from", &s.From}, {"to", &s.To}, {"region_year", &s.RegionYear}} {
		if text := strings.TrimSpace(v.Get(year.name)); text != "" {
			if *year.to, err = strconv.Atoi(text); err != nil || *year.to < 1900 || *year.to > 2099 {
				return s, bad(year.name+": want a year, such as 2012", year.name+"：应为年份，如 2012")
			}
		}
	}
	if s.RegionYear != 0 && (s.RegionYear < region.FirstYear || s.RegionYear > region.LastYear) {
		return s, bad("no region codes are known of that year", "没有那一年的行政区划代码")
	}
	if s.Region != "" && strings.Trim(s.Region, "0123456789") != "" {
		codes := region.Load().Under(s.Region)
		if len(codes) == 0 {
			return s, bad("no region of that name or code", "没有这个名称或代码的地区")
		}
		s.Region = codes[len(codes)-1]
	}
	if len(s.Region) > 6 || !slices.Contains([]string{"", "newest", "direct"}, s.Prefer) {
		return s, bad("prefer is newest or direct; a region has six digits", "prefer 应为 newest 或 direct；地区代码为六位")
	}
	if !slices.Contains(axes, s.Rows) {
		s.Rows = "region"
	}
	if !slices.Contains(axes, s.Cols) || s.Cols == s.Rows {
		s.Cols = "year"
		if s.Rows == "year" {
			s.Cols = "region"
		}
	}
	return s, nil
}

func (s panelState) values() url.Values {
	v := url.Values{}
	set := func(name, value string) {
		if value != "" && value != "0" {
			v.Set(name, value)
		}
	}
	set("indicator", strings.Join(s.Indicators, ","))
	set("region", s.Region)
	set("from", strconv.Itoa(s.From))
	set("to", strconv.Itoa(s.To))
	set("region_year", strconv.Itoa(s.RegionYear))
	set("prefer", s.Prefer)
	set("rows", s.Rows)
	set("cols", s.Cols)
	set("unit", s.Unit)
	return v
}

// URL is the address of the panel.
func (s panelState) URL() string { return "/panel?" + s.values().Encode() }

func panelResource(v *visit) (any, error) {
	st, err := parsePanel(v.URL.Query())
	if err != nil {
		return nil, err
	}
	return v.panel(st)
}

func indicatorResource(v *visit) (any, error) {
	st, err := parsePanel(v.URL.Query())
	if err != nil {
		return nil, err
	}
	one := v.s.vocabulary.Get(v.PathValue("code"))
	if one == nil {
		return nil, problem{http.StatusNotFound, "no such indicator", "没有这个指标"}
	}
	st.Indicators = []string{one.Code}
	p, err := v.panel(st)
	if err != nil {
		return nil, err
	}
	p.One = one
	for _, f := range one.Fields() {
		if f.Value != "" && f.Name != "code" && f.Name != "name_zh" {
			p.Fields = append(p.Fields, f)
		}
	}
	return p, nil
}

// panel makes a panel.
func (v *visit) panel(st panelState) (*panelValue, error) {
	p := &panelValue{zh: tell.Lang(v.zh), state: st, vocabulary: v.s.vocabulary, Indicators: []indicatorValue{},
		Cells: []map[string]string{}, Conflicts: []map[string]string{}, Left: []leftOut{}}
	var list []*indicator.Indicator
	for _, code := range st.Indicators {
		one := v.s.vocabulary.Get(code)
		if one == nil {
			en, zh := "no indicator "+code, "没有指标 "+code
			if near := v.s.vocabulary.Nearest(code); near != "" {
				en, zh = en+"; near: "+near, zh+"；相近："+near
			}
			return nil, problem{http.StatusBadRequest, en, zh}
		}
		list = append(list, one)
	}
	if len(list) == 0 {
		return p, nil
	}
	cells := st
	cells.Rows, cells.Cols, cells.Unit = "", "", "" // which change nothing of what is read
	g, err := remembered(&v.s.memo, v.edition, cells.URL(), func() (gathered, error) { return gather(v, st, list) })
	if page := !ofAPI(v.Request) && !strings.HasPrefix(v.URL.Path, "/export/"); err != nil && !(page && errors.As(err, &p.large)) {
		return nil, err
	}
	p.Reports = g.reports
	for _, what := range g.damaged {
		p.Damaged = append(p.Damaged, p.zh.Message(what))
	}
	p.keep(g.cells, g.candidates)
	counts, err := v.reportsBy("indicator")
	if err != nil {
		return nil, err
	}
	for _, one := range list {
		p.Indicators = append(p.Indicators, valueOf(one, counts[one.Code]))
	}
	p.units = scales(list)
	return p, p.draw()
}

// gathered is what the reports say of some indicators.
type gathered struct {
	reports    int
	damaged    []string
	cells      []panel.Cell
	candidates []*panel.Candidate
}

// A tooLarge panel is of too many reports, which have so many of each region.
type tooLarge struct {
	problem
	places []index.Count
}

func (t *tooLarge) Unwrap() error { return t.problem }

// TooLarge says why there is no panel, but regions to choose from; empty if there is one.
func (p *panelValue) TooLarge() string {
	if p.large == nil {
		return ""
	}
	return p.zh.Text(p.large.en, p.large.zh)
}

// Choose are the regions of the next level: provinces, then prefectures, then counties.
func (p *panelValue) Choose() (list []facetItem) {
	level := min(6, len(p.state.Region)/2*2+2)
	n := map[string]int{}
	for _, c := range p.large.places {
		if len(c.Value) == 6 && strings.HasPrefix(c.Value, p.state.Region) {
			n[c.Value[:level]] += c.N
		}
	}
	for _, code := range slices.Sorted(maps.Keys(n)) {
		to := p.state
		to.Region, to.RegionYear = code, 0 // all reports are read for the codes of one year
		list = append(list, facetItem{Label: nameOfRegion(code), Value: code, N: n[code], URL: p.at(to)})
	}
	return list
}

// gather reads the reports that have one of the indicators, as the index knows them.
func gather(v *visit, st panelState, list []*indicator.Indicator) (g gathered, err error) {
	var any query.Or
	for _, one := range list {
		any = append(any, query.Field{Name: "indicator", Text: one.Code})
	}
	var q query.Query = any
	if st.Region != "" && st.RegionYear == 0 {
		q = query.And{any, query.Field{Name: "region", Text: st.Region}}
	}
	found, err := v.search(find.Request{Query: q, Sort: find.Sorts["order"]})
	if err != nil {
		return g, err
	}
	g.reports = found.Reports
	large := func(en, zh string) error {
		places, err := found.Facet("region", 0)
		return cmp.Or(err, error(&tooLarge{problem{http.StatusRequestEntityTooLarge, en, zh}, places}))
	}
	if found.Docs > v.s.reports {
		return g, large(fmt.Sprintf("%d documents have it, of which a page reads %d: choose a region, or use mingxi panel", found.Docs, v.s.reports),
			fmt.Sprintf("有 %d 份文件，一页最多读 %d 份：请选择地区，或用 mingxi panel", found.Docs, v.s.reports))
	}
	var ids []string
	for h := range found.All() {
		if len(ids) == 0 || ids[len(ids)-1] != h.DocID {
			ids = append(ids, h.DocID)
		}
	}
	if err := found.Err(); err != nil {
		return g, err
	}
	b := panel.New(panel.Options{Indicators: list, Vocabulary: v.s.vocabulary, RegionYear: st.RegionYear, Prefer: st.Prefer, PassOver: func(err error) bool {
		broken := errors.Is(err, store.ErrBroken)
		if broken {
			g.damaged = append(g.damaged, err.Error())
		}
		return broken
	}})
	err = panel.Gather(v.Context(), b, 0, ids, v.edition.store.DocumentParts, func(c *panel.Candidate) bool {
		return (st.From == 0 || c.Year >= st.From) && (st.To == 0 || c.Year <= st.To) && strings.HasPrefix(c.Region, st.Region)
	})
	if err != nil {
		return g, err
	}
	slices.Sort(g.damaged)
	g.cells, g.candidates = b.Build()
	if len(g.cells) > mostCells {
		return g, large("too many cells for a page: choose a region or years", "格数过多：请选择地区或年份")
	}
	return g, nil
}

func (p *panelValue) keep(cells []panel.Cell, candidates []*panel.Candidate) {
	p.cells = cells
	p.Cells = append(p.Cells, objects(panel.LongColumns(), panel.LongRows(cells))...)
	clash := map[string]bool{}
	key := func(region string, year int, code string) string {
		return region + " " + strconv.Itoa(year) + " " + code
	}
	for _, c := range cells {
		if c.Conflicts > 0 {
			clash[key(c.Region, c.Year, c.Indicator.Code)] = true
		}
	}
	for _, c := range candidates {
		if c.Role != panel.NoCell && clash[key(c.Region, c.Year, c.Indicator.Code)] {
			p.clashes = append(p.clashes, c)
		}
	}
	p.Conflicts = append(p.Conflicts, objects(panel.CandidateColumns(), panel.CandidateRows(p.clashes))...)
	for _, r := range panel.Reasons(candidates) {
		p.Left = append(p.Left, leftOut{r.EN, r.Count, r.ZH})
	}
}

// objects are rows without their empty cells.
func objects(columns []schema.Column, rows [][]schema.Cell) (list []map[string]string) {
	for _, row := range rows {
		o := map[string]string{}
		for i, c := range columns {
			if !row[i].Empty() {
				o[c.Name] = row[i].String()
			}
		}
		list = append(list, o)
	}
	return list
}

// A chart is a picture of the cells of one unit.
type chart struct {
	SVG  template.HTML
	Note string // what is not drawn
}

// draw makes the charts: one for each unit, of as many lines as can be told apart, those with most cells.
func (p *panelValue) draw() error {
	var units []string
	for _, c := range p.cells {
		if c.Value.Known() && !slices.Contains(units, c.Indicator.UnitZH) {
			units = append(units, c.Indicator.UnitZH)
		}
	}
	for _, unit := range units {
		cells, note := p.drawn(unit)
		svg, err := panel.Plot(cells, panel.Style{
			Link: func(s *panel.Source) string { return figureURL(s.DocID, strconv.Itoa(s.Seq)) },
			Name: p.nameOf, Unit: p.scale().unit, Value: p.scale().of,
		})
		if errors.Is(err, panel.ErrPlot) {
			continue
		}
		if err != nil {
			return err
		}
		p.Charts = append(p.Charts, chart{template.HTML(svg), note}) // of html/template, which has escaped it
	}
	return nil
}

// drawn are the cells of a unit in the lines that a chart has room for, and what it has no room for.
func (p *panelValue) drawn(unit string) (list []panel.Cell, note string) {
	type line struct {
		region string
		code   string
	}
	n := map[line]int{}
	var lines []line
	for _, c := range p.cells {
		if l := (line{c.Region, c.Indicator.Code}); c.Value.Known() && c.Indicator.UnitZH == unit {
			if n[l]++; n[l] == 1 {
				lines = append(lines, l)
			}
		}
	}
	slices.SortStableFunc(lines, func(a, b line) int { return n[b] - n[a] })
	if len(lines) > panel.MostLines {
		note = fmt.Sprintf(p.zh.Text("%d of %d lines are drawn, those with most years; choose a region for others", "共 %[2]d 条线，只画了年份最多的 %[1]d 条；可选择地区看其他的"), panel.MostLines, len(lines))
		lines = lines[:panel.MostLines]
	}
	for _, c := range p.cells {
		if c.Indicator.UnitZH == unit && slices.Contains(lines, line{c.Region, c.Indicator.Code}) {
			list = append(list, c)
		}
	}
	return list, note
}

// A scale is a unit that values can be shown in.
type scale struct {
	unit  string
	shift int   // powers of ten
	times int64 // and a factor
}

// of is a value in the unit.
func (s scale) of(v schema.Decimal) schema.Decimal { return v.Mul(schema.Int(s.times)).Shift(s.shift) }

// scales are the units of indicators that share one.
func scales(list []*indicator.Indicator) []scale {
	unit := list[0].UnitZH
	for _, one := range list {
		if one.UnitZH != unit {
			return nil
		}
	}
	base, per, _ := strings.Cut(unit, "/")
	if per != "" {
		return []scale{{unit, 0, 1}}
	}
	out := []scale{{unit, 0, 1}}
	switch base {
	case "元", "吨", "公斤", "米":
		out = append(out, scale{"万" + base, -4, 1}, scale{"亿" + base, -8, 1})
	case "公顷":
		out = append(out, scale{"亩", 0, 15}, scale{"万亩", -4, 15}, scale{"平方公里", -2, 1})
	case "人", "户", "人次", "个", "件", "张", "平方米":
		out = append(out, scale{"万" + base, -4, 1})
	}
	return out
}

// scale is the one in use; the first if none was chosen.
func (p *panelValue) scale() scale {
	for _, s := range p.units {
		if s.unit == p.state.Unit {
			return s
		}
	}
	return scale{"", 0, 1}
}

// Units are the units to choose from.
func (p *panelValue) Units() (list []choice) {
	for i, s := range p.units {
		to := p.state
		to.Unit = s.unit
		list = append(list, choice{s.unit, p.at(to), p.state.Unit == s.unit || i == 0 && p.scale().unit == ""})
	}
	return list
}

// at is the address of another state of the same page.
func (p *panelValue) at(to panelState) string {
	if p.One == nil {
		return to.URL()
	}
	v := to.values()
	v.Del("indicator")
	return "/indicator/" + p.One.Code + "?" + v.Encode()
}

// Axes are the ways to lay the three axes.
func (p *panelValue) Axes() (list []choice) {
	for _, rows := range axes {
		for _, cols := range axes {
			if rows == cols || p.One != nil && (rows == "indicator" || cols == "indicator") {
				continue
			}
			to := p.state
			to.Rows, to.Cols = rows, cols
			list = append(list, choice{p.axis(rows) + " × " + p.axis(cols), p.at(to), rows == p.state.Rows && cols == p.state.Cols})
		}
	}
	return list
}

func (p *panelValue) axis(name string) string {
	return p.zh.Text(name, map[string]string{"indicator": "指标", "region": "地区", "year": "年份"}[name])
}

// A grid is a table of the panel: one value of the third axis.
type grid struct {
	Title string
	Head  []string
	Rows  []gridRow
}

// Width is a class of tables too wide for a sheet of paper.
func (g grid) Width() string {
	switch n := len(g.Head); {
	case n > 24:
		return " wide widest"
	case n > 10:
		return " wide"
	}
	return ""
}

type gridRow struct {
	Name  string
	Cells []gridCell
}

// A gridCell is a value with its state.
type gridCell struct {
	Value, Status, Tip, URL string
	Conflict                int
}

// Corner is what stands above the first column.
func (p *panelValue) Corner() string { return p.axis(p.state.Rows) + " ╲ " + p.axis(p.state.Cols) }

// coordinate is the place of a cell on an axis: what it is sorted by, and its name.
func (p *panelValue) coordinate(c *panel.Cell, axis string) (key, name string) {
	switch axis {
	case "indicator":
		at := slices.Index(p.state.Indicators, c.Indicator.Code)
		return fmt.Sprintf("%02d", at), p.nameOf(c.Indicator)
	case "region":
		return c.Region, c.Name
	}
	return strconv.Itoa(c.Year), strconv.Itoa(c.Year)
}

func (p *panelValue) nameOf(one *indicator.Indicator) string {
	if !p.zh && one.NameEN != "" {
		return one.NameEN
	}
	return one.NameZH
}

// third is the axis that tells tables apart.
func (s panelState) third() string {
	for _, a := range axes {
		if a != s.Rows && a != s.Cols {
			return a
		}
	}
	return ""
}

// Grids are the tables.
func (p *panelValue) Grids() (list []grid) {
	st := p.state
	type at struct{ layer, row, col string }
	cells := map[at]*panel.Cell{}
	names := map[string]map[string]string{st.Rows: {}, st.Cols: {}, st.third(): {}}
	for i := range p.cells {
		c := &p.cells[i]
		var keys [3]string
		for j, axis := range []string{st.third(), st.Rows, st.Cols} {
			key, name := p.coordinate(c, axis)
			keys[j], names[axis][key] = key, name
		}
		cells[at{keys[0], keys[1], keys[2]}] = c
	}
	for _, layer := range slices.Sorted(maps.Keys(names[st.third()])) {
		g := grid{Title: names[st.third()][layer]}
		cols := slices.Sorted(maps.Keys(names[st.Cols]))
		for _, col := range cols {
			g.Head = append(g.Head, names[st.Cols][col])
		}
		for _, r := range slices.Sorted(maps.Keys(names[st.Rows])) {
			line := gridRow{Name: names[st.Rows][r]}
			some := false
			for _, col := range cols {
				c := cells[at{layer, r, col}]
				some = some || c != nil
				line.Cells = append(line.Cells, p.cell(c))
			}
			if some {
				g.Rows = append(g.Rows, line)
			}
		}
		list = append(list, g)
	}
	return list
}

// cell is a cell as it is shown.
func (p *panelValue) cell(c *panel.Cell) gridCell {
	if c == nil {
		return gridCell{}
	}
	g := gridCell{Value: p.scale().of(c.Value).String(), Conflict: c.Conflicts}
	if c.Status != panel.Normal {
		g.Status = string(c.Status)
	}
	if c.From != nil {
		g.URL = figureURL(c.From.Source.DocID, strconv.Itoa(c.From.Source.Seq))
		g.Tip = c.From.Source.Title + "\n" + c.From.Source.Sentence
	}
	return g
}

// Unit is the unit that values are shown in.
func (p *panelValue) Unit() string {
	if s := p.scale(); s.unit != "" {
		return s.unit
	}
	if len(p.units) > 0 {
		return p.units[0].unit
	}
	return ""
}

// explained are the columns of a vocabulary that tell a reader what an indicator is.
var explained = [][2]string{
	{"name_en", "英文名称"}, {"unit_zh", "单位"}, {"domain_zh", "领域"}, {"nature", "性质"}, {"parent", "上级指标"}, {"partition", "分组"},
	{"formula", "公式"}, {"aliases", "别名"}, {"also", "其他单位"}, {"era", "年代"}, {"prices", "价格"},
}

// Explained is what the indicator is, in the language of the reader.
func (p *panelValue) Explained() (list []indicator.Field) {
	for _, name := range explained {
		for _, f := range p.Fields {
			if f.Name == name[0] {
				list = append(list, indicator.Field{Name: p.zh.Text(strings.TrimSuffix(f.Name, "_zh"), name[1]), Value: strings.ReplaceAll(f.Value, "|", p.zh.Text(", ", "、"))})
			}
		}
	}
	return list
}

// State is the state in the address.
func (p *panelValue) State() panelState { return p.state }

// Codes are the indicators as the form has them.
func (p *panelValue) Codes() string { return strings.Join(p.state.Indicators, ", ") }

// A clash is a cell whose documents differ.
type clash struct {
	Region, Indicator string
	Year              int
	List              []clashing
}

type clashing struct {
	Value, Role, Title, URL string
	Year                    int
	Words                   []piece
}

// Clashes are the conflicts by cell.
func (p *panelValue) Clashes() (list []clash) {
	for _, c := range p.clashes {
		if n := len(list); n == 0 || list[n-1].Region != c.Name || list[n-1].Year != c.Year || list[n-1].Indicator != p.nameOf(c.Indicator) {
			list = append(list, clash{Region: c.Name, Indicator: p.nameOf(c.Indicator), Year: c.Year})
		}
		l := &list[len(list)-1]
		role := p.zh.Text(string(c.Role), map[panel.Role]string{panel.Chosen: "采用", panel.Agrees: "一致", panel.Conflict: "矛盾"}[c.Role])
		l.List = append(l.List, clashing{tell.Join(" ", p.scale().of(c.Value).String(), cmp.Or(p.scale().unit, c.Indicator.UnitZH)), role, c.Source.Title, figureURL(c.Source.DocID, strconv.Itoa(c.Source.Seq)), c.Source.ReportYear, marked(c.Source.Sentence, c.Source.Raw)})
	}
	return list
}

// marked marks the words of a figure in its sentence, where they stand in it once.
func marked(sentence, raw string) []piece {
	before, after, ok := strings.Cut(sentence, raw)
	if !ok || strings.Contains(after, raw) {
		return []piece{{sentence, false}}
	}
	return []piece{{before, false}, {raw, true}, {after, false}}
}

// LeftOut are the reasons in the language of the reader.
func (p *panelValue) LeftOut() (list []facetItem) {
	for _, l := range p.Left {
		list = append(list, facetItem{Label: p.zh.Text(l.Reason, l.zh), N: l.N})
	}
	return list
}

// Exports are the files that the panel can be had as.
func (p *panelValue) Exports() []choice { return exports(p.ExportURL) }

// ExportURL is the address of the panel as a file.
func (p *panelValue) ExportURL(suffix string) string {
	v := p.state.values()
	v.Del("unit") // files are in base units
	return "/export/panel." + suffix + "?" + v.Encode()
}

// Sources are citations of the documents that cells are taken from.
func (p *panelValue) Sources() (list []citation) {
	seen := map[string]bool{}
	for _, c := range p.cells {
		if c.From == nil {
			continue
		}
		s := c.From.Source
		if key := s.DocID + strconv.Itoa(s.Article); !seen[key] {
			seen[key] = true
			list = append(list, citation{gbt(s.Org, s.Title, s.ReportYear), documentURL(s.DocID, "", "a"+strconv.Itoa(s.Article))})
		}
	}
	return list
}

// A citation is a line of references by GB/T 7714, and the document that it is of.
type citation struct{ Text, URL string }

func gbt(org, title string, year int) string {
	s := title + "[R]."
	if org != "" {
		s = org + ". " + s
	}
	if year > 0 {
		s += " " + strconv.Itoa(year) + "."
	}
	return s
}
