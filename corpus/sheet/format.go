package sheet

import (
	"math"
	"strconv"
	"strings"

	"github.com/xuri/excelize/v2"
)

// A formatter displays numbers by the format of their cell, as excelize does
// for .xlsx: it sets them into a workbook of its own.
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
		scratch: excelize.NewFile(excelize.Options{CultureInfo: excelize.CultureNameZhCN}),
		codes:   map[int]string{}, styles: map[int]int{}, shown: map[shown]string{},
	}
	return f, f.scratch.SetWorkbookProps(&excelize.WorkbookPropsOptions{Date1904: &from1904})
}

// general displays a number without a format: at most 15 digits.
func general(v float64) string {
	s := strconv.FormatFloat(v, 'g', 15, 64)
	if strings.ContainsAny(s, "eE") && math.Abs(v) >= 1e-9 && math.Abs(v) < 1e21 {
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
	s, ok := f.display(v, format)
	if !ok {
		return general(v)
	}
	if len(f.shown) < mostShown {
		f.shown[key] = s
	}
	return s
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
