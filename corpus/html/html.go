// Package html reads web pages: the main content with its headings, lists and
// tables, without navigation, advertisements and comments.
//
// The content is looked for in three steps, each behind the one before:
//
//  1. containers that publishing systems of governments and newspapers use
//     (data/containers.txt), by id or class;
//  2. the innermost element that holds most of the page's prose (weight.go);
//  3. go-readability, where the page has next to no prose by that measure.
//
// The encoding is what the bytes say, then what the page says.
package html

import (
	"bytes"
	"errors"
	"fmt"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"mingxi/corpus/charset"
	"mingxi/corpus/draft"
)

// Options say what is known of a page beyond its bytes.
type Options struct {
	Charset string // of the Content-Type header, if there was one
}

// ErrNoText is returned for pages that show no text: frames, scripts, pictures.
var ErrNoText = errors.New("the page shows no text without its scripts or frames")

// Read reads a page. The error is of decoding, or ErrNoText.
func Read(data []byte, o Options) (*draft.Document, error) {
	label := o.Charset
	if label == "" {
		label = declared(data)
	}
	d, err := charset.DecodeAs(data, label)
	if err != nil {
		return nil, fmt.Errorf("html: %w", err)
	}
	doc := &draft.Document{Encoding: d.Encoding, Confidence: d.Confidence}
	if d.Broken > 0 {
		doc.Warnings = append(doc.Warnings, fmt.Sprintf("%d characters could not be decoded as %s", d.Broken, d.Encoding))
	}
	text := strings.ReplaceAll(d.Text, "\x00", "")
	if low := strings.ToLower(text); strings.LastIndex(low, "<table") > max(strings.LastIndex(low, "</table"), strings.LastIndex(low, "</body"), strings.LastIndex(low, "</html")) {
		doc.Warnings = append(doc.Warnings, "the file is cut: it ends within a table")
	}
	root, err := html.Parse(strings.NewReader(text))
	if err != nil { // nested too deep, for one
		doc.Pieces = plain(text)
		doc.Warnings = append(doc.Warnings, fmt.Sprintf("read as plain text with navigation: %v", err))
		return notEmpty(doc)
	}
	page := newPage(root)
	content := page.content()
	w := &writer{page: page, content: content}
	w.children(content, 0)
	w.flush(draft.Para)
	if w.cut {
		doc.Warnings = append(doc.Warnings, "elements nested too deep were left out")
	}
	if doc.Pieces = w.pieces; len(w.pieces) > 0 {
		doc.Pieces = withTitle(page.title(), w.pieces)
	}
	return notEmpty(doc)
}

func notEmpty(doc *draft.Document) (*draft.Document, error) {
	if len(doc.Pieces) == 0 {
		return nil, fmt.Errorf("html: %w", ErrNoText)
	}
	return doc, nil
}

// plain reads a page that can not be parsed: all its text, a line for each block.
func plain(text string) []draft.Piece {
	z := html.NewTokenizer(strings.NewReader(text))
	w := &writer{}
	hidden := atom.Atom(0)
	for {
		switch z.Next() {
		case html.ErrorToken:
			w.flush(draft.Para)
			return w.pieces
		case html.TextToken:
			if hidden == 0 {
				w.text.Write(z.Text())
			}
		case html.StartTagToken:
			name, _ := z.TagName()
			n := &html.Node{Type: html.ElementNode, DataAtom: atom.Lookup(name)}
			if n.DataAtom == atom.Script || n.DataAtom == atom.Style || n.DataAtom == atom.Title {
				hidden = n.DataAtom
			}
			if block(n) || n.DataAtom == atom.Br || n.DataAtom == atom.Li {
				w.flush(draft.Para)
			}
		case html.EndTagToken:
			name, _ := z.TagName()
			if a := atom.Lookup(name); a == hidden {
				hidden = 0
			} else if block(&html.Node{DataAtom: a}) {
				w.flush(draft.Para)
			}
		}
	}
}

