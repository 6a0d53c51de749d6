package main

// The facts command lists what is known of each report as a whole, in the form
// that --meta reads back: a user corrects the file and gives it to extract.

import (
	"context"
	"encoding/csv"
	"errors"
	"strconv"

	"github.com/spf13/cobra"

	"mingxi/cmd/mingxi/pipeline"
	"mingxi/corpus"
	"mingxi/corpus/store"
	"mingxi/schema"
)

func factsCommand(p *program) *cobra.Command {
	var dir string
	c := p.command("facts PATH... | -c DIR",
		p.text("title, organisation, region and year of each report", "每篇报告的标题、单位、地区和年份"),
		p.text(`Facts lists what is known of each report as a whole, as CSV: its title, the
organisation that reports, the GB/T 2260 code of its region valid in its year, the
year that it reports on, and for each of them how it was found, from which words,
and how sure it is (0 to 1). What the text does not tell is left empty.

Correct the list and give it to extract, show or ingest with --meta. Of its
columns, source, title, org, region_code and year are read; source may be a glob
(2011/*.txt), and empty cells leave the fact to the text.`,
			`facts 以 CSV 列出每篇报告的标题、报告单位、地区(该年有效的 GB/T 2260 代码)和所报告的
年份,并注明各是怎样得出的、依据哪些字、有多大把握(0 到 1)。正文没有说的留空。

改好这张表后,可用 --meta 交给 extract、show 或 ingest。表中读取 source、title、org、
region_code、year 五列;source 可用通配符(2011/*.txt),空格子仍由正文决定。`),
		`
  mingxi facts reports/ > meta.csv
  mingxi extract reports/ --meta meta.csv -o figures.xlsx
  mingxi facts -c corpus.mx > meta.csv           # of a corpus · 语料库里的
  mingxi reextract -c corpus.mx --meta meta.csv`)
	c.Args = func(c *cobra.Command, args []string) error {
		if (len(args) == 0) != (dir != "") {
			return errors.New("") // p.usage tells the form
		}
		return nil
	}
	c.Flags().StringVarP(&dir, "corpus", "c", "", p.text("list the reports of this corpus", "列出这个语料库里的报告"))
	p.readFlags(c)
	p.walkFlags(c)
	p.metaFlag(c)
	c.RunE = func(c *cobra.Command, args []string) error {
		if dir != "" {
			return runFactsOf(c.Context(), p, dir)
		}
		return runFacts(c.Context(), p, p.paths(args))
	}
	return c
}

// factColumns are the columns of the list; those of metaColumns are read back.
var factColumns = []string{
	"source", "article", "title", "org", "region_code", "year",
	"region", "title_from", "org_from", "org_words", "org_score", "region_from", "region_words", "region_score", "year_from", "year_words", "year_score",
}

func runFacts(ctx context.Context, p *program, paths []string) error {
	r, err := p.readerWithMeta()
	if err != nil {
		return err
	}
	t := newTally(p, "")
	defer t.show.end()
	w := csv.NewWriter(p.out)
	if err := w.Write(factColumns); err != nil {
		return err
	}
	err = pipeline.Ordered(ctx, p.workers, corpus.Sources(ctx, paths, p.sources()), r.read,
		func(s corpus.Source, one report, err error) error {
			if t.failed(s, err) {
				return nil
			}
			t.add(s, one)
			for i := range one.doc.Articles {
				a := &one.doc.Articles[i]
				if err := w.Write(factRow(one.doc, a, one.reading.Origin(a.N))); err != nil {
					return err
				}
			}
			w.Flush()
			return w.Error()
		})
	if err != nil {
		return err
	}
	t.show.end()
	w.Flush()
	if err := w.Error(); err != nil {
		return err
	}
	return p.metaEnd(r, t.end())
}

// runFactsOf lists the facts of a corpus. It keeps how a region was found and how sure
// it is, not the words.
func runFactsOf(ctx context.Context, p *program, dir string) error {
	s, err := store.Open(ctx, dir)
	if err != nil {
		return p.hint(err)
	}
	defer s.Close()
	refs, err := s.Refs(ctx)
	if err != nil {
		return p.hint(err)
	}
	w := csv.NewWriter(p.out)
	if err := w.Write(factColumns); err != nil {
		return err
	}
	err = pipeline.Ordered(ctx, p.workers, pipeline.Each(refs),
		func(ctx context.Context, r store.Ref) (report, error) {
			d, reading, err := s.Load(ctx, r)
			if errors.Is(err, store.ErrUnknown) { // gone since, by a writer
				return report{}, nil
			}
			return report{d, reading}, err
		},
		func(_ store.Ref, one report, err error) error {
			if err != nil || one.doc == nil {
				return err
			}
			for i := range one.doc.Articles {
				a := &one.doc.Articles[i]
				o := one.reading.Origin(a.N)
				if o.Region.Code != "" && o.RegionFrom.Method == "" {
					o.RegionFrom = schema.Evidence{Method: o.Region.Method, Score: o.Region.Score}
				}
				if err := w.Write(factRow(one.doc, a, o)); err != nil {
					return err
				}
			}
			return nil
		})
	if err != nil {
		return p.hint(err)
	}
	w.Flush()
	return w.Error()
}

// factRow is the line of an article.
func factRow(d *schema.Document, a *schema.Article, o schema.Origin) []string {
	from := a.TitleFrom
	if from == "" && a.Title != "" {
		from = "text"
	}
	return []string{
		d.Source, strconv.Itoa(a.N), a.Title, o.Org, o.Region.Code, count(o.Year),
		o.Region.Name, from,
		o.OrgFrom.Method, o.OrgFrom.Words, score(o.OrgFrom),
		o.RegionFrom.Method, o.RegionFrom.Words, score(o.RegionFrom),
		o.YearFrom.Method, o.YearFrom.Words, score(o.YearFrom),
	}
}

// count prints a number that is 0 where there is none.
func count(n int) string {
	if n == 0 {
		return ""
	}
	return strconv.Itoa(n)
}

// score prints how sure a fact is.
func score(e schema.Evidence) string {
	if e.Method == "" {
		return ""
	}
	return strconv.FormatFloat(e.Score, 'g', 2, 64)
}
