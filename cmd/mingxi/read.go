package main

// This file is the way of one report: source → bytes → document → metrics.

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"mingxi/cmd/mingxi/pipeline"
	"mingxi/corpus"
	"mingxi/corpus/charset"
	"mingxi/corpus/segment"
	"mingxi/corpus/store"
	"mingxi/extract"
	"mingxi/extract/audit"
	"mingxi/schema"
)

// A report is a document and what was read from it.
type report struct {
	doc      *schema.Document
	reading  *schema.Reading
	findings []audit.Finding // what an audit found of the figures, where it was asked
	figures  int             // how many there are besides those of reading
}

// A reader turns sources into reports. It is safe for concurrent use.
type reader struct {
	options   corpus.Options
	extractor *extract.Extractor
	meta      *meta // what the user says of the sources, or nil
	auditor   *audit.Auditor
}

func newReader() *reader { return &reader{extractor: extract.New(), auditor: audit.New()} }

// reader returns a reader with the options of the flags that readFlags declares.
func (p *program) reader() *reader {
	r := newReader()
	r.options, r.extractor.Indicators, r.extractor.Words = p.reading, p.lists, p.words.entries
	return r
}

// userWords are words that the user adds to the general dictionary.
type userWords struct {
	file    string
	entries []segment.Entry
}

// wordsFlag is the flag of the commands that divide text into words.
func (p *program) wordsFlag(c *cobra.Command) {
	c.Flags().StringVar(&p.words.file, "words", "", p.text("file of your own words, one a line: word, frequency, part of speech", "自定义词表文件,每行一词:词 词频 词性"))
}

// maxWords bounds the file of words, in bytes.
const maxWords = 16 << 20

// load reads the file.
func (w *userWords) load() error {
	if w.file == "" {
		return nil
	}
	f, err := os.Open(w.file)
	if err != nil {
		return err
	}
	defer f.Close()
	data, err := io.ReadAll(io.LimitReader(f, maxWords+1))
	if err == nil && len(data) > maxWords {
		err = fmt.Errorf("%s: more than %d MB", w.file, maxWords>>20)
	}
	if err == nil {
		w.entries, err = segment.Parse(w.file, string(data))
	}
	return err
}

// readText reads a file of the user's: spreadsheets save in UTF-8 with a mark, and those of China in GB18030.
func readText(name string) (string, error) {
	data, err := os.ReadFile(name)
	if err != nil {
		return "", err
	}
	d, err := charset.Decode(data)
	if err != nil { // too short to tell
		d, err = charset.DecodeAs(data, charset.GB18030)
	}
	if err != nil {
		return "", fmt.Errorf("%s: %w", name, err)
	}
	return d.Text, nil
}

// walkFlags are the flags of the commands that walk folders and archives.
func (p *program) walkFlags(c *cobra.Command) {
	c.Flags().StringSliceVar(&p.include, "include", nil, p.text("of the files in folders and archives only those of these names: '*.docx', '2012/*'", "文件夹和压缩包里只读这些文件:'*.docx'、'2012/*'"))
	c.Flags().StringSliceVar(&p.exclude, "exclude", nil, p.text("and none of these: '*.xlsx', drafts", "不读这些文件:'*.xlsx'、草稿"))
}

// paths are the arguments of a command that reads files. Where the shell leaves a
// pattern as it is, as on Windows, it is expanded here; one that fits no file stays.
func (p *program) paths(args []string) []string {
	var out []string
	for _, arg := range args {
		if _, err := os.Lstat(arg); err != nil && strings.ContainsAny(arg, "*?[") {
			if found, err := filepath.Glob(arg); err == nil && len(found) > 0 {
				out = append(out, found...)
				continue
			}
		}
		out = append(out, arg)
	}
	return out
}

// readFlags are the flags of the commands that read files.
func (p *program) readFlags(c *cobra.Command) {
	p.vocabularyFlags(c)
	c.Flags().BoolVar(&p.reading.PDF.OCR, "ocr", false, p.text("read scanned pages of PDF with tesseract, if it is installed", "用已安装的 tesseract 识别 PDF 的扫描页"))
	p.wordsFlag(c)
	c.Flags().StringVar(&p.reading.PDF.Engine, "pdf-engine", "", p.text("own, pdfium or ledongthuc (default: own, and pdfium where it fails)", "own、pdfium 或 ledongthuc(默认 own,读不出时用 pdfium)"))
}

