// Package gen writes work reports that nobody wrote, for measuring and testing:
// any number of them, 4 to 5 KB each, with some forty figures, the same ones for
// the same seed. Words and sentences are our own (sentences.txt); places do not
// exist.
package gen

import (
	_ "embed"
	"fmt"
	"math/rand/v2"
	"strings"
)

//go:embed sentences.txt
var data string

// A Source makes reports.
type Source struct {
	seed     uint64
	sections []section
	names    []string // parts of names of counties
	between  []string // sentences without figures
}

// A section is a heading and the sentences that may stand below it.
type section struct {
	heading   string
	sentences []string
}

// New makes a source. Sources with the same seed make the same reports.
func New(seed uint64) *Source {
	s := &Source{seed: seed}
	for line := range strings.Lines(data) {
		line = strings.TrimSpace(line)
		switch {
		case line == "" || line[0] == '#':
		case strings.HasPrefix(line, "= "):
			s.names = strings.Fields(line[2:])
		case strings.HasPrefix(line, "@ "):
			s.between = append(s.between, line[2:])
		case strings.HasPrefix(line, "* "):
			s.sections = append(s.sections, section{heading: line[2:]})
		default:
			last := &s.sections[len(s.sections)-1]
			last.sentences = append(last.sentences, line)
		}
	}
	return s
}

// A Report is a file: its name, with a directory of a thousand, and its text.
type Report struct{ Name, Text string }

// Report makes the report with number i.
func (s *Source) Report(i int) Report {
	w := writer{between: s.between, rng: rand.New(rand.NewPCG(s.seed, uint64(i)))}
	county := s.names[w.rng.IntN(len(s.names))] + s.names[w.rng.IntN(len(s.names))] + "县"
	year := 2005 + w.rng.IntN(18)
	title := fmt.Sprintf("%s民政局%d年工作总结", county, year)
	w.text.WriteString(title + "\n\n")
	fmt.Fprintf(&w.text, "%d年，%s民政局在县委、县政府的领导下，围绕中心，服务大局，较好地完成了全年各项任务。现将工作情况总结如下：\n\n", year, county)
	target := 4000 + w.rng.IntN(900)
	for n, i := range w.rng.Perm(len(s.sections)) {
		if w.text.Len() > target-80 {
			break
		}
		w.section(n, s.sections[i], target)
	}
	return Report{fmt.Sprintf("%04d/%07d.txt", i/1000, i), w.text.String()}
}

// A writer writes one report.
type writer struct {
	rng     *rand.Rand
	between []string
	text    strings.Builder
}

var ordinals = strings.Split("一二三四五六七八九十", "")

// section writes a heading and most of its sentences, in an order of their own.
func (w *writer) section(n int, s section, target int) {
	w.text.WriteString(ordinals[n%len(ordinals)] + "、" + s.heading + "\n")
	for k, i := range w.rng.Perm(len(s.sentences)) {
		if w.text.Len() > target {
			break
		}
		w.sentence(s.sentences[i])
		if w.rng.IntN(5) < 4 {
			w.text.WriteString(w.between[w.rng.IntN(len(w.between))])
		}
		if k%4 == 3 {
			w.text.WriteString("\n")
		}
	}
	w.text.WriteString("\n")
}

// sentence writes a sentence and puts numbers in place of its slots: N a whole
// number, L a large one, D a decimal, P a percentage without its sign.
func (w *writer) sentence(s string) {
	for _, r := range s {
		switch r {
		case 'N':
			fmt.Fprint(&w.text, 2+w.rng.IntN(400))
		case 'L':
			fmt.Fprint(&w.text, 1000+w.rng.IntN(60000))
		case 'D':
			fmt.Fprintf(&w.text, "%d.%d", 1+w.rng.IntN(900), 1+w.rng.IntN(99))
		case 'P':
			fmt.Fprintf(&w.text, "%d.%d", 1+w.rng.IntN(98), 1+w.rng.IntN(9))
		default:
			w.text.WriteRune(r)
		}
	}
}
