package store

// Every document has a checksum over all that is stored of it and shown: text,
// structure, articles, headings, figures, but for its paths, which the sources have
// too. It is made of the cells as they are written and compared when they are read,
// so that a byte that has changed on the disk is an error, never another figure.
//
// A cell that is NULL counts for nothing: a column that comes later changes no sum.

import (
	"context"
	"crypto/sha256"
	"database/sql/driver"
	"encoding/binary"
	"encoding/hex"
	"fmt"
	"hash"
	"math"

	"mingxi/schema"
)

// A summer makes a checksum.
type summer struct {
	hash hash.Hash
	buf  []byte
	bad  error // a cell of a type that is not stored
}

func newSummer() *summer { return &summer{hash: sha256.New()} }

// add adds the cell of a column.
func (s *summer) add(column string, cell any) {
	if v, ok := cell.(driver.Valuer); ok {
		cell, s.bad = v.Value()
	}
	var kind byte
	var number uint64
	var letters string
	var bytes []byte
	switch v := cell.(type) {
	case nil:
		return
	case int:
		kind, number = 'i', uint64(v)
	case int64:
		kind, number = 'i', uint64(v)
	case float64:
		kind, number = 'f', math.Float64bits(v)
	case string:
		kind, letters = 's', v
		number = uint64(len(v))
	case []byte:
		kind, bytes = 'b', v
		number = uint64(len(v))
	default:
		s.bad = fmt.Errorf("column %s: a cell of type %T", column, cell)
	}
	s.buf = append(s.buf, column...)
	s.buf = append(s.buf, 0, kind)
	s.buf = binary.LittleEndian.AppendUint64(s.buf, number)
	for len(letters) > sumBuffer { // a text may be long
		s.buf = append(s.buf, letters[:sumBuffer]...)
		letters = letters[sumBuffer:]
		s.flush()
	}
	s.buf = append(s.buf, letters...)
	if len(bytes) > sumBuffer {
		s.flush()
		s.hash.Write(bytes)
		bytes = nil
	}
	s.buf = append(s.buf, bytes...)
	if len(s.buf) >= sumBuffer {
		s.flush()
	}
}

// sumBuffer is how many bytes are gathered before they are summed up.
const sumBuffer = 1 << 12

func (s *summer) flush() {
	s.hash.Write(s.buf)
	s.buf = s.buf[:0]
}

// field adds the cell of a column of figures, and text is what it says. The number of
// a text that all documents share may be another elsewhere: there the text counts.
func (s *summer) field(c schema.Column, cell any, text string) {
	switch {
	case c.Field.Keep == schema.InCorpus:
		s.add(c.Name, text)
	case c.Field.Keep != schema.Coded || cell != int64(0): // the first word counts for as little as NULL
		s.add(c.Name, cell)
	}
}

// sum is the checksum of what was added.
func (s *summer) sum() []byte {
	s.flush()
	return s.hash.Sum(nil)[:16]
}

// The rows of what is no document and has a checksum in meta.
const (
	clusterRows = "SELECT doc_id, cluster FROM clusters JOIN documents USING (doc) ORDER BY doc_id"
	tableRows   = "SELECT name, ifnull(sql, '') FROM sqlite_schema WHERE name NOT LIKE 'sqlite%' ORDER BY name"
)

// sumOf is the checksum of rows of two texts, in hex.
func sumOf(ctx context.Context, q querier, query string) (string, error) {
	rows, err := q.QueryContext(ctx, query)
	if err != nil {
		return "", err
	}
	defer rows.Close()
	s := newSummer()
	for rows.Next() {
		var a, b string
		if err := rows.Scan(&a, &b); err != nil {
			return "", err
		}
		s.add(a, b)
	}
	return hex.EncodeToString(s.sum()), rows.Err()
}
