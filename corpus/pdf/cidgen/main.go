// Command cidgen writes the tables corpus/pdf/data/gb1.cid and cns1.cid: for
// every CID of Adobe-GB1 and Adobe-CNS1 its Unicode character. Its input is
// cid2code.txt of Adobe's cmap-resources (BSD-3-Clause; see corpus/pdf/NOTICE):
//
//	go run ./corpus/pdf/cidgen cmap-resources/Adobe-GB1-6/cid2code.txt corpus/pdf/data/gb1.cid
//
// A table is deflated. It holds one signed varint for each CID from 0: the
// difference of its character to that of the CID before (0 is "none").
package main

import (
	"bufio"
	"bytes"
	"compress/flate"
	"encoding/binary"
	"encoding/hex"
	"fmt"
	"os"
	"strconv"
	"strings"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/traditionalchinese"
)

// legacy are the columns that say best which character is meant.
var legacy = []struct {
	column string
	enc    encoding.Encoding
}{
	{"GBK-EUC", simplifiedchinese.GBK},
	{"GBKp-EUC", simplifiedchinese.GBK},
	{"ETen-B5", traditionalchinese.Big5},
	{"B5pc", traditionalchinese.Big5},
}

func main() {
	if len(os.Args) != 3 {
		fmt.Fprintln(os.Stderr, "usage: cidgen cid2code.txt OUT")
		os.Exit(2)
	}
	if err := run(os.Args[1], os.Args[2]); err != nil {
		fmt.Fprintln(os.Stderr, "cidgen:", err)
		os.Exit(1)
	}
}

func run(in, out string) error {
	f, err := os.Open(in)
	if err != nil {
		return err
	}
	defer f.Close()
	var runes []rune
	var column map[string]int
	sc := bufio.NewScanner(f)
	sc.Buffer(nil, 1<<20)
	for sc.Scan() {
		if strings.HasPrefix(sc.Text(), "#") {
			continue
		}
		cells := strings.Split(sc.Text(), "\t")
		if column == nil {
			column = map[string]int{}
			for i, c := range cells {
				column[c] = i
			}
			continue
		}
		runes = append(runes, pick(cells, column))
	}
	if err := sc.Err(); err != nil {
		return err
	}
	return os.WriteFile(out, pack(runes), 0o644)
}

// pick chooses the character of a row: what the legacy encoding says, else the
// plainest of the Unicode columns.
func pick(cells []string, column map[string]int) rune {
	for _, l := range legacy {
		i, ok := column[l.column]
		if !ok {
			continue
		}
		for _, c := range strings.Split(cells[i], ",") {
			if r := decode(l.enc, strings.TrimSuffix(c, "v")); r > 0 {
				return r
			}
		}
	}
	for _, name := range []string{"UniGB-UTF32", "UniCNS-UTF32"} {
		if i, ok := column[name]; ok {
			if r := plainest(strings.Split(cells[i], ",")); r > 0 {
				return r
			}
		}
	}
	return 0
}

func decode(e encoding.Encoding, code string) rune {
	b, err := hex.DecodeString(code)
	if err != nil || len(b) == 0 {
		return 0
	}
	s, err := e.NewDecoder().Bytes(b)
	if err != nil {
		return 0
	}
	if r := []rune(string(s)); len(r) == 1 && r[0] != 0xFFFD && r[0] > ' ' && !(r[0] >= 0xE000 && r[0] <= 0xF8FF) {
		return r[0]
	}
	return 0
}

// plainest prefers ordinary characters to radicals, compatibility forms and
// forms of vertical writing.
func plainest(codes []string) rune {
	best, bestRank := rune(0), 99
	for _, c := range codes {
		v, err := strconv.ParseUint(strings.TrimSuffix(c, "v"), 16, 32)
		if err != nil {
			continue
		}
		rank := 0
		if strings.HasSuffix(c, "v") {
			rank += 4
		}
		switch {
		case v == 0xA0 || v == 0xAD:
			rank += 3
		case v >= 0x2E80 && v <= 0x2FDF, v >= 0xF900 && v <= 0xFAFF, v >= 0x2F800 && v <= 0x2FA1F, v >= 0xE000 && v <= 0xF8FF:
			rank += 2
		}
		if rank < bestRank {
			best, bestRank = rune(v), rank
		}
	}
	return best
}

func pack(runes []rune) []byte {
	var raw []byte
	last := rune(0)
	for _, r := range runes {
		raw = binary.AppendVarint(raw, int64(r-last))
		last = r
	}
	var z bytes.Buffer
	w, _ := flate.NewWriter(&z, flate.BestCompression)
	w.Write(raw)
	w.Close()
	return z.Bytes()
}
