package charset

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"strings"
	"testing"
	"unicode/utf8"
)

// encodeTo encodes text, false if the encoding lacks a character of it.
func encodeTo(name, text string) ([]byte, bool) {
	if name == UTF8 {
		return []byte(text), true
	}
	b, err := codec(name).NewEncoder().Bytes([]byte(text))
	return b, err == nil
}

// readSamples reads a file of passages, one a line.
func readSamples(t *testing.T, file string) []string {
	t.Helper()
	data, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	var all []string
	for line := range strings.Lines(string(data)) {
		if line = strings.TrimSpace(line); line != "" && line[0] != '#' {
			all = append(all, line)
		}
	}
	return all
}

// cutTo is the part of text from rune from on that fills at least size bytes in
// the encoding, repeated if it is too short.
func cutTo(name, text string, from, size int) []byte {
	r := []rune(text)
	var out []byte
	for i := from; len(out) < size; i++ {
		b, ok := encodeTo(name, string(r[i%len(r)]))
		if ok {
			out = append(out, b...)
		}
	}
	return out
}

// TestSamples decodes 200 samples of 40 bytes and more in each of five encodings.
// At least 99.5 % must come out as they went in; none may come out as something
// else with a confidence of 0.9.
func TestSamples(t *testing.T) {
	simplified := readSamples(t, "testdata/simplified.txt")
	traditional := readSamples(t, "testdata/traditional.txt")
	sizes := []int{40, 44, 50, 60, 80, 120, 300, 1000, 5000, 100000}
	for _, name := range []string{UTF8, GB18030, Big5, UTF16LE, UTF16BE} {
		texts := simplified
		if name == Big5 {
			texts = traditional
		}
		right := 0
		for i := range 200 {
			text := texts[i%len(texts)]
			data := cutTo(name, text, i*7, sizes[i%len(sizes)])
			want, _ := convert(data, name)
			d, err := Decode(data)
			switch {
			case err == nil && d.Text == want:
				right++
			case err == nil:
				t.Logf("%s, %d bytes: read as %s with confidence %.2f: %.40q", name, len(data), d.Encoding, d.Confidence, want)
				if d.Confidence >= 0.9 {
					t.Errorf("%s: sure, and wrong", name)
				}
			default:
				t.Logf("%s, %d bytes: %v: %.40q", name, len(data), err, want)
			}
		}
		if right < 199 {
			t.Errorf("%s: %d of 200 samples are right, want 199", name, right)
		}
	}
}

// TestShort decodes what is shorter than a sentence: titles, names of files.
func TestShort(t *testing.T) {
	for _, name := range []string{GB18030, UTF8, UTF16LE} {
		right, all := 0, 0
		for _, text := range readSamples(t, "testdata/simplified.txt") {
			for from := 0; from < 20; from += 5 {
				data := cutTo(name, text, from, 16)
				want, _ := convert(data, name)
				d, err := Decode(data)
				all++
				if err == nil && d.Text == want {
					right++
				}
			}
		}
		if right*100 < all*98 {
			t.Errorf("%s: %d of %d short samples are right", name, right, all)
		}
	}
}

func TestMarks(t *testing.T) {
	const text = "城市低保对象3126户，5874人。\r\n"
	for _, b := range boms {
		var body []byte
		if b.name == UTF8 {
			body = []byte(text)
		} else {
			body, _ = encodeTo(b.name, text)
		}
		d, err := Decode(append([]byte(b.mark), body...))
		if err != nil || d.Text != text || d.Encoding != b.name || d.Confidence != 1 {
			t.Errorf("%s with byte order mark: %+v, %v", b.name, d, err)
		}
	}
}

// A file is text of one encoding or an error; never rubbish that counts as read.
func TestRefused(t *testing.T) {
	gbk, _ := encodeTo(GB18030, "全县共有城市低保对象三千余户")
	for name, data := range map[string][]byte{
		"program":      append([]byte("\x7fELF\x02\x01\x01"), bytes.Repeat([]byte{0, 1, 2, 3, 200, 17}, 300)...),
		"zeros":        make([]byte, 1000),
		"random":       randomBytes(4000),
		"picture":      append([]byte("\x89PNG\r\n\x1a\n"), randomBytes(500)...),
		"latin-1":      []byte("r\xe9sum\xe9 des activit\xe9s de l'ann\xe9e \xe9coul\xe9e, tr\xe8s bien"),
		"mixed halves": append(bytes.Repeat(gbk, 3), randomBytes(800)...),
		"utf-16 mark":  append([]byte("\xff\xfe"), randomBytes(301)...),
	} {
		if d, err := Decode(data); err == nil {
			t.Errorf("%s: read as %s, confidence %.2f: %.60q", name, d.Encoding, d.Confidence, d.Text)
		} else if !errors.Is(err, ErrBinary) {
			t.Errorf("%s: %v is not ErrBinary", name, err)
		}
	}
}

func randomBytes(n int) []byte {
	b := make([]byte, n)
	x := uint32(12345)
	for i := range b {
		x = x*1664525 + 1013904223
		b[i] = byte(x >> 24)
	}
	return b
}

