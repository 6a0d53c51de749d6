package main

import (
	"context"
	"errors"
	"strconv"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"

	"mingxi/cmd/mingxi/backend"
	"mingxi/cmd/mingxi/postgres"
	"mingxi/index/query"
)

// patience is how long one host may take to answer a connection, where the address does
// not say (connect_timeout).
const patience = 2 * time.Second

// A pgStore is a corpus in a database. All it asks is asked in transactions that only read
// and see one state, and of one edition of the corpus: that which was there first.
type pgStore struct {
	place   string // the address without password
	pool    *pgxpool.Pool
	edition string
	reports float64 // for ranking: how many there are, and how long their texts are
	average float64
}

// open connects to the first host of an address that answers.
func open(ctx context.Context, address string) (backend.Store, error) {
	config, err := pgxpool.ParseConfig(address)
	if err != nil { // which has no password in it
		return nil, &backend.Error{Kind: backend.Usage, Text: err.Error()}
	}
	c := config.ConnConfig
	s := &pgStore{place: place(c)}
	if c.ConnectTimeout == 0 || c.ConnectTimeout > time.Minute { // pgx waits two minutes where nothing is said
		c.ConnectTimeout = patience
	}
	c.DefaultQueryExecMode = pgx.QueryExecModeExec // each search has a plan of its own
	c.RuntimeParams["application_name"] = "mingxi"
	if s.pool, err = pgxpool.NewWithConfig(ctx, config); err != nil {
		return nil, s.explain(err)
	}
	if err := s.read(ctx, s.check); err != nil {
		s.pool.Close()
		return nil, err
	}
	return s, nil
}

// place is what an error names: the hosts and the database.
func place(c *pgx.ConnConfig) string {
	hosts, last := "", ""
	add := func(host string, port uint16) {
		if at := host + ":" + strconv.Itoa(int(port)); at != last {
			if hosts != "" {
				hosts += ","
			}
			hosts, last = hosts+at, at
		}
	}
	add(c.Host, c.Port)
	for _, f := range c.Fallbacks {
		add(f.Host, f.Port)
	}
	return "postgres://" + hosts + "/" + c.Database
}

func (s *pgStore) Close() { s.pool.Close() }

// read does something in a transaction. If the connection is lost, it is done once more,
// with another host where the address has one.
func (s *pgStore) read(ctx context.Context, do func(context.Context, pgx.Tx) error) error {
	err := s.once(ctx, do)
	if lost(err) && ctx.Err() == nil {
		s.pool.Reset() // the others to that server are lost too
		err = s.once(ctx, do)
	}
	return s.explain(err)
}

func (s *pgStore) once(ctx context.Context, do func(context.Context, pgx.Tx) error) error {
	tx, err := s.begin(ctx)
	if err != nil {
		return err
	}
	defer tx.Rollback(context.WithoutCancel(ctx))
	return do(ctx, tx)
}

// beginning: one state for all questions of a search. What a search asks is short, and to
// compile it for each province takes longer than to answer.
const beginning = "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY; SET LOCAL jit = off"

// begin begins a transaction, which sees the edition that was there first.
func (s *pgStore) begin(ctx context.Context) (pgx.Tx, error) {
	tx, err := s.pool.BeginTx(ctx, pgx.TxOptions{BeginQuery: beginning})
	if err != nil || s.edition == "" {
		return tx, err
	}
	meta, err := metaOf(ctx, tx)
	if err == nil && meta["generation"] != s.edition {
		err = s.fail(backend.Changed, "the corpus was replaced while it was read")
	}
	if err != nil {
		return nil, errors.Join(err, tx.Rollback(context.WithoutCancel(ctx)))
	}
	return tx, nil
}

// metaOf reads the table meta.
func metaOf(ctx context.Context, tx pgx.Tx) (map[string]string, error) {
	rows, err := tx.Query(ctx, "SELECT name, value FROM "+postgres.Schema+".meta")
	if err != nil {
		return nil, err
	}
	meta := map[string]string{}
	var name, value string
	_, err = pgx.ForEachRow(rows, []any{&name, &value}, func() error {
		meta[name] = value
		return nil
	})
	return meta, err
}

// check refuses a database whose tables are not those that this program reads.
func (s *pgStore) check(ctx context.Context, tx pgx.Tx) error {
	rows, err := tx.Query(ctx, `SELECT c.relname, a.attname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
		JOIN pg_attribute a ON a.attrelid = c.oid WHERE n.nspname = $1 AND a.attnum > 0 AND NOT a.attisdropped`, postgres.Schema)
	if err != nil {
		return err
	}
	has := map[[2]string]bool{}
	var table, column string
	if _, err := pgx.ForEachRow(rows, []any{&table, &column}, func() error {
		has[[2]string{table, ""}], has[[2]string{table, column}] = true, true
		return nil
	}); err != nil {
		return err
	}
	if len(has) == 0 {
		return s.fail(backend.None, "there is no corpus: the database has no schema %s with tables", postgres.Schema)
	}
	lacks := func(table, column string) error {
		switch {
		case !has[[2]string{table, ""}]:
			return s.fail(backend.Other, "there is no table %s.%s", postgres.Schema, table)
		case !has[[2]string{table, column}]:
			return s.fail(backend.Other, "the table %s.%s lacks the column %s", postgres.Schema, table, column)
		}
		return nil
	}
	if err := lacks("meta", "value"); err != nil {
		return err
	}
	meta, err := metaOf(ctx, tx)
	if err != nil {
		return err
	}
	if v := meta["format"]; v != postgres.Format {
		return s.fail(backend.Other, "the tables are of version %q, written by %q; this program reads version %s", v, meta["program"], postgres.Format)
	}
	for _, t := range postgres.Tables() {
		for _, c := range t.Columns {
			if err := lacks(t.Name, c.Name); err != nil {
				return err
			}
		}
	}
	s.edition = meta["generation"]
	s.reports, _ = strconv.ParseFloat(meta["articles"], 64)
	bytes, _ := strconv.ParseFloat(meta["text_bytes"], 64)
	s.average = max(1, bytes/max(1, s.reports))
	return nil
}

// Search answers a query.
func (s *pgStore) Search(ctx context.Context, r backend.Request) (backend.Finding, error) {
	q, err := query.Parse(r.Query)
	if err != nil {
		return nil, err
	}
	f := &finding{store: s, request: r, query: q}
	err = f.again(ctx, func() error {
		if err := f.open(ctx); err != nil {
			return err
		}
		return f.count(ctx, f.tx)
	})
	if err != nil {
		f.Close()
		return nil, err
	}
	return f, nil
}
