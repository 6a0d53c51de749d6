package web

// This file takes what readers correct, where that is allowed (--edit). A form says what
// its reader had seen, so that of two who correct the same the second is told; what he
// gave stands in the form that he gets back.

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"mingxi/cmd/mingxi/tell"
	"mingxi/corpus/store"
	"mingxi/extract/region"
	"mingxi/schema"
)

// limits of a form.
const (
	mostForm   = 64 << 10 // bytes
	mostField  = 40       // characters, as of a label
	mostNote   = 500
	mostAuthor = 40
)

// said are corrections as people read them: 数值 3162；读得对吗 有误 for value=3162;verdict=wrong.
func said(zh tell.Lang, corrected string) string {
	var list []string
	for one := range strings.SplitSeq(corrected, ";") {
		name, value, ok := strings.Cut(one, "=")
		switch {
		case !ok: // a verdict, as the column corrected has it
			list = append(list, zh.Word(name))
		case name == "verdict":
			list = append(list, zh.Word(value))
		default:
			list = append(list, fieldName(zh, name)+zh.Text(": ", " ")+value)
		}
	}
	return strings.Join(list, zh.Text("; ", "；"))
}

// ofFigure reports whether a correction is of the figure itself, not only of the region and year of its article.
func ofFigure(corrected string) bool {
	for one := range strings.SplitSeq(corrected, ";") {
		if one != "" && !strings.HasPrefix(one, "region_code=") && !strings.HasPrefix(one, "year=") {
			return true
		}
	}
	return false
}

// An entry is a correction as the forms have it: what stands, and what was entered.
type entry struct {
	Field, Was, Now, Given string
}

// A correctForm is the form of a figure or an article.
type correctForm struct {
	Entries []entry
	Token   string
	Seen    int64
	Author  string
	Note    string
	zh      tell.Lang
}

// authorCookie keeps the name that a reader signs with, where nobody logs in.
const authorCookie = "mingxi_author"

// token is what a form of ours carries, and no other site can know.
func (s *Server) token(user string) string {
	mac := hmac.New(sha256.New, s.secret)
	mac.Write([]byte(user))
	return hex.EncodeToString(mac.Sum(nil))
}

// form begins the form of a figure, or of an article if seq is 0.
func (v *visit) form(log []store.Correction, given map[string]store.Correction, fields [][2]string) *correctForm {
	if v.s.corrections == nil {
		return nil
	}
	f := &correctForm{Token: v.s.token(v.user), Author: v.user, zh: tell.Lang(v.zh)}
	if c, err := v.Cookie(authorCookie); err == nil && v.user == "" && utf8.ValidString(c.Value) {
		if name, err := hex.DecodeString(c.Value); err == nil {
			f.Author = string(name)
		}
	}
	if len(log) > 0 {
		f.Seen = log[len(log)-1].ID
	}
	for _, field := range fields {
		f.Entries = append(f.Entries, entry{Field: field[0], Was: field[1], Now: given[field[0]].Value})
	}
	return f
}

// SignHere asks for a name.
func (f *correctForm) SignHere() string { return f.zh.Text("your name", "署名") }

// figureFields are what can be corrected of a figure, and what was read.
func figureFields(m *schema.Metric) [][2]string {
	return [][2]string{{"value", m.Value.String()}, {"label", m.Label}, {"indicator", m.Code}}
}

// articleFields are what can be corrected of an article.
func articleFields(o schema.Origin) [][2]string {
	year := ""
	if o.Year > 0 {
		year = strconv.Itoa(o.Year)
	}
	return [][2]string{{"region_code", o.Region.Code}, {"year", year}}
}

