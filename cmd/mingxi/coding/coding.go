// Package coding draws samples of figures for coding by hand, and writes and reads
// them in the formats of two programs for it: doccano (JSON Lines of sequence
// labelling) and Label Studio (JSON of tasks). Offsets count Unicode code points, as
// both do.
package coding

import (
	"bufio"
	"bytes"
	"cmp"
	"encoding/json"
	"fmt"
	"hash/fnv"
	"io"
	"slices"
	"strings"
	"unicode/utf8"
)

// A Figure is one that may be coded: a text, usually its sentence, where it stands
// in it, and its category.
type Figure struct {
	Doc, Source string
	Seq         int
	Text        string
	Start, End  int    // in Text, in code points
	Category    string // amount, standard, share …
	Label       string // what the program says it measures
	Stratum     string // figures of one stratum are drawn alike
}

// A Lot draws n figures: from each stratum by its share, but at least one of each as
// far as n goes. The same figures, n and seed give the same sample, whatever the
// order they come in. It holds no more figures than may be drawn.
type Lot struct {
	Figures int // that were added
	n       int
	seed    uint64
	strata  map[string]*stratum
}

// A stratum is how many figures it has, and the first n of them by lot, or some more.
type stratum struct {
	size int
	list []ranked
}

type ranked struct {
	Figure
	rank uint64
}

// NewLot makes a lot for n figures.
func NewLot(n int, seed uint64) *Lot { return &Lot{n: n, seed: seed, strata: map[string]*stratum{}} }

// Add adds a figure.
func (l *Lot) Add(f Figure) {
	l.Figures++
	s := l.strata[f.Stratum]
	if s == nil {
		s = new(stratum)
		l.strata[f.Stratum] = s
	}
	s.size++
	f.Text, f.Label = strings.Clone(f.Text), strings.Clone(f.Label) // of a document, which is not to be held
	if s.list = append(s.list, ranked{f, rank(f, l.seed)}); len(s.list) >= 2*l.n+100 {
		s.keep(l.n)
	}
}

// keep keeps the first n.
func (s *stratum) keep(n int) {
	slices.SortFunc(s.list, func(a, b ranked) int { return cmp.Or(cmp.Compare(a.rank, b.rank), inOrder(a.Figure, b.Figure)) })
	if len(s.list) > n {
		clear(s.list[n:])
		s.list = s.list[:n]
	}
}

// Draw draws.
func (l *Lot) Draw() (drawn []Figure) {
	var names []string
	for name, s := range l.strata {
		names = append(names, name)
		s.keep(l.n)
	}
	slices.SortFunc(names, func(a, b string) int {
		return cmp.Or(l.strata[b].size-l.strata[a].size, strings.Compare(a, b))
	})
	taken := map[string]int{}
	for n := min(l.n, l.Figures); len(drawn) < n; {
		name := l.next(names, taken)
		drawn = append(drawn, l.strata[name].list[taken[name]].Figure)
		taken[name]++
	}
	slices.SortFunc(drawn, inOrder)
	return drawn
}

// next is the stratum that has had least of its share; the first of those that have
// had nothing.
func (l *Lot) next(names []string, taken map[string]int) string {
	best, least := "", 2.0
	for _, name := range names {
		share := float64(taken[name]) / float64(l.strata[name].size)
		if share < least {
			best, least = name, share
		}
	}
	return best
}

func inOrder(a, b Figure) int {
	return cmp.Or(strings.Compare(a.Source, b.Source), strings.Compare(a.Doc, b.Doc), a.Seq-b.Seq)
}

// rank is a number of the figure that looks drawn by lot.
func rank(f Figure, seed uint64) uint64 {
	h := fnv.New64a()
	fmt.Fprintf(h, "%d\x00%s\x00%d", seed, f.Doc, f.Seq)
	x := h.Sum64() // its last steps are weak: mixed once more (splitmix64)
	x = (x ^ x>>30) * 0xbf58476d1ce4e5b9
	x = (x ^ x>>27) * 0x94d049bb133111eb
	return x ^ x>>31
}

// A span is a part of a text with a category, as doccano writes it: [0, 5, "amount"].
type span struct {
	start, end int
	category   string
}

func (s span) MarshalJSON() ([]byte, error) { return json.Marshal([]any{s.start, s.end, s.category}) }

func (s *span) UnmarshalJSON(b []byte) error {
	return json.Unmarshal(b, &[]any{&s.start, &s.end, &s.category})
}

// A line is a text of doccano. What follows label is kept by doccano beside it.
type line struct {
	Text   string `json:"text"`
	Label  []span `json:"label"`
	Doc    string `json:"doc_id"`
	Source string `json:"source"`
	Seq    int    `json:"seq"`
	Was    string `json:"was"` // category before coding
	Start  int    `json:"start"`
	End    int    `json:"end"`
	Title  string `json:"figure"`
}

// Doccano writes a sample as JSON Lines.
func Doccano(w io.Writer, sample []Figure) error {
	e := json.NewEncoder(w)
	e.SetEscapeHTML(false)
	for _, f := range sample {
		if err := e.Encode(line{f.Text, []span{{f.Start, f.End, f.Category}}, f.Doc, f.Source, f.Seq, f.Category, f.Start, f.End, f.Label}); err != nil {
			return err
		}
	}
	return nil
}

