package corpus

// Which format a file has: by its first bytes, and of containers by what lies in
// them: the names of the members of a zip, the directory of an OLE file, the root
// element of XML. Bytes anywhere else tell nothing: an archive may hold documents,
// and a document other documents.

import (
	"archive/zip"
	"bytes"
	"encoding/binary"
	"io"
	"path"
	"strings"

	"mingxi/corpus/mht"
	"mingxi/corpus/ole"
	"mingxi/corpus/pack"
	"mingxi/corpus/sheet"
)

// Formats as they are recorded in schema.Document.Format.
const (
	formatText = "txt"
	formatHTML = "html"
	formatPDF  = "pdf"
	formatDocx = "docx"
	formatDoc  = "doc"
	formatXlsx = "xlsx"
	formatXls  = "xls"
	formatCSV  = "csv"
	formatRTF  = "rtf"
	formatEPUB = "epub"
	formatOFD  = "ofd"
	formatMHT  = "mht"
	formatPptx = "pptx"
	formatPPT  = "ppt"
	formatODT  = "odt"
	formatODS  = "ods"
	formatODP  = "odp"

	formatFlatOPC   = "docx xml"      // a .docx as one XML file
	formatWordXML   = "word 2003 xml" // WordprocessingML of Word 2003
	formatExcelXML  = "excel 2003 xml"
	formatFlatODF   = "opendocument xml"
	formatXML       = "xml" // of another kind
	formatZip       = "zip"
	formatTar       = "tar archive"
	formatGzip      = "gzip archive"
	formatBzip2     = "bzip2 archive"
	formatFigures   = "table of figures"
	formatCAJ       = "caj document"
	formatWPS       = "wps document"
	formatWorks     = "works document"
	formatWord2     = "word 2 document"
	formatExcel2    = "excel 2 workbook"
	formatEncrypted = "encrypted"
)

// Sniff tells the format of a file by its content, and by its name only where
// the content leaves it open.
func Sniff(name string, data []byte) string {
	if f := byMagic(data); f != "" {
		return f
	}
	switch {
	case bytes.HasPrefix(data, []byte("PK\x03\x04")), bytes.HasPrefix(data, []byte("PK\x05\x06")):
		return sniffZip(data)
	case bytes.HasPrefix(data, []byte(ole.Magic)):
		return sniffOLE(name, data)
	case bytes.Contains(data[:min(len(data), 1024)], []byte("%PDF-")):
		return formatPDF // junk before the header, as some servers send
	case mht.Is(data):
		return formatMHT
	}
	if f := sniffXML(data); f != "" && f != formatXML {
		return f
	}
	switch {
	case looksHTML(name, data):
		return formatHTML
	case bytes.HasPrefix(bytes.TrimLeft(data[:min(len(data), 512)], "\xef\xbb\xbf \r\n\t"), []byte("<?xml")):
		return formatXML
	}
	if f := byEnding(name, data); f != "" {
		return f
	}
	if isCSV(name, data) {
		return formatCSV
	}
	return formatText
}

// isCSV reports values divided by commas: nothing in a text says so but its name, under
// which web systems export tables, the first line of Excel, or that all lines are
// divided alike.
func isCSV(name string, data []byte) bool {
	switch strings.ToLower(path.Ext(name)) {
	case ".csv", ".tsv", ".xls", ".et":
		return true
	}
	head := bytes.ToLower(bytes.TrimPrefix(data[:min(len(data), 8)], []byte("\xef\xbb\xbf")))
	return bytes.HasPrefix(head, []byte("sep=")) && !bytes.HasPrefix(head, []byte("sep==")) || sheet.Records(data)
}

// sniffZip tells the zip formats apart by the names of their members.
func sniffZip(data []byte) string {
	r, err := openZip(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		return packageKind(localNames(data), "") // without its end: say at least what it was
	}
	return zipKind(r)
}

// zipKind is the format of an open zip file.
func zipKind(r *zip.Reader) string {
	names := make([]string, 0, len(r.File))
	declared := ""
	for _, f := range r.File {
		name := pack.Fold(f.Name)
		names = append(names, name)
		if name == "mimetype" {
			declared = beginning(f)
		}
	}
	return packageKind(names, declared)
}

// beginning reads the first bytes of a member.
func beginning(f *zip.File) string {
	r, err := f.Open()
	if err != nil {
		return ""
	}
	defer r.Close()
	b, _ := io.ReadAll(io.LimitReader(r, 100))
	return strings.TrimSpace(string(b))
}

// packages are the formats that are zip files, by the part that each must have; the
// first that fits decides.
var packages = []struct{ part, format string }{
	{"word/document.xml", formatDocx},
	{"xl/workbook.xml", formatXlsx},
	{"xl/workbook.bin", "binary workbook"},
	{"ppt/presentation.xml", formatPptx},
	{"visio/document.xml", "visio drawing"},
	{"ofd.xml", formatOFD},
	{"meta-inf/container.xml", formatEPUB},
	{"fixeddocseq.fdseq", "xps document"},
	{"fixeddocumentsequence.fdseq", "xps document"},
	{"index/document.iwa", "iwork document"},
	{"index.zip", "iwork document"},
	{"codebook.zh-cn.md", formatFigures}, // our own data package
}

// declarations are the formats that a member named mimetype declares.
var declarations = []struct{ prefix, format string }{
	{"application/epub+zip", formatEPUB},
	{"application/vnd.oasis.opendocument.text", formatODT},
	{"application/vnd.oasis.opendocument.spreadsheet", formatODS},
	{"application/vnd.oasis.opendocument.presentation", formatODP},
	{"application/vnd.oasis.opendocument", "opendocument drawing"},
	{"application/vnd.sun.xml.writer", formatODT},
	{"application/vnd.sun.xml.calc", formatODS},
	{"application/vnd.sun.xml.impress", formatODP},
	{"application/hwp+zip", "hwp document"},
}

