package audit

import (
	"cmp"
	_ "embed"
	"fmt"
	"maps"
	"reflect"
	"slices"
	"strconv"
	"strings"

	"mingxi/extract/lexicon"
)

//go:embed words.txt
var wordFile string

// words are the lists of words.txt, under the names of the fields.
type words struct {
	Partitive, Reckoned, Manifold, NotWithin, Total, SureTotal, Rest, Left, Beside, Pairs, Overlap, Weak, Each, Usual, Newly, Step                                                                                                                                                                                                                    lexicon.List
	Paid, Months, ForMonths, Of, Plan, Due, Same, Down, Annual, Beyond, Both, Up, Constant                                                                                                                                                                                                                                                            lexicon.List
	Opening, Incoming, Outgoing, Closing, Added, Deducted, NotAdded, Passing, Passed, TotalCell, PartCell, Counted, Net, Remains, Dividing, ByHow, Above, Below, More, Lost, Still, Gain, Meant, Aim                                                                                                                                                  lexicon.List
	Assorted, LastYear, Computed, ShareEnd, Changing, Against, Structure, Than, Worked, RateEnd, Timely, Holding, Kinds, Folk, Intended, Lapsed, Growing, MeanOf, Times, Daylong, Terms, Until, Scales, Scaled, Populated, OfWhat, And, Whole, Totals, Kindred, Alike, CountedIn, Apiece, PerUnit, Income, Expense, Done, Daily, Monthly, Entire, Era lexicon.List
	sets                                                                                                                                                                                                                                                                                                                                              [][]string          // of Pairs
	pairOf                                                                                                                                                                                                                                                                                                                                            map[string][]int    // of a name of a pair: which, and its side
	pairing                                                                                                                                                                                                                                                                                                                                           lexicon.List        // those names
	kindred                                                                                                                                                                                                                                                                                                                                           map[string][]string // of Kindred
	same                                                                                                                                                                                                                                                                                                                                              map[string]string   // of Same: each word → the first of its group
	measuring                                                                                                                                                                                                                                                                                                                                         lexicon.List        // the words of Same
	months                                                                                                                                                                                                                                                                                                                                            []monthWord         // of Months
	terms                                                                                                                                                                                                                                                                                                                                             []monthWord         // of Terms
	scales                                                                                                                                                                                                                                                                                                                                            []monthWord         // of Scales
	fellows                                                                                                                                                                                                                                                                                                                                           [][]string          // of Alike
	apiece                                                                                                                                                                                                                                                                                                                                            lexicon.List        // the words of Apiece
	apieces                                                                                                                                                                                                                                                                                                                                           map[string]string   // of Apiece
	perUnits                                                                                                                                                                                                                                                                                                                                          map[string]string   // of PerUnit
	countedIn                                                                                                                                                                                                                                                                                                                                         map[string][]string // of CountedIn
	counted                                                                                                                                                                                                                                                                                                                                           map[string]bool     // of Counted
	nets                                                                                                                                                                                                                                                                                                                                              []net               // of Net
	netNames                                                                                                                                                                                                                                                                                                                                          lexicon.List        // theirs
}

// A monthWord says how many months a sum is of, or how much a word is: 上半年 is 6, 千 is 1000.
type monthWord struct {
	word string
	n    int
}

// A net is what is left of one thing after another: 净增 is 新增 less 退出.
type net struct {
	name       string
	plus, less []string
}

// loadWords reads words.txt. It panics if a list is missing or unknown: the file
// is a part of the program.
func loadWords() *words {
	w := &words{same: map[string]string{}, counted: map[string]bool{}, kindred: map[string][]string{}, pairOf: map[string][]int{}, countedIn: map[string][]string{}}
	v := reflect.ValueOf(w).Elem()
	for n, line := range strings.Split(wordFile, "\n") {
		if line == "" || line[0] == '#' {
			continue
		}
		name, list, ok := strings.Cut(line, ": ")
		f := v.FieldByName(name)
		if !ok || !f.IsValid() || f.Kind() != reflect.Struct || !f.CanSet() {
			panic(fmt.Sprintf("audit: words.txt:%d: no list %q", n+1, name))
		}
		f.Set(reflect.ValueOf(lexicon.NewList(strings.Fields(list))))
	}
	for _, u := range w.Counted.Words {
		w.counted[u] = true
	}
	for _, u := range w.CountedIn.Words {
		of, units, _ := strings.Cut(u, "=")
		w.countedIn[of] = strings.Split(cmp.Or(units, of), "/")
	}
	w.apieces, w.perUnits = unitsOf(w.Apiece), unitsOf(w.PerUnit)
	w.apiece = lexicon.NewList(slices.Sorted(maps.Keys(w.apieces)))
	for _, p := range w.Pairs.Words {
		set := strings.Split(p, "/")
		if w.sets = append(w.sets, set); len(set) == 2 {
			for side, name := range set {
				w.pairOf[name] = append(w.pairOf[name], 2*len(w.sets)+side)
			}
		}
	}
	w.pairing = lexicon.NewList(slices.Sorted(maps.Keys(w.pairOf)))
	for _, g := range w.Same.Words {
		names := strings.Split(g, "/")
		for _, s := range names {
			w.same[s] = names[0]
		}
	}
	for _, g := range w.Kindred.Words {
		units := strings.Split(g, "/")
		for _, u := range units {
			w.kindred[u] = append(w.kindred[u], units...)
		}
	}
	w.measuring = lexicon.NewList(slices.Sorted(maps.Keys(w.same)))
	var names []string
	for _, n := range w.Net.Words {
		name, flows, _ := strings.Cut(n, "=")
		plus, less, ok := strings.Cut(flows, "-")
		if !ok {
			panic("audit: words.txt: " + n)
		}
		w.nets = append(w.nets, net{name, strings.Split(plus, "/"), strings.Split(less, "/")})
		names = append(names, name)
	}
	w.netNames = lexicon.NewList(names)
	for _, g := range w.Alike.Words {
		w.fellows = append(w.fellows, strings.Split(g, "/"))
	}
	w.months, w.terms, w.scales = numbersOf(w.Months), numbersOf(w.Terms), numbersOf(w.Scales)
	return w
}

// numbersOf reads a list of word=number.
func numbersOf(l lexicon.List) (out []monthWord) {
	for _, m := range l.Words {
		word, n, _ := strings.Cut(m, "=")
		k, err := strconv.Atoi(n)
		if err != nil {
			panic("audit: words.txt: " + m)
		}
		out = append(out, monthWord{word, k})
	}
	return out
}

// unitsOf reads a list of word=unit.
func unitsOf(l lexicon.List) map[string]string {
	units := map[string]string{}
	for _, w := range l.Words {
		word, unit, _ := strings.Cut(w, "=")
		units[word] = unit
	}
	return units
}
