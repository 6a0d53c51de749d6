package indicator

import (
	"strings"
	"testing"
)

// Each faulty list with what Check or Parse says of it, line by line.
func TestCheck(t *testing.T) {
	const head = "code\tname_zh\tunit\tnature\tdomain\tparent\tformula\taliases\tcounty_min\tcounty_max\tera\talso\n"
	tests := []struct{ name, text, want string }{
		{"right", head + "a\t甲\tperson\tstock\nb\t乙\tyuan\tflow\tx\ta\ta*2\t丙|丁\t0\t5\t2016-\tusd\n", ""},
		{"wrong unit", head + "a\t甲\tpersons\tstock\nb\t乙\t户\tstock\nc\t丙\tzzzzzz\tstock\n", `f.tsv:2: a: unknown unit "persons" (did you mean person?)
f.tsv:3: b: unknown unit "户" (did you mean household?)
f.tsv:4: c: unknown unit "zzzzzz" (did you mean unit?)`},
		{"wrong nature", head + "a\t甲\tperson\tstocks\n", `f.tsv:2: a: nature "stocks": want stock, flow, rate or std (did you mean stock?)`},
		{"code", head + "A-Big Code\t甲\tperson\tstock\n\t乙\tperson\tstock\n", `f.tsv:2: code "A-Big Code": want a-z, 0-9 and _, a letter first, at most 32 characters (did you mean a_big_code?)
f.tsv:3: code "": want a-z, 0-9 and _, a letter first, at most 32 characters`},
		{"twice", head + "a\t甲\tperson\tstock\na\t乙\tperson\tstock\n", "f.tsv:3: the code a stands in line 2 already"},
		{"units with more to them", "code\tname_zh\tunit\tnature\na\t甲\t户户\tstock\nb\t乙\t万元\tflow\n", "f.tsv:2: a: unknown unit \"户户\" (did you mean household?)\nf.tsv:3: b: unknown unit \"万元\" (did you mean yuan?)"},
		{"no such parent", head + "village\t甲\tperson\tstock\nb\t乙\tperson\tstock\tx\tvilage\n", "f.tsv:3: b: no indicator vilage to be its parent (did you mean village?)"},
		{"circle", head + "a\t甲\tperson\tstock\tx\tb\nb\t乙\tperson\tstock\tx\ta\n", "f.tsv:2: a circle of parents: a > b > a; leave the parent of one empty\nf.tsv:3: a circle of parents: b > a > b; leave the parent of one empty"},
		{"below a circle", head + "a\t甲\tperson\tstock\tx\tb\nb\t乙\tperson\tstock\tx\tb\n", "f.tsv:3: a circle of parents: b > b; leave the parent of one empty"},
		{"formula", head + "total\t甲\tperson\tstock\nb\t乙\tperson\tstock\tx\t\ttotals/12+a\n", "f.tsv:3: b: the formula names totals, which is no indicator (did you mean total?)\nf.tsv:3: b: the formula names a, which is no indicator"},
		{"one alias, two codes", head + "a\t甲\tperson\tstock\tx\t\t\t丙人数\nb\t乙\tperson\tstock\tx\t\t\t丙人数\n", "f.tsv:3: b and a (line 2) have the same name 丙人数, unit, nature, era and domain; keep it under one"},
		{"one alias of two things", head + "a\t甲\tperson\tstock\tx\t\t\t丙\nb\t乙\tyuan\tflow\tx\t\t\t丙\nc\t丁\tperson\tstock\ty\t\t\t丙\nd\t戊\tperson\tstock\tx\t\t\t丙\t\t\t2016-\n", ""},
		{"range and era", head + "a\t甲\tperson\tstock\tx\t\t\t\t9\t5\t2016-2010\nb\t乙\tperson\tstock\tx\t\t\t\t\t\t上世纪\n", `f.tsv:2: a: era "2016-2010" ends before it begins
f.tsv:2: a: county_min 9 is above county_max 5
f.tsv:3: b: era "上世纪": want 1994-2016, 2016-, -2018 or 2016`},
		{"number", head + "a\t甲\tperson\tstock\tx\t\t\t\tmany\n", `f.tsv:2: column county_min: "many" is no number`},
		{"too many fields", "code\tname_zh\tunit\tnature\na\t甲\tperson\tstock\t1\n", "f.tsv:2: 5 fields, the header has 4"},
		{"header", "code\tname\tunit\tnature\na\t甲\tperson\tstock\n", "f.tsv:1: the header has no column name_zh (did you mean name?)"},
		{"empty", "", "f.tsv:0: no header"},
	}
	for _, test := range tests {
		list, problems := Parse("f.tsv", strings.NewReader(test.text))
		if len(problems) == 0 {
			problems = Check(list)
		}
		var got []string
		for _, p := range problems {
			got = append(got, p.Error())
		}
		if text := strings.Join(got, "\n"); text != test.want {
			t.Errorf("%s:\n%s\nwant\n%s", test.name, text, test.want)
		}
	}
}
