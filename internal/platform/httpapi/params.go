package httpapi

import (
	"context"
	"encoding"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"reflect"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/gin-gonic/gin"

	"erp/internal/platform/fault"
)

// maxParameter is how long a parameter may be that does not say so itself.
const maxParameter = 200

// parameters is what an operation takes besides its body.
type parameters struct {
	query   map[string]int // how long each may be
	whole   map[string]bool
	headers map[string]int
	ifMatch bool
}

// parametersOf reads the input type and panics on a field that could not be filled from a request.
func parametersOf(t reflect.Type) parameters {
	p := parameters{query: map[string]int{}, whole: map[string]bool{}, headers: map[string]int{}}
	p.collect(t)
	return p
}

func (p *parameters) collect(t reflect.Type) {
	for f := range t.Fields() {
		if f.Anonymous && f.Type.Kind() == reflect.Struct {
			mustBeSeen(t, f)
			if !f.IsExported() {
				panic(fmt.Sprintf("httpapi: %s embeds %s: only an exported struct is filled from a request", t, f.Type))
			}
			p.ifMatch = p.ifMatch || f.Type == reflect.TypeFor[IfMatch]()
			p.collect(f.Type)
			continue
		}
		query, header, path := name(f, "query"), name(f, "header"), name(f, "path")
		if query+header+path == "" {
			continue
		}
		if !readable(f.Type) {
			panic(fmt.Sprintf("httpapi: %s.%s: a parameter cannot be a %s; lists of ids are httpapi.IDs", t, f.Name, f.Type))
		}
		if query != "" {
			p.query[query] = lengthOf(f)
			p.whole[query] = f.Type.Kind() >= reflect.Int && f.Type.Kind() <= reflect.Uint64
		}
		if header != "" {
			p.headers[header] = lengthOf(f)
		}
	}
}

// mustBeSeen panics on an embedded type whose fields the library would silently leave empty.
func mustBeSeen(t reflect.Type, f reflect.StructField) {
	if !f.IsExported() {
		panic(fmt.Sprintf("httpapi: %s embeds %s; only exported types are filled from a request, so name it with a capital", t, f.Type))
	}
}

func name(f reflect.StructField, location string) string {
	first, _, _ := strings.Cut(f.Tag.Get(location), ",")
	return first
}

func readable(t reflect.Type) bool {
	switch t.Kind() {
	case reflect.String, reflect.Bool, reflect.Int, reflect.Int8, reflect.Int16, reflect.Int32, reflect.Int64,
		reflect.Uint, reflect.Uint8, reflect.Uint16, reflect.Uint32, reflect.Uint64, reflect.Float32, reflect.Float64:
		return true
	case reflect.Slice:
		return t.Elem().Kind() == reflect.String || t.Elem().Kind() == reflect.Int
	default:
		return t == reflect.TypeFor[time.Time]() || isList(t) || reflect.PointerTo(t).Implements(reflect.TypeFor[encoding.TextUnmarshaler]())
	}
}

func isList(t reflect.Type) bool { return t.Implements(reflect.TypeFor[interface{ isList() }]()) }

func lengthOf(f reflect.StructField) int {
	one := maxParameter
	if n, err := strconv.Atoi(f.Tag.Get("maxLength")); err == nil {
		one = n
	}
	switch {
	case isList(f.Type):
		return MaxIDs * len("01890a5d-ac96-774b-bcce-b302099a8057,")
	case f.Type.Kind() == reflect.Slice:
		return one * 20
	default:
		return one
	}
}

// check finds every parameter that is unknown, repeated, too long or not text.
func (p *parameters) check(ctx context.Context, r *http.Request, path gin.Params) *Problem {
	if p.ifMatch && r.Header.Get("If-Match") == "" {
		return newProblem(ctx, http.StatusPreconditionRequired, "if-match-required",
			"Say which version you saw: send its ETag in the If-Match header.", fault.Field{Location: "header.If-Match", Message: "is required"})
	}
	var problems fault.Problems
	for _, v := range path {
		if text := wrongText(v.Value, maxParameter); text != "" {
			problems.Add("path."+v.Key, "%s", text)
		}
	}
	for header, limit := range p.headers {
		if text := wrongText(r.Header.Get(header), limit); text != "" {
			problems.Add("header."+header, "%s", text)
		}
	}
	p.checkQuery(&problems, r.URL.RawQuery)
	if problems.Empty() {
		return nil
	}
	return invalid(ctx, sorted(problems.Fields())...)
}

func (p *parameters) checkQuery(problems *fault.Problems, raw string) {
	if raw == "" {
		return
	}
	query, err := url.ParseQuery(raw)
	if err != nil {
		problems.Add("query", "is not well-formed")
		return
	}
	for key, values := range query {
		limit, known := p.query[key]
		switch {
		case !known:
			problems.Add("query."+printable(key), "is not a known parameter")
		case len(values) > 1:
			problems.Add("query."+key, "must be given once")
		case p.whole[key] && beyondInt32(values[0]):
			problems.Add("query."+key, "must be a whole number within its range")
		default:
			if text := wrongText(values[0], limit); text != "" {
				problems.Add("query."+key, "%s", text)
			}
		}
	}
}

// beyondInt32 reports a number that no column of whole numbers would keep; what is no number is judged later.
func beyondInt32(text string) bool {
	_, err := strconv.ParseInt(text, 10, 32)
	return errors.Is(err, strconv.ErrRange)
}

func wrongText(s string, limit int) string {
	switch {
	case len(s) > limit && utf8.RuneCountInString(s) > limit:
		return fmt.Sprintf("must have at most %d characters", limit)
	case strings.IndexByte(s, 0) >= 0:
		return "must not contain NUL characters"
	case !utf8.ValidString(s):
		return "must be UTF-8"
	default:
		return ""
	}
}

// printable shortens a name that the client made up before it is named in an answer.
func printable(key string) string { return shortened(key, 50) }

func shortened(key string, length int) string {
	key = strings.Map(func(r rune) rune {
		if r < ' ' || r == utf8.RuneError {
			return '?'
		}
		return r
	}, key)
	if utf8.RuneCountInString(key) > length {
		return string([]rune(key)[:length]) + "..."
	}
	return key
}
