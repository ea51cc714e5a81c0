package httpapi_test

import (
	"net/http"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

func TestBody(t *testing.T) {
	t.Parallel()
	client := administrator(t, newThings())
	for name, c := range map[string]struct {
		body string
		want map[string]string
	}{
		"every wrong field is named at once": {
			`{"name":"","email":"x","kind":"huge","lines":[{"quantity":0,"price":"1"},{"quantity":1,"price":"1,5"}],"owner":"1","bought":"2026-02-31"}`,
			map[string]string{
				"body.name": "must not be empty", "body.email": "must be an e-mail address", "body.kind": "must be one of big, small",
				"body.lines[0].quantity": "must be at least 1", "body.lines[1].price": `must be a number such as "12.50"`,
				"body.owner": "must be a UUID", "body.bought": "must be a date such as 2026-11-25",
			},
		},
		"missing fields are named, not their parent": {
			`{"lines":[{}]}`,
			map[string]string{"body.name": "is required", "body.lines[0].quantity": "is required", "body.lines[0].price": "is required"},
		},
		"null is not a value":                  {`{"name":null}`, map[string]string{"body.name": "must be text"}},
		"unknown fields are refused":           {`{"name":"a","colour":"b"}`, map[string]string{"body.colour": "is not a known field"}},
		"a field in another case is unknown":   {`{"Name":"a"}`, map[string]string{"body.Name": "is not a known field", "body.name": "is required"}},
		"a repeated key is refused":            {`{"name":"a","name":"b"}`, map[string]string{"body.name": "is given more than once"}},
		"keys that differ in case are refused": {`{"name":"a","NAME":"b"}`, map[string]string{"body.NAME": "is given more than once"}},
		"a repeated key deep inside is named":  {`{"name":"a","lines":[{"price":"1","quantity":1,"price":"2"}]}`, map[string]string{"body.lines[0].price": "is given more than once"}},
		"NUL is refused in values":             {`{"name":"a\u0000b"}`, map[string]string{"body.name": "must not contain NUL characters"}},
		"NUL is refused in keys":               {`{"na\u0000me":"a"}`, map[string]string{"body.na?me": "must not contain NUL characters"}},
		"trailing data is refused":             {`{"name":"a"} {}`, map[string]string{"body": "is not JSON: unexpected character at position 14"}},
		"an unfinished body is refused":        {`{"name":`, map[string]string{"body": "is not JSON: it ends too early"}},
		"bytes that are no text are refused":   {"{\"name\":\"\xff\"}", map[string]string{"body": "must be UTF-8"}},
		"deep nesting is refused":              {strings.Repeat(`[`, 33) + strings.Repeat(`]`, 33), map[string]string{"body" + strings.Repeat("[0]", 32): "is nested too deeply"}},
		"a list is no object":                  {`[]`, map[string]string{"body": "must be an object"}},
		"nothing is no object":                 {`null`, map[string]string{"body": "must be an object"}},
		"a float is no whole number":           {`{"name":"a","count":1.5}`, map[string]string{"body.count": "must be a whole number"}},
		"a whole float is no int":              {`{"name":"a","count":1.0}`, map[string]string{"body.count": "must be a whole number within its range"}},
		"a number beyond a column is refused":  {`{"name":"a","count":9223372036854775808}`, map[string]string{"body.count": "must be at most 2147483647"}},
		"a number beyond any type is refused":  {`{"name":"a","count":1e999}`, map[string]string{"body.count": "is too large a number"}},
		"a decimal is no JSON number":          {`{"name":"a","extra":{"x":1.5}}`, map[string]string{"body.extra.x": "must be text"}},
		"a decimal has no exponent":            {`{"name":"a","extra":{"x":"1e5"}}`, map[string]string{"body.extra.x": `must be a number such as "12.50"`}},
		"the year zero is refused":             {`{"name":"a","bought":"0000-01-01"}`, map[string]string{"body.bought": "must be a date such as 2026-11-25"}},
		"the zero id names nothing":            {`{"name":"a","owner":"00000000-0000-0000-0000-000000000000"}`, map[string]string{"body.owner": "must be a UUID"}},
		"an id in another form is refused":     {`{"name":"a","owner":"{01890a5d-ac96-774b-bcce-b302099a8057}"}`, map[string]string{"body.owner": "must be a UUID"}},
		"a text without a bound has one":       {`{"name":"a","note":"` + strings.Repeat("a", 1001) + `"}`, map[string]string{"body.note": "must have at most 1000 characters"}},
		"a list without a bound has one":       {`{"name":"a","lines":[` + strings.Repeat(`{"quantity":1,"price":"1"},`, 1000) + `{"quantity":1,"price":"1"}]}`, map[string]string{"body.lines": "must have at most 1000 entries"}},
		"a name is no part of an address":      {`{"name":"a","email":"Ada <ada@example.com>"}`, map[string]string{"body.email": "must be an e-mail address"}},
		"an empty body is missing":             {``, map[string]string{"body": "is required"}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			answer := client.Do("POST", "/things", c.body)
			requireProblem(t, answer, http.StatusUnprocessableEntity)
			require.Equal(t, c.want, answer.Problems())
		})
	}
	t.Run("a wrong value is not repeated, it may be a secret", func(t *testing.T) {
		t.Parallel()
		answer := client.Do("POST", "/things", `{"name":"a","secret":"hunter2","email":"hunter2","bought":"hunter2","owner":"hunter2"}`)
		requireProblem(t, answer, http.StatusUnprocessableEntity)
		require.Len(t, answer.Problems(), 4)
		require.NotContains(t, answer.String(), "hunter2")
	})
	t.Run("another media type is 415", func(t *testing.T) {
		t.Parallel()
		for _, contentType := range []string{"text/plain", "", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x"} {
			requireProblem(t, client.Do("POST", "/things", `{"name":"a"}`, "Content-Type", contentType), http.StatusUnsupportedMediaType)
		}
		require.Equal(t, http.StatusCreated, client.Do("POST", "/things", `{"name":"a"}`, "Content-Type", "application/json; charset=utf-8").Status)
		requireProblem(t, client.Do("POST", "/things", `{"name":"a"}`, "Content-Encoding", "gzip"), http.StatusUnsupportedMediaType)
	})
	t.Run("a body beyond 1 MiB is 413", func(t *testing.T) {
		t.Parallel()
		requireProblem(t, client.Do("POST", "/things", `{"name":"`+strings.Repeat("a", 1<<20)+`"}`), http.StatusRequestEntityTooLarge)
	})
	t.Run("an upload may have 20 MiB, as CSV", func(t *testing.T) {
		t.Parallel()
		answer := client.Do("POST", "/import", strings.Repeat("a", 2<<20), "Content-Type", "text/csv")
		require.Equal(t, "2097152\n", string(answer.Body))
		requireProblem(t, client.Do("POST", "/import", strings.Repeat("a", 20<<20+1), "Content-Type", "text/csv"), http.StatusRequestEntityTooLarge)
		requireProblem(t, client.Do("POST", "/import", "a", "Content-Type", "application/pdf"), http.StatusUnsupportedMediaType)
		requireProblem(t, client.Do("POST", "/import", "", "Content-Type", "text/csv"), http.StatusUnprocessableEntity)
	})
}

