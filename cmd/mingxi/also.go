package main

// This file lets -c be given several times: commands that only read take several corpora
// as one.

import (
	"context"
	"errors"
	"fmt"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"mingxi/cmd/mingxi/find"
	"mingxi/cmd/mingxi/ingest"
	"mingxi/cmd/mingxi/say"
	"mingxi/corpus/store"
	"mingxi/index"
)

// A manyValue is the value of the flag -c, of which the first is kept in one place and the
// further ones in another; without such a place they are refused.
type manyValue struct {
	pflag.Value
	also *[]string
	once error // why there is no further one
	set  bool
}

// Set implements pflag.Value.
func (v *manyValue) Set(s string) error {
	if v.set && v.also == nil {
		return v.once
	}
	if v.set {
		*v.also = append(*v.also, s)
		return nil
	}
	v.set = true
	return v.Value.Set(s)
}

// onceFlag refuses a flag that is given again, unless alsoFlag lets it.
func (p *program) onceFlag(f *pflag.Flag) {
	if f == nil {
		return
	}
	if _, many := f.Value.(*manyValue); !many {
		f.Value = &manyValue{Value: f.Value, once: errors.New(p.text("this command takes one corpus", "本命令只取一个语料库"))}
	}
}

// alsoFlag lets the flag -c be given again.
func (p *program) alsoFlag(c *cobra.Command, also *[]string) {
	f := c.Flags().Lookup("corpus")
	f.Value = &manyValue{Value: f.Value, also: also}
	f.Usage += p.text("; several are read as one", ";可给出几次,几个语料库合在一起读")
}

// alsoWith refuses what several corpora cannot do.
func (p *program) alsoWith(also []string, asked map[string]bool) error {
	for what, is := range asked {
		if is && len(also) > 0 {
			return usageError{fmt.Errorf(p.text("%s is for one corpus: near-copies and tables are made within each; 'mingxi ingest' or 'merge' makes one of several",
				"%s 只能用于一个语料库:近似副本和各表在各库之内;可用 “mingxi ingest” 或 “merge” 合成一个"), what)}
		}
	}
	return nil
}

// openAll opens several corpora of this machine as one.
func (p *program) openAll(ctx context.Context, dirs []string) (engine, error) {
	l, err := store.OpenAll(ctx, dirs...)
	if err != nil {
		return nil, p.hint(err)
	}
	t := together{Library: l}
	for i, s := range l.All() {
		ix, err := ingest.OpenIndex(ctx, s)
		if err != nil {
			return nil, errors.Join(p.hintKeeper(err, dirs[i]), t.Close())
		}
		t.indexes = append(t.indexes, ix)
		p.tellWaiting(ctx, s)
	}
	return t, nil
}

// A together is an engine of several corpora.
type together struct {
	*store.Library
	indexes []*index.Index
}

func (t together) Search(ctx context.Context, r find.Request) (*find.Result, error) {
	return find.SearchAll(ctx, t.Library, t.indexes, r)
}

func (t together) Reader(context.Context) *say.Reader { return nil }

func (t together) Close() error {
	var errs []error
	for _, ix := range t.indexes {
		errs = append(errs, ix.Close())
	}
	return errors.Join(append(errs, t.Library.Close())...)
}
