package httpapi

import (
	"reflect"
	"strings"

	"github.com/danielgtaylor/huma/v2"

	"erp/internal/platform/date"
	"erp/internal/platform/id"
	"erp/internal/platform/money"
	"erp/internal/platform/rbac"
)

// The schemas of the kernel's types. A pattern is checked before the type reads the value, so that a wrong one is
// reported at its field.
const (
	uuidPattern    = `^[0-9A-Fa-f]{8}-[0-9A-Fa-f]{4}-[1-8][0-9A-Fa-f]{3}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{12}$` // not the zero id, which means none
	datePattern    = `^[1-9][0-9]{3}-[0-9]{2}-[0-9]{2}$`
	decimalPattern = `^-?[0-9]{1,15}(\.[0-9]{1,6})?$`
)

type (
	uuidSchema     struct{}
	dateSchema     struct{}
	decimalSchema  struct{}
	currencySchema struct{}
	scopeSchema    struct{}
	cellSchema     struct{}
)

// Schema is that of an id.
func (uuidSchema) Schema(huma.Registry) *huma.Schema {
	return &huma.Schema{Type: huma.TypeString, Format: "uuid", Pattern: uuidPattern, PatternDescription: "a UUID"}
}

// Schema is that of a civil day.
func (dateSchema) Schema(huma.Registry) *huma.Schema {
	return &huma.Schema{Type: huma.TypeString, Format: "date", Pattern: datePattern, PatternDescription: "a date such as 2026-11-25"}
}

// Schema is that of an exact number.
func (decimalSchema) Schema(huma.Registry) *huma.Schema {
	return &huma.Schema{
		Type: huma.TypeString, Format: "decimal", Pattern: decimalPattern, PatternDescription: "a number such as \"12.50\"",
		Examples: []any{"12.50"},
	}
}

// Schema is that of a currency code.
func (currencySchema) Schema(huma.Registry) *huma.Schema {
	return &huma.Schema{
		Type: huma.TypeString, Pattern: `^[A-Z]{3}$`, PatternDescription: "an ISO 4217 code such as EUR", Examples: []any{"EUR"},
	}
}

// Schema is that of a grant's reach.
func (scopeSchema) Schema(huma.Registry) *huma.Schema {
	names := make([]any, 0, rbac.All+1)
	for s := rbac.None; s <= rbac.All; s++ {
		names = append(names, s.String())
	}
	return &huma.Schema{Type: huma.TypeString, Enum: names}
}

// Schema is that of what a role says of a permission.
func (cellSchema) Schema(r huma.Registry) *huma.Schema {
	schema := scopeSchema{}.Schema(r)
	schema.Enum = append(schema.Enum, rbac.Denied.String())
	return schema
}

func registerAliases(r huma.Registry) {
	r.RegisterTypeAlias(reflect.TypeFor[date.Date](), reflect.TypeFor[dateSchema]())
	r.RegisterTypeAlias(reflect.TypeFor[money.Decimal](), reflect.TypeFor[decimalSchema]())
	r.RegisterTypeAlias(reflect.TypeFor[money.Currency](), reflect.TypeFor[currencySchema]())
	r.RegisterTypeAlias(reflect.TypeFor[rbac.Scope](), reflect.TypeFor[scopeSchema]())
	r.RegisterTypeAlias(reflect.TypeFor[rbac.Cell](), reflect.TypeFor[cellSchema]())
}

// aliasIDs gives every id type that t mentions its schema; there is one such type per kind of record.
func aliasIDs(r huma.Registry, t reflect.Type, seen map[reflect.Type]bool) {
	if seen[t] {
		return
	}
	seen[t] = true
	if isID(t) {
		r.RegisterTypeAlias(t, reflect.TypeFor[uuidSchema]())
		return
	}
	switch t.Kind() {
	case reflect.Pointer, reflect.Slice, reflect.Array:
		aliasIDs(r, t.Elem(), seen)
	case reflect.Map:
		aliasIDs(r, t.Key(), seen)
		aliasIDs(r, t.Elem(), seen)
	case reflect.Struct:
		for f := range t.Fields() {
			if f.Anonymous && f.Type.Kind() == reflect.Struct && f.Tag.Get("json") == "" && f.Type.PkgPath() != "" {
				mustBeSeen(t, f)
			}
			aliasIDs(r, f.Type, seen)
		}
	default:
	}
}

func isID(t reflect.Type) bool {
	return t.PkgPath() == reflect.TypeFor[id.Of[int]]().PkgPath() && strings.HasPrefix(t.Name(), "Of[")
}

// optional reports whether the field is left out of JSON when it is empty.
func optional(f reflect.StructField) bool {
	tag := f.Tag.Get("json")
	return tag == "-" || strings.Contains(tag, ",omitempty") || strings.Contains(tag, ",omitzero")
}
