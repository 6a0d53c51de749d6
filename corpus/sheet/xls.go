package sheet

import (
	"errors"
	"fmt"
	"sort"

	"mingxi/corpus/draft"
	"mingxi/corpus/grid"
	"mingxi/corpus/ole"
)

// ReadXLS reads an .xls file (Excel 5 to 2003, also as WPS writes it): the
// visible sheets in order, their values as displayed, formulas as the results
// stored with them.
func ReadXLS(data []byte) (*draft.Document, error) {
	d, err := readXLS(data)
	if err != nil {
		return nil, fmt.Errorf("xls: %w", err)
	}
	return d, nil
}

func readXLS(data []byte) (d *draft.Document, err error) {
	f, err := ole.Open(data)
	if err != nil {
		return nil, err
	}
	if f.Encrypted() {
		return nil, ErrEncrypted
	}
	var stream []byte
	for _, name := range []string{"Workbook", "WORKBOOK", "Book"} {
		if f.Has(name) {
			if stream, err = f.Stream(name); err != nil {
				return nil, err
			}
			break
		}
	}
	if stream == nil {
		return nil, errors.New("no Workbook stream: not an Excel workbook")
	}
	defer guard("read workbook", &err)
	w := &workbook{b: stream}
	if err := w.globals(); err != nil {
		return nil, fmt.Errorf("read workbook: %w", err)
	}
	for _, s := range w.sheets {
		if err := w.readSheet(s); err != nil {
			return nil, fmt.Errorf("read sheet %s: %w", s.name, err)
		}
	}
	return w.document(), nil
}

// A workbook being read.
type workbook struct {
	book
	b        []byte
	old      bool // BIFF5
	page     int  // code page of BIFF5
	strings  []string
	xfs      []int // number of the format, by cell style
	sheets   []sheetAt
	format   *formatter
	from1904 bool
	codes    map[int]string
}

type sheetAt struct {
	name string
	at   int
}

// globals reads what all sheets share.
func (w *workbook) globals() error {
	if ole.U16(w.b, 0) != recBOF {
		return errors.New("no Excel 5-2003 workbook")
	}
	w.old = ole.U16(w.b, 4) < 0x0600
	w.codes = map[int]string{}
	encrypted := false
	var table *sst
	complete := records(w.b, 0, func(kind int, b []byte, _ int) bool {
		if kind == recContinue && table != nil {
			table.chunks = append(table.chunks, b)
			return true
		}
		w.strings = append(w.strings, table.all()...)
		table = nil
		switch kind {
		case recFilePass:
			encrypted = true
		case recSST:
			table = &sst{chunks: [][]byte{b}, at: 8}
		default:
			w.global(kind, b)
		}
		return kind != recEOF && !encrypted
	})
	if encrypted {
		return ErrEncrypted
	}
	if !complete {
		return errors.New("the records are cut")
	}
	var err error
	if w.format, err = newFormatter(w.from1904); err != nil {
		return err
	}
	w.format.codes = w.codes
	return nil
}

// all reads the strings of the table.
func (s *sst) all() (out []string) {
	if s == nil {
		return nil
	}
	for {
		text, ok := s.next()
		if !ok && text == "" {
			return out
		}
		out = append(out, text)
	}
}

func (w *workbook) global(kind int, b []byte) {
	switch kind {
	case recCodePage:
		w.page = ole.U16(b, 0)
	case recDate1904:
		w.from1904 = ole.U16(b, 0) == 1
	case recXF:
		w.xfs = append(w.xfs, ole.U16(b, 2))
	case recFormat:
		if w.old {
			w.codes[ole.U16(b, 0)] = byteString(b[min(2, len(b)):], 1, w.page)
		} else {
			w.codes[ole.U16(b, 0)] = unicodeString(b[min(2, len(b)):], 2)
		}
	case recSheet:
		if ole.U8(b, 5) != 0 { // a chart or macro
			return
		}
		if ole.U8(b, 4)&3 != 0 {
			w.hidden++
			return
		}
		s := sheetAt{at: ole.U32(b, 0)}
		if w.old {
			s.name = byteString(b[min(6, len(b)):], 1, w.page)
		} else {
			s.name = unicodeString(b[min(6, len(b)):], 1)
		}
		w.sheets = append(w.sheets, s)
	}
}