// correct answers POST /doc/ID/figure/SEQ and /doc/ID/article/N.
func correct(w http.ResponseWriter, v *visit) error {
	if err := v.mayWrite(w); err != nil {
		return err
	}
	seq, _ := strconv.Atoi(v.PathValue("seq"))
	d, r, _, err := v.beside(v.PathValue("id"), seq)
	if err != nil {
		return err
	}
	base := store.Correction{DocID: d.ID, Source: schema.Join(d.Root, d.Source), Author: v.author(), Note: strings.TrimSpace(v.PostFormValue("note")), At: time.Now()}
	fields, back, err := v.target(d, r, &base)
	if err != nil {
		return err
	}
	list, err := v.entered(base, fields)
	if wrong := (problem{}); errors.As(err, &wrong) {
		return v.enterAgain(w, wrong, nil)
	}
	if err != nil {
		return err
	}
	seen, err := strconv.ParseInt(v.PostFormValue("seen"), 10, 64)
	if err != nil {
		return problem{http.StatusBadRequest, "the form is not complete", "表单不完整"}
	}
	if err := v.s.corrections.Add(v.Context(), seen, list...); errors.Is(err, store.ErrChanged) {
		log, err := v.edition.store.Corrections(v.Context(), d.ID)
		if err != nil {
			return err
		}
		return v.enterAgain(w, problem{http.StatusConflict, "somebody else has corrected the same meanwhile", "其间已有人更正同一处"}, of(log, d, r, store.Target{Seq: seq, Article: base.Article}))
	} else if err != nil {
		return err
	}
	return moved{to: back, cookie: &http.Cookie{Name: authorCookie, Value: hex.EncodeToString([]byte(base.Author)), Path: "/", MaxAge: 365 * 24 * 3600, HttpOnly: true, SameSite: http.SameSiteStrictMode}}
}

func tooLong(s string, most int) bool {
	return utf8.RuneCountInString(s) > most || !utf8.ValidString(s)
}

// mayWrite checks that the form is ours, and that corrections are allowed.
func (v *visit) mayWrite(w http.ResponseWriter) error {
	if v.s.corrections == nil {
		return problem{http.StatusForbidden, "corrections are not allowed here: 'mingxi serve --edit' allows them", "这里不能更正：“mingxi serve --edit”才可以"}
	}
	v.Body = http.MaxBytesReader(w, v.Body, mostForm)
	if err := v.ParseForm(); err != nil {
		return problem{http.StatusBadRequest, "the form is too large or no form", "表单过大，或不是表单"}
	}
	if !hmac.Equal([]byte(v.PostFormValue("token")), []byte(v.s.token(v.user))) {
		return problem{http.StatusForbidden, "this form is not of this server, or older than its start: open the page again", "表单不是本服务器的，或在它启动之前：请重新打开页面"}
	}
	return nil
}

// author is who signs: who has logged in, or the name that the form gives.
func (v *visit) author() string {
	if v.user != "" {
		return v.user
	}
	return strings.TrimSpace(v.PostFormValue("author"))
}

// target says what is corrected: it must be what the reader saw.
func (v *visit) target(d *schema.Document, r *schema.Reading, c *store.Correction) (fields [][2]string, back string, err error) {
	if n := v.PathValue("n"); n != "" {
		for _, a := range d.Articles {
			if strconv.Itoa(a.N) == n {
				c.Article, c.Raw = a.N, a.Title
				return articleFields(r.Origin(a.N)), documentURL(d.ID, "", "a"+n), nil
			}
		}
		return nil, "", errNotFound
	}
	seq, _ := strconv.Atoi(v.PathValue("seq"))
	m := r.Of(seq)
	if m == nil {
		return nil, "", errNotFound
	}
	c.Start, c.Raw, c.Sentence = schema.NewRunes(d.Text).At(m.Start), m.In(d.Text), m.Sentence.In(d.Text)
	if v.PostFormValue("raw") != c.Raw || v.PostFormValue("start") != strconv.Itoa(c.Start) {
		return nil, "", problem{http.StatusConflict, "the document was read anew meanwhile: open the figure again", "这份文件刚被重新读取：请重新打开这个数字"}
	}
	return append(figureFields(m), [2]string{"verdict", "value=" + tell.Value(m) + ";label=" + m.Label}), "/doc/" + d.ID + "/figure/" + strconv.Itoa(seq), nil
}

// entered are the corrections that a form gives: of each field that is filled in. What is wrong with them is a problem.
func (v *visit) entered(base store.Correction, fields [][2]string) (list []store.Correction, err error) {
	if base.Author == "" || tooLong(base.Author, mostAuthor) || tooLong(base.Note, mostNote) {
		return nil, problem{http.StatusBadRequest, "sign with a name of at most 40 characters; a note has at most 500", "请署名（至多 40 字）；说明至多 500 字"}
	}
	for _, f := range fields {
		value := strings.TrimSpace(v.PostFormValue(f[0]))
		if value == "" {
			continue
		}
		if err := v.s.valid(f[0], value); err != nil {
			return nil, err
		}
		one := base
		one.Field, one.Was, one.Value = f[0], f[1], value
		list = append(list, one)
	}
	if len(list) == 0 {
		return nil, problem{http.StatusBadRequest, "nothing was entered", "没有填写任何内容"}
	}
	return list, nil
}

