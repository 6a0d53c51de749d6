// Package pathname says how files are shown and known whose names are no UTF-8: those of
// old disks and archives are GBK, and some are no text at all. The same file has the same
// name from wherever it is named.
package pathname

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"unicode/utf8"

	"mingxi/corpus/charset"
)

// MemberMark stands between the name of an archive and that of its member.
const MemberMark = "!/"

// Readable makes a name UTF-8: it may be GBK. Bytes that are neither are written out, as
// \xff.
func Readable(name string) string {
	if s, ok := Decoded(name); ok {
		return s
	}
	return Escaped(name)
}

// Decoded is a name that is text in some encoding.
func Decoded(name string) (string, bool) {
	if utf8.ValidString(name) {
		return name, true
	}
	d, err := charset.Decode([]byte(name))
	return d.Text, err == nil && d.Broken == 0 && !strings.HasPrefix(d.Encoding, "utf-16") // which no name is
}

// Escaped writes the bytes of a name out that are no UTF-8.
func Escaped(name string) string { return escaped(name, `\`) }

func escaped(name, mark string) string {
	var b strings.Builder
	for i, c := range name {
		if _, n := utf8.DecodeRuneInString(name[i:]); c == utf8.RuneError && n == 1 {
			fmt.Fprintf(&b, `%sx%02x`, mark, name[i])
			continue
		}
		b.WriteRune(c)
	}
	return b.String()
}

// Names shows paths. It looks into each directory once.
type Names struct {
	shown map[string]string // names as shown, by path
	seen  map[string]bool   // directories
}

// Show is how a path of the system is shown. No two files of a directory are shown alike.
func (n *Names) Show(path string) string {
	if utf8.ValidString(path) {
		return path
	}
	dir, name := filepath.Dir(path), filepath.Base(path)
	if utf8.ValidString(name) {
		return filepath.Join(n.Show(dir), name)
	}
	if !n.seen[dir] {
		n.tellApart(dir)
	}
	base, ok := n.shown[filepath.Join(dir, name)]
	if !ok { // it is not there
		base = Readable(name)
	}
	if dir == "." && !strings.HasPrefix(path, ".") {
		return base
	}
	return filepath.Join(n.Show(dir), base)
}

// tellApart chooses how the names in a directory are shown that are no UTF-8, so that no
// two are alike: where one as read would be, its bytes are written out, as \xff or, where
// a file is named so, \\xff.
func (n *Names) tellApart(dir string) {
	if n.seen == nil {
		n.shown, n.seen = map[string]string{}, map[string]bool{}
	}
	n.seen[dir] = true
	entries, _ := os.ReadDir(dir) // of what cannot be read nobody is told apart
	taken := map[string]int{}
	for _, e := range entries {
		taken[Readable(e.Name())]++
	}
	for _, e := range entries {
		name := e.Name()
		if utf8.ValidString(name) {
			continue
		}
		as := Readable(name)
		if taken[as] > 1 && as != Escaped(name) {
			as = Escaped(name)
			taken[as]++
		}
		for mark := `\\`; taken[as] > 1; mark += `\` {
			as = escaped(name, mark)
			taken[as]++
		}
		n.shown[filepath.Join(dir, name)] = as
	}
}

// Full is the path by which a file is known, whatever the directory that it is named
// from: absolute, with slashes, in UTF-8. A member of an archive is archive!/member.
func Full(path string) string {
	var names Names
	file, member, ok := strings.Cut(path, MemberMark)
	full, err := filepath.Abs(file)
	if err != nil { // without a current directory
		full = file
	}
	full = filepath.ToSlash(names.Show(full))
	if ok {
		full += MemberMark + Readable(member)
	}
	return full
}
