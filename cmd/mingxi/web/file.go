package web

// This file gives out the original files of documents. No path comes from a reader: the
// corpus knows the paths of a document, and only bytes whose checksum is the name of
// the document are sent. So nothing can be had that was not taken in.

import (
	"context"
	"fmt"
	"io"
	"mime"
	"net/http"
	"os"
	"path"
	"strings"

	"mingxi/corpus"
	"mingxi/corpus/pathname"
)

// mostFile bounds a file that is sent, in bytes.
const mostFile = 128 << 20

func isStdin(path string) bool { return path == "-" || strings.HasPrefix(path, "-!/") }

// file answers /doc/ID/file.
func file(w http.ResponseWriter, v *visit) error {
	id := v.PathValue("id")
	paths, err := v.edition.store.Paths(v.Context(), id)
	if err != nil {
		return err
	}
	for _, p := range paths {
		if isStdin(p) {
			continue
		}
		if data, ok := original(v.Context(), p, id); ok {
			return sendFile(w, v, p, data)
		}
	}
	return problem{http.StatusNotFound, "the file is not there any more, or it has changed since it was taken in", "原文件已不在，或入库后已改动"}
}

// original reads the file at a path; ok is false if it is not the document with the id.
func original(ctx context.Context, name, id string) (data []byte, ok bool) {
	outer, _, _ := strings.Cut(name, pathname.MemberMark)
	if info, err := os.Stat(outer); err != nil || !info.Mode().IsRegular() {
		if info, err = os.Stat(name); err != nil || !info.Mode().IsRegular() { // a pipe would be waited for
			return nil, false
		}
	}
	for s, err := range corpus.Sources(ctx, []string{name}, corpus.SourceOptions{MaxBytes: mostFile}) {
		if err != nil {
			return nil, false
		}
		if data, err = s.Bytes(); err != nil {
			return nil, false
		}
		_, got := corpus.Sum(data)
		return data, got == id
	}
	return nil, false
}

// sendFile sends bytes to be kept, never to be shown: they may be a page with script.
func sendFile(w http.ResponseWriter, v *visit, name string, data []byte) error {
	name = strings.Map(visible, path.Base(strings.ReplaceAll(name, `\`, "/")))
	name = strings.NewReplacer("\n", "·", "\t", "·", `"`, "·").Replace(name)
	h := w.Header()
	h.Set("Content-Type", "application/octet-stream")
	h.Set("Content-Security-Policy", policy+"; sandbox")
	h.Set("Content-Disposition", mime.FormatMediaType("attachment", map[string]string{"filename": name}))
	h.Set("Content-Length", fmt.Sprint(len(data)))
	return sending(w, v, func(out io.Writer) error {
		_, err := out.Write(data)
		data = nil // it is not held while it is sent
		return err
	})
}
