package main

// This file starts PostgreSQL servers of Debian's package, on loopback, in directories of
// their own. Tests that need one skip where there is none.

import (
	"fmt"
	"net"
	"os"
	"os/exec"
	"os/user"
	"path/filepath"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"syscall"
	"testing"

	"github.com/jackc/pgx/v5"
)

// A server is a PostgreSQL server of this test.
type server struct {
	t    *testing.T
	dir  string
	port int
}

// binaries is where the programs of PostgreSQL are; empty if it is not installed.
func binaries() string {
	found, _ := filepath.Glob("/usr/lib/postgresql/*/bin")
	if path, err := exec.LookPath("initdb"); err == nil {
		found = append(found, filepath.Dir(path))
	}
	found = slices.DeleteFunc(found, func(dir string) bool {
		_, err := os.Stat(filepath.Join(dir, "postgres"))
		return err != nil
	})
	if len(found) == 0 {
		return ""
	}
	return found[0]
}

// run runs a program of PostgreSQL, which refuses to be run by root.
func (s *server) run(program string, args ...string) {
	s.t.Helper()
	cmd := exec.Command(filepath.Join(binaries(), program), args...)
	cmd.Dir = "/"
	if os.Getuid() == 0 {
		cmd.SysProcAttr = &syscall.SysProcAttr{Credential: &syscall.Credential{Uid: nobody(s.t, "uid"), Gid: nobody(s.t, "gid")}}
	}
	if out, err := cmd.CombinedOutput(); err != nil {
		s.t.Fatalf("%s %v: %v\n%s", program, args, err, out)
	}
}

// nobody is a user without rights.
func nobody(t *testing.T, what string) uint32 {
	t.Helper()
	u, err := user.Lookup("nobody")
	if err != nil {
		t.Fatal(err)
	}
	id := u.Uid
	if what == "gid" {
		id = u.Gid
	}
	n, err := strconv.ParseUint(id, 10, 32)
	if err != nil {
		t.Fatal(err)
	}
	return uint32(n)
}

// newServer makes a server's directory and chooses its port.
func newServer(t *testing.T) *server {
	t.Helper()
	if runtime.GOOS != "linux" || binaries() == "" {
		t.Skip("needs PostgreSQL: apt-get install postgresql")
	}
	dir, err := os.MkdirTemp("", "mingxi-postgres")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { os.RemoveAll(dir) })
	s := &server{t: t, dir: filepath.Join(dir, "data"), port: freePort(t)}
	if os.Getuid() == 0 {
		if err := os.Chown(dir, int(nobody(t, "uid")), int(nobody(t, "gid"))); err != nil {
			t.Fatal(err)
		}
	}
	return s
}

func freePort(t *testing.T) int {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	return l.Addr().(*net.TCPAddr).Port
}

// startPrimary makes a server and starts it.
func startPrimary(t *testing.T) *server {
	s := newServer(t)
	s.run("initdb", "-D", s.dir, "-A", "trust", "-U", "mingxi", "-E", "UTF8", "--locale=C", "--no-sync")
	s.start()
	return s
}

// startStandby makes a server that follows another by streaming replication.
func startStandby(t *testing.T, primary *server) *server {
	s := newServer(t)
	s.run("pg_basebackup", "-D", s.dir, "-d", primary.address("postgres"), "-R", "-X", "stream", "-c", "fast", "--no-sync")
	s.start()
	return s
}

// start starts the server and waits until it answers.
func (s *server) start() {
	s.t.Helper()
	settings := fmt.Sprintf("-c listen_addresses=127.0.0.1 -c port=%d -c unix_socket_directories= -c fsync=off -c shared_buffers=32MB -c max_parallel_workers_per_gather=0", s.port)
	s.run("pg_ctl", "-D", s.dir, "-w", "-o", settings, "-l", filepath.Join(filepath.Dir(s.dir), "log"), "start")
	s.t.Cleanup(s.stop)
}

// stop stops the server if it runs.
func (s *server) stop() {
	if pid, err := s.pid(); err == nil && syscall.Kill(pid, 0) == nil {
		s.run("pg_ctl", "-D", s.dir, "-m", "immediate", "-w", "stop")
	}
}

func (s *server) pid() (int, error) {
	b, err := os.ReadFile(filepath.Join(s.dir, "postmaster.pid"))
	if err != nil {
		return 0, err
	}
	first, _, _ := strings.Cut(string(b), "\n")
	return strconv.Atoi(first)
}

// kill kills the server and all its processes, as the loss of its machine would.
func (s *server) kill() {
	s.t.Helper()
	pid, err := s.pid()
	if err != nil {
		s.t.Fatal(err)
	}
	children := s.ask("postgres", "SELECT pid FROM pg_stat_activity WHERE pid <> pg_backend_pid()")
	for _, one := range append([]string{strconv.Itoa(pid)}, children...) {
		if n, err := strconv.Atoi(one); err == nil {
			syscall.Kill(n, syscall.SIGKILL)
		}
	}
	if err := os.Remove(filepath.Join(s.dir, "postmaster.pid")); err != nil {
		s.t.Fatal(err)
	}
}

// address is where the server is.
func (s *server) address(database string) string {
	return fmt.Sprintf("postgres://mingxi@127.0.0.1:%d/%s", s.port, database)
}

// both is an address with two hosts.
func both(a, b *server, database string) string {
	return fmt.Sprintf("postgres://mingxi@127.0.0.1:%d,127.0.0.1:%d/%s", a.port, b.port, database)
}

// ask runs SQL and returns the cells of its rows as texts.
func (s *server) ask(database, sql string, args ...any) (cells []string) {
	s.t.Helper()
	conn, err := pgx.Connect(s.t.Context(), s.address(database))
	if err != nil {
		s.t.Fatal(err)
	}
	defer conn.Close(s.t.Context())
	rows, err := conn.Query(s.t.Context(), sql, args...)
	if err != nil {
		s.t.Fatalf("%s: %v", sql, err)
	}
	for rows.Next() {
		values, err := rows.Values()
		if err != nil {
			s.t.Fatal(err)
		}
		for _, v := range values {
			cells = append(cells, fmt.Sprint(v))
		}
	}
	if err := rows.Err(); err != nil {
		s.t.Fatalf("%s: %v", sql, err)
	}
	return cells
}

// load loads an export into a new database.
func (s *server) load(database, export string, env ...string) {
	s.t.Helper()
	s.ask("postgres", "CREATE DATABASE "+database)
	s.reload(s.address(database), export, env...)
}

func (s *server) reload(address, export string, env ...string) {
	s.t.Helper()
	cmd := exec.Command(filepath.Join(export, "load.sh"), address)
	cmd.Env = append(append(os.Environ(), "PATH="+binaries()+":"+os.Getenv("PATH")), env...)
	if out, err := cmd.CombinedOutput(); err != nil {
		s.t.Fatalf("load.sh: %v\n%s", err, out)
	}
}
