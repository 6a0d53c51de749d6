package corpus

// Formats that are told by their first bytes, and what a user can do with those
// that are not read.

import (
	"bytes"
	"path"
	"slices"
	"strings"
)

// A magic is what a format has at an offset of its file.
type magic struct {
	at     int
	bytes  string
	format string
}

// magics are the formats that say what they are; the first that fits decides. Up to four
// letters count only where no text follows: a report may begin with BM.
var magics = []magic{
	{0, "%PDF-", formatPDF},
	{0, `{\rtf`, formatRTF},
	{0, "\x89PNG", "png image"},
	{0, "\xff\xd8\xff", "jpeg image"},
	{0, "GIF8", "gif image"},
	{0, "II*\x00", "tiff image"},
	{0, "MM\x00*", "tiff image"},
	{0, "II+\x00", "tiff image"},
	{0, "MM\x00+", "tiff image"},
	{0, "BM", "bmp image"},
	{0, "8BPS", "photoshop image"},
	{8, "WEBP", "webp image"},
	{0, "\xd7\xcd\xc6\x9a", "wmf image"},
	{40, " EMF", "emf image"},
	{0, "AT&TFORM", "djvu document"},
	{0, "%!PS-", "postscript document"},
	{0, "7z\xbc\xaf\x27\x1c", "7z archive"},
	{0, "Rar!\x1a\x07", "rar archive"},
	{0, "\x1f\x8b", formatGzip},
	{0, "BZh", formatBzip2},
	{0, "\xfd7zXZ\x00", "xz archive"},
	{0, "\x28\xb5\x2f\xfd", "zstd archive"},
	{0, "PK\x07\x08PK", "part of a divided zip archive"},
	{0, "MSCF", "cab archive"},
	{2, "-lh", "lzh archive"},
	{257, "ustar\x00", formatTar},
	{257, "ustar ", formatTar},
	{0, "\x7fELF", "program"},
	{0, "MZ", "program"},
	{0, "\xca\xfe\xba\xbe", "program"},
	{0, "ID3", "sound"},
	{8, "WAVE", "sound"},
	{0, "fLaC", "sound"},
	{8, "AVI ", "video"},
	{4, "ftyp", "video"},
	{0, "\x1aE\xdf\xa3", "video"},
	{0, "SQLite format 3\x00", "sqlite database"},
	{4, "Standard Jet DB", "access database"},
	{4, "Standard ACE DB", "access database"},
	{0, "PAR1", "parquet table"},
	{0, "<stata_dta>", "stata table"},
	{0, "$FL2", "spss table"},
	{0, "ITSF", "chm help file"},
	{60, "BOOKMOBI", "mobi book"},
	{0, "CAJ\x00", formatCAJ},
	{0, "HN\x00\x00", formatCAJ},
	{0, "\xc8\x00\x00\x00", formatCAJ},
	{0, "KDH ", formatCAJ},
	{0, "TEB\x00", formatCAJ},
	{0, "\xdb\xa5\x2d\x00", formatWord2},
	{0, "\x9b\xa5\x21\x00", formatWord2},
	{0, "\xdb\xa5\x21\x00", formatWord2},
	{0, "\xdc\xa5\x65", formatWord2}, // Word 6 without its container
	{0, "\x31\xbe\x00\x00\x00\xab", "word for dos document"},
	{0, "\x32\xbe\x00\x00\x00\xab", "word for dos document"},
	{0, "\xfe\x37\x00\x23", "word for macintosh document"},
	{0, "\xffWPC", "wordperfect document"},
	{0, "\x01\xfe\x32", formatWorks},
	{0, "\x09\x00\x04\x00", formatExcel2},
	{0, "\x09\x00\x06\x00", formatExcel2},
	{0, "\x09\x02\x06\x00", "excel 3 workbook"},
	{0, "\x09\x04\x06\x00", "excel 4 workbook"},
	{0, "\x09\x08\x08\x00", "excel 5 workbook without its container"},
	{0, "\x00\x00\x02\x00\x06\x04\x06\x00", "lotus 1-2-3 workbook"},
	{0, "\x00\x00\x1a\x00", "lotus 1-2-3 workbook"},
	{0, "HWP Document File", "hwp document"},
	{0, "doc_id,source,article,", formatFigures}, // our own output among the reports
	{0, "\xef\xbb\xbfdoc_id,source,article,", formatFigures},
	{0, "doc_id,root,source,article,", formatFigures},
	{0, "\xef\xbb\xbfdoc_id,root,source,article,", formatFigures},
	{0, `{"doc_id":"`, formatFigures},
}