// valid refuses what a field cannot be.
func (s *Server) valid(field, value string) error {
	bad := func(en, zh string) error { return problem{http.StatusBadRequest, en, zh} }
	if tooLong(value, mostField) || strings.ContainsAny(value, ";\n\r\t") {
		return bad("at most 40 characters, without semicolons and line ends", "至多 40 字，不含分号和换行")
	}
	switch field {
	case "verdict":
		if value != "right" && value != "wrong" {
			return bad("a verdict is right or wrong", "只能是 right 或 wrong")
		}
	case "value":
		if _, err := schema.ParseDecimal(value); err != nil {
			return bad("a value is a plain decimal, such as 15624800 or 87.3", "数值应为普通小数，如 15624800 或 87.3")
		}
	case "indicator":
		if s.vocabulary.Get(value) == nil {
			return bad("no such indicator: "+value, "没有这个指标："+value)
		}
	case "region_code":
		if len(region.Load().Lines(value)) == 0 {
			return bad("no region has had this code", "没有过这个行政区划代码")
		}
	case "year":
		if n, err := strconv.Atoi(value); err != nil || n < 1900 || n > 2099 {
			return bad("a year from 1900 to 2099", "年份应为 1900 至 2099")
		}
	}
	return nil
}

// An againValue is a form that could not be saved, with all that was entered.
type againValue struct {
	What   string
	Form   *correctForm
	Action string
	Hidden [][2]string // what the reader did not fill in
	Filled [][2]string // what he did
	Others [][2]string // what others said of the same meanwhile

	zh tell.Lang
}

// FieldName is the name of a field in the language of the reader.
func (a *againValue) FieldName(name string) string {
	if name == "verdict" {
		return a.zh.Text("right or wrong", "right 正确或 wrong 有误")
	}
	return fieldName(a.zh, name)
}

// enterAgain shows a reader why his form was not saved, and gives it back to him. Where others were before him
// he has seen what they said when he saves it once more.
func (v *visit) enterAgain(w http.ResponseWriter, why problem, others []store.Correction) error {
	f := v.form(others, nil, nil)
	f.Author, f.Note = v.author(), v.PostFormValue("note")
	if f.Seen == 0 {
		f.Seen, _ = strconv.ParseInt(v.PostFormValue("seen"), 10, 64)
	}
	a := &againValue{What: v.Text(why.en, why.zh), Form: f, Action: v.URL.Path, zh: tell.Lang(v.zh)}
	for _, o := range others[max(0, len(others)-5):] {
		a.Others = append(a.Others, [2]string{o.Author + " " + o.At.Format("2006-01-02 15:04"), said(a.zh, o.Field+"="+o.Value)})
	}
	for name, values := range v.PostForm {
		switch {
		case len(values) != 1 || name == "token" || name == "seen" || name == "author" || name == "note":
		case name == "raw" || name == "start":
			a.Hidden = append(a.Hidden, [2]string{name, values[0]})
		default:
			a.Filled = append(a.Filled, [2]string{name, values[0]})
		}
	}
	byName := func(a, b [2]string) int { return strings.Compare(a[0], b[0]) }
	slices.SortFunc(a.Hidden, byName)
	slices.SortFunc(a.Filled, byName)
	return v.s.show(w, v, why.status, "again", a)
}

// undo answers POST /doc/ID/undo.
func undo(w http.ResponseWriter, v *visit) error {
	if err := v.mayWrite(w); err != nil {
		return err
	}
	id, err := strconv.ParseInt(v.PostFormValue("correction"), 10, 64)
	author := v.author()
	if err != nil || author == "" || tooLong(author, mostAuthor) {
		return problem{http.StatusBadRequest, "the form is not complete", "表单不完整"}
	}
	path, _, err := v.edition.store.Has(v.Context(), v.PathValue("id"))
	if err == nil {
		err = v.s.corrections.Undo(v.Context(), v.PathValue("id"), path, id, author, time.Now())
	}
	if err != nil {
		return err
	}
	back := "/doc/" + v.PathValue("id")
	if seq, err := strconv.Atoi(v.PostFormValue("seq")); err == nil {
		back = fmt.Sprintf("%s/figure/%d", back, seq)
	}
	return moved{to: back}
}

// of are the corrections of a log that are of one figure or article.
func of(log []store.Correction, d *schema.Document, r *schema.Reading, key store.Target) (list []store.Correction) {
	for _, c := range log {
		one := c
		one.Undoes, one.Undone = 0, false
		if _, ok := store.Standing(d, r, []store.Correction{one})[key]; ok {
			list = append(list, c)
		}
	}
	return list
}
