package bench

import (
	"cmp"
	"errors"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"mingxi/corpus"
	"mingxi/extract"
	"mingxi/schema"
)

// Indicators of figures are those of indicators.tsv, which were read from the page: most
// of those that a vocabulary has, and hardly any that it has not. go test ./bench -run
// Indicators -v lists what is missed.
func TestIndicators(t *testing.T) {
	const right, wrong = 0.85, 0.03
	list, err := os.ReadFile("indicators.tsv")
	if err != nil {
		t.Fatal(err)
	}
	e := extract.New()
	sets := map[string]*tally{}
	var order []string
	var metrics []schema.Metric
	text, last, missing := "", "", false
	for line := range strings.Lines(string(list)) {
		f := strings.Split(strings.TrimRight(line, "\n"), "\t")
		if line[0] == '#' || len(f) != 3 {
			continue
		}
		if f[0] != last {
			last = f[0]
			rest, foreign := strings.CutPrefix(last, "shared/")
			name := last + ".txt"
			if foreign {
				name = filepath.Join(cmp.Or(os.Getenv("MINGXI_SHARED"), "../../shared"), filepath.FromSlash(rest)+".txt")
			}
			data, err := os.ReadFile(name)
			if foreign && errors.Is(err, fs.ErrNotExist) {
				metrics, missing = nil, true
				continue
			}
			if missing = false; err != nil {
				t.Fatal(err)
			}
			d, err := corpus.Read(path.Base(last), data, corpus.Options{})
			if err != nil {
				t.Fatal(err)
			}
			metrics, text = e.Read(d).Metrics, d.Text
		}
		if missing {
			continue
		}
		got, label := "-", ""
		printed := func(m schema.Metric) string { return strings.Join(strings.Fields(text[m.Start:m.End]), "") }
		i := slices.IndexFunc(metrics, func(m schema.Metric) bool { return printed(m) == f[1] })
		if i < 0 { // 93.1 of 93.1%
			i = slices.IndexFunc(metrics, func(m schema.Metric) bool { return strings.HasPrefix(printed(m), f[1]) })
		}
		if i >= 0 {
			label = metrics[i].Label
			if metrics[i].Code != "" {
				got = metrics[i].Code
			}
			metrics = slices.Delete(metrics, i, i+1) // the next of that print is another
		}
		if sets[last] == nil {
			sets[last] = &tally{}
			order = append(order, last)
		}
		if !sets[last].add(f[2], got) {
			t.Logf("%s: %s %s: %s, want %s", last, f[1], label, got, f[2])
		}
	}
	var all tally
	for _, set := range order {
		c := *sets[set]
		t.Logf("%s: %v", set, c)
		all = tally{all.asked + c.asked, all.told + c.told, all.right + c.right, all.wrong + c.wrong}
	}
	if t.Logf("all: %v", all); share(all.right, all.told) < right || share(all.wrong, all.asked) > wrong || all.asked < 100 {
		t.Errorf("%v, want at least %v and at most %v", all, right, wrong)
	}
}

