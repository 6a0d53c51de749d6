package web

// This file exports what a search finds. CSV and JSON Lines are sent while they are made;
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

	"mingxi/cmd/mingxi/find"
	"mingxi/cmd/mingxi/panel"
	"mingxi/cmd/mingxi/table"
	"mingxi/schema"
)

// mostRows bounds an export.
const mostRows = 1_000_000

// formats are the kinds of file, in the order of the page.
var formats = []struct{ suffix, kind string }{
	{"csv", "text/csv; charset=utf-8"},
	{"xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"},
	{"jsonl", "application/x-ndjson; charset=utf-8"},
	{"parquet", "application/vnd.apache.parquet"},
	{"dta", "application/octet-stream"},
	{"zip", "application/zip"},
}

// exports are the files that a table can be had as, each with its address.
func exports(at func(suffix string) string) (list []choice) {
	for _, f := range formats {
		list = append(list, choice{Label: strings.ToUpper(f.suffix), URL: at(f.suffix)})
	}
	return list
}

// Exports are the files that the hits can be had as.
func (s *searchValue) Exports() []choice { return exports(s.ExportURL) }

// ExportURL is the address of the hits as a file.
func (s *searchValue) ExportURL(suffix string) string {
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
	st.Figures = what == "figures"
	req, err := st.request()
	if err != nil {
		return err
	}
	found, err := v.described(st, req)
	if err == nil && found.Wish == nil && st.Sort == "" {
		req.Sort, req.Reader = find.Sorts["order"], nil
		found, err = v.search(req)
	}
	if err != nil {
		return err
	}
	h := w.Header()
	attach(h, what, st.at(v.URL.Path), suffix, found.Len())
	if suffix == "csv" || suffix == "jsonl" {
		h.Set("Content-Type", kind)
		n := 0
		err := sending(w, v, func(out io.Writer) error {
			t, err := table.Writer(table.JSON(out, found.Columns())), error(nil)
			if suffix == "csv" {
				t, err = table.CSV(out, found.Columns(), table.UTF8BOM)
			}
			if err == nil {
				n, err = stream(v, t, found)
			}
			return err
		})
		h.Set(http.TrailerPrefix+"X-Mingxi-Rows", fmt.Sprint(n))
		return err
	}
	if found.Len() > v.s.rows {
		return errCut
	}
	program, err := v.edition.store.ProgramOf(v.Context())
	if err != nil {
		return err
	}
	return whole(w, v, found.Name(), found.Columns(), suffix, kind, table.Options{Program: program}, func(t table.Writer) (int, error) { return rows(v, t, found) })
}

// attach says what is sent: its name has a hash of the address, so that files of
// different queries are told apart. How many rows were sent is known when they were.
func attach(h http.Header, what, address, suffix string, found int) {
	sum := sha256.Sum256([]byte(address))
	h.Set("Content-Disposition", fmt.Sprintf("attachment; filename=mingxi-%s-%s.%s", what, hex.EncodeToString(sum[:4]), suffix))
	h.Set("X-Mingxi-Found", fmt.Sprint(found))
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
	return whole(w, v, "panel", panel.LongColumns(), suffix, kind, table.Options{}, func(t table.Writer) (int, error) { return len(p.cells), t.Write(panel.LongRows(p.cells)) })
}

// rows writes the hits to a table.
func rows(v *visit, t table.Writer, found *find.Result) (n int, err error) {
	err = found.Rows(found.All(), true, func(row []schema.Cell) error {
		if err := v.Context().Err(); err != nil {
			return err
		}
		if n == v.s.rows {
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
func stream(v *visit, t table.Writer, found *find.Result) (n int, err error) {
	n, err = rows(v, t, found)
	if err == nil {
		return n, t.Close()
	}
	if n == 0 {
		return n, err
	}
	p, told := problemOf(err)
	if !told && v.s.o.Log != nil {
		v.s.o.Log(fmt.Sprintf("%q: %v", v.URL.Path, err))
	}
	last := make([]schema.Cell, len(found.Columns()))
	last[0] = schema.TextCell(fmt.Sprintf("# %s: %d / %d: %s", v.Text("cut short", "未完"), n, found.Len(), v.Text(p.en, p.zh)))
	return n, errors.Join(t.Write([][]schema.Cell{last}), t.Close())
}

// whole makes a file and then sends it.
func whole(w http.ResponseWriter, v *visit, name string, columns []schema.Column, suffix, kind string, o table.Options, write func(table.Writer) (rows int, err error)) error {
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
	n, err := write(t)
	if err == nil {
		err = t.Close()
	}
	if err != nil {
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
	h := w.Header()
	h.Set("Content-Type", kind)
	h.Set("Content-Length", fmt.Sprint(info.Size()))
	h.Set("X-Mingxi-Rows", fmt.Sprint(n))
	v.done()
	(&spool{file: f, written: info.Size(), ended: true, stall: stallTime}).send(w) // of a failure nothing more can be told
	return nil
}
