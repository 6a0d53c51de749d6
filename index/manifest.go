package index

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
)

// The manifest, index.json, lists the segments in the order of adding. It is
// replaced as a whole: written beside, synced, renamed. What it does not name
// does not exist; the next writer removes it.
type manifest struct {
	Version  int     `json:"version"` // 1
	Next     int     `json:"next"`    // number of the next segment or file of deletions
	Segments []entry `json:"segments"`
}

// An entry is one segment of the manifest.
type entry struct {
	Name  string `json:"name"`           // its folder
	Dead  string `json:"dead,omitempty"` // file with one bit a document; empty if none is deleted
	Docs  int    `json:"docs"`           // documents in it
	Gone  int    `json:"gone,omitempty"` // how many of them are deleted
	Runes int    `json:"runes"`          // characters of text
}

const formatVersion = 1

func manifestPath(dir string) string { return filepath.Join(dir, "index.json") }

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
		return nil, fmt.Errorf("open index %s: index.json: %w", dir, err)
	}
	if m.Version != formatVersion {
		return nil, fmt.Errorf("open index %s: format %d, this program knows %d: rebuild it", dir, m.Version, formatVersion)
	}
	return m, nil
}

func (m *manifest) write(dir string) error {
	b, err := json.MarshalIndent(m, "", "\t")
	if err != nil {
		return err
	}
	return replaceFile(manifestPath(dir), append(b, '\n'))
}

// fresh names the next folder or file.
func (m *manifest) fresh() string {
	m.Next++
	return fmt.Sprintf("%06d", m.Next)
}

// replaceFile writes a file so that a reader sees the old bytes or the new.
func replaceFile(path string, b []byte) error {
	f, err := os.Create(path + ".new")
	if err != nil {
		return err
	}
	_, err = f.Write(b)
	err = errors.Join(err, f.Sync(), f.Close())
	if err != nil {
		return err
	}
	if err := os.Rename(path+".new", path); err != nil {
		return err
	}
	return syncDir(filepath.Dir(path))
}

// syncDir makes renames in dir last; not every system can.
func syncDir(dir string) error {
	d, err := os.Open(dir)
	if err != nil {
		return err
	}
	d.Sync()
	return d.Close()
}
