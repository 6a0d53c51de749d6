//go:build ignore

// Generate makes words.txt of gse's simplified dictionary: the words that are
// frequent enough for their kind, all those of the word lists in the directory that
// it is given, and those that only begin like one of these. Run it with go generate
// after an update of gse.
package main

import (
	"cmp"
	"fmt"
	"log"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/go-ego/gse"
)

// least says which words stay: those that the dictionary counts so often, by part
// of speech and by whether they have fewer than four characters. Names of people
// and sayings are a third of the dictionary and rare in reports; places and bodies
// are what reports are about. Measured on 2.4 MB of reports, plans and
// communiqués, against the whole dictionary:
//
//	others  people  places    words    MB  seconds of CPU  words kept
//	  3, 3       3       3  312,598   105            0.45       99.8%
//	 20, 5     100       3   92,095    32            0.12       95.0%
//	 20, 5     200      20   76,022    23            0.08       94.5%
//	 50, 5     200      20   60,442    19            0.06       93.8%
//	100, 5     200      20   50,354    16            0.05       92.7%
//	200, 200   200     200   30,931     7            0.03       89.6%
//	1000, …                  15,757     2            0.01       81.6%
//
// Half of what is lost here are phrases of two words that come apart into the two
// (严厉|打击), which no reader of figures misses.
var least = []struct {
	tags            string
	shorter, longer float64
}{
	{"nr nrt nrfg i", 200, 200}, // people, sayings
	{"nz", 50, 200},             // other names
	{"ns nt", 20, 20},           // places, bodies
	{"", 50, 5},                 // all others
}

// apart are words of the dictionary that reports only have by chance, where two others meet:
// 占比|达, 集中|曾, 在|城镇.
var apart = []string{"比达", "中曾", "在城镇"}

func main() {
	seg := gse.Segmenter{SkipLog: true, NotLoadHMM: true}
	if err := seg.LoadDictEmbed("zh_s"); err != nil {
		log.Fatal(err)
	}
	asked := map[string]bool{}
	if len(os.Args) > 1 {
		asked = wordsIn(os.Args[1])
	}
	var kept []*gse.Token
	for i := range seg.Dictionary().Tokens {
		if t := &seg.Dictionary().Tokens[i]; !slices.Contains(apart, t.Text()) && (asked[t.Text()] || begins(t, asked) || frequent(t)) {
			kept = append(kept, t)
		}
	}
	slices.SortFunc(kept, func(a, b *gse.Token) int { return cmp.Compare(a.Text(), b.Text()) }) // loads a fifth faster
	var out strings.Builder
	out.WriteString("# A part of the simplified dictionary of gse (github.com/go-ego/gse), see NOTICE.\n")
	for _, t := range kept {
		fmt.Fprintf(&out, "%s %.0f %s\n", t.Text(), t.Freq(), t.Pos())
	}
	if err := os.WriteFile("words.txt", []byte(out.String()), 0o666); err != nil {
		log.Fatal(err)
	}
	fmt.Printf("%d of %d words, %d bytes\n", len(kept), seg.Dictionary().NumTokens(), out.Len())
}

// frequent reports whether a word stays. A character of its own always does:
// else it would be unknown wherever no longer word has it.
func frequent(t *gse.Token) bool {
	n := utf8.RuneCountInString(t.Text())
	if n == 1 {
		return true
	}
	for _, l := range least {
		if l.tags == "" || slices.Contains(strings.Fields(l.tags), t.Pos()) {
			if n < 4 {
				return t.Freq() >= l.shorter
			}
			return t.Freq() >= l.longer
		}
	}
	return false
}

// openers are the lists whose words of one character begin a phrase before a figure.
const openers = "function plans verbs changes levels states times"

// begins reports whether a word of two characters, no person's name, begins like a
// word of one: 被淹 and 在押 tell that 被 and 在 are no words there.
func begins(t *gse.Token, asked map[string]bool) bool {
	r := []rune(t.Text())
	return len(r) == 2 && asked[string(r[0])] && !strings.HasPrefix(t.Pos(), "nr")
}

// wordsIn is every word of the lists in a directory, separated by blanks; of those
// with one character only the openers.
func wordsIn(dir string) map[string]bool {
	words := map[string]bool{}
	files, err := filepath.Glob(filepath.Join(dir, "*.txt"))
	if err != nil || len(files) == 0 {
		log.Fatalf("no word lists in %s: %v", dir, err)
	}
	for _, f := range files {
		b, err := os.ReadFile(f)
		if err != nil {
			log.Fatal(err)
		}
		opens := slices.Contains(strings.Fields(openers), strings.TrimSuffix(filepath.Base(f), ".txt"))
		for _, w := range strings.Fields(string(b)) {
			if opens || utf8.RuneCountInString(w) > 1 {
				words[w] = true
			}
		}
	}
	return words
}
