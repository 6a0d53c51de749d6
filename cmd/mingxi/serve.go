package main

import (
	"context"
	"errors"
	"fmt"
	"net"
	"strings"

	"github.com/spf13/cobra"

	"mingxi/cmd/mingxi/web"
)

// serveOptions are the flags of serve.
type serveOptions struct {
	corpus  string
	address string
}

func serveCommand(p *program) *cobra.Command {
	var o serveOptions
	c := p.command("serve -c DIR",
		p.text("search, read and export a corpus in a browser", "用浏览器检索、阅读、导出语料库"),
		p.text(`Serve shows a corpus in a browser: search and facets, documents with their figures
marked, exports. It answers on this machine alone, prints the address and opens
nothing by itself; Ctrl-C ends it. An ingest may run meanwhile: what it commits is
seen within a second.`,
			`serve 让语料库可以用浏览器查看:检索和分面、标出数字的正文、导出。它只在本机应答,
打印出地址,不会自己打开浏览器;按 Ctrl-C 结束。其间可以继续入库,提交后一秒内就能看到。`),
		`
  mingxi serve -c corpus.mx
  mingxi serve -c corpus.mx --address 127.0.0.1:9000`)
	c.Args = cobra.NoArgs
	p.corpusFlag(c, &o.corpus)
	c.Flags().StringVar(&o.address, "address", "127.0.0.1:8017", p.text("where to listen; port 0 is any that is free", "监听的地址;端口为 0 则任选一个空闲的"))
	p.vocabularyFlags(c)
	p.wordsFlag(c)
	c.RunE = func(c *cobra.Command, _ []string) error { return runServe(c.Context(), p, o) }
	return c
}

func runServe(ctx context.Context, p *program, o serveOptions) error {
	if err := p.checkAddress(o.address); err != nil {
		return usageError{err}
	}
	l, err := net.Listen("tcp", o.address)
	if err != nil {
		return err
	}
	defer l.Close()
	s, err := web.New(ctx, web.Options{Dir: o.corpus, Hosts: hosts(l.Addr()), Indicators: p.lists, Words: p.words.entries, ZH: p.zh,
		Log: func(line string) { p.say("%s", line) }})
	if err != nil {
		return p.hint(err)
	}
	defer s.Close()
	fmt.Fprintf(p.out, "http://%s/\n", l.Addr())
	return s.Serve(ctx, l, "", "")
}

// checkAddress refuses to listen where others could ask.
func (p *program) checkAddress(address string) error {
	host, _, err := net.SplitHostPort(address)
	if err != nil {
		return fmt.Errorf(p.text("--address %q: want HOST:PORT, such as 127.0.0.1:8017", "--address %q:应为 主机:端口,如 127.0.0.1:8017"), address)
	}
	if ip := net.ParseIP(host); host != "localhost" && (ip == nil || !ip.IsLoopback()) {
		return errors.New(p.text("only this machine can be served: --address 127.0.0.1:PORT", "只能在本机提供服务:--address 127.0.0.1:端口"))
	}
	return nil
}

// hosts are the names by which a server on this machine is reached.
func hosts(a net.Addr) []string {
	_, port, _ := strings.Cut(a.String(), "]:")
	if port == "" {
		_, port, _ = strings.Cut(a.String(), ":")
	}
	return []string{a.String(), "localhost:" + port, "127.0.0.1:" + port, "[::1]:" + port}
}
