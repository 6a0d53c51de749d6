package store

// This file opens a corpus for writing and keeps its transactions; put.go says
// what is written.

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"syscall"

	"mingxi/schema"
)

// A Writer is a corpus open for writing. There is one for a corpus at a time, in
// all processes. It is for one goroutine; the Store inside, which reads what is
// committed, is for all.
//
// Everything written belongs to the transaction that the next Commit ends. After
// an error the transaction is gone: the Writer can only be closed.
type Writer struct {
	*Store
	program string // its version
	lock    *sql.DB
	db      *sql.DB
	conn    *sql.Conn
	stmts   map[string]*sql.Stmt
	inTx    bool
	failed  error // what ended the transaction
	changes changes
	change  int64    // the last number given to one
	ruled   []string // rules that have their number since the last commit
	sealed  bool     // see Seal
}

// write is the context of all statements: a transaction is not broken off where
// it stands; the caller stops between documents.
var write = context.Background()

// OpenWriter opens the corpus in dir for writing and makes it if there is none.
// program is the version of the program, kept for the record. If another Writer
// is open the error, in a tenth of a second, wraps ErrBusy.
func OpenWriter(ctx context.Context, dir, program string) (*Writer, error) {
	return openWith(ctx, dir, program, logged)
}

// OpenNew is OpenWriter of a new corpus that nobody sees before it is whole: a kill while
// it is filled leaves what cannot be read. [Writer.Log] ends that.
func OpenNew(ctx context.Context, dir, program string) (*Writer, error) {
	return openWith(ctx, dir, program, unlogged)
}

// With a log a process that is killed loses the transaction in flight alone, and others
// read meanwhile. Without one every page is written once instead of twice.
const (
	logged   = "&_pragma=journal_mode(WAL)&_pragma=synchronous(NORMAL)"
	unlogged = "&_pragma=journal_mode(MEMORY)&_pragma=synchronous(OFF)"
)

// Log gives the corpus that OpenNew opened a log, as it has from OpenWriter.
func (w *Writer) Log() error {
	for _, pragma := range []string{"journal_mode = WAL", "synchronous = NORMAL"} {
		if _, err := w.conn.ExecContext(write, "PRAGMA "+pragma); err != nil {
			return w.fail(err)
		}
	}
	return nil
}

func openWith(ctx context.Context, dir, program, journal string) (*Writer, error) {
	w := &Writer{program: program, stmts: map[string]*sql.Stmt{}}
	if err := w.open(ctx, dir, program, journal); err != nil {
		w.close()
		return nil, fmt.Errorf("open corpus %s: %w", dir, explain(err))
	}
	return w, nil
}

func (w *Writer) open(ctx context.Context, dir, program, journal string) (err error) {
	if foreign(dir) {
		return ErrForeign
	}
	if err := os.MkdirAll(dir, 0o777); err != nil {
		return fmt.Errorf("%w: %w", ErrReadOnly, err)
	}
	if w.lock, err = lock(ctx, filepath.Join(dir, lockFile)); err != nil {
		return err
	}
	w.sealed = sealed(dir)
	options := "?_pragma=busy_timeout(10000)" + journal +
		"&_pragma=cache_size(-16384)&_pragma=wal_autocheckpoint(8000)&_pragma=journal_size_limit(67108864)"
	if w.db, err = sql.Open("sqlite", uri(filepath.Join(dir, Database))+options); err != nil {
		return err
	}
	if w.conn, err = w.db.Conn(write); err != nil {
		return err
	}
	if err := w.migrate(dir, program); err != nil {
		return err
	}
	if w.Store, err = Open(ctx, dir); err != nil {
		return err
	}
	return w.db.QueryRowContext(write, "SELECT ifnull(max(change), 0) FROM unindexed").Scan(&w.change)
}

// foreign reports whether a directory has no database, and files that are of no corpus:
// a slip of the user, whose files are not to be mixed with ours.
func foreign(dir string) bool {
	if _, err := os.Stat(filepath.Join(dir, Database)); err == nil {
		return false
	}
	entries, err := os.ReadDir(dir)
	if err != nil {
		return errors.Is(err, syscall.ENOTDIR)
	}
	return slices.ContainsFunc(entries, func(e os.DirEntry) bool {
		return !strings.HasPrefix(e.Name(), "corpus.") && !strings.HasPrefix(e.Name(), correctionsFile) && !strings.HasPrefix(e.Name(), "index") && !strings.HasPrefix(e.Name(), ".")
	})
}

// lock takes the lock of the one writer. The file stays empty.
func lock(ctx context.Context, path string) (*sql.DB, error) {
	db, err := sql.Open("sqlite", uri(path)+"?_pragma=busy_timeout(100)") // of a glance of Writing nothing is left then
	if err != nil {
		return nil, err
	}
	db.SetMaxOpenConns(1)
	if _, err := db.ExecContext(ctx, "BEGIN EXCLUSIVE"); err != nil {
		db.Close()
		return nil, err
	}
	return db, nil
}

