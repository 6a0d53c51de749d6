package corpus

// Archives that are read from front to back: .tar, .tar.gz, .tar.bz2, and single files
// packed as .gz or .bz2. A member is read when the walk comes to it, and held until its
// source is.

import (
	"archive/tar"
	"bufio"
	"bytes"
	"compress/bzip2"
	"compress/gzip"
	"errors"
	"fmt"
	"io"
	"path"
	"strings"
	"time"

	"mingxi/corpus/pathname"
)

func isTarball(format string) bool {
	return format == formatTar || format == formatGzip || format == formatBzip2
}

// tarball walks an archive of size bytes that lies depth archives deep.
func (z *archiveWalk) tarball(archive, format string, r io.Reader, size int64, depth int) bool {
	r, err := unpacked(format, r, min(z.most, max(ratioMatters, maxRatio*size)))
	if err != nil {
		return z.w.fail(archive, fmt.Errorf("open archive: %w", err))
	}
	b := bufio.NewReaderSize(r, 4096)
	if head, _ := b.Peek(512); format != formatTar && byMagic(head) != formatTar {
		return z.single(archive, b, depth)
	}
	found := false
	whole := &counted{r: b}
	for t := tar.NewReader(whole); ; {
		if z.w.done() {
			return false
		}
		h, err := t.Next()
		switch {
		case err == io.EOF && whole.n%tarBlock != 0:
			return z.w.fail(archive, fmt.Errorf("read archive: %w", io.ErrUnexpectedEOF))
		case err == io.EOF:
			if !found && z.w.only != "" && depth == 1 {
				return z.w.fail(z.w.only, errors.New("no such member in the archive"))
			}
			return true
		case err != nil:
			return z.w.fail(archive, fmt.Errorf("read archive: %w", err))
		}
		name := slashed(h.Name)
		if h.Typeflag != tar.TypeReg || hiddenMember(name) {
			continue
		}
		full := z.full(archive, h.Name)
		if !z.w.wanted(full) {
			continue
		}
		if found = true; !z.stream(full, t, h.Size, h.ModTime, depth) {
			return false
		}
	}
}

// unpacked is what a packed stream holds, at most limit bytes of it.
func unpacked(format string, r io.Reader, limit int64) (io.Reader, error) {
	switch format {
	case formatGzip:
		g, err := gzip.NewReader(bufio.NewReader(r))
		if err != nil {
			return nil, err
		}
		r = g
	case formatBzip2:
		r = bzip2.NewReader(bufio.NewReader(r))
	}
	return &bounded{r, limit}, nil
}

// bounded fails where a stream is longer than it may be.
type bounded struct {
	r    io.Reader
	left int64
}

func (b *bounded) Read(p []byte) (int, error) {
	if b.left <= 0 {
		return 0, fmt.Errorf("%w: unpacks to too much", ErrTooLarge)
	}
	n, err := b.r.Read(p[:min(int64(len(p)), b.left)])
	b.left -= int64(n)
	return n, err
}

// tarBlock is what the length of a whole .tar is a multiple of.
const tarBlock = 512

// counted counts what is read of a stream.
type counted struct {
	r io.Reader
	n int64
}

func (c *counted) Read(p []byte) (int, error) {
	n, err := c.r.Read(p)
	c.n += int64(n)
	return n, err
}

// single yields the one file that was packed, named as the packed file without its ending.
func (z *archiveWalk) single(archive string, r io.Reader, depth int) bool {
	base := path.Base(strings.ReplaceAll(archive, pathname.MemberMark, "/"))
	full := archive + pathname.MemberMark + strings.TrimSuffix(base, path.Ext(base))
	if !z.w.wanted(full) {
		return z.w.fail(z.w.only, errors.New("no such member in the archive"))
	}
	return z.stream(full, r, 0, time.Time{}, depth)
}

// stream reads a member and yields it, or walks it if it is an archive itself.
func (z *archiveWalk) stream(full string, r io.Reader, size int64, modified time.Time, depth int) bool {
	if err := z.take(size); err != nil {
		return z.w.fail(full, err)
	}
	data, err := readLimited(r, size, z.w.o.maxBytes())
	if err == nil && size == 0 {
		err = z.take(int64(len(data)))
	}
	if err != nil {
		return z.w.fail(full, err)
	}
	s := Source{
		Name: full, Size: int64(len(data)), ModTime: modified, limit: z.w.o.maxBytes(),
		open: func() (io.ReadCloser, error) { return io.NopCloser(bytes.NewReader(data)), nil },
	}
	if named(full) {
		return z.inner(s, depth)
	}
	return z.w.yield(s, nil)
}
