package pdf

import (
	"os"
	"path/filepath"
	"sync"
	"testing"
)

// Files can be read at the same time, and come out the same each time.
func TestParallel(t *testing.T) {
	names, _ := filepath.Glob("testdata/*.pdf")
	var wg sync.WaitGroup
	for _, n := range names {
		data, err := os.ReadFile(n)
		if err != nil {
			t.Fatal(err)
		}
		first, err := Read(data, Options{Single: true})
		if err != nil {
			continue
		}
		for range 3 {
			wg.Go(func() {
				d, err := Read(data, Options{Single: true})
				if err != nil || written(d) != written(first) {
					t.Errorf("%s: reads differently: %v", n, err)
				}
			})
		}
	}
	wg.Wait()
}
