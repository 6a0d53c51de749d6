//go:build !unix

package index

import "os"

// lockFile opens the lock file; the corpus database keeps a second writer out.
func lockFile(path string) (*os.File, error) {
	return os.OpenFile(path, os.O_RDWR|os.O_CREATE, 0o666)
}
