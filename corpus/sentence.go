package corpus

import (
	"strings"
	"unicode/utf8"

	"mingxi/schema"
)

// sentences divides every block into sentences. A sentence ends behind 。！？…
// (or their half-width forms) with the closing marks that follow; a row, a title
// and a heading is one sentence each. A list joined by ； is one sentence, for
// its items share their words; only where it runs on for longer than anyone
// writes does it end at ；, then at ，, and at last anywhere.
func sentences(d *schema.Document) []schema.Span {
	out := make([]schema.Span, 0, len(d.Text)/90+len(d.Blocks))
	for i := range d.Blocks {
		b := &d.Blocks[i]
		if b.Kind == schema.Row || b.Kind == schema.Title || b.Kind == schema.Heading {
			out = append(out, b.Span)
			continue
		}
		out = appendSentences(out, d.Text, b.Span)
	}
	return out
}

func appendSentences(out []schema.Span, text string, in schema.Span) []schema.Span {
	from := in.Start
	for i := from; i < in.End; {
		if c := text[i]; c < 0xe2 && c != '!' && c != '?' && c != ';' || c > 0xe3 && c != 0xef {
			i++
			continue
		}
		n := sentenceEnd(text[i:in.End])
		if n == 0 {
			n = overlong(text[i:in.End], i-from)
		}
		if n == 0 {
			i++
			continue
		}
		i += n
		if from < i {
			out = append(out, schema.Span{Start: from, End: i})
		}
		i += blanks(text[i:in.End])
		from = i
	}
	if from < in.End {
		out = append(out, schema.Span{Start: from, End: in.End})
	}
	return out
}

// sentenceEnd is the length of the end of a sentence at the front of s with the
// closing marks behind it, 0 if there is none.
func sentenceEnd(s string) int {
	n := 0
	for n < len(s) {
		k := enderAt(s[n:])
		if k == 0 {
			break
		}
		n += k
	}
	if n == 0 {
		return 0
	}
	return n + leadLen(s[n:], closing)
}

// The bytes after which a sentence ends at ；, at ， and at any character.
const (
	longList   = 1500
	longClause = 3000
	longest    = 6000
)

// overlong is the length of a mark at the front of s that ends a sentence that
// has run on for n bytes, 0 if it goes on.
func overlong(s string, n int) int {
	if n < longList {
		return 0
	}
	for _, mark := range []string{"；", ";"} {
		if strings.HasPrefix(s, mark) {
			return len(mark)
		}
	}
	if n < longClause {
		return 0
	}
	for _, mark := range []string{"，", ",", "、", "\t"} {
		if strings.HasPrefix(s, mark) {
			return len(mark)
		}
	}
	if r, size := utf8.DecodeRuneInString(s); n >= longest && r > 0x2e80 {
		return size
	}
	return 0
}

func enderAt(s string) int {
	switch s[0] {
	case '!', '?':
		return 1
	case 0xe3:
		if strings.HasPrefix(s, "。") {
			return 3
		}
	case 0xef:
		if len(s) > 2 && s[1] == 0xbc && (s[2] == 0x81 || s[2] == 0x9f) {
			return 3 // ！ ？
		}
	case 0xe2:
		if strings.HasPrefix(s, "…") {
			return 3
		}
	}
	return 0
}
