// Package mht reads web pages saved as one file (MHTML, RFC 2557), as browsers
// and Word write them: Word also under the name .doc. The page is one part of a
// MIME message, in quoted-printable or base64; html reads it.
package mht

import (
	"bytes"
	"cmp"
	"encoding/base64"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"mime"
	"mime/multipart"
	"net/mail"
	"net/textproto"
	"strings"

	"mingxi/corpus/draft"
	"mingxi/corpus/html"
)

// deepest is how deep multipart messages may be nested.
const deepest = 4

// mostPages is how many pages of a message are kept.
const mostPages = 300

// ErrNoPage is returned for messages without a web page.
var ErrNoPage = errors.New("the message holds no web page")

// Is reports whether the bytes begin as a saved web page does. Blank lines may stand
// before it, where a web system has written them.
func Is(data []byte) bool {
	data = trimmed(data)
	head := data[:min(len(data), 2048)]
	first, _, _ := bytes.Cut(head, []byte(":"))
	if len(bytes.Trim(first, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ-")) > 0 {
		return false
	}
	head = bytes.ToLower(head)
	return bytes.Contains(head, []byte("mime-version:")) &&
		(bytes.Contains(head, []byte("multipart/related")) || bytes.Contains(head, []byte("text/html")))
}

func trimmed(data []byte) []byte {
	return bytes.TrimLeft(bytes.TrimPrefix(data, []byte("\uFEFF")), " \t\r\n")
}

// A page is a web page of a message.
type page struct {
	data    []byte
	charset string
}

// Read reads an .mht file: its page or, where that is a set of frames as Excel saves
// a workbook, the pages in the frames. Errors are of the message, or those of html.
func Read(data []byte) (*draft.Document, error) {
	m, err := mail.ReadMessage(bytes.NewReader(trimmed(data)))
	if err != nil {
		return nil, fmt.Errorf("mht: read header: %w", err)
	}
	var pages []page
	damage := find(textproto.MIMEHeader(m.Header), m.Body, 0, &pages)
	if len(pages) == 0 {
		return nil, fmt.Errorf("mht: %w", cmp.Or(damage, ErrNoPage))
	}
	d, err := pages[0].read()
	if err == nil && damage != nil {
		d.Warnings = append(d.Warnings, "the file is cut: it ends within a part")
	}
	if err == nil && (len(pages) == 1 || !frames(pages[0].data)) {
		return d, nil
	}
	var all draft.Document
	for _, p := range pages[1:] {
		if d, e := p.read(); e == nil && !tabs(p.data) {
			all.Encoding, all.Confidence = d.Encoding, d.Confidence
			all.Warnings = append(all.Warnings, d.Warnings...)
			all.Pieces = append(all.Pieces, renumbered(d.Pieces, &all)...)
		}
	}
	switch {
	case len(all.Pieces) > 0:
		return &all, nil
	case err != nil:
		return nil, fmt.Errorf("mht: %w", err)
	}
	return d, nil
}

func (p page) read() (*draft.Document, error) {
	return html.Read(p.data, html.Options{Charset: p.charset})
}

// frames reports whether a page only names the pages of its frames.
func frames(data []byte) bool { return bytes.Contains(bytes.ToLower(data), []byte("<frameset")) }

// tabs reports whether a page is the strip with the names of a workbook's sheets.
func tabs(data []byte) bool {
	return bytes.Contains(data, []byte("fnSetActiveSheet")) || bytes.Contains(data, []byte("fnInit")) && !bytes.Contains(data, []byte("<table"))
}

// renumbered are the pieces of a further page, tables counted on.
func renumbered(pieces []draft.Piece, after *draft.Document) []draft.Piece {
	last := 0
	for _, p := range after.Pieces {
		last = max(last, p.Table)
	}
	for i := range pieces {
		if pieces[i].Table > 0 {
			pieces[i].Table += last
		}
	}
	return pieces
}

// find collects the web pages of a message.
func find(h textproto.MIMEHeader, body io.Reader, depth int, pages *[]page) error {
	kind, params, err := mime.ParseMediaType(h.Get("Content-Type"))
	if err != nil && kind == "" {
		return fmt.Errorf("read content type: %w", err)
	}
	switch {
	case kind == "text/html", kind == "application/xhtml+xml":
		data, err := io.ReadAll(body)
		data = decoded(h.Get("Content-Transfer-Encoding"), data)
		if len(data) > 0 { // cut: what is there is read
			*pages = append(*pages, page{data: data, charset: params["charset"]})
			err = nil
		}
		return err
	case !strings.HasPrefix(kind, "multipart/") || depth >= deepest || len(*pages) >= mostPages:
		return nil
	}
	parts := multipart.NewReader(body, params["boundary"])
	for {
		p, err := parts.NextRawPart()
		if err == io.EOF {
			return nil
		}
		if err != nil {
			return fmt.Errorf("read parts: %w", err)
		}
		find(p.Header, p, depth+1, pages) // a part that cannot be read is none
	}
}

// decoded undoes the transfer encoding of a part. What breaks its rules stands for
// itself, as browsers have it.
func decoded(encoding string, body []byte) []byte {
	switch strings.ToLower(strings.TrimSpace(encoding)) {
	case "quoted-printable":
		return unquoted(body)
	case "base64":
		return unbase64(body)
	}
	return body
}

// unquoted undoes quoted-printable: =B5 is a byte, = at the end of a line joins it to the
// next, any other = is one.
func unquoted(b []byte) []byte {
	out := make([]byte, 0, len(b))
	for len(b) > 0 {
		i := bytes.IndexByte(b, '=')
		if i < 0 {
			return append(out, b...)
		}
		out, b = append(out, b[:i]...), b[i+1:]
		rest := bytes.TrimLeft(b, " \t")
		switch {
		case bytes.HasPrefix(rest, []byte("\r\n")):
			b = rest[2:]
		case bytes.HasPrefix(rest, []byte("\n")):
			b = rest[1:]
		case len(rest) == 0:
			b = nil
		default:
			var c [1]byte
			if len(b) >= 2 {
				if _, err := hex.Decode(c[:], b[:2]); err == nil {
					out, b = append(out, c[0]), b[2:]
					continue
				}
			}
			out = append(out, '=')
		}
	}
	return out
}

// unbase64 undoes base64; characters that are none of it are passed over.
func unbase64(b []byte) []byte {
	b = bytes.Map(func(r rune) rune {
		if r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= '0' && r <= '9' || r == '+' || r == '/' {
			return r
		}
		return -1
	}, b)
	out := make([]byte, base64.RawStdEncoding.DecodedLen(len(b)))
	n, _ := base64.RawStdEncoding.Decode(out, b)
	return out[:n]
}
