package web

// This file exports what a search finds. CSV and JSON Lines are sent as they are made;
// what is made whole (XLSX, Parquet, Stata …) is made in a file first. A table that was
// cut short says so in its last line.

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"time"

	"mingxi/cmd/mingxi/find"
	"mingxi/cmd/mingxi/panel"
	"mingxi/cmd/mingxi/table"
	"mingxi/index/query"
	"mingxi/schema"
)

// mostRows bounds an export, stallTime how long a reader may take nothing of it.
const (
	mostRows  = 1_000_000
	stallTime = 30 * time.Second
)

// formats are the kinds of file, in the order of the page.
var formats = []struct{ suffix, kind string }{
	{"csv", "text/csv; charset=utf-8"},
	{"xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"},
	{"jsonl", "application/x-ndjson; charset=utf-8"},
	{"parquet", "application/vnd.apache.parquet"},
	{"dta", "application/octet-stream"},
	{"zip", "application/zip"},
}

// Exports are the files that the hits can be had as.
func (s *searchValue) Exports() []choice {
	var list []choice
	for _, f := range formats {
		list = append(list, choice{Label: strings.ToUpper(f.suffix), URL: s.exportURL(f.suffix)})
	}
	return list
}

// ExportURL is the address of the hits as CSV.
func (s *searchValue) ExportURL() string { return s.exportURL("csv") }

func (s *searchValue) exportURL(suffix string) string {
	to := s.state
	to.Page, to.More = 1, nil
	name := "reports."
	if to.Figures {
		name = "figures."
	}
	return to.at("/export/" + name + suffix)
}

// Snippet are lines that read an address into R, Python and Stata.
func (v *visit) Snippet(address string) string {
	scheme := "http"
	if v.TLS != nil || v.s.o.Proxied {
		scheme = "https"
	}
	url := scheme + "://" + v.Host + address
	return fmt.Sprintf("# R\nd <- read.csv(%q, encoding = \"UTF-8\", colClasses = \"character\")\n# Python\nd = pandas.read_csv(%q, dtype=str)\n* Stata\nimport delimited using %q, encoding(utf-8) stringcols(_all) clear", url, url, url)
}

// export answers /export/figures.csv and the like.
func export(w http.ResponseWriter, v *visit) error {
	what, suffix, _ := strings.Cut(v.PathValue("name"), ".")
	kind := ""
	for _, f := range formats {
		if f.suffix == suffix {
			kind = f.kind
		}
	}
	if what == "panel" && kind != "" {
		return exportPanel(w, v, suffix, kind)
	}
	if kind == "" || what != "figures" && what != "reports" {
		return errNotFound
	}
	st, err := parseState(v.URL.Query())
	if err != nil {
		return err
	}
	if st.Figures = what == "figures"; st.Sort == "" {
		st.Sort = "order"
	}
	req, err := st.request()
	var wrong *query.ParseError
	if errors.As(err, &wrong) {
		return problem{http.StatusBadRequest, wrong.Error(), wrong.Chinese()}
	}
	if err != nil {
		return err
	}
	found, err := find.Search(v.Context(), v.edition.store, v.edition.index, req)
	if err != nil {
		return err
	}
	h := w.Header()
	attach(h, what, st.at(v.URL.Path), suffix, found.Len())
	out := &patient{w: w, control: http.NewResponseController(w)}
	switch suffix {
	case "csv":
		h.Set("Content-Type", kind)
		t, err := table.CSV(out, found.Columns(), table.UTF8BOM)
		if err != nil {
			return err
		}
		return stream(v, out, t, found, func(why string) [][]schema.Cell {
			return [][]schema.Cell{append([]schema.Cell{schema.TextCell("# " + why)}, make([]schema.Cell, len(found.Columns())-1)...)}
		})
	case "jsonl":
		h.Set("Content-Type", kind)
		t := table.JSON(out, found.Columns())
		return stream(v, out, t, found, func(why string) [][]schema.Cell {
			return [][]schema.Cell{append([]schema.Cell{schema.TextCell("# " + why)}, make([]schema.Cell, len(found.Columns())-1)...)}
		})
	}
	if found.Len() > mostRows {
		return errCut
	}
	program, err := v.edition.store.ProgramOf(v.Context())
	if err != nil {
		return err
	}
	return whole(out, found.Name(), found.Columns(), suffix, kind, table.Options{Program: program}, func(t table.Writer) error {
		_, err := rows(v, t, found)
		return err
	})
}

