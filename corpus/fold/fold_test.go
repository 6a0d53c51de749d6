package fold

import (
	"strings"
	"testing"
	"unicode/utf8"
)

func TestString(t *testing.T) {
	for _, c := range []struct{ in, want string }{
		{"", ""},
		{"城市低保对象3.2万户", "城市低保对象3.2万户"},
		{"農村衛生廁所", "农村卫生厕所"},
		{"臺灣與裏海", "台湾与里海"},
		{"群眾與羣衆", "群众与群众"},
		{"１２３．５％", "123.5%"},
		{"ＧＤＰ增長（預計）", "gdp增长(预计)"},
		{"GDP", "gdp"},
		{"⽅案⼀：⼈⼝", "方案一:人口"}, // radicals of a PDF font
		{"⺠政局⻓，⻋⻔⻛⻢⻥⻝⻅⻩⻬⻰⻦⻚⻜⻉⻣⻘⺟⻳", "民政局长,车门风马鱼食见黄齐龙鸟页飞贝骨青母龟"}, // the supplement
		{"⻑江⾧", "长江长"}, // traditional ones
		{"顯著", "显著"},   // not 显着
		{"著名", "著名"},
		{"什麼", "什么"},
		{"Ⅱ級", "ⅱ级"},
		{"𠁞", "𠀾"}, // beyond the first plane
	} {
		if got := String(c.in); got != c.want {
			t.Errorf("String(%q) = %q, want %q", c.in, got, c.want)
		}
	}
}

// Radicals become hanzi of their own script, and nothing else changes.
func TestRadicals(t *testing.T) {
	for in, want := range map[string]string{
		"⺠政局⻓": "民政局长", "⻑江⾒": "長江見", "⼀⼆⼈⼝⼾": "一二人口户", "農村—１２３“民”": "農村—１２３“民”", "a⻅": "a见", "€⻅": "€见", "": "",
	} {
		if got := Radicals(in); got != want {
			t.Errorf("Radicals(%q) = %q, want %q", in, got, want)
		}
	}
}

// Every line of the data is one character for another, none twice, and folding
// a folded text changes nothing.
func TestCharacters(t *testing.T) {
	seen := map[string]bool{}
	for line := range strings.Lines(characters) {
		if line[0] == '#' || line == "\n" {
			continue
		}
		from, to, ok := strings.Cut(strings.TrimSuffix(line, "\n"), "\t")
		if !ok || utf8.RuneCountInString(from) != 1 || utf8.RuneCountInString(to) != 1 || from == to {
			t.Errorf("bad line %q", line)
		}
		if seen[from] {
			t.Errorf("%s stands twice", from)
		}
		seen[from] = true
		if again := String(to); again != to {
			t.Errorf("%s folds to %s, and that to %s", from, to, again)
		}
	}
}

func FuzzString(f *testing.F) {
	f.Add("農村１２３Ａ")
	f.Add("\xff縣")
	f.Fuzz(func(t *testing.T, s string) {
		got := String(s)
		if utf8.RuneCountInString(got) != utf8.RuneCountInString(s) {
			t.Fatalf("String(%q) = %q: another number of characters", s, got)
		}
		if again := String(got); again != got {
			t.Fatalf("String(%q) = %q, again %q", s, got, again)
		}
	})
}

func BenchmarkString(b *testing.B) {
	s := strings.Repeat("全市农村低保对象达到3.2万户，比上年增加1200人。", 100)
	b.SetBytes(int64(len(s)))
	for b.Loop() {
		String(s)
	}
}
