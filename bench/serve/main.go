// Command serve measures how long readers of the pages wait: so many at a time, each
// asking once in five seconds, for a page of results or for a document. It prints the
// table of bench/serve.md.
//
//	go build -o /tmp/mingxi ./cmd/mingxi
//	go run ./bench/ingest -reports -n 5000 -dir /tmp/page
//	/tmp/mingxi ingest /tmp/page/reports -c /tmp/page/corpus.mx
//	go run ./bench/serve -mingxi /tmp/mingxi -corpus /tmp/page/corpus.mx
//
// With -ingest DIR an ingest of that folder runs meanwhile, into the corpus: take
// a copy.
package main

import (
	"bufio"
	"context"
	"flag"
	"fmt"
	"io"
	"math/rand/v2"
	"net/http"
	"net/url"
	"os"
	"os/exec"
	"regexp"
	"slices"
	"strings"
	"sync"
	"syscall"
	"time"
)

func main() {
	program := flag.String("mingxi", "mingxi", "the program")
	corpus := flag.String("corpus", "", "the corpus")
	folder := flag.String("ingest", "", "a folder to take in meanwhile")
	readers := flag.Int("readers", 20, "at a time")
	seconds := flag.Int("seconds", 60, "how long")
	flag.Parse()
	if err := run(*program, *corpus, *folder, *readers, time.Duration(*seconds)*time.Second); err != nil {
		fmt.Fprintln(os.Stderr, "serve:", err)
		os.Exit(1)
	}
}

// queries are what the readers ask, in turn.
var queries = []string{"低保", "城市低保 发放", "救灾 ~ 资金", "label:低保 kind:standard", "医疗救助 year:2010..2015", "title:民政局", "五保 -集中", "value:>100万元 unit:元", "敬老院", "低保 OR 五保"}

func run(program, corpus, folder string, readers int, long time.Duration) error {
	ctx, stop := context.WithCancel(context.Background())
	defer stop()
	server := exec.CommandContext(ctx, program, "serve", "-c", corpus, "--address", "127.0.0.1:0")
	server.Cancel = func() error { return server.Process.Signal(syscall.SIGTERM) }
	server.Stderr = os.Stderr
	out, err := server.StdoutPipe()
	if err != nil {
		return err
	}
	if err := server.Start(); err != nil {
		return err
	}
	line, err := bufio.NewReader(out).ReadString('\n')
	if err != nil {
		return err
	}
	base := strings.TrimSuffix(strings.TrimSpace(line), "/")
	documents, err := documentsOf(base)
	if err != nil {
		return err
	}
	if folder != "" {
		ingest := exec.CommandContext(ctx, program, "ingest", "-q", folder, "-c", corpus)
		if err := ingest.Start(); err != nil {
			return err
		}
		defer ingest.Process.Kill()
	}
	var mu sync.Mutex
	waited := map[string][]time.Duration{}
	var all sync.WaitGroup
	end := time.Now().Add(long)
	for i := range readers {
		all.Go(func() {
			r := rand.New(rand.NewPCG(1, uint64(i)))
			time.Sleep(5 * time.Second * time.Duration(i) / time.Duration(readers)) // they do not come all at once
			for n := i; time.Now().Before(end); n++ {
				kind, address := "results", base+"/?q="+url.QueryEscape(queries[n%len(queries)])
				switch n % 3 {
				case 1:
					kind, address = "figures", address+"&as=figures"
				case 2:
					kind, address = "document", base+documents[r.IntN(len(documents))]
				}
				begin := time.Now()
				if err := ask(address); err != nil {
					fmt.Fprintln(os.Stderr, address, err)
				}
				took := time.Since(begin)
				mu.Lock()
				waited[kind] = append(waited[kind], took)
				mu.Unlock()
				time.Sleep(max(0, 5*time.Second-took))
			}
		})
	}
	all.Wait()
	fmt.Println("| page | requests | p50 ms | p99 ms | longest ms |\n|---|--:|--:|--:|--:|")
	for _, kind := range []string{"results", "figures", "document"} {
		list := waited[kind]
		slices.Sort(list)
		at := func(share float64) int64 { return list[min(len(list)-1, int(share*float64(len(list))))].Milliseconds() }
		fmt.Printf("| %s | %d | %d | %d | %d |\n", kind, len(list), at(0.5), at(0.99), list[len(list)-1].Milliseconds())
	}
	stop()
	server.Wait()
	if usage, ok := server.ProcessState.SysUsage().(*syscall.Rusage); ok {
		fmt.Printf("\nThe server used %d MB of memory at most, and %.1f seconds of processors.\n", usage.Maxrss/1024,
			(server.ProcessState.UserTime() + server.ProcessState.SystemTime()).Seconds())
	}
	return nil
}

func ask(address string) error {
	res, err := http.Get(address)
	if err != nil {
		return err
	}
	defer res.Body.Close()
	if _, err := io.Copy(io.Discard, res.Body); err != nil {
		return err
	}
	if res.StatusCode != http.StatusOK {
		return fmt.Errorf("%s", res.Status)
	}
	return nil
}

var link = regexp.MustCompile(`href="(/doc/[0-9a-f]+)`)

// documentsOf are the addresses of some documents.
func documentsOf(base string) (list []string, err error) {
	for page := 1; page <= 10; page++ {
		res, err := http.Get(fmt.Sprintf("%s/?sort=order&page=%d", base, page))
		if err != nil {
			return nil, err
		}
		body, err := io.ReadAll(res.Body)
		res.Body.Close()
		if err != nil {
			return nil, err
		}
		for _, m := range link.FindAllSubmatch(body, -1) {
			list = append(list, string(m[1]))
		}
	}
	if len(list) == 0 {
		return nil, fmt.Errorf("no documents")
	}
	return list, nil
}
