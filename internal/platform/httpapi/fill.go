package httpapi

import "reflect"

// filler makes empty lists of nil ones, because the document promises a list and a client's loop trips over null.
type filler struct {
	apply func(reflect.Value)
}

// newFiller compiles what there is to fill in a T; nothing for most types.
func newFiller(t reflect.Type) *filler {
	return &filler{apply: compileFill(t, map[reflect.Type]bool{})}
}

// fill works on what the answer holds by value and in its lists; it does not follow pointers and maps, which the
// answer may share with others.
func (f *filler) fill(pointer any) {
	if f.apply != nil {
		f.apply(reflect.ValueOf(pointer).Elem())
	}
}

func compileFill(t reflect.Type, open map[reflect.Type]bool) func(reflect.Value) {
	if open[t] || reflect.PointerTo(t).Implements(reflect.TypeFor[interface{ MarshalJSON() ([]byte, error) }]()) {
		return nil
	}
	open[t] = true
	defer delete(open, t)
	switch t.Kind() {
	case reflect.Slice:
		return fillSlice(t, open)
	case reflect.Struct:
		return fillStruct(t, open)
	default:
		return nil
	}
}

func fillSlice(t reflect.Type, open map[reflect.Type]bool) func(reflect.Value) {
	if t.Elem().Kind() == reflect.Uint8 {
		return nil // bytes are text in JSON
	}
	each := compileFill(t.Elem(), open)
	return func(v reflect.Value) {
		if v.IsNil() {
			v.Set(reflect.MakeSlice(t, 0, 0))
			return
		}
		if each == nil {
			return
		}
		for i := range v.Len() {
			each(v.Index(i))
		}
	}
}

func fillStruct(t reflect.Type, open map[reflect.Type]bool) func(reflect.Value) {
	type part struct {
		index int
		apply func(reflect.Value)
	}
	var parts []part
	for i := range t.NumField() {
		f := t.Field(i)
		if !f.IsExported() || optional(f) {
			continue
		}
		if apply := compileFill(f.Type, open); apply != nil {
			parts = append(parts, part{i, apply})
		}
	}
	if len(parts) == 0 {
		return nil
	}
	return func(v reflect.Value) {
		for _, p := range parts {
			p.apply(v.Field(p.index))
		}
	}
}
