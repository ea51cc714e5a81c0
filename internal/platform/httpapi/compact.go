package httpapi

import (
	"fmt"

	"github.com/danielgtaylor/huma/v2"
)

// Compact lets alike patterns of all schemas stand once; call it when every operation is registered. The library compiles
// one for each field, which took 4 MB.
func (a *API) Compact() {
	c := compactor{compiled: map[string]*huma.Schema{}, seen: map[*huma.Schema]bool{}}
	document := a.huma.OpenAPI()
	for _, schema := range document.Components.Schemas.Map() {
		c.walk(schema)
	}
	for _, path := range document.Paths {
		for _, op := range []*huma.Operation{path.Get, path.Put, path.Post, path.Delete, path.Patch} {
			c.operation(op)
		}
	}
}

type compactor struct {
	compiled map[string]*huma.Schema // the first of those that check the same
	seen     map[*huma.Schema]bool
}

func (c *compactor) operation(op *huma.Operation) {
	if op == nil {
		return
	}
	for _, parameter := range op.Parameters {
		c.walk(parameter.Schema)
	}
	if op.RequestBody != nil {
		c.content(op.RequestBody.Content)
	}
	for _, response := range op.Responses {
		c.content(response.Content)
	}
}

func (c *compactor) content(content map[string]*huma.MediaType) {
	for _, media := range content {
		c.walk(media.Schema)
	}
}

func (c *compactor) walk(s *huma.Schema) {
	if s == nil || c.seen[s] {
		return
	}
	c.seen[s] = true
	c.walk(s.Items)
	for _, property := range s.Properties {
		c.walk(property)
	}
	if rest, ok := s.AdditionalProperties.(*huma.Schema); ok {
		c.walk(rest)
	}
	if s.Type == huma.TypeString && s.Pattern != "" && len(s.Enum) == 0 {
		c.text(s)
	}
}

// text makes s a copy of the first schema that checks the same, and leaves it what only describes.
func (c *compactor) text(s *huma.Schema) {
	checks := fmt.Sprint(s.Format, "\n", s.Pattern, "\n", s.PatternDescription, "\n", *orElse(s.MinLength, -1), "\n", *orElse(s.MaxLength, -1), "\n", s.ContentEncoding)
	first := c.compiled[checks]
	if first == nil {
		c.compiled[checks] = s
		return
	}
	own := *s
	*s = *first
	s.Title, s.Description, s.Examples, s.Default = own.Title, own.Description, own.Examples, own.Default
	s.Nullable, s.Deprecated, s.ReadOnly, s.WriteOnly, s.Extensions = own.Nullable, own.Deprecated, own.ReadOnly, own.WriteOnly, own.Extensions
}
