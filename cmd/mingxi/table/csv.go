package table

// CSV has a header, commas, LF line ends and quotes where they are needed (RFC
// 4180 but for the line ends). Files start with a byte order mark, since Excel
// in China reads a CSV without one as GBK; pipes do not. A text that a spreadsheet
// would take for a formula gets an apostrophe in front.

import (
	"bufio"
	"encoding/csv"
	"fmt"
	"io"
	"os"
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/transform"

	"mingxi/schema"
)

// Encoding is the encoding of a CSV.
type Encoding uint8

// The encodings of CSV.
const (
	Default Encoding = iota // UTF8BOM in files, UTF8 on streams
	UTF8
	UTF8BOM
	GB18030
)

// Encodings are the names of encodings.
func Encodings() []string { return []string{"utf8", "utf8bom", "gb18030"} }

// ParseEncoding reads the name of an encoding; empty is the default.
func ParseEncoding(s string) (Encoding, error) {
	i := slices.Index(Encodings(), s)
	if i >= 0 || s == "" {
		return Encoding(i + 1), nil
	}
	return 0, fmt.Errorf("unknown encoding %q: want utf8, utf8bom or gb18030", s)
}

// CSV writes to a stream and flushes after every Write. By default it is UTF-8, with
// a byte order mark where the stream is a file that is still empty: mingxi … > f.csv.
func CSV(w io.Writer, columns []schema.Column, enc Encoding) (Writer, error) {
	if enc == Default && emptyFile(w) {
		enc = UTF8BOM
	}
	c, err := newCSV(w, columns, enc)
	return &stream{Writer: c}, err
}

// emptyFile reports whether a stream is a file with nothing in it.
func emptyFile(w io.Writer) bool {
	f, ok := w.(*os.File)
	if !ok {
		return false
	}
	info, err := f.Stat()
	return err == nil && info.Mode().IsRegular() && info.Size() == 0
}

func csvFile(t target) (Writer, error) {
	f, err := os.Create(t.path)
	if err != nil {
		return nil, err
	}
	if t.Encoding == Default {
		t.Encoding = UTF8BOM
	}
	c, err := newCSV(f, t.columns, t.Encoding)
	return &stream{Writer: c, file: f}, err
}

type csvWriter struct {
	csv   *csv.Writer
	line  []string       // that is written
	under io.WriteCloser // the encoder, if any
}

func newCSV(w io.Writer, columns []schema.Column, enc Encoding) (*csvWriter, error) {
	c := &csvWriter{}
	if enc == GB18030 {
		c.under = transform.NewWriter(w, simplifiedchinese.GB18030.NewEncoder())
		w = c.under
	}
	buf := bufio.NewWriterSize(w, 1<<16)
	if enc == UTF8BOM {
		buf.WriteString("\ufeff")
	}
	c.csv = csv.NewWriter(buf)
	names := make([]string, len(columns))
	for i, col := range columns {
		names[i] = col.Name
	}
	return c, c.csv.Write(names)
}

func (c *csvWriter) Write(rows [][]schema.Cell) error {
	for _, row := range rows {
		c.line = c.line[:0]
		for _, cell := range row {
			s := cell.String()
			if !cell.Number.Known() {
				s = safe(strings.Map(harmless, s))
			}
			c.line = append(c.line, s)
		}
		if err := c.csv.Write(c.line); err != nil {
			return err
		}
	}
	c.csv.Flush()
	return c.csv.Error()
}

// harmless replaces control characters, which could change the terminal that a file is
// shown in.
func harmless(c rune) rune {
	if c < ' ' && c != '\n' && c != '\r' && c != '\t' || 0x7f <= c && c < 0xa0 {
		return '·'
	}
	return c
}

// signed is a printed number with a sign and perhaps a unit, or a sign alone. No spreadsheet
// evaluates -5.2亿元: digits and characters without an operator between them are no formula.
var signed = regexp.MustCompile(`^[-+－＋]([0-9０-９][0-9０-９,.，．]*[%％‰℃]?\p{Han}*)?$`)

// safe is a text that a spreadsheet does not take for a formula: what would be one
// gets an apostrophe in front: +1+1, -大米. A printed number with its sign (-3.5%, -5.2亿元) is none.
func safe(s string) string {
	if s == "" {
		return s
	}
	switch first, _ := utf8.DecodeRuneInString(s); first {
	case '=', '@', '＝', '＠', '\t', '\r':
		return "'" + s
	case '+', '-', '＋', '－':
		if !signed.MatchString(s) {
			return "'" + s
		}
	}
	return s
}

// Plain is the text that safe made safe, where a table that was written is read again.
func Plain(s string) string {
	if plain, ok := strings.CutPrefix(s, "'"); ok && safe(plain) == s {
		return plain
	}
	return s
}

func (c *csvWriter) Close() error {
	c.csv.Flush()
	if err := c.csv.Error(); err != nil || c.under == nil {
		return err
	}
	return c.under.Close()
}
