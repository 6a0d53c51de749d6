package index

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
)

// An appender writes at the end of a file.
type appender struct {
	f   *os.File
	buf *bufio.Writer
	end int64
}

// appendTo goes on after the first n bytes of a file, which must be there; what
// comes after them was never committed.
func appendTo(path string, n int64) (*appender, error) {
	f, err := os.OpenFile(path, os.O_RDWR|os.O_CREATE, 0o666)
	if err != nil {
		return nil, err
	}
	info, err := f.Stat()
	if err == nil && info.Size() < n {
		err = damagedFile(filepath.Base(path), fmt.Sprintf("it has %d bytes, not %d", info.Size(), n))
	}
	if err == nil {
		_ = f.Truncate(n) // not where a reader has it mapped on Windows
		_, err = f.Seek(n, io.SeekStart)
	}
	if err != nil {
		return nil, errors.Join(err, f.Close())
	}
	return &appender{f, bufio.NewWriterSize(f, 1<<18), n}, nil
}

func (a *appender) write(b []byte) error {
	n, err := a.buf.Write(b)
	a.end += int64(n)
	return err
}

func (a *appender) flush() error {
	if err := a.buf.Flush(); err != nil {
		return err
	}
	return a.f.Sync()
}

// rewrite leaves the heads and records of deleted reports behind.
func (w *Writer) rewrite() error {
	m := manifest{Log: w.m.Log + 1}
	heads, _, err := mapFile(w.heads.f.Name(), w.heads.end)
	if err != nil {
		return err
	}
	defer heads.Unmap()
	records, _, err := mapFile(w.records.f.Name(), w.records.end)
	if err != nil {
		return err
	}
	defer records.Unmap()
	newHeads, err := appendTo(filepath.Join(w.dir, m.headsFile()), 0)
	if err != nil {
		return err
	}
	newRecords, err := appendTo(filepath.Join(w.dir, m.recordsFile()), 0)
	if err != nil {
		return errors.Join(err, newHeads.f.Close())
	}
	places := make([][2]int64, len(w.sorted))
	for i, e := range w.sorted {
		h := readHead(heads, e.head)
		readRecord(records, e.record, false)
		h.record = newRecords.end
		places[i] = [2]int64{newHeads.end, newRecords.end}
		err = errors.Join(err, newRecords.write(records[e.record:e.record+e.size]), newHeads.write(appendHead(nil, h)))
	}
	if err = errors.Join(err, newRecords.flush(), newHeads.flush()); err != nil {
		return errors.Join(err, newHeads.f.Close(), newRecords.f.Close())
	}
	for i, e := range w.sorted {
		e.head, e.record = places[i][0], places[i][1]
	}
	err = errors.Join(w.heads.f.Close(), w.records.f.Close())
	w.m.Log, w.heads, w.records = m.Log, newHeads, newRecords
	return err
}
