package main

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
)

// A PDF is made by LibreOffice or Chromium from the file of another format, once,
// and kept beside the sources; its name holds a part of the hash of what it shows,
// so that a source that has changed is told.

// printed is the file that the PDF of a document is made of.
func (s *source) printed() (ext string, data []byte, err error) {
	switch s.options["pdf"] {
	case "xlsx":
		data, err = xlsxFile(s)
		return "xlsx", data, err
	case "html":
		data, err = htmlFile(s)
		return "html", data, err
	}
	data, err = docxFile(s)
	return "docx", data, err
}

func (s *source) pdfName() (string, error) {
	plain := *s
	plain.options = map[string]string{"rules": s.options["rules"]}
	page, err := htmlFile(&plain)
	page = outerBlanks.ReplaceAll(page, []byte("$1$2")) // the first were printed without them
	sum := sha256.Sum256(append(page, s.options["pdf"]...))
	return "pdf/" + s.name + "." + hex.EncodeToString(sum[:4]) + ".pdf", err
}

// outerBlanks are those that an element begins or ends with.
var outerBlanks = regexp.MustCompile(`(<(?:t[dh]|p|h[1-6]|caption)(?: [^>]*)?>)\x{3000}+|\x{3000}+(</(?:t[dh]|p|h[1-6]|caption)>)`)

// makePDF prints the documents whose PDF is not in dir, and takes away what is
// of no document.
func makePDF(dir string, all []*source) error {
	if err := os.MkdirAll(filepath.Join(dir, "pdf"), 0o777); err != nil {
		return err
	}
	kept := map[string]bool{}
	for _, s := range all {
		name, err := s.pdfName()
		if err != nil {
			return err
		}
		kept[filepath.Join(dir, name)] = true
		if _, err := os.Stat(filepath.Join(dir, name)); err == nil {
			continue
		}
		if err := s.print(filepath.Join(dir, name)); err != nil {
			return fmt.Errorf("%s: %w", s.name, err)
		}
	}
	old, err := filepath.Glob(filepath.Join(dir, "pdf", "*.pdf"))
	for _, o := range old {
		if !kept[o] {
			err = os.Remove(o)
		}
	}
	return err
}

func (s *source) print(to string) error {
	tmp, err := os.MkdirTemp("", "tables")
	if err != nil {
		return err
	}
	defer os.RemoveAll(tmp)
	ext, data, err := s.printed()
	if err != nil {
		return err
	}
	from := filepath.Join(tmp, "x."+ext)
	if err := os.WriteFile(from, data, 0o666); err != nil {
		return err
	}
	command := []string{"soffice", "--headless", "-env:UserInstallation=file://" + filepath.Join(os.TempDir(), "tables-office"), "--convert-to", "pdf", "--outdir", tmp, from}
	if ext == "html" {
		command = []string{"chromium", "--headless", "--no-sandbox", "--no-pdf-header-footer", "--print-to-pdf=" + filepath.Join(tmp, "x.pdf"), from}
	}
	if out, err := exec.Command(command[0], command[1:]...).CombinedOutput(); err != nil {
		return fmt.Errorf("%s: %w: %s", command[0], err, strings.TrimSpace(string(out)))
	}
	data, err = os.ReadFile(filepath.Join(tmp, "x.pdf"))
	if err != nil {
		return err
	}
	return os.WriteFile(to, data, 0o666)
}
