package doc

import (
	"bytes"
	"encoding/binary"
	"errors"
	"os"
	"strings"
	"testing"
	"unicode/utf16"

	"mingxi/corpus/docx"
)

func file(t testing.TB, name string) []byte {
	t.Helper()
	b, err := os.ReadFile("../testdata/formats/" + name)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// TestSameAsDocx: one report saved as .doc and as .docx gives the same pieces,
// with numbers, headings, note and table.
func TestSameAsDocx(t *testing.T) {
	d, err := Read(file(t, "report.doc"))
	if err != nil {
		t.Fatal(err)
	}
	x, err := docx.Read(file(t, "report.docx"))
	if err != nil {
		t.Fatal(err)
	}
	if d.String() != x.String() {
		t.Errorf("doc\n%sdocx\n%s", d, x)
	}
}

// TestShortSector: WPS leaves the last sector short.
func TestShortSector(t *testing.T) {
	b := file(t, "report.doc")
	cut := bytes.TrimRight(b, "\x00")
	if len(cut)%512 == 0 {
		cut = b[:len(b)-100]
	}
	want, _ := Read(b)
	d, err := Read(cut)
	if err != nil {
		t.Fatal(err)
	}
	if d.String() != want.String() {
		t.Errorf("got\n%s", d)
	}
}

// TestSymbols: a sign is a character with a property, a character in a font of signs,
// or a field.
func TestSymbols(t *testing.T) {
	signs := map[int]string{2: "Symbol", 3: "Wingdings"}
	word := func(n int) []byte { return binary.LittleEndian.AppendUint16(nil, uint16(n)) }
	sprm := func(op int, operands ...int) (b []byte) {
		b = word(op)
		for _, o := range operands {
			b = append(b, word(o)...)
		}
		return b
	}
	for _, c := range []struct {
		text string // the sign stands between two bars
		list []byte
		want string
	}{
		{"覆盖率|(|95%", sprm(sprmCSymbol, 2, 0xf0b3), "覆盖率≥95%"},
		{"误差|(|2万元", sprm(sprmCSymbol, 2, 0xb1), "误差±2万元"},
		{"3|\uf0b4|4米", sprm(sprmCFontASCII, 2), "3×4米"},
		{"35|m|g", sprm(sprmCFontASCII, 2), "35μg"},
		{"3|×|4米", append(sprm(sprmCFontASCII, 2), 0x6f, 0x28, 1), "3×4米"},
		{"|(|是", sprm(sprmCSymbol, 3, 0xf0fe), "☑是"},
		{"|(|是", sprm(sprmCSymbol, 9, 0xf0fe), "□是"},
		{"|m|g", sprm(sprmCFontASCII, 9), "mg"},
		{"||3\x13 SYMBOL 180 \\f \"Symbol\" \x154米", nil, "3×4米"},
		{"||3\x13SYMBOL 180 \\f \"Symbol\"\x14×\x154米", nil, "3×4米"},
		{"||第\x13PAGE\x143\x15页", nil, "第3页"},
	} {
		parts := strings.Split(c.text, "|")
		from := len(utf16.Encode([]rune(parts[0])))
		to := from + len(utf16.Encode([]rune(parts[1])))
		r := &reader{text: utf16.Encode([]rune(strings.Join(parts, "") + "\r")), pieces: []piece{{size: 2}}}
		run := chpx{from: 2 * from, to: 2 * to}
		run.read(c.list, signs)
		r.chps = []chpx{run}
		pieces := r.story(0, len(r.text), nil)
		if len(pieces) != 1 || pieces[0].Text != c.want {
			t.Errorf("%q: %v, want %s", c.text, pieces, c.want)
		}
	}
}

func TestErrors(t *testing.T) {
	good := file(t, "report.doc")
	locked := bytes.Clone(good)
	fib := bytes.Index(locked, []byte{0xec, 0xa5})
	locked[fib+0xb] |= 1
	for _, x := range []struct {
		name string
		data []byte
		want string
	}{
		{"empty", nil, "doc: open compound file"},
		{"text", []byte("工作总结"), "doc: open compound file"},
		{"a workbook", file(t, "table.xls"), "doc: no WordDocument stream"},
		{"cut", good[:700], "doc: "},
		{"zeroed", append(bytes.Clone(good[:fib]), make([]byte, len(good)-fib)...), "doc: "},
	} {
		if _, err := Read(x.data); err == nil || !strings.Contains(err.Error(), x.want) {
			t.Errorf("%s: got %v, want …%s…", x.name, err, x.want)
		}
	}
	if _, err := Read(locked); !errors.Is(err, ErrEncrypted) {
		t.Errorf("encrypted: %v", err)
	}
}

// wide is a string as bytes of UTF-16.
func wide(s string) []byte {
	var b []byte
	for _, u := range utf16.Encode([]rune(s)) {
		b = binary.LittleEndian.AppendUint16(b, u)
	}
	return b
}

// fastSaved makes the streams of a file whose pieces lie in another order than
// they are read in.
func fastSaved(pieces ...[]byte) *reader {
	r := &reader{}
	offsets := make([]int, len(pieces))
	for i := len(pieces) - 1; i >= 0; i-- {
		offsets[i] = len(r.word)
		r.word = append(r.word, pieces[i]...)
	}
	var cps, pcds []byte
	cp := 0
	for i, p := range pieces {
		cps = binary.LittleEndian.AppendUint32(cps, uint32(cp))
		fc, n := uint32(offsets[i]), len(p)/2
		if i%2 == 1 { // every other piece has characters of one byte
			fc, n = fc*2|0x40000000, len(p)
		}
		pcds = append(binary.LittleEndian.AppendUint32(append(pcds, 0, 0), fc), 0, 0)
		cp += n
	}
	cps = binary.LittleEndian.AppendUint32(cps, uint32(cp))
	table := append(cps, pcds...)
	r.table = append(binary.LittleEndian.AppendUint32([]byte{2}, uint32(len(table))), table...)
	// a FIB with only the pair of the piece table
	r.pairs, r.npairs = len(r.word), fcPieces+1
	r.word = append(r.word, make([]byte, 8*fcPieces)...)
	r.word = binary.LittleEndian.AppendUint32(r.word, 0)
	r.word = binary.LittleEndian.AppendUint32(r.word, uint32(len(r.table)))
	r.ccp[mainStory] = cp
	return r
}

func TestPieces(t *testing.T) {
	gbk := "\xc8\xab\xc4\xea\xb5\xcd\xb1\xa3\xbd\xf0 4238.6\xcd\xf2\xd4\xaa\r" // 全年低保金 4238.6万元
	r := fastSaved(wide("工作总结\r发放"), []byte("A \x95 \x93quoted\x94 30\xb0\r"), wide("目录域\x13PAGE\x14 7\x15页，软\x1f连\x1e字\x0b第二行\r"), []byte(gbk))
	if err := r.readText(); err != nil {
		t.Fatal(err)
	}
	r.stories()
	want := "para 工作总结\npara 发放A • “quoted” 30°\npara 目录域 7页，软连-字\npara 第二行\npara 全年低保金 4238.6万元\n"
	if got := r.doc.String(); got != want {
		t.Errorf("got\n%swant\n%s", got, want)
	}
}

// TestModifiers walks a property list with operands of all sizes.
func TestModifiers(t *testing.T) {
	list := []byte{
		0x16, 0x24, 1, // in a table
		0x0b, 0x46, 2, 0, // list 2
		0x49, 0x66, 3, 0, 0, 0, // depth 3
		0x15, 0xc6, 2, 9, 9, // tab stops, skipped
		0x40, 0x26, 1, // outline level 2
		0x0a, 0x26, // cut: no operand
	}
	var p pap
	p.read(list, nil)
	if p.depth != 3 || p.list != 2 || p.outline != 2 || p.level != 0 {
		t.Errorf("%+v", p)
	}
}

func FuzzRead(f *testing.F) {
	f.Add(file(f, "report.doc"))
	f.Fuzz(func(t *testing.T, data []byte) {
		if d, err := Read(data); err == nil && d == nil {
			t.Error("neither document nor error")
		}
	})
}
