package module_test

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"erp/internal/platform/admin/module"
	"erp/internal/platform/audit"
	"erp/internal/platform/auth"
	"erp/internal/platform/database"
	"erp/internal/platform/httpapi"
	"erp/internal/platform/id"
	"erp/internal/platform/jobs"
	"erp/internal/platform/pgtest"
	"erp/internal/platform/rbac"
)

const (
	password  = "violet tram 7 soup"
	password2 = "brass kettle on a hill"
)

// clock is a clock that a test can move.
type clock struct {
	mu sync.Mutex
	at time.Time
}

func (c *clock) now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.at
}

func (c *clock) forward(d time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.at = c.at.Add(d)
}

// house is the administration behind real HTTP operations and a real database.
type house struct {
	t      *testing.T
	assets map[string]standing
	db     *database.DB
	api    *httpapi.API
	module *module.Module
	policy *rbac.Policy
	clock  *clock
}

// These stand for the permissions of a business module.
var (
	canRead  = rbac.Permission{Code: "asset:read", Label: "See assets", Group: "Assets", Scopes: []rbac.Scope{rbac.Own, rbac.Team, rbac.All}, Default: rbac.Grants{rbac.AssetManager: rbac.All, rbac.Employee: rbac.Own}}
	canWrite = rbac.Permission{Code: "asset:write", Label: "Change assets", Group: "Assets", Default: rbac.Grants{rbac.AssetManager: rbac.All}}
)

func newHouse(t *testing.T) *house {
	t.Helper()
	return newReplica(t, pgtest.New(t, "platform"), &clock{at: time.Now().UTC()})
}

// newReplica is another process on the same database.
func newReplica(t *testing.T, db *database.DB, c *clock) *house {
	t.Helper()
	return newVersion(t, db, c, append(module.Permissions(), canRead, canWrite))
}

// newVersion is a process of a version with other permissions.
func newVersion(t *testing.T, db *database.DB, c *clock, permissions []rbac.Permission) *house {
	t.Helper()
	return build(t, db, c, permissions, auth.ProviderOptions{})
}

// newHouseWith is a house whose company has a sign-in service of its own.
func newHouseWith(t *testing.T, provider auth.ProviderOptions) *house {
	t.Helper()
	return build(t, pgtest.New(t, "platform"), &clock{at: time.Now().UTC()}, append(module.Permissions(), canRead, canWrite), provider)
}

func build(t *testing.T, db *database.DB, c *clock, permissions []rbac.Permission, provider auth.ProviderOptions) *house {
	t.Helper()
	policy, err := rbac.New(db, permissions, c.now)
	require.NoError(t, err)
	require.NoError(t, policy.Start(t.Context()))
	sessions := auth.NewSessions(db, policy, c.now)
	queue, err := jobs.New(db, slog.New(slog.DiscardHandler))
	require.NoError(t, err)
	box, err := auth.NewBox("the installation's secret", "second factor")
	require.NoError(t, err)
	departures, err := auth.NewBox("the installation's secret", "sign-in by provider")
	require.NoError(t, err)
	ceremonies, err := auth.NewBox("the installation's secret", "passkeys")
	require.NoError(t, err)
	passkeys, err := auth.NewPasskeys("https://erp.example.com", "", ceremonies, c.now)
	require.NoError(t, err)
	h := &house{t: t, db: db, policy: policy, clock: c}
	h.module = module.New(module.Deps{
		DB: db, Now: c.now, Policy: policy, Sessions: sessions, Box: box, Provider: auth.NewProvider(provider, departures, c.now), Passkeys: passkeys,
		Audit: []module.AuditSource{{Module: "platform", List: func(ctx context.Context, q audit.Query) ([]audit.Row, error) {
			return audit.List(ctx, db, q)
		}}},
		Queues: []module.Queue{{Module: "platform", Jobs: queue.Console()}},
	})
	h.module.Contribute(assetsOf(h))
	h.api = httpapi.New(httpapi.Options{
		Authenticate: auth.Viewing(policy, auth.NewKeys(db, policy, sessions, c.now).Authenticate), Explain: h.module.ExplainRefusal, Logger: slog.New(slog.DiscardHandler),
	})
	h.module.Routes(h.api)
	httpapi.Register(h.api, httpapi.Operation{ID: "read-asset", Method: "GET", Path: "/assets", Summary: "For the test", Permission: canRead},
		func(ctx context.Context, _ *struct{}) (*httpapi.Answer[map[string]string], error) {
			return httpapi.Reply(map[string]string{"scope": auth.ScopeOf(ctx, canRead).String()}), nil
		})
	return h
}

