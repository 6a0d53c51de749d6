// Package mingxi_test holds the arrows of the project: which package may import
// which, libraries included. ARCHITECTURE.md tells the reasons.
package mingxi_test

import (
	"fmt"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path"
	"slices"
	"strconv"
	"strings"
	"testing"
	"testing/fstest"
)

// Shorthands of the table. The leaves know nothing of documents; any package may
// stand on them.
const (
	xtext  = "golang.org/x/text"
	xnet   = "golang.org/x/net"
	leaves = "corpus/charset corpus/fold corpus/grid corpus/ole corpus/ordinal corpus/pack corpus/personal corpus/symbol"
)

// arrows says for each package what it may import: packages of the project by
// their path, libraries by a prefix. The standard library is free to all. A
// package that is not here fails the test: give it a line.
var arrows = []struct{ pkg, own, libraries string }{
	{"schema", "", ""},

	{"corpus/draft", "", ""},
	{"corpus/charset", "corpus/fold", xtext},
	{"corpus/fold", "", ""},
	{"corpus/grid", "corpus/draft", ""},
	{"corpus/ole", "", "github.com/richardlehane/mscfb"},
	{"corpus/ordinal", "", ""},
	{"corpus/pack", "", xtext},
	{"corpus/pathname", "corpus/charset", ""},
	{"corpus/personal", "", ""},
	{"corpus/symbol", "", ""},

	// Readers make drafts, and know neither one another nor what comes of them.
	{"corpus/doc", "corpus/draft " + leaves, xtext},
	{"corpus/docx", "corpus/draft " + leaves, xtext},
	{"corpus/epub", "corpus/draft corpus/html " + leaves, xtext + " " + xnet},
	{"corpus/html", "corpus/draft " + leaves, xtext + " " + xnet + " codeberg.org/readeck/go-readability"},
	{"corpus/mht", "corpus/draft corpus/html " + leaves, xtext},
	{"corpus/odf", "corpus/draft " + leaves, xtext},
	{"corpus/ofd", "corpus/draft " + leaves, xtext},
	{"corpus/pdf", "corpus/draft " + leaves, xtext + " github.com/pdfcpu/pdfcpu github.com/klippa-app/go-pdfium github.com/tetratelabs/wazero github.com/ledongthuc/pdf"},
	{"corpus/pdf/cidgen", "", xtext},
	{"corpus/ppt", "corpus/draft " + leaves, xtext},
	{"corpus/pptx", "corpus/draft " + leaves, xtext},
	{"corpus/rtf", "corpus/draft " + leaves, xtext},
	{"corpus/sheet", "schema corpus/draft " + leaves, xtext + " github.com/xuri/excelize"},

	{"corpus", "schema corpus/segment corpus/pathname corpus/draft corpus/doc corpus/docx corpus/epub corpus/html corpus/mht corpus/odf corpus/ofd corpus/pdf corpus/ppt corpus/pptx corpus/rtf corpus/sheet " + leaves, xtext},
	{"corpus/segment", "", "github.com/go-ego/gse"},
	{"corpus/words", "corpus/segment corpus/fold", ""},
	{"corpus/store", "schema corpus/fold corpus/pathname", "modernc.org/sqlite"},

	// The three that do not know one another, but for the leaf corpus/segment.
	{"extract", "schema extract/indicator extract/lexicon extract/region corpus/segment corpus/fold corpus/personal", xtext},
	{"extract/indicator", "schema", ""},
	{"extract/audit", "schema corpus/fold extract/indicator extract/lexicon", ""},
	{"extract/lexicon", "", ""},
	{"extract/region", "corpus/fold", ""},
	{"index", "schema corpus/fold index/query", "github.com/blevesearch github.com/RoaringBitmap/roaring"},
	{"index/query", "schema corpus/fold", ""},

	{"bench", "schema corpus corpus/segment extract index extract/agree", ""},
	{"extract/agree", "schema", ""},
	{"bench/conditions", "", ""},
	{"bench/gen", "schema", ""},
	{"bench/panel", "extract/indicator extract/region", ""},
	{"bench/ingest", "corpus bench/gen", ""},
	{"bench/search", "schema corpus extract index index/query bench/gen", ""},
	{"bench/serve", "", ""},
	{"bench/shards", "bench/gen", ""},
	{"bench/pdf", "corpus/draft corpus/pdf", ""},
	{"bench/tables", "schema corpus extract", ""},
	{"bench/trust", "schema corpus extract extract/agree", ""},

	// Only the program composes.
	{"cmd/mingxi/panel", "schema extract/indicator extract/region cmd/mingxi/pipeline", ""},
	{"cmd/mingxi/table", "schema corpus/personal", xtext + " github.com/parquet-go/parquet-go github.com/xuri/excelize modernc.org/sqlite"},
	{"cmd/mingxi/postgres", "schema corpus/fold corpus/personal index index/query", ""},
	{"cmd/mingxi/backend", "schema corpus/store index index/query cmd/mingxi/find cmd/mingxi/say", ""},
	{"cmd/mingxi/coding", "", ""},
	{"cmd/mingxi/pipeline", "", ""},
	{"cmd/mingxi/ingest", "schema corpus corpus/pathname corpus/segment corpus/store extract extract/audit extract/indicator index cmd/mingxi/pipeline", ""},
	{"cmd/mingxi/shard", "corpus corpus/store cmd/mingxi/ingest cmd/mingxi/pipeline", ""},
	{"cmd/mingxi/find", "schema corpus/fold corpus/personal corpus/store extract/indicator extract/region index index/query cmd/mingxi/say", ""},
	{"cmd/mingxi/say", "schema corpus/fold extract/indicator extract/region index index/query", ""},
	{"cmd/mingxi/tell", "schema extract/audit", ""},
	{"cmd/mingxi/web", "schema corpus/pathname corpus/personal corpus corpus/segment corpus/store extract extract/audit extract/indicator extract/region index index/query cmd/mingxi/find cmd/mingxi/ingest cmd/mingxi/panel cmd/mingxi/pipeline cmd/mingxi/say cmd/mingxi/table cmd/mingxi/tell", xnet + " golang.org/x/crypto"},
	{"cmd/mingxi", "schema corpus corpus/charset corpus/fold corpus/pathname corpus/personal corpus/segment corpus/words corpus/store extract extract/audit extract/indicator extract/region index index/query extract/agree cmd/mingxi/backend cmd/mingxi/coding cmd/mingxi/find cmd/mingxi/ingest cmd/mingxi/panel cmd/mingxi/pipeline cmd/mingxi/postgres cmd/mingxi/say cmd/mingxi/shard cmd/mingxi/table cmd/mingxi/tell cmd/mingxi/web", xtext + " github.com/spf13/cobra github.com/spf13/pflag"},
}

