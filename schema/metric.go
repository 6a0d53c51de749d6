package schema

import (
	"fmt"
	"slices"
)

// A Metric is a number that says how much or how many of something there is,
// was or will be, with its evidence.
type Metric struct {
	Seq     int     // from 1 in the document
	Article int     // number of the article it stands in
	Span            // of raw: number, approximation and unit
	Label   string  // what is measured, simplified Chinese, at most 40 characters
	Slots   Slots   // what the label is made of
	Code    string  // indicator of the vocabulary, or empty
	Value   Decimal // in Unit; the low end of a range; unset where masked or destroyed
	Max     Decimal // high end of a range, else unset
	Unit    string  // printed unit without multipliers: 元, 户, 人次, 公顷, %; empty for a plain ratio
	Per     string  // what a rate is per: 人·月, 户·年, 亩; empty if not a rate
	SI      Decimal // Value in SIUnit
	SIUnit  string  // 公顷, 吨, 公里, …, or Unit where no fixed factor exists
	Kind    Measure
	Status  Status
	Approx  Approx
	PartOf  int    // Seq of the total that this is a part of, or 0
	Period  Period // the time that the text gives for it
	Flags   []string
	// Sentence holds the metric; Section is the headings above it, joined by " > ".
	Sentence Span
	Section  string
	Page     int      // of a paged format, else 0
	Cell     string   // of a figure in a table: its address, 收支!B7 or table, row and column; else empty
	Rule     string   // name of the rule that made it: file/名
	Why      []Reason // how it came about, for explain
	// IndicatorScore and Confidence are 0 to 1, unset where nothing was weighed:
	// how well Code fits, and how likely label and value are right.
	IndicatorScore, Confidence Decimal
	Check                      Check    // what the audit found
	CheckIDs                   []string // of the findings that it stands in
	Corrected                  string   // what a reader gave instead: value, label or indicator
}

// Slots are the parts of a label. Each is empty where the label has none.
type Slots struct {
	Place   string // where, if not the report's own place: 甲县
	Object  string // whom or what it counts, with its qualifiers: 城市低保对象
	Event   string // what happened: 受灾
	Measure string // 人数, 面积, 金额
	Base    string // what a share, completion or comparison is held against: 年初计划
}

// A Reason is one step of an explanation: which field, by which rule, from
// which words of the text.
type Reason struct {
	Field string // value, unit, per, label, kind, status, approx, part_of, period
	Rule  string
	Span  // the words; empty where the rule needs none
	Note  string
}

// A Period is a time as the text prints it, and as far as it can be known.
type Period struct {
	Printed    string // 今年1-11月
	Start, End string // ISO dates, empty if not known
}

// Measure says what kind of number a metric is.
type Measure uint8

// The kinds of metric.
const (
	Amount   Measure = iota // a count, a sum, a stock or a flow
	Standard                // a rule or price: 补助标准, 每人每月195元
	Share                   // a part of something, a ratio
	Change                  // growth, decrease, difference
	Masked                  // 201X元, XX亿元: digits hidden or lost
	Suspect                 // 202300万元: digits replaced by a site
)

var measures = [...]string{"amount", "standard", "share", "change", "masked", "suspect"}

// String names the kind as in the column kind.
func (m Measure) String() string { return measures[m] }

// Status tells results from intentions.
type Status uint8

// The two states of a figure.
const (
	Done    Status = iota
	Planned        // a target, plan, expectation or threshold
)

var statuses = [...]string{"done", "planned"}

// String names the status as in the column status.
func (s Status) String() string { return statuses[s] }

// Approx says how exact the printed number is.
type Approx uint8

// The kinds of approximation.
const (
	Exact Approx = iota
	About        // 约 左右 上下
	Over         // 余 多 超过 以上 不低于
	Under        // 近 不足 以内 不超过
	Range        // 500至1000
)

var approxes = [...]string{"", "about", "over", "under", "range"}

// String names the approximation as in the column approx; exact is empty.
func (a Approx) String() string { return approxes[a] }

// Check is what an audit finds of a figure: whether the sums, rates and shares
// that the report prints of it hold.
type Check uint8

// The findings of an audit.
const (
	Unchecked    Check = iota // nothing says anything of it
	Holds                     // what could be computed agrees
	Contradicts               // something printed says otherwise
	Incomplete                // parts are missing, and those that are there fit
	NotEvaluable              // masked, rounded or of another scope: cannot be computed
)

var checks = [...]string{"", "holds", "contradicts", "incomplete", "not_evaluable"}

// String names the finding as in the column check; unchecked is empty.
func (c Check) String() string { return checks[c] }

// Origin is what is known of an article as a whole.
type Origin struct {
	Article int
	Org     string // the organisation that reports, as printed
	Year    int    // the year reported on; 0 if masked or unknown
	Region  Region

	OrgFrom, YearFrom, RegionFrom Evidence
}

