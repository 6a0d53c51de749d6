package lexicon

import (
	"fmt"
	"reflect"
	"strings"
)

// Lists are the short lists of lists.txt: words that
type Lists struct {
	PlanHeading                     []string // anywhere in a heading make its section one of intentions
	PlanSure                        []string // do so though the heading speaks of how things are: 二、项目谋划安排情况
	PlanEnd                         []string // do so at the end of a short heading: 三、工作安排, but not 得到妥善安排
	PlanManner                      []string // before such a word make it a way of doing: 精心安排, 科学规划
	PolicyTitle                     []string // in a title make an article one of rules and intentions
	ResultHeading                   []string // in a heading speak of results: 2012年工作完成情况
	ProblemHeading                  []string // make a section one of what is, not of what shall be
	ReportTitle                     []string // in a title make an article a report, whatever else it says
	Goal                            []string // begin a passage of targets that runs to the next heading
	Bound                           []string // in a label make a sum a bound or a price
	Done                            []string // say that something has happened
	NotDone                         []string // hold one of them and say nothing of the kind
	Bids                            []string // make the figures of the clauses behind them intended: 要求各村…,抽查面不低于30%
	Design                          []string // say what a project is to be, as it was approved: 概算总投资2864万元
	PlanName                        []string // make one name with 计划 before them: 计划用水
	Attained                        []string // behind a verb of one character say that it came to something: 喝|上干净水
	GradeEnd                        []string // end a class of ages: 50岁以上
	SumOf                           []string // name a sum that the thing behind it costs or is worth: 总金额20亿元的协议
	Completed                       []string // before 后 say when something is finished: 建成|后将新增
	Hence                           []string // behind it say what will be then
	Former                          []string // name a plan that no longer holds: 由原计划3.3亿元调减到3.1亿元
	Draft                           []string // are nouns of planning that stand for 计划 before a verb: 年初方案修建130户
	DraftOf                         []string // follow them and are what is done with a plan
	Rest                            []string // are what is left over
	Later                           []string // are times to come in a report of half a year, and words for soon
	Unbuilt                         []string // say that a project has not begun
	Now                             []string // say what is the case now, before what shall be: 由现在的13450人提高到
	Part                            []string // open the parts of the figure before them
	Contain                         []string // before a part of the figure before them: 受灾12公顷,含绝收3公顷
	Having                          []string // end the words of a part: 过水4.2万亩,绝收的有0.9万亩
	Only                            []string // before a figure make it a part of the one before: 公路24公里,仅硬化1.2公里
	Beside                          []string // open a clause that stands beside a list, not in it: 还为87位老兵办理登记
	RestOf                          []string // name what is left over of a total
	Finished, Begun                 []string // say that something is finished, and that it has begun: 开工142户,竣工77户
	Populace                        []string // name all who live in a place
	Sinks, Changing, Falls          []string // right before a sign name what may be below nought, 净利润△3万元, and changes up, down or either way
	AtPrices                        []string // behind a year say that its prices are meant: 按2010年不变价计算
	NotPrices                       []string // begin like these, and are no words of prices: 价格计算机
	YearsAhead                      []string // begin times that are to come: 明年
	HeldTo, Aim                     []string // open the bound that a rate is to be held to, and the name of such a bound: 失业率3.42%,控制在4.5%以内
	Structure                       []string // tell that the three numbers of a ratio are shares: 产业结构12:40:48
	StandardEnd                     []string // end words that name a rule or a price themselves
	NoTime                          []string // are cut out of labels like a time, and are none: 首批
	NotYears                        []string // behind a number of years make it what something is like: 五年以上工龄
	SpanHeading                     []string // in a heading make its section one of several years: 过去五年工作回顾
	SpokenTitle                     []string // are given to an assembly in the year after that which they report on
	NotYear                         []string // behind 年 make it the first half of a word: 同治二年级, 同年龄
	NotSaid                         []string // before a time make it one that figures are only measured by: 按2000年人口普查数
	DateUnknown                     []string // in a time leave its days unknown: 上旬, 冬, 学年
	TimeFront, FrontUnit, NotFront  []string // before a number of such units make a time of it, but not before these: 前三年, but 前三年级
	InAll                           []string // say that what follows is of all the time before them: 前两年共增加
	TimeMean                        []string // averages over time
	AtMost, AtLeast, RoughShare     []string // make a figure open that stands some words behind them: 最高给予100万元, 不低于总量的80%, 约占47%
	Exceed                          []string // say how a figure stands to what it is held against: 超过计划80万亩的7.5%
	AheadNow, Announced             []string // open a sentence that announces a list of what shall be done: 今年将办好以下实事:(1)…
	Than                            []string // hold a figure against another
	Owned                           []string // count things that households have: 每百户彩电28台、摩托车13辆
	Animals                         []string // count animals, which a total counts together: 203万头只
	House                           []string // name houses or what is of them
	Nested                          []string // are states of which one holds the next: what is 成灾 is 受灾 too
	Within                          []string // lead from a total to its part without punctuation: 218户中已竣工203户
	Ground                          []string // begin a clause that only says on what ground
	Livelihood                      []string // say in a clause what people shall have or be spared: no more than an aim
	ListState                       []string // are states by which parts and totals of a list are matched
	Varying                         []string // vary between the labels of a total and of its areas
	TimeHead                        []string // belong to a time that follows: 截止6月底
	Flow                            []string // follow 月, 年 or 日 in a rate of time: 月发放低保金
	MoneyHead                       []string // in a header name sums of money
	TimeTail                        []string // end an expression of time
	PlanPeriod                      []string // follow the number of a five-year plan: 十五期间
	MaskedYear                      []string // are years that a site has masked
	PersonNoun                      []string // after a number of 万 without a unit make it one of people: 358万居家老年人
	NotTail                         []string // begin like an end of a time and are none: 2018年中国
	SiteCount                       []string // count what a site does with a page, not what a report says: 阅读:1268次
	Grade                           []string // follow digits that belong to the name behind them: 80岁老人, 6~10千伏线路
	Superlative                     []string // are kept before the noun that they qualify: 最高气温
	Binds                           []string // bind two nouns of a label: 农村低保和五保对象
	ShareOf                         []string // before what a share is part of: 占总人口的12%
	As                              []string // before what a multiple or a share is measured by: 相当于2005年的2.4倍
	Complete                        []string // before the plan that a share has come to: 完成年度计划的105%
	SetAtStart                      []string // make 年初 before them say what a thing is: 年初确定的目标
	StockVerb                       []string // behind 年初 say how much there was then: 年初有低保对象1200人
	PlanNoun                        []string // name a plan, a target or a budget
	YardNoun                        []string // name what a thing is held against, of the thing itself: 历年平均值
	ShareNoun                       []string // end the words of a share: 占全县的比重
	Compare                         []string // begin what a change is held against: 比上年增长
	CompareEnd                      []string // end it: 与上年同期相比
	Beyond                          []string // stand between two levels: 高于省定标准
	Report                          []string // say who reports: 据青山市民政局报告
	Circumstance                    []string // open a circumstance: 在全市范围内, 按照规定, 为灾民
	CircumstanceEnd                 []string // end it
	ListEnd                         []string // follow a list of places that is counted next: 青埠、桐垭等6县
	Agent                           []string // end the names of those who do it: 民政局
	Office                          []string // end the names of those who sign or receive a report
	Standing                        []string // say how people stand, not what is done to them: 享受补助2476人,其中烈属387人
	ClassedEnd                      []string // end a measure behind which a class of things may stand: 补助标准C级8500元
	Money                           []string // name money where the words do not
	Purpose                         []string // open what money is for: 25万元用于采购被子
	SelfRate                        []string // are rates that need no subject
	SelfMeasure                     []string // are measures that need no subject
	GeneralEnd                      []string // end an object as a general noun: 城市低保|对象
	Cause                           []string // bring losses
	Loss                            []string // are losses, which are those of their cause
	UsualBase                       []string // are what growth is held against where nothing is said
	MoneyWord                       []string // name money in a label
	GrantEnd                        []string // end a label that wants 金
	Zone                            []string // before 区, 县, 村, 镇 make it a kind of area, not a place of its own
	Pair                            []string // name several things in one word: the word and each of them
	PlaceKind                       []string // count places, not those who live there
	Causative                       []string // lead from a cause to its losses
	Unitlike                        []string // are general nouns of one character that belong to the noun before them
	Joiner                          []string // join a figure with its words to the next
	Solution                        []string // name what is dissolved: 5%葡萄糖注射液
	LengthEnd                       []string // end labels of lengths that need no further noun
	Running                         []string // end names of what runs on, whose 长度 is measured: 疏浚渠道
	Stretch                         []string // lead from one level of a length to another, each with its noun: 大坝由28.5米加高到34米
	Road                            []string // end names of roads, whose 里程 is
	MeanWord                        []string // are names of means that things are held against
	Speed                           []string // follow a rate of growth: 以7.5%的速度
	PersonEnd                       []string // end nouns for people
	ReportHead                      []string // open a reporting clause
	Complement                      []string // follow a verb as a part of it: 撤至安全地带
	Casualty                        []string // follow a number of people in headlines, each with what it says of them: 28死13失联
	HeadingEnd                      []string // end a heading and say nothing
	PageLine                        []string // open lines of a page that say when and by whom it was made
	Divide, DivideEnd               []string // open and end what a total is divided by: 按林种分
	PlanGround                      []string // open a clause that may rest on a plan
	ListHead                        []string // end a sentence that announces a list
	ListMeasure                     []string // are measures that a sentence names for the list it announces
	Expect                          []string // are plans before a verb of doing, and estimates else: 预计拨付, 预计达
	NotPlaceNext                    []string // follow 村, 县 and the like where they are no place
	Programme                       []string // end the name of a programme and are no measure there
	Result                          []string // are results that name their cause: 惠及18万户
	GeneralObject                   []string // name those concerned without saying of what
	MoneyEnd                        []string // end short names of money
	SumEnd                          []string // end a label that wants 额
	ShareEnd                        []string // end a label of a share that says that it is one
	AmountEnd                       []string // end a label that wants 金额
	FlowEnd                         []string // end a label that wants 量
	Beneficiary                     []string // open who gets it
	Give                            []string // are verbs whose objects go on over commas: 发放大米5吨,棉被20床
	Grant                           []string // give somebody what is named elsewhere: 给予…的奖励
	Befall                          []string // befall people and need no further object
	SelfEvent                       []string // are done to a thing that they name themselves: 造林1301公顷
	SelfDeed                        []string // are done to people and tell alone what is counted: 救助|户数, if no figure of the sentence says whom
	GrowthIn                        []string // are parts of names of rates of growth
	SumAlone                        []string // name their thing only if they are a sum: 出口1200万元, but 出口793吨
	AttributeEnd                    []string // end the names of sums that many things have: 收购值, 收购价
	Attribute                       []string // are attributes that need to be told of what
	KernelEnd                       []string // are left out where the thing is taken over by a later figure
	SumWord                         []string // make a figure a sum of those before
	ConstantPrice                   []string // take the change of prices out of a growth
	CurrentPrice                    []string // leave it in
	PriceLead, PriceTail            []string // stand before and behind such words where these open what is said of a growth: 按可比价格计算增长8.5%
	Counter                         []string // behind the number of the items of a list count them all: 批发、零售两大行业
	Insured                         []string // are what one is insured against: 养老、工伤保险
	Upheld                          []string // say what is done about the thing before them: 城市低保坚持动态管理
	Strand                          []string // end what numerals really count by 条: 水渠两条
	RhetoricUnit                    []string // classifiers that rhetoric likes, of up to ten: 三条经验
	RhetoricOne                     []string // and of one, at the end of a clause: 会议一次
	OldYuan                         []string // call money that of before 1955-03-01, of which 10,000 are one of today
	NewYuan                         []string // call it that of since then: 旧币2万元,折合新币2元
	Extent                          []string // name the extent of a change: 提高幅度分别为25%
	Code                            []string // name a number that counts nothing: 编号:219627
	Produce                         []string // are what comes of work or land, per head no rule: 劳动生产率94.5万元/人
	Unitless                        []string // count things without a measure word of their own: 个数
	MeasureEnd                      []string // end a measure behind the name of a programme: 补贴资金, 供养标准
	Loose                           []string // are words of one character that are never a part of an unknown word before a figure
	Spend                           []string // give or get money and do not say what for: 投入236万元,改造…
	SpendNoun                       []string // are names of such money
	Outcome                         []string // say what came of it, not what was done: 投入50万元,受到好评
	Vague                           []string // say nothing behind 等 without the first item: 校舍改造等项目
	SiteHeading                     []string // are in the paths that sites put above a page, which are no headings
	Occur                           []string // stand between a place and what happened there: 居民住宅发生火灾
	DoerEnd                         []string // behind a verb make it the name of those who do it
	Dummy                           []string // are verbs that only carry the next: 进行评议
	Qualify                         []string // qualify what is done: 专项抽检
	Negation                        []string // before a verb make one word with it: 未通过
	Enterprise                      []string // end the names of those who have people and money: 私营企业
	Turnover                        []string // change a number of people, and are no part of what is left of it: 精减职工
	Tier                            []string // before a noun name a level of government or a part of the place, not the report's own place
	Exist                           []string // say that something is there: 县共有残疾人
	EmptyHead                       []string // before a list stand for nothing that is measured
	Because                         []string // begin a clause of cause that ends with one of the words below: 受旱灾影响
	BecauseEnd                      []string // end such a clause
	Currency                        []string // at the end of the words before money only say in what: 人民币13万元
	CurrencyName                    []string // before a sum in 元 tell which: 港币2960元
	CurrencySign                    []string // are signs of currencies before a sum, each with its unit; the longer first
	TaskNoun                        []string // before 是 announce what is to be done: 建设任务是新增床位380张
	Wreck                           []string // destroy things, and so do with all that a list names behind them
	NoTopic                         []string // are no topic where a heading leaves nothing else
	Due                             []string // make one word with a verb behind them: 应参保
	Fused                           []string // make one word with any of one character that no list names: 自付, 特岗
	Prefix                          []string // make one word with a verb of one character behind them: 应检, 实收
	Doing                           []string // say that what stands behind a figure is done: 完成400个村污水治理
	Adds                            []string // lead to what those behind them do now: 新增30万农村居民落户城镇
	Worth                           []string // what things are worth, which keeps what is done to them: 出口…,价值46亿元
	Brings                          []string // say what things made are good for: 新建水库12座|解决…
	Directs                         []string // bring those behind them to do something: 支持20家企业开发产品
	Making                          []string // make, mend or end things; they stand before what is counted: 在建公墓
	PowerEnd                        []string // end the names of powers that need no further noun
	Establishment                   []string // end the names of what belongs to a county: 县|酒厂
	Ration                          []string // give each his share of a thing, or say how much it must be: 每户发放大米2袋
	Judging                         []string // only judge the subject before them, in a clause without figures: 粮食生产|稳定, 社会组织|健康发展
	Going                           []string // go with them: 稳步|增长, 有序|开展; alone they judge nothing
	JudgedEnd                       []string // end the subject that is judged, and are no part of it: 退役士兵接收安置|工作
	Unbroken, Stock, Sum            []string // name a sum of what is done, and want to be told of what: 发放总额
	Acronym                         []string // are letters that name an indicator, before its figure: GDP36.8亿元
	Marry                           []string // are what couples do: 结婚3126对
	MarryAt                         []string // is where they do it: 婚姻登记,结婚3126对
	MeanBase                        []string // what a mean is per, before 均, the longer first: 院均, 人次均
	BeginsWord                      []string // count what a rate is per where no longer word begins with them: 每支队伍, but 每支出
	LooseMean, BeforeAll, AllBehind []string // of these they are one only as words of their own, 均 another word than "all": 案均标的额, but 立案均超过, 五案均判
	SureMean                        []string // of these they are always one, whatever follows: 人均达到3200元, 户均增收120元
	VisitCost                       []string // follow 均次, a visit that they are per: 均次费用3200元
	Single                          []string // what a sum is of one of, after 单: 单笔最高3万元, 单穴价格
	OwnPercent                      []string // end what is a per cent of its own, and takes no growth or share over: 森林覆盖率45%
	Founded                         []string // are done to a thing that then has what the next clause tells: 新建化肥厂,投资214万元
	AcreOf                          []string // follow an acre that they are per: 亩收入1200元, 亩施肥30公斤
	TimeAfter                       []string // before a month that a sum is per: 由月480元提高到520元, 人均月40元
	IndexEnd                        []string // before a bare ratio: 居民消费价格指数102.3, 性别比106.47(女=100)
	Populous                        []string // are those who live in the households counted before: 低保户2015户,人口18742人
	Animal                          []string // are animals that drink, beside people: 8.35万人、4.62万头大牲畜饮水困难
	GoalOpener                      []string // end the words before a colon that open a paragraph of intentions: 2008年计划:, 下一步:
	GoalDone                        []string // among them make it a report of what was done: 计划完成情况:
	Whole                           []string // end a whole whose parts are named by a word before it: 农业|直接经济损失, 县直|医疗卫生机构
	Countable                       []string // are units behind a number and names in the head of a table: 贫困户, 人口
	Built                           []string // say that something has been built, and so end what a task intends
	GoalTime                        []string // may stand before such words, and nothing else but a time: 2008年|计划, but not 雨露|计划
	PersonDeed                      []string // happen to people between their name and their number of 万: 老人|体检4.87万
	Remainder                       []string // name the rest of a whole, without its number: 四级|余下
	NotFlow                         []string // before 年, 月 or 日 make it no rate of time: 全年发放, 多年平均
	NotDaily                        []string // before 日 make it a word of its own: 节日, 生日
	Spent                           []string // names the money of a head of the budget
	LeftOver                        []string // say what a past year has left for this one: 去年结转120万元
	NominalOf                       []string // end what a verb before it only qualifies: 运输能力, 种植大户
	PastYear                        []string // are years before that of the report, in which what is told has happened: 去年新建3所
	ClassEnd                        []string // end short words that tell members apart, behind a word of ClassStart: 一类, 小(一)型
	ClassStart                      []string // begin them
	NotMean                         []string // behind 均 make it no mean of a figure: 年平均汇率, 均匀
	Converted                       []string // say a sum of money once more in another currency: 11230元,折合1357美元
	SeveralYears                    []string // end a circumstance of several years: 五年来, “十一五”期间
	OneYear                         []string // but a single year: 一年来
	LastYears, OverYears            []string // before a number of years, they are those up to now: 近三年; behind one, a change is over all of them: 五年累计增长
	LastTime                        []string // times before the figure's: behind 比, what follows is no yardstick: 比上年计划增长
	ThanLastYear                    []string // hold a change against the year before: 比上年
	Ahead                           []string // times to come at the head of a sentence: 下半年
	Aims                            []string // say what shall be done then: 要, 力争
	Will                            []string // say so behind those who report: 我们将
	LeadsTime                       []string // stand before a time at the head of what it holds for: 现将2014年1-10月工作情况报告如下
	TaskDone                        []string // before a task say that it was done
	TakenInto                       []string // behind a figure make 将 before it 把
	Mouthed                         []string // are counted by 口 and are no people: 水窖120口
	NoTown                          []string // before 城镇 name no town: 全城镇
	Handled                         []string // before what is registered say no more: 受理并办理|结婚登记, in this order
	Feast                           []string // days before a deed, or before the name of a sum: 八一前走访, but 春节慰问资金
	Trade                           []string // are done to goods that have a measure word of their own: 销售水泵1730台, but 销售网点12个
	Fares                           []string // say what became of what is counted, not of its number: 增收的3975户
	OwnsNobody                      []string // end the names of things that have no staff: 教学班48个,教职工196人
	Budget                          []string // are heads of a budget, whose money is spent: 教育6.48亿元
	Called                          []string // before 计划 name a programme and no plan: 雨露计划
	PlannedTo                       []string // before a figure make it a plan: 危房改造计划90户
	GivenDown                       []string // name who sets a task
	SumName                         []string // name a sum of money at the end of what it is of
	InYear                          []string // happen in the course of a year, not at its end
	Blueprint                       []string // name a plan of years, of which a part has been done
	OfficeOf                        []string // behind 规划建设 make an office of it
	Served, Staff                   []string // end the names of those who are cared for, and of those who look after them
	Pupils, Teachers                []string // end the names of those who are taught, and of those who teach them
	School                          []string // end the names of schools: 乡镇小学
	InThese                         []string // close what figures behind a comma are said of
	AnyKind                         []string // count things of any kind
	Slogan                          []string // praise what was done, at the end of a heading or before a verb
	HalfName                        []string // are no thing without the measure behind them
	SloganVerb                      []string // lead what is done as praise
	Ours                            []string // stand for those who report
	Back                            []string // say that a sentence speaks of what was
	Recall, RecallNow               []string // begin a sentence on what was; the latter may begin one on what shall be
	BranchEnd                       []string // end the names of branches
	ShortMeasure                    []string // take the word before them into their name: 率
	Denial                          []string // deny the deed behind them: 未
	PutOff                          []string // right behind a figure put it off: 拟于
	LeadsBase                       []string // lead to a time that a per cent is of: 为
	LeadsLevel                      []string // but to the level of a time: 降为
	Milestone                       []string // behind a number of 万 that has been passed: 突破10亿大关
}

// load reads lists.txt, in which each list has the name of its field. It panics
// if a list is missing, unknown or there twice.
func (l *Lists) load() {
	fields := reflect.ValueOf(l).Elem()
	eachLine("lists", func(n int, line string) {
		name, words, _ := strings.Cut(line, ":")
		f := fields.FieldByName(name)
		if !f.IsValid() || f.Len() > 0 {
			panic(fmt.Sprintf("lexicon: lists.txt:%d: %q unknown or there twice", n, name))
		}
		f.Set(reflect.ValueOf(strings.Fields(words)))
	})
	for i := range fields.NumField() {
		if fields.Field(i).Len() == 0 {
			panic("lexicon: lists.txt: no list " + fields.Type().Field(i).Name)
		}
	}
}
