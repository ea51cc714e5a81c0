package main_test

import (
	"encoding/json"
	"fmt"
	"maps"
	"math/rand/v2"
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// TestBadInput sends every operation of the document a mixture of sense and nonsense. Whatever comes in: no answer is
// an accident, every refusal is a problem, and every 422 names what is wrong.
func TestBadInput(t *testing.T) {
	t.Parallel()
	i := install(t)
	i.start()
	t.Cleanup(func() { i.tell(t) })
	ana := i.setUp(true)
	h := newHostile(t, ana.get("/api/openapi.json"))
	h.learn(ana)
	statuses := map[int]int{}
	for range 2500 {
		method, path, body, headers := h.request()
		status, header, content := ana.do(method, path, body, headers)
		statuses[status]++
		tell := fmt.Sprintf("%s %s\n%v\n%.2000s\nwas answered %d: %.2000s", method, path, headers, text(body), status, content)
		require.Less(t, status, 500, tell)
		if status == http.StatusUnauthorized { // it may have ended its own session
			ana = i.signIn(adminEmail, adminPassword)
		}
		if status < 400 {
			h.remember(content)
			continue
		}
		require.Equal(t, "application/problem+json", header.Get("Content-Type"), tell)
		var problem struct {
			Status int
			Errors []struct{ Location, Message string }
		}
		require.NoError(t, json.Unmarshal(content, &problem), tell)
		require.Equal(t, status, problem.Status, tell)
		if status == http.StatusUnprocessableEntity {
			require.NotEmpty(t, problem.Errors, tell)
			require.NotEmpty(t, problem.Errors[0].Location, tell)
		}
	}
	t.Log(statuses)
	require.Greater(t, statuses[200]+statuses[201], 200, "most of it must reach the use cases")
	require.Less(t, statuses[401], 20)
}

func text(body any) string {
	if raw, ok := body.([]byte); ok {
		return string(raw)
	}
	raw, err := json.Marshal(body)
	if err != nil {
		return err.Error()
	}
	return string(raw)
}

// hostile makes requests from the OpenAPI document, always the same ones.
type hostile struct {
	*rand.Rand
	schemas    object
	operations []hostileOperation
	ids        []string
	calm       bool // this request is mostly sense, so that it gets past the door
}

type hostileOperation struct {
	method, path string
	spec         object
}

// endsAccess matches what would end, or narrow, the access that the test needs.
var endsAccess = regexp.MustCompile(`session|password|second-factor|/me/view`)

func newHostile(t *testing.T, document object) *hostile {
	t.Helper()
	h := &hostile{Rand: rand.New(rand.NewPCG(7, 11)), schemas: document["components"].(object)["schemas"].(object)}
	paths := document["paths"].(object)
	for _, path := range slices.Sorted(maps.Keys(paths)) {
		item := paths[path].(object)
		for _, method := range slices.Sorted(maps.Keys(item)) {
			op := hostileOperation{strings.ToUpper(method), path, item[method].(object)}
			if !endsAccess.MatchString(path) {
				h.operations = append(h.operations, op)
			}
		}
	}
	require.Greater(t, len(h.operations), 80)
	return h
}

// learn collects the ids of what exists.
func (h *hostile) learn(p *person) {
	for _, op := range h.operations {
		if op.method == http.MethodGet && !strings.Contains(op.path, "{") {
			if status, _, content := p.do(op.method, op.path, nil, nil); status == http.StatusOK {
				h.remember(content)
			}
		}
	}
}

func (h *hostile) remember(content []byte) {
	var v any
	if json.Unmarshal(content, &v) == nil {
		h.collect(v)
	}
}

func (h *hostile) collect(v any) {
	switch v := v.(type) {
	case object:
		if id, ok := v["id"].(string); ok && len(id) == 36 && len(h.ids) < 500 {
			h.ids = append(h.ids, id)
		}
		for _, name := range slices.Sorted(maps.Keys(v)) {
			h.collect(v[name])
		}
	case []any:
		for _, one := range v[:min(len(v), 10)] {
			h.collect(one)
		}
	}
}

func (h *hostile) request() (method, path string, body any, headers map[string]string) {
	op := h.operations[h.IntN(len(h.operations))]
	h.calm = h.IntN(3) > 0
	path, headers = op.path, map[string]string{}
	query := url.Values{}
	parameters, _ := op.spec["parameters"].([]any)
	for _, p := range parameters {
		parameter := p.(object)
		name, schema := parameter["name"].(string), parameter["schema"].(object)
		switch parameter["in"] {
		case "path":
			path = strings.ReplaceAll(path, "{"+name+"}", url.PathEscape(h.segment(schema)))
		case "query":
			if h.IntN(3) == 0 {
				query.Set(name, strings.Trim(fmt.Sprint(h.value(schema, 0)), "[]"))
			}
		case "header":
			if name == "If-Match" && h.IntN(20) > 0 {
				headers[name] = pick(h, `"1"`, `"1"`, `"1"`, `"2"`, `"3"`, `"999999999"`, `"99999999999"`, "x")
			}
			if name == "Idempotency-Key" && h.IntN(20) == 0 {
				headers[name] = fmt.Sprint("key-", h.IntN(10))
			}
		}
	}
	if len(query) > 0 {
		path += "?" + query.Encode()
	}
	if request, ok := op.spec["requestBody"].(object); ok {
		body = h.body(request["content"].(object), headers)
	}
	return op.method, path, body, headers
}

func (h *hostile) body(content object, headers map[string]string) any {
	contentType := slices.Sorted(maps.Keys(content))[0]
	headers["Content-Type"] = contentType
	if contentType == "application/json" {
		return h.value(content[contentType].(object)["schema"].(object), 0)
	}
	return []byte(pick(h, "", "a,b\n1,2", "\ufeffnumber;name\n1;2\n", `"unfinished`, "a\x00b,c\n", "\x89PNG\r\n\x1a\n0000", "\xff\xd8\xff",
		"number,givenName,familyName\n"+strings.Repeat("1,=cmd(),\n", 50)))
}

// segment fills a place in a path: mostly something that exists.
func (h *hostile) segment(schema object) string {
	if schema["format"] == "uuid" {
		return h.id()
	}
	return pick(h, "administrator", "employee", "nobody", h.nonsense(), "x")
}

func (h *hostile) id() string {
	if len(h.ids) > 0 && (h.calm || h.IntN(4) > 0) {
		return h.ids[h.IntN(len(h.ids))]
	}
	return pick(h, "00000000-0000-0000-0000-000000000000", "ffffffff-ffff-ffff-ffff-ffffffffffff", "01890a5d-ac96-774b-bcce-b302099a8057", "1")
}

func (h *hostile) nonsense() string {
	return pick(h, " ", strings.Repeat("a", 1000), strings.Repeat("ä", 300), "'; DROP TABLE asset; --", "%", "_", `\`, "\u202e", "a\x00b",
		strings.Repeat("😀", 200), "null", "-1", "1e5", "\n", "<script>", "=1+1", "\xff")
}

// value fits the schema in form, mostly, and little else.
func (h *hostile) value(schema object, depth int) any {
	for schema["$ref"] != nil {
		name := schema["$ref"].(string)
		schema = h.schemas[name[strings.LastIndex(name, "/")+1:]].(object)
	}
	if h.rarely(60) {
		return pick[any](h, nil, 1, "x", object{}, []any{}, true, -1.5, 1e308, int64(1)<<60)
	}
	if enum, ok := schema["enum"].([]any); ok {
		return pick(h, enum...)
	}
	switch schema["type"] {
	case "object":
		return h.object(schema, depth)
	case "array":
		list := []any{}
		for range h.IntN(3) {
			list = append(list, h.value(schema["items"].(object), depth+1))
		}
		return list
	case "integer":
		if h.calm {
			return pick[any](h, 1, 2, 5, 12, 36)
		}
		return pick[any](h, 0, 1, 1, 2, 5, 12, -1, 1<<31-1, 1<<31, 100000)
	case "number":
		return pick[any](h, 0, 1.5, -1e300)
	case "boolean":
		return h.IntN(2) == 0
	case "string":
		return h.string(schema)
	default:
		return pick[any](h, nil, 1, "x", object{})
	}
}

func (h *hostile) object(schema object, depth int) any {
	out := object{}
	properties, _ := schema["properties"].(object)
	required, _ := schema["required"].([]any)
	for _, name := range slices.Sorted(maps.Keys(properties)) {
		if (slices.Contains(required, any(name)) || h.IntN(2) == 0) && !h.rarely(50) {
			out[name] = h.value(properties[name].(object), depth+1)
		}
	}
	if rest, ok := schema["additionalProperties"].(object); ok {
		out[h.nonsense()] = h.value(rest, depth+1)
	}
	return out
}

func (h *hostile) string(schema object) string {
	if h.rarely(10) {
		return h.nonsense()
	}
	switch schema["format"] {
	case "uuid":
		return h.id()
	case "date":
		if h.calm {
			return pick(h, "2026-11-25", "2026-11-01", "2026-01-01", "2024-02-29", "2025-06-30")
		}
		return pick(h, "2026-11-25", "2026-11-25", "2026-01-01", "2024-02-29", "9999-12-31", "1000-01-01", "2026-02-30")
	case "date-time":
		return pick(h, "2026-11-25T00:00:00Z", "9999-12-31T23:59:59Z", "0001-01-01T00:00:00Z")
	case "decimal":
		if h.calm {
			return pick(h, "0", "1", "2", "12.50", "100.00", "-1", "0.01", "19")
		}
		return pick(h, "0", "1", "1", "12.50", "-1", "0.0001", "99999999999999.9999", "99999999999999999999", "0.000000000001", "1000000000000000")
	case "email":
		if h.calm {
			return fmt.Sprintf("p%d@example.com", h.IntN(1_000_000))
		}
		return pick(h, fmt.Sprintf("p%d@example.com", h.IntN(1_000_000)), "ä@ü.de", "a@b", "x")
	}
	if schema["pattern"] == "^[A-Z]{3}$" {
		return pick(h, "EUR", "EUR", "USD", "JPY", "KWD", "XXX")
	}
	return pick(h, "Laptop", "Ada Lovelace", "LT-0042", "Dept 1", "Straße 7", "a", "DE", "en", fmt.Sprint("new ", h.IntN(1_000_000)))
}

// rarely is once in n times, and much more rarely in a calm request.
func (h *hostile) rarely(n int) bool {
	if h.calm {
		n *= 20
	}
	return h.IntN(n) == 0
}

func pick[T any](h *hostile, choices ...T) T { return choices[h.IntN(len(choices))] }
