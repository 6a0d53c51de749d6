package backend

import (
	"context"
	"errors"
	"fmt"
	"io"
	"math"
	"net/rpc/jsonrpc"
	"testing"

	"mingxi/cmd/mingxi/find"
	"mingxi/corpus/store"
	"mingxi/index"
	"mingxi/index/query"
	"mingxi/schema"
)

// figures is a store of so many figures, every other without a value, and of no document.
type figures int

func (n figures) Search(_ context.Context, r Request) (Finding, error) {
	if r.Query != "低保" {
		return nil, &Error{Shard, "a part is down: " + r.Query}
	}
	return n, nil
}

func (figures) Document(_ context.Context, id string) (*schema.Document, *schema.Reading, error) {
	return nil, nil, &Error{Unknown, "there is no document " + id}
}

func (figures) Documents(context.Context, []string, bool) ([]string, error) {
	return nil, errors.New("no list")
}
func (figures) Programs(context.Context) (map[string]string, error) {
	return map[string]string{"a": "1.0"}, nil
}
func (n figures) Counts() Counts { return Counts{Reports: 1, Docs: 1, Figures: int(n)} }

func (n figures) Hits(_ context.Context, offset, count int) (list []index.Hit, err error) {
	for i := offset; i < min(int(n), offset+count); i++ {
		value := float64(i)
		if i%2 == 1 {
			value = math.NaN()
		}
		list = append(list, index.Hit{DocID: "a", Figure: index.Figure{Seq: i + 1, Value: value, Unit: "户"}})
	}
	return list, nil
}

func (figures) Facet(_ context.Context, name string) ([]index.Count, error) {
	return []index.Count{{Value: "户", N: 2}, {Value: "人", N: 1}}, nil
}
func (figures) Close() {}

// talk is a client of a store in this process.
func talk(t *testing.T, s Store) *Client {
	toStore, fromClient := io.Pipe()
	toClient, fromStore := io.Pipe()
	go Serve(t.Context(), toStore, fromStore, func(context.Context, string) (Store, error) { return s, nil })
	c := &Client{ctx: t.Context(), wire: jsonrpc.NewClient(pipes{toClient, fromClient})}
	t.Cleanup(func() { c.wire.Close() })
	if err := c.ask("Open", OpenArgs{Protocol, "postgres://h/db"}, new(struct{})); err != nil {
		t.Fatal(err)
	}
	return c
}

// Hits come page by page, those without a value too, and errors as what they are.
func TestTalk(t *testing.T) {
	const many = 2*pageSize + 1
	c := talk(t, figures(many))
	r := find.Request{Query: query.Phrase{Text: "低保"}, Figures: true, Sort: index.ByOrder}
	found, err := c.Search(t.Context(), r)
	if err != nil || found.Figures != many || found.Len() != many {
		t.Fatalf("%+v, %v", found, err)
	}
	n := 0
	for h := range found.All() {
		if n++; h.Figure.Seq != n || math.IsNaN(h.Figure.Value) != (n%2 == 0) {
			t.Fatalf("hit %d: %+v", n, h.Figure)
		}
	}
	if n != many || found.Err() != nil {
		t.Errorf("%d hits, %v", n, found.Err())
	}
	if page := found.Hits(many-2, 10); len(page) != 2 || page[1].Figure.Seq != many {
		t.Errorf("the last page: %v", page)
	}
	if list, err := found.Facet("unit", 1); err != nil || fmt.Sprint(list) != "[{户  2}]" {
		t.Errorf("facet: %v, %v", list, err)
	}
	if of, err := c.ProgramOf(t.Context()); err != nil || of("a") != "1.0" {
		t.Errorf("programs: %v", err)
	}
	if err := found.Rows(found.All(), true, func([]schema.Cell) error { return errors.New("a row") }); err != nil { // it has gone meanwhile
		t.Errorf("a document that is not there: %v", err)
	}
	if _, _, err := c.Document(t.Context(), "b"); !errors.Is(err, store.ErrUnknown) {
		t.Errorf("no document: %v", err)
	}
	r.Query = query.Phrase{Text: "五保"}
	var told *Error
	if _, err := c.Search(t.Context(), r); !errors.As(err, &told) || told.Kind != Shard || told.Text != "a part is down: 五保" {
		t.Errorf("a shard is down: %v", err)
	}
	if _, err := c.Documents(nil, false); err == nil || err.Error() != "no list" {
		t.Errorf("an error of no kind: %v", err)
	}
	err = c.ask("Open", OpenArgs{Protocol + 1, ""}, new(struct{}))
	if !errors.As(err, &told) || told.Kind != Skew {
		t.Errorf("another protocol: %v", err)
	}
}

// An address without a program tells what to write, and no password.
func TestOpen(t *testing.T) {
	for address, want := range map[string]string{
		"mysql://u:geheim@h/db": "mysql://u:xxxxx@h/db: want postgres://host/database",
		"corpus.mx":             "corpus.mx: want postgres://host/database",
	} {
		if _, err := Open(t.Context(), address); err == nil || err.Error() != want {
			t.Errorf("%s: %v, want %s", address, err, want)
		}
	}
}
