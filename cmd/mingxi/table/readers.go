package table

// This file writes programs that read a data package: for Stata, R and pandas.
// Codes stay text: 020101 would lose its zero as a number.

import (
	"fmt"
	"strings"

	"mingxi/schema"
)

// labelsDo reads the data into Stata, and labels variables and values.
func labelsDo(t resource) string {
	var b strings.Builder
	fmt.Fprintf(&b, "* Reads %s into Stata 14 or later, with Chinese labels.\nversion 14\n", dataPath(t.name))
	fmt.Fprintf(&b, "import delimited using %q, encoding(\"utf-8\") varnames(1) case(preserve) bindquotes(strict) stringcols(_all) clear\n", dataPath(t.name))
	for _, c := range t.columns {
		switch {
		case c.Type != schema.Text:
			fmt.Fprintf(&b, "destring %s, replace\n", c.Name)
		case isDate(c):
			fmt.Fprintf(&b, "generate long %s_ = daily(%s, \"YMD\")\nformat %s_ %%tdCCYY-NN-DD\ndrop %s\nrename %s_ %s\n", c.Name, c.Name, c.Name, c.Name, c.Name, c.Name)
		}
		for n, word := range wordsOf(c) {
			fmt.Fprintf(&b, "label define %s %d %q, add\n", c.Name, n+1, word)
		}
		if wordsOf(c) != nil {
			fmt.Fprintf(&b, "encode %s, generate(%s_) label(%s) noextend\ndrop %s\nrename %s_ %s\n", c.Name, c.Name, c.Name, c.Name, c.Name, c.Name)
		}
		fmt.Fprintf(&b, "label variable %s %q\n", c.Name, c.ZH)
	}
	return b.String()
}

// readR reads the data into a data frame of R, with nothing but R itself. It is all ASCII, for R reads a program in the
// encoding of the machine.
func readR(t resource) string {
	classes := map[string]string{"integer": "integer", "decimal": "numeric", "date": "Date", "string": "character"}
	var b strings.Builder
	fmt.Fprintf(&b, "# Reads %s into the data frame %s. value is a double: 15 or 16 digits.\n%s <- read.csv(%q, encoding = \"UTF-8\", na.strings = \"\", check.names = FALSE,\n  colClasses = c(", dataPath(t.name), t.name, t.name, dataPath(t.name))
	for i, c := range t.columns {
		if i > 0 {
			b.WriteString(", ")
		}
		fmt.Fprintf(&b, "%q = %q", c.Name, classes[dataType(c, "decimal")])
	}
	b.WriteString("))\n")
	for _, c := range t.columns {
		if words := wordsOf(c); words != nil {
			fmt.Fprintf(&b, "%s$%s <- factor(%s$%s, levels = c(\"%s\"))\n", t.name, c.Name, t.name, c.Name, strings.Join(words, `", "`))
		}
		fmt.Fprintf(&b, "attr(%s$%s, \"label\") <- %+q\n", t.name, c.Name, c.ZH)
	}
	return b.String()
}

// readPandas reads the data into a data frame of pandas. Decimals stay exact.
func readPandas(t resource) string {
	var text, whole, exact, dates []string
	for _, c := range t.columns {
		name := fmt.Sprintf("%q", c.Name)
		switch dataType(c, "decimal") {
		case "integer":
			whole = append(whole, name)
		case "decimal":
			exact = append(exact, name)
		case "date":
			dates = append(dates, name)
		default:
			text = append(text, name)
		}
	}
	return fmt.Sprintf(`# Reads %[1]s into the data frame %[2]s. Decimals are exact (decimal.Decimal).
from decimal import Decimal

import pandas

text = [%[3]s]
whole = [%[4]s]
exact = [%[5]s]
dates = [%[6]s]

%[2]s = pandas.read_csv(%[7]q, dtype="string", keep_default_na=False, na_values=[""])
for name in whole:
    %[2]s[name] = pandas.to_numeric(%[2]s[name]).astype("Int64")
for name in exact:
    %[2]s[name] = [None if pandas.isna(v) else Decimal(v) for v in %[2]s[name]]
for name in dates:
    %[2]s[name] = pandas.to_datetime(%[2]s[name])
`, dataPath(t.name), t.name, strings.Join(text, ", "), strings.Join(whole, ", "), strings.Join(exact, ", "), strings.Join(dates, ", "), dataPath(t.name))
}
