package query

import (
	"errors"
	"go/ast"
	parser_ "go/parser"
	"go/token"
	"reflect"
	"strconv"
	"strings"
	"testing"
)

// Each query and what it means, as String prints it.
func TestParse(t *testing.T) {
	for _, c := range []struct{ in, want string }{
		{"城市低保", "城市低保"},
		{"低保 发放", "低保 发放"},
		{"低保 AND 发放 与 县", "低保 发放 县"},
		{"低保 OR 五保 发放", "低保 OR 五保 发放"},
		{"(低保 或 五保) 发放", "(低保 OR 五保) 发放"},
		{"（低保　|　五保）　-发放", "(低保 OR 五保) -发放"},
		{"低保 NOT 五保", "低保 -五保"},
		{"低保 非 (五保 OR 优抚)", "低保 -(五保 OR 优抚)"},
		{"与", `"与"`},
		{"非", `"非"`},
		{`"低保 发放"`, `"低保 发放"`},
		{"“低保” 五保", `"低保" 五保`},
		{`"他说\"好\""`, `"他说\"好\""`},
		{"低保*", "低保"},
		{"*低保*", "低保"},
		{"城市*低保", "城市*低保"},
		{"*", "*"},
		{"低保 ~ 发放", "低保 ~ 发放"},
		{"低保 ～ 发放 ~ 县 乡", "低保 ~ 发放 ~ 县 乡"},
		{"NEAR(低保 发放)", "低保 ~ 发放"},
		{"500～1000公顷", "500～1000公顷"},
		{"57.84万 37415公顷", "57.84万 37415公顷"},
		{"人口（万人）", "人口（万人）"},
		{"16:30", "16:30"},
		{"会议指出：低保", "会议指出：低保"},
		{"2008-2012", "2008-2012"},
		{"title:低保", `title:低保`},
		{"标题：低保", `title:低保`},
		{`title:"低 保"`, `title:"低 保"`},
		{"region:530000", `region:530000`},
		{"indicator:dibao*", "indicator:dibao*"},
		{"kind:Share", `kind:share`},
		{"year:2008..2012", "year:2008..2012"},
		{"年份：２０１５", "year:2015"},
		{"year:2008年..", "year:>=2008"},
		{"year:<2008", "year:<2008"},
		{"value:>10000公顷", "value:>10000公顷"},
		{"value:>=1.5万公顷", "value:>=15000公顷"},
		{"value:100万元..2亿元", "value:1000000元..200000000元"},
		{"value:5..10元", "value:5元..10元"},
		{"value:1平方公里..150公顷", "value:100公顷..150公顷"},
		{"value:3千米", "value:3公里"},
		{"value:5万千瓦", "value:50000千瓦"},
		{"unit:千克", `unit:公斤`},
		{"value:<5%", "value:<5%"},
		{"value:1,200人", "value:1200人"},
		{"受灾 unit:公顷 value:>1000 year:2008..2011 region:530000", `受灾 unit:公顷 value:>1000 year:2008..2011 region:530000`},
	} {
		q, err := Parse(c.in)
		if err != nil {
			t.Errorf("%s: %v", c.in, err)
			continue
		}
		if got := q.String(); got != c.want {
			t.Errorf("%s: %s, want %s", c.in, got, c.want)
		}
		again(t, q)
	}
}

// again checks that a query prints as what Parse reads.
func again(t *testing.T, q Query) {
	t.Helper()
	r, err := Parse(q.String())
	if err != nil || !reflect.DeepEqual(q, r) {
		t.Errorf("%#v prints as %s, read as %#v, %v", q, q, r, err)
	}
}

// Each bad query, the place and a part of what is said.
func TestParseErrors(t *testing.T) {
	for _, c := range []struct {
		in   string
		at   int
		says string
	}{
		{"", 0, "a word is missing"},
		{"低保 OR", 5, "a word is missing"},
		{"OR 低保", 0, `write "OR"`},
		{"(低保", 0, "this bracket is not closed"},
		{"低保)", 2, "a bracket closes"},
		{`低保 "发放`, 3, "not closed"},
		{"title:", 0, "write title:词"},
		{"titel:低保", 0, "there is no field titel"},
		{"units:元", 0, "write unit:元"},
		{"yeer:2010", 0, "write year:2010"},
		{"kind:sum", 0, "kind:amount"},
		{"year:20x1", 0, "write year:2011"},
		{"year:2012..2008", 0, "write year:2008..2012"},
		{"value:5..10万元", 0, "write value:5万元..10万元"},
		{"value:5元..10公顷", 0, "cannot be compared"},
		{"value:大", 0, "is no number"},
		{"低保 ~ title:县", 5, "~ stands between words"},
		{"- 低保", 0, "nothing stands after -"},
		{"人口（万人", 0, `write "人口（万人"`},
		{strings.Repeat("(", 100), 64, "brackets"},
		{strings.Repeat("低", 5000), 4096, "at most"},
	} {
		q, err := Parse(c.in)
		var e *ParseError
		if !errors.As(err, &e) {
			t.Errorf("%s: %v, %v", c.in, q, err)
			continue
		}
		if e.At != c.at && c.at != 64 || !strings.Contains(err.Error(), c.says) {
			t.Errorf("%.20s: %v; want at %d, %s", c.in, err, c.at, c.says)
		}
	}
}

func FuzzParse(f *testing.F) {
	for _, s := range []string{`(低保 OR "五保") -年 a*b`, "value:100万元..2亿元", "year:>2008", "低保 ~ 发放", "title:“x” kind:share", `-(a (b) NEAR(c d))`, "value:3万百人", "与 非"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		q, err := Parse(s)
		if err != nil {
			if e := new(ParseError); !errors.As(err, &e) || e.At < 0 {
				t.Errorf("%q: %v", s, err)
			}
			return
		}
		if len(q.String()) < maxQuery {
			again(t, q)
		}
	})
}

// Whatever can be wrong with a query is told in Chinese too.
func TestChinese(t *testing.T) {
	said := map[string]bool{}
	for _, name := range []string{"parse.go", "value.go"} {
		file, err := parser_.ParseFile(token.NewFileSet(), name, nil, 0)
		if err != nil {
			t.Fatal(err)
		}
		ast.Inspect(file, func(n ast.Node) bool {
			call, ok := n.(*ast.CallExpr)
			if !ok || len(call.Args) < 3 {
				return true
			}
			if f, ok := call.Fun.(*ast.SelectorExpr); !ok || f.Sel.Name != "fail" {
				return true
			}
			what, err := strconv.Unquote(call.Args[2].(*ast.BasicLit).Value)
			if err != nil {
				t.Fatal(err)
			}
			said[what] = true
			if zh := chinese()[what]; strings.Count(zh, "%") != strings.Count(what, "%") || zh == "" {
				t.Errorf("%q is %q in Chinese", what, zh)
			}
			return true
		})
	}
	for what := range chinese() {
		if !said[what] {
			t.Errorf("nobody says %q", what)
		}
	}
	_, err := Parse("label:")
	var e *ParseError
	if !errors.As(err, &e) || e.ZH != "label: 后面没有内容" {
		t.Errorf("%+v", err)
	}
}
