package main

// The facts command lists what is known of each report as a whole, in the form
// that --meta reads back: a user corrects the file and gives it to extract.

import (
	"cmp"
	"context"
	"errors"

	"github.com/spf13/cobra"

	"mingxi/cmd/mingxi/pipeline"
	"mingxi/corpus"
	"mingxi/corpus/store"
	"mingxi/extract"
	"mingxi/schema"
)

// factsOptions are the flags of facts.
type factsOptions struct {
	outputOptions
	corpus string
}

func factsCommand(p *program) *cobra.Command {
	var o factsOptions
	c := p.command("facts PATH... | -c DIR",
		p.text("title, organisation, region and year of each report", "每篇报告的标题、单位、地区和年份"),
		p.text(`Facts lists what is known of each report as a whole, as CSV: its title, the
organisation that reports, the GB/T 2260 code of its region valid in its year, the
year that it reports on, and for each of them how it was found, from which words,
and how sure it is (0 to 1). What the text does not tell is left empty.

Correct the list and give it to extract, show or ingest with --meta. Of its
columns, source, article, title, org, region_code and year are read; source may be
a glob (2011/*.txt), and empty cells leave the fact to the text.`,
			`facts 以 CSV 列出每篇报告的标题、报告单位、地区(该年有效的 GB/T 2260 代码)和所报告的
年份,并注明各是怎样得出的、依据哪些字、有多大把握(0 到 1)。正文没有说的留空。

改好这张表后,可用 --meta 交给 extract、show 或 ingest。表中读取 source、article、
title、org、region_code、year 六列;source 可用通配符(2011/*.txt),空格子仍由正文决定。`),
		`
  mingxi facts reports/ > meta.csv
  mingxi extract reports/ --meta meta.csv -o figures.xlsx
  mingxi facts -c corpus.mx > meta.csv           # of a corpus · 语料库里的
  mingxi reextract -c corpus.mx --meta meta.csv`)
	c.Args = func(c *cobra.Command, args []string) error {
		if (len(args) == 0) != (o.corpus != "") {
			return errors.New("") // p.usage tells the form
		}
		return nil
	}
	c.Flags().StringVarP(&o.corpus, "corpus", "c", "", p.text("list the reports of this corpus", "列出这个语料库里的报告"))
	o.flags(p, c)
	c.Flags().BoolVar(&o.json, "json", false, p.text("JSON Lines on stdout", "在标准输出上用 JSON Lines"))
	c.MarkFlagsMutuallyExclusive("output", "json")
	p.readFlags(c)
	p.walkFlags(c)
	p.metaFlag(c)
	c.RunE = func(c *cobra.Command, args []string) error {
		if o.corpus != "" {
			return runFactsOf(c.Context(), p, o)
		}
		return runFacts(c.Context(), p, o, p.paths(args))
	}
	return c
}

// factColumns are the columns of the list; those of metaColumns are read back.
var factColumns = []schema.Column{
	{Name: "source", ZH: "来源", Doc: "path below the folder, or as given", DocZH: "文件夹下的路径,或所给的路径"}, {Name: "article", ZH: "篇序", Doc: "1-based number of the article in a merged file", DocZH: "合订文件中的第几篇,从 1 起", Type: schema.Whole},
	{Name: "title", ZH: "标题", Doc: "title of the article", DocZH: "该篇的标题"}, {Name: "org", ZH: "单位名称", Doc: "the organisation that reports", DocZH: "报告单位"},
	{Name: "region_code", ZH: "行政区划代码", Doc: "GB/T 2260 code valid in the report's year", DocZH: "报告年份有效的 GB/T 2260 代码"}, {Name: "year", ZH: "年份", Doc: "the year reported on", DocZH: "所报告的年份", Type: schema.Whole},
	{Name: "region", ZH: "行政区划", Doc: "name of the region in that year", DocZH: "该地区当年的名称"}, {Name: "region_as_of", ZH: "区划年份", Doc: "year of the code, where the table of regions does not cover the report's", DocZH: "区划表不含报告年份时,代码所属的年份", Type: schema.Whole},
	{Name: "title_from", ZH: "标题出处", Doc: "how the title was found", DocZH: "标题的判定方法"}, {Name: "title_score", ZH: "标题把握", Doc: "how sure the title is, 0 to 1", DocZH: "标题的把握,0 到 1", Type: schema.Numeric},
	{Name: "org_from", ZH: "单位出处", Doc: "how the organisation was found", DocZH: "单位的判定方法"}, {Name: "org_words", ZH: "单位依据", Doc: "words that tell the organisation", DocZH: "判定单位所据的字词"}, {Name: "org_score", ZH: "单位把握", Doc: "how sure the organisation is, 0 to 1", DocZH: "单位的把握,0 到 1", Type: schema.Numeric},
	{Name: "region_from", ZH: "区划出处", Doc: "how the region was found", DocZH: "区划的判定方法"}, {Name: "region_words", ZH: "区划依据", Doc: "words that tell the region", DocZH: "判定区划所据的字词"}, {Name: "region_score", ZH: "区划把握", Doc: "how sure the region is, 0 to 1", DocZH: "区划的把握,0 到 1", Type: schema.Numeric},
	{Name: "year_from", ZH: "年份出处", Doc: "how the year was found", DocZH: "年份的判定方法"}, {Name: "year_words", ZH: "年份依据", Doc: "words that tell the year", DocZH: "判定年份所据的字词"}, {Name: "year_score", ZH: "年份把握", Doc: "how sure the year is, 0 to 1", DocZH: "年份的把握,0 到 1", Type: schema.Numeric},
}

