package corpus

// Which of the files below a path are wanted, by their names.

import (
	"path"
	"path/filepath"
	"slices"
	"strings"

	"mingxi/corpus/pathname"
)

// wants reports whether a file or archive member below a folder or in an archive that
// the user named is one that SourceOptions.Include and Exclude leave. A pattern
// without a slash is for a name (*.docx, or a folder at any depth, drafts), one with a
// slash for the path below the root (2012/*.docx, and all below 2012/drafts).
func (o *SourceOptions) wants(below string) bool {
	below = strings.ReplaceAll(filepath.ToSlash(below), pathname.MemberMark, "/")
	return (len(o.Include) == 0 || matchesAny(o.Include, below)) && !matchesAny(o.Exclude, below)
}

// Wants is wants for a source: whether a walk with these options would find it.
func (o *SourceOptions) Wants(root, name string) bool {
	rest, ok := strings.CutPrefix(filepath.ToSlash(name), strings.TrimSuffix(filepath.ToSlash(root), "/")+"/")
	return root == "" || !ok || o.wants(rest)
}

func matchesAny(patterns []string, below string) bool {
	return slices.ContainsFunc(patterns, func(p string) bool { return matches(strings.TrimSuffix(filepath.ToSlash(p), "/"), below) })
}

// matches reports whether a pattern fits a path, one of its parts, or a folder that it
// is in.
func matches(pattern, below string) bool {
	if !strings.Contains(pattern, "/") {
		for part := range strings.SplitSeq(below, "/") {
			if ok, _ := path.Match(pattern, part); ok {
				return true
			}
		}
		return false
	}
	pattern = strings.TrimPrefix(pattern, "./")
	for below != "." {
		if ok, _ := path.Match(pattern, below); ok {
			return true
		}
		below = path.Dir(below)
	}
	return false
}

// BadPattern is the first pattern that is none, or empty.
func (o *SourceOptions) BadPattern() string {
	for _, list := range [][]string{o.Include, o.Exclude} {
		for _, p := range list {
			if _, err := path.Match(p, "x"); err != nil {
				return p
			}
		}
	}
	return ""
}
