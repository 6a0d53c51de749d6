package grid

import "testing"

func TestHeads(t *testing.T) {
	for _, x := range []struct{ name, in, want string }{
		{"numbers of columns", "指标|数量|金额\n甲|1|2\n棉被|26|3.5", "HEAD 指标|数量|金额\nHEAD 甲|1|2\nrow 棉被|26|3.5\n"},
		{"units", "县区|床位|资金\n|张|万元\n甲县|299|73.5", "HEAD 县区|床位|资金\nHEAD |张|万元\nrow 甲县|299|73.5\n"},
		{"a part above units", "行业|单位数||人数\n||#亏损|\n|(个)|(个)|(万人)\n煤炭|12|4|0.71", "HEAD 行业|单位数||人数\nHEAD ||#亏损|\nHEAD |(个)|(个)|(万人)\nrow 煤炭|12|4|0.71\n"},
		{"printed once for two", "乡镇|城市||农村|\n|户数|人数|户数|人数\n河东|1|2|3|4", "HEAD 乡镇|城市||农村|\nHEAD |户数|人数|户数|人数\nrow 河东|1|2|3|4\n"},
		{"one group among plain heads", "项目|2018年|2019年||增减%\n||预算数|完成数|\n税收|1|2|3|4", "HEAD 项目|2018年|2019年||增减%\nHEAD ||预算数|完成数|\nrow 税收|1|2|3|4\n"},
		{"groups within groups", "年份|总人口|按性别分||||按城乡分|\n||男||女||城镇|\n||人数|比重|人数|比重|人数|比重\n1980|1|2|3|4|5|6|7", "HEAD 年份|总人口|按性别分||||按城乡分|\nHEAD ||男||女||城镇|\nHEAD ||人数|比重|人数|比重|人数|比重\nrow 1980|1|2|3|4|5|6|7\n"},
		{"words not at the left of their group", "项目|2018年|2019年||\n|||注|\n税收|1|2|3|4", "HEAD 项目|2018年|2019年||\nrow |||注|\nrow 税收|1|2|3|4\n"},
		{"a word under one head is none", "项目|2018年|2019年||增减%\n|注|||\n税收|1|2|3|4", "HEAD 项目|2018年|2019年||增减%\nrow |注|||\nrow 税收|1|2|3|4\n"},
		{"days are no figures", "项目|2018.12.31|2017.12.31\n存货|2.5|3.1\n资金|4|5", "HEAD 项目|2018.12.31|2017.12.31\nrow 存货|2.5|3.1\nrow 资金|4|5\n"},
		{"a ratio is a figure", "项目|单位|2018年|2019年\n户数|户|1|2\n三次产业比重|%|20:45:35|19:45:36\n公路|公里|3|4", "HEAD 项目|单位|2018年|2019年\nrow 户数|户|1|2\nrow 三次产业比重|%|20:45:35|19:45:36\nrow 公路|公里|3|4\n"},
		{"a second header", "项目|2018年|2019年\n户数|1|2\n项目|预算数|决算数\n资金|3|4", "HEAD 项目|2018年|2019年\nrow 户数|1|2\nHEAD 项目|预算数|决算数\nrow 资金|3|4\n"},
		{"a second header over fewer columns", "内容|制发|废止|有效\n规章|0|1|2\n内容|收费||\n路桥|617||\n水费|5||", "HEAD 内容|制发|废止|有效\nrow 规章|0|1|2\nHEAD 内容|收费||\nrow 路桥|617||\nrow 水费|5||\n"},
		{"words over one column are none", "内容|制发|废止|有效\n规章|0|1|2\n意见|不详||\n办法|1||3", "HEAD 内容|制发|废止|有效\nrow 规章|0|1|2\nrow 意见|不详||\nrow 办法|1||3\n"},
		{"a second header of two rows", "地区|产值||投资|\n|总量|增速|总量|增速\n甲县|1|2|3|4\n地区|零售额||收入|\n|总量|增速|总量|增速\n甲县|5|6|7|8", "HEAD 地区|产值||投资|\nHEAD |总量|增速|总量|增速\nrow 甲县|1|2|3|4\nHEAD 地区|零售额||收入|\nHEAD |总量|增速|总量|增速\nrow 甲县|5|6|7|8\n"},
		{"words above a second header are none", "地区|产值||投资|\n|总量|增速|总量|增速\n甲县|1|2|3|4\n乙县|无||不详|\n|总量|增速|总量|增速\n甲县|5|6|7|8", "HEAD 地区|产值||投资|\nHEAD |总量|增速|总量|增速\nrow 甲县|1|2|3|4\nrow 乙县|无||不详|\nHEAD |总量|增速|总量|增速\nrow 甲县|5|6|7|8\n"},
		{"a heading is none", "项目|单位|2019年\n一、低保||\n户数|户|2", "HEAD 项目|单位|2019年\nrow 一、低保||\nrow 户数|户|2\n"},
		{"prose is none", "一|全年发放低保金100万元，救助3000人。\n二|新建敬老院3所。", "row 一|全年发放低保金100万元，救助3000人。\nrow 二|新建敬老院3所。\n"},
		{"nothing to tell", "姓名|住址\n张某|柳林村\n李某|河湾村", "HEAD 姓名|住址\nrow 张某|柳林村\nrow 李某|河湾村\n"},
	} {
		if got := table(x.in); got != x.want {
			t.Errorf("%s: got\n%swant\n%s", x.name, got, x.want)
		}
	}
}
