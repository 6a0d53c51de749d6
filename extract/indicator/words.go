package indicator

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"
)

// words is data/words.txt, ready to cut texts into terms.
type words struct {
	read    map[string][]string // a word and the terms that it is read as; none for an empty one
	nodes   []node              // the same words, character by character; the first is before them all
	heads   [1 << 16]uint16     // by first character: its node, 0 if no word begins with it
	telling map[string]bool
	rate    map[string]bool
	weak    map[string]bool
	own     map[string]bool
	sides   map[string]bool
	siding  []string // see sidings
	people  []string // say no more than that they are some
	falls   []string // end the label of a fall
	bases   Bases
	holds   []string               // before a figure, make a weak name of one character count: 辖镇9个
	opens   []string               // around a side, make no more than an opening of it: 在农村, 城市方面
	widen   []string               // say that a sentence is about all: 全县, 城乡
	serve   []string               // before a figure of people, say that something else is given to these: 为10户
	act     []string               // or done to them: 组织15名
	did     []string               // behind such a figure, say that these got or did something: 享受, 参加
	unmet   []string               // say of such a figure that these did not
	whole   []string               // before such a word, say that all of them did: 全部
	bodies  []string               // end labels of what is no people: 参加失业保险单位268个
	due     []string               // before such a figure, say that it should be: 应安置
	undue   []string               // end in such a word and say nothing of the kind: 按需
	joins   []string               // between figures of a list
	kinds   map[string][2][]string // domain or code → kinds, and words for all of them
	lent    []string               // in a label, make money that flows, and none that is there: 发放小额信贷
	among   []string               // end what a figure is a part of: 低保对象中
	traits  []string               // alone in a label, tell of people who are counted before: 女性, 60岁以上
	joined  []string               // begin a label of what people who are counted before do as all may: 参加新农合
	all     []string               // in a label: those are all people
	sums    []string               // say that money is all of it
	areas   []string               // indicators of towns and villages there are, and
	hit     []string               // what some of them suffer or do
	pairs   [][]string             // two parts of a whole
	unless  map[string]string      // term → the one that excludes it where the words before a figure say it
	cues    map[string][]string    // domain → words that speak of it
}

func newWords() *words {
	w := &words{read: map[string][]string{}, nodes: make([]node, 1), telling: map[string]bool{}, rate: map[string]bool{}, weak: map[string]bool{}, own: map[string]bool{}, sides: map[string]bool{}, unless: map[string]string{}, cues: map[string][]string{}, kinds: map[string][2][]string{}}
	section := ""
	lines("words.txt", func(line string) {
		if strings.HasPrefix(line, "[") {
			section = strings.Trim(line, "[]")
			return
		}
		switch section {
		case "same":
			from, to := halves(line, " = ")
			terms := strings.Fields(to)
			w.add(from, terms)
			for _, t := range terms {
				w.addSelf(t)
			}
		case "unless":
			term, other := halves(line, " : ")
			w.unless[term] = other
		case "kinds":
			of, list := halves(line, " = ")
			kinds, all := halves(list, " / ")
			w.kinds[of] = [2][]string{strings.Fields(kinds), strings.Fields(all)}
		case "pairs":
			w.pairs = append(w.pairs, strings.Fields(line))
		default:
			w.list(section, strings.Fields(line))
		}
	})
	w.siding = w.sidings()
	return w
}

// halves parts a line of words.txt at a sign.
func halves(line, sign string) (from, to string) {
	from, to, ok := strings.Cut(line, sign)
	if !ok {
		panic(fmt.Sprintf("indicator: words.txt: %q", line))
	}
	return from, to
}

// list files a line of a section that lists words.
func (w *words) list(section string, list []string) {
	if domain, ok := strings.CutPrefix(section, "cue "); ok {
		w.cues[domain] = list
		return
	}
	if to, ok := map[string]*[]string{"fall": &w.falls, "people": &w.people, "before": &w.bases.before, "besides": &w.bases.besides, "against": &w.bases.against, "holds": &w.holds, "opens": &w.opens, "widen": &w.widen, "for": &w.serve, "of": &w.act, "did": &w.did, "whole": &w.whole, "unmet": &w.unmet, "bodies": &w.bodies, "lent": &w.lent, "joins": &w.joins, "due": &w.due, "undue": &w.undue, "among": &w.among, "traits": &w.traits, "joined": &w.joined, "all": &w.all, "sums": &w.sums, "areas": &w.areas, "hit": &w.hit}[section]; ok {
		*to = append(*to, list...)
		return
	}
	for _, word := range list {
		w.sort(section, word)
	}
}

