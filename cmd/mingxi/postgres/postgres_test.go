package postgres

import (
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"mingxi/corpus"
	"mingxi/extract"
	"mingxi/schema"
)

const report = "甲县民政局2019年工作总结\n一、救灾\n全县受災１２００亩。联系人电话13812345678。\n"

// read is a report as a corpus has it.
func read(t *testing.T, text string) Document {
	d, err := corpus.Read("a.txt", []byte(text), corpus.Options{})
	if err != nil {
		t.Fatal(err)
	}
	r := extract.New().Read(d)
	return Document{Parts: func(yield func(*schema.Document, *schema.Reading) error) error { return yield(d, r) }, Program: "1.0"}
}

// encode makes all rows of a document.
func encode(d Document, personal bool) (rows Rows, err error) {
	err = Encode(d, personal, func(more Rows) error {
		rows.files, rows.text = append(rows.files, more.files...), rows.text+more.text
		return nil
	})
	return rows, err
}

// lines are the rows of a table, cells in brackets.
func lines(rows Rows, table string) string {
	var b strings.Builder
	for _, r := range rows.files {
		if r.table == table {
			b.Write(r.lines)
		}
	}
	return b.String()
}

func TestEncode(t *testing.T) {
	rows, err := encode(read(t, report), false)
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []struct{ table, cells string }{
		{"texts", "全县受災１２００亩。"},    // as it is printed
		{"texts", "电话138********"}, // but for personal numbers
		{"articles", "\t甲县民政局2019年工作总结\\n一、救灾\\n全县受灾1200亩。"}, // as it is searched
		{"articles", `{"一、救灾"}`},                               // headings
		{"articles", `"县受","县民","受","受灾"`},                     // grams
		{"sentences", "\t20\t10\t全县受灾1200亩。联系人电话138********。"}, // and what follows
		{"figures", "\t１２００亩\t20\t10\t80\t"},
		{"figures", "\t1200\t\\N\t亩\t\\N\t80\t公顷\tamount\tdone\t"},
	} {
		if got := lines(rows, want.table); !strings.Contains(got, want.cells) {
			t.Errorf("%s has no %q:\n%s", want.table, want.cells, got)
		}
	}
	rows, err = encode(read(t, report), true)
	if err != nil || !strings.Contains(lines(rows, "texts"), "13812345678") {
		t.Errorf("personal numbers as printed: %v\n%s", err, lines(rows, "texts"))
	}
}

// What COPY reads is what was written.
func TestEscapes(t *testing.T) {
	var r row
	r.text("a\tb\\N\r\nc\x00").text("").list([]string{`"引号"`, `back\slash`}).whole(-1).end()
	if got, want := string(r.lines), "a\\tb\\\\N\\r\\nc\uFFFD\t\\N\t"+`{"\\"引号\\"","back\\\\slash"}`+"\t-1\n"; got != want {
		t.Errorf("got  %q\nwant %q", got, want)
	}
}

// A period that is no day of the calendar is not made up.
func TestNoDate(t *testing.T) {
	d := read(t, report)
	bad := Document{Parts: func(yield func(*schema.Document, *schema.Reading) error) error {
		return d.Parts(func(doc *schema.Document, r *schema.Reading) error {
			r.Metrics[0].Period = schema.Period{Printed: "2月30日", Start: "2019-02-30", End: "2019-02-30"}
			return yield(doc, r)
		})
	}}
	if _, err := encode(bad, false); err == nil || !strings.Contains(err.Error(), `figure 1: period_start is "2019-02-30", no date`) {
		t.Errorf("err = %v", err)
	}
}

// The directory appears whole; the same corpus gives the same bytes; what is no export is
// not replaced.
func TestDirectory(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "postgres")
	write := func() error {
		w, err := Create(dir+"/", "1.0")
		if err != nil {
			return err
		}
		defer w.Discard()
		for _, text := range []string{report, "无标题\n"} {
			if err := Encode(read(t, text), false, w.Write); err != nil {
				return err
			}
		}
		return w.Close()
	}
	all := func() string {
		var b bytes.Buffer
		err := filepath.WalkDir(dir, func(path string, e os.DirEntry, err error) error {
			if err != nil || e.IsDir() {
				return err
			}
			text, err := os.ReadFile(path)
			b.WriteString(path + "\n" + string(text))
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
		return b.String()
	}
	if err := write(); err != nil {
		t.Fatal(err)
	}
	first := all()
	if err := write(); err != nil || all() != first {
		t.Errorf("again: %v", err)
	}
	if !strings.Contains(first, "articles\tnone\t2\n") {
		t.Errorf("no count of rows:\n%.2000s", first)
	}
	if err := os.Remove(filepath.Join(dir, "load.sql")); err != nil {
		t.Fatal(err)
	}
	if err := write(); !errors.Is(err, ErrTaken) {
		t.Errorf("over something else: %v", err)
	}
}

func TestIs(t *testing.T) {
	for name, want := range map[string]bool{"postgres/": true, "postgres": true, "out/2020.postgres/": true, "./postgres": true,
		"": false, "postgres.csv": false, "figures/": false, "a.postgresql": false} {
		if Is(name) != want {
			t.Errorf("%s: %v", name, !want)
		}
	}
}