// What the words of its sentence give a figure, and what they must not.
func TestIndicatorsOfSentences(t *testing.T) {
	e := extract.New()
	for _, c := range []struct{ text, want string }{
		{"城市低保方面，15400名困难居民（2268户）享受到保障。", "dibao_urban_persons dibao_urban_hh"},
		{"农村低保方面，25400名困难群众（12268户）得到保障。", "dibao_rural_persons dibao_rural_hh"},
		{"慈善捐助方面，25400名困难群众得到帮助。", "donation_beneficiaries"},
		{"交通邮电:公路里程2316公里,其中高速58公里;移动电话用户31.2万户。", "road_length expressway_length phones_mobile"},
		{"社会保障:年末城市低保1384人,农村低保9217人。", "dibao_urban_persons dibao_rural_persons"},
		{"城市低保：全年累计审核四次，年底实有2105户4316人。", "- dibao_urban_hh dibao_urban_persons"},
		{"分部门看:税务部门完成69208万元;财政部门完成17334万元。", "- -"},
		{"特困供养人员2586人,集中894人,分散1692人。", "tekun_persons tekun_central_persons tekun_dispersed_persons"},
		{"共有1531名五保对象得到供养，其中在敬老院集中供养287人。", "wubao_persons wubao_central_persons"},
		{"转移安置灾民2586人,集中894人,分散1692人。", "dis_relocated - -"},
		{"2023年地区生产总值增长6.1%,两年平均增长5.2%。", "gdp_growth -"},
		{"农村经济总收入9640万元。", "-"},
		{"农村劳动力转移就业8.63万人,其中县内1.54万人。", "rural_labour_moved -"},
		{"发放临时救助金54.9万元,其中:发放困难家庭临时救助资金7.43万元。", "temp_relief_outlay temp_relief_outlay"},
		{"按年2217元标准及时足额兑现了398户义务兵的优待金88.2366万元。", "- conscript_hh conscript_allowance"},
		{"使19名军休干部真正做到“老有所养、老有所医”。", "retired_cadres"},
		{"城市低保5218户10964人,月发放248.7万元;农村低保19640户33812人,月发放405.3万元。", "dibao_urban_hh dibao_urban_persons dibao_urban_outlay_month dibao_rural_hh dibao_rural_persons -"},
		{"7、殡葬:全年死亡93人,火化62具。", "- cremations"},
		{"3、救灾:因灾死亡2人。", "dis_deaths"},
		{"地区生产总值95亿元,同比下降6.1%;社会消费品零售总额12亿元,下降2.5%。", "gdp gdp_growth retail retail_growth"},
		{"粮食总产量12万吨,比上年减产3.2%。财政收入减少3.1%。", "grain_output grain_output_growth rev_total_growth"},
		{"固定资产投资增速下降3.2%。固定资产投资增速回落3.2个百分点。低保人数下降5%。", "- - -"},
		{"农村低保累计发放低保金320万元,月人均补差86元。", "dibao_rural_outlay dibao_rural_avg_subsidy"},
		{"城市低保动态管理,核查对象2103户,其中230人被取消低保资格。", "- dibao_urban_exit_persons"},
		{"全县共有敬老院18所,其中中心敬老院4所,农村敬老院12所。", "jinglaoyuan - -"},
		{"全县有中心敬老院6所。低保清退210人。", "jinglaoyuan -"},
		{"每千人口拥有病床1.9张、卫技人员2.3人。", "beds_per1000 -"},
		{"城市居民人均消费支出1.2万元,恩格尔系数32%。", "cons_urban engel_urban"},
		{"农村低保标准每人每年1800元,年末常住人口21.3万人。", "dibao_rural_std_year pop_total"},
		{"农村户籍人口15万人,常住人口21.3万人。", "- pop_total"},
		{"城市居民最低生活保障300户,医疗救助资金80万元。", "dibao_urban_hh med_aid_outlay"},
		{"农村低保对象3000人,全年发放低保金300万元。", "dibao_rural_persons dibao_rural_outlay"},
		{"城市低保对象500户(其中新增20户)1000人。", "dibao_urban_hh - dibao_urban_persons"},
		{"全省共有城市低保对象120万人,我市11万人,全县3456人。", "dibao_urban_persons dibao_urban_persons dibao_urban_persons"},
		{"全市农村低保对象12.6万人,全县共1.34万人。", "dibao_rural_persons dibao_rural_persons"},
		{"农村低保对象300户,全县低保金860万元。", "dibao_rural_hh dibao_outlay"},
		{"全县残疾人12000人,残疾人中有农村低保对象2356人。", "- -"},
		{"全县残疾人12000人,其中农村低保对象2356人。", "- -"},
		{"库区移民中享受农村低保1356人。", "-"},
		{"全县精神病人中有农村低保对象560人。", "-"},
		{"工作中心移到救助上,农村低保对象560人。", "dibao_rural_persons"},
		{"其中有农村低保对象560人。", "dibao_rural_persons"},
		{"全县敬老院8所,其中县级2所、乡镇6所。", "jinglaoyuan - -"},
		{"聋哑学校1所,在校学生56人。", "- -"},
		{"2016年全县人口中农村低保对象1356人。", "dibao_rural_persons"},
		{"在妇女儿童中心,慰问困难家庭12户;农村低保对象1356人。", "- dibao_rural_persons"},
		{"资助农村低保对象3560人参合。农村低保对象参合费用86万元。", "- -"},
		{"资助低保、五保对象5600人参合,资金28万元。", "med_insured_persons med_insured_outlay"},
		{"资助农村低保对象3560人、五保对象860人参加新型农村合作医疗。", "- -"},
		{"特殊教育学校1所,在校学生86人。", "schools_special -"},
		{"县技工学校在校学生1286人。", "-"},
		{"各级各类学校86所,在校学生21286人。", "schools students"},
		{"上级下达农村低保资金3200万元。", "-"},
		{"争取农村低保资金3200万元。", "-"},
		{"全年应发放农村低保金3200万元,需发放城市低保金860万元。", "- -"},
		{"全年拟发放城市低保金3200万元。", "dibao_urban_outlay"},
		{"下拨农村低保资金3200万元。", "dibao_rural_outlay"},
		{"农村五保对象560人获得供养金312万元。", "wubao_persons wubao_outlay"},
		{"特困人员860人享受供养金。", "tekun_persons"},
		{"城市低保对象5600人受益。", "dibao_urban_persons"},
		{"初中有在校学生1200人,高中有在校学生3500人。", "students_junior students_senior"},
		{"集中有五保对象350人。", "wubao_central_persons"},
		{"总人口35万人,其中少数民族12万人。户籍人口35万人,其中城镇人口12万人。", "pop_total pop_minority pop_registered pop_urban"},
		{"全县35万人口中,城市低保对象3500人。全县农业人口中有农村低保对象3500人。", "- dibao_urban_persons dibao_rural_persons"},
		{"全县贫困人口中有农村低保对象3500人。全县患者中有农村低保对象560人。", "- -"},
		{"农村低保对象300户,全县共860户。", "dibao_rural_hh dibao_hh"},
		{"按需发放救灾款350万元。", "relief_outlay"},
		{"尚需发放城市低保金60万元。", "-"},
		{"在农村,低保对象860人,发放低保金86万元。在城市,低保对象320人,发放低保金40万元。", "dibao_rural_persons dibao_rural_outlay dibao_urban_persons dibao_urban_outlay"},
		{"农村方面,参合人数8.6万人,低保对象860人。在农村,全年共纳入低保860人。", "ncms_persons dibao_rural_persons dibao_rural_persons"},
		{"农村社会救助进一步加强,低保对象860人,年末常住人口8.6万人。", "dibao_rural_persons pop_total"},
		{"在农村,低保对象860人,全县年末常住人口8.6万人。农村改革进一步深化,常住人口8.6万人。", "dibao_rural_persons pop_total pop_total"},
		{"城市建设步伐加快,低保对象860人。", "dibao_persons"},
		{"农村低保对象600户(其中取消30户、65人),1300人。", "dibao_rural_hh - dibao_rural_exit_persons dibao_rural_persons"},
		{"一、城市低保\n\n年末在保300户、620人。\n\n二、农村低保\n\n年末在保2620人,全年审核5次。", "dibao_urban_hh dibao_urban_persons dibao_rural_persons -"},
		{"一、农村低保和特困供养\n\n年末在保2300户、4620人。", "- -"},
		{"一、养老保险\n\n年末在保20万人。", "-"},
		{"春节走访慰问困难群众,为10户困难家庭发放慰问金2万元。", "- -"},
		{"春节期间,全县共为3200户困难家庭发放慰问金160万元。", "festival_visit_hh festival_outlay"},
		{"为10户城市低保户20人送去慰问金5000元。", "- - -"},
		{"为城市低保对象300户发放临时救助金30万元。", "- temp_relief_outlay"},
		{"为农村低保户1200户安装太阳能。", "-"},
		{"将农村低保对象300户转为特困供养。", "-"},
		{"给农村低保对象1200户送去棉被2400床。", "- relief_quilt"},
		{"为城市低保对象300户发放低保金30万元。", "dibao_urban_hh dibao_urban_outlay"},
		{"为3126户城市低保户5874人发放低保金800万元。", "dibao_urban_hh dibao_urban_persons dibao_urban_outlay"},
		{"为1530人次困难群众发放临时救助金54万元。", "- temp_relief_outlay"},
		{"给32名孤儿发放慰问金2万元。给32名孤儿发放基本生活费20万元。", "- - orphans orphan_outlay"},
		{"组织15名五保老人到县城参观。上报城市低保户35户。", "- -"},
		{"上报城市低保户35户、农村低保户60户。上报农村低保户35户70人和五保对象6人。", "- - - - -"},
		{"上报城市低保户35户,全县共有农村低保户860户。", "- dibao_rural_hh"},
		{"组织15名五保老人、20名孤儿到县城参观。", "- -"},
		{"全县共有社会组织120个,五保老人150人。", "npo_total wubao_persons"},
		{"城市低保对象中有60岁以上老人120人。在城市低保对象中,60岁以上老人120人。", "- -"},
		{"全县人口中有60岁以上老人2.3万人。优抚对象中有老复员军人120人。", "pop_60plus vet_demobilised"},
		{"受理并办理结婚登记8794对,其中涉外婚姻没有发生。办理离婚登记300对。", "marriage_couples divorce_couples"},
		{"经年度复核,城镇居民最低生活保障对象为8742户XX人。农村低保对象120户左右。", "dibao_urban_hh dibao_urban_persons dibao_rural_hh"},
		{"医院、卫生院床位4705张,卫生技术人员3635人。", "hosp_beds health_staff"},
		{"义务兵家属优待金足额兑现,673户家庭领取412.37万元。", "conscript_hh conscript_allowance"},
		{"城市低保对象300户享受电费减免。城市低保对象300户(680人)享受电费减免6万元。", "- - - -"},
		{"农村低保对象120户纳入公租房保障。城市低保对象45人参加技能培训。", "- -"},
		{"五保老人30人入住敬老院。五保对象86人参加新农合。优抚对象210人接受免费体检。", "- - -"},
		{"在校学生320人享受营养餐。60岁以上7.4万人领取养老金。残疾儿童30人接受康复训练。", "- - -"},
		{"城市低保对象有300户享受电费减免。城市低保户子女120人。优抚对象家属30人。", "- - -"},
		{"城市低保对象300户享受城市低保。农村低保对象5600人纳入保障范围。", "dibao_urban_hh dibao_rural_persons"},
		{"城市低保对象300户678人领取低保金。享受低保的城市低保对象300户。", "dibao_urban_hh dibao_urban_persons dibao_urban_hh"},
		{"农村低保对象5600人全部参加新农合。五保对象120人享受五保供养。孤儿12人享受孤儿基本生活保障。", "dibao_rural_persons wubao_persons orphans"},
		{"城市低保对象312户比上年增加20户。城市低保对象312户占全县总户数的2%。", "dibao_urban_hh - dibao_urban_hh -"},
		{"全县共有城市低保对象300户、680人,全部享受电费减免。", "dibao_urban_hh dibao_urban_persons"},
		{"回族2987人,其余9个少数民族不足350人。参加失业保险268个单位8154人。", "- - - - unempins"},
		{"全年发放小额信贷1200万元,年末余额3400万元。收回小额信贷120万元。", "- micro_credit_balance -"},
		{"城市低保对象1460户、2900人。低保标准由每人每月265元提高到310元。", "dibao_urban_hh dibao_urban_persons dibao_urban_std dibao_urban_std"},
		{"小学在校生21000人,教师1200人。乡镇卫生院12个,床位260张,卫生技术人员320人。", "students_primary - township_clinics - -"},
		{"全县有各级各类学校137所,其中小学120所,教师2860人。全县有小学120所、在校生21000人。", "schools schools_primary - schools_primary -"},
		{"工业园区完成固定资产投资12亿元,实现税收1.2亿元。县医院床位260张。财政总收入8.2亿元,税收收入6.2亿元。", "- - - rev_total rev_tax"},
		{"全县有小学120所、初中15所,在校生30800人。小麦12万亩、玉米6万亩,产量3.2万吨。", "schools_primary schools_junior - wheat_area corn_area -"},
		{"五保对象420人、孤儿86人,发放生活费120万元。小麦12万亩,产量2.1万吨;玉米6万亩,产量3.2万吨。", "wubao_persons orphans - wheat_area wheat_output corn_area corn_output"},
		{"城市低保300户、农村低保400户,发放低保金120万元。农村低保:保障2800户次。", "dibao_urban_hh dibao_rural_hh dibao_outlay -"},
		{"全县城市低保保障对象1023户1986人,累计发放低保资金502.9万元。", "dibao_urban_hh dibao_urban_persons dibao_urban_outlay"},
		{"农村低保对象300户,全县低保金860万元。农村低保对象300户,共有600人。", "dibao_rural_hh dibao_outlay dibao_rural_hh dibao_rural_persons"},
		{"一、城市低保\n\n全县共保障1200户、2300人。", "dibao_urban_hh dibao_urban_persons"},
		{"应安置退役士兵130人,实际安置120人。拟安置退役士兵130人。", "- demob_persons -"},
		{"农村低保工作经费32万元。五保集中供养能力320人。", "- -"},
		{"一般公共预算收入9.2亿元,其中税收收入6.1亿元,非税收入3.1亿元。", "rev_budget rev_tax rev_nontax"},
		{"安排了477万人就业。农村低保对象2300人学费23万元由民政局承担。入户核查农村低保对象2600户。", "- - - -"},
		{"城市低保对象按5%即40户进行抽查。", "- -"},
		{"农业总产值20亿元,按可比价增长5%。", "agri_output agri_output_growth"},
		{"全年救助流浪乞讨人员386人次,其中60岁以上老人43人次。", "vagrant_person_times -"},
	} {
		d, err := corpus.Read("x.txt", []byte("清屏县2016年工作总结\n\n"+c.text+"\n"), corpus.Options{})
		if err != nil {
			t.Fatal(err)
		}
		var got []string
		for _, m := range e.Read(d).Metrics {
			code := m.Code
			if code == "" {
				code = "-"
			}
			got = append(got, code)
		}
		if s := strings.Join(got, " "); s != c.want {
			t.Errorf("%s\n\t%s, want %s", c.text, s, c.want)
		}
	}
}
