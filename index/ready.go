package index

// What an index takes in of a document can be made apart from any index: the processes
// that read documents do that work, and one that has what they made only adds it.
//
//	ready    checksum of all that follows   uint32
//	         the number of reports; of each the length and the head, the length and the
//	         record, and for each of figureFields the number of values and these

import (
	"encoding/binary"
	"errors"
	"fmt"

	"mingxi/schema"
)

// Ready makes of a document and its reading, which may be nil, what [Writer.AddReady]
// adds. It refuses what [Writer.Add] refuses.
func Ready(d *schema.Document, r *schema.Reading) ([]byte, error) {
	list, err := prepared(whole(d, r))
	if err != nil {
		return nil, fmt.Errorf("index %s: %w", d.Source, err)
	}
	b := binary.AppendUvarint(make([]byte, 4, 4+2*len(d.Text)), uint64(len(list)))
	for _, rep := range list {
		b = appendString(b, string(appendHead(nil, rep.head)))
		b = binary.AppendUvarint(b, uint64(rep.record.bytes()))
		for _, piece := range rep.record.pieces() {
			b = append(b, piece...)
		}
		for _, values := range rep.values {
			b = binary.AppendUvarint(b, uint64(len(values)))
			for _, v := range values {
				b = appendString(b, v)
			}
		}
	}
	binary.LittleEndian.PutUint32(b, sum(b[4:]))
	return b, nil
}

// IsReady reports whether b is what Ready made.
func IsReady(b []byte) bool {
	return len(b) > 4 && sum(b[4:]) == binary.LittleEndian.Uint32(b)
}

// AddReady is Add of what Ready made of a document, by this version of the program. It
// keeps no part of b.
func (w *Writer) AddReady(docID string, b []byte) (err error) {
	defer guard(&err)
	if !IsReady(b) {
		return fmt.Errorf("%w: %s is not ready to be added", ErrDamaged, docID)
	}
	c := cursor{append([]byte(nil), b[4:]...)}
	list := make([]*newReport, c.int())
	for i := range list {
		rep := &newReport{head: readHead(c.take(c.int()), 0), record: readRecord(c.take(c.int()), 0, true), values: make([][]string, len(figureFields))}
		if rep.id != docID {
			return errors.New("what is ready is of another document")
		}
		for k := range rep.values {
			rep.values[k] = make([]string, c.int())
			for n := range rep.values[k] {
				rep.values[k][n] = c.string()
			}
		}
		list[i] = rep
	}
	w.Delete(docID)
	w.changed = true
	return w.add(list)
}
