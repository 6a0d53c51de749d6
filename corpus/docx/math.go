package docx

import (
	"encoding/xml"
	"strings"

	"mingxi/corpus/pack"
)

// formula writes a formula in one line, so that its numbers stay apart:
// a fraction is 1/2, a power 10^4 with a raised 4.
func formula(c *pack.Cursor) (string, error) {
	var b strings.Builder
	err := c.Each(func(e xml.StartElement) error {
		var text string
		var err error
		switch e.Name.Local {
		case "t":
			text, err = c.Text()
		case "f":
			text, err = parts(c, map[string]string{"num": "", "den": "/"}, nil)
		case "sSup", "sSub", "sSubSup":
			text, err = parts(c, nil, map[string]string{"sup": "superscript", "sub": "subscript"})
		case "rad":
			text, err = parts(c, map[string]string{"deg": "", "e": "√"}, nil)
		case "rPr", "ctrlPr", "fPr", "del":
		default:
			text, err = formula(c)
		}
		b.WriteString(text)
		return err
	})
	return b.String(), err
}

// parts writes the parts of a construct, each with what goes before it, raised
// or lowered as it says.
func parts(c *pack.Cursor, before, aligned map[string]string) (string, error) {
	var b strings.Builder
	err := c.Each(func(e xml.StartElement) error {
		text, err := formula(c)
		if text != "" {
			b.WriteString(before[e.Name.Local] + script(text, aligned[e.Name.Local]))
		}
		return err
	})
	return b.String(), err
}
