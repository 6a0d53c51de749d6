package html

import (
	"strings"

	"golang.org/x/net/html"
)

// noteMark reports whether a link is the mark of a footnote, at its place or
// before the note, as word processors write it: it leads to another place of
// the page and shows only a number.
//
//	1532人<a href="#_ftn1">[1]</a>，
func noteMark(n *html.Node) bool {
	if !strings.HasPrefix(attr(n, "href"), "#") || len(attr(n, "href")) < 2 {
		return false
	}
	var b strings.Builder
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		appendText(&b, c, maxDepth-8)
	}
	s := strings.TrimSpace(b.String())
	return s != "" && len(s) <= 12 && strings.Trim(s, "0123456789[]()［］（）①②③④⑤⑥⑦⑧⑨⑩*†‡¹²³⁴⁵⁶⁷⁸⁹⁰") == ""
}
