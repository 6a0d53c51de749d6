package main

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"path/filepath"
	"slices"
	"strings"
)

// A condition is one that can be switched.
type condition struct {
	Place string // file:line:column
	Text  string
}

// A change puts text into a source in place of src[from:to].
type change struct {
	from, to int
	text     string
}

// A rewriter makes a source whose conditions can be switched. Conditions are numbered
// from first on.
type rewriter struct {
	src     []byte
	files   *token.FileSet
	first   int
	list    []condition
	changes []change
}

// rewrite returns the source of a file with its conditions in calls of the hook.
func rewrite(path string, src []byte, first int) (string, []condition, error) {
	w := &rewriter{src: src, files: token.NewFileSet(), first: first}
	file, err := parser.ParseFile(w.files, path, src, parser.ParseComments)
	if err != nil {
		return "", nil, err
	}
	ast.Inspect(file, w.visit)
	return w.text(), w.list, nil
}

func (w *rewriter) visit(n ast.Node) bool {
	switch n := n.(type) {
	case *ast.IfStmt:
		w.wrap(n.Cond)
	case *ast.BinaryExpr:
		if n.Op == token.LAND || n.Op == token.LOR {
			w.operand(n.X)
			w.operand(n.Y)
		}
	case *ast.SwitchStmt:
		w.cases(n)
	}
	return true
}

// operand wraps an operand that is no chain of operands itself.
func (w *rewriter) operand(e ast.Expr) {
	inner := e
	for {
		p, ok := inner.(*ast.ParenExpr)
		if !ok {
			break
		}
		inner = p.X
	}
	if b, ok := inner.(*ast.BinaryExpr); ok && inner == e && (b.Op == token.LAND || b.Op == token.LOR) {
		return
	}
	w.wrap(e)
}

// cases wraps the cases of a switch. One with a tag becomes one of comparisons.
func (w *rewriter) cases(s *ast.SwitchStmt) {
	if s.Tag == nil {
		for _, c := range s.Body.List {
			for _, e := range c.(*ast.CaseClause).List {
				w.wrap(e)
			}
		}
		return
	}
	tag := w.of(s.Tag)
	if s.Init == nil {
		name := fmt.Sprintf("tag%d", w.first+len(w.list))
		w.put(s.Tag, name+" := "+tag+"; ")
		tag = name
	} else {
		w.put(s.Tag, "")
	}
	for _, c := range s.Body.List {
		for _, e := range c.(*ast.CaseClause).List {
			w.put(e, w.call(e, tag+" == "+w.of(e)))
		}
	}
}

func (w *rewriter) of(n ast.Node) string { return string(w.src[w.at(n.Pos()):w.at(n.End())]) }

func (w *rewriter) at(p token.Pos) int { return w.files.Position(p).Offset }

// call is the hook around a condition, which is counted.
func (w *rewriter) call(n ast.Node, text string) string {
	at := w.files.Position(n.Pos())
	w.list = append(w.list, condition{fmt.Sprintf("%s:%d:%d", filepath.Base(at.Filename), at.Line, at.Column), strings.Join(strings.Fields(text), " ")})
	return fmt.Sprintf("switched(%d, %s)", w.first+len(w.list)-1, text)
}

// wrap puts a condition into a call of the hook.
func (w *rewriter) wrap(e ast.Expr) {
	head, tail, _ := strings.Cut(w.call(e, "\x00"), "\x00")
	w.list[len(w.list)-1].Text = strings.Join(strings.Fields(w.of(e)), " ")
	from, to := w.at(e.Pos()), w.at(e.End())
	w.changes = append(w.changes, change{from, from, head}, change{to, to, tail})
}

// put replaces a node.
func (w *rewriter) put(n ast.Node, text string) {
	w.changes = append(w.changes, change{w.at(n.Pos()), w.at(n.End()), text})
}

// text applies the changes. Where several stand at one place, what closes a condition
// comes first, the inner before the outer, and what opens one, the outer before the
// inner.
func (w *rewriter) text() string {
	closes := func(c change) bool { return c.text == ")" }
	order := make([]int, len(w.changes))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(i, j int) int {
		a, b := w.changes[i], w.changes[j]
		switch {
		case a.from != b.from:
			return a.from - b.from
		case closes(a) != closes(b):
			if closes(a) {
				return -1
			}
			return 1
		}
		return 0 // outer conditions are visited first; all that closes is alike
	})
	var out strings.Builder
	at := 0
	for _, i := range order {
		c := w.changes[i]
		out.Write(w.src[at:c.from])
		out.WriteString(c.text)
		at = c.to
	}
	out.Write(w.src[at:])
	return out.String()
}
