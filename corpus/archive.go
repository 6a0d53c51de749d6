package corpus

// Archives: their members are sources, archives in them are walked too. This file
// has what all kinds share, and zip; tarball.go has .tar, .tar.gz, .gz and .bz2.
//
// A bomb is stopped by four bounds: on the size of a member, on the sum of
// the members of an archive with all archives in it, on the ratio of a member's
// size to what it takes in the archive, and on depth.

import (
	"archive/zip"
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"math"
	"os"
	"path"
	"strings"

	"mingxi/corpus/pathname"
)

// Bounds on the ratio: text and office files shrink to a tenth, seldom more.
const (
	maxRatio     = 300
	ratioMatters = 4 << 20 // bytes; smaller members may shrink as they like
)

// mayBeArchive tells by the name whether a file is worth looking into: an archive,
// or something with a name that does not say what it is.
func mayBeArchive(name string) bool {
	switch strings.ToLower(path.Ext(name)) {
	case ".txt", ".html", ".htm", ".pdf", ".docx", ".doc", ".xlsx", ".xls", ".pptx", ".ppt", ".odt", ".ods", ".rtf", ".epub", ".ofd", ".wps", ".et", ".md", ".csv", ".json":
		return false
	}
	return true
}

// named reports whether a member is named like an archive.
func named(name string) bool {
	switch strings.ToLower(path.Ext(name)) {
	case ".zip", ".tar", ".tgz", ".gz", ".bz2", ".tbz", ".tbz2":
		return true
	}
	return false
}

// An archiveWalk is the state of one outermost archive.
type archiveWalk struct {
	w     *walker
	total int64           // bytes of all members so far
	most  int64           // what they may come to
	names map[string]bool // of members so far
}

// floorTotal is what any archive may unpack to, with all archives in it; beyond that a
// ratio to its size counts, since archives in archives multiply.
const floorTotal = 64 << 20

func (w *walker) newArchiveWalk(size int64) *archiveWalk {
	return &archiveWalk{w: w, most: min(w.o.maxTotal(), max(floorTotal, maxRatio*size))}
}