func TestParameters(t *testing.T) {
	t.Parallel()
	client := administrator(t, newThings())
	for name, c := range map[string]struct {
		path string
		want map[string]string
	}{
		"unknown ones are refused":               {"/things?limt=5&q=a", map[string]string{"query.limt": "is not a known parameter"}},
		"repeated ones are refused":              {"/things?q=a&q=b", map[string]string{"query.q": "must be given once"}},
		"long ones are refused":                  {"/things?q=" + strings.Repeat("a", 201), map[string]string{"query.q": "must have at most 200 characters"}},
		"their own length counts":                {"/things?long=" + strings.Repeat("a", 301), map[string]string{"query.long": "must have at most 300 characters"}},
		"NUL is refused":                         {"/things?q=a%00", map[string]string{"query.q": "must not contain NUL characters"}},
		"bytes that are no text are refused":     {"/things?q=%ff", map[string]string{"query.q": "must be UTF-8"}},
		"a query that cannot be read is refused": {"/things?q=%zz", map[string]string{"query": "is not well-formed"}},
		"all are judged at once": {
			"/things?limit=0&sort=%3Bdrop&status=odd&since=yesterday&count=maybe&ids=1,2",
			map[string]string{
				"query.limit": "must be at least 1", "query.sort": "must be a field name, with - in front for descending",
				"query.status": "must be one of new, old", "query.since": "YYYY-MM-DD is expected", "query.count": "must be true or false",
				"query.ids[0]": "must be a UUID", "query.ids[1]": "must be a UUID",
			},
		},
		"a number is one":             {"/things?limit=many", map[string]string{"query.limit": "must be a whole number"}},
		"a number has bounds":         {"/things?limit=99999999999", map[string]string{"query.limit": "must be a whole number within its range"}},
		"ids are at most 200":         {"/things?ids=" + strings.TrimSuffix(strings.Repeat(someID+",", 201), ","), map[string]string{"query.ids": "must have at most 7400 characters"}},
		"an id in the path is an id":  {"/things/7", map[string]string{"path.id": "a UUID such as 01890a5d-ac96-774b-bcce-b302099a8057 is expected"}},
		"the zero id is none":         {"/things/00000000-0000-0000-0000-000000000000", map[string]string{"path.id": "must be a UUID"}},
		"NUL in the path is refused":  {"/things/%00", map[string]string{"path.id": "must not contain NUL characters"}},
		"no text in the path either":  {"/things/%ff", map[string]string{"path.id": "must be UTF-8"}},
		"a long path part is refused": {"/things/" + strings.Repeat("a", 201), map[string]string{"path.id": "must have at most 200 characters"}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			answer := client.Do("GET", c.path, nil)
			requireProblem(t, answer, http.StatusUnprocessableEntity)
			require.Equal(t, c.want, answer.Problems())
		})
	}
	t.Run("a list of ids is read", func(t *testing.T) {
		t.Parallel()
		answer := client.Do("GET", "/things?ids="+someID+","+someID+"&limit=7&sort=-name", nil)
		require.Equal(t, http.StatusOK, answer.Status, answer)
		require.Len(t, answer.JSON["items"], 2)
		require.EqualValues(t, 7, answer.JSON["total"])
		require.Equal(t, "-name", answer.Text("next"))
	})
}

func TestIfMatch(t *testing.T) {
	t.Parallel()
	client := administrator(t, newThings())
	change := func(headers ...string) int { return client.Do("PATCH", "/things/"+someID, `{}`, headers...).Status }
	require.Equal(t, http.StatusPreconditionRequired, change())
	require.Equal(t, http.StatusPreconditionFailed, change("If-Match", `"6"`))
	require.Equal(t, http.StatusOK, change("If-Match", `"7"`))
	require.Equal(t, http.StatusOK, change("If-Match", `W/"7"`), "a proxy that compresses weakens the tag")
	require.Equal(t, http.StatusUnprocessableEntity, change("If-Match", `*`))
	answer := client.Do("PATCH", "/things/"+someID, `{}`, "If-Match", `x`)
	require.Equal(t, map[string]string{"header.If-Match": `must be the ETag of the version that was read, such as "7"`}, answer.Problems())
}
