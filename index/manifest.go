package index

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"hash/crc32"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
)

// The manifest, index.json, says what counts: what it does not name does not exist,
// and the next writer removes it. It is replaced as a whole: written beside, synced,
// renamed.
//
//	version 1   an engine of our own (until 7109fdd)
//	version 2   bleve and records
type manifest struct {
	Version int      `json:"version"`
	Corpus  string   `json:"corpus"`  // whose index this is; see Options
	Columns []string `json:"columns"` // of figures, in the order of the records
	View    int      `json:"view"`    // number in the name of the folder
	Log     int      `json:"log"`     // number in the names of heads and records
	Heads   int64    `json:"heads"`   // bytes of that file that count
	Records int64    `json:"records"` // the same
	Next    int      `json:"next"`    // number of the next report
	Text    int64    `json:"text"`    // bytes of the texts of all reports
	Files   []file   `json:"files"`   // of the view
	Sum     string   `json:"sum"`     // of all this, Sum itself empty
}

// A file of a view. A segment of bleve that has the size and the time that the
// writer saw is taken to be whole, since reading it all would cost more than a
// search; copied or restored to another time, it is read and summed.
type file struct {
	Name string `json:"name"` // below the view, with /
	Size int64  `json:"size"`
	Time int64  `json:"time"` // of the last change, in nanoseconds since 1970
	Sum  uint32 `json:"sum"`  // CRC-32C
}

const (
	formatVersion = 2
	storeDir      = "store"
	tableFile     = "reports.bin"
	segmentExt    = ".zap"
)

func manifestPath(dir string) string         { return filepath.Join(dir, "index.json") }
func viewPath(dir string, n int) string      { return filepath.Join(dir, fmt.Sprintf("view-%06d", n)) }
func (m *manifest) headsFile() string        { return fmt.Sprintf("heads-%06d.bin", m.Log) }
func (m *manifest) recordsFile() string      { return fmt.Sprintf("records-%06d.bin", m.Log) }
func sum(b []byte) uint32                    { return crc32.Checksum(b, castagnoli) }
func addSum(sum uint32, b []byte) uint32     { return crc32.Update(sum, castagnoli, b) } // of what comes behind
func damagedFile(name, what string) error    { return damage{name, what} }
func (f *file) path(view string) string      { return filepath.Join(view, filepath.FromSlash(f.Name)) }
func (f *file) isSegment() bool              { return filepath.Ext(f.Name) == segmentExt }
func (f *file) unchanged(i fs.FileInfo) bool { return i.ModTime().UnixNano() == f.Time }

var castagnoli = crc32.MakeTable(crc32.Castagnoli)

func readManifest(dir string) (*manifest, error) {
	b, err := os.ReadFile(manifestPath(dir))
	if errors.Is(err, fs.ErrNotExist) {
		return nil, fmt.Errorf("open index %s: %w", dir, ErrNone)
	}
	if err != nil {
		return nil, fmt.Errorf("open index: %w", err)
	}
	m := new(manifest)
	if err := json.Unmarshal(b, m); err != nil {
		return nil, fmt.Errorf("open index %s: %w", dir, damagedFile("index.json", err.Error()))
	}
	if m.Version != formatVersion && m.Version > 0 && m.Sum == "" {
		return nil, fmt.Errorf("open index %s: %w (%d, this program writes %d)", dir, ErrOld, m.Version, formatVersion)
	}
	if again, err := m.encode(); err != nil || !bytes.Equal(again, b) {
		return nil, fmt.Errorf("open index %s: %w", dir, damagedFile("index.json", "its checksum is wrong"))
	}
	if m.Version != formatVersion {
		return nil, fmt.Errorf("open index %s: %w (%d, this program writes %d)", dir, ErrOld, m.Version, formatVersion)
	}
	if !slices.Equal(m.Columns, columnNames()) {
		return nil, fmt.Errorf("open index %s: %w (its columns are not those of this program)", dir, ErrOld)
	}
	return m, nil
}

