package sheet

import (
	"math"
	"regexp"
	"strconv"
	"strings"

	"github.com/xuri/excelize/v2"
)

// A formatter displays numbers by the format of their cell. excelize knows the
// formats: the number is set into a workbook of its own and read again.
type formatter struct {
	scratch *excelize.File
	codes   map[int]string // formats of the workbook by their number
	styles  map[int]int    // styles of scratch by the number of the format
	shown   map[shown]string
}

type shown struct {
	format int
	value  float64
}

// mostShown bounds the memory for values seen before.
const mostShown = 1 << 16

func newFormatter(from1904 bool) (*formatter, error) {
	f := &formatter{
		scratch: excelize.NewFile(excelize.Options{
			CultureInfo: excelize.CultureNameZhCN, ShortDatePattern: "yyyy/m/d", LongDatePattern: `yyyy"年"m"月"d"日"`, LongTimePattern: "h:mm:ss",
		}),
		codes: map[int]string{}, styles: map[int]int{}, shown: map[shown]string{},
	}
	return f, f.scratch.SetWorkbookProps(&excelize.WorkbookPropsOptions{Date1904: &from1904})
}

// general displays a number without a format: whole numbers with up to 15
// digits, others with 10.
func general(v float64) string {
	digits := 10
	if v == math.Trunc(v) {
		digits = 15
	}
	s := strconv.FormatFloat(v, 'G', digits, 64)
	if strings.Contains(s, "E") && math.Abs(v) >= 1e-9 && math.Abs(v) < 1e21 {
		r, _ := strconv.ParseFloat(s, 64)
		s = strconv.FormatFloat(r, 'f', -1, 64)
	}
	return s
}

func (f *formatter) number(v float64, format int) string {
	code, own := f.codes[format]
	if math.IsNaN(v) || math.IsInf(v, 0) {
		return ""
	}
	if format == 0 || own && strings.EqualFold(code, "general") {
		return general(v)
	}
	key := shown{format, v}
	if s, ok := f.shown[key]; ok {
		return s
	}
	s, ok := inserted(v, code)
	if !ok {
		s, ok = f.display(v, format)
	}
	if !ok {
		s = general(v)
	}
	s = signed(strings.TrimSpace(s), v)
	if len(f.shown) < mostShown {
		f.shown[key] = s
	}
	return s
}

// point is a format with an inserted decimal point, by which 万 are shown in
// Chinese sheets: 0!.0,"万" shows 123456 as 12.3万.
var point = regexp.MustCompile(`^(?:\[[^\]]*\])*[#,]*0?[!\\]\.([0#]+)(,*)(?:"([^"]*)"|[!\\]?([\p{Han}]*))(?:_.|;.*)?$`)

// inserted displays a number by such a format. Other formats with an inserted
// point are not known: the number is shown plain.
func inserted(v float64, code string) (string, bool) {
	if !strings.Contains(code, "!.") && !strings.Contains(code, `0\.0`) && !strings.Contains(code, `#\.0`) {
		return "", false
	}
	m := point.FindStringSubmatch(code)
	if m == nil || strings.Contains(code, "[>") || strings.Contains(code, "[<") {
		return general(v), true
	}
	whole := math.Round(v / math.Pow(1000, float64(len(m[2]))))
	return strconv.FormatFloat(whole/math.Pow10(len(m[1])), 'f', len(m[1]), 64) + m[3] + m[4], true
}

// signed makes sure that a negative number looks like one: Excel shows some in
// red only, or in parentheses.
func signed(s string, v float64) string {
	if v >= 0 || s == "" || strings.ContainsAny(s, "-−－负△▲") || !strings.ContainsAny(s, "123456789") {
		return s
	}
	if i := strings.IndexByte(s, '('); i >= 0 && strings.HasSuffix(s, ")") {
		s = s[:i] + s[i+1:len(s)-1]
	}
	return "-" + s
}

func (f *formatter) display(v float64, format int) (string, bool) {
	const sheet, cell = "Sheet1", "A1"
	style, ok := f.styles[format]
	if !ok {
		st := &excelize.Style{NumFmt: format}
		if code, own := f.codes[format]; own {
			st = &excelize.Style{CustomNumFmt: &code}
		}
		var err error
		if style, err = f.scratch.NewStyle(st); err != nil {
			style = -1
		}
		f.styles[format] = style
	}
	if style < 0 || f.scratch.SetCellFloat(sheet, cell, v, -1, 64) != nil || f.scratch.SetCellStyle(sheet, cell, cell, style) != nil {
		return "", false
	}
	s, err := f.scratch.GetCellValue(sheet, cell)
	return s, err == nil
}
