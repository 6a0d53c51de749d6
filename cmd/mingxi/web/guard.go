package web

// This file says who may ask what. The rules, in their order:
//
//   - a request must name a host that the server is known by, so that no name that
//     somebody has made point here (DNS rebinding) lets his pages read the corpus;
//   - answers carry a policy that lets a page load nothing but from here and run no
//     code that stands in it, so that a text with script in it stays a text even if
//     a template forgot to escape it;
//   - what is not GET or HEAD must come from a page of ours, and carry the token of one;
//   - where users are known, only they are answered.

import (
	"context"
	"net/http"
	"slices"
	"strings"
)

// policy is the Content-Security-Policy of all answers.
const policy = "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; " +
	"form-action 'self'; base-uri 'none'; frame-ancestors 'none'"

func (s *Server) guard(next http.Handler) http.Handler {
	origins := http.NewCrossOriginProtection()
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		h := w.Header()
		h.Set("Content-Security-Policy", policy)
		h.Set("X-Content-Type-Options", "nosniff")
		h.Set("X-Frame-Options", "DENY")
		h.Set("Referrer-Policy", "same-origin")
		h.Set("Cross-Origin-Opener-Policy", "same-origin")
		h.Set("Cross-Origin-Resource-Policy", "same-origin")
		h.Set("Cache-Control", "private, no-cache")
		h.Set("Vary", "Accept-Language, Cookie")
		switch {
		case !slices.Contains(s.o.Hosts, strings.ToLower(r.Host)):
			s.refuse(w, r, problem{http.StatusMisdirectedRequest, "this server is not known by that name", "本服务器不用这个名称"})
			return
		case r.Method != http.MethodGet && r.Method != http.MethodHead && origins.Check(r) != nil:
			s.refuse(w, r, problem{http.StatusForbidden, "this request comes from another site", "这个请求来自别的网站"})
			return
		}
		if s.o.Users == nil {
			next.ServeHTTP(w, r)
			return
		}
		user, ok := s.o.Users.who(r)
		if !ok {
			h.Set("WWW-Authenticate", `Basic realm="mingxi", charset="UTF-8"`)
			s.refuse(w, r, problem{http.StatusUnauthorized, "who are you?", "请先登录"})
			return
		}
		next.ServeHTTP(w, r.WithContext(context.WithValue(r.Context(), userKey{}, user)))
	})
}

// refuse answers what is not let in, before anything is known of it but its language.
func (s *Server) refuse(w http.ResponseWriter, r *http.Request, p problem) {
	w.Header().Set("Connection", "close") // it takes no room for a next request
	said := p.en
	if s.speaks(r) {
		said = p.zh
	}
	if ofAPI(r) {
		sendWrong(w, p.status, wrong{Error: said})
		return
	}
	http.Error(w, said, p.status)
}

// A userKey is the key of the user in the context of a request.
type userKey struct{}

func userOf(r *http.Request) string {
	user, _ := r.Context().Value(userKey{}).(string)
	return user
}

// languages are those that pages speak, by the value of the cookie.
const cookieName = "mingxi_lang"

// speaks decides whether a reader is spoken to in Chinese: by his choice, then by what
// his browser asks for.
func (s *Server) speaks(r *http.Request) (zh bool) {
	if c, err := r.Cookie(cookieName); err == nil && (c.Value == "zh" || c.Value == "en") {
		return c.Value == "zh"
	}
	for _, part := range strings.Split(r.Header.Get("Accept-Language"), ",") {
		tag, _, _ := strings.Cut(strings.ToLower(strings.TrimSpace(part)), ";")
		switch {
		case strings.HasPrefix(tag, "zh"):
			return true
		case strings.HasPrefix(tag, "en"):
			return false
		}
	}
	return s.o.ZH
}

// switchTo keeps the choice of a language, and shows the same page in it.
func switchTo(lang string, v *visit) error {
	q := v.URL.Query()
	q.Del("lang")
	to := moved{to: v.URL.Path}
	if len(q) > 0 {
		to.to += "?" + q.Encode()
	}
	if lang == "zh" || lang == "en" {
		to.cookie = &http.Cookie{Name: cookieName, Value: lang, Path: "/", MaxAge: 365 * 24 * 3600, HttpOnly: true, SameSite: http.SameSiteStrictMode}
	}
	return to
}
