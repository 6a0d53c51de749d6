package store

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"

	"mingxi/schema"
)

// document is a small report with structure of every sort, read under path.
func document(path, words string) (Source, *schema.Document, *schema.Reading) {
	text := "某县民政局二〇一一年工作总结\n一、救灾\n" + words + "全县受灾3.2万人次，绝收约120公顷。\n"
	sum := sha256.Sum256([]byte(text))
	at := func(s string) schema.Span {
		i := strings.Index(text, s)
		return schema.Span{Start: i, End: i + len(s)}
	}
	title, heading := at("某县民政局二〇一一年工作总结"), at("一、救灾")
	body := at(words + "全县受灾3.2万人次，绝收约120公顷。")
	d := &schema.Document{
		ID: hex.EncodeToString(sum[:8]), Source: path, Format: "txt", Encoding: "gb18030", Confidence: 0.9, Text: text,
		Articles: []schema.Article{{N: 1, Title: "某县民政局二〇一一年工作总结", Span: schema.Span{End: len(text)}}},
		Blocks: []schema.Block{
			{Kind: schema.Title, Span: title, Place: 1},
			{Kind: schema.Heading, Level: 1, Span: heading, Place: 2, Page: 1},
			{Kind: schema.Row, Span: body, Place: 3, Page: 2, Table: 1, Head: true, Cells: []schema.Span{at("绝收约"), at("120公顷")}},
		},
		Sentences: []schema.Span{title, heading, body},
		Removed:   []schema.Removal{{At: heading.Start, Text: "第1页", Reason: "page mark"}},
		Warnings:  []string{"page 3 has no text"},
	}
	r := &schema.Reading{
		Origins: []schema.Origin{{Article: 1, Org: "某县民政局", Year: 2011, Region: schema.Region{Code: "530324", Name: "罗平县", Method: "printed", Score: 0.9}}},
		Metrics: []schema.Metric{
			{Seq: 1, Article: 1, Span: at("3.2万人次"), Label: "受灾人次", Code: "zai_rc", Value: schema.Int(32000), Unit: "人次",
				SI: schema.Int(32000), SIUnit: "人次", Sentence: body, Section: "救灾", Rule: "count/人次",
				Period: schema.Period{Printed: "二〇一一年", Start: "2011-01-01", End: "2011-12"}, Flags: []string{"repaired", "table"}},
			{Seq: 2, Article: 1, Span: at("约120公顷"), Label: "绝收面积", Value: decimalOf("120.05"), Max: decimalOf("123456789012345.678"),
				Unit: "公顷", Per: "户·年", SI: decimalOf("0.1"), SIUnit: "", Kind: schema.Change, Status: schema.Planned,
				Approx: schema.About, PartOf: 1, Sentence: body, Page: 2, Rule: "area/公顷",
				Slots: schema.Slots{Place: "东乡", Object: "农作物", Event: "绝收", Measure: "面积", Base: "播种面积"},
				Cell:  "收支!B7", IndicatorScore: decimalOf("0.75"), Confidence: decimalOf("0.9"),
				Check: schema.Contradicts, CheckIDs: []string{"sum-1", "rate-2"}, Corrected: "value=120"},
		},
	}
	return Source{Path: path, Size: int64(len(text)), ModTime: 7, Hash: sum[:]}, d, r
}

// rooted is document below the root /reports.
func rooted(path string) (Source, *schema.Document, *schema.Reading) {
	s, d, r := document(path, "")
	s.Root, s.Path, d.Root = "/reports", "/reports/"+path, "/reports"
	return s, d, r
}

func decimalOf(s string) schema.Decimal {
	d, err := schema.ParseDecimal(s)
	if err != nil {
		panic(err)
	}
	return d
}

func openWriter(t *testing.T, dir string) *Writer {
	t.Helper()
	w, err := OpenWriter(t.Context(), dir, "test")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { w.Close() })
	return w
}

func put(t *testing.T, w *Writer, path, words string) *schema.Document {
	t.Helper()
	s, d, r := document(path, words)
	if _, err := w.Put(s, d, r, Sketch(d)); err != nil {
		t.Fatal(err)
	}
	return d
}

