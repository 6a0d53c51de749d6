package web

// This file describes the API in the words of OpenAPI 3.1. The description is made of
// the table resources and of the types of their values, so that it cannot say otherwise
// than the handlers; a test reads answers against it.

import (
	"bytes"
	"net/http"
	"reflect"
	"regexp"
	"strings"
	"time"
)

// A param is a part of an address that a resource reads.
type param struct{ name, doc string }

type object = map[string]any

// openapi answers /api/openapi.json.
func openapi(w http.ResponseWriter, _ *http.Request) {
	var b bytes.Buffer
	if err := printJSON(&b, description()); err != nil {
		http.Error(w, "no description", http.StatusInternalServerError)
		return
	}
	send(w, "application/json; charset=utf-8", http.StatusOK, b.Bytes())
}

// apiPath is the address of a resource as JSON.
func (r *resource) apiPath() string {
	if r.path == "/" {
		return "/api/search"
	}
	return "/api" + r.path
}

func description() object {
	paths := object{}
	for _, r := range resources {
		paths[r.apiPath()] = object{"get": object{
			"summary":    r.about,
			"parameters": parameters(r.path, r.params),
			"responses": object{
				"200":     answer("the value", schemaOf(reflect.TypeOf(r.value))),
				"default": answer("what was wrong with the request", schemaOf(reflect.TypeOf(wrong{}))),
			},
		}}
	}
	for _, e := range exported {
		var kinds = object{}
		for _, f := range formats {
			kinds[strings.TrimSuffix(f.kind, "; charset=utf-8")] = object{}
		}
		paths["/export/"+e.name+".{format}"] = object{"get": object{
			"summary":    e.about,
			"parameters": append(parameters("", e.params), object{"name": "format", "in": "path", "required": true, "schema": object{"type": "string", "enum": suffixes()}}),
			"responses":  object{"200": object{"description": "a table; X-Mingxi-Found has the number of hits, X-Mingxi-Rows that of the rows sent (a trailer of csv and jsonl), which are fewer if its last line says that it was cut short", "content": kinds}},
		}}
	}
	return object{
		"openapi": "3.1.0",
		"info":    object{"title": "mingxi", "version": "1", "description": "What the pages of mingxi serve show, as JSON. All of it is read with GET."},
		"paths":   paths,
	}
}

// wrong is the answer to a request that cannot be answered.
type wrong struct {
	Error string `json:"error"`
	Query string `json:"query,omitempty"` // of a query that cannot be read
	At    *int   `json:"at,omitempty"`    // characters before the place of the mistake
	Hint  string `json:"hint,omitempty"`
}

func answer(about string, schema object) object {
	return object{"description": about, "content": object{"application/json": object{"schema": schema}}}
}

var inPath = regexp.MustCompile(`\{(\w+)\}`)

func parameters(path string, query []param) []any {
	list := []any{}
	for _, m := range inPath.FindAllStringSubmatch(path, -1) {
		list = append(list, object{"name": m[1], "in": "path", "required": true, "schema": object{"type": "string"}})
	}
	for _, p := range query {
		one := object{"name": p.name, "in": "query", "description": p.doc, "schema": object{"type": "string"}}
		if p.name == "f" || p.name == "more" {
			one["schema"] = object{"type": "array", "items": object{"type": "string"}}
			one["explode"] = true
		}
		list = append(list, one)
	}
	return list
}

func suffixes() (list []string) {
	for _, f := range formats {
		list = append(list, f.suffix)
	}
	return list
}

// schemaOf is the schema of what a type prints as JSON.
func schemaOf(t reflect.Type) object {
	if t == reflect.TypeFor[time.Time]() {
		return object{"type": "string", "format": "date-time"}
	}
	switch t.Kind() {
	case reflect.Pointer:
		return schemaOf(t.Elem())
	case reflect.Struct:
		properties, required := object{}, []string{}
		fieldsOf(t, properties, &required)
		return object{"type": "object", "properties": properties, "required": required, "additionalProperties": false}
	case reflect.Slice, reflect.Array:
		return object{"type": "array", "items": schemaOf(t.Elem())}
	case reflect.Map:
		return object{"type": "object", "additionalProperties": schemaOf(t.Elem())}
	case reflect.Bool:
		return object{"type": "boolean"}
	case reflect.Int, reflect.Int64:
		return object{"type": "integer"}
	case reflect.Float64:
		return object{"type": "number"}
	}
	return object{"type": "string"}
}

// fieldsOf gathers the fields of a struct, those of embedded ones too.
func fieldsOf(t reflect.Type, properties object, required *[]string) {
	for i := range t.NumField() {
		f := t.Field(i)
		tag, options, _ := strings.Cut(f.Tag.Get("json"), ",")
		switch {
		case f.Anonymous && f.Type.Kind() == reflect.Pointer: // which may be missing
			fieldsOf(f.Type.Elem(), properties, new([]string))
		case f.Anonymous && tag == "":
			fieldsOf(f.Type, properties, required)
		case !f.IsExported() || tag == "-" || tag == "":
		default:
			properties[tag] = schemaOf(f.Type)
			if options != "omitempty" {
				*required = append(*required, tag)
			}
		}
	}
}
