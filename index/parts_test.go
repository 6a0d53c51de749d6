package index

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"mingxi/schema"
)

// A document whose figures come in parts is one report like any other: what is
// committed is what the whole of it gives, to the byte.
func TestAddParts(t *testing.T) {
	var files []string
	for size := range 5 { // 0: all at once
		dir := t.TempDir()
		w := newWriter(t, dir)
		for part := range strings.SplitSeq(strings.TrimSpace(smallCorpus), "\n\n") {
			d, r := readSmall(t, part)
			if err := w.AddParts(d.ID, inParts(d, r, size)); err != nil {
				t.Fatal(err)
			}
		}
		if err := w.Commit(); err != nil {
			t.Fatal(err)
		}
		var all strings.Builder
		for _, name := range []string{"heads-000001.bin", "records-000001.bin"} {
			b, err := os.ReadFile(filepath.Join(dir, name))
			if err != nil {
				t.Fatal(err)
			}
			all.Write(b)
		}
		if files = append(files, all.String()); files[size] != files[0] {
			t.Errorf("parts of %d figures give another index", size)
		}
	}
}

// inParts hands on so many figures at a time, or all if size is 0.
func inParts(d *schema.Document, r *schema.Reading, size int) Parts {
	return func(yield func(*schema.Document, *schema.Reading) error) error {
		for rest, first := r.Metrics, true; first || len(rest) > 0; first = false {
			n := len(rest)
			if size > 0 {
				n = min(n, size)
			}
			if err := yield(d, &schema.Reading{Origins: r.Origins, Metrics: rest[:n:n]}); err != nil {
				return err
			}
			rest = rest[n:]
		}
		return nil
	}
}

// Parts that end with an error, here of what they are read from, leave the index as it
// was; a figure that lies outside the text is a refusal.
func TestAddPartsThatEnd(t *testing.T) {
	w := newWriter(t, t.TempDir())
	d, r := readSmall(t, strings.Split(strings.TrimSpace(smallCorpus), "\n\n")[0])
	if err := w.Add(d, r); err != nil {
		t.Fatal(err)
	}
	before := w.records.end
	broken := errors.New("broken")
	err := w.AddParts(d.ID, func(yield func(*schema.Document, *schema.Reading) error) error {
		return errors.Join(yield(d, r), broken)
	})
	if !errors.Is(err, broken) || errors.Is(err, ErrRefused) || w.records.end != before || !w.Has(d.ID) {
		t.Errorf("%v, %d bytes, has %v", err, w.records.end, w.Has(d.ID))
	}
	off := *r
	off.Metrics = append([]schema.Metric{}, r.Metrics...)
	off.Metrics[len(off.Metrics)-1].End = len(d.Text) + 1
	if err := w.AddParts(d.ID, inParts(d, &off, 1)); !errors.Is(err, ErrRefused) || !w.Has(d.ID) {
		t.Errorf("a figure outside the text: %v", err)
	}
	if err := w.AddParts(d.ID, func(func(*schema.Document, *schema.Reading) error) error { return nil }); err == nil {
		t.Error("nothing at all is added")
	}
}
