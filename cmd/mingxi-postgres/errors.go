package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"strings"

	"github.com/jackc/pgx/v5/pgconn"

	"mingxi/cmd/mingxi/backend"
)

// kinds say what an error of PostgreSQL means, by the beginning of its code
// (www.postgresql.org/docs/current/errcodes-appendix.html); the first that fits.
var kinds = []struct {
	code string
	kind backend.Kind
}{
	{"28", backend.Denied},     // user or password
	{"3D000", backend.Denied},  // no such database
	{"42501", backend.Rights},  // no right to read
	{"3F000", backend.None},    // no schema
	{"42P01", backend.None},    // no table
	{"42703", backend.Other},   // no column
	{"42883", backend.Other},   // no function
	{"57P", backend.Refused},   // it shuts down or starts
	{"53300", backend.Refused}, // too many connections
	{"08", backend.Shard},      // of postgres_fdw, whose server does not answer
	{"HV", backend.Shard},
}

// explain makes an error one that tells the place and what the user can do.
func (s *pgStore) explain(err error) error {
	var known *backend.Error
	if err == nil || errors.As(err, &known) || errors.Is(err, context.Canceled) {
		return err
	}
	kind := backend.Kind("")
	var pg *pgconn.PgError
	switch {
	case errors.As(err, &pg) && pg.Code == "42P01" && strings.Contains(pg.Message, s.edition) && s.edition != "":
		return s.fail(backend.Mixed, "a part of the corpus is of another edition: %s", pg.Message)
	case errors.As(err, &pg):
		for _, k := range kinds {
			if strings.HasPrefix(pg.Code, k.code) {
				kind = k.kind
				break
			}
		}
	case broken(err):
		kind = backend.Refused
	}
	return s.fail(kind, "%s", strings.Join(strings.Fields(err.Error()), " "))
}

// fail is an error of the database.
func (s *pgStore) fail(kind backend.Kind, format string, args ...any) error {
	return &backend.Error{Kind: kind, Text: s.place + ": " + fmt.Sprintf(format, args...)}
}

// lost reports whether asking again, of another server, may succeed: the connection broke,
// the server goes down, a standby had to give way, or a shard has to be connected anew.
func lost(err error) bool {
	var known *backend.Error
	if err == nil || errors.As(err, &known) {
		return false
	}
	var pg *pgconn.PgError
	if !errors.As(err, &pg) {
		return broken(err)
	}
	return strings.HasPrefix(pg.Code, "57P") || strings.HasPrefix(pg.Code, "08") || pg.Code == "40001"
}

// broken reports whether an error is of the connection.
func broken(err error) bool {
	var net net.Error
	var connect *pgconn.ConnectError
	return pgconn.SafeToRetry(err) || errors.As(err, &net) || errors.As(err, &connect) ||
		errors.Is(err, pgconn.ErrConnClosed) || errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF)
}