// inTests may be imported by the tests of every package, besides what the table
// allows it: the packages that an example needs around it.
var inTests = strings.Fields("schema corpus corpus/draft corpus/docx corpus/sheet corpus/fold corpus/pack corpus/segment extract extract/agree bench/gen bench/panel github.com/rogpeppe/go-internal " + xtext)

func TestImports(t *testing.T) {
	for _, complaint := range check(t, os.DirFS(".")) {
		t.Error(complaint)
	}
}

// What asks a database elsewhere is a module of its own: no driver of one is in this.
func TestNoDriver(t *testing.T) {
	for _, name := range []string{"go.mod", "go.sum"} {
		text, err := os.ReadFile(name)
		if err != nil || strings.Contains(string(text), "jackc/pgx") {
			t.Errorf("%s requires pgx, which cmd/mingxi-postgres alone may: %v", name, err)
		}
	}
	if !ownModule(os.DirFS("."), "cmd/mingxi-postgres") {
		t.Error("cmd/mingxi-postgres is no module of its own")
	}
}

// The test itself is tested: planted violations are found.
func TestPlantedImports(t *testing.T) {
	file := func(imports ...string) *fstest.MapFile {
		src := "package p\n"
		for _, i := range imports {
			src += "import " + strconv.Quote(i) + "\n"
		}
		return &fstest.MapFile{Data: []byte(src)}
	}
	tree := fstest.MapFS{
		"schema/a.go":         file("fmt", "mingxi/corpus"),
		"extract/a.go":        file("mingxi/schema", "mingxi/index", "github.com/go-ego/gse"),
		"extract/a_test.go":   file("mingxi/corpus", "modernc.org/sqlite"),
		"corpus/docx/a.go":    file("mingxi/corpus/draft", "mingxi/corpus"),
		"corpus/segment/a.go": file("github.com/go-ego/gse", "github.com/go-ego/gsecond"),
		"util/a.go":           file("fmt"),
	}
	want := []string{
		"corpus/docx/a.go imports mingxi/corpus",
		"corpus/segment/a.go imports github.com/go-ego/gsecond",
		"extract/a.go imports mingxi/index",
		"extract/a.go imports github.com/go-ego/gse",
		"extract/a_test.go imports modernc.org/sqlite",
		"schema/a.go imports mingxi/corpus",
		"util is not in the table of imports_test.go",
	}
	if got := check(t, tree); !slices.Equal(got, want) {
		t.Errorf("got  %q\nwant %q", got, want)
	}
}

