package region

// Short forms of names. A text says 陆良 for 陆良县, 巍山县 for 巍山彝族回族自治县,
// 阿坝州 for 阿坝藏族羌族自治州 and 内蒙古 for 内蒙古自治区.

import (
	_ "embed"
	"slices"
	"strings"
	"unicode/utf8"
)

//go:embed names.txt
var names string

// readNames reads names.txt.
func (t *Table) readNames() {
	t.forms = map[string][]string{}
	section := ""
	for line := range strings.Lines(names) {
		line = strings.TrimSpace(line)
		switch {
		case line == "" || line[0] == '#':
		case line[0] == '[':
			section = line
		case section == "[things]":
			t.things = append(t.things, line)
		case section == "[dishes]":
			t.things, t.dishes = append(t.things, line), append(t.dishes, line)
		case section == "[unless]":
			t.unless = append(t.unless, line)
		default:
			form, name, _ := strings.Cut(line, "\t")
			t.forms[name] = append(t.forms[name], form)
		}
	}
}

// dish reports what is known by the place it comes from, be it called by its full name: 沙县|小吃.
func (t *Table) dish(after string) bool {
	return slices.ContainsFunc(t.dishes, func(w string) bool { return strings.HasPrefix(after, w) })
}

// thing reports whether what follows a short form makes it part of another name: 南京|路, 北京|大学,
// 青岛|啤酒.
func (t *Table) thing(after string) bool {
	begins := func(w string) bool { return strings.HasPrefix(after, w) }
	return slices.ContainsFunc(t.things, begins) && !slices.ContainsFunc(t.unless, begins)
}

// peoples are the names that autonomous places carry; some without 族.
var peoples = strings.Fields(`蒙古族 回族 藏族 维吾尔族 苗族 彝族 壮族 布依族 朝鲜族 满族 侗族 瑶族 白族 土家族
哈尼族 哈萨克族 傣族 黎族 傈僳族 佤族 畲族 拉祜族 水族 东乡族 纳西族 景颇族 柯尔克孜族 土族 达斡尔族 仫佬族 羌族
布朗族 撒拉族 毛南族 仡佬族 锡伯族 阿昌族 普米族 塔吉克族 怒族 鄂温克族 德昂族 保安族 裕固族 独龙族 鄂伦春族
各族 蒙古 维吾尔 哈萨克 柯尔克孜 塔吉克 锡伯`)

// Stem is the name of a place without what says its rank, empty if less than two
// characters are left: 陆良, 阿坝, 内蒙古; 沙市 and 城区 have none.
func Stem(name string) string {
	s := name
	if base, ok := cutAutonomous(s); ok {
		s = base
		for cut := true; cut; {
			cut = false
			for _, p := range peoples {
				if t, ok := strings.CutSuffix(s, p); ok && utf8.RuneCountInString(t) >= 2 {
					s, cut = t, true
				}
			}
		}
		return strings.TrimSuffix(s, "族") // 东乡族自治县
	}
	for _, rank := range []string{"特别行政区", "地区", "林区", "特区", "省", "市", "县", "区", "盟", "旗", "州"} {
		if t, ok := strings.CutSuffix(s, rank); ok {
			s = t
			break
		}
	}
	if utf8.RuneCountInString(s) < 2 {
		return ""
	}
	return s
}

// cutAutonomous takes 自治区, 自治州, 自治县 or 自治旗 from a name.
func cutAutonomous(name string) (string, bool) {
	for _, rank := range []string{"自治区", "自治州", "自治县", "自治旗"} {
		if s, ok := strings.CutSuffix(name, rank); ok {
			return s, true
		}
	}
	return name, false
}

// fullNames are the forms of a name that say its rank: 巍山彝族回族自治县, 巍山自治县, 巍山县.
func fullNames(name string) []string {
	base, ok := cutAutonomous(name)
	stem := Stem(name)
	if !ok || stem == "" {
		return []string{name}
	}
	out := []string{name, stem + name[len(base):]}
	if !strings.HasSuffix(name, "自治区") {
		out = append(out, stem+name[len(base)+len("自治"):])
	}
	return slices.Compact(out)
}
