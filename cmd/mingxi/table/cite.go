package table

// This file writes citations of sources. A work report has an organisation, a title
// and the year that it reports on; when it was printed is not known, so that year
// stands for it.

import (
	"encoding/json"
	"fmt"
	"strconv"
	"strings"
)

// bibtex is a list of citations for LaTeX: BibTeX has @techreport for reports.
func bibtex(list []citation) string {
	var b strings.Builder
	for _, c := range list {
		fmt.Fprintf(&b, "@techreport{%s,\n", c.key)
		for _, f := range []struct{ name, value string }{{"author", braced(c.org)}, {"title", braced(c.title)}, {"institution", texSafe(c.org)}, {"year", c.year}, {"address", texSafe(c.region)}, {"note", texSafe(c.file)}} {
			if f.value != "" && f.value != "{}" {
				fmt.Fprintf(&b, "  %s = {%s},\n", f.name, f.value)
			}
		}
		b.WriteString("}\n\n")
	}
	return b.String()
}

// braced keeps BibTeX from taking a name apart or changing capitals.
func braced(s string) string {
	if s == "" {
		return ""
	}
	return "{" + texSafe(s) + "}"
}

var texEscapes = strings.NewReplacer(`\`, `\textbackslash{}`, "{", `\{`, "}", `\}`, "%", `\%`, "&", `\&`, "#", `\#`, "$", `\$`, "_", `\_`, "~", `\textasciitilde{}`, "^", `\textasciicircum{}`, "\n", " ")

func texSafe(s string) string { return texEscapes.Replace(s) }

// cslJSON is the list for Zotero, pandoc and others (Citation Style Language 1.0.2).
func cslJSON(list []citation) ([]byte, error) {
	type name struct {
		Literal string `json:"literal"`
	}
	type date struct {
		Parts [][]int `json:"date-parts"`
	}
	type item struct {
		ID        string `json:"id"`
		Type      string `json:"type"`
		Title     string `json:"title"`
		Author    []name `json:"author,omitempty"`
		Publisher string `json:"publisher,omitempty"`
		Place     string `json:"publisher-place,omitempty"`
		Issued    *date  `json:"issued,omitempty"`
		Language  string `json:"language"`
		Note      string `json:"note,omitempty"`
	}
	items := []item{}
	for _, c := range list {
		one := item{ID: c.key, Type: "report", Title: c.title, Publisher: c.org, Place: c.region, Language: "zh-CN", Note: c.file}
		if c.org != "" {
			one.Author = []name{{c.org}}
		}
		if year, err := strconv.Atoi(c.year); err == nil {
			one.Issued = &date{[][]int{{year}}}
		}
		items = append(items, one)
	}
	return marshal(items)
}

// gbt7714 is the list of references by GB/T 7714-2015: 主要责任者. 题名[R]. 出版年.
func gbt7714(list []citation) string {
	var b strings.Builder
	for i, c := range list {
		fmt.Fprintf(&b, "[%d] ", i+1)
		if c.org != "" {
			b.WriteString(c.org + ". ")
		}
		b.WriteString(c.title + "[R].")
		if c.year != "" {
			b.WriteString(" " + c.year + ".")
		}
		b.WriteByte('\n')
	}
	return b.String()
}

// marshal prints JSON for people too.
func marshal(v any) ([]byte, error) {
	var b strings.Builder
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	err := e.Encode(v)
	return []byte(b.String()), err
}
