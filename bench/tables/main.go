// Command tables measures how tables are read. Its sources, documents of our own
// in the shapes of real ones, are written as HTML, DOCX, XLSX, text and PDF, read
// by the program, and compared cell by cell with what they mean:
//
//	go run ./bench/tables                          the figures of each format
//	go run ./bench/tables -format html -misses     what is wrong, figure by figure
//	go run ./bench/tables -only 灾情 -write DIR     the files themselves
//	go run ./bench/tables -from DIR                files of another program instead, as DIR/01-grain.doc
//	go run ./bench/tables -pdf                     make PDFs of new sources (LibreOffice, Chromium)
//
// A cell is right if a figure has its value, unit and period, and a label that
// holds its keys and no name of its neighbours. Wrong in silence is each figure
// that is right for no cell. README.md describes the sources.
package main

import (
	"errors"
	"flag"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path"
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
	format := flags.String("format", "", "only this format: html, docx, xlsx, pdf, csv, pipe, tab or lines")
	misses := flags.Bool("misses", false, "list what is wrong or missed")
	write := flags.String("write", "", "write the files to this directory")
	from := flags.String("from", "", "measure the files of this directory: NAME.EXT of any format")
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
	b := bench{makers: makers(os.DirFS(*dir)), write: *write, miss: func(string) {}}
	if *from != "" {
		b.makers = others(os.DirFS(*from))
	}
	b.makers = slices.DeleteFunc(b.makers, func(m maker) bool { return *format != "" && *format != m.name })
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
	makers []maker
	write  string // directory, or none
	miss   func(line string)
}

// A maker makes the file of a format, or none where a source has none of it.
type maker struct {
	name, ext string
	file      func(*source) ([]byte, error)
	place     func(*source, gold) string // the address of a cell, or nil
}

func makers(dir fs.FS) []maker {
	all := []maker{
		{"html", "html", htmlFile, counted}, {"docx", "docx", docxFile, counted}, {"xlsx", "xlsx", xlsxFile, lettered},
		{"pdf", "pdf", func(s *source) ([]byte, error) {
			name, err := s.pdfName()
			if err != nil {
				return nil, err
			}
			data, err := fs.ReadFile(dir, name)
			if err != nil {
				err = fmt.Errorf("go run ./bench/tables -pdf makes it: %w", err)
			}
			return data, err
		}, nil},
	}
	for _, f := range flats {
		all = append(all, maker{f.name, f.ext, func(s *source) ([]byte, error) {
			if !slices.Contains(strings.Split(s.options["text"], ","), f.name) {
				return nil, nil
			}
			return f.file(s)
		}, nil})
	}
	return all
}

// suffix ends the names of files: the formats of text share their ending.
func (m maker) suffix() string {
	if m.name == m.ext {
		return "." + m.ext
	}
	return "." + m.name + "." + m.ext
}

// others takes the files as they lie in a directory, one format for each ending.
func others(dir fs.FS) (all []maker) {
	names, _ := fs.Glob(dir, "*.*") // the pattern is well formed
	for _, n := range names {
		ext := strings.TrimPrefix(path.Ext(n), ".")
		if slices.ContainsFunc(all, func(m maker) bool { return m.ext == ext }) {
			continue
		}
		all = append(all, maker{ext, ext, func(s *source) ([]byte, error) {
			data, err := fs.ReadFile(dir, s.name+"."+ext)
			if errors.Is(err, fs.ErrNotExist) {
				err = nil
			}
			return data, err
		}, nil})
	}
	return all
}

// measure reads the sources in each format and says how well: a line for each,
// and one for all of a format.
func (b bench) measure(all []*source) (lines []string, err error) {
	e := extract.New()
	var totals []string
	for _, m := range b.makers {
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
				if err := os.WriteFile(filepath.Join(b.write, s.name+m.suffix()), data, 0o666); err != nil {
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
			one := compare(s, said, m.place, miss)
			lines = append(lines, fmt.Sprintf("%s %s: %v", m.name, s.name, one))
			total.add(one)
		}
		totals = append(totals, fmt.Sprintf("%s ALL: %v", m.name, total))
	}
	return append(lines, totals...), nil
}
