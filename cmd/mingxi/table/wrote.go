package table

// This file tells tables that mingxi wrote itself, which may be replaced, from the reports of a user, which may not.

import (
	"archive/zip"
	"bytes"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// begins are how tables of what is read begin, by suffix.
var begins = map[string][]string{
	".csv":   {"doc_id,", "source,article,"},
	".jsonl": {`{"doc_id":`, `{"source":`},
}

// Wrote reports whether a file among reports is a table that Create wrote, or of a format that nobody reads as a report.
// A workbook that Excel has stored since is none.
func Wrote(path string) bool {
	suffix := strings.ToLower(filepath.Ext(path))
	if formats[suffix] == nil {
		return false
	}
	file, err := os.Open(path)
	if err != nil {
		return false
	}
	defer file.Close()
	switch suffix {
	case ".csv", ".jsonl":
		head := headOf(file)
		return len(head) == 0 || slices.ContainsFunc(begins[suffix], func(s string) bool { return bytes.HasPrefix(head, []byte(s)) })
	case ".xlsx":
		return holds(path, "xl/worksheets/", ">doc_id<", ">source<")
	case ".zip":
		return holds(path, "datapackage.json", `"program": "mingxi `)
	}
	return true
}

// headOf is the beginning of a file, without a mark of byte order.
func headOf(r io.Reader) []byte {
	const most = 64 << 10
	head, _ := io.ReadAll(io.LimitReader(r, most))
	return bytes.TrimPrefix(head, []byte("\xef\xbb\xbf"))
}

// holds reports whether a member of an archive whose name begins so has one of some words near its beginning.
func holds(path, name string, words ...string) bool {
	z, err := zip.OpenReader(path)
	if err != nil {
		return false
	}
	defer z.Close()
	for _, member := range z.File {
		if !strings.HasPrefix(member.Name, name) {
			continue
		}
		r, err := member.Open()
		if err != nil {
			return false
		}
		head := headOf(r)
		r.Close()
		if slices.ContainsFunc(words, func(w string) bool { return bytes.Contains(head, []byte(w)) }) {
			return true
		}
	}
	return false
}
