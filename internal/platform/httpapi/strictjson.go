package httpapi

import (
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"erp/internal/platform/fault"
)

// maxDepth is how deep objects and lists may nest.
const maxDepth = 32

// checkJSON finds what a lenient decoder would let through and each client would read differently: trailing data, keys
// that repeat or differ only in case, NUL characters, numbers beyond any type, and nesting beyond reason. What is left
// is JSON that means the same to everybody; the schema judges the rest.
func checkJSON(data []byte) []fault.Field {
	if !utf8.Valid(data) {
		return []fault.Field{{Location: "body", Message: "must be UTF-8"}}
	}
	if !json.Valid(data) {
		return []fault.Field{{Location: "body", Message: syntaxMessage(data)}}
	}
	s := &strict{data: data, path: []byte("body")}
	s.value(0)
	return sorted(s.problems.Fields())
}

func syntaxMessage(data []byte) string {
	var v any
	syntax, ok := errors.AsType[*json.SyntaxError](json.Unmarshal(data, &v))
	if !ok {
		return "is not JSON"
	}
	if strings.Contains(syntax.Error(), "unexpected end") {
		return "is not JSON: it ends too early"
	}
	return fmt.Sprintf("is not JSON: unexpected character at position %d", syntax.Offset)
}

// strict walks over valid JSON.
type strict struct {
	data     []byte
	at       int
	path     []byte
	problems fault.Problems
}

func (s *strict) problem(message string) {
	if len(s.problems.Fields()) < maxFields {
		s.problems.Add(string(s.path), "%s", message)
	}
}

// value walks over one value; false gives up on the rest.
func (s *strict) value(depth int) bool {
	s.space()
	switch s.data[s.at] {
	case '{', '[':
		if depth == maxDepth {
			s.problem("is nested too deeply")
			return false
		}
		if s.data[s.at] == '{' {
			return s.object(depth + 1)
		}
		return s.list(depth + 1)
	case '"':
		if _, nul := s.text(); nul {
			s.problem("must not contain NUL characters")
		}
	case '-', '0', '1', '2', '3', '4', '5', '6', '7', '8', '9':
		s.number()
	default: // true, false, null
		for s.at < len(s.data) && s.data[s.at] >= 'a' && s.data[s.at] <= 'z' {
			s.at++
		}
	}
	return true
}

func (s *strict) object(depth int) bool {
	var keys keySet
	outer := len(s.path)
	for s.open(); s.data[s.at] != '}'; s.next() {
		key, nul := s.text()
		s.path = append(append(s.path, '.'), printable(key)...)
		switch {
		case nul:
			s.problem("must not contain NUL characters")
		case keys.has(key):
			s.problem("is given more than once")
		}
		s.space()
		s.at++ // over the colon
		if !s.value(depth) {
			return false
		}
		s.path = s.path[:outer]
	}
	s.at++
	return true
}

func (s *strict) list(depth int) bool {
	outer := len(s.path)
	i := 0
	for s.open(); s.data[s.at] != ']'; s.next() {
		s.path = append(s.path, '[')
		s.path = strconv.AppendInt(s.path, int64(i), 10)
		s.path = append(s.path, ']')
		if !s.value(depth) {
			return false
		}
		s.path = s.path[:outer]
		i++
	}
	s.at++
	return true
}

// open steps over the bracket to the first entry or the end.
func (s *strict) open() {
	s.at++
	s.space()
}

// next steps over a comma to the next entry, or stays at the end.
func (s *strict) next() {
	s.space()
	if s.data[s.at] == ',' {
		s.at++
		s.space()
	}
}

// text reads a string and tells whether a NUL is in it.
func (s *strict) text() (string, bool) {
	start := s.at
	escaped := false
	for s.at++; s.data[s.at] != '"'; s.at++ {
		if s.data[s.at] == '\\' {
			escaped = true
			s.at++
		}
	}
	s.at++
	raw := s.data[start:s.at]
	if !escaped {
		return string(raw[1 : len(raw)-1]), false
	}
	var text string
	if json.Unmarshal(raw, &text) != nil { // valid JSON holds valid strings
		return "", false
	}
	return text, strings.IndexByte(text, 0) >= 0
}

func (s *strict) number() {
	start := s.at
	for s.at < len(s.data) && strings.IndexByte("+-.eE0123456789", s.data[s.at]) >= 0 {
		s.at++
	}
	raw := s.data[start:s.at]
	if len(raw) > 40 {
		s.problem("is too long a number")
		return
	}
	if _, err := strconv.ParseFloat(string(raw), 64); err != nil {
		s.problem("is too large a number")
	}
}

func (s *strict) space() {
	for s.at < len(s.data) {
		switch s.data[s.at] {
		case ' ', '\t', '\n', '\r':
			s.at++
		default:
			return
		}
	}
}

// keySet finds keys that a case-insensitive decoder would take for the same.
type keySet struct {
	few  []string
	many map[string]bool
}

func (k *keySet) has(key string) bool {
	if k.many == nil && len(k.few) < 8 {
		if slices.ContainsFunc(k.few, func(other string) bool { return strings.EqualFold(other, key) }) {
			return true
		}
		k.few = append(k.few, key)
		return false
	}
	if k.many == nil {
		k.many = map[string]bool{}
		for _, other := range k.few {
			k.many[fold(other)] = true
		}
	}
	folded := fold(key)
	known := k.many[folded]
	k.many[folded] = true
	return known
}

func fold(key string) string { return strings.ToLower(strings.ToUpper(key)) }

func sorted(fields []fault.Field) []fault.Field {
	slices.SortStableFunc(fields, func(a, b fault.Field) int { return strings.Compare(a.Location, b.Location) })
	return fields[:min(len(fields), maxFields)]
}
