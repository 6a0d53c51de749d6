package main

// This file is where tables go: the flags of every command that writes one (extract,
// export, search, panel, words, facts, audit, sample), and what they open.

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"mingxi/cmd/mingxi/table"
	"mingxi/corpus/pathname"
	"mingxi/corpus/store"
	"mingxi/schema"
)

// outputOptions are the flags of what is written, where and how.
type outputOptions struct {
	output   string                    // file, its suffix says the format; stdout if empty
	encoding string                    // of CSV
	folders  []string                  // columns that divide Parquet into folders
	json     bool                      // JSON Lines on stdout
	program  func(docID string) string // version of the program that read a document
	checks   []schema.Column           // of a table of checks, for the formats that have one
	citing   []schema.Column           // with cited: rows that tell the sources of a table that does not
	cited    [][]schema.Cell
	personal bool // numbers of identity cards, accounts and telephones as printed
}

// asPrinted is for tables of what the user gave: names of files, a table that was read.
var asPrinted = &outputOptions{personal: true}

// flags declares --output, --encoding and --personal; --json is each command's own, and
// so are more formats.
func (o *outputOptions) flags(p *program, c *cobra.Command, more ...string) {
	formats := append(more, ".csv", ".jsonl", ".xlsx", ".parquet", ".dta", ".sqlite")
	c.Flags().StringVarP(&o.output, "output", "o", "", fmt.Sprintf(p.text("write to this file; %s or .zip (a data package)", "写入文件:%s 或 .zip(数据包)"), strings.Join(formats, p.text(", ", "、"))))
	c.Flags().StringVar(&o.encoding, "encoding", "", p.text("of CSV: utf8, utf8bom or gb18030 (default: utf8bom in files, utf8 in pipes)", "CSV 的编码:utf8、utf8bom 或 gb18030(默认:文件用 utf8bom,管道用 utf8)"))
	c.Flags().StringSliceVar(&o.folders, "folders", nil, p.text("write -o NAME.parquet as a directory with a folder for each value of these columns: "+strings.Join(table.FolderColumns, ", "), "把 -o 名称.parquet 写成目录,按这些列的值分文件夹:"+strings.Join(table.FolderColumns, "、")))
	completeFlag(c, "folders", table.FolderColumns)
	c.Flags().BoolVar(&o.personal, "personal", false, p.text("numbers of identity cards, accounts and telephones as printed, not 138********", "身份证号、账号、电话号码照原样写出,不写成 138********"))
}

// open opens what is written to: a table with a name and columns.
func (o *outputOptions) open(p *program, name string, columns []schema.Column) (table.Writer, error) {
	w, err := o.writer(p, name, columns)
	if err != nil || o.personal {
		return w, err
	}
	return table.Discreet(w, columns, o.checks), nil
}

func (o *outputOptions) writer(p *program, name string, columns []schema.Column) (table.Writer, error) {
	enc, err := table.ParseEncoding(o.encoding)
	if err != nil {
		return nil, usageError{err}
	}
	switch {
	case len(o.folders) > 0:
		w, err := table.CreateFolders(o.output, name, columns, o.folders, table.Options{Program: o.program, By: version()})
		if errors.Is(err, table.ErrFolders) || errors.Is(err, table.ErrColumn) {
			err = usageError{err}
		}
		return w, err
	case o.output != "":
		p.outputs.Store(o.output, true)
		w, err := table.Create(o.output, name, columns, table.Options{Encoding: enc, Program: o.program, By: version(), Checks: o.checks, Cited: o.cited, Citing: o.citing})
		if errors.Is(err, table.ErrFormat) {
			err = usageError{err}
		}
		return w, err
	case o.json:
		return table.JSON(p.out, columns), nil
	}
	return table.CSV(p.out, columns, enc)
}

// write writes a whole table.
func (o *outputOptions) write(p *program, name string, columns []schema.Column, rows [][]schema.Cell) error {
	w, err := o.open(p, name, columns)
	if err != nil {
		return err
	}
	defer w.Discard()
	if err := w.Write(rows); err != nil {
		return err
	}
	return w.Close()
}

