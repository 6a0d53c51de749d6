package main

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"io/fs"
	"maps"
	"path/filepath"
	"slices"

	"github.com/spf13/cobra"

	"mingxi/cmd/mingxi/ingest"
	"mingxi/corpus/store"
	"mingxi/schema"
)

// statsOptions are the flags of stats.
type statsOptions struct {
	corpus   string
	failures bool
	json     bool
}

func statsCommand(p *program) *cobra.Command {
	var o statsOptions
	c := p.command("stats -c DIR",
		p.text("what is in a corpus", "语料库里有什么"),
		p.text(`Stats counts the sources, documents and figures of a corpus, its near-copies and
failures, and the space that it takes. With --failures it lists the files that
could not be read, with the reasons, as CSV.`,
			`stats 统计语料库里的来源、文件、数字、近似副本和失败数,以及占用的空间。加 --failures
则列出不能读的文件及其原因(CSV)。`),
		`
  mingxi stats -c corpus.mx
  mingxi stats -c corpus.mx --json
  mingxi stats -c corpus.mx --failures > failures.csv`)
	c.Args = cobra.NoArgs
	p.corpusFlag(c, &o.corpus)
	c.Flags().BoolVar(&o.failures, "failures", false, p.text("list the files that failed, and why", "列出失败的文件和原因"))
	c.Flags().BoolVar(&o.json, "json", false, p.text("as JSON", "用 JSON 格式"))
	c.RunE = func(c *cobra.Command, args []string) error { return runStats(c.Context(), p, o) }
	return c
}

func runStats(ctx context.Context, p *program, o statsOptions) error {
	s, err := store.Open(ctx, o.corpus)
	if err != nil {
		return p.hint(err)
	}
	defer s.Close()
	if o.failures {
		return printFailures(ctx, p, o, s)
	}
	c, err := s.Stats(ctx)
	if err == nil {
		c.Damage, err = s.Damage(ctx)
	}
	if err != nil {
		return p.hint(err)
	}
	space := indexBytesOn(ingest.IndexDir(o.corpus))
	if o.json {
		return printJSON(p, struct {
			store.Stats
			Index int64 `json:"index_bytes"`
		}{c, space})
	}
	return printStats(p, c, space)
}

func printJSON(p *program, v any) error {
	e := json.NewEncoder(p.out)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	return e.Encode(v)
}

func printStats(p *program, c store.Stats, index int64) error {
	out := newPainter(p.out)
	for _, line := range []struct {
		en, zh string
		n      any
	}{
		{"sources", "来源", c.Sources},
		{"documents", "文件", c.Documents},
		{"articles", "篇", c.Articles},
		{"figures", "数字", c.Figures},
		{"  masked", "  被遮盖", c.Masked},
		{"  suspect", "  可疑", c.Suspect},
		{"  repaired", "  已修复", c.Repaired},
		{"near-copies", "近似副本", c.Copies},
		{"failed", "失败", c.Failures},
		{"to be indexed", "待索引", c.Unindexed},
		{"to be extracted", "待提取", c.Stale},
		{"text", "正文", megabytes(c.TextBytes)},
		{"database", "数据库", megabytes(c.Database)},
		{"index", "索引", megabytes(index)},
	} {
		fmt.Fprintf(out, "%s %v\n", padRight(p.text(line.en, line.zh), 16), line.n)
	}
	for _, name := range slices.Sorted(maps.Keys(c.Programs)) { // the rules may have changed since
		fmt.Fprintf(out, "%s %s: %d\n", padRight(p.text("read by", "提取所用版本"), 16), cmp.Or(name, p.text("a version that did not note it", "未注明版本")), c.Programs[name])
	}
	return out.Flush()
}

func megabytes(n int64) string { return fmt.Sprintf("%.1f MB", float64(n)/1e6) }

func printFailures(ctx context.Context, p *program, o statsOptions, s *store.Store) error {
	list, err := s.Failures(ctx)
	if err != nil {
		return p.hint(err)
	}
	if o.json {
		if list == nil {
			list = []store.Failure{}
		}
		return printJSON(p, list)
	}
	var rows [][]schema.Cell
	for _, f := range list {
		rows = append(rows, schema.TextCells(f.Path, p.lang().Message(f.Reason)))
	}
	return asPrinted.write(p, "failures", columnsNamed("path", "reason"), rows)
}

// indexBytesOn is the space that the index takes; 0 where there is none.
func indexBytesOn(dir string) (n int64) {
	filepath.WalkDir(dir, func(_ string, e fs.DirEntry, err error) error {
		if err != nil {
			return nil
		}
		if info, err := e.Info(); err == nil && info.Mode().IsRegular() {
			n += info.Size()
		}
		return nil
	})
	return n
}
