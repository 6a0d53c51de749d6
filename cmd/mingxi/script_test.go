package main

import (
	"archive/zip"
	"bytes"
	"encoding/binary"
	"encoding/csv"
	"flag"
	"fmt"
	"html"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"
	"unicode/utf16"

	"github.com/rogpeppe/go-internal/testscript"
	"golang.org/x/text/encoding/simplifiedchinese"
)

var update = flag.Bool("update", false, "rewrite the expected output in testdata/*.txtar")

// The scripts run this program as a command of its own, which tells nothing of how far it
// has come, however loaded the machine is.
func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){"mingxi": func() {
		p := newProgram(os.Stdin, os.Stdout, os.Stderr, os.Args[1:])
		p.every = time.Hour
		os.Exit(run(p))
	}})
}

// The scripts in testdata are the manual by example: one per command. A script
// writes the files at its end into a fresh directory and runs line by line.
// With -update, what is compared by cmp is rewritten.
func TestScripts(t *testing.T) {
	testscript.Run(t, testscript.Params{
		Dir:                 "testdata",
		UpdateScripts:       *update,
		RequireUniqueNames:  true,
		RequireExplicitExec: true,
		Setup: func(e *testscript.Env) error {
			e.Setenv("LANG", "C")
			e.Setenv("NO_COLOR", "1")
			return nil
		},
		Cmds: map[string]func(*testscript.TestScript, bool, []string){
			"encode":   encodeCmd,
			"docx":     docxCmd,
			"zip":      zipCmd,
			"password": passwordCmd,
			"noise":    noiseCmd,
			"long":     longCmd,
			"damage":   damageCmd,
			"harm":     harmCmd,
			"exit":     exitCmd,
			"head":     headCmd,
			"column":   columnCmd,
			"picture":  pictureCmd,
			"escapes":  escapesCmd,
			"mklatin":  latinCmd,
			"raw":      rawCmd,
			"alter":    alterCmd,
			"planned":  plannedCmd,
		},
	})
}

// encode gb18030|utf8bom|utf16 FILE... rewrites UTF-8 files in another encoding.
func encodeCmd(ts *testscript.TestScript, neg bool, args []string) {
	for _, name := range args[1:] {
		text := ts.ReadFile(name)
		var out []byte
		switch args[0] {
		case "gb18030":
			s, err := simplifiedchinese.GB18030.NewEncoder().String(text)
			ts.Check(err)
			out = []byte(s)
		case "utf8bom":
			out = []byte("\ufeff" + text)
		case "utf16":
			out = binary.LittleEndian.AppendUint16(nil, 0xfeff)
			for _, u := range utf16.Encode([]rune(text)) {
				out = binary.LittleEndian.AppendUint16(out, u)
			}
		default:
			ts.Fatalf("encode: unknown encoding %s", args[0])
		}
		ts.Check(os.WriteFile(ts.MkAbs(name), out, 0o666))
	}
}

// docx OUT.docx IN.txt makes a Word document, a paragraph of each line.
func docxCmd(ts *testscript.TestScript, neg bool, args []string) {
	var body strings.Builder
	for line := range strings.Lines(ts.ReadFile(args[1])) {
		fmt.Fprintf(&body, "<w:p><w:r><w:t>%s</w:t></w:r></w:p>", html.EscapeString(strings.TrimSpace(line)))
	}
	zipFile(ts, args[0], map[string]string{
		"[Content_Types].xml": `<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="xml" ContentType="application/xml"/><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>`,
		"_rels/.rels":         `<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/></Relationships>`,
		"word/document.xml":   `<?xml version="1.0"?><w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>` + body.String() + `</w:body></w:document>`,
	}, "[Content_Types].xml", "_rels/.rels", "word/document.xml")
}

// zip OUT.zip FILE... packs files.
func zipCmd(ts *testscript.TestScript, neg bool, args []string) {
	files := map[string]string{}
	for _, name := range args[1:] {
		files[name] = ts.ReadFile(name)
	}
	zipFile(ts, args[0], files, args[1:]...)
}

func zipFile(ts *testscript.TestScript, out string, files map[string]string, order ...string) {
	var buf bytes.Buffer
	z := zip.NewWriter(&buf)
	for _, name := range order {
		w, err := z.Create(name)
		ts.Check(err)
		_, err = w.Write([]byte(files[name]))
		ts.Check(err)
	}
	ts.Check(z.Close())
	ts.Check(os.WriteFile(ts.MkAbs(out), buf.Bytes(), 0o666))
}

