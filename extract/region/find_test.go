package region

import (
	"slices"
	"strings"
	"testing"
)

// A code follows its place through the years: before, itself, after.
func TestAt(t *testing.T) {
	table := Load()
	for _, c := range []struct {
		name string
		year int
		code string
	}{
		{"儋州市", 1995, "460003"},
		{"儋州市", 2014, "469003"},
		{"儋州市", 2016, "460400"},
		{"华亭县", 2017, "620824"},
		{"华亭县", 2019, "620881"}, // the old name in a later report
		{"华亭市", 2017, "620824"}, // the new name in an earlier one
		{"米林市", 2024, "540481"},
		{"米林县", 2010, "542623"},
		{"错那市", 2023, "540581"},
		{"陆良县", 1990, "532228"},
		{"陆良县", 1997, "530322"}, // valid from its first year on
		{"陆良县", 1970, "532228"}, // before the table: its first
		{"陆良县", 2030, "530322"}, // after it: its last
		{"香格里拉县", 2014, "533401"},
		{"巍山县", 2008, "532927"},
		{"巍山彝族回族自治县", 2008, "532927"},
		{"阿坝州", 2008, "513200"},
		{"普洱市", 2004, "530800"},
		{"普洱市", 1999, "532700"}, // 思茅地区
		{"襄樊市", 2015, "420600"},
		{"曲靖地区", 2001, "530300"},
	} {
		var got []string
		for _, p := range table.Entities(table.byName[c.name], c.year) {
			got = append(got, p.Code)
		}
		if len(got) != 1 || got[0] != c.code {
			t.Errorf("%s in %d: %v, want %s", c.name, c.year, got, c.code)
		}
	}
}

// Where a place went, also if it was divided or gave up a part.
func TestFollow(t *testing.T) {
	table := Load()
	for _, c := range []struct {
		code     string
		from, to int
		want     string
		partial  bool
	}{
		{"532228", 1996, 2020, "530322", false},
		{"530322", 2011, 2020, "530322", false},
		{"620824", 2017, 2020, "620881", false},
		{"469003", 2014, 2020, "460400", false},
		{"110103", 2005, 2020, "110101", false},        // 崇文区 merged into 东城区
		{"130103", 2010, 2020, "130102 130104", false}, // 桥东区 was divided
		{"130123", 1999, 2020, "130123", true},         // 正定县 gave up a part in 2001
		{"530322", 2011, 1996, "532228", false},        // back in time
		{"440904", 2016, 2010, "440903 440923", false}, // 电白区 was made of two
		{"110101", 2015, 2005, "110101 110103", false}, // and 东城区 took another over
		{"130102", 2016, 2010, "", true},               // 长安区 has a part of 桥东区
		{"130123", 2005, 1999, "130123", true},         // 正定县 gave up a part
		{"620881", 2019, 2017, "620824", false},
		{"999999", 2011, 2020, "", false},
		{"530800", 2006, 2020, "530800", false}, // 思茅市, 普洱市
		{"320800", 1995, 2020, "320800", false}, // 淮阴市, 淮安市
		{"420600", 2005, 2020, "420600", false}, // 襄樊市, 襄阳市
		{"430800", 1990, 2020, "430800", false}, // 大庸市, 张家界市
		{"421000", 1995, 2020, "421000", false}, // 荆沙市, 荆州市
		{"211400", 1990, 2020, "211400", false}, // 锦西市, 葫芦岛市
		{"220600", 1990, 2020, "220600", false}, // 浑江市, 白山市
		{"532700", 1999, 2020, "530800", false}, // 思茅地区
		{"530800", 2012, 1999, "532700", false},
		{"322100", 1982, 2020, "320300 320700", false}, // 徐州地区 was divided
		{"341400", 2005, 2020, "340100 340200 340500", false},
		{"371200", 2015, 2020, "370100", false},
		{"130400", 2012, 1990, "130400 132100", false},
		{"510200", 1990, 2020, "500000", false},
	} {
		got, partial := table.Follow(c.code, c.from, c.to)
		slices.Sort(got)
		if strings.Join(got, " ") != c.want || partial != c.partial {
			t.Errorf("%s from %d to %d: %v %v, want %s %v", c.code, c.from, c.to, got, partial, c.want, c.partial)
		}
	}
}

