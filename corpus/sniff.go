package corpus

import (
	"bytes"
	"path"
	"strings"

	"mingxi/corpus/mht"
)

// Formats as they are recorded in schema.Document.Format.
const (
	formatText  = "txt"
	formatHTML  = "html"
	formatPDF   = "pdf"
	formatDocx  = "docx"
	formatDoc   = "doc"
	formatXlsx  = "xlsx"
	formatXls   = "xls"
	formatRTF   = "rtf"
	formatEPUB  = "epub"
	formatOFD   = "ofd"
	formatMHT   = "mht"
	formatZip   = "zip"
	formatXML   = "xml" // not of a page: Word 2003 and others
	formatOther = "unknown"
)

// magics are the first bytes of formats that say what they are.
var magics = []struct{ prefix, format string }{
	{"%PDF-", formatPDF},
	{"{\\rtf", formatRTF},
	{"\x89PNG", "png image"},
	{"\xff\xd8\xff", "jpeg image"},
	{"GIF8", "gif image"},
	{"7z\xbc\xaf\x27\x1c", "7z archive"},
	{"Rar!\x1a\x07", "rar archive"},
	{"\x1f\x8b\x08", "gzip archive"},
	{"BZh", "bzip2 archive"},
	{"\xfd7zXZ\x00", "xz archive"},
	{"\x7fELF", "program"},
	{"MIME-Version:", "mht archive"},
	{"SQLite format 3\x00", "sqlite database"},
	{"doc_id,root,source,article,", "table of figures"}, // our own output among the reports
	{"\xef\xbb\xbfdoc_id,root,source,article,", "table of figures"},
	{"doc_id,source,article,", "table of figures"}, // of older versions
	{"\xef\xbb\xbfdoc_id,source,article,", "table of figures"},
	{`{"doc_id":"`, "table of figures"},
}

// Sniff tells the format of a file by its content, and by its name only where
// the content leaves it open.
func Sniff(name string, data []byte) string {
	for _, m := range magics {
		if bytes.HasPrefix(data, []byte(m.prefix)) && (m.prefix != "BZh" || !printable(data)) {
			return m.format
		}
	}
	switch {
	case bytes.HasPrefix(data, []byte("PK\x03\x04")), bytes.HasPrefix(data, []byte("PK\x05\x06")):
		return sniffZip(data)
	case bytes.HasPrefix(data, []byte("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")):
		return sniffOLE(name, data)
	case bytes.Contains(data[:min(len(data), 1024)], []byte("%PDF-")):
		return formatPDF // junk before the header, as some servers send
	case mht.Is(data):
		return formatMHT
	case looksHTML(name, data):
		return formatHTML
	case bytes.HasPrefix(bytes.TrimLeft(data[:min(len(data), 512)], "\xef\xbb\xbf \r\n\t"), []byte("<?xml")):
		return formatXML
	}
	return formatText
}

// printable reports whether the first bytes hold no control characters.
func printable(data []byte) bool {
	for _, c := range data[:min(len(data), 64)] {
		if c < ' ' && c != '\n' && c != '\r' && c != '\t' {
			return false
		}
	}
	return true
}

// sniffZip tells the zip formats apart by the names of their members, which
// stand uncompressed in the directory at the end of the file.
func sniffZip(data []byte) string {
	if bytes.HasPrefix(data[min(len(data), 30):], []byte("mimetypeapplication/vnd.oasis.opendocument")) {
		return "opendocument file"
	}
	tail := data[max(0, len(data)-1<<20):]
	head := data[:min(len(data), 4096)]
	has := func(s string) bool { return bytes.Contains(tail, []byte(s)) || bytes.Contains(head, []byte(s)) }
	switch {
	case has("word/document") || has("word/_rels/"):
		return formatDocx
	case has("xl/workbook") || has("xl/worksheets"):
		return formatXlsx
	case has("application/epub+zip"), has("META-INF/container.xml"):
		return formatEPUB
	case has("OFD.xml"):
		return formatOFD
	case has("ppt/presentation.xml"):
		return "presentation"
	}
	return formatZip
}

// sniffOLE tells Word from Excel by the names of the streams (in UTF-16), else
// by the name of the file.
func sniffOLE(name string, data []byte) string {
	has := func(s string) bool { return bytes.Contains(data, wide(s)) }
	switch {
	case has("EncryptedPackage"):
		return encryptedFormat(name)
	case has("WordDocument"):
		return formatDoc
	case has("Workbook"), has("Book"):
		return formatXls
	case strings.EqualFold(path.Ext(name), ".xls"), strings.EqualFold(path.Ext(name), ".et"):
		return formatXls
	}
	return formatDoc
}

// encryptedFormat names the format of an Office file behind a password, whose
// content is hidden: only the name can tell.
func encryptedFormat(name string) string {
	if strings.EqualFold(path.Ext(name), ".xlsx") {
		return formatXlsx
	}
	return formatDocx
}

// wide encodes an ASCII string as UTF-16LE.
func wide(s string) []byte {
	b := make([]byte, 0, 2*len(s))
	for i := range len(s) {
		b = append(b, s[i], 0)
	}
	return b
}

// looksHTML looks for tags at the beginning; for a file named .htm or .html one
// tag anywhere is enough.
func looksHTML(name string, data []byte) bool {
	head := data[:min(len(data), 4096)]
	if i := bytes.IndexByte(head, 0); i >= 0 && len(head) > 1 { // perhaps UTF-16
		head = bytes.ReplaceAll(head, []byte{0}, nil)
	}
	head = bytes.ToLower(bytes.TrimLeft(head, "\xef\xbb\xbf\xff\xfe \t\r\n"))
	for _, tag := range []string{"<!doctype html", "<html", "<head", "<body", "<meta", "<div", "<table", "<title", "<p>", "<p ", "<script"} {
		if bytes.HasPrefix(head, []byte(tag)) {
			return true
		}
	}
	if bytes.HasPrefix(head, []byte("<")) && (bytes.Contains(head, []byte("<html")) || bytes.Contains(head, []byte("<body"))) {
		return true
	}
	switch strings.ToLower(path.Ext(name)) {
	case ".htm", ".html", ".xhtml", ".shtml", ".mht":
		return bytes.ContainsRune(head, '<')
	}
	return false
}
