package lexicon

import (
	"fmt"
	"strconv"
	"strings"
)

// Facts are the words of facts.txt and occasions.txt, by which year, organisation
// and region of a report are found. They are folded. Words that
type Facts struct {
	Stamp           List // mark a line as a site's stamp
	News            List // mark a text as news
	Newsroom        List // do so for certain
	LookBack        List // in a heading look back on the year that it names
	OwnMeeting      List // name a meeting at the end of the year that it looks back on
	NotOwnBefore    List // before a year make it one that the report is not about
	NotOwnAfter     List // do so behind it
	OwnBefore       List // before a year leave it the report's own
	OrgEnd          List // end names of bodies that report
	NoActor         List // begin the name of no body that acts: 在陆良县委领导下
	NoActorBefore   List // behind the name of a body make it another, or none that acts
	OrgStop         List // follow the name of a body in a title
	OrgSure         List // end the name of a body in a title, whatever follows …
	OrgGoesOn       List // … but for these
	Forward         List // before the name of a body, pass on what is its own: 转发县民政局关于…
	YearTold        List // say of a text without a title that it tells of a year
	YearAhead       List // in the sentence of one of them, that it looks ahead
	TitleLead       List // may begin a title before the body that it names
	NotOrg          List // are no bodies by themselves
	NotOrgEnd       List // end words that are no bodies, though they end like one
	OrgLead         List // open a sentence before the name of a body
	OwnBody         List // say that a text speaks for a body
	Compared        List // beside a year say that it is compared with
	Sealed          List // stand for a seal behind the name of a body
	NationalOrg     List // are bodies of the whole country
	NationalAddress List // address a letter to the whole country
	PlaceWord       List // are short names of places and words, too
	PlaceZone       List // behind a short name make it that of a zone of the place: 昆山经济技术开发区
	NoPlaceName     List // end words that end like the name of a place and are none
	PlaceSubject    List // say behind the name of a place that the text is about it
	PlaceVisited    List // say that others visited it, or were helped
	PlaceAway       List // in a title make the place behind them another than the own: 赴安吉县学习考察报告
	PlaceObeyed     List // do so of a place that the own may lie in: 贯彻云南省委全会精神
	PlaceMet        List // around a place do as PlaceAway: 向…学习
	PlaceHead       List // behind a place in a line at the head, say whose text it is: 副市长, 志
	PlaceWithin     List // end bodies that lie somewhere in the province that they name
	PlaceCouncil    List // behind a place, is its own council, to which its bodies report
	PlaceOwnMeeting List // behind such words tell of a meeting there: 在陆良县培训|会上的讲话
	PlaceHeard      List // as PlaceObeyed: …精神学习
	PlaceHigher     List // between, say that it is of somebody above: 党的
	NationalName    List // behind 全国 are part of a name: 全国文明城市
	PlaceBeside     List // say in a sentence that a place is another than the own
	Addressed       List // announce bodies that did not write the text
	RankCountry     List // say that a report is about the country
	RankProvince    List // a province
	ProvinceLetter  List // characters that stand for provinces in the numbers of papers: 云民发
	RankPrefecture  List // a prefecture or a city
	RankCounty      List // a county
	RankTown        List // a township

	Occasions []Occasion
	Befores   List // the words before of all occasions
}

// An Occasion is a line of occasions.txt: words that leave one year.
type Occasion struct {
	Before, After string
	Year, Step    int // with a Step, a number between Before and After counts from Year
}

// load reads both files. It panics if a list is missing, unknown or there twice.
func (f *Facts) load() {
	lists := map[string]*List{
		"Stamp": &f.Stamp, "News": &f.News, "Newsroom": &f.Newsroom, "LookBack": &f.LookBack,
		"OwnMeeting": &f.OwnMeeting, "NotOwnBefore": &f.NotOwnBefore, "NotOwnAfter": &f.NotOwnAfter, "OwnBefore": &f.OwnBefore,
		"OrgEnd": &f.OrgEnd, "NoActor": &f.NoActor, "NoActorBefore": &f.NoActorBefore, "OrgStop": &f.OrgStop, "OrgSure": &f.OrgSure, "OrgGoesOn": &f.OrgGoesOn, "Forward": &f.Forward, "YearTold": &f.YearTold, "YearAhead": &f.YearAhead, "TitleLead": &f.TitleLead, "NotOrg": &f.NotOrg, "NotOrgEnd": &f.NotOrgEnd, "OrgLead": &f.OrgLead, "OwnBody": &f.OwnBody, "Compared": &f.Compared,
		"NationalOrg": &f.NationalOrg, "Sealed": &f.Sealed, "NationalAddress": &f.NationalAddress,
		"PlaceWord": &f.PlaceWord, "PlaceZone": &f.PlaceZone, "NoPlaceName": &f.NoPlaceName, "PlaceSubject": &f.PlaceSubject, "PlaceVisited": &f.PlaceVisited, "PlaceAway": &f.PlaceAway, "PlaceObeyed": &f.PlaceObeyed, "PlaceMet": &f.PlaceMet, "PlaceHeard": &f.PlaceHeard, "PlaceOwnMeeting": &f.PlaceOwnMeeting, "PlaceCouncil": &f.PlaceCouncil, "PlaceHead": &f.PlaceHead, "PlaceWithin": &f.PlaceWithin, "PlaceHigher": &f.PlaceHigher, "NationalName": &f.NationalName, "PlaceBeside": &f.PlaceBeside, "Addressed": &f.Addressed, "RankCountry": &f.RankCountry, "RankProvince": &f.RankProvince, "ProvinceLetter": &f.ProvinceLetter, "RankPrefecture": &f.RankPrefecture,
		"RankCounty": &f.RankCounty, "RankTown": &f.RankTown,
	}
	eachLine("facts", func(n int, line string) {
		name, words, _ := strings.Cut(line, ": ")
		to := lists[name]
		if to == nil || to.Words != nil {
			panic(fmt.Sprintf("lexicon: facts.txt:%d: %q unknown or there twice", n, name))
		}
		*to = NewList(strings.Fields(words))
	})
	for name, list := range lists {
		if len(list.Words) == 0 {
			panic("lexicon: facts.txt: no list " + name)
		}
	}
	var befores []string
	eachLine("occasions", func(n int, line string) {
		c := strings.Fields(line)
		if len(c) != 4 {
			panic(fmt.Sprintf("lexicon: occasions.txt:%d: want 4 fields", n))
		}
		o := Occasion{Before: c[0], After: c[1]}
		var err, err2 error
		o.Year, err = strconv.Atoi(c[2])
		o.Step, err2 = strconv.Atoi(c[3])
		if err != nil || err2 != nil {
			panic(fmt.Sprintf("lexicon: occasions.txt:%d: year and step are numbers", n))
		}
		f.Occasions = append(f.Occasions, o)
		befores = append(befores, o.Before)
	})
	f.Befores = NewList(befores)
}
