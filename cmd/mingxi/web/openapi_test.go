package web

import (
	"encoding/json"
	"fmt"
	"net/url"
	"slices"
	"strings"
	"testing"
)

// Every resource answers as the description says: nothing is missing, nothing is more,
// and all is of its type.
func TestOpenAPI(t *testing.T) {
	s := serve(t, Options{Dir: corpusOf(t, series), Edit: true})
	var api struct {
		Paths map[string]struct {
			Get struct {
				Parameters []struct{ Name, In string }
				Responses  map[string]struct {
					Content map[string]struct{ Schema map[string]any }
				}
			}
		}
	}
	res, body := get(t, s, "/api/openapi.json")
	if err := json.Unmarshal([]byte(body), &api); err != nil || res.StatusCode != 200 {
		t.Fatal(err)
	}
	id, other := idOf(t, s, "3126户"), idOf(t, s, "3098户")
	page := "/doc/" + id + "/figure/1"
	if res, _ := post(t, s, page, form(t, s, page), "value", "3162", "author", "甲"); res.StatusCode != 303 {
		t.Fatal(res.StatusCode)
	}
	examples := map[string][]string{
		"/api/search":                  {"?q=低保&as=figures&f=year:2011&synonyms=1", "?q=低保", "?q=没有", ""},
		"/api/where":                   {"?q=低保", "?q=没有"},
		"/api/doc/{id}":                {""},
		"/api/doc/{id}/figure/{seq}":   {""},
		"/api/doc/{id}/beside/{other}": {""},
		"/api/indicators":              {"?q=低保", ""},
		"/api/indicator/{code}":        {"", "?rows=year&cols=region"},
		"/api/panel":                   {"?indicator=dibao_urban_hh", ""},
		"/api/corpus":                  {""},
		"/export/figures.{format}":     nil,
		"/export/reports.{format}":     nil,
		"/export/panel.{format}":       nil,
	}
	fill := strings.NewReplacer("{id}", id, "{seq}", "1", "{other}", other, "{code}", "dibao_urban_hh")
	for path, described := range api.Paths {
		list, known := examples[path]
		if !known {
			t.Errorf("%s has no example here", path)
		}
		delete(examples, path)
		for _, query := range list {
			res, body := get(t, s, fill.Replace(path)+query)
			var value any
			if err := json.Unmarshal([]byte(body), &value); err != nil || res.StatusCode != 200 {
				t.Errorf("%s%s: %d %v", path, query, res.StatusCode, err)
				continue
			}
			for _, complaint := range against(value, described.Get.Responses["200"].Content["application/json"].Schema, path) {
				t.Error(complaint)
			}
		}
	}
	for path := range examples {
		t.Errorf("%s is not described", path)
	}
	wrongSchema := api.Paths["/api/search"].Get.Responses["default"].Content["application/json"].Schema
	for path, query := range map[string]string{"/api/doc/0123456789abcdef": "", "/api/panel": "?indicator=nothing", "/api/search": "?page=0", "/api/where": "?q=yeer:3", "/api/search?": "q=yeer:3"} {
		res, body := get(t, s, path+query)
		var value any
		if err := json.Unmarshal([]byte(body), &value); err != nil || res.StatusCode < 400 {
			t.Errorf("%s%s: %d %v", path, query, res.StatusCode, err)
		}
		for _, complaint := range against(value, wrongSchema, path) {
			t.Error(complaint)
		}
	}
}

// What the description says of the address is all that the addresses of pages hold.
func TestParamsDescribed(t *testing.T) {
	st := state{Q: "x", Filters: []string{"y"}, Figures: true, Sort: "year", Reverse: true, Synonyms: true, Distinct: true, Literal: true, Page: 2, More: []string{"org"}}
	ps := panelState{Indicators: []string{"a"}, Region: "53", From: 2010, To: 2012, RegionYear: 2020, Prefer: "newest", Rows: "year", Cols: "region", Unit: "万元"}
	for _, test := range []struct {
		path   string
		values url.Values
	}{{"/", st.values()}, {"/panel", ps.values()}} {
		i := slices.IndexFunc(resources, func(r resource) bool { return r.path == test.path })
		for name := range test.values {
			if !slices.ContainsFunc(resources[i].params, func(p param) bool { return p.name == name }) {
				t.Errorf("%s: %s is not described", test.path, name)
			}
		}
		for _, p := range resources[i].params {
			if !test.values.Has(p.name) {
				t.Errorf("%s: %s is described and not read", test.path, p.name)
			}
		}
	}
}

// against lists what a value has that its schema does not allow.
func against(value any, schema map[string]any, at string) (list []string) {
	kind := map[string]bool{}
	switch v := value.(type) {
	case map[string]any:
		kind["object"] = true
		properties, _ := schema["properties"].(map[string]any)
		rest, open := schema["additionalProperties"].(map[string]any)
		for name, one := range v {
			if p, ok := properties[name].(map[string]any); ok {
				list = append(list, against(one, p, at+"."+name)...)
			} else if open {
				list = append(list, against(one, rest, at+"."+name)...)
			} else {
				list = append(list, at+" has "+name)
			}
		}
		required, _ := schema["required"].([]any)
		for _, name := range required {
			if _, ok := v[name.(string)]; !ok {
				list = append(list, at+" lacks "+name.(string))
			}
		}
	case []any:
		kind["array"] = true
		items, _ := schema["items"].(map[string]any)
		for _, one := range v {
			list = append(list, against(one, items, at+"[]")...)
		}
	case string:
		kind["string"] = true
	case bool:
		kind["boolean"] = true
	case float64:
		kind["number"], kind["integer"] = true, v == float64(int64(v))
	}
	if !kind[fmt.Sprint(schema["type"])] {
		list = append(list, fmt.Sprintf("%s is %v, not of type %v", at, value, schema["type"]))
	}
	return list
}
