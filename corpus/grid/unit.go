package grid

import (
	_ "embed"
	"regexp"
	"strings"
)

//go:embed units.txt
var unitText string

// units are those of units.txt, as a choice of a regular expression.
var units = func() string {
	var all []string
	for line := range strings.Lines(unitText) {
		if !strings.HasPrefix(line, "#") {
			all = append(all, strings.Fields(line)...)
		}
	}
	return "(?:" + strings.Join(all, "|") + ")"
}()

var (
	// counted is a number with its unit, or 1.23万: a header has none
	counted = regexp.MustCompile(`^[0-9][0-9,.]*(?:[万亿]?` + units + `|[万亿])$`)
	alone   = regexp.MustCompile(`^[(（]?(?:[十百千万亿]*` + units + `(?:/[\p{Han}·]{1,4})?|[%‰℃％])[)）]?$`)
)

// IsUnit reports a cell that is a unit and nothing else, in brackets or without: 万元, (元/亩).
func IsUnit(s string) bool { return alone.MatchString(s) }
