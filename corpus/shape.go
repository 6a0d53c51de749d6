package corpus

// Shaping writes the normal text and says what its parts are: titles, headings
// (also glued to their paragraph), items, rows and paragraphs.

import (
	"strings"

	"mingxi/corpus/draft"
	"mingxi/schema"
)

// A shaper writes the text and blocks of a document.
type shaper struct {
	text    strings.Builder
	blocks  []schema.Block
	removed []schema.Removal
	titled  bool                // a title was written
	body    bool                // a paragraph or row was written that may follow a title
	table   int                 // the table that is written
	areas   map[int]schema.Span // its merged cells
}

// shape makes a document of paras, whose texts are size bytes long together.
func shape(paras []para, size int) *schema.Document {
	s := &shaper{}
	s.text.Grow(size + len(paras))
	s.blocks = make([]schema.Block, 0, len(paras)*5/4+1)
	for i := range paras {
		p := &paras[i]
		next := ""
		if i+1 < len(paras) {
			next = paras[i+1].text
		}
		s.add(p, next)
	}
	return &schema.Document{Text: s.text.String(), Blocks: s.blocks, Removed: s.removed}
}

// add writes one para.
func (s *shaper) add(p *para, next string) {
	if s.text.Len() > 0 {
		s.text.WriteByte('\n')
	}
	at := s.text.Len()
	for _, c := range p.cuts {
		s.removed = append(s.removed, schema.Removal{At: at + c.at, Text: c.text, Reason: c.reason})
	}
	if p.row != nil {
		s.row(p)
		return
	}
	s.text.WriteString(p.text)
	switch {
	case p.kind == draft.Note:
		s.block(p, schema.Note, 0, at, len(p.text))
	case p.kind == draft.Heading && !s.titled && !s.body && !marked(p.text):
		s.block(p, schema.Title, 0, at, len(p.text))
	case p.kind == draft.Heading:
		s.block(p, schema.Heading, max(p.level, 1), at, len(p.text))
	case wholeTitle(p, len(s.blocks) == 0):
		s.block(p, schema.Title, 0, at, len(p.text))
	default:
		s.parts(p, at, next)
	}
}

// row writes the cells of a row with tabs between them.
func (s *shaper) row(p *para) {
	b := schema.Block{Kind: schema.Row, Level: p.level, Page: p.page, Place: p.place, Table: p.table, Head: p.head, First: p.row.first}
	b.Start = s.text.Len()
	for i, c := range p.row.texts {
		if i > 0 {
			s.text.WriteByte('\t')
		}
		from := s.text.Len()
		s.text.WriteString(c)
		b.Cells = append(b.Cells, s.merged(p, i, schema.Span{Start: from, End: from + len(c)}))
	}
	b.End = s.text.Len()
	s.blocks = append(s.blocks, b)
	s.body = true
}

// merged is the span of a cell: where a merged one covers it, the span of that.
func (s *shaper) merged(p *para, i int, own schema.Span) schema.Span {
	if p.table != s.table || s.areas == nil {
		s.table, s.areas = p.table, map[int]schema.Span{}
	}
	if i >= len(p.row.areas) || p.row.areas[i] == 0 {
		return own
	}
	if first, ok := s.areas[p.row.areas[i]]; ok && own.Len() == 0 {
		return first
	}
	s.areas[p.row.areas[i]] = own
	return own
}

// block notes that size bytes at from are a block.
func (s *shaper) block(p *para, kind schema.Kind, level, from, size int) {
	s.titled = s.titled || kind == schema.Title
	s.body = s.body || kind == schema.Paragraph && size > 60
	s.blocks = append(s.blocks, schema.Block{
		Kind: kind, Level: level, Page: p.page, Place: p.place,
		Span: schema.Span{Start: from, End: from + size},
	})
}

// wholeTitle reports whether a para is a title and nothing else.
func wholeTitle(p *para, first bool) bool {
	if titleLike(p.text) {
		return first || p.blank || p.lines == 1
	}
	if !first || ended(p.text) || prose(p.text) || runes(p.text) > 50 || strings.ContainsAny(p.text, ">＞»") {
		return false
	}
	return !marked(p.text) && !dateLine(p.text) && runes(p.text) >= 4 && !figureIn(p.text)
}

// parts divides the text of a para at the headings glued in it.
func (s *shaper) parts(p *para, at int, next string) {
	text, done := p.text, 0
	if end, ok := titleGlued(text); ok {
		s.block(p, schema.Title, 0, at, end)
		done = end
	}
	for done < len(text) {
		done += blanks(text[done:])
		rest := text[done:]
		if m, ok := markerAt(rest); ok {
			if end, ok := headingEnd(rest, m, next); ok {
				s.block(p, schema.Heading, 0, at+done, end)
				done += end
				if rest = text[done:]; m.rank == rankPart && titleLike(rest) { // 篇三：石门街道工作总结
					s.block(p, schema.Title, 0, at+done, len(rest))
					return
				}
				continue
			}
		}
		end := nextHeading(rest)
		s.block(p, plainKind(rest[:end], next), 0, at+done, end)
		done += end
	}
}

// plainKind is the kind of a stretch that is no marked heading.
func plainKind(text, next string) schema.Kind {
	if m, ok := markerAt(text); ok {
		if m.rank >= rankArabic {
			return schema.Item
		}
		return schema.Paragraph
	}
	if plainHeading(text, next) {
		return schema.Heading
	}
	return schema.Paragraph
}

// nextHeading finds where, behind the end of a sentence, the next heading begins
// that is certain; the length of text if none does.
func nextHeading(text string) int {
	for i := 1; i < len(text); i++ {
		if c := text[i]; c != 0xe3 && c != 0xef && c != ':' && c != ';' && c != '!' && c != '?' {
			continue
		}
		n := stopAt(text, i)
		if n == 0 {
			continue
		}
		rest := text[i+n:]
		if m, ok := markerAt(rest); ok && m.n > 0 && m.rank < rankWord {
			if _, ok := headingEnd(rest, m, ""); ok {
				return i + n
			}
		}
		i += n - 1
	}
	return len(text)
}

// stopAt is the length of the stop (。！？；： : ; and closing marks behind it) at
// text[i], 0 if there is none.
func stopAt(text string, i int) int {
	n := 0
	switch c := text[i]; c {
	case ':', ';', '!', '?':
		n = 1
	case 0xe3:
		if strings.HasPrefix(text[i:], "。") {
			n = 3
		}
	case 0xef:
		if t := text[i:]; len(t) > 2 && t[1] == 0xbc && (t[2] == 0x81 || t[2] == 0x9f || t[2] == 0x9b || t[2] == 0x9a) {
			n = 3 // ！ ？ ； ：
		}
	}
	if n == 0 {
		return 0
	}
	return n + leadLen(text[i+n:], closing|space)
}