// A task of Label Studio: its data, and what is marked in it, as prediction before
// and as annotation after coding.
type task struct {
	Data        data     `json:"data"`
	Predictions []result `json:"predictions,omitempty"`
	Annotations []result `json:"annotations,omitempty"`
}

type data struct {
	Text   string `json:"text"`
	Doc    string `json:"doc_id"`
	Source string `json:"source"`
	Seq    int    `json:"seq"`
	Was    string `json:"was"`
	Start  int    `json:"start"`
	End    int    `json:"end"`
	Title  string `json:"figure"`
}

type result struct {
	Result []mark `json:"result"`
}

type mark struct {
	From  string `json:"from_name"`
	To    string `json:"to_name"`
	Type  string `json:"type"`
	Value value  `json:"value"`
}

type value struct {
	Start  int      `json:"start"`
	End    int      `json:"end"`
	Text   string   `json:"text"`
	Labels []string `json:"labels"`
}

// LabelStudio writes a sample as a JSON list of tasks. Its project needs Labels named
// label for a Text named text.
func LabelStudio(w io.Writer, sample []Figure) error {
	tasks := make([]task, len(sample))
	for i, f := range sample {
		v := value{f.Start, f.End, string([]rune(f.Text)[f.Start:f.End]), []string{f.Category}}
		tasks[i] = task{Data: data{f.Text, f.Doc, f.Source, f.Seq, f.Category, f.Start, f.End, f.Label}, Predictions: []result{{[]mark{{"label", "text", "labels", v}}}}}
	}
	e := json.NewEncoder(w)
	e.SetEscapeHTML(false)
	e.SetIndent("", " ")
	return e.Encode(tasks)
}

// A Coded is a figure with what the coder made of it: Category is the coder's, empty
// where the mark was taken off; Was is the one before. A mark that the coder added
// has no Was and no Seq.
type Coded struct {
	Figure
	Was string
}

// Read reads what either program exports after coding.
func Read(r io.Reader) ([]Coded, error) {
	in := bufio.NewReader(r)
	first, err := in.Peek(64)
	if len(first) == 0 {
		return nil, fmt.Errorf("no figures: %w", err)
	}
	if b := bytes.TrimLeft(bytes.TrimPrefix(first, []byte("\ufeff")), " \r\n\t"); len(b) > 0 && b[0] == '[' {
		return readTasks(in)
	}
	return readLines(in)
}

func readLines(r io.Reader) (list []Coded, err error) {
	in := bufio.NewScanner(r)
	in.Buffer(nil, 16<<20)
	for n := 1; in.Scan(); n++ {
		b := bytes.TrimPrefix(in.Bytes(), []byte("\ufeff"))
		if len(bytes.TrimSpace(b)) == 0 {
			continue
		}
		var l line
		if err := json.Unmarshal(b, &l); err != nil {
			return nil, fmt.Errorf("line %d: %w", n, err)
		}
		f := Figure{Doc: l.Doc, Source: l.Source, Seq: l.Seq, Text: l.Text, Start: l.Start, End: l.End, Label: l.Title}
		if list, err = add(list, f, l.Was, l.Label); err != nil {
			return nil, fmt.Errorf("line %d: %w", n, err)
		}
	}
	return list, in.Err()
}

func readTasks(r io.Reader) (list []Coded, err error) {
	b, err := io.ReadAll(r)
	if err != nil {
		return nil, err
	}
	var tasks []task
	if err := json.Unmarshal(bytes.TrimPrefix(b, []byte("\ufeff")), &tasks); err != nil {
		return nil, err
	}
	for n, t := range tasks {
		if len(t.Annotations) == 0 { // nobody has coded it
			continue
		}
		var spans []span
		for _, a := range t.Annotations {
			for _, m := range a.Result {
				for _, category := range m.Value.Labels {
					spans = append(spans, span{m.Value.Start, m.Value.End, category})
				}
			}
		}
		f := Figure{Doc: t.Data.Doc, Source: t.Data.Source, Seq: t.Data.Seq, Text: t.Data.Text, Start: t.Data.Start, End: t.Data.End, Label: t.Data.Title}
		if list, err = add(list, f, t.Data.Was, spans); err != nil {
			return nil, fmt.Errorf("task %d: %w", n+1, err)
		}
	}
	return list, nil
}

// add adds the marks of a text. The first that overlaps the figure that was asked
// about is it; without one, the coder took it for no figure. Others the coder added.
func add(list []Coded, f Figure, was string, spans []span) ([]Coded, error) {
	runes := utf8.RuneCountInString(f.Text)
	if f.Start < 0 || f.Start > f.End || f.End > runes {
		return nil, fmt.Errorf("the figure from %d to %d is not in the text", f.Start, f.End)
	}
	asked := slices.IndexFunc(spans, func(s span) bool { return s.start < f.End && f.Start < s.end })
	if asked < 0 {
		list = append(list, Coded{f, was})
	}
	for i, s := range spans {
		if s.start < 0 || s.start >= s.end || s.end > runes {
			return nil, fmt.Errorf("a mark from %d to %d is not in the text", s.start, s.end)
		}
		one := Coded{f, was}
		one.Start, one.End, one.Category = s.start, s.end, s.category
		if i != asked {
			one.Seq, one.Was, one.Label = 0, "", ""
		}
		list = append(list, one)
	}
	return list, nil
}
