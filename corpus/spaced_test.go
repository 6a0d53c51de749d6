package corpus

import (
	"strings"
	"testing"
)

func TestCloseGaps(t *testing.T) {
	for in, want := range map[string]string{
		"段　别　　里程（公里）": "段别　　里程（公里）",
		"队 名  户数":     "队名  户数",
		"四 名 学 生":     "四名 学生",
		"合　　计":        "合计",
		"清 水 市 民 政 局 二 0 一 0 年 工 作 总 结": "清水市民政局二0一0年工作总结",
		"甲 乙 丙 丁 1 2 3 4":               "甲 乙 丙 丁 1 2 3 4",
		"合 计 123 456":                   "合计 123 456",
		"小　计":                           "小计",
		"全县总人 口45.6万人，粮 食产量34.5万吨":      "全县总人口45.6万人，粮食产量34.5万吨",
		"城镇 人 口 变 动":                    "城镇 人口 变动",
		"工 作 总 结":                       "工作总结",
		"清　水　县　民　政　局　工　作　总　结":           "清水县民政局工作总结",
		"姓    名              学    号":    "姓名              学号",
		"低 保 金 345.6 万元":                "低保金 345.6 万元",
		"单 位：万 元":                       "单位：万 元",
		// and what stays
		"东城镇 西城镇 南城镇":    "东城镇 西城镇 南城镇",
		"清水县民政局 长征镇":     "清水县民政局 长征镇",
		"张 三 李 四 王 五":    "张 三 李 四 王 五",
		"合计 男 女":         "合计 男 女",
		"户 人 元":          "户 人 元",
		"个 人 户":          "个 人 户",
		"一 月 二 月 三 月":    "一 月 二 月 三 月",
		"2012 年 3 月 5 日": "2012 年 3 月 5 日",
		"    年  月  日":    "    年  月  日",
		"村 1 2 3":        "村 1 2 3",
		"人\t口":           "人\t口",
		"全年 发放低保金300万元":  "全年 发放低保金300万元",
		"GDP 增长 8%":      "GDP 增长 8%",
		"":               "",
	} {
		got, cuts := closeGaps(in, nil)
		if got != want {
			t.Errorf("%q: %q, want %q", in, got, want)
		}
		back, last := "", 0 // what was taken out, put in again, is the line
		for _, c := range cuts {
			back += got[last:c.at] + c.text
			last = c.at
		}
		if back += got[last:]; back != in {
			t.Errorf("%q: put together again it is %q", in, back)
		}
	}
}

// Words with blanks inside, radicals for hanzi: the normal text has the word.
func TestWholeWords(t *testing.T) {
	d, err := Read("a.html", []byte("<html><body><p>⺠政局工作总结</p><p>全县总人 口45.6万人，⻓江⻋站。</p><table><tr><td>项　目</td><td>数　量</td></tr><tr><td>人 口</td><td>456</td></tr><tr><td>合　　计</td><td>789</td></tr></table></body></html>"), Options{})
	if err != nil {
		t.Fatal(err)
	}
	check(t, d)
	for _, w := range []string{"民政局工作总结", "总人口45.6万人，长江车站", "项目", "数量", "人口\t456", "合计\t789"} {
		if !strings.Contains(d.Text, w) {
			t.Errorf("no %q in %q", w, d.Text)
		}
	}
}
