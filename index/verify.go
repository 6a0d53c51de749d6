package index

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"runtime/debug"
)

// Verify reads everything that counts in the index in dir and calls found for each
// thing that is not as it was written: files, heads and records with their checksums,
// and whether bleve has the reports that the table names. The error is that of ctx,
// or of reading a file that is there.
func Verify(ctx context.Context, dir string, found func(problem string)) (err error) {
	report := func(err error) error {
		if err == nil {
			return nil
		}
		if errors.Is(err, ErrDamaged) || errors.Is(err, ErrNone) || errors.Is(err, ErrOld) {
			found(err.Error())
			return nil
		}
		return err
	}
	m, err := readManifest(dir)
	if err != nil {
		return report(err)
	}
	view := viewPath(dir, m.View)
	for i := range m.Files {
		if err := report(m.Files[i].check(view, true)); err != nil {
			return err
		}
	}
	ix, err := Open(dir)
	if err != nil {
		return report(err)
	}
	defer ix.Close()
	defer guard(&err)
	defer debug.SetPanicOnFault(debug.SetPanicOnFault(true))
	for id := range ix.table.rows {
		if ctx.Err() != nil {
			return ctx.Err()
		}
		if err := report(ix.checkReport(uint32(id))); err != nil {
			return err
		}
	}
	seen, reports := make([]bool, len(ix.table.rows)), 0
	if err := eachNumber(ix.reader, func(doc, number int) {
		if doc < len(ix.table.ranks) {
			if r := ix.table.ranks[doc]; r != noRank && !seen[r] && ix.numberOf(r) == number {
				seen[r] = true
				reports++
			}
		}
	}); err != nil {
		return report(fmt.Errorf("%w: %v", ErrDamaged, err))
	}
	if reports != len(seen) {
		found(damagedFile(filepath.Base(view), fmt.Sprintf("bleve has %d of %d reports", reports, len(seen))).Error())
	}
	return nil
}

func (ix *Index) numberOf(id uint32) (number int) {
	defer func() {
		if recover() != nil {
			number = -1 // it was reported
		}
	}()
	return ix.head(id).number
}

// checkReport reads the head and the record of a report.
func (ix *Index) checkReport(id uint32) (err error) {
	defer guard(&err)
	h := ix.head(id)
	readRecord(ix.records, h.record, func(int) bool { return false })
	if h.record != ix.table.rows[id].record {
		return damagedFile(tableFile, "it and the heads differ")
	}
	return nil
}
