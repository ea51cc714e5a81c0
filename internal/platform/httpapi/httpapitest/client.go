// Package httpapitest lets tests call operations as any role, in process and without a socket. It knows no module.
//
//	api := httpapitest.NewAPI()
//	module.New(...).Routes(api)
//	hr := httpapitest.NewClient(t, api, httpapitest.As(rbac.HRManager, m.Permissions()...))
//	answer := hr.Do("POST", "/api/v1/employees", map[string]any{"givenName": "Ada"}, "Idempotency-Key", "k1")
//	require.Equal(t, 201, answer.Status, answer)
package httpapitest

import (
	"bytes"
	"context"
	"encoding/json"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"erp/internal/platform/auth"
	"erp/internal/platform/httpapi"
	"erp/internal/platform/id"
	"erp/internal/platform/rbac"
)

// NewAPI returns an API whose callers are whoever the client says, and whose access log goes nowhere.
func NewAPI() *httpapi.API {
	return httpapi.New(httpapi.Options{
		Version:      "test",
		Authenticate: func(r *http.Request) (context.Context, error) { return r.Context(), nil },
		Logger:       slog.New(slog.DiscardHandler),
	})
}

// Caller is somebody who calls.
type Caller struct {
	Principal auth.Principal
	Rights    *rbac.Rights
}

// Nobody is a caller who is not signed in.
func Nobody() Caller { return Caller{} }

// As is a new person with one built-in role, holding what the permissions give that role by default.
func As(role rbac.Role, permissions ...rbac.Permission) Caller {
	scopes := map[string]rbac.Scope{}
	for _, p := range permissions {
		scope := p.Default[role]
		if role == rbac.Administrator {
			scope = p.Widest()
		}
		if scope != rbac.None {
			scopes[p.Code] = scope
		}
	}
	return Caller{
		Principal: auth.Principal{
			UserID: id.New[auth.User](), EmployeeID: id.New[auth.Person](), SessionID: id.New[auth.Session](),
			Name: string(role), Email: string(role) + "@example.com", Kind: auth.KindUser,
		},
		Rights: rbac.NewRights(scopes),
	}
}

// Employee returns the caller as the given employee.
func (c Caller) Employee(person auth.PersonID) Caller {
	c.Principal.EmployeeID = person
	return c
}

// Context is a context in which the caller acts, for calling contracts.
func (c Caller) Context(ctx context.Context) context.Context {
	if c.Principal.IsZero() {
		return ctx
	}
	return auth.With(ctx, c.Principal, c.Rights)
}

// Client calls an API as one person.
type Client struct {
	t   testing.TB
	api http.Handler
	who Caller
}

// NewClient returns a client for the caller.
func NewClient(t testing.TB, api http.Handler, who Caller) *Client {
	t.Helper()
	return &Client{t: t, api: api, who: who}
}

// Who is the caller.
func (c *Client) Who() Caller { return c.who }

// Answer is what came back.
type Answer struct {
	Status int
	Header http.Header
	Body   []byte
	// JSON is the decoded body when it is an object; a problem too.
	JSON map[string]any
}

// String shows the status and the body, for a failed expectation.
func (a Answer) String() string { return http.StatusText(a.Status) + ": " + string(a.Body) }

// Do sends a request. body is nothing (nil), bytes or text as they are (CSV, wrong JSON; say the Content-Type), or
// anything else as JSON. headers are names and values in turn. A path that does not begin with /api/ is below /api/v1.
func (c *Client) Do(method, path string, body any, headers ...string) Answer {
	c.t.Helper()
	if !strings.HasPrefix(path, "/api/") {
		path = "/api/v1" + path
	}
	r := httptest.NewRequestWithContext(c.who.Context(c.t.Context()), method, path, c.encode(body))
	if body != nil {
		r.Header.Set("Content-Type", "application/json")
	}
	for i := 0; i+1 < len(headers); i += 2 {
		r.Header.Set(headers[i], headers[i+1])
	}
	w := httptest.NewRecorder()
	c.api.ServeHTTP(w, r)
	answer := Answer{Status: w.Code, Header: w.Header(), Body: w.Body.Bytes()}
	if strings.Contains(w.Header().Get("Content-Type"), "json") && len(answer.Body) > 0 && answer.Body[0] == '{' {
		if err := json.Unmarshal(answer.Body, &answer.JSON); err != nil {
			c.t.Fatalf("%s %s answered broken JSON: %v\n%s", method, path, err, answer.Body)
		}
	}
	return answer
}

func (c *Client) encode(body any) io.Reader {
	switch b := body.(type) {
	case nil:
		return nil
	case []byte:
		return bytes.NewReader(b)
	case string:
		return strings.NewReader(b)
	default:
		raw, err := json.Marshal(b)
		if err != nil {
			c.t.Fatalf("encode body: %v", err)
		}
		return bytes.NewReader(raw)
	}
}

// Into decodes the answer's body.
func (a Answer) Into(t testing.TB, v any) {
	t.Helper()
	if err := json.Unmarshal(a.Body, v); err != nil {
		t.Fatalf("decode answer: %v\n%s", err, a.Body)
	}
}

// Text is the value of a string member of the answer, empty when there is none.
func (a Answer) Text(member string) string {
	s, _ := a.JSON[member].(string)
	return s
}

// Problems are the wrong inputs a problem names: location to message.
func (a Answer) Problems() map[string]string {
	out := map[string]string{}
	list, _ := a.JSON["errors"].([]any)
	for _, item := range list {
		if field, ok := item.(map[string]any); ok {
			location, _ := field["location"].(string)
			message, _ := field["message"].(string)
			out[location] = message
		}
	}
	return out
}

// ETag is the version of the answer, for If-Match.
func (a Answer) ETag() string { return a.Header.Get("ETag") }
