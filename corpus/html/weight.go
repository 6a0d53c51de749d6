package html

import (
	_ "embed"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	readability "codeberg.org/readeck/go-readability/v2"
	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

//go:embed data/containers.txt
var containerText string

//go:embed data/noise.txt
var noiseText string

// words reads a list of words, one a line, into their order from 1.
func words(text string) map[string]int {
	m := map[string]int{}
	for line := range strings.Lines(text) {
		if line = strings.TrimSpace(line); line != "" && line[0] != '#' {
			m[strings.ToLower(line)] = len(m) + 1
		}
	}
	return m
}

var (
	containers = sync.OnceValue(func() map[string]int { return words(containerText) })
	noise      = sync.OnceValue(func() map[string]int { return words(noiseText) })
)

// A weight says how much text an element holds.
type weight struct {
	text  int // characters, without white space
	link  int // of them in links
	prose int // characters outside of links in pieces that read as sentences, or in tables
	links int // number of links
}

func (w weight) add(o weight) weight {
	return weight{w.text + o.text, w.link + o.link, w.prose + o.prose, w.links + o.links}
}

// weigh weighs n and all below it.
func (p *page) weigh(n *html.Node, depth int, link bool) weight {
	var w weight
	if n.Type == html.TextNode {
		return textWeight(n.Data, link)
	}
	if depth > maxDepth || n.Type == html.ElementNode && silent(n) {
		return w
	}
	if n.DataAtom == atom.A {
		link = true
		w.links = 1
	}
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		w = w.add(p.weigh(c, depth+1, link))
	}
	if n.Type == html.ElementNode && noisy(n) {
		w.prose /= 10
	}
	if n.DataAtom == atom.Td && w.text < 30 { // a figure in a table
		w.prose = w.text - w.link
	}
	p.weights[n] = w
	return w
}

// textWeight weighs a run of text: it is prose if it is long or has the
// punctuation of sentences.
func textWeight(s string, link bool) weight {
	var w weight
	stops := 0
	for _, r := range s {
		switch {
		case unicode.IsSpace(r):
			continue
		case strings.ContainsRune("，。；、：", r):
			stops++
		}
		w.text++
	}
	switch {
	case link:
		w.link = w.text
	case stops > 0 || w.text > 30:
		w.prose = w.text
	}
	return w
}

// silent reports whether an element shows nothing that is read: scripts, styles,
// controls, what is hidden, readings of characters (ruby), marks of notes.
func silent(n *html.Node) bool {
	switch n.DataAtom {
	case atom.Script, atom.Style, atom.Noscript, atom.Iframe, atom.Select, atom.Button, atom.Input, atom.Textarea,
		atom.Svg, atom.Canvas, atom.Video, atom.Audio, atom.Object, atom.Embed, atom.Template, atom.Head, atom.Link,
		atom.Meta, atom.Rt, atom.Rp, atom.Datalist, atom.Map:
		return true
	case atom.A:
		if noteMark(n) {
			return true
		}
	}
	for i := range n.Attr {
		a := &n.Attr[i]
		switch a.Key {
		case "hidden":
			return true
		case "style":
			if s := strings.ToLower(strings.ReplaceAll(a.Val, " ", "")); strings.Contains(s, "display:none") || strings.Contains(s, "visibility:hidden") && n.DataAtom != atom.Div {
				return true
			}
		}
	}
	return false
}

// noisy reports whether an element is navigation, advertisement, comments and the
// like, by its kind or by a word in its id or class.
func noisy(n *html.Node) bool {
	switch n.DataAtom {
	case atom.Nav, atom.Footer, atom.Aside:
		return true
	case atom.Body, atom.Html, atom.Article, atom.Main:
		return false
	}
	list := noise()
	for i := range n.Attr {
		a := &n.Attr[i]
		switch a.Key {
		case "id", "class":
			if anyWord(a.Val, list) {
				return true
			}
		case "role":
			if a.Val == "navigation" || a.Val == "complementary" || a.Val == "contentinfo" || a.Val == "banner" {
				return true
			}
		}
	}
	return false
}

// anyWord reports whether an id or class holds a word of the list: side in
// left-side, share in shareBox.
func anyWord(names string, list map[string]int) bool {
	for name := range strings.FieldsFuncSeq(names, func(r rune) bool { return !unicode.IsLetter(r) }) {
		from := 0
		for i, r := range name {
			if i > 0 && unicode.IsUpper(r) {
				if list[strings.ToLower(name[from:i])] > 0 {
					return true
				}
				from = i
			}
		}
		if list[strings.ToLower(name[from:])] > 0 || list[strings.ToLower(name)] > 0 {
			return true
		}
	}
	return false
}

// content finds the element that holds the page's main content.
func (p *page) content() *html.Node {
	if n := p.container(); n != nil {
		return n
	}
	n := p.densest()
	if p.weights[n].prose < 60 {
		if r := p.readable(); r != nil {
			return r
		}
	}
	return n
}

// container finds the element that a publishing system marks as the content: the
// one that stands first in the list, of several the one with most text.
func (p *page) container() *html.Node {
	var best *html.Node
	rank := 1 << 30
	p.each(p.body, 0, func(n *html.Node) {
		r := containerRank(n)
		w := p.weights[n]
		if r == 0 || w.text < 20 || w.link*2 > w.text {
			return
		}
		if r < rank || r == rank && w.text > p.weights[best].text {
			best, rank = n, r
		}
	})
	if best == nil || p.weights[best].prose*4 < p.weights[p.body].prose { // a box beside the content
		return nil
	}
	return best
}

func containerRank(n *html.Node) int {
	list, rank := containers(), 0
	for i := range n.Attr {
		a := &n.Attr[i]
		if a.Key != "id" && a.Key != "class" && a.Key != "itemprop" {
			continue
		}
		for name := range strings.FieldsSeq(a.Val) {
			if r := list[strings.ToLower(name)]; r > 0 && (rank == 0 || r < rank) {
				rank = r
			}
		}
	}
	if n.DataAtom == atom.Article && rank == 0 {
		rank = list["<article>"]
	}
	return rank
}

// densest goes down from the body as long as one child holds nearly all the prose.
func (p *page) densest() *html.Node {
	n := p.body
	for {
		var best *html.Node
		for c := n.FirstChild; c != nil; c = c.NextSibling {
			if c.Type == html.ElementNode && (best == nil || p.weights[c].prose > p.weights[best].prose) {
				best = c
			}
		}
		if best == nil || p.weights[best].prose == 0 || p.weights[best].prose*100 < p.weights[n].prose*60 || !frame(best) {
			return n
		}
		n = best
	}
}

// frame reports whether an element can hold the content of a page.
func frame(n *html.Node) bool {
	switch n.DataAtom {
	case atom.P, atom.Span, atom.Tr, atom.A, atom.Li, atom.H1, atom.H2, atom.H3, atom.Font, atom.B, atom.Strong, atom.Blockquote:
		return false
	case atom.Table, atom.Tbody:
		return !isData(n)
	}
	return true
}

// maxReadable bounds the elements that go-readability is given.
const maxReadable = 20000

// readable asks go-readability, nil if it finds nothing.
func (p *page) readable() (n *html.Node) {
	defer func() {
		if recover() != nil {
			n = nil
		}
	}()
	parser := readability.NewParser()
	parser.MaxElemsToParse = maxReadable
	parser.CharThresholds = 50
	a, err := parser.ParseDocument(p.root, nil)
	if err != nil || a.Node == nil || utf8.RuneCountInString(squeeze(inline(a.Node))) < 60 {
		return nil
	}
	p.weigh(a.Node, 0, false)
	return a.Node
}
