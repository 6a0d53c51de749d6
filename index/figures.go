package index

import "slices"

// Where figures are sought, every part of a query becomes a set of figures. A
// word finds the figures of the sentences that hold it, and those that have it
// in their label or in the headings above them; a condition on reports finds all
// figures of these reports.

// A mention says where a word stands, as seen from the figures.
type mention struct {
	sentence bitset // figures in a sentence with it
	labels   bitset // labels with it
	paths    bitset // headings with it
}

// figuresOf returns the figures that satisfy the plan, those of dead reports included.
func (r *run) figuresOf(p plan) (bitset, error) {
	if err := r.ctx.Err(); err != nil {
		return nil, err
	}
	switch p := p.(type) {
	case planWord:
		return r.mentioned(p.leaf)
	case planReport:
		if p.Name == "section" {
			return r.under(p.Text), nil
		}
		return r.figuresIn(p)
	case planYear:
		return r.figuresIn(p)
	case planFigure:
		return r.figuresAmong(nil, p)
	case planNot:
		set, err := r.figuresOf(p.plan)
		if err != nil {
			return nil, err
		}
		rest := r.allFigures()
		rest.andNot(set)
		return rest, nil
	case planOr:
		set := newBitset(r.figures())
		for _, q := range p {
			one, err := r.figuresOf(q)
			if err != nil {
				return nil, err
			}
			set.or(one)
		}
		return set, nil
	case planAnd:
		return r.figuresAll(p)
	}
	return r.allFigures(), nil
}

func (r *run) allFigures() bitset {
	set := newBitset(r.figures())
	set.setRange(0, r.figures())
	return set
}

// figuresIn returns all figures of the reports of a plan.
func (r *run) figuresIn(p plan) (bitset, error) {
	reports, err := r.reportsOf(p)
	if err != nil {
		return nil, err
	}
	return r.figuresOfReports(reports), nil
}

func (s *segment) figuresOfReports(reports bitset) bitset {
	set := newBitset(s.figures())
	for rep := range reports.each {
		set.setRange(s.figureBase(rep), s.figureBase(rep+1))
	}
	return set
}

// figuresAll is AND. Words come last where something else narrows the figures:
// whether a word is meant is quickly seen of one figure, not of all.
func (r *run) figuresAll(p planAnd) (bitset, error) {
	var set bitset
	var figure planFigure
	var words []planWord
	for _, q := range p {
		switch q := q.(type) {
		case planFigure:
			figure = q
			continue
		case planWord:
			words = append(words, q)
			continue
		}
		one, err := r.figuresOf(q)
		if err != nil {
			return nil, err
		}
		if set == nil {
			set = one
		} else {
			set.and(one)
		}
	}
	var err error
	if figure != nil {
		if set, err = r.figuresAmong(set, figure); err != nil {
			return nil, err
		}
	}
	for _, w := range words {
		if set == nil {
			set, err = r.figuresOf(w)
		} else {
			err = r.keepMentioned(set, w.leaf)
		}
		if err != nil {
			return nil, err
		}
	}
	return set, nil
}

// keepMentioned keeps the figures of a set that a word is about.
func (r *run) keepMentioned(set bitset, n int) error {
	m, err := r.mention(n)
	if err != nil {
		return err
	}
	label, path := column(r.sec[secFigLabel]), column(r.sec[secFigPath])
	for f := range set.each {
		if !m.sentence.has(f) && !m.labels.has(int(label.at(f))) && !m.paths.has(int(path.at(f))) {
			set.clear(f)
		}
	}
	return nil
}

// figuresAmong returns the figures of a set, all if it is nil, that satisfy the
// conditions.
func (r *run) figuresAmong(set bitset, f planFigure) (bitset, error) {
	tests := r.tests(f)
	if set == nil || set.count() > r.figures()/8 {
		first, err := r.figuresLike(f)
		if err != nil {
			return nil, err
		}
		if set == nil {
			set = first
		} else {
			set.and(first)
		}
	}
	for i := range set.each {
		if !passes(i, tests) {
			set.clear(i)
		}
	}
	return set, nil
}