// check reads the imports of every Go file of the module and lists what the
// table does not allow.
func check(t *testing.T, tree fs.FS) (complaints []string) {
	t.Helper()
	unknown := map[string]bool{}
	err := fs.WalkDir(tree, ".", func(name string, d fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case d.IsDir() && name != "." && (strings.HasPrefix(d.Name(), ".") || d.Name() == "testdata" || ownModule(tree, name)):
			return fs.SkipDir
		case d.IsDir() || path.Ext(name) != ".go" || path.Dir(name) == ".":
			return nil
		}
		own, libraries, ok := allowed(path.Dir(name))
		if !ok {
			if !unknown[path.Dir(name)] {
				unknown[path.Dir(name)] = true
				complaints = append(complaints, path.Dir(name)+" is not in the table of imports_test.go")
			}
			return nil
		}
		if strings.HasSuffix(name, "_test.go") {
			own, libraries = append(own, inTests...), append(libraries, inTests...)
			own = append(own, path.Dir(name)) // of package x_test
		}
		imports, err := importsOf(tree, name)
		for _, i := range imports {
			if !permitted(i, own, libraries) {
				complaints = append(complaints, fmt.Sprintf("%s imports %s", name, i))
			}
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return complaints
}

// ownModule reports whether a directory is a module of its own, as bench/compare.
func ownModule(tree fs.FS, dir string) bool {
	_, err := fs.Stat(tree, path.Join(dir, "go.mod"))
	return err == nil
}

func allowed(pkg string) (own, libraries []string, ok bool) {
	for _, a := range arrows {
		if a.pkg == pkg {
			return strings.Fields(a.own), strings.Fields(a.libraries), true
		}
	}
	return nil, nil, false
}

func permitted(imported string, own, libraries []string) bool {
	if ours, ok := strings.CutPrefix(imported, "mingxi/"); ok {
		return slices.Contains(own, ours)
	}
	first, _, _ := strings.Cut(imported, "/")
	if !strings.Contains(first, ".") {
		return true // the standard library
	}
	return slices.ContainsFunc(libraries, func(l string) bool {
		return imported == l || strings.HasPrefix(imported, l+"/")
	})
}

func importsOf(tree fs.FS, name string) ([]string, error) {
	src, err := fs.ReadFile(tree, name)
	if err != nil {
		return nil, err
	}
	f, err := parser.ParseFile(token.NewFileSet(), name, src, parser.ImportsOnly)
	if err != nil {
		return nil, err
	}
	var imports []string
	for _, i := range f.Imports {
		p, err := strconv.Unquote(i.Path.Value)
		if err != nil {
			return nil, err
		}
		imports = append(imports, p)
	}
	return imports, nil
}
