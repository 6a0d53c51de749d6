package main

// This file is export -o postgres/: a corpus for a PostgreSQL database.

import (
	"context"
	"errors"

	"mingxi/cmd/mingxi/pipeline"
	"mingxi/cmd/mingxi/postgres"
	"mingxi/corpus/store"
	"mingxi/schema"
)

func exportPostgres(ctx context.Context, p *program, o exportOptions, s *store.Store, refs []store.Ref) error {
	if o.sure != "" || o.encoding != "" {
		return usageError{errors.New(p.text("--min-confidence and --encoding are of tables: -o postgres/ takes the whole corpus, in UTF-8",
			"--min-confidence 和 --encoding 用于表格:-o postgres/ 写出整个语料库,用 UTF-8"))}
	}
	stands, err := s.Representatives(ctx)
	if err != nil {
		return p.hint(err)
	}
	w, err := postgres.Create(o.output, version())
	if errors.Is(err, postgres.ErrTaken) {
		return usageError{err}
	}
	if err != nil {
		return err
	}
	defer w.Discard()
	encode := func(ctx context.Context, r store.Ref, write func(postgres.Rows) error) error {
		parts := func(yield func(*schema.Document, *schema.Reading) error) error { return s.Parts(ctx, r, yield) }
		err := postgres.Encode(postgres.Document{Parts: parts, Program: r.Program, Cluster: stands[r.ID]}, o.personal, write)
		if errors.Is(err, store.ErrUnknown) { // gone since, by a writer
			return nil
		}
		return err
	}
	err = pipeline.Ordered(ctx, p.workers, pipeline.Each(refs),
		func(ctx context.Context, r store.Ref) (list []postgres.Rows, err error) {
			if r.Bytes >= longText { // its rows are written as they are made
				return nil, nil
			}
			return list, encode(ctx, r, func(rows postgres.Rows) error {
				list = append(list, rows)
				return nil
			})
		},
		func(r store.Ref, list []postgres.Rows, err error) error {
			if err == nil && r.Bytes >= longText {
				err = encode(ctx, r, w.Write)
			}
			if err != nil {
				return p.hint(err)
			}
			for _, rows := range list {
				if err := w.Write(rows); err != nil {
					return err
				}
			}
			return nil
		})
	if err != nil {
		return err
	}
	if err := w.Close(); err != nil {
		return err
	}
	p.summary(p.text("%d documents in %s; %s/load.sh postgres://HOST/DATABASE loads them", "%d 份文件,在 %s;用 %s/load.sh postgres://主机/数据库 装载"), len(refs), w.Path(), w.Path())
	return nil
}