// encode prints the manifest with its sum.
func (m manifest) encode() ([]byte, error) {
	m.Sum = ""
	b, err := json.Marshal(m)
	if err != nil {
		return nil, err
	}
	m.Sum = fmt.Sprintf("%08x", sum(b))
	if b, err = json.MarshalIndent(m, "", "\t"); err != nil {
		return nil, err
	}
	return append(b, '\n'), nil
}

// generation tells this commit from others: the sum holds the times of files.
func (m *manifest) generation() string { return fmt.Sprintf("%d-%s", m.View, m.Sum) }

func (m *manifest) write(dir string) error {
	b, err := m.encode()
	if err == nil {
		err = json.Unmarshal(b, m) // with its sum
	}
	if err != nil {
		return err
	}
	path := manifestPath(dir)
	if err := writeFile(path+".new", b); err != nil {
		return err
	}
	if err := os.Rename(path+".new", path); err != nil {
		return err
	}
	return syncDir(dir)
}

// check compares the files of the view with what they were: all bytes of all files
// if everything is true, else those of segments only where their time has changed.
func (m *manifest) check(view string, everything bool) error {
	var errs []error
	for _, f := range m.Files {
		errs = append(errs, f.check(view, everything))
	}
	return errors.Join(errs...)
}

func (f *file) check(view string, everything bool) error {
	info, err := os.Stat(f.path(view))
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return damagedFile(f.Name, "the file is missing")
	case err != nil:
		return err
	case info.Size() != f.Size:
		return damagedFile(f.Name, fmt.Sprintf("it has %d bytes, not %d", info.Size(), f.Size))
	case f.isSegment() && f.unchanged(info) && !everything:
		return nil
	}
	s, err := sumFile(f.path(view))
	if err == nil && s != f.Sum {
		err = damagedFile(f.Name, "its checksum is wrong")
	}
	return err
}

func sumFile(path string) (uint32, error) {
	f, err := os.Open(path)
	if err != nil {
		return 0, err
	}
	defer f.Close()
	h := crc32.New(castagnoli)
	_, err = io.CopyBuffer(struct{ io.Writer }{h}, struct{ io.Reader }{f}, make([]byte, 1<<18))
	return h.Sum32(), err
}

// listFiles makes the list of the files of a view; sums of files that old has are
// taken from there. All get the permissions of the directory like: bleve makes its
// files for their owner alone, but a corpus may be meant for others to read.
func listFiles(view, like string, old []file) (files []file, err error) {
	root, err := os.Stat(like)
	if err != nil {
		return nil, err
	}
	err = filepath.WalkDir(view, func(path string, e fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if e.IsDir() {
			_ = os.Chmod(path, root.Mode().Perm()) // not every file system knows permissions
			return nil
		}
		_ = os.Chmod(path, root.Mode().Perm()&0o666)
		info, err := os.Stat(path)
		if err != nil {
			return err
		}
		name, err := filepath.Rel(view, path)
		if err != nil {
			return err
		}
		f := file{Name: filepath.ToSlash(name), Size: info.Size(), Time: info.ModTime().UnixNano()}
		for _, o := range old {
			if o.Name == f.Name && o.Size == f.Size && o.Time == f.Time && f.isSegment() {
				f.Sum = o.Sum
			}
		}
		if f.Sum == 0 {
			f.Sum, err = sumFile(path)
		}
		files = append(files, f)
		return err
	})
	return files, err
}

// writeFile writes a file and makes it last.
func writeFile(path string, b []byte) error {
	f, err := os.Create(path)
	if err != nil {
		return err
	}
	_, err = f.Write(b)
	return errors.Join(err, f.Sync(), f.Close())
}

// syncDir makes renames in dir last; not every system can.
func syncDir(dir string) error {
	d, err := os.Open(dir)
	if err != nil {
		return err
	}
	_ = d.Sync()
	return d.Close()
}