// slashed is the name of a member as it is shown, with slashes.
func slashed(name string) string {
	if s, ok := pathname.Decoded(name); ok {
		return strings.ReplaceAll(s, `\`, "/") // a byte of GBK may be a backslash
	}
	return pathname.Escaped(strings.ReplaceAll(name, `\`, "/"))
}

// full is the name of a member, told apart from those before it: where two would be
// shown alike the bytes of the second are written out, or it is numbered.
func (z *archiveWalk) full(archive, name string) string {
	full := archive + pathname.MemberMark + slashed(name)
	if z.names[full] {
		full = archive + pathname.MemberMark + pathname.Escaped(strings.ReplaceAll(name, `\`, "/"))
	}
	for n, base := 2, full; z.names[full]; n++ {
		full = fmt.Sprintf("%s#%d", base, n)
	}
	if z.names == nil {
		z.names = map[string]bool{}
	}
	z.names[full] = true
	return full
}

// archiveFile walks a file if it is an archive of files (and no docx, xlsx or epub).
func (w *walker) archiveFile(name string, info os.FileInfo) (isArchive, more bool) {
	f, err := openRegular(name)
	if err != nil {
		return false, true // reported when it is read
	}
	head := make([]byte, min(info.Size(), 4096))
	if _, err := f.ReadAt(head, 0); err != nil {
		f.Close()
		return false, true
	}
	switch format := byMagic(head); {
	case isTarball(format):
		defer f.Close()
		return true, w.newArchiveWalk(info.Size()).tarball(w.name(name), format, f, info.Size(), 1)
	case !bytes.HasPrefix(head, []byte("PK\x03\x04")) && !bytes.HasPrefix(head, []byte("PK\x05\x06")):
		f.Close()
		return false, true
	}
	// The file stays open as long as a source refers to it; sources may be read
	// behind the walk. It is closed with the last of them, by the runtime.
	r, err := openZip(f, info.Size())
	switch {
	case err != nil && packageKind(localNames(head), "") == formatZip:
		f.Close()
		return true, w.fail(name, fmt.Errorf("open archive: %w", err))
	case err != nil, zipKind(r) != formatZip:
		f.Close()
		return false, true
	}
	return true, w.newArchiveWalk(info.Size()).members(w.name(name), r, 1)
}

// archiveBytes walks an archive in memory; false in the first result is no archive.
func (w *walker) archiveBytes(name string, data []byte) (isArchive, more bool) {
	return w.newArchiveWalk(int64(len(data))).open(name, data, 1)
}

// open walks an archive in memory that lies depth archives deep.
func (z *archiveWalk) open(name string, data []byte, depth int) (isArchive, more bool) {
	format := Sniff(name, data)
	switch {
	case format != formatZip && !isTarball(format):
		return false, true
	case depth > z.w.o.maxDepth():
		return true, z.w.fail(name, fmt.Errorf("archives more than %d deep", z.w.o.maxDepth()))
	case isTarball(format):
		return true, z.tarball(name, format, bytes.NewReader(data), int64(len(data)), depth)
	}
	r, err := openZip(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		return true, z.w.fail(name, fmt.Errorf("open archive: %w", err))
	}
	return true, z.members(name, r, depth)
}

// members walks the members of an archive that lies depth archives deep.
func (z *archiveWalk) members(archive string, r *zip.Reader, depth int) bool {
	found := false
	for _, f := range r.File {
		if z.w.done() {
			return false
		}
		name := slashed(f.Name)
		if f.FileInfo().IsDir() || strings.HasSuffix(name, "/") || hiddenMember(name) {
			continue
		}
		full := z.full(archive, f.Name)
		if !z.w.wanted(full) {
			continue
		}
		found = true
		if !z.member(full, f, depth) {
			return false
		}
	}
	if !found && z.w.only != "" && depth == 1 {
		return z.w.fail(z.w.only, errors.New("no such member in the archive"))
	}
	return true
}

// wanted reports whether a member is asked for, or may hold what is.
func (w *walker) wanted(full string) bool {
	return w.only == "" || full == w.only ||
		strings.HasPrefix(w.only, full+pathname.MemberMark) || strings.HasPrefix(full, strings.TrimSuffix(w.only, "/")+"/") ||
		strings.HasPrefix(full, w.only+pathname.MemberMark)
}

func hiddenMember(name string) bool {
	for part := range strings.SplitSeq(name, "/") {
		if part != "." && part != ".." && passedOver(part) {
			return true
		}
	}
	return false
}

// member yields a member, or walks it if it is an archive itself.
func (z *archiveWalk) member(full string, f *zip.File, depth int) bool {
	if err := z.check(f); err != nil {
		return z.w.fail(full, err)
	}
	s := Source{
		Name: full, Size: int64(f.UncompressedSize64), ModTime: f.Modified, limit: z.w.o.maxBytes(),
		open: func() (io.ReadCloser, error) { return openMember(f) },
	}
	if named(full) {
		return z.inner(s, depth)
	}
	return z.w.yield(s, nil)
}

// check refuses a member that breaks a bound, or that has a password.
func (z *archiveWalk) check(f *zip.File) error {
	size, packed := f.UncompressedSize64, f.CompressedSize64
	switch {
	case f.Flags&1 != 0:
		return errors.New("archive member has a password")
	case size > uint64(z.w.o.maxBytes()):
		return tooLarge(int64(min(size, math.MaxInt64)), z.w.o.maxBytes())
	case size > ratioMatters && size/maxRatio > packed:
		return fmt.Errorf("%w: unpacks to more than %d times its size", ErrTooLarge, maxRatio)
	}
	return z.take(int64(size))
}

// take counts a member of that size.
func (z *archiveWalk) take(size int64) error {
	switch {
	case size > z.w.o.maxBytes():
		return tooLarge(size, z.w.o.maxBytes())
	case z.total+size > z.most:
		return fmt.Errorf("%w: the archive unpacks to more than %d bytes", ErrTooLarge, z.most)
	}
	z.total += size
	return nil
}

// inner walks an archive in an archive; a docx that is only named .zip is a file.
func (z *archiveWalk) inner(s Source, depth int) bool {
	data, err := s.Bytes()
	if err != nil {
		return z.w.fail(s.Name, err)
	}
	if isArchive, more := z.open(s.Name, data, depth+1); isArchive {
		return more
	}
	return z.w.yield(s, nil)
}

// openZip opens a zip file. One that begins with a member and has no directory where its
// end says is cut short: what was found is the end of an archive stored in it.
func openZip(f io.ReaderAt, size int64) (*zip.Reader, error) {
	r, err := zip.NewReader(f, size)
	if err != nil || len(r.File) == 0 {
		return r, err
	}
	tail := make([]byte, min(size, 66<<10))
	_, err = f.ReadAt(tail, size-int64(len(tail)))
	end := tail[max(0, bytes.LastIndex(tail[:max(0, len(tail)-18)], []byte("PK\x05\x06"))):]
	var first, directory [4]byte
	f.ReadAt(first[:], 0)
	f.ReadAt(directory[:], int64(binary.LittleEndian.Uint32(end[16:])))
	if string(first[:]) == "PK\x03\x04" && string(directory[:]) != "PK\x01\x02" && binary.LittleEndian.Uint32(end[16:]) != math.MaxUint32 {
		return nil, errors.New("it is cut short or damaged")
	}
	return r, err
}

// openMember opens a member, never to read more of it than the archive claims.
func openMember(f *zip.File) (io.ReadCloser, error) {
	r, err := f.Open()
	if err != nil {
		return nil, err
	}
	return struct {
		io.Reader
		io.Closer
	}{io.LimitReader(r, int64(f.UncompressedSize64)+1), r}, nil
}
