package web

import (
	"encoding/csv"
	"encoding/json"
	"regexp"
	"strings"
	"testing"
)

// series are reports of a county in three years, two of which differ on one value.
var series = map[string]string{
	"2010.txt":  "陆良县民政局2010年工作总结\n\n一、城乡低保\n2010年末,全县城市低保对象3126户5874人。全年发放城市低保金1250万元。\n",
	"2011.txt":  "陆良县民政局2011年工作总结\n\n一、城乡低保\n2011年末,全县城市低保对象3098户5702人。全年发放城市低保金约1300万元。\n",
	"2012.txt":  "陆良县民政局2012年工作总结\n\n一、城乡低保\n2012年末,全县城市低保对象2987户5510人。全年发放城市低保金1562.48万元。明年计划将城市低保对象控制在2900户。\n",
	"2012b.txt": "陆良县人民政府2012年民政工作总结\n\n一、低保\n2012年末,全县城市低保对象3001户5510人。\n",
}

// The page of an indicator draws its series and has the same as a table, with what
// conflicts and what was left out, and why.
func TestIndicatorPage(t *testing.T) {
	s := serve(t, Options{Dir: corpusOf(t, series)})
	_, page := get(t, s, "/indicator/dibao_urban_hh")
	wants(t, page, "<h1>城市低保户数", "<svg", "<polyline", `<th scope="row">陆良县</th>`, ">3126</a>", ">3098</a>", ">≠2</a>",
		"Where documents differ", "<mark>2987户</mark>", "<mark>3001户</mark>", "planned", `R]. 2010.`, "/export/panel.csv?")
	_, page = get(t, s, "/indicator/dibao_urban_hh?prefer=direct&rows=year&cols=region&unit=万户")
	wants(t, page, `<th scope="row">2010</th>`, ">0.3126</a>", "(万户)")
	_, page = get(t, s, "/indicator/dibao_urban_outlay?from=2011&to=2011")
	wants(t, page, ">13000000</a>", "<sup>E</sup>", "!12500000")
	_, page = get(t, s, "/panel?indicator=dibao_urban_hh,dibao_urban_persons&rows=indicator&cols=year&region=530322")
	wants(t, page, "<h2>陆良县", `<th scope="row">Households receiving`, ">5874</a>", ">5510</a>")
	// a chart for each unit, in the language of the page and the unit that was chosen
	_, page = get(t, s, "/panel?indicator=dibao_urban_hh,dibao_urban_outlay")
	if strings.Count(page, "<svg") != 2 || strings.Contains(page, "<title>城市低保户数") {
		t.Errorf("want two charts with English titles: %d, %s", strings.Count(page, "<svg"), regexp.MustCompile(`<title>[^<]*`).FindAllString(page, -1))
	}
	_, page = get(t, s, "/indicator/dibao_urban_outlay?unit=万元")
	wants(t, page, `fill="#555">万元</text>`, ">1562.48</a>", "!fill=\"#555\">元</text>", "!unit=%E4%B8%87%E5%85%83\" download")
	for address, want := range map[string]string{
		"/indicator/nothing": "no such indicator", "/panel?indicator=dibao_urban_hhh": "near: dibao_urban_hh", "/panel?indicator=dibao_urban_hh&from=soon": "want a year",
		"/panel?indicator=dibao_urban_hh&region=乌有县": "no region of that name", "/panel?region=1234567": "six digits", "/panel": "/indicators",
		"/panel?indicator=dibao_urban_hh&region=11": "No figure of the corpus",
		"/panel?indicator=%3Cscript%3E":             "!<script>",
	} {
		_, page := get(t, s, address)
		wants(t, page, want)
	}
}

