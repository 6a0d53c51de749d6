package corpus

// Finding the files to read: paths, directories with all below them, archives
// with all in them, standard input. What can not be read is reported with its
// name, and the walk goes on.

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"iter"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"time"

	"mingxi/corpus/pathname"
)

// SourceOptions say where Sources reads and how much it accepts. The zero value
// is right for nearly all uses.
type SourceOptions struct {
	MaxBytes int64     // largest file or archive member; 0 means 256 MiB
	MaxTotal int64     // largest sum of the members of one archive; 0 means 16 times MaxBytes
	MaxDepth int       // how deep archives may lie in archives; 0 means 3
	Stdin    io.Reader // what "-" reads; nil means os.Stdin

	// Include and Exclude are patterns for files below a folder or in an archive, as of
	// path.Match: only those are found that fit one of Include, if there are any, and
	// none of Exclude. A pattern without a slash is for any part of a path below the
	// root, one with a slash for the path itself or a folder that it is in.
	Include, Exclude []string

	// Skip reports files and directories to pass over; nil means none.
	Skip func(path string, info fs.FileInfo) bool
}

func (o SourceOptions) maxBytes() int64 { return Options{MaxBytes: o.MaxBytes}.maxBytes() }

func (o SourceOptions) maxTotal() int64 {
	if o.MaxTotal > 0 {
		return o.MaxTotal
	}
	return 16 * o.maxBytes()
}

func (o SourceOptions) maxDepth() int {
	if o.MaxDepth > 0 {
		return o.MaxDepth
	}
	return 3
}

// A Source is a file that can be read: on disk, in an archive, or standard input.
type Source struct {
	Name    string    // path as given or found, UTF-8; a member of an archive is a.zip!/b.txt; "-" is standard input
	Root    string    // the folder that was given, or the one of the file that was; empty for standard input
	Given   bool      // the user named it, and not only a folder or archive that it is in
	Size    int64     // bytes; what the archive claims for a member
	ModTime time.Time // zero if not known
	path    string    // of a file on disk, as the system has it
	open    func() (io.ReadCloser, error)
	limit   int64
}

// Bytes reads the source. It fails with ErrTooLarge rather than read more than
// the limit. It may be called from any goroutine, and again.
func (s Source) Bytes() ([]byte, error) {
	if s.open == nil {
		return nil, errors.New("no source")
	}
	if s.Size > s.limit {
		return nil, tooLarge(s.Size, s.limit)
	}
	r, err := s.open()
	if err != nil {
		return nil, cause(err)
	}
	defer r.Close()
	return readLimited(r, s.Size, s.limit)
}

func tooLarge(size, limit int64) error {
	return fmt.Errorf("%w: %d bytes, the limit is %d", ErrTooLarge, size, limit)
}

// readLimited reads all of r, expected to be of the given size, up to the limit.
func readLimited(r io.Reader, size, limit int64) ([]byte, error) {
	var b bytes.Buffer
	if size > 0 && size <= 64<<20 { // what an archive claims is believed only so far
		b.Grow(int(size) + bytes.MinRead)
	}
	n, err := io.Copy(&b, io.LimitReader(r, limit+1))
	if err != nil {
		return nil, cause(err)
	}
	if n > limit {
		return nil, fmt.Errorf("%w: more than the limit of %d bytes", ErrTooLarge, limit)
	}
	return b.Bytes(), nil
}

// cause leaves the path out of an error of the file system: the caller has it.
func cause(err error) error {
	var p *fs.PathError
	if errors.As(err, &p) {
		return p.Err
	}
	return err
}

// Sources yields the files at the paths, in order: a directory's by name, an
// archive's as they stand in it. With an error comes a Source that has only its
// name; the walk goes on behind it, except when ctx is done, which ends it.
//
// Hidden files and directories (.git, ~$report.docx, __MACOSX) below a path are
// passed over. Symbolic links are followed, each directory being walked once.
func Sources(ctx context.Context, paths []string, o SourceOptions) iter.Seq2[Source, error] {
	return func(yield func(Source, error) bool) {
		w := newWalker(ctx, o)
		w.yield = w.chosen(yield)
		w.paths(paths)
	}
}

// Root is the folder that a path to read stands for: itself, or the one of the file
// or archive that it names; empty if there is nothing of that name.
func Root(path string) string {
	info, err := os.Stat(path)
	if archive, _, ok := strings.Cut(path, pathname.MemberMark); ok && err != nil {
		path = archive
		info, err = os.Stat(archive)
	}
	switch {
	case err != nil:
		return ""
	case info.IsDir():
		return filepath.Clean(path)
	}
	return filepath.Dir(path)
}

// A walker walks; its methods return false when the walk is to end.
type walker struct {
	ctx   context.Context
	o     SourceOptions
	yield func(Source, error) bool
	seen  map[string]bool // real paths of directories
	only  string          // the member asked for, as a.zip!/b.txt
	given string          // the path that is walked
	root  string          // of it
	names pathname.Names  // how paths are shown

	closed bool // archives are files, and not looked into
	listed File // the one of a list that is walked
}

func newWalker(ctx context.Context, o SourceOptions) *walker {
	return &walker{ctx: ctx, o: o, seen: map[string]bool{}}
}

// chosen hands on what the options want, and says where it is from.
func (w *walker) chosen(yield func(Source, error) bool) func(Source, error) bool {
	return func(s Source, err error) bool {
		s.Root, s.Given = w.root, w.given == "-" || s.Name == w.name(w.given)
		if err == nil && !s.Given && !w.o.Wants(w.names.Show(w.root), s.Name) {
			return true
		}
		return yield(s, err)
	}
}