// sort files a word of a section that says how words count.
func (w *words) sort(section, word string) {
	switch section {
	case "empty":
		w.add(word, nil)
	case "telling", "rate", "own":
		w.telling[word] = true
		w.rate[word], w.own[word] = section == "rate", section == "own"
		w.addSelf(word)
	case "sides":
		w.sides[word] = true
	case "weak":
		w.weak[word] = true
		w.addSelf(word)
	case "word":
		w.addSelf(word)
	default:
		panic("indicator: words.txt: no section " + section)
	}
}

// named is a label of no more than people, with what the sentence is about instead:
// 城市低保方面,…困难居民人数.
func (w *words) named(label, lead string) string {
	for _, p := range w.people {
		if rest, ok := strings.CutPrefix(label, p); ok && (rest == "" || rest == "人数" || rest == "户数") {
			return lead + rest
		}
	}
	return label
}

// divides reports whether the first words of a sentence say only by what its figures are
// divided: 按对象分, 分部门看.
func (*words) divides(lead string) bool {
	return strings.HasPrefix(lead, "分") || strings.HasPrefix(lead, "按") || strings.HasSuffix(lead, "分") || strings.HasSuffix(lead, "看")
}

// domains are those that a text has a word for.
func (w *words) domains(text string) (list []string) {
	if text == "" {
		return nil
	}
	for domain, cues := range w.cues {
		if holdsAny(text, cues) {
			list = append(list, domain)
		}
	}
	return list
}

// A node is what words begin with.
type node struct {
	keys  []rune // the characters that go on, but for the first node, and
	next  []int32
	word  bool // it is one
	terms []string
	known []int32 // those of its terms that names have, by number: see matcher
	other float64 // weight of the others
	tells bool    // one of those tells siblings apart
}

// behind is the node behind a character, 0 if there is none.
func (w *words) behind(at int32, r rune) int32 {
	if at == 0 {
		if int(r) >= len(w.heads) {
			return 0
		}
		return int32(w.heads[r])
	}
	n := &w.nodes[at]
	for i, k := range n.keys {
		if k == r {
			return n.next[i]
		}
	}
	return 0
}

// widens reports a text that speaks of all sides, and of none behind that: 全县; not 全县城市低保对象.
func (w *words) widens(text string) bool {
	for _, side := range w.siding {
		text = text[strings.LastIndex(text, side)+1:]
	}
	return holdsAny(text, w.widen)
}

// add gives a word its reading; addSelf one that is its own, if it has none.
func (w *words) add(word string, terms []string) {
	word = clean(word)
	w.read[word] = terms
	if word == "" {
		return
	}
	at := int32(0)
	for _, r := range word {
		next := w.behind(at, r)
		if next == 0 {
			next = int32(len(w.nodes))
			w.nodes = append(w.nodes, node{})
			if n := &w.nodes[at]; at == 0 {
				w.heads[r] = uint16(next)
			} else {
				n.keys, n.next = append(n.keys, r), append(n.next, next)
			}
		}
		at = next
	}
	w.nodes[at].word, w.nodes[at].terms = true, terms
}

func (w *words) addSelf(word string) {
	if _, ok := w.read[word]; !ok {
		w.add(word, []string{word})
	}
}

// cut hands the terms of a text to yield, the longest word first. The text must be
// clean.
func (w *words) cut(text string, yield func(term string)) {
	for len(text) > 0 {
		end, n := w.longest(text)
		if n == nil {
			yield(text[:end])
		} else {
			for _, t := range n.terms {
				yield(t)
			}
		}
		text = text[end:]
	}
}

// longest returns the bytes of the longest word that a text begins with, and its node; those
// of the first character and nil if there is none.
func (w *words) longest(text string) (end int, found *node) {
	at := int32(0)
	_, end = utf8.DecodeRuneInString(text)
	for i, r := range text {
		if at = w.behind(at, r); at == 0 {
			break
		}
		if n := &w.nodes[at]; n.word {
			end, found = i+utf8.RuneLen(r), n
		}
	}
	return end, found
}

// clean leaves of a text what is compared: letters and digits, full-width forms as
// half-width ones, and the sign 、; brackets and quotes go, what is in them stays.
func clean(s string) string {
	if !strings.ContainsFunc(s, func(r rune) bool { return cleanRune(r) != r }) {
		return s
	}
	b := make([]byte, 0, len(s))
	for _, r := range s {
		if r = cleanRune(r); r >= 0 {
			b = utf8.AppendRune(b, r)
		}
	}
	return string(b)
}

// cleanRune is what clean leaves of a character, -1 if nothing.
func cleanRune(r rune) rune {
	switch {
	case r >= '一' && r <= '龥': // letters that need no search
		return r
	case r >= 0xFF01 && r <= 0xFF5E:
		r -= 0xFEE0
	case r == '、' || r == '‰':
		return r
	case r == '。' || r == '“' || r == '”' || r == '《' || r == '》': // nor these
		return -1
	}
	if r == '%' || r == '.' || r == '&' || unicode.IsLetter(r) || unicode.IsDigit(r) {
		return r
	}
	return -1
}