// read reads one source.
func (r *reader) read(ctx context.Context, s corpus.Source) (report, error) {
	doc, err := r.document(s)
	if err != nil {
		return report{}, err
	}
	return r.figures(doc), nil
}

// longText is the size of a document, in bytes, from which on its figures are written
// as they are found: one may have a million, which are not to be held all at once.
const longText = 1 << 20

// readShort reads one source, but leaves the figures of a long document to be found
// when they are written.
func (r *reader) readShort(ctx context.Context, s corpus.Source) (report, error) {
	doc, err := r.document(s)
	if err != nil || len(doc.Text) >= longText {
		return report{doc: doc}, err
	}
	return r.figures(doc), nil
}

// rest hands on what readShort read: of a long document in parts, as they are found.
func (r *reader) rest(one report, yield func(report) error) error {
	if one.reading != nil {
		return yield(one)
	}
	return pipeline.Guard(func() error { return r.parts(one.doc, yield) })
}

// document reads the text of one source.
func (r *reader) document(s corpus.Source) (*schema.Document, error) {
	data, err := s.Bytes()
	if err != nil {
		return nil, err
	}
	doc, err := corpus.Read(s.Name, data, r.options)
	if err == nil {
		r.meta.apply(doc)
	}
	return doc, err
}

// figures extracts the figures of a document and completes them by what an audit
// finds: whether they agree with others, and of which totals they are parts.
func (r *reader) figures(doc *schema.Document) report {
	all := report{doc: doc, reading: new(schema.Reading)}
	_ = r.parts(doc, func(part report) error { // Add has no error
		all.findings = append(all.findings, part.findings...)
		return all.reading.Add(part.reading)
	})
	return all
}

// parts hands on the same in parts, as they are found.
func (r *reader) parts(doc *schema.Document, yield func(report) error) error {
	before := 0
	return r.extractor.Each(doc, func(part *schema.Reading) error {
		findings := r.auditor.Complete(doc, part, before)
		before += len(findings)
		return yield(report{doc: doc, reading: part, findings: findings})
	})
}

// oneInParts reads the document that a command is about, from the corpus in dir by its doc_id or path, or else from the
// file itself, and hands it on in parts.
func (r *reader) oneInParts(ctx context.Context, p *program, dir, name string, yield func(report) error) error {
	part := func(one report) error { return cmp.Or(ctx.Err(), yield(one)) }
	if dir == "" {
		doc, err := r.only(ctx, p, name)
		if err != nil {
			return err
		}
		return pipeline.Guard(func() error { return r.parts(doc, part) })
	}
	s, err := store.Open(ctx, dir)
	if err != nil {
		return p.hint(err)
	}
	defer s.Close()
	ref, err := s.Find(ctx, name)
	if err == nil {
		err = s.Parts(ctx, ref, func(d *schema.Document, reading *schema.Reading) error { return part(report{doc: d, reading: reading}) })
	}
	return p.hint(err)
}

// only reads the one document at path, "-" being stdin. A folder or archive with several
// of them is refused.
func (r *reader) only(ctx context.Context, p *program, path string) (one *schema.Document, err error) {
	for s, err := range corpus.Sources(ctx, p.paths([]string{path}), p.sources()) {
		var doc *schema.Document
		if err == nil {
			doc, err = r.document(s)
		}
		switch {
		case errors.Is(err, corpus.ErrNoDocument) && !s.Given:
		case err != nil:
			return nil, named(s.Name, err)
		case one != nil:
			return nil, usageError{fmt.Errorf(p.text("%s holds several documents, as %s and %s: name one of them", "%s 里有多份文件,如 %s 和 %s:请指明其中一份"), path, one.Source, doc.Source)}
		default:
			one = doc
		}
	}
	if one == nil {
		return nil, fmt.Errorf("%s: no document in it", path)
	}
	return one, nil
}
