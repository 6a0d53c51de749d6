package corpus

import (
	_ "embed"
	"regexp"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"
)

//go:embed data/junk.txt
var junkText string

// A junkRule is a line of data/junk.txt.
type junkRule struct {
	reason   string
	line     bool // the whole line must match
	triggers []string
	re       *regexp.Regexp
}

// junkRules are the rules with a table of what their triggers begin with.
type junkRules struct {
	rules []junkRule
	first map[rune][]trigger
	class [1 << 16]uint8 // of a character: bits below
}

type trigger struct {
	text string
	rule int
}

// Classes of characters that cleaning stops at.
const (
	classHidden  = 1 << iota // shows nothing
	classTrigger             // begins a trigger
	classBracket             // ( or （: pinyin may follow
)

var junk = sync.OnceValue(func() *junkRules {
	j := &junkRules{first: map[rune][]trigger{}}
	for line := range strings.Lines(junkText) {
		line = strings.TrimRight(line, "\n")
		if line == "" || line[0] == '#' {
			continue
		}
		f := strings.Split(line, "\t")
		j.rules = append(j.rules, junkRule{f[0], f[1] == "line", strings.Fields(f[2]), regexp.MustCompile(f[3])})
		for k, t := range j.rules[len(j.rules)-1].triggers {
			t = strings.ReplaceAll(t, "_", " ")
			j.rules[len(j.rules)-1].triggers[k] = t
			r, _ := utf8.DecodeRuneInString(t)
			j.first[r] = append(j.first[r], trigger{t, len(j.rules) - 1})
			j.class[r] |= classTrigger
		}
	}
	for r := range rune(len(j.class)) {
		if hidden(r) {
			j.class[r] |= classHidden
		}
	}
	j.class[utf8.RuneError] |= classHidden // perhaps a broken byte
	j.class['('] |= classBracket
	j.class['（'] |= classBracket
	return j
})

// A finding says what a line may hold.
type finding struct {
	hidden bool
	pinyin bool
	rules  []int // whose triggers stand in it, in order, without repetition
}

// scan looks through a line once.
func (j *junkRules) scan(line string) finding {
	var f finding
	for i := 0; i < len(line); {
		r, size := rune(line[i]), 1
		if r >= utf8.RuneSelf {
			r, size = utf8.DecodeRuneInString(line[i:])
		}
		if uint32(r) < uint32(len(j.class)) {
			if c := j.class[r]; c != 0 {
				j.look(&f, c, r, line[i:])
			}
		}
		i += size
	}
	return f
}

// look notes what begins at the front of rest.
func (j *junkRules) look(f *finding, class uint8, r rune, rest string) {
	f.hidden = f.hidden || class&classHidden != 0
	if class&classTrigger != 0 {
		for _, t := range j.first[r] {
			if strings.HasPrefix(rest, t.text) {
				f.add(t.rule)
			}
		}
	}
	if class&classBracket != 0 && !f.pinyin {
		n := pinyin(rest)
		f.pinyin = n > 0
	}
}

// add keeps the rules in the order of the file.
func (f *finding) add(rule int) {
	at := len(f.rules)
	for i, r := range f.rules {
		if r == rule {
			return
		}
		if r > rule {
			at = i
			break
		}
	}
	f.rules = append(f.rules, 0)
	copy(f.rules[at+1:], f.rules[at:])
	f.rules[at] = rule
}

// drop applies the rules to a line.
func (j *junkRules) drop(line string, cuts []cut, rules []int) (string, []cut) {
	for _, n := range rules {
		r := &j.rules[n]
		if r.line {
			if len(line) < 1000 && r.re.MatchString(line) {
				return remove(line, cuts, 0, len(line), r.reason)
			}
			continue
		}
		line, cuts = r.dropIn(line, cuts)
	}
	return line, cuts
}

// dropIn cuts every match out of a line, but for what the groups named keep hold.
func (r *junkRule) dropIn(line string, cuts []cut) (string, []cut) {
	found := r.re.FindAllStringSubmatchIndex(line, -1)
	if found == nil {
		return line, cuts
	}
	var kept strings.Builder
	var more []cut
	at := 0
	for _, m := range found {
		kept.WriteString(line[at:m[0]])
		at = m[0]
		for i, name := range append(r.re.SubexpNames()[1:], "keep") {
			from, to := m[1], m[1]
			if i < r.re.NumSubexp() {
				from, to = m[2*i+2], m[2*i+3]
			}
			if name != "keep" || from < at {
				continue
			}
			if from > at {
				more = append(more, cut{kept.Len(), line[at:from], r.reason})
			}
			kept.WriteString(line[from:to])
			at = to
		}
	}
	kept.WriteString(line[at:])
	return kept.String(), taken(cuts, more)
}

// pinyin looks for a syllable with its tone in brackets at the front of s:
// (wàn). It returns its length with brackets, 0 if there is none.
func pinyin(s string) int {
	_, open := utf8.DecodeRuneInString(s)
	tone := false
	for i, r := range s[open:] {
		switch {
		case r >= 'a' && r <= 'z' || r == 'ü':
		case strings.ContainsRune("āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜńňǹăĕĭŏŭ", r):
			tone = true
		case (r == ')' || r == '）') && i > 0 && tone:
			return open + i + utf8.RuneLen(r)
		default:
			return 0
		}
		if i > 8 {
			break
		}
	}
	return 0
}

// dropPinyin takes out syllables in brackets that follow a Han character:
// 萬(wàn)人 is 萬人.
func dropPinyin(line string, cuts []cut) (string, []cut) {
	var b strings.Builder
	var more []cut
	last := rune(0)
	at := 0
	for i, r := range line {
		if i < at {
			continue
		}
		if r == '(' || r == '（' {
			if n := pinyin(line[i:]); n > 0 && unicode.Is(unicode.Han, last) {
				more = append(more, cut{b.Len(), line[i : i+n], reasonPinyin})
				at = i + n
				continue
			}
		}
		last = r
		b.WriteRune(r)
	}
	return b.String(), taken(cuts, more)
}
