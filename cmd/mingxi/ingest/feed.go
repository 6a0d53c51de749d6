package ingest

// A part of a corpus has no index, but beside its database what an index will take in of
// each document, made by the process that read it: the merge only adds it. The file is a
// help and no record. Where it lacks a document, or is damaged, the document is read from
// the database.
//
//	ready.bin    for each change of a document, in order: the lengths of its doc_id and
//	             of what is ready, uint32 each, and both; nothing is ready if it has gone

import (
	"bufio"
	"encoding/binary"
	"errors"
	"io"
	"os"
	"path/filepath"

	"mingxi/corpus/store"
	"mingxi/index"
)

const feedFile = "ready.bin"

// A feeder writes the file of a part.
type feeder struct {
	f   *os.File
	out *bufio.Writer
}

func newFeeder(dir string) (*feeder, error) {
	f, err := os.Create(filepath.Join(dir, feedFile))
	return &feeder{f, bufio.NewWriterSize(f, 1<<16)}, err
}

// follow writes what changed. A document that the index will refuse is not in the file,
// nor one that is too large to be held.
func (f *feeder) follow(changes []store.Change) (done followed, err error) {
	for _, c := range changes {
		var ready []byte
		if c.Document != nil {
			if ready, err = index.Ready(c.Document, c.Reading); errors.Is(err, index.ErrRefused) {
				ready, err = nil, nil
			}
		}
		if err == nil {
			err = f.write(c.ID, ready)
		}
		if err != nil {
			return done, err
		}
	}
	return done, nil
}

func (f *feeder) write(id string, ready []byte) error {
	head := binary.LittleEndian.AppendUint32(nil, uint32(len(id)))
	head = binary.LittleEndian.AppendUint32(head, uint32(len(ready)))
	_, err := f.out.Write(append(head, id...))
	if err == nil {
		_, err = f.out.Write(ready)
	}
	return err
}

func (f *feeder) end() (followed, error) {
	return followed{}, errors.Join(f.out.Flush(), f.f.Close())
}

// A feed gives what is ready of the documents of parts, which are asked for in the order
// of the parts.
type feed struct {
	parts []string        // not opened yet
	but   map[string]bool // documents that are to be read from the database
	f     *os.File
	at    map[string]place
}

// A place is where something stands in a file.
type place struct {
	from int64
	size uint32
}

// take is what is ready of a document; nil if that is not known.
func (f *feed) take(id string) []byte {
	if f == nil || f.but[id] {
		return nil
	}
	p, ok := f.at[id]
	for ; !ok && len(f.parts) > 0; p, ok = f.at[id] {
		f.next()
	}
	if !ok || p.size == 0 {
		return nil
	}
	b := make([]byte, p.size)
	if _, err := f.f.ReadAt(b, p.from); err != nil || !index.IsReady(b) {
		return nil
	}
	return b
}

// next opens the file of the next part.
func (f *feed) next() {
	f.close()
	name := filepath.Join(f.parts[0], feedFile)
	f.parts, f.at = f.parts[1:], map[string]place{}
	var err error
	if f.f, err = os.Open(name); err != nil {
		return
	}
	in, at := bufio.NewReaderSize(f.f, 1<<20), int64(0)
	for {
		var head [8]byte
		if _, err := io.ReadFull(in, head[:]); err != nil {
			return
		}
		n, size := binary.LittleEndian.Uint32(head[:]), binary.LittleEndian.Uint32(head[4:])
		id := make([]byte, min(n, 1<<10))
		if _, err := io.ReadFull(in, id); err != nil || n != uint32(len(id)) {
			return
		}
		if _, err := in.Discard(int(size)); err != nil {
			return
		}
		f.at[string(id)] = place{at + 8 + int64(n), size}
		at += 8 + int64(n) + int64(size)
	}
}

func (f *feed) close() {
	if f != nil && f.f != nil {
		f.f.Close()
		f.f = nil
	}
}