// packageKind is the format of a zip file with members of these folded names.
func packageKind(names []string, declared string) string {
	for _, d := range declarations {
		if strings.HasPrefix(declared, d.prefix) {
			return d.format
		}
	}
	has := make(map[string]bool, len(names))
	for _, n := range names {
		has[n] = true
	}
	for _, p := range packages {
		if has[p.part] {
			return p.format
		}
	}
	if !has["[content_types].xml"] && !has["_rels/.rels"] {
		return formatZip
	}
	for _, n := range names { // an Office package whose main part has a name of its own
		switch dir, _, _ := strings.Cut(n, "/"); dir {
		case "word":
			return formatDocx
		case "xl":
			return formatXlsx
		case "ppt":
			return formatPptx
		}
	}
	return formatZip
}

// localNames are the names of the members of a zip file whose directory is missing, as
// they stand before each member.
func localNames(data []byte) []string {
	var names []string
	for len(names) < 1000 {
		i := bytes.Index(data, []byte("PK\x03\x04"))
		if i < 0 || len(data) < i+30 {
			break
		}
		data = data[i:]
		n := int(data[26]) | int(data[27])<<8
		names = append(names, pack.Fold(string(data[30:min(len(data), 30+n)])))
		body := 4
		if data[6]&8 == 0 { // its size stands before it: over the members of a stored one
			body = 30 + n + int(binary.LittleEndian.Uint32(data[18:]))
		}
		data = data[min(body, len(data)):]
	}
	return names
}

// streams are the formats that are OLE files, by the stream or storage that each has in
// its root; the first that fits decides.
var streams = []struct{ name, format string }{
	{"EncryptedPackage", formatEncrypted},
	{"WordDocument", formatDoc},
	{"Workbook", formatXls},
	{"Book", formatXls},
	{"PowerPoint Document", formatPPT},
	{"PP40", "powerpoint 4 presentation"},
	{"PP97_DUALSTORAGE", formatPPT},
	{"MM", formatWorks}, {"MatOST", formatWorks}, {"MN0", formatWorks},
	{"WksSSWorkBook", "works workbook"},
	{"VisioDocument", "visio drawing"}, {"Quill", "publisher document"},
	{"__properties_version1.0", "outlook message"}, {"__nameid_version1.0", "outlook message"},
	{"HwpSummaryInformation", "hwp document"}, {"\x05HwpSummaryInformation", "hwp document"},
}

// sniffOLE tells OLE files apart by their directory, else by the name of the file.
func sniffOLE(name string, data []byte) string {
	ext := strings.ToLower(path.Ext(name))
	if f, err := ole.Open(data); err == nil {
		for _, s := range streams {
			switch {
			case !f.Has(s.name):
			case s.format == formatEncrypted:
				return encryptedFormat(ext)
			default:
				return s.format
			}
		}
		switch {
		case ext != ".wps" && ext != ".wpt":
		case f.Has("CONTENTS"):
			return formatWorks
		default:
			return formatWPS
		}
	}
	switch ext {
	case ".xls", ".et", ".xlt", ".ett":
		return formatXls
	case ".ppt", ".dps", ".pps":
		return formatPPT
	}
	return formatDoc
}

// encryptedFormat names the format of an Office file behind a password, whose
// content is hidden: only the name can tell.
func encryptedFormat(ext string) string {
	switch ext {
	case ".xlsx", ".xlsm", ".xls":
		return formatXlsx
	case ".pptx", ".pptm", ".ppt":
		return formatPptx
	}
	return formatDocx
}

// roots are the formats that are XML files, by the root element and a part of its
// namespace.
var roots = []struct{ local, space, format string }{
	{"package", "schemas.microsoft.com/office/2006/xmlPackage", formatFlatOPC},
	{"wordDocument", "schemas.microsoft.com/office/word/2003/wordml", formatWordXML},
	{"Workbook", "urn:schemas-microsoft-com:office:spreadsheet", formatExcelXML},
	{"document", "urn:oasis:names:tc:opendocument:xmlns:office", formatFlatODF},
	{"UOF", "schemas.uof.org", "uof document"},
	{"UOF", "", "uof document"},
	{"html", "", formatHTML},
}

// sniffXML tells XML files apart by their root element; "" is no XML.
func sniffXML(data []byte) string {
	head := data[:min(len(data), 4096)]
	if i := bytes.IndexByte(head, '<'); i < 0 || i > 600 || !blank(head[:i]) {
		return ""
	}
	root, ok := pack.Root(data[:min(len(data), 64<<10)])
	if !ok {
		return ""
	}
	for _, r := range roots {
		if strings.EqualFold(root.Name.Local, r.local) && strings.Contains(root.Name.Space, r.space) {
			return r.format
		}
	}
	return formatXML
}

// blank reports whether b holds only white space, byte order marks and zeros.
func blank(b []byte) bool { return len(bytes.Trim(b, "\xef\xbb\xbf\xff\xfe\x00 \t\r\n")) == 0 }

// looksHTML looks for tags at the beginning; for a file named .htm or .html one
// tag anywhere is enough.
func looksHTML(name string, data []byte) bool {
	head := data[:min(len(data), 4096)]
	if i := bytes.IndexByte(head, 0); i >= 0 && len(head) > 1 { // perhaps UTF-16
		head = bytes.ReplaceAll(head, []byte{0}, nil)
	}
	head = bytes.TrimLeft(head, "\xef\xbb\xbf\xff\xfe \t\r\n")
	if bytes.IndexByte(head, '<') < 0 {
		return false
	}
	head = bytes.ToLower(head)
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
