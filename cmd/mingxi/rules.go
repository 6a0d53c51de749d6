package main

// This file reads rules of the user and holds a panel against them: for the commands
// audit and panel.

import (
	"fmt"
	"path/filepath"
	"slices"
	"strings"

	"mingxi/cmd/mingxi/panel"
	"mingxi/extract/audit"
	"mingxi/extract/indicator"
	"mingxi/schema"
)

// rules are those of a file, and those of the vocabulary if they are asked for. An
// indicator that the vocabulary does not have is a mistake of use: the nearest is named.
func (p *program) rules(file string, formulas bool) (rules []audit.Rule, err error) {
	lists := p.listsInUse()
	if file != "" {
		text, err := readText(file)
		if err != nil {
			return nil, err
		}
		if rules, err = audit.ParseRules(file, text); err != nil {
			return nil, usageError{err}
		}
		v := indicator.New(lists...)
		for i := range rules {
			for _, code := range rules[i].Codes() {
				if v.Get(code) != nil {
					continue
				}
				near := ""
				if n := v.Nearest(code); n != "" {
					near = fmt.Sprintf(p.text("; do you mean %s?", ";是不是 %s?"), n)
				}
				return nil, usageError{fmt.Errorf(p.text("%s: rule %s: no indicator %q%s", "%s:规则 %s:没有指标 %q%s"), file, rules[i].ID, code, near)}
			}
		}
	}
	if formulas {
		rules = append(rules, audit.OfVocabulary(slices.Concat(lists...))...)
	}
	return rules, nil
}

// ruled writes what rules say of a panel to a file beside it, and counts it.
func (p *program) ruled(o panelOptions, rules []audit.Rule, cells []panel.Cell) error {
	if len(rules) == 0 {
		return nil
	}
	var values []audit.Value
	for _, c := range cells {
		if c.From == nil || !c.Value.Known() {
			continue
		}
		values = append(values, audit.Value{
			Region: c.Region, Name: c.Name, Year: c.Year, Indicator: c.Indicator.Code, Unit: c.Indicator.UnitZH, Value: c.Value, About: c.Status == panel.Estimated,
			Raw: c.From.Source.Raw, DocID: c.From.Source.DocID, Source: c.From.Source.Path, Seq: c.From.Source.Seq,
		})
	}
	var rows [][]schema.Cell
	count := map[audit.Verdict]int{}
	for _, g := range audit.New().OverPanel(rules, values) {
		count[g.Finding.Verdict]++
		rows = append(rows, g.Row())
	}
	name := checksName(o)
	beside := o.outputOptions
	beside.output, beside.folders = name, nil
	if err := beside.write(p, "checks", audit.RulingColumns(), rows); err != nil {
		return err
	}
	p.summary(p.text("rules: %d hold, %d contradict: %s", "规则:%d 处成立,%d 处矛盾:%s"), count[audit.Holds], count[audit.Contradicts], name)
	return nil
}

// checksName is the name of the file of rulings, empty if it has no place.
func checksName(o panelOptions) string {
	if o.rulings != "" || o.output == "" {
		return o.rulings
	}
	ext := filepath.Ext(o.output)
	return strings.TrimSuffix(o.output, ext) + ".checks" + ext
}
