// Package postgres writes a corpus for a PostgreSQL database: the tables as SQL, their
// rows as files for COPY, and the script that loads them. It needs no driver; what asks
// such a database is the program in cmd/mingxi-postgres.
//
//	load.sh      loads it all with psql, in one transaction
//	load.sql     the same for psql where there is no shell
//	schema.sql   tables (tables.go), functions (functions.sql) and the view metrics
//	shards.sql   the tables of a database whose parts lie on other servers
//	meta.copy    what this is of; parts.copy: how many rows each file has
//	53/…         the rows of a province, a file for each table; none/… those of no region
//
// The same corpus gives the same bytes.
package postgres

import (
	"bufio"
	"bytes"
	"cmp"
	"crypto/sha256"
	_ "embed"
	"encoding/hex"
	"errors"
	"fmt"
	"hash"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"
)

var (
	//go:embed functions.sql
	functionsSQL string
	//go:embed load.sh
	loadSH string
)

// ErrTaken is returned where the directory holds something else.
var ErrTaken = errors.New("there is something else: name a new directory, or an older export")

// Is reports whether an output is meant to be such a directory: postgres, postgres/,
// 2020.postgres.
func Is(output string) bool {
	base := filepath.Base(filepath.Clean(output))
	return output != "" && (base == "postgres" || filepath.Ext(base) == ".postgres")
}

// A Writer writes the directory. It appears under its name only on Close, whole.
type Writer struct {
	path, making string
	program      string
	text         int64 // bytes of the texts of articles
	files        map[fileKey]*copyFile
	done         bool
}

type fileKey struct{ province, table string }

// Create begins a directory. An older export of that name is replaced on Close. The
// program is the version of the one that writes.
func Create(path, program string) (*Writer, error) {
	path = filepath.Clean(path)
	w := &Writer{path: path, making: path + ".part", program: program, files: map[fileKey]*copyFile{}}
	if err := replaceable(path); err != nil {
		return nil, fmt.Errorf("write %s: %w", path, err)
	}
	err := os.RemoveAll(w.making) // of a run that was killed
	if err == nil {
		err = os.MkdirAll(w.making, 0o777)
	}
	if err != nil {
		return nil, fmt.Errorf("write %s: %w", path, err)
	}
	return w, nil
}

// Path is the name of the directory.
func (w *Writer) Path() string { return w.path }

// replaceable refuses what is no export.
func replaceable(path string) error {
	list, err := os.ReadDir(path)
	if errors.Is(err, os.ErrNotExist) || err == nil && len(list) == 0 {
		return nil
	}
	if err != nil {
		return err
	}
	if _, err := os.Stat(filepath.Join(path, "load.sql")); err != nil {
		return ErrTaken
	}
	return nil
}

// Write adds the rows of a document.
func (w *Writer) Write(rows Rows) error {
	w.text += rows.text
	for _, r := range rows.files {
		if err := w.add(r); err != nil {
			return fmt.Errorf("write %s: %w", w.path, err)
		}
	}
	return nil
}

func (w *Writer) add(r rowsOf) error {
	f := w.files[r.fileKey]
	if f == nil {
		dir := filepath.Join(w.making, r.province)
		if err := os.MkdirAll(dir, 0o777); err != nil {
			return err
		}
		var err error
		if f, err = createCopy(filepath.Join(dir, r.table+".copy")); err != nil {
			return err
		}
		w.files[r.fileKey] = f
	}
	f.rows += r.n
	_, err := f.out.Write(r.lines)
	return err
}

// Close writes the scripts and gives the directory its name.
func (w *Writer) Close() error {
	if err := w.finish(); err != nil {
		return fmt.Errorf("write %s: %w", w.path, err)
	}
	w.done = true
	return nil
}

func (w *Writer) finish() error {
	keys := w.keys()
	all := sha256.New()
	var parts row
	counts := map[string]int{}
	for _, k := range keys {
		f := w.files[k]
		if err := f.close(); err != nil {
			return err
		}
		fmt.Fprintf(all, "%s/%s %x\n", k.province, k.table, f.sum.Sum(nil))
		counts[k.table] += f.rows
		parts.text(k.table).text(k.province).whole(f.rows).end()
	}
	edition := hex.EncodeToString(all.Sum(nil)[:8])
	var meta row
	for _, pair := range [][2]string{
		{"format", Format}, {"program", w.program}, {"generation", edition},
		{"articles", strconv.Itoa(counts["articles"])}, {"text_bytes", strconv.FormatInt(w.text, 10)}, // for ranking
	} {
		meta.text(pair[0]).text(pair[1]).end()
	}
	for _, file := range []struct {
		name string
		text []byte
		mode os.FileMode
	}{
		{"meta.copy", meta.lines, 0o666}, {"parts.copy", parts.lines, 0o666},
		{"schema.sql", []byte(schemaSQL(provinces(keys), edition)), 0o666},
		{"load.sql", []byte(loadSQL(keys)), 0o666},
		{"shards.sql", []byte(shardsSQL(provinces(keys), edition)), 0o666},
		{"load.sh", []byte(loadSH), 0o777},
	} {
		if err := os.WriteFile(filepath.Join(w.making, file.name), file.text, file.mode); err != nil {
			return err
		}
	}
	if err := replaceable(w.path); err != nil {
		return err
	}
	return errors.Join(os.RemoveAll(w.path), os.Rename(w.making, w.path))
}