// figuresLike returns at least the figures that satisfy the conditions: those of
// the size asked for in the reports that bleve finds.
func (r *run) figuresLike(f planFigure) (bitset, error) {
	reports := r.all()
	if err := r.narrow(reports, f); err != nil {
		return nil, err
	}
	i := slices.IndexFunc(f, func(c condition) bool { return c.field == "value" })
	if i < 0 {
		return r.figuresOfReports(reports), nil
	}
	set := newBitset(r.figures())
	v := r.valueRange(f[i].r)
	for rep := range reports.each {
		for k, end := r.figureBase(rep), r.figureBase(rep+1); k < end; k++ {
			if v.has(k) {
				set.set(k)
			}
		}
	}
	return set, nil
}

// under returns the figures with the folded text in a heading above them.
func (r *run) under(text string) bitset {
	set := newBitset(r.figures())
	has := r.inSet(secFigPath, containing(r.paths, text))
	for i := range r.figures() {
		if has(i) {
			set.set(i)
		}
	}
	return set
}

// mentioned returns the figures that a word is about.
func (r *run) mentioned(n int) (bitset, error) {
	m, err := r.mention(n)
	if err != nil {
		return nil, err
	}
	set := newBitset(r.figures())
	copy(set, m.sentence)
	if m.labels == nil {
		return set, nil
	}
	labelled, err := r.labelled(n)
	if err != nil {
		return nil, err
	}
	r.pick(set, labelled, secFigLabel, m.labels)
	if m.paths.count() > 0 {
		with := newBitset(r.reports.len()) // a heading stands in the text
		for _, in := range r.spots(n).in {
			with.set(int(in.report))
		}
		r.pick(set, with, secFigPath, m.paths)
	}
	return set, nil
}

// pick adds the figures of the reports whose column is in the set of strings.
func (r *run) pick(set, reports bitset, sec int, strings bitset) {
	col := column(r.sec[sec])
	for rep := range reports.each {
		for i, end := r.figureBase(rep), r.figureBase(rep+1); i < end; i++ {
			if strings.has(int(col.at(i))) {
				set.set(i)
			}
		}
	}
}

// labelled returns the reports whose labels can have the word: a label is
// composed, it need not stand in the text as it is.
func (r *run) labelled(n int) (bitset, error) {
	set := newBitset(r.reports.len())
	if r.mentions[n].labels.count() == 0 {
		return set, nil
	}
	for _, s := range r.plans.leaves[n].words[0] {
		one, err := r.having(r.ctx, "label", textTerms(string(s)))
		if err != nil {
			return nil, err
		}
		set.or(one)
	}
	return set, nil
}

// mention finds where a word stands, once.
func (r *run) mention(n int) (*mention, error) {
	m := &r.mentions[n]
	if m.sentence != nil {
		return m, r.ctx.Err()
	}
	m.sentence = newBitset(r.figures())
	var w sentenceWalk
	end := uint32(0)
	for _, p := range r.spots(n).at {
		if p < end {
			continue
		}
		var lo uint32
		lo, end = w.around(r.segment, p)
		m.sentence.setRange(w.figures(r.segment, lo, end))
	}
	words := r.plans.leaves[n].words
	if len(words) > 1 { // near is about sentences only
		return m, nil
	}
	m.labels, m.paths = newBitset(r.labels.len()), newBitset(r.paths.len())
	for _, s := range words[0] {
		m.labels.or(containing(r.labels, string(s)))
		m.paths.or(containing(r.paths, string(s)))
	}
	return m, nil
}

// figureScores weighs what the words are to each figure of the set: a label that
// is little else than the word counts most, then the sentence, then the headings.
func (r *run) figureScores(set bitset, yield func(figure int, score float32)) error {
	var ms []*mention
	var sizes []float32
	for n, l := range r.plans.leaves {
		if !l.positive {
			continue
		}
		m, err := r.mention(n)
		if err != nil {
			return err
		}
		ms, sizes = append(ms, m), append(sizes, float32(len(string(l.words[0][0]))))
	}
	label, path := column(r.sec[secFigLabel]), column(r.sec[secFigPath])
	for f := range set.each {
		score := float32(0)
		for i, m := range ms {
			if l := label.at(f); m.labels.has(int(l)) {
				score += 2 + 2*sizes[i]/float32(max(1, len(r.labels.view(l))))
			}
			if m.sentence.has(f) {
				score++
			}
			if m.paths.has(int(path.at(f))) {
				score += 0.5
			}
		}
		yield(f, score)
	}
	return nil
}
