package pdf

import (
	"bytes"
	"compress/zlib"
	"encoding/ascii85"
	"errors"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/traditionalchinese"
	"golang.org/x/text/encoding/unicode"
	"golang.org/x/text/encoding/unicode/utf32"
)

var update = flag.Bool("update", false, "rewrite the texts in testdata")

const sentence = "全县下拨救灾款230万元，救助1.2万人次。"

func hexIn(e encoding.Encoding, s string) string {
	b, err := e.NewEncoder().Bytes([]byte(s))
	if err != nil {
		panic(err)
	}
	return fmt.Sprintf("<%x>", b)
}

// Fonts without ToUnicode whose encoding is a predefined CMap.
func TestPredefinedCMaps(t *testing.T) {
	utf16 := unicode.UTF16(unicode.BigEndian, unicode.IgnoreBOM)
	for _, c := range []struct {
		cmap, order string
		enc         encoding.Encoding
	}{
		{"GBK-EUC-H", "GB1", simplifiedchinese.GBK},
		{"GBKp-EUC-H", "GB1", simplifiedchinese.GBK},
		{"GB-EUC-H", "GB1", simplifiedchinese.GBK},
		{"GBpc-EUC-H", "GB1", simplifiedchinese.GBK},
		{"GBK2K-H", "GB1", simplifiedchinese.GB18030},
		{"UniGB-UCS2-H", "GB1", utf16},
		{"UniGB-UTF16-H", "GB1", utf16},
		{"UniGB-UTF8-H", "GB1", encoding.Nop},
		{"UniGB-UTF32-H", "GB1", utf32.UTF32(utf32.BigEndian, utf32.IgnoreBOM)},
		{"ETen-B5-H", "CNS1", traditionalchinese.Big5},
		{"B5pc-H", "CNS1", traditionalchinese.Big5},
		{"HKscs-B5-H", "CNS1", traditionalchinese.Big5},
		{"UniCNS-UCS2-H", "CNS1", utf16},
		{"UniCNS-UTF16-H", "CNS1", utf16},
		{"UniCNS-UTF8-H", "CNS1", encoding.Nop},
	} {
		want := sentence
		if c.order == "CNS1" {
			want = "全縣下撥救災款230萬元，救助1.2萬人次。"
		}
		f := sketch{font: cidFont("/"+c.cmap, c.order, "")}
		got := read(t, f.file("BT /F1 12 Tf 72 700 Td "+hexIn(c.enc, want)+" Tj ET"))
		if got != want {
			t.Errorf("%s: got %q, want %q", c.cmap, got, want)
		}
	}
}

// Identity-H with the CIDs of Adobe-GB1 and no ToUnicode.
func TestCollections(t *testing.T) {
	for _, c := range []struct {
		order string
		col   *collection
		want  string
	}{{"GB1", gb1(), sentence}, {"CNS1", cns1(), "全縣下撥救災款230萬元，救助1.2萬人次。"}} {
		var b strings.Builder
		for _, r := range c.want {
			fmt.Fprintf(&b, "%04x", c.col.cids[r])
		}
		f := sketch{font: cidFont("/Identity-H", c.order, "")}
		if got := read(t, f.file("BT /F1 12 Tf 72 700 Td <"+b.String()+"> Tj ET")); got != c.want {
			t.Errorf("%s: got %q, want %q", c.order, got, c.want)
		}
	}
}

