// Package ole opens compound files (OLE2): the container of .doc, .xls and of
// encrypted .docx and .xlsx. It is the only user of mscfb, and stands between
// it and damaged files.
package ole

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/richardlehane/mscfb"
)

// Magic is what a compound file begins with.
const Magic = "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"

// A File is an open compound file.
type File struct {
	entries []*mscfb.File
	size    int64
}

// errDamaged is what mscfb says in its own words.
var errDamaged = errors.New("open compound file: it is cut short or damaged")

// Open reads the directory of a compound file.
func Open(data []byte) (f *File, err error) {
	if !bytes.HasPrefix(data, []byte(Magic)) {
		return nil, errors.New("open compound file: wrong signature")
	}
	defer guard("open compound file", &err)
	r, err := mscfb.New(bytes.NewReader(padded(data)))
	if err != nil {
		return nil, errDamaged
	}
	f = &File{size: int64(len(data))}
	for e, err := r.Next(); err == nil; e, err = r.Next() {
		f.entries = append(f.entries, e)
	}
	return f, nil
}

// padded completes a short last sector, as WPS writes it.
func padded(data []byte) []byte {
	sector := 512
	if len(data) > 30 && data[30] == 12 {
		sector = 4096
	}
	if short := len(data) % sector; short > 0 {
		return append(data[:len(data):len(data)], make([]byte, sector-short)...)
	}
	return data
}

// Has reports whether there is a stream of that name in the root.
func (f *File) Has(name string) bool { return f.find(name) != nil }

func (f *File) find(name string) *mscfb.File {
	for _, e := range f.entries {
		if strings.EqualFold(e.Name, name) && len(e.Path) == 0 {
			return e
		}
	}
	return nil
}

// Encrypted reports whether the file wraps an encrypted Office document.
func (f *File) Encrypted() bool { return f.Has("EncryptedPackage") }

// Stream reads a stream of the root. No stream is longer than the file.
func (f *File) Stream(name string) (b []byte, err error) {
	e := f.find(name)
	if e == nil {
		return nil, fmt.Errorf("read stream %s: no such stream", name)
	}
	defer guard("read stream "+name, &err)
	b, err = io.ReadAll(io.LimitReader(e, f.size+4096))
	if err != nil {
		return nil, fmt.Errorf("read stream %s: %w", name, err)
	}
	return b, nil
}

// guard makes an error of a panic within mscfb.
func guard(step string, err *error) {
	if p := recover(); p != nil {
		*err = fmt.Errorf("%s: damaged: %v", step, p)
	}
}

// U8, U16 and U32 read little-endian numbers; outside the bytes they are 0.
func U8(b []byte, at int) int { return number(b, at, 1) }

// U16 is described at U8.
func U16(b []byte, at int) int { return number(b, at, 2) }

// U32 is described at U8.
func U32(b []byte, at int) int { return number(b, at, 4) }

func number(b []byte, at, size int) (n int) {
	if at < 0 || at+size > len(b) {
		return 0
	}
	for i := size - 1; i >= 0; i-- {
		n = n<<8 | int(b[at+i])
	}
	return n
}
