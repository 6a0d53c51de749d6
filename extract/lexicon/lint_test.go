package lexicon

import (
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"mingxi/corpus/fold"
)

// The data is linted: a word that cannot be met, a word that stands twice or a
// unit that nobody has shown at work is a fault like any other.

// Load panics on a damaged file; here the damage is a failure with its place.
func TestDataParses(t *testing.T) {
	lex := Load()
	if len(lex.All) < 200 {
		t.Errorf("%d units: units.txt is cut short", len(lex.All))
	}
	for _, f := range files {
		if len(linesOf(t, f.name+".txt")) == 0 {
			t.Errorf("%s.txt holds no words", f.name)
		}
	}
}

// Every file begins with a comment that says what its words are for, and the
// package names every file.
func TestHeaders(t *testing.T) {
	src, err := os.ReadFile("lexicon.go")
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range dataFiles(t) {
		b, err := fs.ReadFile(data, "data/"+name)
		if err != nil {
			t.Fatal(err)
		}
		first, _, _ := strings.Cut(string(b), "\n")
		if !strings.HasPrefix(first, "# ") || len(first) < 20 {
			t.Errorf("%s: the first line does not say what the file is for: %q", name, first)
		}
		if !strings.HasSuffix(string(b), "\n") {
			t.Errorf("%s: no line break at the end", name)
		}
		if !strings.Contains(string(src), "\t"+name+" ") {
			t.Errorf("%s: the comment of package lexicon does not list it", name)
		}
	}
}

// No word stands twice in a file.
func TestNoWordTwice(t *testing.T) {
	for _, name := range dataFiles(t) {
		seen := map[string]int{}
		for _, l := range linesOf(t, name) {
			for _, w := range keysOf(name, l.text) {
				if at, ok := seen[w]; ok {
					t.Errorf("%s:%d: %s stands in line %d already", name, l.n, w, at)
				}
				seen[w] = l.n
			}
		}
	}
}

// Text is folded to simplified characters and half width before words are
// looked up: a word that folding changes is never met.
func TestWordsAreFolded(t *testing.T) {
	for _, name := range dataFiles(t) {
		for _, l := range linesOf(t, name) {
			for _, w := range wordsOf(name, l.text) {
				for _, r := range w {
					if r >= 0x80 && fold.Rune(r) != r {
						t.Errorf("%s:%d: %s is never met: text is folded to %s before", name, l.n, w, fold.String(w))
						break
					}
				}
			}
		}
	}
}

var dimensions = []Dimension{Count, People, Money, Area, Mass, Length, Volume, Energy, Power, Traffic, Percent, Times, Span, Degree}

// Every unit has a dimension that the program knows, and converts to a unit
// that is there.
func TestUnits(t *testing.T) {
	lex := Load()
	for _, u := range lex.All {
		if !slices.Contains(dimensions, u.Dim) {
			t.Errorf("%s: unknown dimension %q", u.Name, u.Dim)
		}
		if u.SI != "" && lex.Find(u.SI) == nil {
			t.Errorf("%s: converts to %s, which is no unit", u.Name, u.SI)
		}
		if u.Num <= 0 || u.Den <= 0 {
			t.Errorf("%s: factor %d/%d", u.Name, u.Num, u.Den)
		}
		if got := lex.Find(u.Name); got == nil || got.Name != u.Name {
			t.Errorf("%s: its name is also a spelling of another unit", u.Name)
		}
	}
}

// Every unit is shown at work in the examples.
func TestUnitsHaveExamples(t *testing.T) {
	shown := map[string]bool{}
	paths, err := filepath.Glob("../testdata/*.txt")
	if err != nil || len(paths) == 0 {
		t.Fatalf("no examples: %v", err)
	}
	item := regexp.MustCompile(`(?:=>|=>!|\|) [-\d.?]+ (\S+)`)
	for _, path := range paths {
		b, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		for _, line := range strings.Split(string(b), "\n") {
			_, want, _ := strings.Cut(line, "=>")
			for _, m := range item.FindAllStringSubmatch("=>"+want, -1) {
				name := m[1]
				shown[name] = true
				for i := strings.IndexByte(name, '/'); i > 0; i = strings.LastIndexByte(name, '/') { // 元/人·月
					name = name[:i]
					shown[name] = true
				}
			}
		}
	}
	for _, u := range Load().All {
		if !shown[u.Name] && u.Name != "成" { // printed as %: 九成 is 90 %
			t.Errorf("%s: no example shows this unit; add a line to extract/testdata/units.txt", u.Name)
		}
	}
}

type dataLine struct {
	n    int
	text string
}

func dataFiles(t *testing.T) []string {
	t.Helper()
	entries, err := fs.ReadDir(data, "data")
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, e := range entries {
		names = append(names, e.Name())
	}
	return names
}

func linesOf(t *testing.T, name string) (lines []dataLine) {
	t.Helper()
	eachLine(strings.TrimSuffix(name, ".txt"), func(n int, line string) {
		lines = append(lines, dataLine{n, line})
	})
	return lines
}

// wordsOf are the words of a line that are looked up in text.
func wordsOf(name, line string) []string {
	switch name {
	case "units.txt":
		names, rest, _ := strings.Cut(line, "|")
		words := strings.Fields(names)
		for _, list := range regexp.MustCompile(`(?:needs|not)=(\S+)`).FindAllStringSubmatch(rest, -1) {
			words = append(words, strings.Split(list[1], ",")...)
		}
		return words
	case "approx.txt":
		return strings.Fields(line)[2:]
	case "elided.txt":
		return strings.Fields(line)[1:]
	case "dates.txt":
		return strings.Fields(line)[:1]
	case "occasions.txt": // words before and after a number
		return strings.Fields(line)[:2]
	case "trust.txt": // a name with its numbers
		return strings.Fields(line)[:1]
	case "lists.txt", "tables.txt", "facts.txt":
		_, words, _ := strings.Cut(line, ":")
		return strings.Fields(words)
	case "changenouns.txt":
		words, _, _ := strings.Cut(line, ":")
		return strings.Fields(words)
	case "contrast.txt":
		return strings.FieldsFunc(line, func(r rune) bool { return r == ' ' || r == '>' || r == '=' })
	}
	return strings.Fields(line)
}

// keysOf are the words of a line that must not stand in another.
func keysOf(name, line string) []string {
	words := wordsOf(name, line)
	switch name {
	case "units.txt":
		names, _, _ := strings.Cut(line, "|")
		return strings.Fields(names)
	case "approx.txt": // a word may stand before and after
		where := strings.Fields(line)[0]
		for i := range words {
			words[i] = where + " " + words[i]
		}
	case "occasions.txt":
		return []string{strings.Join(words, " ")}
	case "lists.txt", "tables.txt", "facts.txt": // each line is a list of its own
		list, _, _ := strings.Cut(line, ":")
		for i := range words {
			words[i] = list + ": " + words[i]
		}
	case "contrast.txt": // a word may stand in several sets
		for i := range words {
			words[i] = line + ": " + words[i]
		}
	case "changenouns.txt": // beside a base, and alone
		_, nouns, _ := strings.Cut(line, ":")
		for i := range words {
			words[i] = fmt.Sprint(len(strings.Fields(nouns))) + " " + words[i]
		}
	case "elided.txt": // 为 may stand between, and a word may have a unit
		key, _, _ := strings.Cut(line, " ")
		for i := range words {
			if key == "via" {
				words[i] = "via " + words[i]
			}
		}
	}
	return words
}
