package httpapi

import (
	"bytes"
	"encoding/json"
	"strings"
	"testing"
	"unicode/utf8"
)

// FuzzCheckJSON holds the check against the standard decoder: it never panics, refuses whatever that refuses, and what
// it accepts reads the same when keys are told apart by case and when they are not.
func FuzzCheckJSON(f *testing.F) {
	for _, seed := range []string{
		`{"a":1,"b":[true,null,"x"]}`, `{"a":{"a":1},"b":{"a":2}}`, `{"a":1,"A":2}`, `{"a":1,"\u0061":2}`, `"a\u0000"`, `[1e999]`,
		` [ { } , [ ] , "\\\"" ] `, `{} {}`, `{"ſ":1,"s":2}`, `[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[1]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]`,
		`-0.0e-7`, "\xff", ``, `{"a":1,}`, `{"\ud800":1}`,
	} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		fields := checkJSON(data)
		for _, field := range fields {
			if !strings.HasPrefix(field.Location, "body") || field.Message == "" || !utf8.ValidString(field.Location) {
				t.Fatalf("%q: a problem without a place or a sentence: %+v", data, field)
			}
		}
		var v any
		err := json.Unmarshal(data, &v)
		if len(fields) > 0 {
			return
		}
		if err != nil {
			t.Fatalf("%q was let through: %v", data, err)
		}
		if entries(v) != tokens(t, data) {
			t.Fatalf("%q: a key was given twice and let through", data)
		}
		again, err := json.Marshal(v)
		if err != nil || bytes.Contains(again, []byte(`\u0000`)) && !bytes.Contains(data, []byte(`\\u0000`)) {
			t.Fatalf("%q: NUL was let through: %s", data, again)
		}
	})
}

// entries counts the members of all objects as the decoder kept them.
func entries(v any) int {
	n := 0
	switch v := v.(type) {
	case map[string]any:
		folded := map[string]bool{}
		for key, member := range v {
			folded[fold(key)] = true
			n += entries(member)
		}
		n += len(folded)
	case []any:
		for _, item := range v {
			n += entries(item)
		}
	}
	return n
}

// tokens counts the members of all objects as they were written.
func tokens(t *testing.T, data []byte) int {
	t.Helper()
	type level struct {
		object bool
		values int
	}
	n := 0
	var open []level
	d := json.NewDecoder(bytes.NewReader(data))
	for {
		token, err := d.Token()
		if err != nil {
			return n
		}
		if delim, ok := token.(json.Delim); ok && (delim == '}' || delim == ']') {
			open = open[:len(open)-1]
			continue
		}
		if len(open) > 0 {
			top := &open[len(open)-1]
			if top.values++; top.object && top.values%2 == 1 {
				n++
			}
		}
		if delim, ok := token.(json.Delim); ok {
			open = append(open, level{object: delim == '{'})
		}
	}
}

func BenchmarkCheckJSON(b *testing.B) {
	body := []byte(`{"number":"LT-0042","name":"Laptop","cost":"1250.00","currency":"EUR","lines":[{"a":1,"b":"two"},{"a":2,"b":"three"}]}`)
	b.ReportAllocs()
	for b.Loop() {
		if len(checkJSON(body)) > 0 {
			b.Fatal("refused")
		}
	}
}
