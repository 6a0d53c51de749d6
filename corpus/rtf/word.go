package rtf

// characters are control words that stand for a character.
var characters = map[string]rune{
	"tab": '\t', "line": '\n', "lbr": '\n', "page": '\n', "column": '\n', "softline": 0, "emdash": '—', "endash": '–',
	"lquote": '‘', "rquote": '’', "ldblquote": '“', "rdblquote": '”', "bullet": '•', "emspace": ' ', "enspace": ' ', "qmspace": ' ',
}

// word acts on a control word.
func (r *reader) word(w string, n int, has bool) {
	if c, ok := characters[w]; ok {
		if c != 0 {
			r.text(c)
		}
		return
	}
	if d, ok := destinations[w]; ok {
		r.destination(w, d)
		return
	}
	if r.star && r.first {
		r.state.dest = skipped
		return
	}
	if r.charWord(w, n, has) || r.paraWord(w, n) {
		return
	}
	r.tableWord(w, n)
}

// charWord acts on words about characters.
func (r *reader) charWord(w string, n int, has bool) bool {
	s := &r.state
	on := !has || n != 0
	switch w {
	case "u":
		r.unicode(n)
	case "uc":
		s.skip = max(0, min(n, 16))
	case "bin":
		r.at = min(len(r.b), r.at+max(0, min(n, len(r.b))))
	case "f":
		if s.dest == fontTable {
			r.endFont()
			r.entry = entry{number: n}
		}
		s.font = n
	case "fcharset":
		if f := r.fonts[r.entry.number]; s.dest == fontTable {
			if f.symbol = n == 2; !f.told {
				f.page = pages[n]
			}
			r.fonts[r.entry.number] = f
		}
	case "cpg":
		if s.dest == fontTable && encodings[n] != nil {
			f := r.fonts[r.entry.number]
			f.page, f.told = n, true
			r.fonts[r.entry.number] = f
		}
	case "ansicpg":
		if encodings[n] != nil {
			r.page = n
		}
	case "mac":
		r.page = 10000
	case "v":
		s.hidden = on
	case "deleted":
		s.deleted = on
	case "super":
		s.raised, s.lowered = on, false
	case "sub":
		s.raised, s.lowered = false, on
	case "nosupersub":
		s.raised, s.lowered = false, false
	case "deff":
		r.plain, s.font = n, n
	case "plain":
		s.font = r.plain
		s.hidden, s.deleted, s.raised, s.lowered = false, false, false, false
	default:
		return false
	}
	return true
}

// paraWord acts on words about paragraphs.
func (r *reader) paraWord(w string, n int) bool {
	p := &r.state.para
	switch w {
	case "par", "sect":
		r.endPara()
	case "pard":
		*p = para{}
	case "s":
		if p.style = n; r.state.dest == styleSheet {
			r.entry = entry{number: n}
		}
	case "outlinelevel":
		if n >= 0 && n < 9 {
			p.outline = n + 1
		}
		if r.state.dest == styleSheet {
			r.entry.outline = p.outline
		}
	case "intbl":
		p.table = true
	case "itap":
		p.depth = max(0, min(n, 16))
	default:
		return false
	}
	return true
}
