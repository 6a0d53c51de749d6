package pdf

import (
	"regexp"
	"slices"

	"mingxi/corpus/draft"
)

// Footnotes stand at the foot of a page in smaller type and begin with a mark.
// They are taken out of the text before lines are joined, so that a paragraph
// can go on over the page break, and come back as notes behind it.

// noteMark matches the beginning of a footnote: ① 1 [1] * 注：
var noteMark = regexp.MustCompile(`^(?:[①-⑳⑴-⒇*※⁰¹²³⁴-⁹]|[\[［〔]\d{1,2}[\]］〕]|\d{1,2} ?\p{Han}|注[:：释1-9])`)

// footnotes splits the lines of a page into text and notes.
func footnotes(lines []line, body float64) (text, notes []line) {
	from := len(lines)
	for i := len(lines) - 1; i >= 0; i-- {
		l := &lines[i]
		if l.table != nil || l.size > 0.92*body || l.group != lines[len(lines)-1].group {
			break
		}
		if noteMark.MatchString(l.text) {
			from = i
		}
	}
	if from == 0 {
		return lines, nil // a page of small type is no footnote
	}
	for i := from; i < len(lines); i++ {
		lines[i].note = true
	}
	return lines[:from], lines[from:]
}

// withNotes puts notes behind the text of their pages. Each marked line begins
// a note.
func withNotes(text []draft.Piece, notes []line) []draft.Piece {
	out := text
	for i := 0; i < len(notes); {
		j := i + 1
		for j < len(notes) && notes[j].page == notes[i].page && !noteMark.MatchString(notes[j].text) {
			j++
		}
		parts := make([]string, 0, j-i)
		for _, l := range notes[i:j] {
			parts = append(parts, l.text)
		}
		n := draft.Piece{Kind: draft.Note, Text: joinLines(parts), Page: notes[i].page}
		at := len(out)
		for at > 0 && out[at-1].Page > n.Page {
			at--
		}
		out = slices.Insert(out, at, n)
		i = j
	}
	return out
}
