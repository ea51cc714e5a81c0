package httpapi

import (
	"encoding/json"
	"errors"
	"reflect"
	"strings"

	"github.com/danielgtaylor/huma/v2"
)

// The library keeps only the text of a decoder's error, so the place travels in the text, between two marks that no
// other message contains.
const placeMark, textMark = "\x01", "\x02"

// jsonFormat reads bodies; what the schema let through and the type refuses is reported at its field, without the
// names of Go types.
func jsonFormat() huma.Format {
	format := huma.DefaultJSONFormat
	format.Unmarshal = func(data []byte, v any) error {
		err := json.Unmarshal(data, v)
		if err == nil {
			return nil
		}
		place, text := "body", "does not fit"
		if wrong, ok := errors.AsType[*json.UnmarshalTypeError](err); ok {
			text = "must be " + wanted(wrong.Type)
			if wrong.Field != "" {
				place += "." + wrong.Field
			}
		} else if _, after, ok := strings.Cut(err.Error(), ": "); ok && !strings.HasPrefix(err.Error(), "json:") {
			text = after // the kernel's types: `"x" is not a date: YYYY-MM-DD is expected`
		}
		return errors.New(placeMark + place + textMark + text)
	}
	return format
}

func wanted(t reflect.Type) string {
	switch t.Kind() {
	case reflect.Int, reflect.Int8, reflect.Int16, reflect.Int32, reflect.Int64,
		reflect.Uint, reflect.Uint8, reflect.Uint16, reflect.Uint32, reflect.Uint64:
		return "a whole number within its range"
	case reflect.String:
		return "text"
	case reflect.Bool:
		return "true or false"
	case reflect.Slice, reflect.Array:
		return "a list"
	case reflect.Struct, reflect.Map:
		return "an object"
	default:
		return "of another kind"
	}
}

func decodeMessage(message string) (place, text string, ok bool) {
	rest, ok := strings.CutPrefix(message, placeMark)
	if !ok {
		return "", "", false
	}
	return strings.Cut(rest, textMark)
}
