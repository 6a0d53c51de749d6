package main

// Findings as SARIF 2.1.0, the format in which checkers report to editors and
// review tools (docs.oasis-open.org/sarif). A contradiction is a failure, what
// holds a pass. Regions count characters of the document's normal text.

import (
	"encoding/json"
	"io"

	"mingxi/cmd/mingxi/tell"
	"mingxi/extract/audit"
	"mingxi/schema"
)

type sarifLog struct {
	Schema  string     `json:"$schema"`
	Version string     `json:"version"`
	Runs    []sarifRun `json:"runs"`
}

type sarifRun struct {
	Tool       sarifTool     `json:"tool"`
	ColumnKind string        `json:"columnKind"`
	Results    []sarifResult `json:"results"`
}

type sarifTool struct {
	Driver sarifDriver `json:"driver"`
}

type sarifDriver struct {
	Name    string      `json:"name"`
	Version string      `json:"version"`
	Rules   []sarifRule `json:"rules"`
}

type sarifRule struct {
	ID   string       `json:"id"`
	Text sarifMessage `json:"shortDescription"`
}

type sarifMessage struct {
	Text string `json:"text"`
}

type sarifResult struct {
	RuleID    string          `json:"ruleId"`
	Kind      string          `json:"kind"`
	Level     string          `json:"level"`
	Message   sarifMessage    `json:"message"`
	Locations []sarifLocation `json:"locations"`
	Related   []sarifLocation `json:"relatedLocations,omitempty"`
}

type sarifLocation struct {
	ID       int           `json:"id,omitempty"`
	Physical sarifPhysical `json:"physicalLocation"`
	Message  *sarifMessage `json:"message,omitempty"`
}

type sarifPhysical struct {
	Artifact sarifArtifact `json:"artifactLocation"`
	Region   sarifRegion   `json:"region"`
}

type sarifArtifact struct {
	URI string `json:"uri"`
}

type sarifRegion struct {
	Offset  int          `json:"charOffset"`
	Length  int          `json:"charLength"`
	Snippet sarifMessage `json:"snippet"`
}

// A sarifWriter collects findings and writes one log.
type sarifWriter struct {
	out     io.Writer
	results []sarifResult
	rules   []sarifRule
	known   map[string]bool
}

// sarifKinds are the kinds of result that the verdicts are.
var sarifKinds = map[audit.Verdict]string{
	audit.Holds: "pass", audit.Contradicts: "fail", audit.Incomplete: "informational", audit.NotEvaluable: "open",
}

func (w *sarifWriter) Write(one report) error {
	runes := schema.NewRunes(one.doc.Text)
	for i := range one.findings {
		f := &one.findings[i]
		if w.known == nil {
			w.known = map[string]bool{}
		}
		if !w.known[f.Relation] {
			w.known[f.Relation] = true
			name := tell.Lang(false).Relation(f.Relation)
			if zh := tell.Lang(true).Relation(f.Relation); zh != name {
				name += " · " + zh
			}
			w.rules = append(w.rules, sarifRule{f.Relation, sarifMessage{name}})
		}
		level := "none"
		if f.Verdict == audit.Contradicts {
			level = f.Severity.String()
		}
		text := f.Equation
		if f.Computed.Known() {
			text += "; computed " + f.Computed.String()
		}
		if e := f.Explanation.String(); e != "" {
			text += "; " + e
		}
		result := sarifResult{RuleID: f.Relation, Kind: sarifKinds[f.Verdict], Level: level, Message: sarifMessage{text},
			Locations: []sarifLocation{w.location(one, runes, f.Anchor())}}
		for _, seq := range f.Members {
			if seq != f.Anchor() {
				l := w.location(one, runes, seq)
				l.ID, l.Message = len(result.Related)+1, &sarifMessage{one.reading.Of(seq).Label}
				result.Related = append(result.Related, l)
			}
		}
		w.results = append(w.results, result)
	}
	return nil
}

// End has nothing to add.
func (w *sarifWriter) End(*schema.Document, verdicts) error { return nil }

// location is where a figure stands.
func (w *sarifWriter) location(one report, runes *schema.Runes, seq int) sarifLocation {
	m := one.reading.Of(seq)
	start := runes.At(m.Start)
	return sarifLocation{Physical: sarifPhysical{sarifArtifact{one.doc.Source},
		sarifRegion{start, runes.At(m.End) - start, sarifMessage{m.In(one.doc.Text)}}}}
}

func (w *sarifWriter) Close() error {
	if w.results == nil {
		w.results = []sarifResult{}
	}
	if w.rules == nil {
		w.rules = []sarifRule{}
	}
	log := sarifLog{"https://json.schemastore.org/sarif-2.1.0.json", "2.1.0", []sarifRun{{
		Tool:       sarifTool{sarifDriver{"mingxi", version(), w.rules}},
		ColumnKind: "unicodeCodePoints", Results: w.results,
	}}}
	e := json.NewEncoder(w.out)
	e.SetIndent("", " ")
	e.SetEscapeHTML(false)
	return e.Encode(log)
}

func (w *sarifWriter) Discard() {}
