package tell

import (
	_ "embed"
	"regexp"
	"slices"
	"strings"
	"sync"
)

//go:embed messages.txt
var messagesFile string

// A message is what a library says, and the Chinese of it.
type message struct {
	en *regexp.Regexp
	zh string // {} is what stands in the place of the English one
	n  int    // bytes of the English words
}

// messages are the lines of messages.txt, those with most words first.
var messages = sync.OnceValue(func() (list []message) {
	for line := range strings.Lines(messagesFile) {
		en, zh, ok := strings.Cut(strings.TrimRight(line, "\r\n"), "\t")
		if !ok || strings.HasPrefix(en, "#") {
			continue
		}
		pattern := strings.ReplaceAll(regexp.QuoteMeta(en), `\{\}`, `((?:[^:;]|[:;][^ ])*)`)
		list = append(list, message{regexp.MustCompile("^" + pattern + "$"), zh, len(en) - 2*strings.Count(en, "{}")})
	}
	slices.SortStableFunc(list, func(a, b message) int { return b.n - a.n })
	return list
})

// Message is an English message of a library in the language, as far as it is known:
// libraries join what they say by ": " and "; ", and each part of it is told alone.
// Names and what is Chinese already stay.
func (zh Lang) Message(s string) string {
	if !zh {
		return s
	}
	lines := strings.Split(s, "\n")
	for i, line := range lines {
		parts, joints := split(line)
		var b strings.Builder
		for n := 0; n < len(parts); {
			text, took := told(parts[n:], joints[n:])
			n += took
			b.WriteString(text + joints[n-1])
		}
		lines[i] = b.String()
	}
	return strings.Join(lines, "\n")
}

// split cuts a line at ": " and "; "; the last joint is empty.
func split(line string) (parts, joints []string) {
	for {
		at := strings.IndexFunc(line, func(r rune) bool { return r == ':' || r == ';' })
		from := 0
		for at >= 0 && !strings.HasPrefix(line[from+at+1:], " ") {
			from += at + 1
			at = strings.IndexAny(line[from:], ":;")
		}
		if at < 0 {
			return append(parts, line), append(joints, "")
		}
		at += from
		parts, joints = append(parts, line[:at]), append(joints, line[at:at+2])
		line = line[at+2:]
	}
}

// told is the Chinese of the first part, or of as many as one message is made of, and
// how many these are.
func told(parts, joints []string) (text string, took int) {
	for took = min(len(parts), mostParts); took > 0; took-- {
		var b strings.Builder
		for i, p := range parts[:took] {
			b.WriteString(p)
			if i+1 < took {
				b.WriteString(joints[i])
			}
		}
		joined := b.String()
		indent := joined[:len(joined)-len(strings.TrimLeft(joined, " \t"))]
		for _, m := range messages() {
			if found := m.en.FindStringSubmatch(joined[len(indent):]); found != nil {
				text := m.zh
				for _, words := range found[1:] {
					text = strings.Replace(text, "{}", words, 1)
				}
				return indent + text, took
			}
		}
	}
	return parts[0], 1
}

// mostParts is of how many parts a message is at most.
const mostParts = 3
