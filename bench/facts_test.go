package bench

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"mingxi/corpus"
	"mingxi/extract"
)

// factNames are the facts of a report, in the order of facts.tsv.
var factNames = [...]string{"title", "organisation", "year", "region"}

// factsReached are the least share of reports that tell a fact for which it must be
// right, and the most for which it may be wrong, in the reports of the project.
var factsReached = [len(factNames)]struct{ right, wrong float64 }{{0.9, 0.1}, {0.8, 0.1}, {0.95, 0.05}, {0, 0.01}}

// A tally counts how often a fact is told, and how often it is found.
type tally struct{ asked, told, right, wrong int }

func (c *tally) add(want, got string) (ok bool) {
	if want == "?" {
		return true
	}
	all := strings.Split(want, "|")
	ok = slices.Contains(all, got)
	c.asked++
	if !slices.Contains(all, "-") {
		c.told++
		if ok {
			c.right++
		}
	}
	if !ok && got != "-" {
		c.wrong++
	}
	return ok
}

func (c tally) String() string {
	return fmt.Sprintf("%d of %d right (%.3f), %d of %d wrong (%.3f)", c.right, c.told, share(c.right, c.told), c.wrong, c.asked, share(c.wrong, c.asked))
}

func share(n, all int) float64 { return float64(n) / float64(max(all, 1)) }

// Title, organisation, year and region of reports are those of facts.tsv, which were
// read from the page: all of those in gold, most of the others. go test ./bench -run
// Facts -v lists what is missed.
func TestFacts(t *testing.T) {
	list, err := os.ReadFile("facts.tsv")
	if err != nil {
		t.Fatal(err)
	}
	shared := os.Getenv("MINGXI_SHARED")
	if shared == "" {
		shared = "../../shared"
	}
	e := extract.New()
	sets := map[string]*[len(factNames)]tally{}
	var order []string
	for line := range strings.Lines(string(list)) {
		f := strings.Split(strings.TrimRight(line, "\n"), "\t")
		if line[0] == '#' || len(f) != 1+len(factNames) {
			continue
		}
		name := filepath.FromSlash(f[0])
		rest, foreign := strings.CutPrefix(f[0], "shared/")
		if foreign {
			name = filepath.Join(shared, filepath.FromSlash(rest))
		}
		data, err := os.ReadFile(name)
		if foreign && errors.Is(err, fs.ErrNotExist) {
			continue
		}
		if err != nil {
			t.Fatal(err)
		}
		set := path.Dir(f[0])
		if sets[set] == nil {
			sets[set] = new([len(factNames)]tally)
			order = append(order, set)
		}
		for i, got := range factsOf(t, e, path.Base(f[0]), data) {
			if !sets[set][i].add(f[i+1], got) {
				t.Logf("%s: %s %q, want %s", f[0], factNames[i], got, f[i+1])
				if set == "gold" {
					t.Fail()
				}
			}
		}
	}
	if len(order) < 2 {
		t.Fatalf("%d sets: facts.tsv is cut short", len(order))
	}
	var own [len(factNames)]tally
	for _, set := range order {
		for i, c := range sets[set] {
			t.Logf("%s: %s %v", set, factNames[i], c)
			if !strings.HasPrefix(set, "shared/") {
				own[i] = tally{own[i].asked + c.asked, own[i].told + c.told, own[i].right + c.right, own[i].wrong + c.wrong}
			}
		}
	}
	for i, c := range own {
		if share(c.right, c.told) < factsReached[i].right || share(c.wrong, c.asked) > factsReached[i].wrong {
			t.Errorf("%s: %v, want %v", factNames[i], c, factsReached[i])
		}
	}
}

// Facts of the small reports of regions.txt, whose places are told in many ways.
func TestRegions(t *testing.T) {
	list, err := os.ReadFile("regions.txt")
	if err != nil {
		t.Fatal(err)
	}
	e := extract.New()
	var all [len(factNames)]tally
	for _, report := range strings.Split(string(list), "\n== ")[1:] {
		head, text, _ := strings.Cut(report, "\n")
		f := strings.Split(head, "\t")
		if len(f) != 1+len(factNames) {
			t.Fatalf("%q: want a path and %d facts", head, len(factNames))
		}
		for i, got := range factsOf(t, e, f[0], []byte(text)) {
			if !all[i].add(f[i+1], got) {
				t.Logf("%s: %s %q, want %s", f[0], factNames[i], got, f[i+1])
			}
		}
	}
	reached := factsReached
	reached[len(reached)-1].right = 0.95
	for i, c := range all {
		if t.Logf("%s %v", factNames[i], c); share(c.right, c.told) < reached[i].right || share(c.wrong, c.asked) > reached[i].wrong {
			t.Errorf("%s: %v, want %v", factNames[i], c, reached[i])
		}
	}
}

// factsOf are the facts that are found in a file, - for each that is not.
func factsOf(t *testing.T, e *extract.Extractor, name string, data []byte) (out [len(factNames)]string) {
	t.Helper()
	d, err := corpus.Read(name, data, corpus.Options{})
	if err != nil {
		t.Fatal(err)
	}
	o := e.Read(d).Origin(1)
	year := ""
	if o.Year > 0 {
		year = strconv.Itoa(o.Year)
	}
	for i, s := range []string{d.Articles[0].Title, o.Org, year, o.Region.Code} {
		if out[i] = s; s == "" {
			out[i] = "-"
		}
	}
	return out
}
