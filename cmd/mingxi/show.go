package main

import (
	"bufio"
	"bytes"
	"context"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"mingxi/cmd/mingxi/shard"
	"mingxi/cmd/mingxi/table"
	"mingxi/corpus"
	"mingxi/corpus/store"
	"mingxi/extract"
	"mingxi/schema"
)

// showOptions are the flags of show.
type showOptions struct {
	corpus  string
	text    bool
	removed bool
}

func showCommand(p *program) *cobra.Command {
	var o showOptions
	c := p.command("show DOC",
		p.text("show a document as mingxi reads it, with its figures marked", "显示读到的正文,标出其中的数字"),
		p.text(`Show prints the normal text of a document: its articles, headings and figures.
A figure is marked [57.84万人次]#12; 'mingxi explain DOC#12' tells how it was
read. With --text it prints exactly the normal text, into which the columns
start and end of extract point.`,
			`show 显示一份文件的正文:篇、标题和数字。数字标作 [57.84万人次]#12,用
“mingxi explain 文件#12”可看它是怎样读出来的。加 --text 则原样输出正文,
extract 输出的 start、end 两列就是其中的字符位置。`),
		`
  mingxi show report.docx
  mingxi show report.docx --text > report.txt
  mingxi show report.docx --removed              # what cleaning took out · 清理时去掉了什么
  mingxi show 3f2a9c1b -c corpus.mx              # by the beginning of its doc_id · 用 doc_id 的开头几位`)
	c.Args = cobra.ExactArgs(1)
	c.Flags().BoolVar(&o.text, "text", false, p.text("exactly the normal text", "只输出正文,一字不改"))
	c.Flags().BoolVar(&o.removed, "removed", false, p.text("list what cleaning removed from the text", "列出清理时去掉的内容"))
	c.Flags().StringVarP(&o.corpus, "corpus", "c", "", p.text("DOC is a doc_id or path of this corpus", "DOC 是这个语料库里的 doc_id 或路径"))
	c.MarkFlagsMutuallyExclusive("text", "removed")
	p.readFlags(c)
	p.metaFlag(c)
	c.RunE = func(c *cobra.Command, args []string) error { return runShow(c.Context(), p, o, args[0]) }
	return c
}

func runShow(ctx context.Context, p *program, o showOptions, path string) error {
	r, err := p.readerWithMeta()
	if err != nil {
		return err
	}
	var body bytes.Buffer // until the figures are counted
	out := newPainter(p.out)
	shown := shower{p: p, out: &painter{bufio.NewWriter(&body), out.on}, only: o.text || o.removed}
	if err := r.oneInParts(ctx, p, o.corpus, path, shown.add); err != nil {
		return err
	}
	if err := p.metaFits(r); err != nil {
		return err
	}
	switch d := shown.doc; {
	case o.text:
		_, err := io.WriteString(p.out, d.Text)
		return err
	case o.removed:
		showRemoved(out, d)
	default:
		shown.end(out)
		_, _ = body.WriteTo(out) // an error is that of Flush
	}
	return out.Flush()
}

// A shower prints the blocks of a document, whose figures come in parts.
type shower struct {
	p       *program
	out     *painter
	only    bool // the text, without figures
	doc     *schema.Document
	next    int             // the block that is printed next
	waiting []schema.Metric // figures of it and of those behind it
	article int
	origins schema.Reading
	figures int
	refused []schema.Refusal
}

// add takes a part in, and prints the blocks that are known whole.
func (s *shower) add(one report) error {
	s.doc, s.origins.Origins = one.doc, one.reading.Origins
	s.figures += len(one.reading.Metrics)
	s.refused = append(s.refused, one.reading.Refused...)
	if s.only {
		return nil
	}
	s.waiting = append(s.waiting, one.reading.Metrics...)
	for s.next < len(s.doc.Blocks) {
		n := s.of(&s.doc.Blocks[s.next])
		if n == len(s.waiting) { // more of them may come
			break
		}
		s.block(n)
	}
	s.waiting = slices.Clone(s.waiting)
	return nil
}

// of is how many of the waiting figures stand before the end of a block.
func (s *shower) of(b *schema.Block) int {
	n := 0
	for n < len(s.waiting) && s.waiting[n].Start < b.End {
		n++
	}
	return n
}

// block prints the next block, with so many figures.
func (s *shower) block(n int) {
	b := s.doc.Blocks[s.next]
	if a := s.doc.ArticleAt(b.Start); a != nil && a.N != s.article {
		s.article = a.N
		showArticle(s.out, s.p, a, s.origins.Origin(a.N))
	}
	showBlock(s.out, s.doc.Text, b, s.waiting[:n])
	s.next, s.waiting = s.next+1, s.waiting[n:]
}

// end prints what is left, and what stands above it all to out.
func (s *shower) end(out *painter) {
	for s.next < len(s.doc.Blocks) {
		s.block(s.of(&s.doc.Blocks[s.next]))
	}
	s.out.Flush()
	d := s.doc
	facts := []string{d.Source, d.ID, d.Format, d.Encoding,
		strconv.Itoa(len(d.Articles)) + s.p.text(" articles", " 篇"), strconv.Itoa(s.figures) + s.p.text(" figures", " 个数字")}
	out.paint(dim, flat(join(" · ", facts...)))
	out.WriteString("\n")
	for _, w := range slices.Concat(d.Warnings, s.p.refusals(s.refused)) {
		out.paint(doubt, printable(s.p.text("warning: ", "注意:")+w))
		out.WriteString("\n")
	}
}