// byMagic is the format that the first bytes name, or "".
func byMagic(data []byte) string {
	for _, m := range magics {
		if len(data) < m.at+len(m.bytes) || string(data[m.at:m.at+len(m.bytes)]) != m.bytes {
			continue
		}
		if len(m.bytes) > 4 || !printable(m.bytes) || !printable(string(data[:min(len(data), 64)])) {
			return m.format
		}
	}
	return ""
}

// printable reports whether s holds no control characters.
func printable(s string) bool {
	return !strings.ContainsFunc(s, func(c rune) bool { return c < ' ' && c != '\n' && c != '\r' && c != '\t' })
}

// byEnding names files that are no text by the ending of their names, where the bytes
// are of a format without a mark of its own.
func byEnding(name string, data []byte) string {
	if printable(string(data[:min(len(data), 512)])) || bytes.HasPrefix(data, []byte("\xff\xfe")) || bytes.HasPrefix(data, []byte("\xfe\xff")) {
		return ""
	}
	return endings[strings.ToLower(path.Ext(name))]
}

var endings = map[string]string{
	".wps": formatWPS, ".wpt": formatWPS, ".caj": formatCAJ, ".nh": formatCAJ, ".kdh": formatCAJ, ".teb": formatCAJ,
	".ceb": "ceb document", ".cebx": "ceb document", ".sep": "sep document", ".gd": "gd document", ".gw": "gw document",
	".et": "et workbook", ".dps": "dps presentation", ".tif": "tiff image", ".tiff": "tiff image",
}

// advice says what can be done with a format that is not read. A prefix of the format
// is looked for, in this order.
var advice = []struct{ format, what string }{
	{formatCAJ, "print it to PDF from CAJViewer"},
	{formatWPS, "open it in WPS Office and save it as .docx"},
	{formatWorks, "open it in LibreOffice and save it as .docx"},
	{"et workbook", "open it in WPS Office and save it as .xlsx"},
	{"dps presentation", "open it in WPS Office and save it as .pptx"},
	{"ceb", "print it to PDF from Apabi Reader"}, {"sep", "print it to PDF"}, {"gd", "print it to PDF"}, {"gw", "print it to PDF"},
	{"tiff image", "save it as PDF with a text layer (OCR)"},
	{"excel", "open it in LibreOffice or Excel and save it as .xlsx"},
	{"lotus", "open it in LibreOffice and save it as .xlsx"},
	{"binary workbook", "open it in Excel and save it as .xlsx"},
	{"works workbook", "open it in LibreOffice and save it as .xlsx"},
	{"word", "open it in LibreOffice or Word and save it as .docx"},
	{"hwp", "save it as .docx"}, {"uof", "open it in WPS Office and save it as .docx"}, {"iwork", "export it as .docx or PDF"},
	{"opendocument", "save it as .odt, .ods or PDF"},
	{"visio", "save it as PDF"}, {"publisher", "save it as PDF"}, {"djvu", "save it as PDF"}, {"postscript", "save it as PDF"}, {"xps", "save it as PDF"},
	{"outlook", "save it as .mht or .txt"}, {"chm", "save it as .html"}, {"mobi", "save it as .epub"},
	{"part of a divided", "unpack all its parts together"},
	{"7z", "unpack it, or pack it as .zip"}, {"rar", "unpack it, or pack it as .zip"}, {"xz", "unpack it, or pack it as .zip"},
	{"zstd", "unpack it, or pack it as .zip"}, {"cab", "unpack it, or pack it as .zip"}, {"lzh", "unpack it, or pack it as .zip"},
	{formatGzip, "unpack it"}, {formatBzip2, "unpack it"}, {formatTar, "unpack it"},
}

// noDocument reports whether what has a format is no document. A picture may be of
// one; whoever wants it read names it, or makes a PDF of it.
func noDocument(format string) bool {
	return slices.ContainsFunc([]string{" image", "program", "sound", "video", " database", " table", formatFigures}, func(kind string) bool { return strings.HasSuffix(format, kind) })
}

// adviceFor is what can be done with a format, or "".
func adviceFor(format string) string {
	for _, a := range advice {
		if strings.HasPrefix(format, a.format) {
			return a.what
		}
	}
	return ""
}
