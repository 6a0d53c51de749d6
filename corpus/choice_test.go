package corpus

import (
	"errors"
	"testing"
)

func TestChoice(t *testing.T) {
	t.Chdir(t.TempDir())
	write(t, "d/a.docx", "x")
	write(t, "d/2012/b.docx", "x")
	write(t, "d/2012/drafts/c.docx", "x")
	write(t, "d/2013/e.txt", "x")
	write(t, "d/z.zip", zipOf(t, "in/f.docx", "x", "g.txt", "x"))
	write(t, "one.txt", "x")
	paths := []string{"d", "one.txt"}
	for _, c := range []struct {
		include, exclude []string
		want             string
	}{
		{[]string{"*.docx"}, nil, "d/2012/b.docx 1\nd/2012/drafts/c.docx 1\nd/a.docx 1\nd/z.zip!/in/f.docx 1\none.txt 1"},
		{[]string{"*.docx"}, []string{"drafts", "a.*"}, "d/2012/b.docx 1\nd/z.zip!/in/f.docx 1\none.txt 1"},
		{[]string{"2012/*", "./2013/"}, nil, "d/2012/b.docx 1\nd/2012/drafts/c.docx 1\nd/2013/e.txt 1\none.txt 1"},
		{nil, []string{"*.zip", "2012/drafts/*"}, "d/2012/b.docx 1\nd/2013/e.txt 1\nd/a.docx 1\none.txt 1"},
		{[]string{"z.zip"}, []string{"z.zip/in"}, "d/z.zip!/g.txt 1\none.txt 1"},
	} {
		same(t, list(paths, SourceOptions{Include: c.include, Exclude: c.exclude}), c.want)
	}
	if o := (SourceOptions{Exclude: []string{"*.txt", "[a"}}); o.BadPattern() != "[a" {
		t.Errorf("bad pattern %q", o.BadPattern())
	}
}

// A picture, a program or a table of mingxi is no document; an archive or a document
// that cannot be read is a failure.
func TestNoDocument(t *testing.T) {
	for data, want := range map[string]bool{
		"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR": true, "\x7fELF\x02\x01": true, "SQLite format 3\x00": true,
		"doc_id,root,source,article,title\n": true, "7z\xbc\xaf\x27\x1c": false, "CAJ\x00": false, "": false,
	} {
		_, err := Read("x", []byte(data), Options{})
		if err == nil || errors.Is(err, ErrNoDocument) != want {
			t.Errorf("%q: %v, no document: %v", data, err, want)
		}
		if want && !errors.Is(err, ErrNotReport) {
			t.Errorf("%q: %v is no ErrNotReport", data, err)
		}
	}
}
