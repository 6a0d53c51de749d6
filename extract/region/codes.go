package region

import (
	"slices"
	"strings"
	"unicode/utf8"
)

// Codes returns, sorted, the codes that places whose name begins so have or ever
// had: 曲靖 is 532200 (曲靖地区, until 1997) and 530300 (曲靖市). A single character
// names no place.
func (t *Table) Codes(name string) []string {
	if utf8.RuneCountInString(name) < 2 {
		return nil
	}
	var list []string
	for full, places := range t.byName {
		if strings.HasPrefix(full, name) {
			for _, p := range places {
				list = append(list, p.Code)
			}
		}
	}
	slices.Sort(list)
	return slices.Compact(list)
}