// cells are the texts of a sheet by row and column.
type cells map[int]map[int]string

func (c cells) set(row, col int, text string) {
	if text == "" {
		return
	}
	if c[row] == nil {
		c[row] = map[int]string{}
	}
	c[row][col] = text
}

func (w *workbook) readSheet(s sheetAt) error {
	if ole.U16(w.b, s.at) != recBOF {
		return errors.New("it lies outside the stream")
	}
	p := page{name: s.name}
	c := cells{}
	depth, n := 0, 0
	var last [2]int // the formula whose text follows
	complete := records(w.b, s.at, func(kind int, b []byte, _ int) bool {
		switch kind {
		case recBOF: // of a chart within the sheet
			depth++
		case recEOF:
			depth--
		case recMerged:
			for i := range min(ole.U16(b, 0), len(b)/8) {
				p.merge(ole.U16(b, 2+8*i), ole.U16(b, 6+8*i), ole.U16(b, 4+8*i), ole.U16(b, 8+8*i))
			}
		case recFormula:
			last = [2]int{ole.U16(b, 0), ole.U16(b, 2)}
			w.formula(c, b)
		case recString:
			c.set(last[0], last[1], w.text(b))
		default:
			if depth == 1 {
				n += w.cell(c, kind, b)
			}
		}
		return depth > 0 && n <= maxCells
	})
	if !complete {
		return errors.New("the records are cut")
	}
	w.rows(&p, c)
	w.pages = append(w.pages, p)
	return nil
}

func (w *workbook) text(b []byte) string {
	if w.old {
		return byteString(b, 2, w.page)
	}
	return unicodeString(b, 2)
}

// cell reads a record of one or more cells and says how many.
func (w *workbook) cell(c cells, kind int, b []byte) int {
	row, col := ole.U16(b, 0), ole.U16(b, 2)
	switch kind {
	case recLabelSST:
		if i := ole.U32(b, 6); i < len(w.strings) {
			c.set(row, col, w.strings[i])
		}
	case recLabel, recRichString:
		c.set(row, col, w.text(b[min(6, len(b)):]))
	case recNumber:
		c.set(row, col, w.number(float(b, 6), ole.U16(b, 4)))
	case recRK:
		c.set(row, col, w.number(rk(ole.U32(b, 6)), ole.U16(b, 4)))
	case recMulRK:
		n := max(0, (len(b)-6)/6)
		for i := range n {
			c.set(row, col+i, w.number(rk(ole.U32(b, 6+6*i)), ole.U16(b, 4+6*i)))
		}
		return n
	case recBool:
		if ole.U8(b, 7) == 0 {
			c.set(row, col, map[bool]string{true: "TRUE", false: "FALSE"}[ole.U8(b, 6) != 0])
		}
	}
	return 1
}

// formula reads the stored result: a number, or (marked by its last bytes) a
// text that follows, a truth value, an error or nothing.
func (w *workbook) formula(c cells, b []byte) {
	if ole.U16(b, 12) != 0xffff {
		c.set(ole.U16(b, 0), ole.U16(b, 2), w.number(float(b, 6), ole.U16(b, 4)))
		return
	}
	if ole.U8(b, 6) == 1 {
		c.set(ole.U16(b, 0), ole.U16(b, 2), map[bool]string{true: "TRUE", false: "FALSE"}[ole.U8(b, 8) != 0])
	}
}

func (w *workbook) number(v float64, xf int) string {
	format := 0
	if xf < len(w.xfs) {
		format = w.xfs[xf]
	}
	return w.format.number(v, format)
}

// rows hands the cells on row by row.
func (w *workbook) rows(p *page, c cells) {
	numbers := make([]int, 0, len(c))
	for row := range c {
		numbers = append(numbers, row)
	}
	sort.Ints(numbers)
	for _, row := range numbers {
		width := 0
		for col := range c[row] {
			width = max(width, min(col+1, grid.Widest+1))
		}
		line := make([]string, width)
		for col, text := range c[row] {
			if col < width {
				line[col] = text
			}
		}
		if !w.add(p, row, line) {
			return
		}
	}
}
