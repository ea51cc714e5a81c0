package httpapi

import (
	"reflect"
	"strconv"
	"strings"
	"unicode"

	"github.com/danielgtaylor/huma/v2"

	"erp/internal/platform/page"
)

// namer names the schemas of the document. Two packages may use one type name; the second to come gets its module in
// front. Registration has a fixed order, so names are steady.
type namer struct {
	byType map[reflect.Type]string
	taken  map[string]reflect.Type
	// operation is the one being registered; it names anonymous bodies.
	operation string
}

func newNamer() *namer {
	return &namer{byType: map[reflect.Type]string{}, taken: map[string]reflect.Type{}}
}

// name is the schema name of t; hint is the library's idea for a type without a name.
func (n *namer) name(t reflect.Type, hint string) string {
	for t.Kind() == reflect.Pointer {
		t = t.Elem()
	}
	if t.Kind() != reflect.Struct { // never becomes a schema of its own
		return huma.DefaultSchemaNamer(t, hint)
	}
	if known, ok := n.byType[t]; ok {
		return known
	}
	base := n.plain(t, hint)
	name := base
	if _, clash := n.taken[name]; clash {
		name = n.qualifier(t) + base
	}
	for i := 2; ; i++ {
		if _, clash := n.taken[name]; !clash {
			break
		}
		name = n.qualifier(t) + base + strconv.Itoa(i)
	}
	n.byType[t], n.taken[name] = name, t
	return name
}

func (n *namer) plain(t reflect.Type, hint string) string {
	switch {
	case t.Name() == "" && n.operation != "" && strings.HasSuffix(hint, "Body"):
		return pascal(n.operation) + "Body"
	case t.Name() == "":
		return pascal(hint)
	case t.PkgPath() == pagePath && strings.HasPrefix(t.Name(), "Of["):
		return strings.TrimPrefix(huma.DefaultSchemaNamer(t, hint), "Of") + "Page"
	default:
		return huma.DefaultSchemaNamer(t, hint)
	}
}

// qualifier is the module of a type: "Asset" for erp/internal/asset/internal/rest.
func (n *namer) qualifier(t reflect.Type) string {
	path := t.PkgPath()
	if arg := strings.Index(t.Name(), "["); arg >= 0 && path == pagePath { // a page is qualified by what it lists
		path = t.Name()[arg+1:]
		path = path[:max(0, strings.LastIndex(path, "."))]
	}
	segments := strings.Split(path, "/")
	for i, s := range segments {
		if s == "internal" && i+1 < len(segments) {
			if segments[i+1] == "platform" && i+2 < len(segments) {
				return pascal(segments[i+2])
			}
			return pascal(segments[i+1])
		}
	}
	if path == "" {
		return pascal(n.operation)
	}
	return pascal(segments[len(segments)-1])
}

var pagePath = reflect.TypeFor[page.Of[int]]().PkgPath() //nolint:gochecknoglobals // because it is a constant the language cannot spell

func pascal(s string) string {
	var b strings.Builder
	up := true
	for _, r := range s {
		if !unicode.IsLetter(r) && !unicode.IsDigit(r) {
			up = true
			continue
		}
		if up {
			r = unicode.ToUpper(r)
		}
		up = false
		b.WriteRune(r)
	}
	return b.String()
}