// keys are the files, by table in the order of tables, then by province.
func (w *Writer) keys() []fileKey {
	list := make([]fileKey, 0, len(w.files))
	for k := range w.files {
		list = append(list, k)
	}
	slices.SortFunc(list, func(a, b fileKey) int {
		return cmp.Or(cmp.Compare(tableOrder(a.table), tableOrder(b.table)), strings.Compare(a.province, b.province))
	})
	return list
}

func tableOrder(name string) int {
	return slices.IndexFunc(tables, func(t Table) bool { return t.Name == name })
}

// provinces are those of the files, rising, and none.
func provinces(keys []fileKey) []string {
	list := []string{none}
	for _, k := range keys {
		list = append(list, k.province)
	}
	slices.Sort(list)
	return slices.Compact(list)
}

// Discard drops what Close has not written; after Close it does nothing.
func (w *Writer) Discard() {
	if w.done {
		return
	}
	for _, f := range w.files {
		f.close()
	}
	os.RemoveAll(w.making)
}

// A copyFile is a file for COPY.
type copyFile struct {
	file *os.File
	out  *bufio.Writer
	sum  hash.Hash
	rows int
}

func createCopy(path string) (*copyFile, error) {
	f, err := os.Create(path)
	if err != nil {
		return nil, err
	}
	c := &copyFile{file: f, sum: sha256.New()}
	c.out = bufio.NewWriterSize(io.MultiWriter(f, c.sum), 16<<10)
	return c, nil
}

// close ends the file; a second time it does nothing.
func (c *copyFile) close() error {
	if c.file == nil {
		return nil
	}
	err := errors.Join(c.out.Flush(), c.file.Close())
	c.file = nil
	return err
}

// A row makes rows in the text format of COPY.
type row struct {
	lines []byte
	begun bool
	n     int
}

// field begins a field.
func (r *row) field() {
	if r.begun {
		r.lines = append(r.lines, '\t')
	}
	r.begun = true
}

// null is NULL.
func (r *row) null() *row {
	r.field()
	r.lines = append(r.lines, `\N`...)
	return r
}

// text is a text; the empty one is NULL, as in corpus.db.
func (r *row) text(s string) *row {
	if s == "" {
		return r.null()
	}
	if !utf8.ValidString(s) { // of a file name
		s = strings.ToValidUTF8(s, "\uFFFD")
	}
	r.field()
	r.lines = appendEscaped(r.lines, s)
	return r
}

// whole is a number.
func (r *row) whole(n int) *row {
	r.field()
	r.lines = strconv.AppendInt(r.lines, int64(n), 10)
	return r
}

// list is an array of texts.
func (r *row) list(items []string) *row {
	var b bytes.Buffer
	b.WriteByte('{')
	for i, s := range items {
		if i > 0 {
			b.WriteByte(',')
		}
		b.WriteByte('"')
		arrayQuotes.WriteString(&b, s)
		b.WriteByte('"')
	}
	b.WriteByte('}')
	return r.text(b.String())
}

var arrayQuotes = strings.NewReplacer(`\`, `\\`, `"`, `\"`)

// end ends the row.
func (r *row) end() {
	r.lines, r.begun, r.n = append(r.lines, '\n'), false, r.n+1
}

// appendEscaped writes what COPY reads as s. A zero character, which PostgreSQL does not
// take, becomes the sign of what cannot be shown.
func appendEscaped(b []byte, s string) []byte {
	for i := range len(s) {
		switch c := s[i]; c {
		case '\\':
			b = append(b, `\\`...)
		case '\t':
			b = append(b, `\t`...)
		case '\n':
			b = append(b, `\n`...)
		case '\r':
			b = append(b, `\r`...)
		case 0:
			b = append(b, "\uFFFD"...)
		default:
			b = append(b, c)
		}
	}
	return b
}
