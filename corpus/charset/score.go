package charset

import (
	"bytes"
	_ "embed"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"mingxi/corpus/fold"
)

//go:embed common.txt
var common string

// sampleSize is how many bytes are scored.
const sampleSize = 64 << 10

// threshold is the mean score that a sample must reach to be taken as text.
const threshold = 0.35

// ranks maps a simplified Han character to its place in common.txt, from 1.
var ranks = sync.OnceValue(func() map[rune]int {
	m := make(map[rune]int, 2500)
	for line := range strings.Lines(common) {
		if line[0] == '#' {
			continue
		}
		for _, r := range strings.TrimSpace(line) {
			m[r] = len(m) + 1
		}
	}
	return m
})

// sample returns the part of data that is scored: its beginning, or if that is
// plain ASCII, what starts with the line of the first byte that is not. It has
// an even length at an even place, for the sake of UTF-16.
func sample(data []byte) []byte {
	if len(data) <= sampleSize {
		return data
	}
	at := bytes.IndexFunc(data[:], func(r rune) bool { return r >= 0x80 || r == 0 })
	at = max(at, 0)
	if at < sampleSize/2 {
		at = 0
	} else {
		at = (bytes.LastIndexByte(data[:at], '\n') + 1) &^ 1
	}
	return data[at:min(len(data), at+sampleSize)]
}

// guess scores every candidate on a sample and returns the best, or "" if none
// reads as text. The confidence grows with the lead over the second.
func guess(data []byte) (name string, confidence float64) {
	best, second := 0.0, 0.0
	for _, c := range []string{UTF8, GB18030, Big5, UTF16LE, UTF16BE} {
		text, err := convert(data, c)
		if err != nil {
			continue
		}
		text = trimBroken(text)
		mean, n := score(text)
		if n == 0 && looksUTF16(data) && len(text) > 1 && !controls([]byte(text)) {
			mean = 1 // plain ASCII in UTF-16
		}
		switch {
		case mean > best:
			name, best, second = c, mean, best
		case mean > second:
			second = mean
		}
	}
	if best < threshold {
		return "", 0
	}
	return name, min(1, 0.4+best-max(second, 0))
}

// trimBroken drops a character that the end of the sample cut in two.
func trimBroken(text string) string {
	for range 3 {
		text = strings.TrimSuffix(text, "\uFFFD")
	}
	return text
}

// score is the mean weight of the characters of text that tell something (all
// but ASCII), and their number.
func score(text string) (mean float64, n int) {
	rank := ranks()
	sum := 0.0
	for i := 0; i < len(text); {
		c := text[i]
		if c < utf8.RuneSelf {
			i++
			if c < ' ' && c != '\n' && c != '\r' && c != '\t' && c != 0 && c != '\f' || c == 0x7f {
				sum, n = sum-3, n+1
			}
			continue
		}
		r, size := utf8.DecodeRuneInString(text[i:])
		sum += weight(rank, r)
		n++
		i += size
	}
	if n == 0 {
		return 0, 0
	}
	return sum / float64(n), n
}

// weight says how much a character speaks for Chinese text.
func weight(rank map[rune]int, r rune) float64 {
	switch {
	case r >= 0x4e00 && r <= 0x9fff:
		return hanWeight(rank, r)
	case r == utf8.RuneError:
		return -4
	case strings.ContainsRune("，。、；：！？（）“”《》\u3000", r):
		return 1
	case strings.ContainsRune("‘’【】〔〕—…·％～￥①②③④⑤⑥⑦⑧⑨⑩×㎡℃‰〈〉『』「」━─■●◆★☆○●◎□△▲→－＋／．", r):
		return 0.3
	case r >= '！' && r <= '～':
		return 0.4
	case r >= 0x2000 && r < 0x3400:
		return -0.5 // symbols, kana, bopomofo
	case unicode.Is(unicode.Co, r), unicode.IsControl(r), !unicode.IsPrint(r):
		return -3
	case r >= 0x3400 && r < 0x4e00, r >= 0x20000:
		return -1.5
	}
	return -1
}

// hanWeight is the weight of a Han character: how common it is. A traditional
// form is as common as the simplified one it folds to, but for a little.
func hanWeight(rank map[rune]int, r rune) float64 {
	n := rank[r]
	w := 1.0
	if n == 0 {
		n, w = rank[fold.Rune(r)], 0.9
	}
	switch {
	case n == 0:
		return -0.6
	case n > 1500:
		return 0.4 * w
	case n > 600:
		return 0.7 * w
	}
	return w
}
