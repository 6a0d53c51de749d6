package main

// This file adds to errors of a corpus what can be done about them: libraries
// report, the program hints.

import (
	"errors"
	"os"

	"github.com/spf13/cobra"

	"mingxi/cmd/mingxi/ingest"
	"mingxi/corpus/store"
	"mingxi/index"
)

// hint adds to an error of the corpus what can be done about it.
func (p *program) hint(err error) error {
	for _, h := range []struct {
		err    error
		en, zh string
	}{
		{store.ErrNoCorpus, "'mingxi ingest PATH... -c DIR' makes one", "先用 “mingxi ingest 路径... -c 目录” 建立"},
		{store.ErrBusy, "wait for it to end, or use another directory; searching is possible meanwhile", "请等它结束,或换一个目录;其间可以检索"},
		{store.ErrNewer, "use that version, or ingest into a new directory", "请用那个版本,或在新目录里重新入库"},
		{store.ErrDamaged, "restore a backup, or ingest into a new directory", "请恢复备份,或在新目录里重新入库"},
		{store.ErrBroken, "'mingxi verify --mend -c DIR' takes damaged documents out; the next ingest of their files reads them again", "“mingxi verify --mend -c 目录” 去掉损坏的文件;再对原文件运行 ingest 即可重读"},
		{store.ErrForeign, "name a new or empty directory", "请换一个新的或空的目录"},
		{store.ErrFull, "what was committed before is kept; free some space and run again", "此前已写入的都在;腾出空间后再运行一次即可"},
		{store.ErrReadOnly, "nothing was changed; see the permissions of the directory", "没有改动任何内容;请检查目录权限"},
	} {
		if errors.Is(err, h.err) {
			return hinted{err, p.text(h.en, h.zh)}
		}
	}
	return p.hintBackend(err)
}

// hintKeeper is for errors of what writes a corpus: of the database or the index.
func (p *program) hintKeeper(err error, dir string) error {
	var of ingest.IndexError
	if errors.As(err, &of) {
		return p.hintReindex(err, dir)
	}
	return p.hint(err)
}

// hintReindex is for errors of the index, which can always be rebuilt.
func (p *program) hintReindex(err error, dir string) error {
	return hinted{err, p.text("the documents are safe in the database; 'mingxi reindex -c "+dir+"' builds the index anew",
		"文件都在数据库里,没有丢失;“mingxi reindex -c "+dir+"” 可重建索引")}
}

// indexError adds the hint where an error of a search tells of damage.
func (p *program) indexError(err error, dir string) error {
	if errors.Is(err, index.ErrDamaged) {
		return p.hintReindex(err, dir)
	}
	return p.hintBackend(err)
}

// A hinted error says what can be done.
type hinted struct {
	error
	hint string
}

func (h hinted) Error() string { return h.error.Error() + "\n  " + h.hint }
func (h hinted) Unwrap() error { return h.error }

// corpusFlag is the flag -c of the commands on a corpus.
func (p *program) corpusFlag(c *cobra.Command, dir *string) {
	c.Flags().StringVarP(dir, "corpus", "c", os.Getenv("MINGXI_CORPUS"), p.text("directory of the corpus; $MINGXI_CORPUS if not given", "语料库所在目录;不给出时用环境变量 MINGXI_CORPUS"))
	c.Flags().Lookup("corpus").DefValue = ""
	c.PreRunE = func(*cobra.Command, []string) error {
		if *dir == "" {
			return usageError{errors.New(p.text("say which corpus: -c DIR", "请用 -c 目录 指明语料库"))}
		}
		return nil
	}
}