// browser keeps a session cookie, like a person's browser.
type browser struct {
	h      *house
	cookie *http.Cookie
	others map[string]*http.Cookie // what is set beside the session
	ip     string
}

type answer struct {
	status int
	body   []byte
	header http.Header
}

func (a answer) into(t *testing.T, v any) {
	t.Helper()
	require.NoError(t, json.Unmarshal(a.body, v), "%d %s", a.status, a.body)
}

func (a answer) String() string { return fmt.Sprintf("%d %s", a.status, a.body) }

func (h *house) browser() *browser { return &browser{h: h, ip: "192.0.2.1"} }

func (b *browser) do(method, path string, body any, headers ...string) answer {
	b.h.t.Helper()
	var reader bytes.Buffer
	contentType := "application/json"
	switch body := body.(type) {
	case nil:
	case []byte:
		reader.Write(body)
		contentType = "image/png"
	case string:
		reader.WriteString(body)
	default:
		if err := json.NewEncoder(&reader).Encode(body); err != nil {
			panic(err)
		}
	}
	r := httptest.NewRequest(method, "/api/v1"+path, &reader)
	r.RemoteAddr = b.ip + ":4711"
	if reader.Len() > 0 {
		r.Header.Set("Content-Type", contentType)
	}
	r.Header.Set("User-Agent", "Test/1")
	for i := 0; i < len(headers); i += 2 {
		r.Header.Set(headers[i], headers[i+1])
	}
	if b.cookie != nil {
		r.AddCookie(b.cookie)
	}
	for _, c := range b.others {
		r.AddCookie(c)
	}
	w := httptest.NewRecorder()
	b.h.api.ServeHTTP(w, r)
	for _, c := range w.Result().Cookies() {
		if c.Name == "erp_session" {
			if b.cookie = c; c.MaxAge < 0 {
				b.cookie = nil
			}
			continue
		}
		if b.others == nil {
			b.others = map[string]*http.Cookie{}
		}
		if b.others[c.Name] = c; c.MaxAge < 0 {
			delete(b.others, c.Name)
		}
	}
	return answer{w.Code, w.Body.Bytes(), w.Header()}
}

func setUpBody() map[string]any {
	return map[string]any{
		"company":       map[string]any{"name": "Northwind", "country": "DE", "currency": "EUR", "language": "en", "timeZone": "Europe/Berlin"},
		"administrator": map[string]any{"name": "Ada Admin", "email": "ada@example.com", "password": password},
	}
}

// setUp makes the company and gives its administrator's browser.
func (h *house) setUp() *browser {
	h.t.Helper()
	b := h.browser()
	a := b.do("POST", "/setup", setUpBody())
	require.Equal(h.t, 201, a.status, a)
	return b
}

type userView struct {
	ID         string   `json:"id"`
	Name       string   `json:"name"`
	Email      string   `json:"email"`
	Status     string   `json:"status"`
	Roles      []string `json:"roles"`
	MustChange bool     `json:"mustChangePassword"`
	Version    int      `json:"version"`
}

func (u userView) etag() string { return fmt.Sprintf(`"%d"`, u.Version) }

// addUser opens an account and brings it past its first password.
func (h *house) addUser(admin *browser, name string, roles ...string) (userView, *browser) {
	h.t.Helper()
	email := strings.ToLower(name) + "@example.com"
	if roles == nil {
		roles = []string{}
	}
	a := admin.do("POST", "/users", map[string]any{"name": name, "email": email, "password": password2, "roles": roles})
	require.Equal(h.t, 201, a.status, a)
	b := h.browser()
	require.Equal(h.t, 200, b.signIn(email, password2).status)
	a = b.do("POST", "/me/password", map[string]any{"current": password2, "new": password})
	require.Equal(h.t, 200, a.status, a)
	var user userView
	a.into(h.t, &user)
	return user, b
}

func (b *browser) signIn(email, pass string) answer {
	return b.do("POST", "/session", map[string]any{"email": email, "password": pass})
}

func (h *house) user(admin *browser, id string) userView {
	h.t.Helper()
	var u userView
	admin.do("GET", "/users/"+id, nil).into(h.t, &u)
	return u
}

func idOf(s string) (auth.UserID, error) { return id.Parse[auth.User](s) }

// assign gives the person these roles and no others.
func (h *house) assign(admin *browser, who string, roles ...string) {
	h.t.Helper()
	a := admin.do("PUT", "/users/"+who+"/roles", map[string]any{"roles": roles}, "If-Match", h.user(admin, who).etag())
	require.Equal(h.t, 200, a.status, a)
}
