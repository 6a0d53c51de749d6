package ppt

import (
	"encoding/binary"
	"errors"
	"strings"
	"testing"
	"unicode/utf16"
)

// rec is a record; of a group the data are further records.
func rec(kind, instance int, group bool, data ...[]byte) []byte {
	var body []byte
	for _, d := range data {
		body = append(body, d...)
	}
	head := instance << 4
	if group {
		head |= 0xf
	}
	b := binary.LittleEndian.AppendUint16(nil, uint16(head))
	b = binary.LittleEndian.AppendUint16(b, uint16(kind))
	b = binary.LittleEndian.AppendUint32(b, uint32(len(body)))
	return append(b, body...)
}

func words(numbers ...int) (b []byte) {
	for _, n := range numbers {
		b = binary.LittleEndian.AppendUint32(b, uint32(n))
	}
	return b
}

func chars(s string) []byte {
	var b []byte
	for _, u := range utf16.Encode([]rune(s)) {
		b = binary.LittleEndian.AppendUint16(b, u)
	}
	return rec(recTextChars, 0, false, b)
}

func header(kind int) []byte { return rec(recTextHeader, 0, false, words(kind)) }

// slide is a slide with shapes that hold these records.
func slide(shapes ...[]byte) []byte {
	var all []byte
	for _, s := range shapes {
		all = append(all, rec(0xf004, 0, true, rec(recClientTextbox, 0, true, s))...)
	}
	return rec(recSlide, 0, true, rec(recDrawing, 0, true, rec(0xf002, 0, true, rec(0xf003, 0, true, all))))
}

// file lays out records, the first of them the document, numbered from 1, with a directory
// and an edit; later edits replace records of the same number.
func file(records ...[]byte) (stream, user []byte) {
	stream = make([]byte, 8) // nothing begins at 0
	offsets := []int{}
	for _, r := range records {
		offsets = append(offsets, len(stream))
		stream = append(stream, r...)
	}
	return edit(stream, 0, 1, offsets)
}

func edit(stream []byte, before, first int, offsets []int) (out, user []byte) {
	directory := len(stream)
	stream = append(stream, rec(recPersist, 0, false, words(first|len(offsets)<<20), words(offsets...))...)
	at := len(stream)
	stream = append(stream, rec(recUserEdit, 0, false, words(0, 0, before, directory, 1, 0, 0))...)
	return stream, append(make([]byte, 12), words(0xe391c05f, at)...)
}

func document(slides ...[]byte) []byte {
	return rec(recDocument, 0, true, rec(recSlideList, 0, true, slides...), rec(recSlideList, 1, true, rec(recSlidePersist, 0, false, words(9)), header(4), chars("母版不读")))
}

func persist(id int) []byte { return rec(recSlidePersist, 0, false, words(id)) }

func join(b ...[]byte) (out []byte) {
	for _, x := range b {
		out = append(out, x...)
	}
	return out
}

func TestPresent(t *testing.T) {
	outline := document(persist(2), header(0), chars("救灾工作"), header(1), chars("受灾3万人\r倒塌房屋86间"), persist(3), header(0), chars("低保工作"))
	first := slide(rec(recOutlineRef, 0, false, words(0)), rec(recOutlineRef, 0, false, words(1)), join(header(4), chars("另拨款320万元")))
	second := slide(join(header(4), rec(recTextBytes, 0, false, []byte("GDP 12%"))), join(header(4), chars("*")))
	stream, user := file(outline, first, second)
	edited, editor := edit(append([]byte(nil), append(stream, slide(join(header(4), chars("改后的第二页")))...)...), int(binary.LittleEndian.Uint32(user[16:])), 3, []int{len(stream)})
	bare, barely := file(outline) // slides that are missing: what the outline says
	for _, c := range []struct {
		what         string
		stream, user []byte
		want         string
	}{
		{"slides", stream, user, "head1 救灾工作\npara 受灾3万人\npara 倒塌房屋86间\npara 另拨款320万元\nhead1 低保工作\npara GDP 12%\n"},
		{"a slide saved again", edited, editor, "head1 救灾工作\npara 受灾3万人\npara 倒塌房屋86间\npara 另拨款320万元\nhead1 低保工作\npara 改后的第二页\n"},
		{"slides missing", bare, barely, "head1 救灾工作\npara 受灾3万人\npara 倒塌房屋86间\nhead1 低保工作\n"},
	} {
		d, err := present(c.stream, c.user)
		if err != nil {
			t.Errorf("%s: %v", c.what, err)
			continue
		}
		if got := d.String(); got != c.want {
			t.Errorf("%s: got\n%swant\n%s", c.what, got, c.want)
		}
		if p := d.Pieces[0]; p.Page != 1 {
			t.Errorf("%s: page %d", c.what, p.Page)
		}
	}
	locked := append([]byte(nil), user...)
	binary.LittleEndian.PutUint32(locked[12:], encrypted)
	if _, err := present(stream, locked); !errors.Is(err, ErrEncrypted) {
		t.Error(err)
	}
	if _, err := Read([]byte("x")); err == nil || !strings.HasPrefix(err.Error(), "ppt: open compound file") {
		t.Error(err)
	}
}

func FuzzPresent(f *testing.F) {
	stream, user := file(document(persist(2), header(0), chars("救灾工作")), slide(join(header(4), chars("受灾3万人"))))
	f.Add(stream, user)
	f.Fuzz(func(t *testing.T, stream, user []byte) {
		if len(user) < 20 {
			return
		}
		if d, err := present(stream, user); err == nil && d == nil {
			t.Error("neither document nor error")
		}
	})
}