func commit(t *testing.T, w *Writer) []Change {
	t.Helper()
	c, err := w.Commit()
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// problems are what verify finds.
func problems(t *testing.T, s *Store) (all []string) {
	t.Helper()
	if err := s.Verify(t.Context(), func(p string) { all = append(all, p) }, nil); err != nil {
		t.Fatal(err)
	}
	return all
}

// What goes in comes out, to the last field.
func TestRoundTrip(t *testing.T) {
	w := openWriter(t, t.TempDir())
	s, d, r := rooted("a.txt")
	if _, err := w.Put(s, d, r, nil); err != nil {
		t.Fatal(err)
	}
	if c := commit(t, w); len(c) != 1 || c[0].Document != d {
		t.Errorf("changes %+v", c)
	}
	got, reading, err := w.Document(t.Context(), d.ID)
	if err != nil {
		t.Fatal(err)
	}
	if !reflect.DeepEqual(got, d) {
		t.Errorf("document\n%+v, want\n%+v", got, d)
	}
	if !reflect.DeepEqual(reading, r) {
		t.Errorf("reading\n%+v, want\n%+v", reading, r)
	}
	if p := problems(t, w.Store); p != nil {
		t.Errorf("verify: %q", p)
	}
}

// The view that researchers read has the columns of the CSV and the same cells.
func TestViewIsTheContract(t *testing.T) {
	w := openWriter(t, t.TempDir())
	s, d, r := rooted("a.txt")
	if _, err := w.Put(s, d, r, nil); err != nil {
		t.Fatal(err)
	}
	commit(t, w)
	rows, err := w.Store.db.Query("SELECT * FROM metrics ORDER BY source, seq")
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	if names, _ := rows.Columns(); !reflect.DeepEqual(names, schema.Header()) {
		t.Fatalf("columns %q, want %q", names, schema.Header())
	}
	err = schema.Rows(d, r, func(row []schema.Cell) error {
		want := schema.Strings(row)
		if !rows.Next() {
			return errors.New("too few rows")
		}
		cells, got := make([]any, len(want)), make([]string, len(want))
		for i := range cells {
			cells[i] = new(any)
		}
		if err := rows.Scan(cells...); err != nil {
			return err
		}
		for i, c := range cells {
			if v := *c.(*any); v != nil {
				got[i] = fmt.Sprint(v)
			}
		}
		if !reflect.DeepEqual(got, want) {
			return fmt.Errorf("row\n%q, want\n%q", got, want)
		}
		return nil
	})
	if err != nil {
		t.Error(err)
	}
}

// Files with the same bytes share a document, which is named after the least of
// their paths in whatever order they come and go.
func TestSameBytes(t *testing.T) {
	w := openWriter(t, t.TempDir())
	d := put(t, w, "m.txt", "")
	source := func() string {
		t.Helper()
		commit(t, w)
		if p := problems(t, w.Store); p != nil {
			t.Errorf("verify: %q", p)
		}
		source, _, err := w.Has(t.Context(), d.ID)
		if err != nil {
			t.Fatal(err)
		}
		return source
	}
	s, _, _ := document("z.txt", "")
	if ok, err := w.Link(s, d.ID); !ok || err != nil {
		t.Errorf("link z: %v, %v", ok, err)
	}
	s.Path = "b.txt"
	if ok, err := w.Link(s, d.ID); ok || err != nil {
		t.Errorf("link b, which must be read: %v, %v", ok, err)
	}
	if got := source(); got != "m.txt" {
		t.Errorf("source %s, want m.txt", got)
	}
	put(t, w, "b.txt", "")
	if got := source(); got != "b.txt" {
		t.Errorf("source %s, want b.txt", got)
	}
	if err := w.Remove("b.txt"); err != nil {
		t.Fatal(err)
	}
	if got := source(); got != "m.txt" {
		t.Errorf("after b.txt went: source %s, want m.txt", got)
	}
	if stale, _ := w.Stale(t.Context()); len(stale) != 1 {
		t.Errorf("stale: %v, want the document, which has another name now", stale)
	}
	w.Remove("m.txt")
	w.Remove("z.txt")
	if c := commit(t, w); len(c) != 1 || c[0].Document != nil {
		t.Errorf("changes %+v, want one that forgets the document", c)
	}
	if refs, _ := w.Refs(t.Context()); len(refs) != 0 {
		t.Errorf("left: %v", refs)
	}
}

// What a path tells of the region counts only where all paths of a document agree: a
// document that was read by its path is read again when it gets or loses one.
func TestPathsOfARegion(t *testing.T) {
	for method, want := range map[string]int{"printed": 0, "path": 1, "": 1} {
		w := openWriter(t, t.TempDir())
		s, d, r := document("m.txt", "")
		r.Origins[0].Region.Method = method
		if _, err := w.Put(s, d, r, nil); err != nil {
			t.Fatal(err)
		}
		commit(t, w)
		stale := func(when string, want int) {
			t.Helper()
			commit(t, w)
			if list, err := w.Stale(t.Context()); len(list) != want || err != nil {
				t.Errorf("method %q, %s: to be extracted again %v, %v", method, when, list, err)
			}
		}
		stale("one path", 0)
		s.Path = "z.txt"
		if ok, err := w.Link(s, d.ID); !ok || err != nil {
			t.Fatal(ok, err)
		}
		stale("a second path", want)
		refs, err := w.Refs(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		if err := w.Replace(refs[0], d, r); err != nil {
			t.Fatal(err)
		}
		stale("extracted", 0)
		if err := w.Remove("z.txt"); err != nil {
			t.Fatal(err)
		}
		stale("the second is gone", want)
	}
}

// Roots do not lie in one another, in whatever order they come; a move takes all below
// along, and a file that is known at its new place is not doubled.
func TestRoots(t *testing.T) {
	w := openWriter(t, t.TempDir())
	add := func(root, name, words string) {
		t.Helper()
		commit(t, w)
		s, d, r := document(name, words)
		in, err := w.Enroot(t.Context(), []string{root})
		if err != nil {
			t.Fatal(err)
		}
		s.Root, s.Path = in[root], root+"/"+name
		d.Root, d.Source = s.Root, s.Name()
		if _, err := w.Put(s, d, r, nil); err != nil {
			t.Fatal(err)
		}
		commit(t, w)
	}
	names := func() (out []string) {
		t.Helper()
		commit(t, w)
		refs, err := w.Refs(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		for _, r := range refs {
			out = append(out, r.Root+" "+r.Source)
		}
		if p := problems(t, w.Store); p != nil {
			t.Errorf("verify: %q", p)
		}
		return out
	}
	same := func(want ...string) {
		t.Helper()
		if got := names(); !reflect.DeepEqual(got, want) {
			t.Errorf("got %q, want %q", got, want)
		}
	}
	add("/d/one", "a.txt", "一")
	add("/d/two", "a.txt", "二")
	add("/data", "a.txt", "三") // not below /d
	same("/d/one a.txt", "/d/two a.txt", "/data a.txt")
	add("/d", "b.txt", "四")
	same("/data a.txt", "/d b.txt", "/d one/a.txt", "/d two/a.txt")
	add("/d/one", "c.txt", "五")
	same("/data a.txt", "/d b.txt", "/d one/a.txt", "/d one/c.txt", "/d two/a.txt")
	move := func(from, to string, want int) {
		t.Helper()
		n, err := w.Move(t.Context(), from, to)
		if err != nil || n != want {
			t.Errorf("move %s to %s: %d, %v, want %d", from, to, n, err, want)
		}
	}
	move("/d/one", "/d/uno", 2) // within its root
	move("/data", "/e/f", 1)    // a root
	same("/e/f a.txt", "/d b.txt", "/d two/a.txt", "/d uno/a.txt", "/d uno/c.txt")
	move("/d/two", "/e/two", 1)
	same("/e/f a.txt", "/e/two a.txt", "/d b.txt", "/d uno/a.txt", "/d uno/c.txt")
	move("/d", "/d/deeper", 3)
	add("/d/deeper", "b.txt", "四") // the same file, found at its new place
	same("/e/f a.txt", "/e/two a.txt", "/d/deeper b.txt", "/d/deeper uno/a.txt", "/d/deeper uno/c.txt")
	move("/d", "/d/deeper", 0)
	move("/nowhere", "/x", 0)
}

// A changed file replaces its document; a file that can no longer be parsed
// drops it; one that cannot be opened keeps it.
func TestChangedFile(t *testing.T) {
	w := openWriter(t, t.TempDir())
	put(t, w, "a.txt", "")
	d := put(t, w, "a.txt", "今年，")
	commit(t, w)
	if refs, _ := w.Refs(t.Context()); len(refs) != 1 || refs[0].ID != d.ID {
		t.Fatalf("documents %v, want %s alone", refs, d.ID)
	}
	if err := w.Fail(Source{Path: "a.txt", Size: 1, ModTime: 2}, "permission denied"); err != nil {
		t.Fatal(err)
	}
	commit(t, w)
	if refs, _ := w.Refs(t.Context()); len(refs) != 1 {
		t.Errorf("a file that cannot be opened lost its document")
	}
	if err := w.Fail(Source{Path: "a.txt", Size: 1, ModTime: 2, Hash: []byte{1}}, "not a text"); err != nil {
		t.Fatal(err)
	}
	commit(t, w)
	if refs, _ := w.Refs(t.Context()); len(refs) != 0 {
		t.Errorf("documents %v, want none", refs)
	}
	if f, _ := w.Failures(t.Context()); !reflect.DeepEqual(f, []Failure{{"a.txt", "not a text"}}) {
		t.Errorf("failures %v", f)
	}
	if p := problems(t, w.Store); p != nil {
		t.Errorf("verify: %q", p)
	}
}

// A mark is taken back by the index that has the newest change, not by one that
// has an older.
func TestMarks(t *testing.T) {
	w := openWriter(t, t.TempDir())
	put(t, w, "b.txt", "")
	first := commit(t, w)
	put(t, w, "a.txt", "") // the same bytes, read anew under the lesser path
	second := commit(t, w)
	marks := func() int {
		m, err := w.Unindexed(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		return len(m)
	}
	w.Indexed([]Mark{first[0].Mark})
	commit(t, w)
	if marks() != 1 {
		t.Error("the index has an old state, and the mark is gone")
	}
	w.Indexed([]Mark{second[0].Mark})
	commit(t, w)
	if marks() != 0 {
		t.Error("the index has the newest state, and the mark is still there")
	}
}

func TestOneWriter(t *testing.T) {
	dir := t.TempDir()
	w := openWriter(t, dir)
	if _, err := OpenWriter(t.Context(), dir, "test"); !errors.Is(err, ErrBusy) {
		t.Errorf("second writer: %v, want ErrBusy", err)
	}
	put(t, w, "a.txt", "")
	r, err := Open(t.Context(), dir) // a reader sees what is committed, at any time
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	if refs, err := r.Refs(t.Context()); len(refs) != 0 || err != nil {
		t.Errorf("before the commit: %v, %v", refs, err)
	}
	commit(t, w)
	if refs, err := r.Refs(t.Context()); len(refs) != 1 || err != nil {
		t.Errorf("after the commit: %v, %v", refs, err)
	}
	w.Close()
	openWriter(t, dir)
}

func TestVersions(t *testing.T) {
	for _, c := range []struct {
		version int
		want    error
	}{{0, ErrOlder}, {SchemaVersion + 1, ErrNewer}} {
		dir := t.TempDir()
		w := openWriter(t, dir)
		if err := w.setMeta("schema_version", fmt.Sprint(c.version)); err != nil {
			t.Fatal(err)
		}
		commit(t, w)
		w.Close()
		if _, err := OpenWriter(t.Context(), dir, "test"); !errors.Is(err, c.want) {
			t.Errorf("version %d: %v, want %v", c.version, err, c.want)
		}
		if _, err := Open(t.Context(), dir); !errors.Is(err, c.want) {
			t.Errorf("version %d, to read: %v, want %v", c.version, err, c.want)
		}
	}
	if _, err := Open(t.Context(), t.TempDir()); !errors.Is(err, ErrNoCorpus) {
		t.Errorf("empty directory: %v", err)
	}
}

// A damaged page is named; nothing panics, and what is asked of sound pages is
// still answered.
func TestDamage(t *testing.T) {
	dir := t.TempDir()
	w := openWriter(t, dir)
	for i := range 200 {
		put(t, w, fmt.Sprintf("%03d.txt", i), fmt.Sprintf("第%d份。", i))
	}
	commit(t, w)
	w.Close()
	path := filepath.Join(dir, Database)
	sound, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	const page = 4096
	for n := 1; n < len(sound)/page; n++ {
		bad := append([]byte(nil), sound...)
		for i := range page {
			bad[n*page+i] = byte(i * 31)
		}
		if err := os.WriteFile(path, bad, 0o666); err != nil {
			t.Fatal(err)
		}
		s, err := Open(t.Context(), dir)
		if errors.Is(err, ErrDamaged) {
			continue
		}
		if err != nil {
			t.Fatalf("page %d: %v", n, err)
		}
		if p := problems(t, s); len(p) == 0 {
			t.Errorf("page %d of %d overwritten, and verify finds nothing", n+1, len(sound)/page)
		}
		s.Close()
	}
	os.WriteFile(path, []byte(strings.Repeat("not a database ", 1000)), 0o666)
	if _, err := OpenWriter(t.Context(), dir, "test"); !errors.Is(err, ErrDamaged) {
		t.Errorf("no database: %v, want ErrDamaged", err)
	}
}

func TestUnder(t *testing.T) {
	for _, c := range []struct {
		path, root string
		want       bool
	}{
		{"a/b.txt", "a", true},
		{"ab.txt", "a", false},
		{"a.zip!/b.txt", "a.zip", true},
		{"a.txt", "a.txt", true},
		{"/x/y", "/", true},
		{"/x", "/x/y", false},
	} {
		if got := Under(c.path, c.root); got != c.want {
			t.Errorf("Under(%q, %q) = %v", c.path, c.root, got)
		}
	}
}

// When the disk is full the run ends with a message; what was committed before
// is there, and a later run goes on.
func TestDiskFull(t *testing.T) {
	dir := t.TempDir()
	w := openWriter(t, dir)
	put(t, w, "first.txt", "")
	commit(t, w)
	if err := w.exec("PRAGMA max_page_count = 60"); err != nil { // SQLite then does as if the disk were
		t.Fatal(err)
	}
	var err error
	for i := 0; err == nil && i < 1000; i++ {
		s, d, r := document(fmt.Sprintf("%03d.txt", i), strings.Repeat("第一", i))
		_, err = w.Put(s, d, r, nil)
	}
	if !errors.Is(err, ErrFull) {
		t.Fatalf("error %v, want ErrFull", err)
	}
	if _, e := w.Commit(); !errors.Is(e, ErrFull) {
		t.Errorf("commit after it: %v", e)
	}
	w.Close()
	w = openWriter(t, dir)
	if refs, err := w.Refs(t.Context()); len(refs) != 1 || refs[0].Source != "first.txt" || err != nil {
		t.Errorf("left: %v, %v", refs, err)
	}
	put(t, w, "second.txt", "续")
	commit(t, w)
	if p := problems(t, w.Store); p != nil {
		t.Errorf("verify: %q", p)
	}
}

// A corpus on a read-only medium can be read and not written.
func TestReadOnly(t *testing.T) {
	if os.Getuid() == 0 {
		t.Skip("root may write everywhere")
	}
	dir := t.TempDir()
	w := openWriter(t, dir)
	put(t, w, "a.txt", "")
	commit(t, w)
	w.Close()
	os.Remove(filepath.Join(dir, lockFile))
	os.Chmod(filepath.Join(dir, Database), 0o444)
	os.Chmod(dir, 0o555)
	defer os.Chmod(dir, 0o777)
	if _, err := OpenWriter(t.Context(), dir, "test"); !errors.Is(err, ErrReadOnly) {
		t.Errorf("to write: %v, want ErrReadOnly", err)
	}
	s, err := Open(t.Context(), dir)
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	if p := problems(t, s); p != nil {
		t.Errorf("verify: %q", p)
	}
}

// Any bytes in place of the stored structure give an error, not a panic.
func FuzzStructure(f *testing.F) {
	_, d, _ := document("a.txt", "")
	f.Add(encodeStructure(d))
	f.Add([]byte{structureFormat, 0xff, 0xff, 0xff, 0xff, 0x7f})
	f.Fuzz(func(t *testing.T, b []byte) {
		got := &schema.Document{Text: d.Text}
		if decodeStructure(got, b) == nil {
			for _, b := range got.Blocks {
				_ = b.In(got.Text)
			}
		}
	})
}
