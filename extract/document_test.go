package extract_test

import (
	"strings"
	"unicode/utf8"

	"mingxi/schema"
)

// document makes a document of one article from the text of an example: see
// TestExamples for what a block may begin with.
func document(text string) *schema.Document {
	b := builder{d: &schema.Document{ID: "0123456789abcdef", Source: "example.txt", Format: "txt"}}
	title := ""
	for _, block := range strings.Split(protect(text), `\n`) {
		block = strings.ReplaceAll(block, hidden, `\n`)
		if rest, ok := strings.CutPrefix(block, "= "); ok {
			title = rest
		}
		b.block(block)
	}
	b.d.Text = b.text.String()
	if b.d.Text != "" {
		b.d.Articles = []schema.Article{{N: 1, Title: title, Span: schema.Span{End: len(b.d.Text)}}}
	}
	return b.d
}

// hidden stands for a \n that is no end of a block while blocks are cut.
const hidden = "\x00"

// protect hides what stands in {} from the cutting into blocks.
func protect(text string) string {
	var out strings.Builder
	for {
		i := strings.IndexByte(text, '{')
		j := strings.IndexByte(text, '}')
		if i < 0 || j < i {
			return out.String() + text
		}
		out.WriteString(text[:i])
		out.WriteString(strings.ReplaceAll(text[i:j+1], `\n`, hidden))
		text = text[j+1:]
	}
}

type builder struct {
	d    *schema.Document
	text strings.Builder
	rows int // blocks of the table that is open
}

// block adds one block; blocks stand on lines of their own.
func (b *builder) block(s string) {
	if b.text.Len() > 0 {
		b.text.WriteString("\n")
	}
	out := schema.Block{Place: len(b.d.Blocks) + 1}
	switch {
	case strings.HasPrefix(s, "= "):
		out.Kind, s = schema.Title, s[2:]
	case strings.HasPrefix(s, "## "):
		out.Kind, out.Level, s = schema.Heading, 2, s[3:]
	case strings.HasPrefix(s, "# "):
		out.Kind, out.Level, s = schema.Heading, 1, s[2:]
	case strings.HasPrefix(s, "|"), strings.HasPrefix(s, "^|"):
		b.row(out, s)
		return
	}
	b.rows = 0
	out.Start = b.text.Len()
	b.write(s)
	out.End = b.text.Len()
	b.d.Blocks = append(b.d.Blocks, out)
	b.sentences(out)
}

// row adds a row of a table; its cells are joined by tabs in the text.
func (b *builder) row(out schema.Block, s string) {
	if b.rows++; b.rows == 1 {
		out.Table = 1
		if n := len(b.d.Blocks); n > 0 {
			for _, block := range b.d.Blocks {
				out.Table = max(out.Table, block.Table+1)
			}
		}
	} else {
		out.Table = b.d.Blocks[len(b.d.Blocks)-1].Table
	}
	s, out.Head = strings.CutPrefix(s, "^")
	out.Kind, out.Start = schema.Row, b.text.Len()
	for i, cell := range strings.Split(strings.Trim(s, "|"), "|") {
		if i > 0 {
			b.text.WriteString("\t")
		}
		if i == 0 {
			out.Level = 2 * strings.Count(cell, "\u3000") // none stands within names
		}
		from := b.text.Len()
		above := b.rows > 1 && i < len(b.d.Blocks[len(b.d.Blocks)-1].Cells)
		switch cell = strings.TrimSpace(cell); {
		case cell == "<" && i > 0:
			out.Cells = append(out.Cells, out.Cells[i-1])
			continue
		case cell == "^" && above:
			out.Cells = append(out.Cells, b.d.Blocks[len(b.d.Blocks)-1].Cells[i])
			continue
		}
		b.write(cell)
		out.Cells = append(out.Cells, schema.Span{Start: from, End: b.text.Len()})
	}
	out.End = b.text.Len()
	b.d.Blocks = append(b.d.Blocks, out)
	b.d.Sentences = append(b.d.Sentences, out.Span)
}

// write adds text; what stands in {} becomes a removal.
func (b *builder) write(s string) {
	for {
		before, rest, ok := strings.Cut(s, "{")
		b.text.WriteString(before)
		if !ok {
			return
		}
		out, after, _ := strings.Cut(rest, "}")
		b.d.Removed = append(b.d.Removed, schema.Removal{At: b.text.Len(), Text: strings.ReplaceAll(out, `\n`, "\n"), Reason: "example"})
		s = after
	}
}

// sentences divides a block at 。！？; titles and headings are one sentence.
func (b *builder) sentences(block schema.Block) {
	text, from := b.text.String(), block.Start
	for i := from; i < block.End; {
		r, size := utf8.DecodeRuneInString(text[i:])
		i += size
		if block.Kind == schema.Paragraph && strings.ContainsRune("。！？", r) {
			b.d.Sentences = append(b.d.Sentences, schema.Span{Start: from, End: i})
			from = i
		}
	}
	if from < block.End {
		b.d.Sentences = append(b.d.Sentences, schema.Span{Start: from, End: block.End})
	}
}
