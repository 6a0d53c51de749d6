package main

// What happens when servers fail.

import (
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"os/exec"
	"strings"
	"testing"
	"time"

	"github.com/jackc/pgx/v5/pgconn"

	"mingxi/cmd/mingxi/backend"
	"mingxi/cmd/mingxi/find"
	"mingxi/index"
)

func kindOf(err error) backend.Kind {
	var e *backend.Error
	if !errors.As(err, &e) {
		return ""
	}
	return e.Kind
}

// A thousand random substrings of the texts, of reports and every tenth of figures, are
// asked of a primary and its standby, while the primary is lost; nothing is wrong and
// nothing fails. The standby becomes the primary, takes a new load, and a new standby
// follows it.
func lostPrimary(t *testing.T, w *world, primary *server) {
	standby := startStandby(t, primary)
	s := dial(t, both(primary, standby, "reports"))
	rng := rand.New(rand.NewPCG(1, 2))
	const queries, lostAt = 1000, 300
	var open backend.Finding
	hits := 0
	for i := range queries {
		if i == lostAt { // in the middle of reading hits
			var err error
			if open, err = s.Search(t.Context(), backend.Request{Query: "*", Figures: true, Sort: index.ByOrder}); err != nil {
				t.Fatal(err)
			}
			if _, err := open.Hits(t.Context(), 0, 1); err != nil {
				t.Fatal(err)
			}
			primary.kill()
		}
		n, err := w.agree(t, s, find.Request{Query: w.piece(rng), Figures: i%10 == 9, Sort: index.ByOrder})
		if err != nil {
			t.Errorf("query %d: %v", i, err)
		}
		hits += n
	}
	if hits < queries {
		t.Errorf("only %d hits", hits)
	}
	rest, err := open.Hits(t.Context(), 1, 1<<30)
	if n := open.Counts().Figures; err != nil || len(rest) != n-1 {
		t.Errorf("%d hits came of %d, %v", len(rest), n-1, err)
	}
	open.Close()
	s.Close()

	begun := time.Now()
	standby.run("pg_ctl", "-D", standby.dir, "-w", "promote")
	t.Logf("promoted in %s", time.Since(begun).Round(time.Millisecond))
	primary.reload(both(primary, standby, "reports")+"?target_session_attrs=read-write", w.export)
	next := startStandby(t, standby)
	standby.reload(standby.address("reports"), w.export)
	follow(t, standby, next)
	s = dial(t, next.address("reports"))
	for _, text := range []string{"低保", "region:53 受灾", "城市*标准"} {
		if n, err := w.agree(t, s, find.Request{Query: parse(t, text), Sort: index.ByOrder}); n == 0 || err != nil {
			t.Errorf("%s at the new standby: %d hits, %v", text, n, err)
		}
	}
	if got := next.ask("reports", "SELECT count(*), pg_is_in_recovery() FROM mingxi.documents"); got[0] != fmt.Sprint(len(w.texts)) || got[1] != "true" {
		t.Errorf("documents at the new standby, loaded three times: %v, want %d", got, len(w.texts))
	}
}

// follow waits until a standby has all that its primary has.
func follow(t *testing.T, primary, standby *server) {
	t.Helper()
	at := primary.ask("postgres", "SELECT pg_current_wal_lsn()::text")[0]
	for deadline := time.Now().Add(time.Minute); time.Now().Before(deadline); {
		if standby.ask("postgres", "SELECT pg_last_wal_replay_lsn() >= $1::text::pg_lsn", at)[0] == "true" {
			return
		}
	}
	t.Fatal("the standby does not follow")
}

