package web

import (
	"context"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// The corpus is counted beside the readers: one whose patience ends does not end it, and while a new edition is counted
// the counts of the one before are shown, and called so.
func TestCountedBeside(t *testing.T) {
	from := t.TempDir()
	dir := filepath.Join(t.TempDir(), "corpus.mx")
	add(t, dir, from, map[string]string{"a.txt": "甲乙县民政局2011年工作总结\n城市低保对象100户。\n"})
	s := serve(t, Options{Dir: dir})
	get(t, s, "/")
	gone, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := s.counted(gone, s.library.now); err != nil && !strings.Contains(err.Error(), "being counted") {
		t.Error(err)
	}
	_, page := get(t, s, "/corpus")
	wants(t, page, "<b>1</b> documents", "<b>1</b> figures", "!has changed since")
	add(t, dir, from, map[string]string{"b.txt": "丙丁县民政局2012年工作总结\n农村低保对象200户。\n"})
	look(s)
	s.tally.took, s.tally.ended = time.Hour, time.Now() // so long that it is not counted again soon
	_, page = get(t, s, "/corpus")
	wants(t, page, "<b>2</b> documents", "<b>1</b> figures", "has changed since")
	s.tally.took = 0
	_, page = get(t, s, "/corpus")
	wants(t, page, "<b>2</b> figures", "!has changed since")
}
