// Package pack opens zip packages (docx, xlsx, epub, ofd) within bounds: what
// is unpacked from one package is counted over all its parts, so neither a zip
// bomb nor overlapping members can fill the memory. An Office package may also be
// one XML file (flat OPC), and is opened alike.
package pack

import (
	"archive/zip"
	"bytes"
	"errors"
	"fmt"
	"io"
	"path"
	"sort"
	"strings"
)

// What may be unpacked from a package of n bytes: base + ratio × n, at most most.
const (
	base  = 8 << 20
	ratio = 40
	most  = 384 << 20
)

// ErrTooLarge is returned where a package unpacks to more than its bounds.
var ErrTooLarge = errors.New("unpacks to too much (a zip bomb?)")

// A Package is an open zip file. It is for one goroutine.
type Package struct {
	files map[string]member // by folded name
	names []string
	left  int64 // bytes that may still be unpacked
}

// A member is a part as it lies in the file.
type member interface{ Open() (io.ReadCloser, error) }

// Open reads the directory of a package.
func Open(data []byte) (*Package, error) {
	z, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		return nil, fmt.Errorf("open package: %w", err)
	}
	p := &Package{files: map[string]member{}, left: limit(len(data))}
	for _, f := range z.File {
		key := Fold(f.Name)
		if _, twice := p.files[key]; twice || strings.HasSuffix(f.Name, "/") {
			continue
		}
		p.files[key] = f
		p.names = append(p.names, clean(f.Name))
	}
	sort.Strings(p.names)
	return p, nil
}

// limit is how many bytes a package of n bytes may unpack to.
func limit(n int) int64 { return min(most, base+ratio*int64(n)) }

// Names lists the parts, sorted.
func (p *Package) Names() []string { return p.names }

// Has reports whether the package has the part.
func (p *Package) Has(name string) bool { return p.files[Fold(name)] != nil }

// Open opens a part. Case and leading slash of the name do not matter, as in
// the packages of some producers.
func (p *Package) Open(name string) (io.ReadCloser, error) {
	f := p.files[Fold(name)]
	if f == nil {
		return nil, fmt.Errorf("read %s: no such part", name)
	}
	r, err := f.Open()
	if err != nil {
		return nil, fmt.Errorf("read %s: %w", name, err)
	}
	return &part{r, p}, nil
}

// ReadFile unpacks a part.
func (p *Package) ReadFile(name string) ([]byte, error) {
	r, err := p.Open(name)
	if err != nil {
		return nil, err
	}
	defer r.Close()
	b, err := io.ReadAll(r)
	if err != nil {
		return nil, fmt.Errorf("read %s: %w", name, err)
	}
	return b, nil
}

// part counts what is unpacked.
type part struct {
	io.ReadCloser
	p *Package
}

func (r *part) Read(b []byte) (int, error) {
	if r.p.left <= 0 {
		return 0, ErrTooLarge
	}
	n, err := r.ReadCloser.Read(b[:min(int64(len(b)), r.p.left)])
	r.p.left -= int64(n)
	return n, err
}

func clean(name string) string {
	return strings.TrimPrefix(path.Clean("/"+strings.ReplaceAll(name, `\`, "/")), "/")
}

// Fold is the name of a part as packages compare them: small letters, no leading
// slash, slashes for backslashes.
func Fold(name string) string { return strings.ToLower(clean(name)) }
