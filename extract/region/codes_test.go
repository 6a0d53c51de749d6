package region

import (
	"strings"
	"testing"
)

func TestCodes(t *testing.T) {
	for _, c := range []struct{ name, want string }{
		{"曲靖市", "530300"},
		{"云南", "530000"},
		{"陆良县", "530322"},
		{"曲", ""},
		{"没有的地方", ""},
	} {
		got := strings.Join(Load().Codes(c.name), " ")
		if c.want == "" && got != "" || !strings.Contains(got, c.want) {
			t.Errorf("%s: %s, want %s", c.name, got, c.want)
		}
	}
}
