package draft

import (
	"fmt"
	"strings"
)

// String prints the pieces one a line, as the examples in tests show them:
//
//	para 全年发放低保金4238.6万元。
//	head1 一、社会救助工作
//	note 含集中供养417人。
//	HEAD 乡镇 | 户数
//	row 河东镇 | 1520
//	warn 2 charts or diagrams not read
func (d *Document) String() string {
	var b strings.Builder
	for p := range d.All() {
		b.WriteString(p.name())
		if text := p.Text + strings.Join(p.Cells, " | "); text != "" {
			b.WriteString(" " + strings.ReplaceAll(text, "\n", "\\n"))
		}
		b.WriteByte('\n')
	}
	for _, g := range d.Gone {
		fmt.Fprintln(&b, "gone", g.Before, g.Text)
	}
	for _, w := range d.Warnings {
		fmt.Fprintln(&b, "warn", w)
	}
	return b.String()
}

func (p *Piece) name() string {
	switch {
	case p.Kind == Line:
		return "line"
	case p.Kind == Heading:
		return fmt.Sprint("head", p.Level)
	case p.Kind == Note:
		return "note"
	case p.Kind == Row && p.Head:
		return "HEAD"
	case p.Kind == Row:
		return "row"
	}
	return "para"
}
