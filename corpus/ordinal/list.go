package ordinal

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// Levels is how many levels a list has.
const Levels = 9

// longest is how many bytes the number of a paragraph may have.
const longest = 200

// A Level is one level of a list.
type Level struct {
	Format  string // of ECMA-376
	Text    string // pattern with %1 … %9 for the counts of the levels: (%1), %1.%2
	Start   int    // the first count
	Restart int    // 0: after any higher level; n > 0: only after levels up to n; -1: never
	Legal   bool   // all counts of the pattern as decimals
	Tight   bool   // nothing between number and text
}

// A Counter holds the counts of a list as the document goes on.
type Counter struct {
	n    [Levels]int
	used [Levels]bool
}

// Reset makes the next count of a level start (and those below it start anew).
func (c *Counter) Reset(level, start int) {
	for l := level; l < Levels; l++ {
		c.used[l] = false
	}
	c.n[level], c.used[level] = start-1, true
}

// Next counts one paragraph at a level and returns its number as printed.
func (c *Counter) Next(levels *[Levels]Level, level int) string {
	if c.used[level] {
		c.n[level]++
	} else {
		c.n[level], c.used[level] = levels[level].Start, true
	}
	for l := level + 1; l < Levels; l++ {
		if r := levels[l].Restart; r == 0 || level < r {
			c.used[l] = false
		}
	}
	return c.print(levels, level)
}

func (c *Counter) print(levels *[Levels]Level, level int) string {
	this := levels[level]
	if this.Format == "bullet" {
		return ""
	}
	var b strings.Builder
	for s := this.Text; s != "" && b.Len() < longest; {
		if len(s) > 1 && s[0] == '%' && s[1] >= '1' && s[1] <= '9' {
			l := int(s[1] - '1')
			s = s[2:]
			format := levels[l].Format
			if this.Legal && format != "none" {
				format = "decimal"
			}
			b.WriteString(Format(format, c.count(levels, l)))
			continue
		}
		_, n := utf8.DecodeRuneInString(s)
		b.WriteString(s[:n])
		s = s[n:]
	}
	return b.String()
}

func (c *Counter) count(levels *[Levels]Level, l int) int {
	if !c.used[l] {
		return levels[l].Start
	}
	return c.n[l]
}

// Join puts a number before its text. A space is set where the two would
// otherwise run together: "1." and "2024年" must not become 1.2024.
func Join(number, text string, tight bool) string {
	if number == "" || text == "" {
		return text
	}
	last, _ := utf8.DecodeLastRuneInString(number)
	first, _ := utf8.DecodeRuneInString(text)
	if unicode.IsSpace(last) || unicode.IsSpace(first) {
		return number + text
	}
	alike := unicode.IsDigit(first) && (unicode.IsDigit(last) || last == '.' || last == '．')
	if alike || !tight && last < 0x2000 && last != ')' {
		return number + " " + text
	}
	return number + text
}
