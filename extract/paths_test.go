package extract_test

import (
	"testing"

	"mingxi/extract"
)

// What a path tells of the region counts for copies of a file under several paths only
// if all of them agree.
func TestPathsAgree(t *testing.T) {
	for _, c := range []struct {
		paths []string
		want  string
	}{
		{nil, "罗平县"},
		{[]string{"/d/云南省/曲靖市/罗平县/1.txt", "/e/罗平县/2.txt"}, "罗平县"},
		{[]string{"/d/云南省/曲靖市/罗平县/1.txt", "/d/云南省/曲靖市/师宗县/1.txt"}, ""},
		{[]string{"/d/云南省/曲靖市/罗平县/1.txt", "/inbox/1.txt"}, ""},
	} {
		d := document("工作总结\n全县有低保对象326户。\n")
		d.Root, d.Source, d.Paths = "/d", "云南省/曲靖市/罗平县/1.txt", c.paths
		if got := extract.New().Read(d).Origins[0].Region.Name; got != c.want {
			t.Errorf("paths %q: %q, want %q", c.paths, got, c.want)
		}
	}
}
