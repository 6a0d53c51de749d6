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
	defer debug.SetPanicOnFault(debug.SetPanicOnFault(true))
	numbers := make([]int, len(ix.table.rows))
	for id := range numbers {
		if ctx.Err() != nil {
			return ctx.Err()
		}
		var err error
		if numbers[id], err = ix.checkReport(uint32(id)); err != nil {
			found(err.Error())
		}
	}
	reports := 0
	err = ix.eachRank(func(id uint32, number int) {
		if numbers[id] == number {
			numbers[id] = -1 // once
			reports++
		}
	})
	if err == nil && reports != len(numbers) {
		err = damagedFile(filepath.Base(view), fmt.Sprintf("bleve has %d of %d reports", reports, len(numbers)))
	}
	return report(err)
}

// eachRank yields the reports that bleve has, with their numbers.
func (ix *Index) eachRank(yield func(id uint32, number int)) (err error) {
	defer guard(&err)
	err = eachNumber(ix.reader, func(doc, number int) {
		if doc < len(ix.table.ranks) && ix.table.ranks[doc] != noRank {
			yield(ix.table.ranks[doc], number)
		}
	})
	if err != nil {
		err = fmt.Errorf("%w: %v", ErrDamaged, err)
	}
	return err
}

// checkReport reads the head and the record of a report.
func (ix *Index) checkReport(id uint32) (number int, err error) {
	defer guard(&err)
	h := ix.head(id)
	readRecord(ix.records, h.record, false)
	if h.record != ix.table.rows[id].record {
		err = damagedFile(tableFile, "it and the heads differ")
	}
	return h.number, err
}
