package main

import (
	"bytes"
	"context"
	"fmt"
	"math/rand/v2"
	"net"
	"os"
	"os/exec"
	"os/user"
	"path/filepath"
	"reflect"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"mingxi/bench/gen"
	"mingxi/cmd/mingxi/ingest"
	"mingxi/corpus/fold"
	"mingxi/corpus/store"
	"mingxi/index"
	"mingxi/index/query"
)

// A cluster is a real Slurm of this machine: a controller and four nodes, on loopback.
type cluster struct {
	t   *testing.T
	dir string
}

// daemon finds a program of Slurm, and skips the test where it is not installed.
func daemon(t *testing.T, name string) string {
	t.Helper()
	for _, try := range []string{name, "/usr/sbin/" + name} {
		if path, err := exec.LookPath(try); err == nil {
			return path
		}
	}
	t.Skipf("no %s: apt-get install slurmctld slurmd slurm-client munge", name)
	return ""
}

// newCluster starts Slurm and waits until all nodes are idle.
func newCluster(t *testing.T, nodes int) *cluster {
	munged, mungekey := daemon(t, "munged"), daemon(t, "mungekey")
	slurmctld, slurmd := daemon(t, "slurmctld"), daemon(t, "slurmd")
	daemon(t, "sbatch")
	dir, err := os.MkdirTemp("", "slurm") // short: it holds a socket
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { os.RemoveAll(dir) })
	c := &cluster{t, dir}
	for _, name := range []string{dir, filepath.Join(dir, "state")} {
		if err := os.MkdirAll(name, 0o755); err != nil {
			t.Fatal(err)
		}
	}
	if out, err := exec.Command(mungekey, "--create", "--keyfile="+c.file("key")).CombinedOutput(); err != nil {
		t.Fatalf("mungekey: %v\n%s", err, out)
	}
	conf := c.file("slurm.conf")
	if err := os.WriteFile(conf, []byte(c.conf(nodes)), 0o644); err != nil {
		t.Fatal(err)
	}
	t.Setenv("SLURM_CONF", conf)
	c.start(munged, "--foreground", "--force", "--key-file="+c.file("key"), "--socket="+c.file("munge.sock"),
		"--pid-file="+c.file("munge.pid"), "--log-file="+c.file("munge.log"), "--seed-file="+c.file("munge.seed"))
	c.wait("munged", func() bool { _, err := os.Stat(c.file("munge.sock")); return err == nil })
	c.start(slurmctld, "-D", "-f", conf)
	for n := range nodes {
		c.start(slurmd, "-D", "-N", fmt.Sprint("n", n), "-f", conf)
	}
	c.wait("idle nodes", func() bool {
		out, err := exec.Command("sinfo", "-h", "-N", "-t", "idle").Output()
		return err == nil && bytes.Count(out, []byte("\n")) == nodes
	})
	return c
}

func (c *cluster) file(name string) string { return filepath.Join(c.dir, name) }

// conf is slurm.conf: daemons of this user, jobs of one node each.
func (c *cluster) conf(nodes int) string {
	host, err := os.Hostname()
	if err != nil {
		c.t.Fatal(err)
	}
	host, _, _ = strings.Cut(host, ".")
	me, err := user.Current()
	if err != nil {
		c.t.Fatal(err)
	}
	var b strings.Builder
	fmt.Fprintf(&b, `ClusterName=mingxi
SlurmctldHost=%[1]s(127.0.0.1)
SlurmctldPort=%[2]d
SlurmUser=%[3]s
SlurmdUser=%[3]s
AuthType=auth/munge
AuthInfo=socket=%[4]s/munge.sock
StateSaveLocation=%[4]s/state
SlurmdSpoolDir=%[4]s/spool.%%n
SlurmctldPidFile=%[4]s/slurmctld.pid
SlurmdPidFile=%[4]s/slurmd.%%n.pid
ProctrackType=proctrack/pgid
TaskPlugin=task/none
SelectType=select/linear
MpiDefault=none
SwitchType=switch/none
ReturnToService=2
SlurmdParameters=config_overrides
SchedulerParameters=batch_sched_delay=0,sched_min_interval=0
`, host, freePort(c.t), me.Username, c.dir)
	for n := range nodes {
		fmt.Fprintf(&b, "NodeName=n%d NodeHostname=%s NodeAddr=127.0.0.1 Port=%d CPUs=1\n", n, host, freePort(c.t))
	}
	b.WriteString("PartitionName=all Nodes=ALL Default=YES State=UP\n")
	return b.String()
}

func freePort(t *testing.T) int {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	return l.Addr().(*net.TCPAddr).Port
}

// start starts a daemon, and ends it with the test.
func (c *cluster) start(name string, args ...string) {
	log, err := os.OpenFile(c.file("daemons.log"), os.O_CREATE|os.O_APPEND|os.O_WRONLY, 0o644)
	if err != nil {
		c.t.Fatal(err)
	}
	d := exec.Command(name, args...)
	d.Stdout, d.Stderr = log, log
	if err := d.Start(); err != nil {
		c.t.Fatal(err)
	}
	c.t.Cleanup(func() {
		d.Process.Signal(syscall.SIGTERM)
		stuck := time.AfterFunc(10*time.Second, func() { d.Process.Kill() })
		d.Wait()
		stuck.Stop()
		log.Close()
	})
}

