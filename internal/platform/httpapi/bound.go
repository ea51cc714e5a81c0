package httpapi

import (
	"math"

	"github.com/danielgtaylor/huma/v2"
)

// What a body field may hold that does not say so itself. A text without a bound ends in an index that cannot keep it,
// a list without one in a transaction that does not end, a number without one in a column that is too narrow.
const (
	maxText    = 1000
	maxEntries = 1000
	maxEmail   = 254

	emailPattern = `^[^\s@<>"(),:;\\[\]]+@[^\s@<>"(),:;\\[\]]+$`
)

// boundBody gives every text, list and whole number of a JSON body its bound, in the document and in the check.
func boundBody(r huma.Registry, spec *huma.Operation) {
	if spec.RequestBody == nil {
		return
	}
	if media := spec.RequestBody.Content["application/json"]; media != nil && media.Schema != nil {
		bound(r, media.Schema, map[*huma.Schema]bool{})
	}
}

func bound(r huma.Registry, s *huma.Schema, seen map[*huma.Schema]bool) {
	for s != nil && s.Ref != "" {
		s = r.SchemaFromRef(s.Ref)
	}
	if s == nil || seen[s] {
		return
	}
	seen[s] = true
	switch s.Type {
	case huma.TypeString:
		boundText(s)
	case huma.TypeInteger:
		if s.Minimum == nil && s.ExclusiveMinimum == nil {
			s.Minimum = new(float64(math.MinInt32))
		}
		if s.Maximum == nil && s.ExclusiveMaximum == nil {
			s.Maximum = new(float64(math.MaxInt32))
		}
	case huma.TypeArray:
		s.MaxItems = orElse(s.MaxItems, maxEntries)
		bound(r, s.Items, seen)
	case huma.TypeObject:
		for _, property := range s.Properties {
			bound(r, property, seen)
		}
		if rest, ok := s.AdditionalProperties.(*huma.Schema); ok {
			bound(r, rest, seen)
		}
	}
	s.PrecomputeMessages()
}

func boundText(s *huma.Schema) {
	switch {
	case s.Format == "email" && s.Pattern == "": // the format alone lets `Ada <ada@example.com>` through
		s.Pattern, s.PatternDescription = emailPattern, "an e-mail address"
		s.MaxLength = orElse(s.MaxLength, maxEmail)
	case len(s.Enum) == 0 && s.Pattern == "" && s.ContentEncoding == "":
		s.MaxLength = orElse(s.MaxLength, maxText)
	}
}

func orElse(given *int, value int) *int {
	if given != nil {
		return given
	}
	return &value
}
