package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"net"
	"os"
	"strings"

	"github.com/spf13/cobra"

	"mingxi/cmd/mingxi/web"
)

// serveOptions are the flags of serve.
type serveOptions struct {
	corpus      string
	address     string
	edit        bool
	auth        string
	cert, key   string
	proxied     bool
	hosts       []string
	newPassword string
}

func serveCommand(p *program) *cobra.Command {
	var o serveOptions
	c := p.command("serve -c DIR",
		p.text("search, read, check and export a corpus in a browser", "用浏览器检索、阅读、核对、导出语料库"),
		p.text(`Serve shows a corpus in a browser: search and facets, documents with their figures
marked, why each was read so, indicators and panels, exports. It answers on this
machine alone, prints the address and opens nothing by itself; Ctrl-C ends it. An
ingest may run meanwhile: what its index has is found within a second.

With --edit readers may correct what was read; what they say is kept beside the
corpus and shown in the column corrected. Beyond this machine it answers only those
in --auth FILE (lines NAME:HASH of bcrypt, made by --new-password or htpasswd -B),
and over TLS, or behind a proxy that has it (--behind-proxy). docs/serve.md has the rest.`,
			`serve 让语料库可以用浏览器查看:检索和分面、标出数字的正文、每个数字的依据、指标与
面板、导出。它只在本机应答,打印出地址,不会自己打开浏览器;按 Ctrl-C 结束。其间可以
继续入库,进了索引的一秒内就能查到。

加 --edit 则读者可以更正读出的内容;更正另存于语料库旁,显示在 corrected 列。要让别的
机器访问,必须用 --auth 文件(每行 名称:bcrypt 哈希,可用 --new-password 或 htpasswd -B
生成),并用 TLS,或放在有 TLS 的代理之后(--behind-proxy)。详见 docs/serve.zh-CN.md。`),
		`
  mingxi serve -c corpus.mx
  mingxi serve -c corpus.mx --edit                     # readers may correct · 允许更正
  mingxi serve --new-password 张三 >> users            # asks for the password on stdin · 从标准输入读密码
  mingxi serve -c corpus.mx --address 0.0.0.0:8017 --auth users --tls-cert cert.pem --tls-key key.pem --host data.example.org`)
	c.Args = cobra.NoArgs
	p.corpusFlag(c, &o.corpus)
	f := c.Flags()
	f.StringVar(&o.address, "address", "127.0.0.1:8017", p.text("where to listen; port 0 is any that is free", "监听的地址;端口为 0 则任选一个空闲的"))
	f.BoolVar(&o.edit, "edit", false, p.text("let readers correct figures, regions and years", "允许读者更正数字、地区和年份"))
	f.StringVar(&o.auth, "auth", "", p.text("file of those who may look: NAME:HASH of bcrypt, one a line", "允许访问者的文件,每行 名称:bcrypt 哈希"))
	f.StringVar(&o.cert, "tls-cert", "", p.text("certificate of the server, PEM", "服务器证书(PEM)"))
	f.StringVar(&o.key, "tls-key", "", p.text("its key, PEM", "证书的密钥(PEM)"))
	f.BoolVar(&o.proxied, "behind-proxy", false, p.text("a proxy in front has TLS", "前面有带 TLS 的代理"))
	f.StringSliceVar(&o.hosts, "host", nil, p.text("a name by which the server is reached, with its port unless it is 443", "访问时使用的主机名,端口不是 443 时带上端口"))
	f.StringVar(&o.newPassword, "new-password", "", p.text("read a password from stdin and print the line of this user for --auth", "从标准输入读密码,输出该用户用于 --auth 的一行"))
	p.vocabularyFlags(c)
	p.wordsFlag(c)
	need := c.PreRunE
	c.PreRunE = func(c *cobra.Command, args []string) error {
		if o.newPassword != "" {
			return nil
		}
		return need(c, args)
	}
	c.RunE = func(c *cobra.Command, _ []string) error {
		if o.newPassword != "" {
			return p.printPassword(o.newPassword)
		}
		return runServe(c.Context(), p, o)
	}
	return c
}

// printPassword prints the line of a user.
func (p *program) printPassword(user string) error {
	if terminal(p.err) {
		fmt.Fprint(p.err, p.text("password: ", "密码:"))
	}
	in := bufio.NewScanner(p.in)
	in.Scan()
	line, err := web.Line(user, in.Text())
	if err != nil {
		return usageError{errors.New(p.text("want a name without colons and a password of 8 to 72 bytes", "名称不能含冒号,密码应为 8 至 72 字节"))}
	}
	fmt.Fprintln(p.out, line)
	return nil
}

func runServe(ctx context.Context, p *program, o serveOptions) error {
	users, err := p.checkServe(o)
	if err != nil {
		return usageError{err}
	}
	l, err := net.Listen("tcp", o.address)
	if err != nil {
		return err
	}
	defer l.Close()
	s, err := web.New(ctx, web.Options{Dir: o.corpus, Hosts: append(hosts(l.Addr()), o.hosts...), Edit: o.edit, Users: users, Proxied: o.proxied,
		Indicators: p.lists, Words: p.words.entries, ZH: p.zh, Log: func(line string) { p.say("%s", line) }})
	if err != nil {
		return p.hint(err)
	}
	defer s.Close()
	scheme := "http"
	if o.cert != "" {
		scheme = "https"
	}
	fmt.Fprintf(p.out, "%s://%s/\n", scheme, l.Addr())
	return s.Serve(ctx, l, o.cert, o.key)
}

// checkServe refuses to answer where others could ask who should not, and reads who may.
func (p *program) checkServe(o serveOptions) (*web.Users, error) {
	host, _, err := net.SplitHostPort(o.address)
	if err != nil {
		return nil, fmt.Errorf(p.text("--address %q: want HOST:PORT, such as 127.0.0.1:8017", "--address %q:应为 主机:端口,如 127.0.0.1:8017"), o.address)
	}
	if (o.cert == "") != (o.key == "") {
		return nil, errors.New(p.text("--tls-cert and --tls-key go together", "--tls-cert 和 --tls-key 要一起用"))
	}
	ip := net.ParseIP(host)
	own := host == "localhost" || ip != nil && ip.IsLoopback()
	switch {
	case !own && o.auth == "":
		return nil, errors.New(p.text("beyond this machine only those in --auth FILE are answered; without it: --address 127.0.0.1:PORT", "要让别的机器访问,必须用 --auth 文件;否则请用 --address 127.0.0.1:端口"))
	case !own && o.cert == "" && !o.proxied:
		return nil, errors.New(p.text("beyond this machine passwords need TLS: --tls-cert and --tls-key, or --behind-proxy", "要让别的机器访问,密码须经 TLS:请用 --tls-cert 和 --tls-key,或 --behind-proxy"))
	case o.proxied && o.auth == "":
		return nil, errors.New(p.text("behind a proxy only those in --auth FILE are answered", "在代理之后必须用 --auth 文件"))
	case o.auth == "":
		return nil, nil
	}
	text, err := os.ReadFile(o.auth)
	if err != nil {
		return nil, err
	}
	return web.ParseUsers(o.auth, string(text))
}

// hosts are the names by which a server is reached without --host.
func hosts(a net.Addr) []string {
	port := a.String()[strings.LastIndexByte(a.String(), ':'):]
	return []string{a.String(), "localhost" + port, "127.0.0.1" + port, "[::1]" + port}
}