// columnsNamed are columns of text with these names.
func columnsNamed(names ...string) (list []schema.Column) {
	for _, name := range names {
		list = append(list, schema.Column{Name: name})
	}
	return list
}

// writing are the flags that name a file to be written.
var writing = []string{"output", "candidates", "plot", "checks"}

// reading are the flags that name a file to be read.
var reading = []string{"meta", "words", "rules", "indicators", "coded", "check", "map"}

// readers are the commands whose arguments are files and folders to be read.
var readers = []string{"extract", "audit", "facts", "sample"}

// inputs are the files and folders that a command is to read.
func (p *program) inputs(c *cobra.Command, args []string) (list []string) {
	if slices.Contains(readers, c.Name()) {
		list = p.paths(args)
	}
	for _, flag := range reading {
		if f := c.Flags().Lookup(flag); f != nil && f.Changed {
			list = append(list, f.Value.String())
		}
	}
	return list
}

// keepsInputs refuses a command that would replace what it is to read, write into a corpus, or write two things into
// one file.
func (p *program) keepsInputs(c *cobra.Command, args []string) error {
	reads := p.inputs(c, args)
	written := map[string]bool{}
	for _, flag := range writing {
		f := c.Flags().Lookup(flag)
		if f == nil || !f.Changed {
			continue
		}
		name := f.Value.String()
		if name == "" {
			return fmt.Errorf(p.text("--%s: the name of a file is missing", "--%s:缺少文件名"), flag)
		}
		full := pathname.Full(name)
		switch dir := corpusAround(name); {
		case written[full]:
			return fmt.Errorf(p.text("%s: two things are to be written to it: give each a file of its own", "%s:要写入两样东西:请各用一个文件"), name)
		case dir != "":
			return fmt.Errorf(p.text("%s lies in the corpus %s: name a file outside it", "%s 在语料库 %s 里:请写到语料库之外"), name, dir)
		}
		written[full] = true
		if slices.ContainsFunc(reads, func(in string) bool { return p.reads(in, name) }) {
			return fmt.Errorf(p.text("%s is to be read, and --%s would replace it: name another file", "%s 是要读的文件,--%s 会把它覆盖:请换一个文件名"), name, flag)
		}
	}
	return nil
}

// reads reports whether an input is a file, or a folder with it; what mingxi wrote before is not read there.
func (p *program) reads(in, file string) bool {
	out, err := os.Stat(file)
	if err != nil {
		return false
	}
	if in == "-" {
		f, ok := p.in.(*os.File)
		if !ok {
			return false
		}
		stdin, err := f.Stat()
		return err == nil && os.SameFile(stdin, out)
	}
	in, _, _ = strings.Cut(in, pathname.MemberMark)
	info, err := os.Stat(in)
	if err != nil || os.SameFile(info, out) {
		return err == nil
	}
	below, err := filepath.Rel(resolved(in), resolved(file))
	options := p.sources()
	return err == nil && info.IsDir() && out.Mode().IsRegular() && filepath.IsLocal(below) && options.Wants(in, filepath.Join(in, below)) && !table.Wrote(file)
}

// resolved is a full path without symbolic links in its folders.
func resolved(path string) string {
	if full, err := filepath.Abs(path); err == nil {
		path = full
	}
	if real, err := filepath.EvalSymlinks(path); err == nil {
		return real
	}
	if real, err := filepath.EvalSymlinks(filepath.Dir(path)); err == nil {
		return filepath.Join(real, filepath.Base(path))
	}
	return path
}

// corpusAround is the corpus that a file lies in or would, empty if there is none.
func corpusAround(file string) string {
	for dir := filepath.Dir(resolved(file)); ; dir = filepath.Dir(dir) {
		if store.Is(dir) {
			return dir
		}
		if dir == filepath.Dir(dir) {
			return ""
		}
	}
}
