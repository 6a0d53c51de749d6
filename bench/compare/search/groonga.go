package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
	"os/exec"
	"path/filepath"
	"strings"
	"time"
)

// groonga runs as one process that reads commands from a pipe. Its bigrams keep
// positions; letters and digits are cut like Chinese, so that parts are found.
type groonga struct {
	cmd *exec.Cmd
	in  io.WriteCloser
	out *bufio.Reader
}

func (g *groonga) name() string { return "groonga TokenBigram" }

func (g *groonga) build(dir string, reports []report) error {
	g.cmd = exec.Command("groonga", "-n", filepath.Join(dir, "db"))
	var err error
	if g.in, err = g.cmd.StdinPipe(); err != nil {
		return err
	}
	out, err := g.cmd.StdoutPipe()
	if err != nil {
		return err
	}
	g.out = bufio.NewReaderSize(out, 1<<20)
	if err := g.cmd.Start(); err != nil {
		return err
	}
	for _, c := range []string{
		"cache_limit 0", // a query asked again is to be answered again
		"table_create Docs TABLE_HASH_KEY ShortText",
		"column_create Docs title COLUMN_SCALAR Text",
		"column_create Docs body COLUMN_SCALAR Text",
		"table_create Terms TABLE_PAT_KEY ShortText --default_tokenizer TokenBigramSplitSymbolAlphaDigit --normalizer NormalizerAuto",
		"column_create Terms docs COLUMN_INDEX|WITH_POSITION|WITH_SECTION Docs title,body",
	} {
		if _, err := g.command(c); err != nil {
			return err
		}
	}
	rows := make([][]string, 0, len(reports)+1)
	rows = append(rows, []string{"_key", "title", "body"})
	for _, r := range reports {
		title, body, _ := strings.Cut(r.text, "\n")
		rows = append(rows, []string{r.id, title, body})
	}
	b, err := json.Marshal(rows)
	if err != nil {
		return err
	}
	if _, err := g.command("load --table Docs\n" + string(b)); err != nil {
		return err
	}
	_, err = g.command("io_flush")
	return err
}

// command sends a command and reads its answer: [[status, start, seconds], body].
func (g *groonga) command(c string) ([]json.RawMessage, error) {
	if _, err := io.WriteString(g.in, c+"\n"); err != nil {
		return nil, err
	}
	line, err := g.out.ReadBytes('\n')
	if err != nil {
		return nil, err
	}
	var answer []json.RawMessage
	if err := json.Unmarshal(line, &answer); err != nil || len(answer) < 2 {
		return nil, fmt.Errorf("groonga %.40s: %.200s", c, line)
	}
	return answer, nil
}

func (g *groonga) search(phrase string, n int) (int, []string, time.Duration, error) {
	var words []string
	for w := range strings.FieldsSeq(phrase) {
		words = append(words, `\"`+w+`\"`)
	}
	start := time.Now()
	answer, err := g.command(fmt.Sprintf(`select Docs --match_columns "title*3||body" --query "%s" --output_columns _key,_score --sort_keys -_score --limit %d`,
		strings.Join(words, " "), n))
	if err != nil {
		return 0, nil, 0, err
	}
	took := time.Since(start)
	var result [][][]any
	if err := json.Unmarshal(answer[1], &result); err != nil || len(result) == 0 {
		return 0, nil, 0, fmt.Errorf("groonga: %.200s", answer[1])
	}
	hits := int(result[0][0][0].(float64))
	var ids []string
	for _, row := range result[0][2:] {
		ids = append(ids, row[0].(string))
	}
	return hits, ids, took, nil
}

func (g *groonga) close() {
	if g.in != nil {
		g.in.Close()
		g.cmd.Wait()
		g.in = nil
	}
}
