package lexicon

import (
	"fmt"
	"reflect"
	"strings"
)

// Lists are the short lists of lists.txt, in which a comment above each says what its words are and do.
type Lists struct {
	PlanHeading, PlanSure, PlanEnd, PlanManner, PolicyTitle, ResultHeading, ProblemHeading                                                                                                                                                          []string
	ReportTitle, Goal, Bound, Done, NotDone, Bids, Design, PlanName, Attained, GradeEnd                                                                                                                                                             []string
	SumOf, Completed, Hence, Former, Draft, DraftOf, Rest, Later, Unbuilt, Now, Part                                                                                                                                                                []string
	Contain, Having, Only, Beside, RestOf, Finished, Begun, Populace, Sinks, Changing, Falls                                                                                                                                                        []string
	AtPrices, NotPrices, YearsAhead, HeldTo, Aim, Structure, StandardEnd, NoTime, NotYears                                                                                                                                                          []string
	SpanHeading, SpokenTitle, NotYear, NotSaid, DateUnknown, TimeFront, FrontUnit, NotFront                                                                                                                                                         []string
	InAll, TimeMean, AtMost, AtLeast, RoughShare, Exceed, AheadNow, Announced, Than, Owned                                                                                                                                                          []string
	Animals, House, Nested, Within, Ground, Livelihood, ListState, Varying, TimeHead, Flow                                                                                                                                                          []string
	MoneyHead, TimeTail, PlanPeriod, MaskedYear, PersonNoun, NotTail, SiteCount, Grade                                                                                                                                                              []string
	Superlative, Binds, ShareOf, As, Complete, SetAtStart, StockVerb, PlanNoun, YardNoun                                                                                                                                                            []string
	ShareNoun, Compare, CompareEnd, Beyond, Report, Circumstance, CircumstanceEnd, ListEnd                                                                                                                                                          []string
	Agent, Office, Standing, ClassedEnd, Money, Purpose, SelfRate, SelfMeasure, GeneralEnd                                                                                                                                                          []string
	Cause, Loss, UsualBase, MoneyWord, GrantEnd, Zone, Pair, PlaceKind, Causative, Unitlike                                                                                                                                                         []string
	Joiner, Solution, LengthEnd, Running, Stretch, Road, MeanWord, Speed, PersonEnd                                                                                                                                                                 []string
	ReportHead, Complement, Casualty, HeadingEnd, PageLine, Divide, DivideEnd, PlanGround                                                                                                                                                           []string
	ListHead, ListMeasure, Expect, NotPlaceNext, Programme, Result, GeneralObject, MoneyEnd                                                                                                                                                         []string
	SumEnd, ShareEnd, AmountEnd, FlowEnd, Beneficiary, Give, Grant, Befall, SelfEvent                                                                                                                                                               []string
	SelfDeed, GrowthIn, SumAlone, AttributeEnd, Attribute, KernelEnd, SumWord, ConstantPrice                                                                                                                                                        []string
	CurrentPrice, PriceLead, PriceTail, Counter, Insured, Upheld, Strand, RhetoricUnit                                                                                                                                                              []string
	RhetoricOne, OldYuan, NewYuan, Extent, Code, Produce, Unitless, MeasureEnd, Loose, Spend                                                                                                                                                        []string
	SpendNoun, Outcome, Vague, SiteHeading, Occur, DoerEnd, Dummy, Qualify, Negation                                                                                                                                                                []string
	Enterprise, Turnover, Tier, Exist, EmptyHead, Because, BecauseEnd, Currency                                                                                                                                                                     []string
	CurrencyName, CurrencySign, TaskNoun, Wreck, NoTopic, Due, Fused, Prefix, Doing, Adds                                                                                                                                                           []string
	Altogether, Fresh                                                                                                                                                                                                                               []string
	Worth, Brings, Directs, Making, PowerEnd, Establishment, Ration, Dole, BodyName, Tiers, FlowDeed, Guidance, Opposed, Yields, FoundedAt, NoMoneyRate, Announce, Parted, EachIs, NotEach, Workforce, MapKind, Dug, Reward, Packed, Judging, Going []string
	JudgedEnd, Unbroken, Stock, Sum, Acronym, Marry, MarryAt, MeanBase, BeginsWord                                                                                                                                                                  []string
	LooseMean, BeforeAll, AllBehind, SureMean, VisitCost, Single, OwnPercent, Founded                                                                                                                                                               []string
	AcreOf, Tenths, Amid, Exchange, TimeAfter, IndexEnd, Populous, Animal, GoalOpener, GoalDone, Whole, Countable                                                                                                                                   []string
	Built, GoalTime, PersonDeed, Remainder, NotFlow, NotDaily, Spent, LeftOver, NominalOf                                                                                                                                                           []string
	PastYear, ClassEnd, ClassStart, NotMean, Converted, SeveralYears, OneYear, LastYears                                                                                                                                                            []string
	OverYears, LastTime, ThanLastYear, Ahead, Aims, Will, LeadsTime, TaskDone, TakenInto                                                                                                                                                            []string
	Mouthed, NoTown, Handled, Feast, Trade, Fares, OwnsNobody, Budget, Called, PlannedTo                                                                                                                                                            []string
	GivenDown, SumName, InYear, Blueprint, OfficeOf, Served, Staff, Pupils, Teachers, School                                                                                                                                                        []string
	InThese, AnyKind, Slogan, HalfName, SloganVerb, Ours, Back, Recall, RecallNow, BranchEnd                                                                                                                                                        []string
	ShortMeasure, Denial, PutOff, LeadsBase, LeadsLevel, Milestone, FirstOf                                                                                                                                                                         []string
	HeldLevel, LevelOf, ThereIs, WellWork, PutUp, SpanBegins                                                                                                                                                                                        []string
	Speaks, LeadsAll, Annex, FrontLeads, Record, Peopled, Choose, Enrolled                                                                                                                                                                          []string
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
