package store

import (
	"context"
	"sync"
)

// rules are the names of extraction rules and their numbers. There are some
// hundreds of them, whatever the size of the corpus.
type rules struct {
	mu     sync.RWMutex
	number map[string]int64
	name   map[int64]string
}

func loadRules(ctx context.Context, q querier) (*rules, error) {
	r := &rules{number: map[string]int64{}, name: map[int64]string{}}
	return r, r.load(ctx, q)
}

// load reads the names that are not yet known.
func (r *rules) load(ctx context.Context, q querier) error {
	rows, err := q.QueryContext(ctx, "SELECT rule, name FROM rules")
	if err != nil {
		return err
	}
	defer rows.Close()
	r.mu.Lock()
	defer r.mu.Unlock()
	for rows.Next() {
		var n int64
		var name string
		if err := rows.Scan(&n, &name); err != nil {
			return err
		}
		r.number[name], r.name[n] = n, name
	}
	return rows.Err()
}

// nameOf is the name of a rule, read again from q if a writer has added it since.
func (r *rules) nameOf(ctx context.Context, q querier, n int64) (string, error) {
	r.mu.RLock()
	name, ok := r.name[n]
	r.mu.RUnlock()
	if ok {
		return name, nil
	}
	if err := r.load(ctx, q); err != nil {
		return "", err
	}
	r.mu.RLock()
	defer r.mu.RUnlock()
	return r.name[n], nil
}

// forget forgets names that were not committed.
func (r *rules) forget(names []string) {
	r.mu.Lock()
	defer r.mu.Unlock()
	for _, name := range names {
		delete(r.name, r.number[name])
		delete(r.number, name)
	}
}
