// Package lexicon holds the words that extraction knows, as data files: one
// meaning a line, spellings separated by spaces, comments after #. A word may
// stand in several files; each file gives it one class.
//
//	units.txt       what numbers count and measure      公顷 亩 户 人次
//	verbs.txt       what a bureau does                   发放 救助 新建
//	states.txt      what happens to a subject            受灾 成灾 竣工
//	changes.txt     growth and decrease                  增长 下降 同比增长
//	levels.txt      verbs that lead to a level           增加到 提高到 达到
//	generic.txt     nouns that need a subject            资金 标准 户数
//	members.txt     parts that need their total              上级 自筹 其他
//	measures.txt    nouns that name a measure            面积 产量 收入
//	function.txt    words that carry no meaning alone    共 已 其中 分别
//	times.txt       words of time                        今年 目前 上半年
//	plans.txt       words of intention                   力争 计划 拟
//	fixed.txt       names with numbers in them           三个代表 五保
//	rhetorical.txt  things that are counted as rhetoric  方面 环节
//	elided.txt      words after which a bare number has a clear unit
//	approx.txt      约 余 左右 以上, with their direction
//	pers.txt        what a rate is per: 人 户 亩
//	dates.txt       what words of time tell             去年 民国
//	standards.txt   words that make a sum a rule or price
//	counted.txt     ends of nouns that small numerals count
//	lists.txt       short lists: headings of plans, masks of years
//	facts.txt       short lists: by which year, organisation and region are found
//	occasions.txt   occasions that leave one year       十二五开局之年
//	tables.txt      words of heads, rows and captions of tables
//	policy.txt      words that tell rules from reports
//	nominal.txt     verbs that are also a part of nouns     服务 检测
//	light.txt       verbs that say nothing in a label        完成 造成
//	contrast.txt    words that take one another's place, kinds and words alike  城市 农村
//	changenouns.txt what a change is called                  增速 增加额
//	trust.txt       weights of the signs of confidence       label/本句 35
//	keep.txt        words that begin like another class  共青团 有线电视
//
// Words are in simplified Chinese: text is folded before it is looked up.
package lexicon

import (
	"embed"
	"fmt"
	"strings"
)

//go:embed data/*.txt
var data embed.FS

// A Class is a set of the classes that a word belongs to.
type Class uint32

// The classes, one a file.
const (
	Verb Class = 1 << iota
	State
	Change
	Level
	Generic
	Measure
	Function
	Time
	Plan
	Fixed
	Rhetorical
	Keep
	Standard
	Member
	Nominal
	Light
)

var files = []struct {
	name  string
	class Class
}{
	{"verbs", Verb}, {"states", State}, {"changes", Change}, {"levels", Level},
	{"generic", Generic}, {"measures", Measure}, {"function", Function},
	{"times", Time}, {"plans", Plan}, {"fixed", Fixed},
	{"rhetorical", Rhetorical}, {"keep", Keep}, {"standards", Standard}, {"members", Member}, {"nominal", Nominal}, {"light", Light},
}

// A Lexicon is all words and units. It does not change and may be shared.
type Lexicon struct {
	Words Trie // values are Classes
	Units Trie // values are indices into All
	All   []Unit

	Before    Trie // words of approximation before a number, reversed; values are Directions
	After     Trie // and after it
	Pers      Trie // what a rate is per; values are indices into Bases
	Bases     []string
	Dates     Trie // words of time; values are indices into DateWords
	DateWords []DateWord
	Fixed     Trie // names with numbers in them
	Policy    Trie // words of rules and of results; values are PolicyRule and PolicyDone
	Counts    Trie // ends of nouns that small numerals count, reversed

	Lists        // of lists.txt
	Table Tables // of tables.txt
	Facts        // of facts.txt and occasions.txt
	contrasts

	Against     map[string]string // how a comparison with a named base is called: 高 → 高于…幅度
	changeNouns map[string][columns]string

	Trust map[string]int // weights of the signs that make confidence, in hundredths of log-odds; * is the base
	Odds  Odds

	via, elided Trie
}

// Load reads the embedded files. It panics on a damaged file: the words are a
// part of the program, and its tests read them.
func Load() *Lexicon {
	lex := new(Lexicon)
	words := map[string]int32{}
	for _, f := range files {
		eachLine(f.name, func(_ int, line string) {
			for _, w := range strings.Fields(line) {
				words[w] |= int32(f.class)
			}
		})
	}
	lex.Words = newTrie(words)
	fixed := map[string]int32{}
	for w, c := range words {
		if Class(c)&Fixed != 0 {
			fixed[w] = c
		}
	}
	lex.Fixed = newTrie(fixed)
	lex.loadUnits()
	lex.loadApprox()
	lex.loadDates()
	lex.loadPers()
	lex.loadElided()
	lex.loadPolicy()
	lex.Lists.load()
	lex.Table.load()
	lex.Facts.load()
	lex.contrasts.load()
	lex.loadChangeNouns()
	lex.loadTrust()
	counts := map[string]int32{}
	eachLine("counted", func(_ int, line string) {
		for _, w := range strings.Fields(line) {
			counts[reverse(w)] = 0
		}
	})
	lex.Counts = newTrie(counts)
	return lex
}

// eachLine calls f with every line of a data file that is not empty, without comments.
func eachLine(name string, f func(n int, line string)) {
	b, err := data.ReadFile("data/" + name + ".txt")
	if err != nil {
		panic(fmt.Sprintf("lexicon: %v", err))
	}
	for i, line := range strings.Split(string(b), "\n") {
		line, _, _ = strings.Cut(line, "#")
		if line = strings.TrimSpace(line); line != "" {
			f(i+1, line)
		}
	}
}