// A corpus whose provinces lie on two servers answers as one, and not at all while one of
// them is down.
func TestShards(t *testing.T) {
	one, two, front := startPrimary(t), startPrimary(t), startPrimary(t)
	w := corpus(t)
	regions := strings.Fields(strings.Join(one.provinces(w.export), " "))
	first, rest := strings.Join(regions[:len(regions)/2], " "), strings.Join(regions[len(regions)/2:], " ")
	one.load("reports", w.export, "REGIONS="+first)
	two.load("reports", w.export, "REGIONS="+rest)
	front.ask("postgres", "CREATE DATABASE reports")
	front.ask("reports", "CREATE EXTENSION postgres_fdw")
	args := []string{"-X", "-q", "-v", "ON_ERROR_STOP=1"}
	for name, s := range map[string]*server{"one": one, "two": two} {
		front.ask("reports", fmt.Sprintf("CREATE SERVER %s FOREIGN DATA WRAPPER postgres_fdw OPTIONS (host '127.0.0.1', port '%d', dbname 'reports', options '-c enable_seqscan=off -c jit=off')", name, s.port))
		front.ask("reports", "CREATE USER MAPPING FOR mingxi SERVER "+name+" OPTIONS (user 'mingxi')")
	}
	for i, r := range regions {
		args = append(args, "-v", "s"+r+"="+map[bool]string{true: "one", false: "two"}[i < len(regions)/2])
	}
	cmd := exec.Command(binaries()+"/psql", append(args, "-f", "shards.sql", front.address("reports"))...)
	cmd.Dir = w.export
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("shards.sql: %v\n%s", err, out)
	}
	s := dial(t, front.address("reports"))
	for _, text := range []string{"低保", "低保 ~ 发放", "region:53", "label:受灾 value:>100", "城市*标准", "合并 OR 报告"} {
		for _, figures := range []bool{false, true} {
			if _, err := w.agree(t, s, find.Request{Query: parse(t, text), Figures: figures, Sort: index.ByOrder}); err != nil {
				t.Errorf("%s: %v", text, err)
			}
		}
	}
	mixed(t, w, two, front, s, rest)
	two.kill()
	for _, text := range []string{"低保", "*", "城市*标准"} {
		n, list, err := there(t, s, find.Request{Query: parse(t, text), Sort: index.ByOrder})
		if kindOf(err) != backend.Shard || list != nil || n != (backend.Counts{}) {
			t.Errorf("%s with a shard down: %+v, %d hits, %v", text, n, len(list), err)
		}
	}
	out, err := exec.Command(w.mingxi, "search", "低保", "--backend", front.address("reports")).CombinedOutput()
	if exit(err) != 1 || !strings.Contains(string(out), `could not connect to server "two"`) || !strings.Contains(string(out), "nothing is counted while a part is missing") {
		t.Errorf("exit %v: %s", err, out)
	}
}

// A part that has loaded another export than the rest is an error, until it has that of the
// rest again; also the part alone is not counted.
func mixed(t *testing.T, w *world, part, front *server, s *pgStore, regions string) {
	other := w.export + ".other.postgres"
	for _, args := range [][]string{
		{"forget", "-c", w.dir + ".other", "合并.txt", "-q"},
		{"export", "-c", w.dir + ".other", "-o", other, "--personal", "-q"},
	} {
		if args[0] == "forget" {
			if out, err := exec.Command("cp", "-r", w.dir, w.dir+".other").CombinedOutput(); err != nil {
				t.Fatalf("cp: %v\n%s", err, out)
			}
		}
		if out, err := exec.Command(w.mingxi, args...).CombinedOutput(); err != nil {
			t.Fatalf("mingxi %v: %v\n%s", args, err, out)
		}
	}
	part.reload(part.address("reports"), other, "REGIONS="+regions)
	for _, text := range []string{"低保", "*", "城市*标准", "region:53"} {
		if n, list, err := there(t, s, find.Request{Query: parse(t, text), Sort: index.ByOrder}); kindOf(err) != backend.Mixed || list != nil || n != (backend.Counts{}) {
			t.Errorf("%s with a part of another edition: %+v, %d hits, %v", text, n, len(list), err)
		}
	}
	out, err := exec.Command(w.mingxi, "search", "低保", "--backend", front.address("reports")).CombinedOutput()
	if exit(err) != 1 || !strings.Contains(string(out), "a part of the corpus is of another edition") || !strings.Contains(string(out), "load the same export into all parts") {
		t.Errorf("exit %v: %s", err, out)
	}
	part.reload(part.address("reports"), w.export, "REGIONS="+regions)
	if n, err := w.agree(t, s, find.Request{Query: parse(t, "低保"), Sort: index.ByOrder}); n == 0 || err != nil {
		t.Errorf("with all parts of one edition again: %d hits, %v", n, err)
	}
}

func (s *server) provinces(export string) (list []string) {
	out, err := exec.Command("sh", "-c", "cd '"+export+"' && ls -d */ | tr -d /").Output()
	if err != nil {
		s.t.Fatal(err)
	}
	return strings.Fields(string(out))
}

func exit(err error) int {
	var e *exec.ExitError
	if errors.As(err, &e) {
		return e.ExitCode()
	}
	return 0
}

