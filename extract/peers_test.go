package extract

import (
	"encoding/csv"
	"fmt"
	"maps"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"mingxi/schema"
)

// The test cases of others who read Chinese numbers: Recognizers-Text, Duckling,
// JioNLP and cn2an. Their texts belong to them and are not part of this
// project; the test runs where they are at hand (MINGXI_SHARED names the
// directory that holds peers/*.tsv). What reports do not need is listed by id in
// bench/peers_given_up.tsv with the reason.

// peerFloors are the shares of the needed rows, by model, that are right at
// least. They may only rise.
var peerFloors = map[string]float64{"number": 0.98, "percent": 0.98, "currency": 0.95, "dimension": 0.98, "ordinal": 1}

func TestPeers(t *testing.T) {
	rows := peerRows(t)
	gaveUp := givenUp(t)
	x := peerReader()
	type rate struct{ right, needed, left int }
	byPeer, byModel := map[string]*rate{}, map[string]*rate{}
	for _, r := range rows {
		model := peerModel(r.suite)
		peer := filepath.Dir(r.suite) + " " + model
		for key, rates := range map[string]map[string]*rate{peer: byPeer, model: byModel} {
			if rates[key] == nil {
				rates[key] = new(rate)
			}
			got, ok := x.reads(r, model)
			switch reason := gaveUp.reason(r); {
			case reason != "":
				rates[key].left++
				if ok && key == peer && !gaveUp.whole(r) && r.raw != "" {
					t.Errorf("%s is right now, but given up (%s): take it out of peers_given_up.tsv", r.id, reason)
				}
			case ok:
				rates[key].needed, rates[key].right = rates[key].needed+1, rates[key].right+1
			default:
				rates[key].needed++
				if key == peer {
					t.Logf("%s %s: want %s %s %s, got %s", r.id, r.input, r.raw, r.value, r.unit, got)
				}
			}
		}
	}
	for _, key := range slices.Sorted(maps.Keys(byPeer)) {
		r := byPeer[key]
		t.Logf("%-24s %3d of %3d needed rows right, %3d given up", key, r.right, r.needed, r.left)
	}
	for _, key := range slices.Sorted(maps.Keys(byModel)) {
		r := byModel[key]
		share := float64(r.right) / float64(max(r.needed, 1))
		t.Logf("%-24s %3d of %3d (%.1f %%), %d given up", key, r.right, r.needed, 100*share, r.left)
		if r.needed > 0 && share < peerFloors[key] {
			t.Errorf("%s: %.1f %% right, want %.0f %%", key, 100*share, 100*peerFloors[key])
		}
	}
}

// A peerRow is one expected result of one text; raw is empty if there is none.
type peerRow struct {
	id                            string // suite, case and number in the case: rt/NumberModel 75.2
	suite, input, raw, value, max string
	unit                          string
}

func peerRows(t *testing.T) (rows []peerRow) {
	t.Helper()
	dir := os.Getenv("MINGXI_SHARED")
	if dir == "" {
		dir = filepath.Join("..", "..", "shared")
	}
	paths, _ := filepath.Glob(filepath.Join(dir, "peers", "*.tsv"))
	if len(paths) == 0 {
		t.Skip("no test cases of peers at hand")
	}
	seen := map[string]int{}
	for _, path := range paths {
		for _, f := range readTSV(t, path) {
			key := f["suite"] + " " + f["case"]
			seen[key]++
			rows = append(rows, peerRow{
				id: fmt.Sprintf("%s.%d", key, seen[key]), suite: f["suite"], input: f["input"],
				raw: f["raw"], value: f["value"], max: f["value_hi"], unit: f["unit"],
			})
		}
	}
	return rows
}

func readTSV(t *testing.T, path string) (rows []map[string]string) {
	t.Helper()
	f, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	r := csv.NewReader(f)
	r.Comma, r.LazyQuotes, r.FieldsPerRecord = '\t', true, -1
	all, err := r.ReadAll()
	if err != nil {
		t.Fatalf("read %s: %v", path, err)
	}
	for _, record := range all[1:] {
		row := map[string]string{}
		for i, cell := range record {
			row[all[0][i]] = cell
		}
		rows = append(rows, row)
	}
	return rows
}

// reasons says why a row is not needed; a key without a case is a whole suite.
type reasons map[string]string

func givenUp(t *testing.T) reasons {
	t.Helper()
	why := reasons{}
	for _, f := range readTSV(t, filepath.Join("..", "bench", "peers_given_up.tsv")) {
		if f["reason"] == "" {
			t.Errorf("peers_given_up.tsv: %s: no reason", f["id"])
		}
		why[f["id"]] = f["reason"]
	}
	return why
}

func (why reasons) reason(r peerRow) string {
	if s := why[r.id]; s != "" {
		return s
	}
	return why[r.suite]
}

func (why reasons) whole(r peerRow) bool { return why[r.suite] != "" }

func peerModel(suite string) string {
	switch base := filepath.Base(suite); {
	case strings.HasPrefix(base, "NumberRange"):
		return "range"
	case strings.HasPrefix(base, "Number"), strings.HasPrefix(base, "Numeral"), strings.HasSuffix(base, "data_dict"):
		return "number"
	case strings.HasPrefix(base, "Percent"):
		return "percent"
	case strings.HasPrefix(base, "Ordinal"):
		return "ordinal"
	case strings.Contains(base, "oney"), strings.HasPrefix(base, "Currency"):
		return "currency"
	}
	return "dimension"
}

