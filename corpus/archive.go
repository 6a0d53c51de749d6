package corpus

// Zip archives: their members are sources, archives in them are walked too.
//
// A zip bomb is stopped by four bounds: on the size of a member, on the sum of
// the members of an archive with all archives in it, on the ratio of a member's
// size to what it takes in the archive, and on depth.

import (
	"archive/zip"
	"bytes"
	"errors"
	"fmt"
	"io"
	"os"
	"path"
	"strings"
)

// memberMark stands between the name of an archive and that of its member.
const memberMark = "!/"

// Bounds on the ratio: text and office files shrink to a tenth, seldom more.
const (
	maxRatio     = 300
	ratioMatters = 4 << 20 // bytes; smaller members may shrink as they like
)

// mayBeZip tells by the name whether a file is worth looking into: an archive,
// or something with a name that does not say what it is.
func mayBeZip(name string) bool {
	switch strings.ToLower(path.Ext(name)) {
	case ".txt", ".html", ".htm", ".pdf", ".docx", ".doc", ".xlsx", ".xls", ".rtf", ".epub", ".ofd", ".wps", ".et", ".md", ".csv", ".json":
		return false
	}
	return true
}

// A zipWalk is the state of one outermost archive.
type zipWalk struct {
	w     *walker
	total int64 // bytes of all members so far
}

// zipFile walks a file if it is an archive of files (and no docx, xlsx or epub).
func (w *walker) zipFile(name string, info os.FileInfo) (isZip, more bool) {
	f, err := os.Open(name)
	if err != nil {
		return false, true // reported when it is read
	}
	if !sniffsAsZip(f, info.Size()) {
		f.Close()
		return false, true
	}
	// The file stays open as long as a source refers to it; sources may be read
	// behind the walk. It is closed with the last of them, by the runtime.
	r, err := zip.NewReader(f, info.Size())
	if err != nil {
		f.Close()
		return true, w.fail(name, fmt.Errorf("open archive: %w", err))
	}
	z := &zipWalk{w: w}
	return true, z.members(readable(name), r, 1)
}

// sniffsAsZip reads the ends of a file to tell its format.
func sniffsAsZip(f io.ReaderAt, size int64) bool {
	head := make([]byte, min(size, 4096))
	if _, err := f.ReadAt(head, 0); err != nil || !bytes.HasPrefix(head, []byte("PK")) {
		return false
	}
	tail := make([]byte, min(size, 1<<20))
	if _, err := f.ReadAt(tail, size-int64(len(tail))); err != nil && err != io.EOF {
		return false
	}
	return Sniff("", append(head, tail...)) == formatZip
}

// zipBytes walks an archive in memory.
func (w *walker) zipBytes(name string, data []byte) bool {
	r, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		return w.fail(name, fmt.Errorf("open archive: %w", err))
	}
	z := &zipWalk{w: w}
	return z.members(name, r, 1)
}

// members walks the members of an archive that lies depth archives deep.
func (z *zipWalk) members(archive string, r *zip.Reader, depth int) bool {
	found := false
	for _, f := range r.File {
		if z.w.done() {
			return false
		}
		name := strings.ReplaceAll(readable(f.Name), `\`, "/")
		if f.FileInfo().IsDir() || strings.HasSuffix(name, "/") || hiddenMember(name) {
			continue
		}
		full := archive + memberMark + name
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
		strings.HasPrefix(w.only, full+memberMark) || strings.HasPrefix(full, strings.TrimSuffix(w.only, "/")+"/") ||
		strings.HasPrefix(full, w.only+memberMark)
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
func (z *zipWalk) member(full string, f *zip.File, depth int) bool {
	if err := z.check(f); err != nil {
		return z.w.fail(full, err)
	}
	s := Source{
		Name: full, Size: int64(f.UncompressedSize64), ModTime: f.Modified, limit: z.w.o.maxBytes(),
		open: func() (io.ReadCloser, error) { return openMember(f) },
	}
	if strings.EqualFold(path.Ext(full), ".zip") {
		return z.inner(s, depth)
	}
	return z.w.yield(s, nil)
}

// check refuses a member that breaks a bound, or that has a password.
func (z *zipWalk) check(f *zip.File) error {
	size, packed := f.UncompressedSize64, f.CompressedSize64
	limit := z.w.o.maxBytes()
	switch {
	case f.Flags&1 != 0:
		return errors.New("archive member has a password")
	case size > uint64(limit):
		return fmt.Errorf("%w: %d bytes, the limit is %d", ErrTooLarge, size, limit)
	case size > ratioMatters && size/maxRatio > packed:
		return fmt.Errorf("%w: unpacks to more than %d times its size", ErrTooLarge, maxRatio)
	case z.total+int64(size) > z.w.o.maxTotal():
		return fmt.Errorf("%w: the archive unpacks to more than %d bytes", ErrTooLarge, z.w.o.maxTotal())
	}
	z.total += int64(size)
	return nil
}

// inner walks an archive in an archive; a docx that is only named .zip is a file.
func (z *zipWalk) inner(s Source, depth int) bool {
	data, err := s.Bytes()
	if err != nil {
		return z.w.fail(s.Name, err)
	}
	if Sniff(s.Name, data) != formatZip {
		return z.w.yield(s, nil)
	}
	if depth >= z.w.o.maxDepth() {
		return z.w.fail(s.Name, fmt.Errorf("archives more than %d deep", z.w.o.maxDepth()))
	}
	r, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		return z.w.fail(s.Name, fmt.Errorf("open archive: %w", err))
	}
	return z.members(s.Name, r, depth+1)
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
