package index

import (
	"encoding/binary"
	"math"
	"os"
)

// The table of reports says which report a document number of bleve's is, and where
// its head and record stand. Reports are numbered by rank: in the order of their
// sources, and of their place in them. All else in this package knows a report by
// its rank only, so that the order of anything does not depend on how the corpus
// was built; bleve's numbers change with every merge.
//
//	bleve's numbers, reports, documents   3 × uint32
//	the rank of each number               uint32; all ones where bleve has deleted it
//	of each report                        places of head and record, uint64; number of its document, uint32
type table struct {
	ranks []uint32
	rows  []row
	docs  int
}

type row struct {
	head, record int64
	doc          uint32 // documents are numbered as reports are
}

const (
	noRank  = math.MaxUint32
	rowSize = 20
)

func (t *table) encode() []byte {
	b := make([]byte, 0, 12+4*len(t.ranks)+rowSize*len(t.rows))
	for _, n := range []int{len(t.ranks), len(t.rows), t.docs} {
		b = binary.LittleEndian.AppendUint32(b, uint32(n))
	}
	for _, r := range t.ranks {
		b = binary.LittleEndian.AppendUint32(b, r)
	}
	for _, r := range t.rows {
		b = binary.LittleEndian.AppendUint64(b, uint64(r.head))
		b = binary.LittleEndian.AppendUint64(b, uint64(r.record))
		b = binary.LittleEndian.AppendUint32(b, r.doc)
	}
	return b
}

// readTable reads a table whose checksum was found right.
func readTable(path string) (*table, error) {
	b, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	at := func(i int) uint32 { return binary.LittleEndian.Uint32(b[i:]) }
	t := &table{ranks: make([]uint32, at(0)), rows: make([]row, at(4)), docs: int(at(8))}
	b = b[12:]
	for i := range t.ranks {
		t.ranks[i] = at(4 * i)
	}
	b = b[4*len(t.ranks):]
	for i := range t.rows {
		k := rowSize * i
		t.rows[i] = row{int64(binary.LittleEndian.Uint64(b[k:])), int64(binary.LittleEndian.Uint64(b[k+8:])), at(k + 16)}
	}
	return t, nil
}
