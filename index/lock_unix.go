//go:build unix

package index

import (
	"errors"
	"os"
	"syscall"
)

// lockFile takes the lock of the one writer; closing the file, or the end of
// the process however it comes, gives it back.
func lockFile(path string) (*os.File, error) {
	f, err := os.OpenFile(path, os.O_RDWR|os.O_CREATE, 0o666)
	if err != nil {
		return nil, err
	}
	if err := syscall.Flock(int(f.Fd()), syscall.LOCK_EX|syscall.LOCK_NB); err != nil {
		f.Close()
		return nil, errors.New("another process is writing it")
	}
	return f, nil
}