// The panel as a file and as JSON says the same.
func TestPanelData(t *testing.T) {
	s := serve(t, Options{Dir: corpusOf(t, series)})
	res, body := get(t, s, "/export/panel.csv?indicator=dibao_urban_hh")
	rows, err := csv.NewReader(strings.NewReader(strings.TrimPrefix(body, "\ufeff"))).ReadAll()
	if err != nil || len(rows) != 4 || res.Header.Get("X-Mingxi-Rows") != "3" || rows[1][5] != "3126" || rows[3][5] != "" || rows[3][7] != "O" {
		t.Errorf("%v, %v", rows, err)
	}
	var got struct {
		Cells     []map[string]string
		Conflicts []map[string]string
		LeftOut   []struct {
			Reason string
			N      int
		} `json:"left_out"`
	}
	_, body = get(t, s, "/api/panel?indicator=dibao_urban_hh")
	if err := json.Unmarshal([]byte(body), &got); err != nil || len(got.Cells) != 3 || got.Cells[0]["value"] != "3126" || len(got.Conflicts) != 2 || len(got.LeftOut) != 1 || got.LeftOut[0].Reason != "planned" {
		t.Errorf("%+v, %v", got, err)
	}
}

// The list of indicators has first what most reports have.
func TestIndicatorList(t *testing.T) {
	s := serve(t, Options{Dir: corpusOf(t, series)})
	_, page := get(t, s, "/indicators?q=城市%20低保")
	wants(t, page, "dibao_urban_hh", `<td class="n">4</td>`, "!jinglaoyuan")
	_, page = get(t, s, "/indicators?q="+strings.Repeat("低", 100))
	wants(t, page, "too long")
}

// The page of the corpus counts what is in it and leads to it.
func TestCorpusPage(t *testing.T) {
	s := serve(t, Options{})
	_, page := get(t, s, "/corpus")
	wants(t, page, "<b>4</b> documents", "Reports by year", ">2012</a>", "kind:masked", "check:contradicts", "Files that could not be read", "None.")
	_, body := get(t, s, "/api/corpus")
	var got struct {
		Stats   struct{ Documents, Masked int }
		Indexed int
		Checks  map[string]int
	}
	if err := json.Unmarshal([]byte(body), &got); err != nil || got.Stats.Documents != 4 || got.Indexed != 4 || got.Stats.Masked != 1 || got.Checks["contradicts"] != 3 {
		t.Errorf("%+v, %v", got, err)
	}
}

// Where the hits lie is told before any is read, and each cell leads to its hits.
func TestWhere(t *testing.T) {
	s := serve(t, Options{Dir: corpusOf(t, series)})
	_, page := get(t, s, "/?q=低保")
	wants(t, page, `href="/where?q=%E4%BD%8E%E4%BF%9D"`)
	_, page = get(t, s, "/where?q=低保&as=figures")
	wants(t, page, `<th scope="row"><a href="/?as=figures&amp;f=region%3A530322&amp;q=%E4%BD%8E%E4%BF%9D">陆良县</a>`, ">2010</th>", "f=year%3A2012")
	_, page = get(t, s, "/where?q=没有")
	wants(t, page, "Nothing was found")
	// of a description those are counted that answer it, unless the words alone are meant
	described := "q=2011%E5%B9%B4%E9%99%86%E8%89%AF%E5%8E%BF%E5%9F%8E%E5%B8%82%E4%BD%8E%E4%BF%9D%E6%88%B7%E6%95%B0"
	_, page = get(t, s, "/?as=figures&"+described)
	wants(t, page, "read as", `href="/where?as=figures&amp;`+described+`"`)
	_, page = get(t, s, "/where?as=figures&"+described)
	wants(t, page, "陆良县</a>", ">2011</th>", "!Nothing was found", "!without region")
	_, page = get(t, s, "/where?as=figures&literal=1&"+described)
	wants(t, page, "Nothing was found", "literal=1")
	for address, want := range map[string]string{"/where?q=region:乌有县": "第 8 字：没有叫“乌有县”的地区，语料库里也没有；可写作", "/?q=unit:乌有&as=figures": "没有叫“乌有”的计量单位，语料库里也没有"} {
		_, page = get(t, s, address, "Accept-Language", "zh-CN")
		if !strings.Contains(page, want) {
			t.Errorf("%s: no %q:\n%s", address, want, page)
		}
	}
	if res, _ := get(t, s, "/where?q=label:"); res.StatusCode != 400 {
		t.Errorf("%d", res.StatusCode)
	}
}
