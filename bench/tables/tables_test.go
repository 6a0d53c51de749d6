package main

import (
	"flag"
	"os"
	"slices"
	"strings"
	"testing"

	"mingxi/schema"
)

var update = flag.Bool("update", false, "rewrite bench/tables/scores.txt")

// How far the tables are read stands in a file in git; a change shows in the diff.
func TestScores(t *testing.T) {
	all, err := sources(os.DirFS("sources"))
	if err != nil {
		t.Fatal(err)
	}
	lines, err := bench{makers: makers(os.DirFS("sources")), miss: func(string) {}}.measure(all)
	if err != nil {
		t.Fatal(err)
	}
	text := strings.Join(lines, "\n") + "\n"
	if *update {
		if err := os.WriteFile("scores.txt", []byte(text), 0o666); err != nil {
			t.Fatal(err)
		}
		return
	}
	old, err := os.ReadFile("scores.txt")
	if err != nil {
		t.Fatal(err)
	}
	if string(old) != text {
		before := strings.Split(string(old), "\n")
		for _, l := range lines {
			if !slices.Contains(before, l) {
				t.Errorf("now %s", l)
			}
		}
		t.Error("go test ./bench/tables -update rewrites scores.txt")
	}
}

// A source says what its cells mean; nothing of the figures is written twice.
func TestParse(t *testing.T) {
	s, err := parse("x", `
> 农作物
| 作物 | < | 序号 | 面积(万亩) | 单产 |
== @2018年
= . | . | . | 面积 [万*亩] | 单产,产量 [公斤/亩]
| 粮食 | 合计 | 1 | 1,203.5 | (12) || +粮食
| ^ | 小麦 | 2 | 3 | - || =1&=2
`)
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, g := range s.gold {
		got = append(got, g.String()+" not "+strings.Join(g.not, " "))
	}
	want := []string{
		"粮食&面积 12035000 亩 2018年 1,203.5 not 单产 产量 小麦",
		"粮食&单产|产量 -12 公斤/亩 2018年 (12) not 面积 小麦",
		"粮食&小麦&面积 30000 亩 2018年 3 not 单产 产量",
	}
	if !slices.Equal(got, want) {
		t.Errorf("got  %q\nwant %q", got, want)
	}
	if c := s.blocks[1].rows[1][0]; c.rows != 2 || s.blocks[1].rows[0][0].cols != 2 {
		t.Errorf("merged cells: %+v", c)
	}
}

// What is wrong with a figure, against one cell.
func TestFault(t *testing.T) {
	s, err := parse("x", "| 镇 | 户数 | 面积 |\n= . | * [户] @2018年1-3月 | 面积 [亩]\n| 东镇 | 12 | 34 || =\n| 西镇 | 56 | 78 || =\n")
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct{ label, value, unit, period, want string }{
		{"东镇户数", "12", "户", "2018年1-3月", ""},
		{"东镇户数", "12", "户", "2018年1—3月", ""},
		{"东镇户数", "12", "户", "2018年", "period 2018年1-3月"},
		{"东镇", "120000", "亩", "2018年1-3月", "value; unit"},
		{"户数", "12", "户", "2018年1-3月", "without 东镇"},
		{"西镇东镇户数", "12", "户", "2018年1-3月", "with 西镇"},
		{"东镇面积户数", "12", "户", "2018年1-3月", "with 面积"},
	} {
		m := schema.Metric{Label: c.label, Unit: c.unit, Period: schema.Period{Printed: c.period}}
		m.Value, _ = schema.ParseDecimal(c.value)
		if got := s.gold[0].fault(&m); got != c.want {
			t.Errorf("%+v: %q", c, got)
		}
	}
	for _, c := range []struct {
		period, want string
		tells        bool
	}{
		{"2018", "2018年", true}, {"2018年1-3月", "3月", false}, {"13月", "3月", false}, {"2018年3月", "3月", true},
		{"2018年一季度", "一季度", true}, {"2017年", "2018年", false}, {"1-6月", "1月", false},
	} {
		if tells(c.period, c.want, false) != c.tells {
			t.Errorf("%+v", c)
		}
	}
	if !tells("2018年1月", "2018年", true) || !tells("2018年1月", "1月", true) {
		t.Error("a month of a year")
	}
}
