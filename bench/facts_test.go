package bench

import (
	"os"
	"slices"
	"strconv"
	"strings"
	"testing"

	"mingxi/corpus"
	"mingxi/extract"
)

// Title, organisation and year of the reports in gold/ are those of facts.tsv. None
// has a region, since their places are invented: one that is found is wrong.
func TestFacts(t *testing.T) {
	list, err := os.ReadFile("facts.tsv")
	if err != nil {
		t.Fatal(err)
	}
	e := extract.New()
	n := 0
	for line := range strings.Lines(string(list)) {
		f := strings.Split(strings.TrimRight(line, "\n"), "\t")
		if line[0] == '#' || len(f) != 4 {
			continue
		}
		n++
		data, err := os.ReadFile("gold/" + f[0])
		if err != nil {
			t.Fatal(err)
		}
		d, err := corpus.Read(f[0], data, corpus.Options{})
		if err != nil {
			t.Fatal(err)
		}
		o := e.Read(d).Origin(1)
		year := ""
		if o.Year > 0 {
			year = strconv.Itoa(o.Year)
		}
		for _, c := range []struct{ what, want, got string }{
			{"title", f[1], d.Articles[0].Title}, {"org", f[2], o.Org}, {"year", f[3], year}, {"region", "-", o.Region.Code},
		} {
			if c.want != "?" && !slices.Contains(strings.Split(c.want, "|"), or(c.got, "-")) {
				t.Errorf("%s: %s %q, want %s", f[0], c.what, c.got, c.want)
			}
		}
	}
	if n < 10 {
		t.Errorf("%d reports: facts.tsv is cut short", n)
	}
}

func or(s, none string) string {
	if s == "" {
		return none
	}
	return s
}
