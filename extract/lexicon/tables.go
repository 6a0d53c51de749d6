package lexicon

import (
	"fmt"
	"reflect"
	"strings"
)

// Tables are the words of tables.txt, where each list stands below its use.
type Tables struct {
	RowNumber, Code, Hidden, Date, Year, Unit, Stub, Name, Aside, Describe, Note, Plain, Class, Kind, Ahead, Total                                              []string
	OtherTime, Thing, Converted, Plan, Result, Planned, Allotted, Growth, Share, Index, Person, Staff, Area, Body, End                                          []string
	Empty, Difference, Open, Sure, Sum, Crop, Volume, Length, Prices, Yield, Mean, Stage, Against, Since, Rate, Permille                                        []string
	Beds, Price, NoMoney, MoneyNumber, Fee, Points, Attribute, Case, Piece, Affair, Sex, Counter, Opposite                                                      []string
	Measured, Cattle, Fowl, OwnName, Day, Book, Budget, Subtotal, Current, Already, By, ByEnd, Continued, FullMark, Degree, Firm, School, Days, Planting, Trees []string
}

func (t *Tables) load() {
	lists := reflect.ValueOf(t).Elem()
	eachLine("tables", func(n int, line string) {
		name, words, _ := strings.Cut(line, ":")
		f := lists.FieldByName(name)
		if !f.IsValid() || f.Len() > 0 {
			panic(fmt.Sprintf("lexicon: tables.txt:%d: %q unknown or there twice", n, name))
		}
		f.Set(reflect.ValueOf(strings.Fields(words)))
	})
	for i := range lists.NumField() {
		if lists.Field(i).Len() == 0 {
			panic("lexicon: tables.txt: no list " + lists.Type().Field(i).Name)
		}
	}
}
