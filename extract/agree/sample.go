package agree

import (
	"bytes"
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strings"
)

// A Sample is a hand-coded document: NAME.tsv with its source beside it.
type Sample struct {
	Name   string
	Source string // file name of the document
	Gold   []Gold
}

// Samples reads the hand-coded documents of a directory, in the order of their
// names. A table without a document beside it is an error.
func Samples(dir fs.FS) ([]Sample, error) {
	tables, err := fs.Glob(dir, "*.tsv")
	if err != nil {
		return nil, err
	}
	slices.Sort(tables)
	var samples []Sample
	for _, name := range tables {
		s := Sample{Name: strings.TrimSuffix(name, ".tsv")}
		if s.Source, err = source(dir, s.Name); err != nil {
			return nil, err
		}
		data, err := fs.ReadFile(dir, name)
		if err != nil {
			return nil, err
		}
		if s.Gold, err = parse(data); err != nil {
			return nil, fmt.Errorf("%s: %w", name, err)
		}
		samples = append(samples, s)
	}
	return samples, nil
}

// source finds the document that belongs to a table: NAME.txt, or else the one
// file NAME.* of another format.
func source(dir fs.FS, name string) (string, error) {
	if _, err := fs.Stat(dir, name+".txt"); err == nil {
		return name + ".txt", nil
	}
	files, err := fs.ReadDir(dir, ".")
	if err != nil {
		return "", err
	}
	for _, f := range files {
		if ext := path.Ext(f.Name()); ext != ".tsv" && strings.TrimSuffix(f.Name(), ext) == name {
			return f.Name(), nil
		}
	}
	return "", fmt.Errorf("%s.tsv: no document %s.txt beside it", name, name)
}

// parse reads a table: tabs, a header, no quoting.
func parse(data []byte) ([]Gold, error) {
	lines := strings.Split(string(bytes.TrimPrefix(data, []byte("\ufeff"))), "\n")
	header := strings.Split(strings.TrimRight(lines[0], "\r"), "\t")
	for _, name := range []string{"order", "raw", "value", "unit", "keys", "kind"} {
		if !slices.Contains(header, name) {
			return nil, fmt.Errorf("no column %q in the header", name)
		}
	}
	var rows []Gold
	for n, line := range lines[1:] {
		line = strings.TrimRight(line, "\r")
		if line == "" {
			continue
		}
		cells := strings.Split(line, "\t")
		if len(cells) > len(header) {
			return nil, fmt.Errorf("line %d: %d cells under %d columns", n+2, len(cells), len(header))
		}
		rows = append(rows, row(header, cells))
	}
	return rows, nil
}

func row(header, cells []string) Gold {
	get := func(name string) string {
		if i := slices.Index(header, name); 0 <= i && i < len(cells) {
			return cells[i]
		}
		return ""
	}
	var slots map[string]string
	if slices.Contains(header, Slots[0]) {
		slots = map[string]string{}
		for _, name := range Slots {
			slots[name] = get(name)
		}
	}
	return Gold{Good: get("good_label"), Slots: slots, Order: get("order"), Raw: get("raw"), Value: get("value"), Unit: get("unit"), Per: get("per"),
		Keys: get("keys"), Not: get("not"), Kind: get("kind"), Status: get("status"), Approx: get("approx"),
		PartOf: get("part_of"), Note: get("note")}
}
