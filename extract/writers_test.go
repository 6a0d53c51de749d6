package extract_test

import (
	"bytes"
	"flag"
	"fmt"
	"go/ast"
	"go/importer"
	"go/parser"
	"go/token"
	"go/types"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

var updateWriters = flag.Bool("update-writers", false, "rewrite testdata/writers.list")

// What a pass makes, no other pass may change: each field of a mention should be written
// from one file. Those that are not stand in testdata/writers.list with the files that
// write them. The test fails where a new one appears, and where one of the list has
// healed or has other writers, so that the list stays true.
func TestFieldsHaveOneWriter(t *testing.T) {
	got := severalWriters(t)
	const path = "testdata/writers.list"
	if *updateWriters {
		text := "# Fields of a mention that are written from more than one file. go test ./extract -run OneWriter -update-writers\n" + strings.Join(got, "\n") + "\n"
		if err := os.WriteFile(path, []byte(text), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	want := strings.Split(strings.TrimSpace(string(data)), "\n")[1:]
	for _, line := range got {
		if !slices.Contains(want, line) {
			t.Errorf("written from more than one file: %s", line)
		}
	}
	for _, line := range want {
		if !slices.Contains(got, line) {
			t.Errorf("no longer so, take it off %s: %s", path, line)
		}
	}
}

// mentioned are the types that a mention is made of.
var mentioned = []string{"mention", "figure", "number", "setting", "reading", "frame"}

// severalWriters lists the fields with the files that write them, if they are several.
func severalWriters(t *testing.T) []string {
	files, info := typed(t)
	writers := map[string][]string{}
	note := func(name string, target ast.Expr) {
		sel, ok := ast.Unparen(target).(*ast.SelectorExpr)
		if !ok || info.Selections[sel] == nil {
			return
		}
		owner := ownerOf(info.Selections[sel])
		if !slices.Contains(mentioned, owner) {
			return
		}
		field := owner + "." + sel.Sel.Name
		if !slices.Contains(writers[field], name) {
			writers[field] = append(writers[field], name)
		}
	}
	for name, f := range files {
		ast.Inspect(f, func(n ast.Node) bool {
			switch n := n.(type) {
			case *ast.AssignStmt:
				for _, target := range n.Lhs {
					note(name, target)
				}
			case *ast.IncDecStmt:
				note(name, n.X)
			}
			return true
		})
	}
	var list []string
	for field, names := range writers {
		if len(names) > 1 {
			slices.Sort(names)
			list = append(list, fmt.Sprintf("%s: %s", field, strings.Join(names, " ")))
		}
	}
	slices.Sort(list)
	return list
}

// ownerOf is the struct that declares a selected field, embedded or not.
func ownerOf(s *types.Selection) string {
	at := s.Recv()
	for _, i := range s.Index()[:len(s.Index())-1] {
		at = structOf(at).Field(i).Type()
	}
	if p, ok := at.Underlying().(*types.Pointer); ok {
		at = p.Elem()
	}
	if named, ok := at.(*types.Named); ok && s.Kind() == types.FieldVal {
		return named.Obj().Name()
	}
	return ""
}

func structOf(t types.Type) *types.Struct {
	if p, ok := t.Underlying().(*types.Pointer); ok {
		t = p.Elem()
	}
	return t.Underlying().(*types.Struct)
}

// typed parses the package and finds its types, with what the compiler has exported of
// those that it imports.
func typed(t *testing.T) (map[string]*ast.File, *types.Info) {
	t.Helper()
	out, err := exec.Command("go", "list", "-export", "-deps", "-f", "{{.ImportPath}}\t{{.Export}}", ".").Output()
	if err != nil {
		t.Fatal(err)
	}
	exports := map[string]string{}
	for line := range bytes.Lines(out) {
		name, file, _ := strings.Cut(strings.TrimSpace(string(line)), "\t")
		exports[name] = file
	}
	fset := token.NewFileSet()
	files := map[string]*ast.File{}
	var list []*ast.File
	paths, err := filepath.Glob("*.go")
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range paths {
		if strings.HasSuffix(p, "_test.go") {
			continue
		}
		f, err := parser.ParseFile(fset, p, nil, 0)
		if err != nil {
			t.Fatal(err)
		}
		files[p], list = f, append(list, f)
	}
	info := &types.Info{Selections: map[*ast.SelectorExpr]*types.Selection{}}
	conf := types.Config{Importer: importer.ForCompiler(fset, "gc", func(path string) (io.ReadCloser, error) { return os.Open(exports[path]) })}
	if _, err := conf.Check("mingxi/extract", fset, list, info); err != nil {
		t.Fatal(err)
	}
	return files, info
}
