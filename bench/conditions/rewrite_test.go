package main

import (
	"go/format"
	"testing"
)

// Each condition becomes a call; what a chain of && or || is made of, and each value
// of a case.
func TestRewrite(t *testing.T) {
	const src = `package p

func f(a, b bool, r []rune, i int) int {
	if a && (b || !a) {
		return 1
	}
	for i < len(r) && r[i] == ' ' {
		i++
	}
	switch {
	case a, b && a:
		return 2
	}
	switch r[i] {
	case '年', '月':
		return 3
	}
	switch c := r[i]; c {
	case '日':
		return 4
	}
	return 0
}
`
	const want = `package p

func f(a, b bool, r []rune, i int) int {
	if switched(7, switched(8, a) && switched(9, (switched(10, b) || switched(11, !a)))) {
		return 1
	}
	for switched(12, i < len(r)) && switched(13, r[i] == ' ') {
		i++
	}
	switch {
	case switched(14, a), switched(15, switched(16, b) && switched(17, a)):
		return 2
	}
	switch tag18 := r[i]; {
	case switched(18, tag18 == '年'), switched(19, tag18 == '月'):
		return 3
	}
	switch c := r[i]; {
	case switched(20, c == '日'):
		return 4
	}
	return 0
}
`
	got, list, err := rewrite("p.go", []byte(src), 7)
	if err != nil {
		t.Fatal(err)
	}
	if b, err := format.Source([]byte(got)); err != nil || string(b) != want {
		t.Errorf("%v\n%s", err, b)
	}
	if n := len(list); n != 14 || list[0] != (condition{"p.go:4:5", "a && (b || !a)"}) {
		t.Errorf("%d conditions, the first %q", n, list[0])
	}
}
