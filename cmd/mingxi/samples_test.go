package main

import (
	"encoding/csv"
	"io"
	"strconv"
	"strings"
	"testing"
	"unicode/utf8"

	"mingxi/corpus"
	"mingxi/schema"
)

// What the README shows: the sample reports are read as they should be.
func TestSamples(t *testing.T) {
	want := map[string]struct {
		format, encoding string
		articles         int
		figures          int // at least
	}{
		"collection.txt":               {"txt", "utf-8", 3, 70},
		"qingzhe-emergency-2021.html":  {"html", "utf-8", 1, 40},
		"yanhu-civil-affairs-2014.txt": {"txt", "gb18030", 1, 70},
	}
	r := newReader()
	seen := 0
	for s, err := range corpus.Sources(t.Context(), []string{"../../samples"}, corpus.SourceOptions{}) {
		if err != nil {
			t.Fatal(err)
		}
		one, err := r.read(t.Context(), s)
		if err != nil {
			t.Errorf("%s: %v", s.Name, err)
			continue
		}
		name := s.Name[strings.LastIndexByte(s.Name, '/')+1:]
		w, d := want[name], one.doc
		if d.Format != w.format || d.Encoding != w.encoding || len(d.Articles) != w.articles || len(one.reading.Metrics) < w.figures {
			t.Errorf("%s: %s, %s, %d articles, %d figures; want %v", name, d.Format, d.Encoding, len(d.Articles), len(one.reading.Metrics), w)
		}
		for i := range one.reading.Metrics {
			if err := one.reading.Metrics[i].Fits(d); err != nil {
				t.Errorf("%s: %v", name, err)
			}
		}
		reslices(t, one)
		seen++
	}
	if seen != len(want) {
		t.Errorf("%d samples, want %d", seen, len(want))
	}
}

// reslices checks the contract of raw, start and end as a user of the CSV has
// them: characters of the text that show --text prints.
func reslices(t *testing.T, one report) {
	t.Helper()
	text := []rune(one.doc.Text)
	at := map[string]int{}
	for i, name := range schema.Header() {
		at[name] = i
	}
	err := one.rows(func(rows [][]schema.Cell) error {
		for _, cells := range rows {
			row := schema.Strings(cells)
			start, _ := strconv.Atoi(row[at["start"]])
			end, err := strconv.Atoi(row[at["end"]])
			raw := row[at["raw"]]
			if err != nil || start < 0 || end > len(text) || start >= end || string(text[start:end]) != raw {
				t.Errorf("%s #%s: text[%s:%s] is not raw %q", one.doc.Source, row[at["seq"]], row[at["start"]], row[at["end"]], raw)
			}
			if !strings.Contains(row[at["sentence"]], raw) {
				t.Errorf("%s #%s: %q is not in its sentence %q", one.doc.Source, row[at["seq"]], raw, row[at["sentence"]])
			}
			if n := utf8.RuneCountInString(row[at["label"]]); n > 40 {
				t.Errorf("%s #%s: label of %d characters", one.doc.Source, row[at["seq"]], n)
			}
		}
		return nil
	})
	if err != nil {
		t.Error(err)
	}
}

// FuzzExtract: any file gives an error or figures that stand in its text.
func FuzzExtract(f *testing.F) {
	for _, seed := range []string{
		"一、救灾工作\n农作物受灾37415公顷,绝收201X公顷;倒塌房屋140户372间。",
		"<html><body><table><tr><th>县</th><th>户数(户)</th></tr><tr><td>甲县</td><td>1,024</td></tr></table></body></html>",
		"全镇８５６户,发放救助金3⏎\n\n3.8万元,比上年增长12.5%;补助标准由165元增至195元。",
		"\xcf\xd8\xb5\xcd\xb1\xa3326\xbb\xa7", "%PDF-1.4\n1 0 obj", "{\\rtf1 \\u20302?326}",
	} {
		f.Add([]byte(seed))
	}
	r := newReader()
	f.Fuzz(func(t *testing.T, data []byte) {
		doc, err := corpus.Read("fuzz.txt", data, corpus.Options{MaxBytes: 1 << 20})
		if err != nil {
			return
		}
		one := report{doc: doc, reading: r.extractor.Read(doc)}
		for i := range one.reading.Metrics {
			if err := one.reading.Metrics[i].Fits(doc); err != nil {
				t.Error(err)
			}
		}
		reslices(t, one)
		w := csv.NewWriter(io.Discard)
		if err := one.rows(func(rows [][]schema.Cell) error {
			for _, row := range rows {
				w.Write(schema.Strings(row))
			}
			return w.Error()
		}); err != nil {
			t.Error(err)
		}
	})
}