// attach says what is sent: its name has a hash of the address, so that files of
// different queries are told apart.
func attach(h http.Header, what, address, suffix string, rows int) {
	sum := sha256.Sum256([]byte(address))
	h.Set("Content-Disposition", fmt.Sprintf("attachment; filename=mingxi-%s-%s.%s", what, hex.EncodeToString(sum[:4]), suffix))
	h.Set("X-Mingxi-Rows", fmt.Sprint(rows))
}

// exportPanel answers /export/panel.csv and the like: a row for each cell.
func exportPanel(w http.ResponseWriter, v *visit, suffix, kind string) error {
	st, err := parsePanel(v.URL.Query())
	if err != nil {
		return err
	}
	p, err := v.panel(st)
	if err != nil {
		return err
	}
	attach(w.Header(), "panel", st.URL(), suffix, len(p.cells))
	out := &patient{w: w, control: http.NewResponseController(w)}
	return whole(out, "panel", panel.LongColumns(), suffix, kind, table.Options{}, func(t table.Writer) error { return t.Write(panel.LongRows(p.cells)) })
}

// A patient writer gives a reader time as long as he takes something.
type patient struct {
	w       http.ResponseWriter
	control *http.ResponseController
	n       int64
}

func (p *patient) Write(b []byte) (int, error) {
	p.control.SetWriteDeadline(time.Now().Add(stallTime))
	n, err := p.w.Write(b)
	p.n += int64(n)
	return n, err
}

// rows writes the hits to a table.
func rows(v *visit, t table.Writer, found *find.Result) (n int, err error) {
	err = found.Rows(found.All(), true, func(row []schema.Cell) error {
		if err := v.Context().Err(); err != nil {
			return err
		}
		if n == mostRows {
			return errCut
		}
		if err := t.Write([][]schema.Cell{row}); err != nil {
			return err
		}
		n++
		return nil
	})
	return n, cmp.Or(err, found.Err())
}

var errCut = problem{http.StatusRequestEntityTooLarge, "more rows than an export may have: narrow the search, or use mingxi export", "行数超过一次导出的上限：请缩小范围，或用 mingxi export"}

// stream sends rows as they are made. Once some are sent an error can only be told in
// the last line.
func stream(v *visit, out *patient, t table.Writer, found *find.Result, last func(why string) [][]schema.Cell) error {
	n, err := rows(v, t, found)
	if err == nil {
		return t.Close()
	}
	if out.n == 0 {
		return err
	}
	p, told := problemOf(err)
	if !told && v.s.o.Log != nil {
		v.s.o.Log(fmt.Sprintf("%q: %v", v.URL.Path, err))
	}
	t.Write(last(fmt.Sprintf("%s: %d / %d: %s", v.Text("cut short", "未完"), n, found.Len(), v.Text(p.en, p.zh))))
	t.Close()
	return nil
}

// whole makes a file and then sends it.
func whole(out *patient, name string, columns []schema.Column, suffix, kind string, o table.Options, write func(table.Writer) error) error {
	dir, err := os.MkdirTemp("", "mingxi-export-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	path := filepath.Join(dir, name+"."+suffix)
	t, err := table.Create(path, name, columns, o)
	if err != nil {
		return err
	}
	defer t.Discard()
	if err := write(t); err != nil {
		return err
	}
	if err := t.Close(); err != nil {
		return err
	}
	f, err := os.Open(path)
	if err != nil {
		return err
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		return err
	}
	h := out.w.Header()
	h.Set("Content-Type", kind)
	h.Set("Content-Length", fmt.Sprint(info.Size()))
	_, err = io.Copy(out, f)
	if out.n > 0 { // it is on its way: nothing more can be told
		return nil
	}
	return err
}