// showArticle prints the line above an article, and how each of its facts was found.
func showArticle(out *painter, p *program, a *schema.Article, o schema.Origin) {
	out.WriteString("\n")
	asOf := ""
	if year := extract.RegionAsOf(o); year > 0 {
		asOf = fmt.Sprintf(p.text("(as of %d)", "(%d 年区划)"), year)
	}
	out.paint(dim, "── "+join(" · ", strconv.Itoa(a.N), o.Org, join(" ", o.Region.Name, o.Region.Code, asOf), schema.CountCell(o.Year).String())+" ──")
	out.WriteString("\n")
	for _, f := range []struct {
		name string
		by   schema.Evidence
	}{
		{p.text("title", "标题"), a.TitleEvidence()},
		{p.text("organisation", "单位"), o.OrgFrom},
		{p.text("region", "地区"), o.RegionFrom},
		{p.text("year", "年份"), o.YearFrom},
	} {
		if f.by.Method != "" {
			out.paint(dim, "   "+join(" · ", f.name+p.text(": ", ":")+p.lang().Method(f.by.Method), flat(f.by.Words), score(f.by).String()))
			out.WriteString("\n")
		}
	}
}

// showBlock prints a block with its figures.
func showBlock(out *painter, text string, b schema.Block, metrics []schema.Metric) {
	st := style("")
	switch b.Kind {
	case schema.Title:
		out.WriteString("# ")
		st = bold
	case schema.Heading:
		out.WriteString(strings.Repeat("#", b.Level+1) + " ")
		st = bold
	case schema.Item:
		out.WriteString("- ")
	case schema.Row:
		out.WriteString("| ")
	}
	at := b.Start
	for i := range metrics {
		m := &metrics[i]
		if m.Start < at {
			continue // of an overlapping figure only the first is marked
		}
		out.paint(st, printable(text[at:m.Start]))
		showFigure(out, m, text)
		at = m.End
	}
	if at < b.End {
		out.paint(st, printable(strings.TrimRight(text[at:b.End], "\n")))
	}
	out.WriteString("\n")
}

// showFigure marks a figure: [57.84万人次]#12.
func showFigure(out *painter, m *schema.Metric, text string) {
	st := figure
	if m.Kind == schema.Masked || m.Kind == schema.Suspect {
		st = doubt
	}
	out.paint(st, "["+printable(m.In(text))+"]")
	out.paint(dim, "#"+strconv.Itoa(m.Seq))
}

// showRemoved lists the removals with the text around them.
func showRemoved(out *painter, d *schema.Document) {
	runes := schema.NewRunes(d.Text)
	for _, r := range d.Removed {
		before, after := around(d.Text, r.At, 8)
		out.paint(dim, strconv.Itoa(runes.At(r.At))+"\t"+r.Reason+"\t")
		out.WriteString(flat(before))
		if !out.on {
			out.WriteString("[-")
		}
		out.paint(cut, flat(r.Text))
		if !out.on {
			out.WriteString("-]")
		}
		out.WriteString(flat(after) + "\n")
	}
}

// around is up to n characters on each side of an offset.
func around(text string, at, n int) (before, after string) {
	b, a := []rune(text[max(0, at-4*n):at]), []rune(text[at:min(len(text), at+4*n)])
	return strings.TrimLeft(string(b[max(0, len(b)-n):]), "\ufffd"), strings.TrimRight(string(a[:min(len(a), n)]), "\ufffd")
}

// flat is text on one line.
func flat(s string) string {
	return strings.NewReplacer("\n", "⏎", "\t", "⇥").Replace(printable(s))
}

// sources are the options of every command that walks paths. What mingxi writes
// is no report where it lies among them: a corpus, and the file of this run, be it
// named or stdout ("mingxi extract . > figures.csv").
func (p *program) sources(outputs ...string) corpus.SourceOptions {
	var own []string
	for _, name := range outputs {
		if full, err := filepath.Abs(name); err == nil && name != "" {
			own = append(own, full)
		}
	}
	isOwn := func(path string) bool { // also what is kept beside a file that is not complete
		full, err := filepath.Abs(path)
		return err == nil && slices.ContainsFunc(own, func(o string) bool {
			return full == o || full == o+".part" || strings.HasPrefix(full, o+".part.") || strings.HasPrefix(full, o+".part-")
		})
	}
	var stdout fs.FileInfo
	if f, ok := p.out.(*os.File); ok {
		stdout, _ = f.Stat()
	}
	return corpus.SourceOptions{Stdin: p.in, Include: p.include, Exclude: p.exclude, Skip: func(path string, info fs.FileInfo) bool {
		if info.IsDir() {
			return isOwn(path) || store.Is(path) || shard.Is(path) || table.IsFolders(path)
		}
		return isOwn(path) || stdout != nil && os.SameFile(stdout, info)
	}}
}
