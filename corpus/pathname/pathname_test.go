package pathname

import (
	"os"
	"path/filepath"
	"testing"
)

// Names that are no UTF-8, in files, folders and the current directory, are shown as
// what they say, told apart, and the same from wherever a file is named.
func TestNames(t *testing.T) {
	const dibao = "\xb5\xcd\xb1\xa3" // 低保 in GBK
	top, err := filepath.EvalSymlinks(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{dibao + "/x/1.txt", "a\xff.txt", `a\xff.txt`, "b\xff.txt", "both/" + dibao, "both/低保", "q\xff/z.txt"} {
		path := filepath.Join(top, name)
		if err := os.MkdirAll(filepath.Dir(path), 0o777); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, nil, 0o666); err != nil {
			t.Skip(err) // a file system of UTF-8 alone
		}
	}
	for _, c := range []struct{ from, path, shown, full string }{
		{"", dibao, "低保", "/低保"},
		{"", dibao + "/x/1.txt", "低保/x/1.txt", "/低保/x/1.txt"},
		{"", "./" + dibao + "/x", "低保/x", "/低保/x"},
		{dibao, "x/1.txt", "x/1.txt", "/低保/x/1.txt"},
		{dibao, ".", ".", "/低保"},
		{dibao + "/x", "../../b\xff.txt", `../../b\xff.txt`, `/b\xff.txt`},
		{"", "a\xff.txt", `a\\xff.txt`, `/a\\xff.txt`},
		{"", `a\xff.txt`, `a\xff.txt`, `/a\xff.txt`},
		{"", "both/" + dibao, `both/\xb5ͱ\xa3`, `/both/\xb5ͱ\xa3`},
		{"both", "低保", "低保", "/both/低保"},
		{"", "q\xff/z.txt", `q\xff/z.txt`, `/q\xff/z.txt`},
		{"", "gone\xff", `gone\xff`, `/gone\xff`},
		{"", dibao + ".zip!/" + dibao + "/a", "低保.zip!/低保/a", "/低保.zip!/低保/a"},
	} {
		t.Chdir(filepath.Join(top, c.from))
		var n Names
		if got := n.Show(c.path); got != c.shown {
			t.Errorf("%q in %q is shown as %q, want %q", c.path, c.from, got, c.shown)
		}
		if got := Full(c.path); got != filepath.ToSlash(top)+c.full {
			t.Errorf("%q in %q is known as %q, want %q", c.path, c.from, got, c.full)
		}
	}
}