// What cannot be used is told, with the place and what to type.
func refused(t *testing.T, w *world, server *server) {
	for _, sql := range []string{"empty", "bare", "older TEMPLATE reports", "lacking TEMPLATE reports", "tableless TEMPLATE reports"} {
		server.ask("postgres", "CREATE DATABASE "+sql)
	}
	server.ask("older", "UPDATE mingxi.meta SET value = '0' WHERE name = 'format'")
	server.ask("lacking", "ALTER TABLE mingxi.figures DROP COLUMN indicator CASCADE")
	server.ask("tableless", "DROP TABLE mingxi.articles CASCADE")
	server.ask("bare", "CREATE SCHEMA mingxi CREATE TABLE meta (name text)")
	server.ask("reports", "CREATE ROLE stranger LOGIN")
	nowhere := fmt.Sprintf("postgres://mingxi@127.0.0.1:%d/reports", freePort(t))
	at := fmt.Sprintf("postgres://127.0.0.1:%d/", server.port)
	for _, c := range []struct {
		address    string
		kind       backend.Kind
		text, hint string
		exit       int
	}{
		{nowhere, backend.Refused, "refused", "pg_isready", 1},
		{server.address("nothing"), backend.Denied, at + "nothing: ", "postgres://USER@HOST/DATABASE", 1},
		{strings.Replace(server.address("reports"), "mingxi@", "stranger@", 1), backend.Rights, "permission denied for schema mingxi", "READER=role", 1},
		{server.address("empty"), backend.None, at + "empty: there is no corpus", "postgres/load.sh", 1},
		{server.address("bare"), backend.Other, "the table mingxi.meta lacks the column value", "load it again", 1},
		{server.address("tableless"), backend.Other, "there is no table mingxi.articles", "load it again", 1},
		{server.address("older"), backend.Other, `the tables are of version "0"`, "mingxi export -c DIR -o postgres/", 1},
		{server.address("lacking"), backend.Other, "the table mingxi.figures lacks the column indicator", "load it again", 1},
		{"postgres://[", backend.Usage, "", "try 'mingxi search --help'", 2},
		{"mysql://h/db", "", "want postgres://host/database", "try 'mingxi search --help'", 2},
	} {
		if c.kind != "" {
			if _, err := open(t.Context(), c.address); kindOf(err) != c.kind || !strings.Contains(err.Error(), c.text) {
				t.Errorf("%s: %q, %v", c.address, kindOf(err), err)
			}
		}
		out, err := exec.Command(w.mingxi, "search", "低保", "--backend", c.address).CombinedOutput()
		if exit(err) != c.exit || !strings.Contains(string(out), c.text) || !strings.Contains(string(out), c.hint) {
			t.Errorf("%s: exit %d: %s", c.address, exit(err), out)
		}
	}
	// a load that comes incomplete changes nothing
	before := server.ask("reports", "SELECT value FROM mingxi.meta ORDER BY name")
	out, err := exec.Command("sh", "-c", `cp -r "$1" "$2" && sed -i '$d' "$2"/53/figures.copy && PATH="$3:$PATH" "$2"/load.sh "$4"`,
		"sh", w.export, w.export+".torn", binaries(), server.address("reports")).CombinedOutput()
	if exit(err) == 0 || !strings.Contains(string(out), "copy the directory again") {
		t.Errorf("a torn load: exit %d: %s", exit(err), out)
	}
	if after := server.ask("reports", "SELECT value FROM mingxi.meta ORDER BY name"); fmt.Sprint(after) != fmt.Sprint(before) {
		t.Errorf("after a torn load: %v, before %v", after, before)
	}
}

// A corpus that is replaced while it is read is not mixed with the new one.
func replaced(t *testing.T, server *server) {
	server.ask("postgres", "CREATE DATABASE replaced TEMPLATE reports")
	s := dial(t, server.address("replaced"))
	server.ask("replaced", "UPDATE mingxi.meta SET value = 'another' WHERE name = 'generation'")
	if _, err := s.Search(t.Context(), backend.Request{Query: "低保"}); kindOf(err) != backend.Changed {
		t.Errorf("err = %v", err)
	}
}

// A password stands in no message.
func TestPlace(t *testing.T) {
	_, err := open(t.Context(), fmt.Sprintf("postgres://u:geheim@127.0.0.1:%d,127.0.0.1:%d/db", freePort(t), freePort(t)))
	if kindOf(err) != backend.Refused || strings.Contains(err.Error(), "geheim") || !strings.HasSuffix(strings.SplitN(err.Error(), ": ", 2)[0], "/db") {
		t.Errorf("err = %v", err)
	}
}

// What tells that a server was lost in the middle of an answer.
func TestLost(t *testing.T) {
	for err, want := range map[error]bool{
		fmt.Errorf("read: %w", pgconn.ErrConnClosed): true, // what was read ahead is out, and the connection gone
		io.ErrUnexpectedEOF:                          true,
		&pgconn.PgError{Code: "57P01"}:               true,
		&pgconn.PgError{Code: "42P01"}:               false,
		&backend.Error{Kind: backend.Changed}:        false,
		nil:                                          false,
	} {
		if lost(err) != want {
			t.Errorf("%v: lost %v", err, !want)
		}
	}
}