// paths walks what a user named.
func (w *walker) paths(paths []string) {
	for _, p := range paths {
		if !w.path(p) {
			return
		}
	}
}

// done reports, and yields, the end of the context.
func (w *walker) done() bool {
	if err := w.ctx.Err(); err != nil {
		w.yield(Source{}, err)
		return true
	}
	return false
}

func (w *walker) fail(name string, err error) bool {
	return w.yield(Source{Name: w.name(name), path: name}, cause(err))
}

// path walks one path that a user named.
func (w *walker) path(path string) bool {
	if w.done() {
		return false
	}
	w.given = path
	if w.root = ""; path == "-" {
		return w.stdin()
	}
	w.root = Root(path)
	info, err := os.Stat(path)
	if archive, _, ok := strings.Cut(path, pathname.MemberMark); ok && err != nil {
		if i, e := os.Stat(archive); e == nil && i.Mode().IsRegular() {
			if w.closed {
				return w.yield(Source{Name: w.name(path), path: path, Size: i.Size(), ModTime: i.ModTime()}, nil)
			}
			w.only = path
			defer func() { w.only = "" }()
			return w.file(archive, i)
		}
	}
	switch {
	case err != nil:
		return w.fail(path, err)
	case info.IsDir() && !w.skip(path, info):
		return w.dir(path, 0)
	case info.IsDir():
		return true
	}
	return w.file(path, info) // named by the user: not passed over
}

func (w *walker) skip(path string, info fs.FileInfo) bool {
	return w.o.Skip != nil && w.o.Skip(path, info)
}

// maxNesting bounds the depth of directories.
const maxNesting = 200

// dir walks a directory, unless it was walked already under another name.
func (w *walker) dir(path string, depth int) bool {
	real, err := filepath.EvalSymlinks(path)
	if err == nil {
		real, err = filepath.Abs(real)
	}
	if err != nil {
		return w.fail(path, err)
	}
	if w.seen[real] {
		return true
	}
	w.seen[real] = true
	if depth > maxNesting {
		return w.fail(path, fmt.Errorf("more than %d directories deep", maxNesting))
	}
	entries, err := os.ReadDir(path)
	if err != nil && !w.fail(path, err) {
		return false
	}
	for _, e := range entries {
		if w.done() {
			return false
		}
		if passedOver(e.Name()) {
			continue
		}
		if !w.entry(filepath.Join(path, e.Name()), depth) {
			return false
		}
	}
	return true
}

// entry walks what a directory holds under a name.
func (w *walker) entry(path string, depth int) bool {
	info, err := os.Stat(path)
	switch {
	case err != nil:
		return w.fail(path, err)
	case w.skip(path, info):
		return true
	case info.IsDir():
		return w.dir(path, depth+1)
	case !info.Mode().IsRegular():
		return w.fail(path, errors.New("not a regular file"))
	}
	return w.file(path, info)
}

// passedOver reports whether a name below a directory or in an archive is that of
// a hidden, temporary or system file.
func passedOver(name string) bool {
	return strings.HasPrefix(name, ".") || strings.HasPrefix(name, "~$") ||
		name == "__MACOSX" || strings.EqualFold(name, "Thumbs.db") || strings.EqualFold(name, "desktop.ini")
}

// file yields a file, or what is in it if it is an archive.
func (w *walker) file(path string, info os.FileInfo) bool {
	if !w.closed && info.Mode().IsRegular() && mayBeArchive(path) {
		if ok, more := w.archiveFile(path, info); ok {
			return more
		}
	}
	size := info.Size()
	if !info.Mode().IsRegular() { // a pipe that the user named
		size = 0
	}
	open := os.Open
	if info.Mode().IsRegular() {
		open = openRegular
	}
	return w.yield(Source{
		Name: w.name(path), path: path, Size: size, ModTime: info.ModTime(), limit: w.o.maxBytes(),
		open: func() (io.ReadCloser, error) { return open(path) },
	}, nil)
}

// openRegular opens a file that was a regular one, and does not wait for the writer of a
// pipe that has taken its place.
func openRegular(path string) (*os.File, error) {
	f, err := os.OpenFile(path, os.O_RDONLY|syscall.O_NONBLOCK, 0)
	if err != nil {
		return nil, err
	}
	if info, err := f.Stat(); err != nil || !info.Mode().IsRegular() {
		f.Close()
		return nil, errors.New("not a regular file")
	}
	return f, nil
}

// stdin reads standard input, which may be an archive too.
func (w *walker) stdin() bool {
	in := w.o.Stdin
	if in == nil {
		in = os.Stdin
	}
	data, err := readLimited(in, 0, w.o.maxBytes())
	if err != nil {
		return w.fail("-", fmt.Errorf("read standard input: %w", err))
	}
	if isArchive, more := w.archiveBytes("-", data); isArchive {
		return more
	}
	return w.yield(Source{
		Name: "-", Size: int64(len(data)), limit: w.o.maxBytes(),
		open: func() (io.ReadCloser, error) { return io.NopCloser(bytes.NewReader(data)), nil },
	}, nil)
}

// name is how a path is shown.
func (w *walker) name(path string) string {
	if path == w.listed.Path && w.listed.Name != "" {
		return w.listed.Name
	}
	return w.names.Show(path)
}