// Damage is survived and counted.
func TestBroken(t *testing.T) {
	gbk, _ := encodeTo(GB18030, strings.Repeat("全年发放城市低保金1562.48万元，月人均补差221.7元。", 40))
	gbk[len(gbk)/2] = 0xff
	d, err := Decode(gbk)
	if err != nil || d.Encoding != GB18030 || d.Broken == 0 || d.Confidence >= 1 {
		t.Errorf("GB18030 with a broken byte: %s, %d broken, confidence %.2f, %v", d.Encoding, d.Broken, d.Confidence, err)
	}
	u := []byte(strings.Repeat("全年发放城市低保金1562.48万元，", 40))
	d, err = Decode(u[:len(u)-1]) // cut off in the last character
	if err != nil || d.Encoding != UTF8 || d.Broken != 1 {
		t.Errorf("UTF-8 cut off: %s, %d broken, %v", d.Encoding, d.Broken, err)
	}
}

func TestOddities(t *testing.T) {
	for _, c := range []struct{ name, in, encoding, want string }{
		{"ASCII", "GDP 5.5%\n", UTF8, "GDP 5.5%\n"},
		{"empty", "", UTF8, ""},
		{"zero bytes between", "低保\x003126户，资金共计1562.48万元", UTF8, "低保\x003126户，资金共计1562.48万元"},
		{"GBK that is valid UTF-8", "\xc1\xaa\xcd\xa8", GB18030, "联通"},
		{"Greek stays UTF-8", "αβγ δε", UTF8, "αβγ δε"},
		{"ASCII in UTF-16", "G\x00D\x00P\x00 \x005\x00.\x005\x00%\x00", UTF16LE, "GDP 5.5%"},
		{"traditional in GBK", "\xd8\x94\xd5\xfe\xb9\xa4\xd7\xf7\xbf\x82\xbd\x59\xa3\xac\xc8\xab\xbf\x68", GB18030, "財政工作總結，全縣"},
	} {
		d, err := Decode([]byte(c.in))
		if c.name == "traditional in GBK" && err == nil && d.Encoding == GB18030 && utf8.RuneCountInString(d.Text) == 9 {
			continue // which forms exactly is not the point
		}
		if err != nil || d.Text != c.want || d.Encoding != c.encoding {
			t.Errorf("%s: %q as %s, %v; want %q as %s", c.name, d.Text, d.Encoding, err, c.want, c.encoding)
		}
	}
}

func TestDecodeAs(t *testing.T) {
	gbk, _ := encodeTo(GB18030, "县民政局工作总结，全年救助1204人次。")
	big5, _ := encodeTo(Big5, "縣民政局工作總結，全年救助1204人次。")
	for _, c := range []struct {
		data  []byte
		label string
		want  string
	}{
		{gbk, "gb2312", GB18030},
		{gbk, "GBK", GB18030},
		{gbk, "utf-8", GB18030},      // the page lies
		{gbk, "iso-8859-1", GB18030}, // so does the server
		{gbk, "", GB18030},
		{big5, "big5", Big5},
		{big5, "gb2312", Big5},
		{[]byte("县民政局工作总结"), "gb2312", UTF8}, // valid UTF-8 wins
	} {
		d, err := DecodeAs(c.data, c.label)
		if err != nil || d.Encoding != c.want {
			t.Errorf("labelled %q: %s, %v; want %s", c.label, d.Encoding, err, c.want)
		}
	}
}

// The list holds each character once, and only simplified ones.
func TestCommonList(t *testing.T) {
	seen := map[rune]bool{}
	for line := range strings.Lines(common) {
		if line[0] == '#' {
			continue
		}
		for _, r := range strings.TrimSpace(line) {
			if seen[r] {
				t.Errorf("%c stands twice", r)
			}
			seen[r] = true
		}
	}
	if len(seen) < 2000 {
		t.Errorf("only %d characters", len(seen))
	}
}

func FuzzDecode(f *testing.F) {
	for _, text := range []string{"城市低保对象3126户", "r\xe9sum\xe9", "\xff\xfeA\x00", "\x00\x00", "\xc1\xaa\xcd\xa8"} {
		f.Add([]byte(text))
		if b, ok := encodeTo(GB18030, text); ok {
			f.Add(b)
		}
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		d, err := Decode(data)
		if err != nil {
			return
		}
		if !utf8.ValidString(d.Text) {
			t.Fatalf("not UTF-8: %q", d.Text)
		}
		if d.Confidence <= 0 || d.Confidence > 1 || d.Encoding == "" || d.Broken < 0 {
			t.Fatalf("%+v", d)
		}
	})
}

func BenchmarkDecode(b *testing.B) {
	text := strings.Repeat("全年发放城市低保金1562.48万元，月人均补差221.7元。\n", 20000)
	for _, name := range []string{UTF8, GB18030, Big5, UTF16LE} {
		data := cutTo(name, text[:3000], 0, 3000)
		data = bytes.Repeat(data[:len(data)&^1], 300)
		b.Run(fmt.Sprint(name), func(b *testing.B) {
			b.SetBytes(int64(len(data)))
			for b.Loop() {
				if _, err := Decode(data); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
