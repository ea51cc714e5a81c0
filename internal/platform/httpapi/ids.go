package httpapi

import (
	"reflect"

	"github.com/danielgtaylor/huma/v2"

	"erp/internal/platform/id"
)

// MaxIDs bounds a batch asked for by ids.
const MaxIDs = 200

// IDs is a query parameter that lists ids, separated by commas:
//
//	IDs httpapi.IDs[asset.Asset] `query:"ids"`
type IDs[T any] struct {
	Texts []string
}

// All are the ids of the request, none when the parameter is absent.
func (p IDs[T]) All() []id.Of[T] {
	out := make([]id.Of[T], 0, len(p.Texts))
	for _, text := range p.Texts {
		if v, err := id.Parse[T](text); err == nil { // the schema let only ids through
			out = append(out, v)
		}
	}
	return out
}

// Receiver is where the library puts the values.
func (p *IDs[T]) Receiver() reflect.Value { return reflect.ValueOf(p).Elem().Field(0) }

// Schema is a list of ids, for the library.
func (IDs[T]) Schema(huma.Registry) *huma.Schema {
	limit := MaxIDs
	return &huma.Schema{Type: huma.TypeArray, Items: uuidSchema{}.Schema(nil), MaxItems: &limit}
}

func (IDs[T]) isList() {}
