// Package backend is how mingxi asks a corpus that another store holds. As git does with
// its remotes, it starts a program that knows the store: for postgres://…,
// mingxi-postgres, which stands beside mingxi or on the PATH. So the driver of a store is
// in no other program, and the commands, their flags and what they print are the same.
//
// The two speak JSON-RPC over the program's standard input and output, of which this file
// has the questions and what can go wrong; serve.go is the side of the store, client.go that
// of mingxi. The program ends when its input ends.
package backend

import (
	"context"
	"encoding/json"
	"errors"

	"mingxi/index"
	"mingxi/schema"
)

// Protocol is the version of the questions and answers.
const Protocol = 1

// A Store answers questions. Errors that the user can do something about are *[Error].
// It is safe for concurrent use.
type Store interface {
	// Search finds reports or figures. What it returned before is not asked any more.
	Search(ctx context.Context, r Request) (Finding, error)
	// Document reads a document with its figures; without what is not told of it in
	// columns: its blocks, sentences, removals, and why a figure was read so.
	Document(ctx context.Context, id string) (*schema.Document, *schema.Reading, error)
	// Documents are the documents with figures of one of the indicators, in the order of
	// their sources; of near-copies only the one that stands for all, if that is asked.
	Documents(ctx context.Context, indicators []string, distinct bool) ([]string, error)
	// Programs tells by doc_id which version of the program read the figures.
	Programs(ctx context.Context) (map[string]string, error)
	Close()
}

// A Finding is what a search found.
type Finding interface {
	Counts() Counts
	// Hits are n hits from an offset on.
	Hits(ctx context.Context, offset, n int) ([]index.Hit, error)
	// Facet counts the hits by a field, the most frequent first.
	Facet(ctx context.Context, name string) ([]index.Count, error)
	Close()
}

// A Request is what is sought. Query is in the language of package query.
type Request struct {
	Query    string
	Figures  bool
	Sort     index.Sort
	Reverse  bool
	Synonyms bool
	Distinct bool
}

// Counts say how much was found.
type Counts struct{ Reports, Docs, Figures int }

// A Kind of error says what the user can do.
type Kind string

// The kinds of error.
const (
	Usage   Kind = "usage"   // the address cannot be read
	Refused Kind = "refused" // no server answers
	Denied  Kind = "denied"  // the server does not let the user in
	Rights  Kind = "rights"  // the user may not read the tables
	None    Kind = "none"    // there is no corpus
	Other   Kind = "other"   // the tables are of another version, or lack something
	Shard   Kind = "shard"   // a part of the corpus is not to be had
	Mixed   Kind = "mixed"   // a part is of another edition than the rest
	Changed Kind = "changed" // the corpus was replaced meanwhile
	Unknown Kind = "unknown" // there is no such document
	Missing Kind = "missing" // the program of the store is not there
	Skew    Kind = "skew"    // it is of another version
)

// An Error tells what went wrong and where.
type Error struct {
	Kind Kind
	Text string
}

func (e *Error) Error() string { return e.Text }

// encode makes an error the text that goes over the wire; decode is its inverse.
func encode(err error) error {
	if err == nil {
		return nil
	}
	e := Error{Text: err.Error()}
	if known := (*Error)(nil); errors.As(err, &known) {
		e.Kind = known.Kind
	}
	b, failed := json.Marshal(e)
	return errors.Join(failed, errors.New(string(b)))
}

func decode(text string) error {
	e := new(Error)
	if json.Unmarshal([]byte(text), e) != nil {
		return errors.New(text)
	}
	return e
}