// Columns of vertical writing run from right to left.
func TestVertical(t *testing.T) {
	f := sketch{font: cidFont("/UniGB-UCS2-V", "GB1", "")}
	got := read(t, f.file("BT /F1 12 Tf 500 760 Td "+hexUTF16("一、救灾救济工作全年下拨资金")+" Tj ET BT /F1 12 Tf 480 760 Td "+hexUTF16("二百三十万元，覆盖三镇五乡。")+" Tj ET"))
	if want := "一、救灾救济工作全年下拨资金二百三十万元，覆盖三镇五乡。"; strings.ReplaceAll(got, "\n", "") != want {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestToUnicode(t *testing.T) {
	for _, c := range []struct{ name, cmap, codes, want string }{
		{"range that carries", "1 beginbfrange <0000> <FFFF> <0000> endbfrange", hexUTF16(sentence), sentence},
		{"array", "1 beginbfrange <0001> <0003> [<6551><707E><6B3E>] endbfrange", "<000100020003>", "救灾款"},
		{"bfchar", "3 beginbfchar <0001><6551> <0002><707E> <0003> <6B3E> endbfchar", "<000100020003>", "救灾款"},
		{"cidrange", "1 begincidrange <0000> <FFFF> 0 endcidrange", hexUTF16("救灾款"), "救灾款"},
		{"more than one character", "1 beginbfchar <0001> <003200303330> endbfchar", "<0001>", "20" + "㌰"},
		{"beyond the first plane", "1 beginbfchar <0001> <D842DFB7> endbfchar", "<0001>", "𠮷"},
		{"radicals", "1 beginbfrange <2E80> <2FD5> <2E80> endbfrange", "<2EC52F002EA02F3E>", "见一民户"},
	} {
		font := func(m *maker) int {
			u := m.add(stream("", "/CIDInit /ProcSet findresource begin begincmap\n1 begincodespacerange <0000> <FFFF> endcodespacerange\n"+c.cmap+"\nendcmap"))
			return cidFont("/Identity-H", "Identity", fmt.Sprintf("/ToUnicode %d 0 R", u))(m)
		}
		got := read(t, sketch{font: font}.file("BT /F1 12 Tf 72 700 Td "+c.codes+" Tj ET"))
		if got != c.want {
			t.Errorf("%s: got %q, want %q", c.name, got, c.want)
		}
	}
}

// An embedded CMap that builds upon a predefined one.
func TestUseCMap(t *testing.T) {
	font := func(m *maker) int {
		e := m.add(stream("/Type/CMap /CMapName/Mine", "/GBK-EUC-H usecmap begincmap 1 begincidchar <FEFE> 1 endcidchar endcmap"))
		return cidFont(fmt.Sprintf(" %d 0 R", e), "GB1", "")(m)
	}
	if got := read(t, sketch{font: font}.file("BT /F1 12 Tf 72 700 Td "+hexIn(simplifiedchinese.GBK, sentence)+" Tj ET")); got != sentence {
		t.Errorf("got %q", got)
	}
}

// Fonts of 8 bits: names of glyphs, ToUnicode before Encoding, Type 3.
func TestSimpleFonts(t *testing.T) {
	font := func(sub string) func(m *maker) int {
		return func(m *maker) int {
			u := m.add(stream("", "begincmap 2 beginbfchar <41><6551> <42><707E> endbfchar endcmap"))
			return m.add(fmt.Sprintf("<</Type/Font/Subtype/%s/FontMatrix[.001 0 0 .001 0 0]/FontBBox[0 0 1000 1000]/FirstChar 65/Widths[1000 1000 1000 500]/CharProcs<<>>/Encoding<</Differences[65/a/b/uni6B3E/percent]>>/ToUnicode %d 0 R>>", sub, u))
		}
	}
	for _, sub := range []string{"TrueType", "Type1", "Type3"} {
		if got := read(t, sketch{font: font(sub)}.file("BT /F1 12 Tf 72 700 Td (ABCD) Tj ET")); got != "救灾款%" {
			t.Errorf("%s: got %q", sub, got)
		}
	}
}

// What content streams do.
func TestContent(t *testing.T) {
	u := hexUTF16
	form := func(m *maker) string {
		inner := m.add(stream("/Type/XObject/Subtype/Form/BBox[0 0 600 900]", "BT /F1 12 Tf 72 640 Td "+u("表中")+" Tj ET"))
		n := m.add(stream(fmt.Sprintf("/Type/XObject/Subtype/Form/BBox[0 0 600 900]/Resources<</XObject<</Fm2 %d 0 R>>>>", inner), "/Fm2 Do"))
		return fmt.Sprintf("/XObject<</Fm1 %d 0 R>>", n)
	}
	for _, c := range []struct{ name, content, want string }{
		{"TJ with kerning", "BT /F1 12 Tf 72 700 Td [" + u("救") + " -20 " + u("灾") + " 15 " + u("款") + "] TJ ET", "救灾款"},
		{"quotes", "BT /F1 12 Tf 20 TL 72 700 Td " + u("一、救灾") + " ' 0 0 " + u("二、救济") + " \" ET", "一、救灾\n二、救济"},
		{"each character on its own", "BT /F1 12 Tf 72 700 Td " + u("救") + " Tj ET BT /F1 12 Tf 84 700 Td " + u("灾") + " Tj ET", "救灾"},
		{"drawn out of order", "BT /F1 12 Tf 84 700 Td " + u("灾") + " Tj ET BT /F1 12 Tf 72 700 Td " + u("救") + " Tj ET", "救灾"},
		{"inline image", "q BI /W 4 /H 1 /BPC 8 /CS /G ID \x01EI\x02 EI Q BT /F1 12 Tf 72 700 Td " + u("救灾") + " Tj ET", "救灾"},
		{"forms in forms", "/Fm1 Do", "表中"},
		{"overprint", strings.Repeat("BT /F1 12 Tf 72 700 Td "+u("救灾")+" Tj ET 1 0 0 1 .2 0 cm ", 3), "救灾"},
		{"watermark", typeset(72, 700, 20, "救灾") + "BT /F1 40 Tf .7 .7 -.7 .7 100 300 Tm " + u("内部资料") + " Tj ET", "救灾"},
		{"invisible", "BT 3 Tr /F1 12 Tf 72 700 Td " + u("救灾") + " Tj ET", "救灾"},
		{"actual text", "BT /F1 12 Tf 72 700 Td /Span <</ActualText " + u("\uFEFF见") + ">> BDC " + u("⻅") + " Tj EMC " + u("闻") + " Tj ET", "见闻"},
		{"unbalanced", "Q Q EMC ET BT /F1 12 Tf 72 700 Td " + u("救灾") + " Tj q q ]]>> ) (", "救灾"},
		{"unknown operators and bad numbers", "BT /F1 12 Tf 72 700. Td --3 foo 1.2.3 bar " + u("救灾") + " Tj ET", "救灾"},
		{"superscript", "BT /F1 12 Tf 72 700 Td " + u("面积9m") + " Tj /F1 7 Tf 1 0 0 1 108 705 Tm " + u("2") + " Tj ET", "面积9m²"},
		{"mark of a note", "BT /F1 12 Tf 72 700 Td " + u("增长12.5") + " Tj /F1 6 Tf 1 0 0 1 120 705 Tm " + u("3") + " Tj ET", "增长12.5³"},
	} {
		if got := read(t, sketch{font: unicodeFont, extra: form}.file(c.content)); got != c.want {
			t.Errorf("%s: got %q, want %q", c.name, got, c.want)
		}
	}
}

// Pages turned by /Rotate, with text drawn so that it reads upright, and pages
// drawn sideways without it.
func TestRotation(t *testing.T) {
	for _, c := range []struct{ rotate, tm string }{
		{"0", "1 0 0 1 72 700"}, {"90", "0 1 -1 0 100 72"}, {"180", "-1 0 0 -1 500 100"}, {"270", "0 -1 1 0 400 700"}, {"0", "0 1 -1 0 100 72"},
	} {
		content := "BT /F1 12 Tf " + c.tm + " Tm 20 TL " + hexUTF16("一、救灾救济") + " Tj T* " + hexUTF16("二、优抚安置") + " Tj ET"
		got := read(t, sketch{font: unicodeFont, pageAttrs: "/Rotate " + c.rotate}.file(content))
		if got != "一、救灾救济\n二、优抚安置" {
			t.Errorf("rotate %s, matrix %s: got %q", c.rotate, c.tm, got)
		}
	}
}

func TestFilters(t *testing.T) {
	deflate := func(s string) string {
		var b bytes.Buffer
		w := zlib.NewWriter(&b)
		w.Write([]byte(s))
		w.Close()
		return b.String()
	}
	hex := func(s string) string { return fmt.Sprintf("%x>", s) }
	a85 := func(s string) string {
		b := make([]byte, ascii85.MaxEncodedLen(len(s)))
		return string(b[:ascii85.Encode(b, []byte(s))]) + "~>"
	}
	run := func(s string) string {
		var b strings.Builder
		for len(s) > 0 {
			n := min(128, len(s))
			b.WriteByte(byte(n - 1))
			b.WriteString(s[:n])
			s = s[n:]
		}
		return b.String() + "\x80"
	}
	png := func(s string) string { // predictor 12, "up", ten columns
		s += strings.Repeat(" ", (10-len(s)%10)%10)
		var b strings.Builder
		last := strings.Repeat("\x00", 10)
		for ; len(s) > 0; s = s[10:] {
			b.WriteByte(2)
			for i := range 10 {
				b.WriteByte(s[i] - last[i])
			}
			last = s[:10]
		}
		return deflate(b.String())
	}
	for _, c := range []struct {
		filter string
		encode func(string) string
	}{
		{"/FlateDecode", deflate},
		{"/ASCIIHexDecode", hex},
		{"/ASCII85Decode", a85},
		{"/RunLengthDecode", run},
		{"[/ASCII85Decode/FlateDecode]", func(s string) string { return a85(deflate(s)) }},
		{"[/ASCIIHexDecode/RunLengthDecode]", func(s string) string { return hex(run(s)) }},
		{"/FlateDecode /DecodeParms<</Predictor 12/Columns 10>>", png},
		{"/FlateDecode /DecodeParms<</Predictor 15/Columns 10>>", png},
		{"/FlateDecode % cut off\n", func(s string) string { z := deflate(s); return z[:len(z)-4] }},
	} {
		got := read(t, sketch{font: unicodeFont, filter: c.filter, encode: c.encode}.file(typeset(72, 700, 20, sentence)))
		if got != sentence {
			t.Errorf("%s: got %q", c.filter, got)
		}
	}
}

// Damaged files are rebuilt by searching for their objects.
func TestDamage(t *testing.T) {
	good := sketch{font: unicodeFont}.file(typeset(72, 700, 20, sentence))
	xref := bytes.LastIndex(good, []byte("xref\n0"))
	for _, c := range []struct {
		name string
		data []byte
	}{
		{"no cross references", good[:xref]},
		{"cut in the last object", good[:xref-12]},
		{"moved offsets", append([]byte("%PDF-1.4\n"+strings.Repeat("% moved\n", 40)), good[9:]...)},
		{"junk before the header", append([]byte("HTTP/1.1 200 OK\r\n\r\n"), good...)},
		{"no header", good[9:]},
		{"wrong startxref", bytes.Replace(good, []byte("startxref\n"), []byte("startxref\n9"), 1)},
		{"no end", bytes.TrimSuffix(good, []byte("%%EOF\n"))},
		{"wrong stream length", bytes.Replace(good, []byte("/Length 1"), []byte("/Length 9"), 2)},
		{"no catalog", bytes.Replace(good, []byte("/Catalog"), []byte("/Catalox"), 1)},
		{"no page tree", bytes.Replace(bytes.Replace(good, []byte("/Pages /Kids"), []byte("/Pagex /Kids"), 1), []byte("/Catalog /Pages"), []byte("/Catalox /Pagex"), 1)},
		{"line ends changed", bytes.ReplaceAll(good, []byte("\n"), []byte("\r\n"))},
	} {
		if got := read(t, c.data); got != sentence {
			t.Errorf("%s: got %q", c.name, got)
		}
	}
}

// Files that are none, or that lead nowhere, give errors and no panic.
func TestHopeless(t *testing.T) {
	for name, data := range map[string][]byte{
		"empty":   nil,
		"text":    []byte("全县下拨救灾款230万元"),
		"header":  []byte("%PDF-1.7\n%%EOF"),
		"circles": []byte("%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 1 0 R/Kids[1 0 R]>>endobj\ntrailer<</Root 1 0 R>>"),
	} {
		for _, engine := range []string{"", "ledongthuc"} {
			d, err := Read(data, Options{Single: true, Engine: engine})
			if err == nil && len(d.Pieces) > 0 {
				t.Errorf("%s: no error, %q", name, written(d))
			}
		}
	}
	if _, err := Read([]byte("plain"), Options{}); !errors.Is(err, ErrNotPDF) {
		t.Errorf("text: got error %v, want ErrNotPDF", err)
	}
}

// The files of testdata were made by other programs from the text beside them.
func TestFiles(t *testing.T) {
	names, _ := filepath.Glob("testdata/*.pdf")
	for _, n := range names {
		data, err := os.ReadFile(n)
		if err != nil {
			t.Fatal(err)
		}
		if strings.Contains(n, "password") {
			if _, err := Read(data, Options{}); !errors.Is(err, ErrPassword) {
				t.Errorf("%s: got error %v, want ErrPassword", n, err)
			}
			continue
		}
		if *update && !strings.Contains(n, "_") {
			os.WriteFile(textBeside(n), []byte(read(t, data)+"\n"), 0o644)
		}
		want, err := os.ReadFile(textBeside(n))
		if err != nil {
			t.Fatal(err)
		}
		if got := read(t, data); got != strings.TrimSpace(string(want)) {
			t.Errorf("%s:\n%s", n, got)
		}
	}
}

// textBeside names the true text of a file: summary_aes128.pdf is one of the
// files made from summary.txt.
func textBeside(name string) string {
	stem, _, _ := strings.Cut(strings.TrimSuffix(filepath.Base(name), ".pdf"), "_")
	return filepath.Join(filepath.Dir(name), stem+".txt")
}

// grid draws level and upright lines.
func gridLines(xs, ys []float64) string {
	var b strings.Builder
	for _, x := range xs {
		fmt.Fprintf(&b, "%g %g m %g %g l S\n", x, ys[0], x, ys[len(ys)-1])
	}
	for _, y := range ys {
		fmt.Fprintf(&b, "%g %g m %g %g l S\n", xs[0], y, xs[len(xs)-1], y)
	}
	return b.String()
}

func TestTables(t *testing.T) {
	at := func(x, y float64, s string) string { return typeset(x, y, 14, strings.Split(s, "\n")...) }
	cells := at(80, 690, "项目") + at(210, 690, "户数") + at(310, 690, "资金（万元）")
	for _, c := range []struct{ name, content, want string }{
		{"ruled", gridLines([]float64{70, 200, 300, 450}, []float64{705, 680, 655, 630}) + cells +
			at(80, 665, "城市低保") + at(210, 665, "3,215") + at(310, 665, "1,024.3") +
			at(80, 640, "农村低保") + at(210, 640, "9,870") + at(310, 640, "1,840.2"),
			"项目|户数|资金（万元）\n城市低保|3,215|1,024.3\n农村低保|9,870|1,840.2"},
		{"rows without rules between them", gridLines([]float64{70, 200, 300, 450}, []float64{705, 680, 640}) + cells +
			at(80, 668, "城市低保\n农村低保") + at(210, 668, "3,215\n9,870") + at(310, 668, "1,024.3\n1,840.2"),
			"项目|户数|资金（万元）\n城市低保|3,215|1,024.3\n农村低保|9,870|1,840.2"},
		{"wrapped cell", gridLines([]float64{70, 140, 300}, []float64{705, 680, 640}) + at(80, 690, "项目") + at(150, 690, "户数") +
			at(80, 668, "城市居民\n最低生活") + at(150, 668, "3,215"),
			"项目|户数\n城市居民最低生活|3,215"},
		{"no rules", at(80, 690, "项目") + at(210, 690, "户数") + at(80, 670, "城市低保") + at(210, 670, "3,215") + at(80, 650, "农村低保") + at(210, 650, "9,870"),
			"项目|户数\n城市低保|3,215\n农村低保|9,870"},
		{"a frame is no table", gridLines([]float64{60, 500}, []float64{720, 600}) + at(72, 700, "一、救灾") + at(72, 680, "二、救济"),
			"一、救灾\n二、救济"},
	} {
		if got := read(t, sketch{font: unicodeFont}.file(c.content)); got != c.want {
			t.Errorf("%s: got %q, want %q", c.name, got, c.want)
		}
	}
}

// Running text in two columns, drawn line by line across both.
func TestColumns(t *testing.T) {
	left := []string{"　　一年来，全县民政工作紧紧围绕", "中心任务，坚持以民为本、为民解困", "的宗旨，各项工作取得了新的成绩。", "　　全年下拨救灾款230万元，救"}
	right := []string{"助受灾群众1.2万人次，恢复重建", "倒房412间，发放棉被3,600床。", "　　全县城市低保对象3,215户，", "月人均补助水平达到286元。"}
	var b strings.Builder
	for i := range left {
		b.WriteString(typeset(72, 700-20*float64(i), 20, left[i]) + typeset(300, 700-20*float64(i), 20, right[i]))
	}
	want := "一年来，全县民政工作紧紧围绕中心任务，坚持以民为本、为民解困的宗旨，各项工作取得了新的成绩。\n" +
		"全年下拨救灾款230万元，救助受灾群众1.2万人次，恢复重建倒房412间，发放棉被3,600床。\n" +
		"全县城市低保对象3,215户，月人均补助水平达到286元。"
	if got := read(t, sketch{font: unicodeFont}.file(b.String())); got != want {
		t.Errorf("got %q\nwant %q", got, want)
	}
}

// A footnote stands aside while its paragraph goes on over the page.
func TestFootnote(t *testing.T) {
	small := func(y float64, s string) string {
		return strings.Replace(typeset(72, y, 14, s), "/F1 12 Tf", "/F1 9 Tf", 1)
	}
	d, err := Read(sketch{font: unicodeFont}.file(
		typeset(72, 700, 20, "　　一年来，全县民政工作紧紧围绕中心任务，坚持以民为本①", "的宗旨，各项工作取得了新的成绩。全年下拨救灾款230万")+small(100, "①见全国民政会议文件。"),
		typeset(72, 700, 20, "元，救助1.2万人次。", "　　二、优抚安置")), Options{Single: true})
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, p := range d.Pieces {
		got = append(got, fmt.Sprintf("%d.%d %s", p.Page, p.Kind, p.Text))
	}
	want := "1.1 一年来，全县民政工作紧紧围绕中心任务，坚持以民为本①的宗旨，各项工作取得了新的成绩。全年下拨救灾款230万元，救助1.2万人次。\n1.4 ①见全国民政会议文件。\n2.1 二、优抚安置"
	if s := strings.Join(got, "\n"); s != want {
		t.Errorf("got %s\nwant %s", s, want)
	}
}
