// Package store keeps a corpus: a directory with corpus.db, an SQLite database
// that is the record of truth, beside which a full-text index may stand that
// follows it.
//
// # Files
//
//	corpus.db    the database (see schema.sql), in WAL mode: while one process
//	             writes, any number of others read, each a state between two commits
//	corpus.lock  an empty SQLite file that the one writer holds locked; the system
//	             frees it when the process ends, however it ends
//	corrections.db  what readers corrected, if anything (see correct.go)
//
// # Commits
//
// A document is written with its source, articles, figures and its mark in
// unindexed in one transaction, together with some hundred others. A process that
// is killed loses the transaction in flight and nothing else. The index comes
// after: a mark is taken back only when the index has the document for good, and
// what is still marked when a writer opens the corpus is indexed then.
//
// # Same results whatever the order
//
// What is stored does not depend on the order in which files come, nor on the
// number of workers: a document is named and read after the least of its paths,
// and clusters of near-copies are a function of the set of documents. Only the
// internal numbers doc and id differ.
package store

import (
	"context"
	"database/sql"
	_ "embed"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"

	"modernc.org/sqlite"
	lib "modernc.org/sqlite/lib"
)

// Names of the files in the directory of a corpus.
const (
	Database = "corpus.db"
	lockFile = "corpus.lock"
)

// SchemaVersion is the version of the tables that this program writes. It reads
// all from 1; a Writer brings older ones up to date, and keeps a copy of the
// database as it was (see migrate.go).
//
//	1  the first
//	2  root of a document; si_value and si_unit each NULL where they repeat value
//	   and unit. Columns of figures come and go without a new version.
//	3  root of a source
//	4  checksums; the documents of older versions get theirs when they are written anew
//	5  sources that are no documents are skipped
//	6  which program read the figures of a document
//	7  how the facts of an article were found, and what the user says of it
const SchemaVersion = 7

// Errors that a command may want to explain. They are wrapped with what happened.
var (
	ErrNoCorpus = errors.New("no corpus here")
	ErrBusy     = errors.New("another process is writing to this corpus")
	ErrNewer    = errors.New("the corpus was written by a newer version of the program")
	ErrOlder    = errors.New("the corpus was written by an older version of the program")
	ErrDamaged  = errors.New("the database " + Database + " is damaged")
	ErrFull     = errors.New("the disk is full")
	ErrReadOnly = errors.New("the corpus cannot be written to")
	ErrUnknown  = errors.New("no such document")
	ErrForeign  = errors.New("the directory holds other files and no corpus")
	ErrBroken   = errors.New("what is stored of the document is damaged")
)

//go:embed schema.sql
var schemaSQL string

// Is reports whether a directory is a corpus.
func Is(dir string) bool {
	for _, name := range []string{Database, lockFile} {
		if info, err := os.Stat(filepath.Join(dir, name)); err != nil || !info.Mode().IsRegular() {
			return false
		}
	}
	return true
}

// A Store is an open corpus, for reading. It is safe for concurrent use, also
// while a [Writer] of this or another process is at work.
type Store struct {
	dir    string
	db     *sql.DB
	layout layout
	rules  *rules

	corrections correctionsReader
}

// Open opens the corpus in dir for reading. Nothing in dir is changed, and dir
// may be read-only.
func Open(ctx context.Context, dir string) (*Store, error) {
	path := filepath.Join(dir, Database)
	if err := Stat(dir); err != nil {
		return nil, err
	}
	var first error
	for _, options := range readOptions(path) {
		s := &Store{dir: dir}
		var err error
		if s.db, err = sql.Open("sqlite", uri(path)+options); err == nil {
			if err = s.check(ctx); err == nil {
				s.rules, err = loadRules(ctx, s.db)
			}
		}
		if err == nil {
			return s, nil
		}
		s.db.Close()
		if first == nil {
			first = err
		}
	}
	return nil, fmt.Errorf("open corpus %s: %w", dir, explain(first))
}

// readOptions are the ways to open a database for reading, in the order to try.
// The usual one makes a file for shared memory beside the database, which a
// read-only directory does not allow; without a log there is nothing to share.
func readOptions(path string) []string {
	options := []string{"?_pragma=busy_timeout(5000)&_pragma=query_only(1)", "?mode=ro&_pragma=busy_timeout(5000)"}
	if _, err := os.Stat(path + "-wal"); errors.Is(err, fs.ErrNotExist) {
		options = append(options, "?mode=ro&immutable=1")
	}
	return options
}

// Stat is ErrNoCorpus for a directory without a database, and for a file.
func Stat(dir string) error {
	_, err := os.Stat(filepath.Join(dir, Database))
	switch {
	case err == nil:
		return nil
	case errors.Is(err, fs.ErrNotExist) || errors.Is(err, syscall.ENOTDIR):
		return fmt.Errorf("%s: %w", dir, ErrNoCorpus)
	}
	return fmt.Errorf("open corpus: %w", err)
}

// Close closes the corpus.
func (s *Store) Close() error { return errors.Join(s.corrections.Close(), s.db.Close()) }

// Dir is the directory of the corpus.
func (s *Store) Dir() string { return s.dir }

// check refuses what this program cannot read, and finds out how to read the rest.
func (s *Store) check(ctx context.Context) (err error) {
	s.layout, err = readLayout(ctx, s.db)
	version := s.layout.version
	switch {
	case err != nil:
		return err
	case version > SchemaVersion:
		return fmt.Errorf("%w: its tables have version %d, this program knows %d", ErrNewer, version, SchemaVersion)
	case version < 1:
		return fmt.Errorf("%w: its tables have version %d, this program reads 1 to %d", ErrOlder, version, SchemaVersion)
	}
	return nil
}

// schemaVersion is 0 for a database without tables.
func schemaVersion(ctx context.Context, q querier) (int, error) {
	var tables, version int
	if err := q.QueryRowContext(ctx, "SELECT count(*) FROM sqlite_schema").Scan(&tables); err != nil || tables == 0 {
		return 0, err
	}
	var text string
	err := q.QueryRowContext(ctx, "SELECT value FROM meta WHERE name = 'schema_version'").Scan(&text)
	if err != nil {
		return 0, fmt.Errorf("%s is not the database of a corpus: %w", Database, err)
	}
	version, err = strconv.Atoi(text)
	return version, err
}

// A querier is a database, a connection or a transaction.
type querier interface {
	QueryRowContext(ctx context.Context, query string, args ...any) *sql.Row
	QueryContext(ctx context.Context, query string, args ...any) (*sql.Rows, error)
	ExecContext(ctx context.Context, query string, args ...any) (sql.Result, error)
}

// uri is the name of a file as SQLite's URIs write it.
func uri(path string) string {
	return "file:" + strings.NewReplacer("%", "%25", "?", "%3f", "#", "%23").Replace(filepath.ToSlash(path))
}

// explain says what an error of SQLite means for a corpus.
func explain(err error) error {
	var e *sqlite.Error
	if !errors.As(err, &e) {
		return err
	}
	var kind error
	switch e.Code() & 0xff {
	case lib.SQLITE_CORRUPT, lib.SQLITE_NOTADB:
		kind = ErrDamaged
	case lib.SQLITE_FULL:
		kind = ErrFull
	case lib.SQLITE_READONLY, lib.SQLITE_CANTOPEN, lib.SQLITE_PERM:
		kind = ErrReadOnly
	case lib.SQLITE_BUSY:
		kind = ErrBusy
	default:
		return err
	}
	return fmt.Errorf("%w: %w", kind, err)
}