// declared finds the encoding that a page's meta element or XML declaration names.
func declared(data []byte) string {
	head := bytes.ToLower(data[:min(len(data), 8192)])
	for _, key := range []string{"charset=", "encoding="} {
		i := bytes.Index(head, []byte(key))
		if i < 0 {
			continue
		}
		s := strings.TrimLeft(string(head[i+len(key):min(len(head), i+40)]), "\"' ")
		if end := strings.IndexAny(s, "\"' />;\r\n"); end > 0 {
			return s[:end]
		}
	}
	return ""
}

// withTitle puts the title before the pieces, unless they begin with it.
func withTitle(title string, pieces []draft.Piece) []draft.Piece {
	if title == "" {
		return pieces
	}
	for i := range pieces[:min(len(pieces), 4)] {
		if text := squeeze(pieces[i].Text); text != "" && (text == squeeze(title) || strings.HasPrefix(squeeze(title), text) && len(text) > 12) {
			return pieces
		}
	}
	return append([]draft.Piece{{Kind: draft.Heading, Level: 1, Text: title, Place: 1}}, pieces...)
}

// squeeze leaves out all white space, to compare.
func squeeze(s string) string { return strings.Join(strings.Fields(s), "") }

// A page is a parsed page with what is known of its elements.
type page struct {
	root    *html.Node
	body    *html.Node
	weights map[*html.Node]weight
}

func newPage(root *html.Node) *page {
	p := &page{root: root, weights: map[*html.Node]weight{}}
	p.body = find(root, 0, func(n *html.Node) bool { return n.DataAtom == atom.Body })
	if p.body == nil {
		p.body = root
	}
	p.weigh(p.body, 0, false)
	return p
}

// maxDepth bounds every walk: pages nested deeper are made by no one.
const maxDepth = 600

// find returns the first element in text order that ok accepts, nil if none is.
func find(n *html.Node, depth int, ok func(*html.Node) bool) *html.Node {
	if n.Type == html.ElementNode && ok(n) {
		return n
	}
	if depth > maxDepth {
		return nil
	}
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		if f := find(c, depth+1, ok); f != nil {
			return f
		}
	}
	return nil
}

// attr is the value of an attribute, empty if there is none.
func attr(n *html.Node, key string) string {
	for i := range n.Attr {
		if n.Attr[i].Key == key {
			return n.Attr[i].Val
		}
	}
	return ""
}

// title is the page's title: the only h1, or a meta element that publishing
// systems write, or the title element without the names of the site behind it.
func (p *page) title() string {
	var h1 []string
	p.each(p.body, 0, func(n *html.Node) {
		if n.DataAtom == atom.H1 {
			if t := inline(n); t != "" {
				h1 = append(h1, t)
			}
		}
	})
	if len(h1) == 1 && len(h1[0]) < 300 {
		return h1[0]
	}
	if n := find(p.root, 0, func(n *html.Node) bool {
		return n.DataAtom == atom.Meta && strings.EqualFold(attr(n, "name"), "ArticleTitle")
	}); n != nil && attr(n, "content") != "" {
		return strings.TrimSpace(attr(n, "content"))
	}
	n := find(p.root, 0, func(n *html.Node) bool { return n.DataAtom == atom.Title })
	if n == nil || n.FirstChild == nil {
		return ""
	}
	return withoutSite(strings.Join(strings.Fields(n.FirstChild.Data), " "))
}

// withoutSite drops what stands behind the first separator of a title element, as
// long as a title remains: 工作总结_某某县人民政府 is 工作总结.
func withoutSite(title string) string {
	for _, sep := range []string{"_", "|", "｜", " - ", " – ", " — ", "--", "-"} {
		if i := strings.Index(title, sep); i >= 12 {
			title = strings.TrimSpace(title[:i])
		}
	}
	return title
}

// each calls f for every element that is shown.
func (p *page) each(n *html.Node, depth int, f func(*html.Node)) {
	if depth > maxDepth || n.Type == html.ElementNode && silent(n) {
		return
	}
	if n.Type == html.ElementNode {
		f(n)
	}
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		p.each(c, depth+1, f)
	}
}