// password FILE makes what Office writes under a password: a compound file with
// the streams EncryptionInfo and EncryptedPackage, here empty.
func passwordCmd(ts *testscript.TestScript, neg bool, args []string) {
	const sector, end, free, fat, none = 512, 0xfffffffe, 0xffffffff, 0xfffffffd, 0xffffffff
	le := binary.LittleEndian
	head := bytes.Repeat([]byte{0xff}, sector)
	clear(head[:76])
	copy(head, "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")
	for at, v := range map[int]uint16{24: 0x3e, 26: 3, 28: 0xfffe, 30: 9, 32: 6} {
		le.PutUint16(head[at:], v)
	}
	for at, v := range map[int]uint32{44: 1, 48: 1, 56: 4096, 60: end, 68: end, 76: 0} {
		le.PutUint32(head[at:], v)
	}
	table := bytes.Repeat([]byte{0xff}, sector)
	le.PutUint32(table, fat)
	le.PutUint32(table[4:], end)
	dir := make([]byte, sector)
	entry := func(n int, name string, kind byte, left, child uint32) {
		e := dir[128*n:]
		units := utf16.Encode([]rune(name))
		for i, u := range units {
			le.PutUint16(e[2*i:], u)
		}
		le.PutUint16(e[64:], uint16(2*len(units)+2))
		e[66], e[67] = kind, 1
		le.PutUint32(e[68:], left)
		le.PutUint32(e[72:], none)
		le.PutUint32(e[76:], child)
		le.PutUint32(e[116:], end)
	}
	entry(0, "Root Entry", 5, none, 2)
	entry(1, "EncryptionInfo", 2, none, none)
	entry(2, "EncryptedPackage", 2, 1, none)
	ts.Check(os.WriteFile(ts.MkAbs(args[0]), bytes.Join([][]byte{head, table, dir}, nil), 0o666))
}

// noise FILE writes bytes that are no text in any encoding.
func noiseCmd(ts *testscript.TestScript, neg bool, args []string) {
	out, x := make([]byte, 4000), uint32(1)
	for i := range out {
		x = x*1664525 + 1013904223
		out[i] = byte(x >> 24)
	}
	ts.Check(os.WriteFile(ts.MkAbs(args[0]), out, 0o666))
}

// long FILE writes a line of 80 MB.
func longCmd(ts *testscript.TestScript, neg bool, args []string) {
	ts.Check(os.WriteFile(ts.MkAbs(args[0]), bytes.Repeat([]byte("全县城乡低保对象326户"), 80_000_000/27+1)[:80_000_000], 0o666))
}

// exit CODE COMMAND... runs a command that must end with this exit code.
func exitCmd(ts *testscript.TestScript, neg bool, args []string) {
	err := ts.Exec(args[1], args[2:]...)
	code := "0"
	if e, ok := err.(interface{ ExitCode() int }); ok {
		code = fmt.Sprint(e.ExitCode())
	} else if err != nil {
		ts.Fatalf("%v", err)
	}
	if code != args[0] {
		ts.Fatalf("exit code %s, want %s", code, args[0])
	}
}

// column FILE NAME... shows columns of a CSV as stdout, joined by blanks.
func columnCmd(ts *testscript.TestScript, neg bool, args []string) {
	rows, err := csv.NewReader(strings.NewReader(strings.TrimPrefix(ts.ReadFile(args[0]), "\ufeff"))).ReadAll()
	ts.Check(err)
	for _, row := range rows[1:] {
		var cells []string
		for _, name := range args[1:] {
			cells = append(cells, row[slices.Index(rows[0], name)])
		}
		fmt.Fprintln(ts.Stdout(), strings.Join(cells, " "))
	}
}

// picture FILE writes the beginning of a PNG.
func pictureCmd(ts *testscript.TestScript, neg bool, args []string) {
	ts.Check(os.WriteFile(ts.MkAbs(args[0]), []byte("\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR"), 0o666))
}

// escapes DIR writes a report and an empty file whose names clear the screen, begin a
// line and turn the direction.
func escapesCmd(ts *testscript.TestScript, neg bool, args []string) {
	for name, text := range map[string]string{"good\x1b[2J\nmingxi: all\u202etxt.txt": "全县有低保对象100户。\n", "bad\x1b[2J\nmingxi: all\u202etxt.txt": ""} {
		ts.Check(os.WriteFile(filepath.Join(ts.MkAbs(args[0]), name), []byte(text), 0o666))
	}
}

// mklatin DIR writes files whose names are no text, a\xff.txt and a\xfe.txt, and one in a
// folder whose name is GBK, 低保/c.txt.
func latinCmd(ts *testscript.TestScript, neg bool, args []string) {
	ts.Check(os.Mkdir(filepath.Join(ts.MkAbs(args[0]), "\xb5\xcd\xb1\xa3"), 0o777))
	for i, name := range []string{"a\xff.txt", "a\xfe.txt", "\xb5\xcd\xb1\xa3/c.txt"} {
		ts.Check(os.WriteFile(filepath.Join(ts.MkAbs(args[0]), name), []byte(fmt.Sprintf("全县有低保对象%d户。\n", 100+i)), 0o666))
	}
}

// raw FORMAT COMMAND... runs a command with an argument that is no text, as %q of Go
// writes it: raw 'odd/a\xff.txt' forget -c odd.mx.
func rawCmd(ts *testscript.TestScript, neg bool, args []string) {
	name, err := strconv.Unquote(`"` + args[0] + `"`)
	ts.Check(err)
	ts.Check(ts.Exec("mingxi", append(args[1:], name)...))
}

// head N FILE shows the first lines of a file as stdout.
func headCmd(ts *testscript.TestScript, neg bool, args []string) {
	n := 0
	fmt.Sscan(args[0], &n)
	for line := range strings.Lines(ts.ReadFile(args[1])) {
		if n--; n < 0 {
			break
		}
		ts.Stdout().Write([]byte(line))
	}
}
