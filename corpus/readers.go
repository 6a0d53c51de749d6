package corpus

import (
	"bytes"
	"fmt"
	"iter"
	"slices"
	"strings"
	"unicode/utf8"

	"mingxi/corpus/charset"
	"mingxi/corpus/doc"
	"mingxi/corpus/docx"
	"mingxi/corpus/draft"
	"mingxi/corpus/epub"
	"mingxi/corpus/html"
	"mingxi/corpus/mht"
	"mingxi/corpus/odf"
	"mingxi/corpus/ofd"
	"mingxi/corpus/pack"
	"mingxi/corpus/pdf"
	"mingxi/corpus/ppt"
	"mingxi/corpus/pptx"
	"mingxi/corpus/rtf"
	"mingxi/corpus/sheet"
)

// readDraft hands the bytes to the reader of their format.
func readDraft(format string, data []byte, o Options) (*draft.Document, error) {
	switch format {
	case formatText:
		return readText(data)
	case formatHTML:
		return html.Read(data, html.Options{})
	case formatPDF:
		return pdf.Read(data, o.PDF)
	case formatDocx:
		return docx.Read(data)
	case formatFlatOPC:
		return readFlat(xmlText(data))
	case formatWordXML:
		return docx.Read2003(xmlText(data))
	case formatDoc:
		return doc.Read(data)
	case formatRTF:
		return rtf.Read(data)
	case formatXlsx:
		return sheet.ReadXLSX(data)
	case formatXls:
		return sheet.ReadXLS(data)
	case formatCSV:
		return sheet.ReadCSV(data)
	case formatExcelXML:
		return sheet.ReadXML2003(xmlText(data))
	case formatPptx:
		return pptx.Read(data)
	case formatPPT:
		return ppt.Read(data)
	case formatODT, formatODP:
		return odf.Read(data)
	case formatODS:
		return sheet.ReadODS(data)
	case formatFlatODF:
		if flatSheet(data) {
			return sheet.ReadFlatODS(data)
		}
		return odf.ReadFlat(data)
	case formatEPUB:
		return epub.Read(data)
	case formatOFD:
		return ofd.Read(data)
	case formatMHT:
		return mht.Read(data)
	case formatZip:
		if _, err := openZip(bytes.NewReader(data), int64(len(data))); err != nil {
			return nil, fmt.Errorf("open archive: %w", err) // also a docx, xlsx … of which a part is missing
		}
		return nil, fmt.Errorf("%w: a zip archive holds files; read them one by one", ErrNotReport)
	}
	return nil, formatError{format, adviceFor(format)}
}

// A formatError is of a format that is not read, with what can be done about it.
type formatError struct{ format, advice string }

func (e formatError) Error() string {
	s := ErrNotReport.Error() + ": " + e.format
	if e.advice != "" {
		s += "; " + e.advice
	}
	return s
}

// Is makes it an ErrNotReport, and an ErrNoDocument where it is.
func (e formatError) Is(target error) bool {
	return target == ErrNotReport || target == ErrNoDocument && noDocument(e.format)
}

// readFlat reads an Office package that is one XML file.
func readFlat(data []byte) (*draft.Document, error) {
	head := data[:min(len(data), 256<<10)]
	if bytes.Contains(head, []byte(`pkg:name="/ppt/presentation.xml"`)) {
		return pptx.ReadFlat(data)
	}
	return docx.ReadFlat(data)
}

// xmlText mends XML as web systems write it: characters in GBK that are declared as
// UTF-8, and control characters, which XML forbids.
func xmlText(data []byte) []byte {
	head := data[:min(len(data), 200)]
	if bytes.IndexByte(head, 0) >= 0 {
		return data // UTF-16
	}
	declared := bytes.Contains(head, []byte("encoding=")) && !bytes.Contains(bytes.ToLower(head), []byte("utf-8"))
	if !declared && !utf8.Valid(data) {
		if d, err := charset.Decode(data); err == nil {
			data = []byte(d.Text)
		}
	}
	forbidden := func(r rune) bool { return r < ' ' && r != '\t' && r != '\n' && r != '\r' }
	if bytes.IndexFunc(data, forbidden) >= 0 {
		data = bytes.Map(func(r rune) rune {
			if forbidden(r) {
				return -1
			}
			return r
		}, data)
	}
	return data
}

// flatSheet reports whether a flat OpenDocument file says that it is a spreadsheet.
func flatSheet(data []byte) bool {
	root, _ := pack.Root(data[:min(len(data), 64<<10)])
	return strings.HasSuffix(pack.Attr(root, "mimetype"), "spreadsheet")
}

// readText decodes a text file and divides it into lines. CR, LF, CRLF, vertical
// tab, form feed, U+0085, U+2028 and U+2029 all end a line.
func readText(data []byte) (*draft.Document, error) {
	d, err := charset.Decode(data)
	if err != nil {
		return nil, err
	}
	out := &draft.Document{Encoding: d.Encoding, Confidence: d.Confidence}
	if d.Broken > 0 {
		out.Warnings = append(out.Warnings, fmt.Sprintf("%d characters could not be decoded as %s", d.Broken, d.Encoding))
	}
	out.Lines = lines(d.Text)
	return out, nil
}

// lines yields the lines of text without what ends them.
func lines(text string) iter.Seq[string] {
	odd := oddLineEnds(text)
	return func(yield func(string) bool) {
		text := text // for each walk over them
		for len(text) > 0 {
			i, n := strings.IndexByte(text, '\n'), 1
			if odd {
				i, n = lineEnd(text)
			}
			if i < 0 {
				yield(text)
				return
			}
			if !yield(text[:i]) {
				return
			}
			text = text[i+n:]
		}
	}
}

// oddLineEnds reports whether lines end in other ways than by a line feed.
func oddLineEnds(text string) bool {
	return slices.ContainsFunc([]string{"\r", "\v", "\f", "\u0085", "\u2028", "\u2029"}, func(s string) bool { return strings.Contains(text, s) })
}

// lineEnd finds the first line end of any kind and its length.
func lineEnd(text string) (at, n int) {
	for i := 0; i < len(text); i++ {
		switch c := text[i]; {
		case c == '\r' && i+1 < len(text) && text[i+1] == '\n':
			return i, 2
		case c >= '\n' && c <= '\r':
			return i, 1
		case c == 0xc2 && strings.HasPrefix(text[i:], "\u0085"):
			return i, 2
		case c == 0xe2 && (strings.HasPrefix(text[i:], "\u2028") || strings.HasPrefix(text[i:], "\u2029")):
			return i, 3
		}
	}
	return -1, 0
}
