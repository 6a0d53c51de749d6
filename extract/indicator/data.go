package indicator

import (
	"embed"
	"strings"
)

//go:embed data
var data embed.FS

// Builtin returns the two vocabularies of the program, one after the other.
func Builtin() []Indicator {
	var all []Indicator
	for _, name := range []string{"civil.tsv", "county.tsv"} {
		list, problems := Parse("data/"+name, strings.NewReader(file(name)))
		if len(problems) > 0 { // a test reads them
			panic("indicator: " + problems[0].Error())
		}
		all = append(all, list...)
	}
	return all
}

// file is an embedded file as text.
func file(name string) string {
	b, err := data.ReadFile("data/" + name)
	if err != nil {
		panic(err) // it is embedded
	}
	return string(b)
}

// lines calls f for the lines of a data file that are neither empty nor comment.
func lines(name string, f func(line string)) {
	for line := range strings.Lines(file(name)) {
		line = strings.TrimRight(line, "\r\n")
		if line != "" && !strings.HasPrefix(line, "#") {
			f(line)
		}
	}
}
