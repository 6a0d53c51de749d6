package agree

import (
	"regexp"
	"strings"
)

// Titles: a label counts as one if it is right and shares nine tenths of its
// characters, and the last two, with one of the titles that the sample holds for its
// row, where words for growth and decrease count alike and the measure at the end is
// optional.

var (
	measure = regexp.MustCompile(`(户数|人数|人次|人次数|面积|间数|件数|个数|数量|数|户|人)$`)
	quotes  = regexp.MustCompile("[“”〝〞\"‘’'《》]")
	changes = []struct {
		words *regexp.Regexp
		as    string
	}{
		{regexp.MustCompile(`(增长率|增长倍数|增长幅度|增速|增幅|增长|递增率|递增)`), "增速"},
		{regexp.MustCompile(`(下降率|下降幅度|降低幅度|降幅|降低|下降)`), "降幅"},
		{regexp.MustCompile(`(提高幅度|提高百分点|提高额|提高|提升幅度|提升)`), "提高"},
		{regexp.MustCompile(`(增加额|增加量|增加)`), "增加"},
		{regexp.MustCompile(`(减少额|减少量|减少)`), "减少"},
	}
)

// plain is a title without quotation marks, its words of change folded.
func plain(s string) string {
	s = quotes.ReplaceAllString(fold(s), "")
	for _, c := range changes {
		s = c.words.ReplaceAllString(s, c.as)
	}
	return s
}

// titleOK reports a label that would do as the title of a column.
func titleOK(g *Gold, label string) bool {
	if !labelOK(g, label) {
		return false
	}
	a := plain(label)
	for b := range strings.SplitSeq(plain(g.Good), "|") {
		if near(a, b) || near(measure.ReplaceAllString(a, ""), measure.ReplaceAllString(b, "")) {
			return true
		}
	}
	return false
}

// near reports texts that end alike and share nine tenths of their characters,
// whatever their order.
func near(a, b string) bool {
	x, y := []rune(a), []rune(b)
	if len(x) == 0 || len(y) == 0 || string(x[max(0, len(x)-2):]) != string(y[max(0, len(y)-2):]) {
		return false
	}
	count, shared := map[rune]int{}, 0
	for _, r := range x {
		count[r]++
	}
	for _, r := range y {
		if count[r] > 0 {
			count[r]--
			shared++
		}
	}
	return 20*shared >= 9*(len(x)+len(y))
}
