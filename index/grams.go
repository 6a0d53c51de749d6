package index

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/blevesearch/bleve/v2/search/query"
)

// # Terms of a text
//
// A text has runs: of Chinese characters, and of digits, letters and points. From
// every place of a run begins a term: of two characters in the first kind, of three
// in the second, of what is left at the end of the run. 低保12.5万 has 低保, 保, 12.,
// 2.5, .5, 5 and 万. Blanks, other signs and punctuation are in no term.
//
// So a phrase that is part of one run and as long as a term is a term, a shorter one
// begins a term, and a longer one has all its terms in every text that holds it:
// these texts are looked at. A phrase of signs alone narrows nothing; all texts are
// looked at, about 2 GB in a second on two cores. No term says how often or where.

// termLength is how many characters a term has that begins with this one; 0 of a sign.
func termLength(r rune) int {
	switch {
	case r >= '0' && r <= '9' || r >= 'a' && r <= 'z' || r == '.':
		return 3
	case r < 0x80:
		return 0
	case r >= 0x4e00 && r <= 0x9fff, r >= 0x3400 && r <= 0x4dbf, r >= 0x3005 && r <= 0x3007, r >= 0x20000 && r <= 0x3ffff:
		return 2
	case unicode.IsLetter(r) || unicode.IsDigit(r):
		return 3
	}
	return 0
}

// addTerms calls add for the terms of a folded text, also again and again. A term is its
// characters, as a number of 21 bits for each: these are in the order of the terms.
func addTerms(text string, add func(term uint64)) {
	var open uint64 // the last characters, from which terms begin that have not ended
	kind := 0
	end := func() {
		if open > oneChar {
			add(open << charBits)
		}
		if open &= oneChar; open > 0 {
			add(open << (2 * charBits))
		}
		open = 0
	}
	for _, r := range text {
		n := termLength(r)
		if n != kind {
			end()
			kind = n
		}
		if n == 0 {
			continue
		}
		now := open<<charBits | uint64(r)
		if open>>(charBits*(n-2)) > 0 {
			add(now << (charBits * (3 - n)))
		}
		open = now & (1<<(charBits*(n-1)) - 1)
	}
	end()
}

const (
	charBits = 21
	oneChar  = 1<<charBits - 1
)

// appendTerm appends the characters of a term.
func appendTerm(b []byte, term uint64) []byte {
	for ; term > 0; term = term << charBits & (1<<(3*charBits) - 1) {
		b = utf8.AppendRune(b, rune(term>>(2*charBits)))
	}
	return b
}

// eachRun cuts a text into its runs; n is the length of their terms.
func eachRun(text string, f func(run string, n int)) {
	start, kind := 0, 0
	for i, r := range text {
		if n := termLength(r); n != kind {
			if kind > 0 {
				f(text[start:i], kind)
			}
			start, kind = i, n
		}
	}
	if kind > 0 {
		f(text[start:], kind)
	}
}

// holding finds the reports in whose fields a folded phrase can stand: each of its
// terms in one of them. It is exact if no others are found.
func holding(phrase string, fields ...string) (q query.Query, exact bool) {
	if phrase == "" {
		return query.NewMatchAllQuery(), true
	}
	var whole, short []query.Query
	var seen []string
	in := func(find func(field, term string) query.Query, t string) query.Query {
		var list []query.Query
		for _, f := range fields {
			list = append(list, find(f, t))
		}
		return either(list)
	}
	eachRun(phrase, func(run string, n int) {
		chars := utf8.RuneCountInString(run)
		exact = chars <= n && len(run) == len(phrase)
		if chars < n {
			short = append(short, in(beginning, run))
			return
		}
		addTerms(run, func(packed uint64) {
			t := string(appendTerm(nil, packed))
			if utf8.RuneCountInString(t) == n && !slices.Contains(seen, t) {
				seen = append(seen, t)
				whole = append(whole, in(term, t))
			}
		})
	})
	if len(whole) == 0 {
		whole = short
	}
	return all(whole), exact
}

func term(field, t string) query.Query {
	q := query.NewTermQuery(t)
	q.SetField(field)
	return q
}

// beginning finds a field with a term that begins so.
func beginning(field, t string) query.Query {
	q := query.NewPrefixQuery(t)
	q.SetField(field)
	return q
}

// all finds what each of the queries finds; everything if there are none.
func all(list []query.Query) query.Query {
	switch len(list) {
	case 0:
		return query.NewMatchAllQuery()
	case 1:
		return list[0]
	}
	return query.NewConjunctionQuery(list)
}

// either finds what one of the queries finds; nothing if there are none.
func either(list []query.Query) query.Query {
	switch len(list) {
	case 0:
		return query.NewMatchNoneQuery()
	case 1:
		return list[0]
	}
	return query.NewDisjunctionQuery(list)
}

// codes are a region's code and those of what it lies in: 53, 5303, 530322.
func codes(code string) (list []string) {
	for n := 2; n < len(code); n += 2 {
		list = append(list, code[:n])
	}
	return append(list, code)
}

// CodeTerm begins the codes of a region and of all below it: of 530000, 53.
func CodeTerm(code string) string {
	for len(code) > 2 && strings.HasSuffix(code, "00") {
		code = code[:len(code)-2]
	}
	return code
}