func TestStem(t *testing.T) {
	for _, c := range []struct{ name, want string }{
		{"陆良县", "陆良"}, {"云南省", "云南"}, {"内蒙古自治区", "内蒙古"}, {"广西壮族自治区", "广西"},
		{"阿坝藏族羌族自治州", "阿坝"}, {"双江拉祜族佤族布朗族傣族自治县", "双江"}, {"东乡族自治县", "东乡"},
		{"隆林各族自治县", "隆林"}, {"前郭尔罗斯蒙古族自治县", "前郭尔罗斯"}, {"伊犁哈萨克自治州", "伊犁"}, {"沙市", ""}, {"城区", ""},
	} {
		if got := Stem(c.name); got != c.want {
			t.Errorf("%s: %s, want %s", c.name, got, c.want)
		}
	}
}

// Names that are parts of other words.
func TestMentions(t *testing.T) {
	table := Load()
	for _, c := range []struct{ text, want string }{
		{"云南省陆良县民政局", "云南省 陆良县"},
		{"沿海城市和辽宁省海城市", "辽宁省 海城市"},
		{"昆明市场和昆明市", "昆明市"},
		{"大同区域发展", ""},
		{"大同市城区2005年工作总结", "大同市 城区"},
		{"攀枝花市东区民政局", "攀枝花市 东区"},
		{"大同市城区改造", "大同市"},
		{"昆明市城区民政局", "昆明市"},
		{"晋城市城区", "晋城市"},
		{"全市市区", ""},
		{"昆明市民政局", "昆明市"},
		{"昆明市民十分高兴", ""},
		{"省委和县委、各市和县级部门", ""},
		{"《纲要》和县委决定", ""},
		{"安徽省和县", "安徽省 和县"},
		{"合肥市和县级各部门", "合肥市"},
		{"内蒙古自治区和林格尔县", "内蒙古自治区 和林格尔县"},
		{"管理县级事务", ""},
		{"吉林省松原市干安县", "吉林省 松原市 干安县"}, // 乾安县, folded
	} {
		var got []string
		for _, m := range table.Mentions(c.text) {
			got = append(got, c.text[m.Start:m.End])
		}
		if strings.Join(got, " ") != c.want {
			t.Errorf("%s: %v, want %s", c.text, got, c.want)
		}
	}
}

func TestVotes(t *testing.T) {
	votes := Votes("在中枢镇、三岔河镇、马街镇、龙海乡新建敬老院")
	if len(votes) == 0 || votes[0].Code != "530322" || votes[0].Of != 4 || len(votes[0].Towns) < 3 {
		t.Errorf("%+v", votes)
	}
	if v := Votes("两个镇和三个乡,街道和乡镇"); len(v) != 0 {
		t.Errorf("no names, yet %+v", v)
	}
}

// The data is whole: every county has a prefecture or a province above it, and every
// successor is a code of the table.
func TestData(t *testing.T) {
	table := Load()
	n := 0
	for _, list := range table.byCode {
		for _, p := range list {
			n++
			for _, code := range p.next {
				if len(table.byCode[code]) == 0 {
					t.Errorf("%s %s: its successor %s is no code", p.Code, p.Name, code)
				}
			}
		}
	}
	if n < 6800 {
		t.Errorf("%d places: codes.tsv is cut short", n)
	}
	for line := range strings.Lines(towns) {
		if code, _, ok := strings.Cut(line, "\t"); ok && len(table.byCode[code]) == 0 {
			t.Errorf("towns.tsv: %s is no code", code)
		}
	}
}

// Every place is found under its own name with its province, and prefecture if that
// has two of the name, in every year of its life; without them it is found or nothing
// is: never another.
func TestFindEvery(t *testing.T) {
	table := Load()
	missed, n := 0, 0
	for _, list := range table.byCode {
		for _, p := range list {
			if generic(p.Name) || strings.Contains(p.Name, "、") {
				continue
			}
			year := p.First
			if p.Last != 0 {
				year = p.Last - 1
			}
			n++
			text := p.Province + p.Name + "民政局"
			if p.Level() == County && p.Prefecture != "直辖" && p.Prefecture != p.Name {
				text = p.Province + p.Prefecture + p.Name + "民政局"
			}
			got, _ := table.Find(text, year, false)
			switch {
			case got == nil:
				missed++
			case got.Code != p.Code && got.Name != p.Name:
				t.Errorf("%s in %d: %s %s, want %s", text, year, got.Code, got.Name, p.Code)
			}
			if got, _ := table.Find(p.Name+"民政局", year, false); got != nil && got.Code != p.Code && got.Name != p.Name {
				t.Errorf("%s in %d: %s %s, want %s", p.Name, year, got.Code, got.Name, p.Code)
			}
		}
	}
	if missed*100 > n {
		t.Errorf("%d of %d places are not found", missed, n)
	}
}