// wait asks again and again until something has come about.
func (c *cluster) wait(what string, done func() bool) {
	c.t.Helper()
	ctx, cancel := context.WithTimeout(c.t.Context(), 5*time.Minute)
	defer cancel()
	again := time.NewTicker(20 * time.Millisecond)
	defer again.Stop()
	for !done() {
		select {
		case <-again.C:
		case <-ctx.Done():
			log, _ := os.ReadFile(c.file("daemons.log"))
			c.t.Fatalf("no %s; the daemons say:\n%s", what, log)
		}
	}
}

// finish waits until the queue is empty.
func (c *cluster) finish() {
	c.wait("empty queue", func() bool {
		out, err := exec.Command("squeue", "-h").Output()
		return err == nil && len(bytes.TrimSpace(out)) == 0
	})
}

// kill kills the process that works on a shard, with -9.
func (c *cluster) kill(run string, shard int) {
	c.t.Helper()
	c.wait("process at work on the shard", func() bool {
		at, _ := filepath.Glob(filepath.Join(run, "*", fmt.Sprintf(".part-%05d-*", shard), store.Database))
		if len(at) == 0 {
			return false
		}
		name := strings.Split(filepath.Base(filepath.Dir(at[0])), "-")
		pid, err := strconv.Atoi(name[len(name)-2])
		return err == nil && syscall.Kill(pid, syscall.SIGKILL) == nil
	})
}

// reportsIn writes reports that nobody wrote.
func reportsIn(t *testing.T, dir string, n int) {
	t.Helper()
	source := gen.New(16)
	for i := range n {
		r := source.Report(i)
		path := filepath.Join(dir, r.Name)
		if err := os.MkdirAll(filepath.Dir(path), 0o777); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(r.Text), 0o666); err != nil {
			t.Fatal(err)
		}
	}
}

// failing runs the program, which must end with 2, and returns what it says.
func failing(t *testing.T, args ...string) string {
	t.Helper()
	out, err := exec.Command("mingxi", args...).CombinedOutput()
	if e, ok := err.(*exec.ExitError); !ok || e.ExitCode() != exitUsage {
		t.Fatalf("mingxi %s: %v\n%s", strings.Join(args, " "), err, out)
	}
	return string(out)
}

// A job array of a real Slurm takes in 2,000 reports. One of its tasks is killed; merge
// names it, and the same command does it again. The merged corpus is that of one process:
// the same bytes, the same hits in the same order, and those that a count of substrings
// finds.
func TestSlurm(t *testing.T) {
	const shards, killed = 8, 3
	c := newCluster(t, 4)
	reports, run := filepath.Join(c.dir, "reports"), filepath.Join(c.dir, "a run")
	reportsIn(t, reports, 2000)
	mingxi(t, "plan", "-q", reports, "--shards", strconv.Itoa(shards), "--out", run)
	submit := []string{"submit", "--run", run, "--engine", "slurm", "--max-running", "4"}
	if said := mingxi(t, submit...); !bytes.Contains(said, []byte("Submitted batch job")) {
		t.Errorf("sbatch says %s", said)
	}
	c.kill(run, killed)
	c.finish()
	merged, single := filepath.Join(c.dir, "merged"), filepath.Join(c.dir, "single")
	if said := failing(t, "merge", "--run", run, "-c", merged); !strings.Contains(said, fmt.Sprintf("1 of %d shards are not done: %d\n", shards, killed)) {
		t.Errorf("merge says %s", said)
	}
	mingxi(t, submit...)
	c.finish()
	mingxi(t, "merge", "-q", "--run", run, "-c", merged)
	mingxi(t, "ingest", "-q", reports, "-c", single)
	if !bytes.Equal(mingxi(t, "export", "-c", merged), mingxi(t, "export", "-c", single)) {
		t.Error("the merged corpus has other rows")
	}
	sameAnswers(t, merged, single, 200)
}

// sameAnswers asks two corpora for substrings of their texts, and compares what they
// find with one another and with a count.
func sameAnswers(t *testing.T, a, b string, queries int) {
	t.Helper()
	texts := map[string]string{}
	var ids []string
	var in [2]*index.Index
	for i, dir := range []string{a, b} {
		s, err := store.Open(t.Context(), dir)
		if err != nil {
			t.Fatal(err)
		}
		defer s.Close()
		if in[i], err = ingest.OpenIndex(t.Context(), s); err != nil {
			t.Fatal(err)
		}
		defer in[i].Close()
		for l, err := range s.Documents(t.Context()) {
			if err != nil {
				t.Fatal(err)
			}
			if i == 0 {
				texts[l.Ref.ID] = fold.String(l.Document.Text)
				ids = append(ids, l.Ref.ID)
			}
		}
	}
	r := rand.New(rand.NewPCG(1, 2))
	for range queries {
		text := []rune(texts[ids[r.IntN(len(ids))]])
		n := 1 + r.IntN(6)
		at := r.IntN(len(text) - n)
		asked := string(text[at : at+n])
		var hits [2][]index.Hit
		for i := range in {
			res, err := in[i].Search(t.Context(), query.Phrase{Text: asked, Exact: true}, index.SearchOptions{})
			if err != nil {
				t.Fatal(err)
			}
			hits[i] = res.Hits(0, -1)
		}
		if !reflect.DeepEqual(hits[0], hits[1]) {
			t.Errorf("%q: %d hits and %d, or in another order", asked, len(hits[0]), len(hits[1]))
		}
		found := map[string]bool{}
		for _, h := range hits[0] {
			found[h.DocID] = true
		}
		for id, text := range texts {
			if strings.Contains(text, asked) != found[id] {
				t.Errorf("%q in %s: found %v", asked, id, found[id])
			}
		}
	}
}
