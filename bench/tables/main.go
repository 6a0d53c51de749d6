// Command tables measures how tables are read. Its sources, documents of our own
// in the shapes of real ones, are written as HTML, DOCX, XLSX, text and PDF, read
// by the program, and compared cell by cell with what they mean:
//
//	go run ./bench/tables                          the figures of each format
//	go run ./bench/tables -format html -misses     what is wrong, figure by figure
//	go run ./bench/tables -only 灾情 -write DIR     the files themselves
//	go run ./bench/tables -pdf                     make PDFs of new sources (LibreOffice, Chromium)
//
// A cell is right if a figure has its value, unit and period, and a label that
// holds its keys and no name of its neighbours. Wrong in silence is each figure
// that is right for no cell. README.md describes the sources.
package main

import (
	"flag"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"mingxi/corpus"
	"mingxi/extract"
)

func main() {
	if err := run(os.Args[1:], os.Stdout); err != nil {
		fmt.Fprintln(os.Stderr, "tables:", err)
		os.Exit(1)
	}
}

func run(args []string, out io.Writer) error {
	flags := flag.NewFlagSet("tables", flag.ContinueOnError)
	dir := flags.String("dir", "bench/tables/sources", "the sources")
	only := flags.String("only", "", "only sources whose name holds this")
	format := flags.String("format", "", "only this format: html, docx, xlsx, pdf, pipe, tab or lines")
	misses := flags.Bool("misses", false, "list what is wrong or missed")
	write := flags.String("write", "", "write the files to this directory")
	pdf := flags.Bool("pdf", false, "make the PDFs that are missing")
	if err := flags.Parse(args); err != nil {
		return err
	}
	all, err := sources(os.DirFS(*dir))
	if err != nil {
		return err
	}
	if *pdf {
		return makePDF(*dir, all)
	}
	all = slices.DeleteFunc(all, func(s *source) bool { return !strings.Contains(s.name, *only) })
	b := bench{dir: os.DirFS(*dir), format: *format, write: *write, miss: func(string) {}}
	if *misses {
		b.miss = func(line string) { fmt.Fprintln(out, line) }
	}
	lines, err := b.measure(all)
	for _, l := range lines {
		fmt.Fprintln(out, l)
	}
	return err
}

// A bench is a way to measure sources.
type bench struct {
	dir    fs.FS
	format string // or all
	write  string // directory, or none
	miss   func(line string)
}

// A maker makes the file of a format, or none where a source has none of it.
type maker struct {
	name, ext string
	file      func(*source) ([]byte, error)
}

func (b bench) makers() []maker {
	all := []maker{
		{"html", "html", htmlFile}, {"docx", "docx", docxFile}, {"xlsx", "xlsx", xlsxFile},
		{"pdf", "pdf", func(s *source) ([]byte, error) {
			name, err := s.pdfName()
			if err != nil {
				return nil, err
			}
			data, err := fs.ReadFile(b.dir, name)
			if err != nil {
				err = fmt.Errorf("go run ./bench/tables -pdf makes it: %w", err)
			}
			return data, err
		}},
	}
	for _, f := range flats {
		all = append(all, maker{f.name, "txt", func(s *source) ([]byte, error) {
			if !slices.Contains(strings.Split(s.options["text"], ","), f.name) {
				return nil, nil
			}
			return f.file(s)
		}})
	}
	return slices.DeleteFunc(all, func(m maker) bool { return b.format != "" && b.format != m.name })
}

// measure reads the sources in each format and says how well: a line for each,
// and one for all of a format.
func (b bench) measure(all []*source) (lines []string, err error) {
	e := extract.New()
	var totals []string
	for _, m := range b.makers() {
		var total score
		for _, s := range all {
			data, err := m.file(s)
			if err != nil {
				return nil, fmt.Errorf("%s %s: %w", m.name, s.name, err)
			}
			if data == nil {
				continue
			}
			if b.write != "" {
				if err := os.WriteFile(filepath.Join(b.write, s.name+"."+m.name+"."+m.ext), data, 0o666); err != nil {
					return nil, err
				}
			}
			miss := func(line string) { b.miss(m.name + " " + s.name + " " + line) }
			var said reading
			if d, err := corpus.Read(s.name+"."+m.ext, data, corpus.Options{}); err == nil {
				said = claims(d, e.Read(d))
			} else {
				miss("refused " + err.Error())
			}
			one := compare(s, said, miss)
			lines = append(lines, fmt.Sprintf("%s %s: %v", m.name, s.name, one))
			total.add(one)
		}
		totals = append(totals, fmt.Sprintf("%s ALL: %v", m.name, total))
	}
	return append(lines, totals...), nil
}
