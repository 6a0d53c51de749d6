// Package mht reads web pages saved as one file (MHTML, RFC 2557), as browsers
// and Word write them: Word also under the name .doc. The page is one part of a
// MIME message, in quoted-printable or base64; html reads it.
package mht

import (
	"bytes"
	"encoding/base64"
	"errors"
	"fmt"
	"io"
	"mime"
	"mime/multipart"
	"mime/quotedprintable"
	"net/mail"
	"net/textproto"
	"strings"

	"mingxi/corpus/draft"
	"mingxi/corpus/html"
)

// deepest is how deep multipart messages may be nested.
const deepest = 4

// ErrNoPage is returned for messages without a web page.
var ErrNoPage = errors.New("the message holds no web page")

// Is reports whether the bytes begin as a saved web page does.
func Is(data []byte) bool {
	head := bytes.ToLower(data[:min(len(data), 2048)])
	first, _, _ := bytes.Cut(head, []byte(":"))
	field := len(bytes.Trim(first, "abcdefghijklmnopqrstuvwxyz-")) == 0
	return field && bytes.Contains(head, []byte("mime-version:")) &&
		(bytes.Contains(head, []byte("multipart/related")) || bytes.Contains(head, []byte("text/html")))
}

// Read reads an .mht file. Errors are of the message, or those of html.
func Read(data []byte) (*draft.Document, error) {
	m, err := mail.ReadMessage(bytes.NewReader(data))
	if err != nil {
		return nil, fmt.Errorf("mht: read header: %w", err)
	}
	page, charset, err := find(textproto.MIMEHeader(m.Header), m.Body, 0)
	if err != nil {
		return nil, fmt.Errorf("mht: %w", err)
	}
	d, err := html.Read(page, html.Options{Charset: charset})
	if err != nil {
		return nil, fmt.Errorf("mht: %w", err)
	}
	return d, nil
}

// find returns the first web page of a message and its encoding.
func find(h textproto.MIMEHeader, body io.Reader, depth int) (page []byte, charset string, err error) {
	kind, params, err := mime.ParseMediaType(h.Get("Content-Type"))
	if err != nil {
		return nil, "", fmt.Errorf("read content type: %w", err)
	}
	switch {
	case kind == "text/html":
		page, err = io.ReadAll(decoded(h.Get("Content-Transfer-Encoding"), body))
		if len(page) > 0 && err != nil {
			err = nil // cut: what is there is read
		}
		return page, params["charset"], err
	case !strings.HasPrefix(kind, "multipart/") || depth >= deepest:
		return nil, "", ErrNoPage
	}
	parts := multipart.NewReader(body, params["boundary"])
	for {
		p, err := parts.NextRawPart()
		if err == io.EOF {
			return nil, "", ErrNoPage
		}
		if err != nil {
			return nil, "", fmt.Errorf("read parts: %w", err)
		}
		page, charset, err := find(p.Header, p, depth+1)
		if err == nil {
			return page, charset, nil
		}
	}
}

func decoded(encoding string, body io.Reader) io.Reader {
	switch strings.ToLower(strings.TrimSpace(encoding)) {
	case "quoted-printable":
		return quotedprintable.NewReader(body)
	case "base64":
		return base64.NewDecoder(base64.StdEncoding, body)
	}
	return body
}
