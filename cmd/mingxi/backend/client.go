package backend

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"iter"
	"math"
	"net/rpc"
	"net/rpc/jsonrpc"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"strings"

	"mingxi/cmd/mingxi/find"
	"mingxi/cmd/mingxi/say"
	"mingxi/corpus/store"
	"mingxi/index"
	"mingxi/schema"
)

// programs are the programs of stores, by the scheme of the address.
var programs = map[string]string{"postgres": "mingxi-postgres", "postgresql": "mingxi-postgres"}

// A Client asks the program of a store. It is safe for concurrent use but for its results.
type Client struct {
	ctx  context.Context
	cmd  *exec.Cmd
	wire *rpc.Client
}

// Open starts the program for an address and opens the store.
func Open(ctx context.Context, address string) (*Client, error) {
	scheme, _, ok := strings.Cut(address, "://")
	name := programs[scheme]
	if !ok || name == "" {
		return nil, &Error{Usage, fmt.Sprintf("%s: want postgres://host/database", redacted(address))}
	}
	path, err := program(name)
	if err != nil {
		return nil, err
	}
	c := &Client{ctx: ctx, cmd: exec.CommandContext(ctx, path, "serve")}
	c.cmd.Stderr = os.Stderr
	in, err := c.cmd.StdinPipe()
	if err != nil {
		return nil, err
	}
	out, err := c.cmd.StdoutPipe()
	if err != nil {
		return nil, err
	}
	if err := c.cmd.Start(); err != nil {
		return nil, fmt.Errorf("start %s: %w", path, err)
	}
	c.wire = jsonrpc.NewClient(pipes{out, in})
	if err := c.ask("Open", OpenArgs{Protocol, address}, new(struct{})); err != nil {
		return nil, errors.Join(err, c.Close())
	}
	return c, nil
}

// redacted is an address without its password.
func redacted(address string) string {
	if u, err := url.Parse(address); err == nil {
		return u.Redacted()
	}
	return "the address"
}

// program finds a program beside this one, then on the PATH.
func program(name string) (string, error) {
	if self, err := os.Executable(); err == nil {
		if path, err := exec.LookPath(filepath.Join(filepath.Dir(self), name)); err == nil {
			return path, nil
		}
	}
	path, err := exec.LookPath(name)
	if err != nil {
		return "", &Error{Missing, fmt.Sprintf("%s is neither beside mingxi nor on the PATH", name)}
	}
	return path, nil
}

// ask asks one question.
func (c *Client) ask(question string, args, reply any) error {
	err := c.wire.Call(serviceName+"."+question, args, reply)
	var told rpc.ServerError
	switch {
	case c.ctx.Err() != nil:
		return c.ctx.Err()
	case errors.As(err, &told):
		return decode(string(told))
	case err != nil:
		return fmt.Errorf("%s ended: %w", filepath.Base(c.cmd.Path), err)
	}
	return nil
}

// Close ends the program.
func (c *Client) Close() error {
	c.wire.Close() // its input ends
	err := c.cmd.Wait()
	return cmp.Or(c.ctx.Err(), err)
}

// Search answers a request as [find.Search] does.
func (c *Client) Search(ctx context.Context, r find.Request) (*find.Result, error) {
	var n Counts
	if err := c.ask("Search", Request{r.Query.String(), r.Figures, r.Sort, r.Reverse, r.Synonyms, r.Distinct}, &n); err != nil {
		return nil, err
	}
	hits := n.Reports
	if r.Figures {
		hits = n.Figures
	}
	return find.New(ctx, r, &answer{Client: c, hits: hits}, n.Reports, n.Docs, n.Figures, c), nil
}

// Document reads a document; the error is [store.ErrUnknown] if there is none.
func (c *Client) Document(_ context.Context, id string) (*schema.Document, *schema.Reading, error) {
	var r DocumentReply
	err := c.ask("Document", id, &r)
	if e := (*Error)(nil); errors.As(err, &e) && e.Kind == Unknown {
		err = fmt.Errorf("%s: %w", id, store.ErrUnknown)
	}
	return r.Document, r.Reading, err
}

// DocumentParts is Document, as one part.
func (c *Client) DocumentParts(ctx context.Context, id string, yield func(*schema.Document, *schema.Reading) error) error {
	d, r, err := c.Document(ctx, id)
	if err != nil {
		return err
	}
	return yield(d, r)
}

// Documents are those with figures of one of the indicators; see [Store].
func (c *Client) Documents(indicators []string, distinct bool) (ids []string, err error) {
	err = c.ask("Documents", DocumentsArgs{indicators, distinct}, &ids)
	return ids, err
}

// ProgramOf tells of each document which version of the program read its figures.
func (c *Client) ProgramOf(context.Context) (func(docID string) string, error) {
	var of map[string]string
	err := c.ask("Programs", struct{}{}, &of)
	return func(docID string) string { return of[docID] }, err
}

// Reader is nil: plain words are sought as they stand.
func (c *Client) Reader(context.Context) *say.Reader { return nil }

// An answer is what was found, read page by page.
type answer struct {
	*Client
	hits int
	err  error
}

func (a *answer) Len() int   { return a.hits }
func (a *answer) Err() error { return a.err }

// pageSize is how many hits come at a time.
const pageSize = 500

func (a *answer) All() iter.Seq[index.Hit] { return a.from(0, a.hits) }

func (a *answer) Hits(offset, n int) (list []index.Hit) {
	end := a.hits
	if n >= 0 {
		end = min(end, offset+n)
	}
	for h := range a.from(offset, end) {
		list = append(list, h)
	}
	return list
}

// from yields the hits offset ≤ i < end.
func (a *answer) from(offset, end int) iter.Seq[index.Hit] {
	return func(yield func(index.Hit) bool) {
		for offset < end && a.err == nil {
			var page []WireHit
			n := min(pageSize, end-offset)
			if a.err = a.ask("Hits", PageArgs{offset, n}, &page); a.err == nil && len(page) != n {
				a.err = fmt.Errorf("%d hits came of %d", len(page), n)
			}
			for _, w := range page {
				w.Figure.Value = math.NaN()
				if w.Value != nil {
					w.Figure.Value = *w.Value
				}
				if !yield(w.Hit) {
					return
				}
			}
			offset += n
		}
	}
}

func (a *answer) Facet(name string, n int) (list []index.Count, err error) {
	err = a.ask("Facet", name, &list)
	if n > 0 && len(list) > n {
		list = list[:n]
	}
	return list, err
}