func runFacts(ctx context.Context, p *program, o factsOptions, paths []string) error {
	r, err := p.readerWithMeta()
	if err != nil {
		return err
	}
	if err := p.metaSuits(r, p.sourceNames(ctx, paths, o.output)); err != nil {
		return err
	}
	w, err := o.open(p, "facts", factColumns)
	if err != nil {
		return err
	}
	defer w.Discard()
	t := newTally(p, o.output)
	defer t.show.end()
	err = pipeline.Ordered(ctx, p.workers, corpus.Sources(ctx, paths, p.sources(o.output)), r.facts,
		func(s corpus.Source, one report, err error) error {
			if t.failed(s, err) {
				return nil
			}
			t.add(s, one)
			var rows [][]schema.Cell
			for i := range one.doc.Articles {
				a := &one.doc.Articles[i]
				rows = append(rows, factRow(one.doc, a, one.reading.Origin(a.N)))
			}
			return w.Write(rows)
		})
	if err != nil {
		return err
	}
	t.show.end()
	if err := p.metaFits(r); err != nil {
		return err
	}
	end := t.end()
	if t.documents > 0 { // else an old file stays as it is
		err = w.Close()
	}
	return cmp.Or(err, p.metaEnd(r, end))
}

// facts reads one source, and counts its figures, which are not kept.
func (r *reader) facts(_ context.Context, s corpus.Source) (report, error) {
	doc, err := r.document(s)
	if err != nil {
		return report{}, err
	}
	all := report{doc: doc, reading: new(schema.Reading)}
	err = r.extractor.Each(doc, func(part *schema.Reading) error {
		all.reading.Origins, all.reading.Refused = part.Origins, append(all.reading.Refused, part.Refused...)
		all.figures += len(part.Metrics)
		return nil
	})
	return all, err
}

// runFactsOf lists the facts of a corpus. One of an older program keeps how a region was
// found and how sure it is, nothing else.
func runFactsOf(ctx context.Context, p *program, o factsOptions) error {
	s, err := store.Open(ctx, o.corpus)
	if err != nil {
		return p.hint(err)
	}
	defer s.Close()
	refs, err := s.Refs(ctx)
	if err != nil {
		return p.hint(err)
	}
	w, err := o.open(p, "facts", factColumns)
	if err != nil {
		return err
	}
	defer w.Discard()
	err = pipeline.Ordered(ctx, p.workers, pipeline.Each(refs),
		func(ctx context.Context, r store.Ref) (report, error) {
			d, reading, err := s.Text(ctx, r)
			if errors.Is(err, store.ErrUnknown) { // gone since, by a writer
				return report{}, nil
			}
			return report{doc: d, reading: reading}, err
		},
		func(_ store.Ref, one report, err error) error {
			if err != nil || one.doc == nil {
				return err
			}
			var rows [][]schema.Cell
			for i := range one.doc.Articles {
				a := &one.doc.Articles[i]
				o := one.reading.Origin(a.N)
				if o.Region.Code != "" && o.RegionFrom.Method == "" {
					o.RegionFrom = schema.Evidence{Method: o.Region.Method, Score: o.Region.Score}
				}
				rows = append(rows, factRow(one.doc, a, o))
			}
			return w.Write(rows)
		})
	if err != nil {
		return p.hint(err)
	}
	return w.Close()
}

// factRow is the line of an article.
func factRow(d *schema.Document, a *schema.Article, o schema.Origin) []schema.Cell {
	title := a.TitleEvidence()
	row := append(schema.TextCells(d.Source), schema.WholeCell(a.N))
	row = append(row, schema.TextCells(a.Title, o.Org, o.Region.Code)...)
	row = append(row, schema.CountCell(o.Year))
	row = append(row, schema.TextCell(o.Region.Name), schema.CountCell(extract.RegionAsOf(o)), schema.TextCell(title.Method), score(title))
	for _, e := range []schema.Evidence{o.OrgFrom, o.RegionFrom, o.YearFrom} {
		row = append(row, schema.TextCell(e.Method), schema.TextCell(e.Words), score(e))
	}
	return row
}

// score is how sure a fact is, to two digits.
func score(e schema.Evidence) schema.Cell {
	if e.Method == "" {
		return schema.Cell{}
	}
	return real(e.Score, 2)
}
