package main

// This file chooses what answers searches: a corpus of this machine, or a store elsewhere.

import (
	"context"
	"errors"

	"github.com/spf13/cobra"

	"mingxi/cmd/mingxi/backend"
	"mingxi/cmd/mingxi/find"
	"mingxi/cmd/mingxi/ingest"
	"mingxi/cmd/mingxi/say"
	"mingxi/corpus/store"
	"mingxi/extract/indicator"
	"mingxi/index"
	"mingxi/index/query"
)

// An engine answers searches.
type engine interface {
	Search(ctx context.Context, r find.Request) (*find.Result, error)
	ProgramOf(ctx context.Context) (func(docID string) string, error)
	Reader(ctx context.Context) *say.Reader // of plain words; nil if it reads none
	Close() error
}

// engineFlags are -c and --backend, of which a command wants one.
func (p *program) engineFlags(c *cobra.Command, dir, address *string) {
	p.corpusFlag(c, dir)
	c.Flags().StringVar(address, "backend", "", p.text("instead of -c: a corpus in PostgreSQL, postgres://host1,host2/database", "代替 -c:PostgreSQL 里的语料库,postgres://主机1,主机2/数据库"))
	here := c.PreRunE
	c.PreRunE = func(c *cobra.Command, args []string) error {
		switch {
		case *address == "":
			return here(c, args)
		case c.Flags().Changed("corpus"):
			return usageError{errors.New(p.text("-c or --backend, not both", "-c 和 --backend 只能用一个"))}
		}
		return nil
	}
}

// openEngine opens the corpus in dir, with it those in also, or the store with an address.
func (p *program) openEngine(ctx context.Context, dir, address string, also ...string) (engine, error) {
	switch {
	case address != "":
		return p.openBackend(ctx, address)
	case len(also) > 0:
		return p.openAll(ctx, append([]string{dir}, also...))
	}
	s, err := store.Open(ctx, dir)
	if err != nil {
		return nil, p.hint(err)
	}
	ix, err := ingest.OpenIndex(ctx, s)
	if err != nil {
		return nil, errors.Join(p.hintKeeper(err, dir), s.Close())
	}
	p.tellWaiting(ctx, s)
	return local{s, ix}, nil
}

func (p *program) openBackend(ctx context.Context, address string) (*backend.Client, error) {
	c, err := backend.Open(ctx, address)
	if e := (*backend.Error)(nil); errors.As(err, &e) && e.Kind == backend.Usage {
		err = usageError{err}
	}
	return c, p.hintBackend(err)
}

// A local is a corpus of this machine with its index.
type local struct {
	*store.Store
	index *index.Index
}

func (l local) Search(ctx context.Context, r find.Request) (*find.Result, error) {
	return find.Search(ctx, l.Store, l.index, r)
}

func (l local) Reader(ctx context.Context) *say.Reader {
	return find.Reader(ctx, l.index, indicator.New(indicator.Builtin()))
}

func (l local) Close() error { return errors.Join(l.index.Close(), l.Store.Close()) }

// tellWaiting says how many documents a search cannot find yet.
func (p *program) tellWaiting(ctx context.Context, s *store.Store) {
	if n, err := s.Waiting(ctx); err == nil && n > 0 {
		p.summary(p.text("%d documents are not in the index yet and may be missing below; ingest takes them in", "%d 份文件尚未收入索引,下面可能缺少;ingest 会补上"), n)
	}
}

// tellLiteral says that plain words are sought as they stand.
func (p *program) tellLiteral(q query.Query) {
	if _, beside, plain := say.Plain(q); plain && beside == nil {
		p.summary("%s", p.text("with --backend and with several -c plain words are sought as they stand, as with --literal", "用 --backend 或几个 -c 时,普通的话按原样检索,如同加了 --literal"))
	}
}

// hintBackend adds to an error of a store elsewhere what can be done about it.
func (p *program) hintBackend(err error) error {
	var e *backend.Error
	var done hinted
	if !errors.As(err, &e) || errors.As(err, &done) {
		return err
	}
	for _, h := range []struct {
		kind   backend.Kind
		en, zh string
	}{
		{backend.Refused, "see that it runs and listens there: pg_isready -h HOST -p PORT; several hosts may be named: postgres://h1,h2/database", "请检查它是否在运行、是否监听该地址:pg_isready -h 主机 -p 端口;可以写几台主机:postgres://h1,h2/数据库"},
		{backend.Denied, "name user and database: postgres://USER@HOST/DATABASE; a password goes into ~/.pgpass or PGPASSWORD", "请写明用户和数据库:postgres://用户@主机/数据库;密码写在 ~/.pgpass 或环境变量 PGPASSWORD 里"},
		{backend.Rights, "load with READER=role postgres/load.sh …, or as the owner: GRANT USAGE ON SCHEMA mingxi TO role; GRANT SELECT ON ALL TABLES IN SCHEMA mingxi TO role", "装载时加 READER=角色,或由属主执行:GRANT USAGE ON SCHEMA mingxi TO 角色; GRANT SELECT ON ALL TABLES IN SCHEMA mingxi TO 角色"},
		{backend.None, "'mingxi export -c DIR -o postgres/' and 'postgres/load.sh postgres://HOST/DATABASE' load one", "用 “mingxi export -c 目录 -o postgres/” 和 “postgres/load.sh postgres://主机/数据库” 装入"},
		{backend.Other, "load it again with this version: 'mingxi export -c DIR -o postgres/', then 'postgres/load.sh postgres://HOST/DATABASE'", "请用本版本重新装载:先 “mingxi export -c 目录 -o postgres/”,再 “postgres/load.sh postgres://主机/数据库”"},
		{backend.Shard, "nothing is counted while a part is missing; start that server and ask again", "缺一部分时不给出任何计数;请启动该服务器后再查"},
		{backend.Mixed, "load the same export into all parts, then run its shards.sql in front again", "请把同一份导出装入各部分,再在前端库重新运行其中的 shards.sql"},
		{backend.Changed, "run it again", "请再运行一次"},
		{backend.Missing, "in the directory of the project, 'go build -C cmd/mingxi-postgres -o DIR/' puts it into a directory of the PATH", "在项目目录里用 “go build -C cmd/mingxi-postgres -o 目录/” 装到 PATH 里的某个目录"},
		{backend.Skew, "build both from the same source", "请用同一份源代码编译二者"},
	} {
		if h.kind == e.Kind {
			return hinted{err, p.text(h.en, h.zh)}
		}
	}
	return err
}
