package region

import (
	"maps"
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

// Under returns the beginnings of the codes of a name with all below it, or of a code as it stands: 曲靖市
// is 5303. There are none if no place ever had it.
func (t *Table) Under(s string) []string {
	if strings.Trim(s, "0123456789") != "" {
		list := t.Codes(s)
		for i, code := range list {
			list[i] = strings.TrimSuffix(strings.TrimSuffix(code, "00"), "00")
		}
		return list
	}
	for code := range t.byCode {
		if s != "" && strings.HasPrefix(code, s) {
			return []string{s}
		}
	}
	return nil
}

// Nearest returns the code that was most likely meant: that of a name, of a wrong code the first that begins
// like it by two digits at least; or the name nearest to a wrong one. It is empty if there is none.
func (t *Table) Nearest(s string, near func(string, []string) string) string {
	if list := t.Codes(s); len(list) > 0 {
		return list[max(0, slices.IndexFunc(list, func(code string) bool { return t.Code(code, LastYear) != nil }))]
	}
	if strings.Trim(s, "0123456789") != "" {
		return near(s, slices.Sorted(maps.Keys(t.byName)))
	}
	for codes := slices.Sorted(maps.Keys(t.byCode)); len(s) >= 2; s = s[:len(s)-1] {
		if i, _ := slices.BinarySearch(codes, s); i < len(codes) && strings.HasPrefix(codes[i], s) {
			return codes[i]
		}
	}
	return ""
}