// Evidence says how a fact of an article was found. It is empty where the fact
// is, and in what comes from a corpus.
type Evidence struct {
	Method string  // title, sign-off, heading, inferred, meta, …
	Words  string  // the words that tell it, as they stand in the text or path
	Score  float64 // 0..1: how sure the fact is
}

// Inferred is the method of a year that the text masks and other words of it
// tell: the plans for the next, an anniversary.
const Inferred = "inferred"

// titleScores are how many titles in a hundred are right, by where they come from, in reports
// that were read by hand (bench/facts.tsv).
var titleScores = map[string]float64{"text": 0.98, "line": 0.95, "file name": 0.9, "meta": 1}

// TitleEvidence is what tells the title of an article: the text where it prints one above itself.
func (a *Article) TitleEvidence() Evidence {
	if a.Title == "" {
		return Evidence{}
	}
	method := a.TitleFrom
	if method == "" {
		method = "text"
	}
	return Evidence{Method: method, Words: a.Title, Score: titleScores[method]}
}

// A Region is a place of the standard GB/T 2260.
type Region struct {
	Code   string  // valid in the report's year; empty if not known
	Name   string  // its name in that year
	Method string  // printed, path, township vote, document number, meta
	Score  float64 // 0..1
}

// A Reading is all that extraction finds in one document.
type Reading struct {
	Origins []Origin // one an article, in order
	Metrics []Metric // in text order
	Refused []Refusal
}

// A Refusal tells of numbers of a table that are no figures, since the table does not
// tell enough of them.
type Refusal struct {
	Why   Lack
	Table int    // number in the document
	Page  int    // of a paged format, else 0
	Cell  string // address of the first of them
	Rows  int    // that hold some
	Cells int
}

// Lack says what a table leaves open.
type Lack uint8

// What may be missing.
const (
	NoUnit  Lack = iota // of what unit the numbers are, or two units are told
	NoHead              // what the columns hold
	NoName              // what the row is of
	TooLong             // nothing: the number has more digits than a Decimal holds
)

// Add adds the part of a reading that follows; it has no error.
func (r *Reading) Add(part *Reading) error {
	r.Origins = part.Origins
	r.Refused = append(r.Refused, part.Refused...)
	if r.Metrics == nil {
		r.Metrics = part.Metrics
		return nil
	}
	r.Metrics = append(r.Metrics, part.Metrics...)
	return nil
}

// Of returns the metric with the number seq, nil if it is not in this reading, which
// may be a part of a document's or leave some of them out.
func (r *Reading) Of(seq int) *Metric {
	if len(r.Metrics) == 0 {
		return nil
	}
	if i := seq - r.Metrics[0].Seq; i >= 0 && i < len(r.Metrics) && r.Metrics[i].Seq == seq {
		return &r.Metrics[i]
	}
	i, has := slices.BinarySearchFunc(r.Metrics, seq, func(m Metric, seq int) int { return m.Seq - seq })
	if !has {
		return nil
	}
	return &r.Metrics[i]
}

// Origin returns what is known of the article with number n.
func (r *Reading) Origin(n int) Origin {
	if i := n - 1; i >= 0 && i < len(r.Origins) && r.Origins[i].Article == n {
		return r.Origins[i]
	}
	for i := range r.Origins {
		if r.Origins[i].Article == n {
			return r.Origins[i]
		}
	}
	return Origin{Article: n}
}

// Fits reports the first way in which the metric does not fit its document:
// a span outside the text, a value that a mask forbids, a missing rule.
func (m *Metric) Fits(d *Document) error {
	switch {
	case !m.Span.Valid(d.Text) || m.Len() == 0:
		return fmt.Errorf("metric %d: span %d:%d is not in the text", m.Seq, m.Start, m.End)
	case !m.Sentence.Valid(d.Text):
		return fmt.Errorf("metric %d: sentence %d:%d is not in the text", m.Seq, m.Sentence.Start, m.Sentence.End)
	case !m.Sentence.Contains(m.Span):
		return fmt.Errorf("metric %d: %d:%d is not in its sentence %d:%d", m.Seq, m.Start, m.End, m.Sentence.Start, m.Sentence.End)
	case (m.Kind == Masked || m.Kind == Suspect) && (m.Value.Known() || m.Max.Known()):
		return fmt.Errorf("metric %d: %s, yet a value %s", m.Seq, m.Kind, m.Value)
	case m.Kind != Masked && m.Kind != Suspect && !m.Value.Known():
		return fmt.Errorf("metric %d: no value, and not masked", m.Seq)
	case m.Rule == "":
		return fmt.Errorf("metric %d: no rule", m.Seq)
	}
	return nil
}
