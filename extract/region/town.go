package region

// Townships vote for the county that a text is about. Their list is that of one
// day: a township that has been merged away is missing, and many names stand in
// several counties, so that one alone says little.

import (
	_ "embed"
	"slices"
	"strings"
	"sync"
	"unicode/utf8"

	"mingxi/corpus/fold"
)

//go:embed towns.tsv
var towns string

// townTable has the counties of each township's name.
var townTable = sync.OnceValue(func() map[string][]string {
	t := make(map[string][]string, 34000)
	for line := range strings.Lines(towns) {
		code, names, ok := strings.Cut(strings.TrimSuffix(line, "\n"), "\t")
		if !ok || line[0] == '#' {
			continue
		}
		for _, name := range strings.Fields(names) {
			name = fold.String(name) // the text that votes is folded
			if !slices.Contains(t[name], code) {
				t[name] = append(t[name], code)
			}
		}
	}
	return t
})

// Town reports whether a township has a name.
func Town(name string) bool { return townTable()[fold.String(name)] != nil }

// A Vote is a county with the townships in the text that lie in it.
type Vote struct {
	Code  string // of the county, as of today
	Towns []string
	Of    int // how many names of townships the text has, of this county or others
}

// Votes lists the counties that the townships named in a folded text lie in, those with
// most of them first. Of names that one county alone has, more count.
func Votes(text string) []Vote {
	named := townsIn(text)
	weight := map[string]float64{}
	in := map[string][]string{}
	table := townTable()
	for _, name := range named {
		for _, code := range table[name] {
			in[code] = append(in[code], name)
			weight[code] += 1 / float64(len(table[name]))
		}
	}
	out := make([]Vote, 0, len(in))
	for code, names := range in {
		out = append(out, Vote{code, names, len(named)})
	}
	slices.SortFunc(out, func(a, b Vote) int {
		switch {
		case len(a.Towns) != len(b.Towns):
			return len(b.Towns) - len(a.Towns)
		case weight[a.Code] > weight[b.Code]:
			return -1
		case weight[a.Code] < weight[b.Code]:
			return 1
		}
		return strings.Compare(a.Code, b.Code)
	})
	return out
}

// townsIn lists the names of townships in a text, each once, in its order.
func townsIn(text string) []string {
	table := townTable()
	var out []string
	last, from := rune(0), 0 // from: where the name before ended
	for i, r := range text {
		end := i + utf8.RuneLen(r)
		if endsTown(last, r) && len(out) < mostTowns {
			names := listed(table, text[from:end])
			if name, ok := townAt(table, text[from:end]); ok {
				names = []string{name}
			}
			for _, name := range names {
				if from = end; !slices.Contains(out, name) {
					out = append(out, name)
				}
			}
		}
		last = r
	}
	return out
}

// listed are the towns of a list that says only at its end what they are: 代王城、西合营、吉家庄、暖泉四镇, 代王城、西合营等乡镇.
func listed(table map[string][]string, text string) (out []string) {
	const most = 120 // bytes
	for cut := max(0, len(text)-most); ; cut++ {
		if cut == len(text) || utf8.RuneStart(text[cut]) {
			text = text[cut:]
			break
		}
	}
	list := strings.TrimRight(text, "等个乡镇一二三四五六七八九十两0123456789")
	counted := strings.TrimSuffix(strings.TrimSuffix(text, "镇"), "乡") != list
	items := strings.Split(list, "、")
	for i := len(items) - 1; i >= 0 && counted; i-- {
		name, ok := townAt(table, items[i]+"镇")
		if !ok {
			name, ok = townAt(table, items[i]+"乡")
		}
		if ok {
			out = append(out, name)
		}
		if len(name) != len(items[i])+len("镇") {
			break
		}
	}
	if len(out) < 3 {
		return nil
	}
	return out
}

// mostTowns bounds how many names of a text vote.
const mostTowns = 300

// endsTown reports whether a township's name may end with two characters.
func endsTown(last, r rune) bool {
	return r == '镇' || r == '乡' || last == '街' && r == '道' || last == '苏' && r == '木'
}

// townAt is the longest name of the table that ends text.
func townAt(table map[string][]string, text string) (name string, ok bool) {
	start := len(text)
	for n := 0; n < 12 && start > 0; n++ {
		r, size := utf8.DecodeLastRuneInString(text[:start])
		if r < 0x3400 {
			break
		}
		start -= size
		if n >= 2 && table[text[start:]] != nil { // 街道, 城镇 are no names
			name, ok = text[start:], true
		}
	}
	return name, ok
}
