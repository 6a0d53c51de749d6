package corpus

import (
	"archive/tar"
	"archive/zip"
	"bytes"
	"compress/gzip"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"golang.org/x/text/encoding/simplifiedchinese"
)

// list walks the paths and prints what it finds, one a line: name and size, or
// name and error.
func list(paths []string, o SourceOptions) []string {
	var out []string
	for s, err := range Sources(context.Background(), paths, o) {
		if err == nil {
			var data []byte
			data, err = s.Bytes()
			if err == nil {
				out = append(out, fmt.Sprintf("%s %d", filepath.ToSlash(s.Name), len(data)))
				continue
			}
		}
		out = append(out, fmt.Sprintf("%s: %v", filepath.ToSlash(s.Name), err))
	}
	return out
}

func write(t *testing.T, path, text string) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
}

// zipOf makes an archive of names and contents, in order.
func zipOf(t *testing.T, members ...string) string {
	t.Helper()
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	for i := 0; i < len(members); i += 2 {
		h := &zip.FileHeader{Name: members[i], Method: zip.Deflate}
		m, err := w.CreateHeader(h)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := m.Write([]byte(members[i+1])); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func same(t *testing.T, got []string, want string) {
	t.Helper()
	if g := strings.Join(got, "\n"); g != strings.TrimSpace(want) {
		t.Errorf("got\n%s\nwant\n%s", g, strings.TrimSpace(want))
	}
}

func TestSources(t *testing.T) {
	t.Chdir(t.TempDir())
	write(t, "d/b.txt", "低保")
	write(t, "d/a.txt", "五保户")
	write(t, "d/sub/c.txt", "x")
	write(t, "d/.git/config", "hidden")
	write(t, "d/~$report.docx", "lock")
	write(t, "d/empty.txt", "")
	gbk, _ := simplifiedchinese.GBK.NewEncoder().String("年度总结.txt")
	write(t, "d/"+gbk, "gbk name")
	same(t, list([]string{"d", "missing.txt", "d/a.txt"}, SourceOptions{}), `
d/a.txt 9
d/b.txt 6
d/empty.txt 0
d/sub/c.txt 1
d/年度总结.txt 8
missing.txt: no such file or directory
d/a.txt 9`)
}

// Names that are no text in any encoding, and names that would be shown alike, are
// told apart: no file is lost among others.
func TestOddNames(t *testing.T) {
	t.Chdir(t.TempDir())
	gbk, _ := simplifiedchinese.GBK.NewEncoder().String("年度总结")
	for _, name := range []string{"a\xff.txt", "a\xfe.txt", gbk + ".txt", "年度总结.txt", "d\xff/b.txt", "d\xfe/b.txt"} {
		write(t, "d/"+name, name)
	}
	write(t, "z.zip", zipOf(t, "a\xff.txt", "1", "a\xfe.txt", "22", "b.txt", "333", "b.txt", "4444", gbk+".txt", "5", "年度总结.txt", "6"))
	same(t, list([]string{"d", "z.zip", "z.zip!/b.txt#2"}, SourceOptions{}), `
d/a\xfe.txt 6
d/a\xff.txt 6
d/d\xfe/b.txt 8
d/d\xff/b.txt 8
d/\xc4\xea\xb6\xc8\xd7ܽ\xe1.txt 12
d/年度总结.txt 16
z.zip!/a\xff.txt 1
z.zip!/a\xfe.txt 2
z.zip!/b.txt 3
z.zip!/b.txt#2 4
z.zip!/年度总结.txt 1
z.zip!/年度总结.txt#2 1
z.zip!/b.txt#2 4`)
}

// The root of a source is the folder that was given, or the one of the file.
func TestRoots(t *testing.T) {
	t.Chdir(t.TempDir())
	write(t, "d/sub/a.txt", "a")
	write(t, "d/z.zip", zipOf(t, "b.txt", "b"))
	var got []string
	for s := range Sources(t.Context(), []string{"d/", "d/sub/a.txt", "d/z.zip!/b.txt", "-"}, SourceOptions{Stdin: strings.NewReader("x")}) {
		got = append(got, fmt.Sprintf("%s in %q", filepath.ToSlash(s.Name), filepath.ToSlash(s.Root)))
	}
	same(t, got, `
d/sub/a.txt in "d"
d/z.zip!/b.txt in "d"
d/sub/a.txt in "d/sub"
d/z.zip!/b.txt in "d"
- in ""`)
}

// Symbolic links are followed, loops are walked once, broken ones reported.
func TestLinks(t *testing.T) {
	t.Chdir(t.TempDir())
	write(t, "d/a.txt", "a")
	write(t, "e/b.txt", "bb")
	for link, to := range map[string]string{"d/loop": ".", "d/up": "..", "d/other": "../e", "d/file.txt": "../e/b.txt", "d/lost.txt": "nowhere"} {
		if err := os.Symlink(to, link); err != nil {
			t.Skip(err)
		}
	}
	got := list([]string{"d"}, SourceOptions{})
	same(t, got, `
d/a.txt 1
d/file.txt 2
d/lost.txt: no such file or directory
d/other/b.txt 2`)
}

func TestUnreadable(t *testing.T) {
	if os.Getuid() == 0 {
		t.Skip("root reads everything")
	}
	t.Chdir(t.TempDir())
	write(t, "d/a.txt", "a")
	write(t, "d/b.txt", "b")
	write(t, "d/c/d.txt", "d")
	os.Chmod("d/a.txt", 0)
	os.Chmod("d/c", 0)
	defer os.Chmod("d/c", 0o755)
	same(t, list([]string{"d"}, SourceOptions{}), `
d/a.txt: permission denied
d/b.txt 1
d/c: permission denied`)
}

func TestArchives(t *testing.T) {
	t.Chdir(t.TempDir())
	gbk, _ := simplifiedchinese.GBK.NewEncoder().String("镇街/工作总结.txt")
	inner := zipOf(t, "x.txt", "inner")
	outer := zipOf(t, "b.txt", "bb", gbk, "ccc", "__MACOSX/._b.txt", "junk", "d/", "", "n.zip", inner, "../up.txt", "up", "bad.zip", "PK\x03\x04 no archive")
	write(t, "a.zip", outer)
	write(t, "noname", outer[:0]+inner)
	two := stored(t, "b.txt", "bb", "n.zip", inner) // its end cut off, that of the archive in it is found
	for i, n := range []int{4, 15, 60} {
		write(t, fmt.Sprintf("cut%d.zip", i), two[:len(two)-n])
	}
	same(t, list([]string{"cut0.zip", "cut1.zip", "cut2.zip"}, SourceOptions{}), `
cut0.zip: open archive: it is cut short or damaged
cut1.zip: open archive: it is cut short or damaged
cut2.zip: open archive: it is cut short or damaged`)
	same(t, list([]string{"a.zip", "noname", "a.zip!/b.txt", "a.zip!/n.zip!/x.txt", "a.zip!/none.txt"}, SourceOptions{}), `
a.zip!/b.txt 2
a.zip!/镇街/工作总结.txt 3
a.zip!/n.zip!/x.txt 5
a.zip!/../up.txt 2
a.zip!/bad.zip: open archive: zip: not a valid zip file
noname!/x.txt 5
a.zip!/b.txt 2
a.zip!/n.zip!/x.txt 5
a.zip!/none.txt: no such member in the archive`)
	same(t, list([]string{"-"}, SourceOptions{Stdin: strings.NewReader(outer)})[:2], "-!/b.txt 2\n-!/镇街/工作总结.txt 3")
	same(t, list([]string{"-"}, SourceOptions{Stdin: strings.NewReader("低保")}), "- 6")
}

// tarOf makes a .tar of names and contents, in order.
func tarOf(t *testing.T, members ...string) string {
	t.Helper()
	var b bytes.Buffer
	w := tar.NewWriter(&b)
	for i := 0; i < len(members); i += 2 {
		if err := w.WriteHeader(&tar.Header{Name: members[i], Size: int64(len(members[i+1])), Mode: 0o644}); err != nil {
			t.Fatal(err)
		}
		w.Write([]byte(members[i+1]))
	}
	w.Close()
	return b.String()
}

func gzipOf(s string) string {
	var b bytes.Buffer
	w := gzip.NewWriter(&b)
	w.Write([]byte(s))
	w.Close()
	return b.String()
}

func TestTarballs(t *testing.T) {
	t.Chdir(t.TempDir())
	inner := zipOf(t, "x.txt", "inner")
	members := tarOf(t, "b.txt", "bb", "镇街/工作总结.txt", "ccc", "._b.txt", "junk", "n.zip", inner, "m.txt.gz", gzipOf("packed"))
	want := "a!/b.txt 2\na!/镇街/工作总结.txt 3\na!/n.zip!/x.txt 5\na!/m.txt.gz!/m.txt 6"
	write(t, "a.tar", members)
	write(t, "a.tar.gz", gzipOf(members))
	write(t, "a.tgz", gzipOf(members))
	write(t, "noname", gzipOf(members))
	write(t, "a.zip", zipOf(t, "t.tar.gz", gzipOf(members)))
	for path, name := range map[string]string{"a.tar": "a.tar", "a.tar.gz": "a.tar.gz", "a.tgz": "a.tgz", "noname": "noname", "a.zip": "a.zip!/t.tar.gz"} {
		same(t, list([]string{path}, SourceOptions{}), strings.ReplaceAll(want, "a!/", name+"!/"))
	}
	write(t, "report.txt.gz", gzipOf("低保"))
	write(t, "cut.tar", members[:1600])
	same(t, list([]string{"report.txt.gz", "a.tgz!/n.zip!/x.txt", "a.tar!/none.txt", "cut.tar"}, SourceOptions{}), `
report.txt.gz!/report.txt 6
a.tgz!/n.zip!/x.txt 5
a.tar!/none.txt: no such member in the archive
cut.tar!/b.txt 2
cut.tar: read archive: unexpected EOF`)
	same(t, list([]string{"-"}, SourceOptions{Stdin: strings.NewReader(gzipOf(members))})[:1], "-!/b.txt 2")
	write(t, "bomb.gz", gzipOf(strings.Repeat("0", 8<<20)))
	same(t, list([]string{"bomb.gz"}, SourceOptions{}), "bomb.gz!/bomb: too large: unpacks to too much")
}

// What unpacks to too much is refused before it is unpacked.
func TestBombs(t *testing.T) {
	t.Chdir(t.TempDir())
	write(t, "ratio.zip", zipOf(t, "zeros.txt", strings.Repeat("0", 8<<20), "ok.txt", "ok"))
	deep := "x"
	for i := range 6 {
		deep = zipOf(t, fmt.Sprintf("%d.zip", i), deep)
	}
	write(t, "deep.zip", deep)
	text := strings.Repeat("abcdefgh", 100)
	write(t, "many.zip", zipOf(t, "1.txt", text, "2.txt", text, "3.txt", text))
	for path, want := range map[string]string{
		"ratio.zip": "ratio.zip!/zeros.txt: too large: unpacks to more than 300 times its size\nratio.zip!/ok.txt 2",
		"deep.zip":  "deep.zip!/5.zip!/4.zip!/3.zip: archives more than 3 deep",
		"many.zip":  "many.zip!/1.txt 800\nmany.zip!/2.txt 800\nmany.zip!/3.txt: too large: the archive unpacks to more than 2000 bytes",
	} {
		o := SourceOptions{}
		if path == "many.zip" {
			o.MaxTotal = 2000
		}
		got := list([]string{path}, o)
		if path == "deep.zip" { // which level is named first is what matters
			got = got[len(got)-1:]
		}
		same(t, got, want)
	}
	write(t, "large.txt", text)
	got := list([]string{"large.txt"}, SourceOptions{MaxBytes: 100})
	if len(got) != 1 || !strings.Contains(got[0], "too large") {
		t.Error(got)
	}
}

func TestSourcesSkip(t *testing.T) {
	t.Chdir(t.TempDir())
	write(t, "d/a.txt", "a")
	write(t, "d/corpus.mx/b.txt", "b")
	write(t, "d/out.csv", "c")
	skip := func(path string, info fs.FileInfo) bool {
		return info.IsDir() && strings.HasSuffix(path, ".mx") || strings.HasSuffix(path, ".csv")
	}
	same(t, list([]string{"d"}, SourceOptions{Skip: skip}), "d/a.txt 1")
	same(t, list([]string{"d/corpus.mx", "d/out.csv"}, SourceOptions{Skip: skip}), "d/out.csv 1")
}

func TestSourcesStop(t *testing.T) {
	t.Chdir(t.TempDir())
	write(t, "d/a.txt", "a")
	write(t, "d/b.txt", "b")
	n := 0
	for range Sources(context.Background(), []string{"d"}, SourceOptions{}) {
		n++
		break
	}
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	var last error
	for _, err := range Sources(ctx, []string{"d"}, SourceOptions{}) {
		n++
		last = err
		cancel()
	}
	if n != 3 || !errors.Is(last, context.Canceled) {
		t.Errorf("%d steps, last error %v", n, last)
	}
}

// A corpus of many files is listed without reading them.
func TestManyFiles(t *testing.T) {
	if testing.Short() {
		t.Skip("long")
	}
	dir := t.TempDir()
	for i := range 2000 {
		write(t, filepath.Join(dir, fmt.Sprint(i%20), fmt.Sprint(i, ".txt")), "低保")
	}
	n := 0
	for _, err := range Sources(context.Background(), []string{dir}, SourceOptions{}) {
		if err != nil {
			t.Fatal(err)
		}
		n++
	}
	if n != 2000 {
		t.Errorf("%d files", n)
	}
}

// Lines that are made to hurt take time in proportion to their length.
func TestHostileText(t *testing.T) {
	for name, text := range map[string]string{
		"one line":        strings.Repeat("全年发放低保金1562.48万元，比上年增长5.3%；", 30000),
		"no punctuation":  strings.Repeat("低保", 500000),
		"digits":          strings.Repeat("1", 2000000),
		"markers":         strings.Repeat("1、", 300000),
		"headings":        strings.Repeat("。一、工作(一)工作1.工作:", 50000),
		"titles":          "民政局工作总结\n" + strings.Repeat("民政局工作总结", 50000) + "。",
		"page marks":      strings.Repeat("低第1页共9页\u200b", 50000),
		"pinyin":          strings.Repeat("萬(wàn)\u200b", 80000),
		"zero width":      strings.Repeat("低\u200b", 200000),
		"brackets":        strings.Repeat("(", 1000000),
		"short lines":     strings.Repeat("低\n", 500000),
		"joined lines":    strings.Repeat("我们加强管理，推进低保工作规范有序开展的各项举措\n", 40000),
		"table":           strings.Repeat("村 1 2 3\n", 100000),
		"glued table":     strings.Repeat("村 1 2 3 ", 100000),
		"tabs":            strings.Repeat("a\t", 500000),
		"bad bytes":       strings.Repeat("低保对象三千余户\n", 40000) + "\xff\xfe",
		"carriage return": strings.Repeat("低保\r\r\n", 100000),
		"parts":           strings.Repeat("篇二\n", 100000),
		"numbers":         strings.Repeat("1\n2\n3\n", 100000),
	} {
		start := time.Now()
		d, err := Read(name, []byte(text), Options{})
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		if took := time.Since(start); took > 20*time.Second {
			t.Errorf("%s: %d kB took %v", name, len(text)>>10, took)
		} else if took > 300*time.Millisecond {
			t.Logf("%s: %d kB took %v", name, len(text)>>10, took)
		}
		check(t, d)
	}
}