// Writing reports whether a Writer of the corpus is open, here or in another process.
func (s *Store) Writing(ctx context.Context) bool {
	db, err := sql.Open("sqlite", uri(filepath.Join(s.dir, lockFile))+"?mode=ro&_pragma=busy_timeout(0)")
	if err != nil {
		return false
	}
	defer db.Close()
	_, err = schemaVersion(ctx, db)
	return errors.Is(explain(err), ErrBusy)
}

func (w *Writer) setMeta(name, value string) error {
	return w.exec("INSERT INTO meta (name, value) VALUES (?, ?) ON CONFLICT DO UPDATE SET value = excluded.value", name, value)
}

// stmt prepares a statement once.
func (w *Writer) stmt(query string) (*sql.Stmt, error) {
	if s := w.stmts[query]; s != nil {
		return s, nil
	}
	s, err := w.conn.PrepareContext(write, query)
	if err == nil {
		w.stmts[query] = s
	}
	return s, err
}

// exec runs a statement in the transaction, which it begins if there is none.
func (w *Writer) exec(query string, args ...any) error {
	if err := w.begin(); err != nil {
		return err
	}
	s, err := w.stmt(query)
	if err == nil {
		_, err = s.ExecContext(write, args...)
	}
	return w.fail(err)
}

// row reads the one row of a query; found is false if there is none.
func (w *Writer) row(query string, args []any, targets ...any) (found bool, err error) {
	if err := w.begin(); err != nil {
		return false, err
	}
	s, err := w.stmt(query)
	if err == nil {
		err = s.QueryRowContext(write, args...).Scan(targets...)
	}
	if errors.Is(err, sql.ErrNoRows) {
		return false, nil
	}
	return err == nil, w.fail(err)
}

func (w *Writer) begin() error {
	if w.failed != nil || w.inTx {
		return w.failed
	}
	_, err := w.conn.ExecContext(write, "BEGIN IMMEDIATE")
	w.inTx = err == nil
	return w.fail(err)
}

// fail keeps the error that ends the transaction.
func (w *Writer) fail(err error) error {
	if err != nil && w.failed == nil {
		w.failed = fmt.Errorf("write %s: %w", Database, explain(err))
		w.rollback()
	}
	return w.failed
}

func (w *Writer) rollback() {
	if w.inTx {
		w.conn.ExecContext(write, "ROLLBACK") // fails where SQLite has done it itself
		w.inTx = false
	}
	if w.Store != nil {
		w.rules.forget(w.ruled)
	}
	w.ruled, w.changes = nil, changes{}
}

// Drop gives up what is not committed. The Writer goes on.
func (w *Writer) Drop() error {
	w.rollback()
	return w.failed
}

// Commit makes durable what was written since the last one, and returns what the
// index must follow.
func (w *Writer) Commit() ([]Change, error) {
	if w.failed != nil || !w.inTx {
		return nil, w.failed
	}
	if len(w.changes.list) > 0 {
		if err := w.setMeta("clustered", "0"); err != nil {
			return nil, err
		}
	}
	if _, err := w.conn.ExecContext(write, "COMMIT"); err != nil {
		return nil, w.fail(err)
	}
	w.inTx = false
	done := w.changes.list
	w.ruled, w.changes = nil, changes{}
	return done, nil
}

// Close gives up what is not committed, and lets the next writer in.
func (w *Writer) Close() error {
	if w.conn != nil {
		w.rollback()
	}
	return w.close()
}

func (w *Writer) close() error {
	var errs []error
	for _, s := range w.stmts {
		s.Close()
	}
	if w.Store != nil {
		errs = append(errs, w.Store.Close())
	}
	if w.conn != nil {
		errs = append(errs, w.conn.Close())
	}
	if w.db != nil {
		errs = append(errs, w.db.Close())
	}
	if w.sealed && w.Store != nil {
		errs = append(errs, seal(w.dir))
	}
	if w.lock != nil {
		errs = append(errs, w.lock.Close())
	}
	return explain(errors.Join(errs...))
}

// A Mark says that the index has yet to take in a change of a document.
type Mark struct {
	ID     string // doc_id
	change int64  // grows with every change
}

// A Change is what the index must do about a document: take it in, or, if neither
// Document nor Ready is there and it is not Stored, forget it.
type Change struct {
	Mark
	Document *schema.Document
	Reading  *schema.Reading
	Stored   bool   // it is too large to be held, and is to be read from the store
	Ready    []byte // what was made of it for the index, instead of both; not of the store
}

// changes are the changes of a transaction, one for a document.
type changes struct {
	list []Change
	at   map[string]int
}

func (c *changes) add(n Change) {
	if i, ok := c.at[n.ID]; ok {
		c.list[i] = n
		return
	}
	if c.at == nil {
		c.at = map[string]int{}
	}
	c.at[n.ID] = len(c.list)
	c.list = append(c.list, n)
}