type peer struct {
	*reader
	e *Extractor
}

func peerReader() *peer {
	e := New()
	w := e.load()
	return &peer{&reader{words: w, lex: w.Lexicon, line: line{lex: w.Lexicon}}, e}
}

// reads reports whether the row's result is among what is read from its input.
// Where nothing is expected, and for ordinals, Read must find no metric.
func (p *peer) reads(r peerRow, model string) (got string, ok bool) {
	if strings.ContainsRune("-－负負", []rune(r.raw + " ")[0]) && strings.HasPrefix(r.input, r.raw) {
		r.input = "为" + r.input // in a report no line begins with a minus but a list's
	}
	d := &schema.Document{Text: r.input, Articles: []schema.Article{{N: 1, Span: schema.Span{End: len(r.input)}}}}
	d.Blocks, d.Sentences = []schema.Block{{Span: d.Articles[0].Span}}, []schema.Span{d.Articles[0].Span}
	metrics := p.e.Read(d).Metrics
	if r.raw == "" || model == "ordinal" {
		n := countOf(metrics, model)
		return fmt.Sprint(n, " figures"), n == 0
	}
	var found []string
	if model == "number" {
		for _, f := range p.numbers(r.input) {
			found = append(found, f.value.String())
			ok = ok || samePeerValue(f.value, r.value)
		}
		return strings.Join(found, " "), ok
	}
	for _, m := range metrics {
		found = append(found, m.Value.String()+".."+m.Max.String()+m.Unit+"("+m.Approx.String()+")")
		ok = ok || fitsPeer(&m, r, model)
	}
	if model == "range" && !ok { // most have no unit, and are no figures of a report
		for _, f := range p.numbers(r.input) {
			found = append(found, f.value.String()+".."+f.max.String()+"("+f.approx.String()+")")
			m := schema.Metric{Value: f.value, Max: f.max, Approx: f.approx}
			ok = ok || fitsPeer(&m, r, model)
		}
	}
	return strings.Join(found, " "), ok
}

// countOf counts the metrics that the model of a peer could mean.
func countOf(metrics []schema.Metric, model string) (n int) {
	for _, m := range metrics {
		percent := m.Unit == "%" || m.Unit == "‰" || m.Unit == "个百分点"
		money := strings.HasSuffix(m.Unit, "元") || m.Unit == "英镑"
		if !(model == "percent" && !percent || model == "currency" && !money || model == "number" && money) {
			n++
		}
	}
	return n
}

// numbers are the numbers of a text, whether or not they count something.
func (p *peer) numbers(text string) (found []figure) {
	l := &p.line
	l.set(text, schema.Span{End: len(text)})
	for i := 0; i < len(l.r); {
		if r := l.r[i]; !isDigit(r) && !isHan(r) {
			i++
			continue
		}
		f, end, ok := p.figure(i)
		if ok && f.value.Known() {
			found = append(found, f)
		}
		i = max(end, i+1)
	}
	return found
}

func samePeerValue(got schema.Decimal, want string) bool {
	w, err := strconv.ParseFloat(want, 64)
	return err == nil && got.Known() && math.Abs(got.Float()-w) <= 5e-6*math.Abs(w)
}

// fitsPeer compares a metric with a row: value, and unit where the row has one.
func fitsPeer(m *schema.Metric, r peerRow, model string) bool {
	value := m.Value
	switch {
	case m.Unit == "‰":
		value = value.Shift(-1)
	case m.Unit == "成" && model == "percent": // of which one is ten per cent
		m.Unit, value = "%", value.Shift(1)
	case m.Unit == "毫克" && r.unit == "Gram":
		m.Unit, value = "克", value.Shift(-3)
	case m.Unit == "" && model == "percent": // 百万分之五 is a plain ratio
		m.Unit, value = "%", value.Shift(2)
	}
	switch model {
	case "range":
		low, high := r.value, r.max
		switch {
		case low != "" && high != "":
			return samePeerValue(value, low) && samePeerValue(m.Max, high)
		case high != "":
			return samePeerValue(value, high) && m.Approx == schema.Under
		}
		return samePeerValue(value, low) && m.Approx == schema.Over
	case "percent":
		return samePeerValue(value, r.value) && (m.Unit == "%" || m.Unit == "‰" || m.Unit == "个百分点")
	}
	if r.value == "" && r.max == "" { // only the span is given
		return r.raw != "" && value.Known() && m.Unit != ""
	}
	if r.value == "" {
		return samePeerValue(value, r.max) && peerUnit(m.Unit, r.unit)
	}
	return samePeerValue(value, r.value) && peerUnit(m.Unit, r.unit) && (r.max == "" || samePeerValue(m.Max, r.max))
}

// peerUnits are the names that peers give to our units.
var peerUnits = map[string]string{
	"Chinese yuan": "元", "Dollar": "元", "United States dollar": "美元", "HKD": "港元", "Japanese yen": "日元", "New Taiwan dollar": "新台币",
	"Centimetre": "厘米", "Centimeter": "厘米", "Kilometre": "公里", "Kilometer": "公里", "Metre": "米", "Meter": "米", "Mile": "英里", "Foot": "英尺",
	"Gram": "克", "Kilogram": "公斤", "Jin": "斤", "Liang": "两", "Litre": "升", "Millilitre": "毫升", "Mu": "亩", "Kilowatt": "千瓦", "Megahertz": "MHz",
}

func peerUnit(got, want string) bool { return want == "" || got == want || got == peerUnits[want] }
