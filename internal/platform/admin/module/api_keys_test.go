package module_test

import (
	"fmt"
	"net/http"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"erp/internal/employee"
	"erp/internal/platform/id"
)

type keyView struct {
	ID         string            `json:"id"`
	Name       string            `json:"name"`
	Start      string            `json:"start"`
	OwnerID    string            `json:"ownerId"`
	Grants     map[string]string `json:"grants"`
	Status     string            `json:"status"`
	LastUsedIP string            `json:"lastUsedIp"`
	LastUsedAt time.Time         `json:"lastUsedAt"`
	ExpiresAt  time.Time         `json:"expiresAt"`
	Secret     string            `json:"secret"`
}

// newKey makes a key that may read assets as far as the scope.
func (b *browser) newKey(scope string, more ...any) keyView {
	b.h.t.Helper()
	body := map[string]any{"name": "Nightly import", "grants": map[string]string{"asset:read": scope}}
	for i := 0; i < len(more); i += 2 {
		body[more[i].(string)] = more[i+1] //nolint:forcetypeassert // because the test says so
	}
	a := b.do("POST", "/api-keys", body)
	require.Equal(b.h.t, 201, a.status, a)
	var key keyView
	a.into(b.h.t, &key)
	return key
}

// call asks with the key and nothing else.
func (h *house) call(key, method, path string, body any, headers ...string) answer {
	h.t.Helper()
	return h.browser().do(method, path, body, append(headers, "Authorization", "Bearer "+key)...)
}

func TestAPIKey(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	ada := h.setUp()
	mila, milas := h.addUser(ada, "Mila", "asset-manager")
	key := milas.newKey("all")

	t.Run("it has a prefix, 256 bits and a checksum, and only its hash is kept", func(t *testing.T) {
		require.Regexp(t, `^erp_[0-9A-Za-z]{49}$`, key.Secret)
		require.Equal(t, key.Secret[:12], key.Start)
		for _, table := range []string{"api_key", "idempotency_key", "audit_entry"} {
			var n int
			require.NoError(t, h.db.Pool().QueryRow(t.Context(),
				`SELECT count(*) FROM `+table+` t WHERE t::text LIKE '%' || $1 || '%'`, key.Secret[12:]).Scan(&n))
			require.Zero(t, n, table)
		}
	})
	t.Run("it does what it may and nothing else", func(t *testing.T) {
		require.JSONEq(t, `{"scope":"all"}`, string(h.call(key.Secret, "GET", "/assets", nil).body))
		require.Equal(t, 403, h.call(key.Secret, "GET", "/users", nil).status)
		var me struct {
			User        userView          `json:"user"`
			Permissions map[string]string `json:"permissions"`
		}
		h.call(key.Secret, "GET", "/me", nil).into(t, &me)
		require.Equal(t, mila.ID, me.User.ID)
		require.Equal(t, map[string]string{"asset:read": "all"}, me.Permissions)
	})
	t.Run("only as a bearer token: not in the address, not as a cookie", func(t *testing.T) {
		require.Contains(t, []int{401, 422}, h.browser().do("GET", "/assets?access_token="+key.Secret, nil).status)
		b := h.browser()
		b.cookie = &http.Cookie{Name: "erp_session", Value: key.Secret}
		require.Equal(t, 401, b.do("GET", "/assets", nil).status)
		require.Equal(t, 401, h.browser().do("GET", "/assets", nil, "Authorization", "Basic "+key.Secret).status)
	})
	t.Run("a wrong one is refused, even beside a cookie that would do", func(t *testing.T) {
		swapped := key.Secret[:20] + strings.Map(func(r rune) rune {
			if r == 'a' {
				return 'b'
			}
			return 'a'
		}, key.Secret[20:21]) + key.Secret[21:]
		for _, wrong := range []string{"", "erp_", swapped, strings.ToUpper(key.Secret), key.Secret + "x", strings.Repeat("e", 5000)} {
			a := ada.do("GET", "/assets", nil, "Authorization", "Bearer "+wrong)
			require.Equal(t, 401, a.status, a)
			require.NotEmpty(t, a.header.Get("WWW-Authenticate"))
		}
	})
	t.Run("beside a cookie it is the key that counts", func(t *testing.T) {
		require.Equal(t, 403, ada.do("GET", "/users", nil, "Authorization", "Bearer "+key.Secret).status)
	})
	t.Run("what needs a person refuses it", func(t *testing.T) {
		root := ada.newKey("all")
		for _, op := range []struct {
			method, path string
			body         any
		}{
			{"POST", "/me/password", map[string]any{"current": password, "new": password2}},
			{"POST", "/api-keys", map[string]any{"name": "Child", "grants": map[string]string{"asset:read": "all"}}},
			{"GET", "/api-keys", nil}, {"POST", "/roles", map[string]any{"name": "Mine"}},
			{"PUT", "/users/" + mila.ID + "/roles", map[string]any{"roles": []string{"administrator"}}},
			{"GET", "/me/sessions", nil}, {"DELETE", "/me/sessions", nil},
		} {
			a := h.call(root.Secret, op.method, op.path, op.body)
			require.Equal(t, 403, a.status, "%s %s: %s", op.method, op.path, a)
			require.Contains(t, string(a.body), "person-only")
		}
	})
	t.Run("protection against other sites does not stand in its way", func(t *testing.T) {
		a := h.call(key.Secret, "DELETE", "/session", nil, "Origin", "https://elsewhere.example", "Sec-Fetch-Site", "cross-site")
		require.Equal(t, 204, a.status, a)
		require.Equal(t, 403, ada.do("DELETE", "/session", nil, "Sec-Fetch-Site", "cross-site", "Authorization", "Basic eA==").status)
	})
	t.Run("it tells when and from where it was used", func(t *testing.T) {
		var seen keyView
		milas.do("GET", "/api-keys/"+key.ID, nil).into(t, &seen)
		require.Equal(t, "192.0.2.1", seen.LastUsedIP)
		require.WithinDuration(t, h.clock.now(), seen.LastUsedAt, time.Minute)
		require.Empty(t, seen.Secret)
	})
}

func TestAPIKeyIsNeverMoreThanItsOwner(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	ada := h.setUp()
	mila, milas := h.addUser(ada, "Mila", "asset-manager")

	t.Run("when it is made", func(t *testing.T) {
		for code, scope := range map[string]string{"audit:read": "all", "user:manage": "all", "moon:fly": "all", "asset:write": "own"} {
			a := milas.do("POST", "/api-keys", map[string]any{"name": "K", "grants": map[string]string{code: scope}})
			require.Equal(t, 422, a.status, a)
			require.Contains(t, string(a.body), "body.grants."+code)
		}
		a := ada.do("POST", "/api-keys", map[string]any{"name": "K", "grants": map[string]string{"user:manage": "all"}})
		require.Equal(t, 422, a.status, "not even an administrator gives a key what needs a person")
		require.Equal(t, 422, ada.do("POST", "/api-keys", map[string]any{"name": " ", "grants": map[string]string{}}).status)
	})
	t.Run("what can be given is told", func(t *testing.T) {
		var list struct {
			Items []struct {
				Code   string   `json:"code"`
				Scopes []string `json:"scopes"`
			} `json:"items"`
		}
		milas.do("GET", "/api-keys/permissions", nil).into(t, &list)
		given := map[string][]string{}
		for _, one := range list.Items {
			given[one.Code] = one.Scopes
		}
		require.Equal(t, map[string][]string{"asset:read": {"own", "team", "all"}, "asset:write": {"all"}}, given)
	})
	t.Run("when a right is lost later", func(t *testing.T) {
		key := milas.newKey("all")
		require.JSONEq(t, `{"scope":"all"}`, string(h.call(key.Secret, "GET", "/assets", nil).body))
		ada.setRoles(h, mila.ID, "employee")
		require.JSONEq(t, `{"scope":"own"}`, string(h.call(key.Secret, "GET", "/assets", nil).body))
		ada.setRoles(h, mila.ID)
		require.Equal(t, 403, h.call(key.Secret, "GET", "/assets", nil).status)
		ada.setRoles(h, mila.ID, "asset-manager")
		require.JSONEq(t, `{"scope":"all"}`, string(h.call(key.Secret, "GET", "/assets", nil).body))
	})
	t.Run("a narrower key stays narrow", func(t *testing.T) {
		require.JSONEq(t, `{"scope":"own"}`, string(h.call(milas.newKey("own").Secret, "GET", "/assets", nil).body))
	})
	t.Run("while the owner must choose a password, the key may do nothing either", func(t *testing.T) {
		key := milas.newKey("all")
		require.Equal(t, 200, ada.do("PUT", "/users/"+mila.ID+"/password", map[string]any{"password": password2}).status)
		require.Equal(t, 403, h.call(key.Secret, "GET", "/assets", nil).status)
	})
}

// setRoles makes these the roles of the user.
func (b *browser) setRoles(h *house, user string, roles ...string) {
	h.t.Helper()
	if roles == nil {
		roles = []string{}
	}
	a := b.do("PUT", "/users/"+user+"/roles", map[string]any{"roles": roles}, "If-Match", h.user(b, user).etag())
	require.Equal(h.t, 200, a.status, a)
}

func TestAPIKeyEnds(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	other := newReplica(t, h.db, h.clock)
	ada := h.setUp()
	mila, milas := h.addUser(ada, "Mila", "asset-manager")
	_, noras := h.addUser(ada, "Nora", "asset-manager")
	works := func(key keyView) bool {
		a, b := h.call(key.Secret, "GET", "/assets", nil).status, other.call(key.Secret, "GET", "/assets", nil).status
		require.Equal(t, a, b, "replicas agree at once")
		return a == 200
	}

	t.Run("when its owner revokes it, and nobody else may", func(t *testing.T) {
		key := milas.newKey("all")
		require.True(t, works(key))
		require.Equal(t, 404, noras.do("DELETE", "/api-keys/"+key.ID, nil).status)
		require.Equal(t, 404, noras.do("GET", "/api-keys/"+key.ID, nil).status)
		require.Equal(t, 204, milas.do("DELETE", "/api-keys/"+key.ID, nil).status)
		require.False(t, works(key))
		require.Equal(t, 204, milas.do("DELETE", "/api-keys/"+key.ID, nil).status, "twice is fine")
	})
	t.Run("when an administrator revokes it", func(t *testing.T) {
		key := milas.newKey("all")
		require.Equal(t, 204, ada.do("DELETE", "/api-keys/"+key.ID, nil).status)
		require.False(t, works(key))
	})
	t.Run("when its owner's account is closed", func(t *testing.T) {
		key := milas.newKey("all")
		user := h.user(ada, mila.ID)
		a := ada.do("PUT", "/users/"+mila.ID, map[string]any{"name": user.Name, "email": user.Email, "status": "disabled"}, "If-Match", user.etag())
		require.Equal(t, 200, a.status, a)
		require.False(t, works(key))
	})
	t.Run("when its owner leaves, and it is given back when the leaving fails", func(t *testing.T) {
		lea, leas := h.addUser(ada, "Lea", "asset-manager")
		key, behind := leas.newKey("all"), id.New[employee.Employee]()
		user := h.user(ada, lea.ID)
		a := ada.do("PUT", "/users/"+lea.ID, map[string]any{"name": user.Name, "email": user.Email, "status": "active", "employeeId": behind}, "If-Match", user.etag())
		require.Equal(t, 200, a.status, a)
		require.True(t, works(key))
		require.NoError(t, h.module.Access().Revoke(t.Context(), behind))
		require.False(t, works(key))
		require.NoError(t, h.module.Access().Restore(t.Context(), behind))
		require.True(t, works(key))
		require.Equal(t, 204, leas.do("DELETE", "/session", nil).status)
		require.Equal(t, 204, ada.do("DELETE", "/api-keys/"+key.ID, nil).status)
	})
	t.Run("when its time is over, 90 days unless said, a year at most", func(t *testing.T) {
		short, usual := noras.newKey("all", "days", 1), noras.newKey("all")
		require.WithinDuration(t, h.clock.now().AddDate(0, 0, 90), usual.ExpiresAt, time.Hour)
		require.Equal(t, 422, noras.do("POST", "/api-keys", map[string]any{"name": "K", "days": 366, "grants": map[string]string{"asset:read": "all"}}).status)
		h.clock.forward(25 * time.Hour)
		require.False(t, works(short))
		require.True(t, works(usual))
	})
	t.Run("lists show everybody their own and administrators all", func(t *testing.T) {
		require.Equal(t, 200, ada.signIn("ada@example.com", password).status)
		require.Equal(t, 200, noras.signIn("nora@example.com", password).status)
		var list struct {
			Items []keyView `json:"items"`
			Total int       `json:"total"`
		}
		noras.do("GET", "/api-keys?count=true", nil).into(t, &list)
		require.Equal(t, 2, list.Total)
		noras.do("GET", "/api-keys?ownerId="+mila.ID, nil).into(t, &list)
		require.Empty(t, list.Items)
		ada.do("GET", "/api-keys?limit=200&q=nightly", nil).into(t, &list)
		require.Len(t, list.Items, 6)
		for status, n := range map[string]int{"active": 2, "revoked": 3, "expired": 1} {
			ada.do("GET", "/api-keys?status="+status, nil).into(t, &list)
			require.Len(t, list.Items, n, status)
		}
	})
}

func TestAPIKeyLimit(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	other := newReplica(t, h.db, h.clock)
	ada := h.setUp()
	key, second := ada.newKey("all", "perMinute", 40), ada.newKey("all", "perMinute", 40)
	h.clock.forward(h.clock.now().Truncate(time.Minute).Add(time.Minute).Sub(h.clock.now()))

	var wait sync.WaitGroup
	statuses := make([]int, 120)
	for i := range statuses {
		wait.Go(func() { statuses[i] = []*house{h, other}[i%2].call(key.Secret, "GET", "/assets", nil).status })
	}
	wait.Wait()
	let := 0
	for _, s := range statuses {
		if s == 200 {
			let++
			continue
		}
		require.Equal(t, 429, s)
	}
	require.Equal(t, 40, let, "two replicas let through together what the key may ask, no request more")

	a := h.call(key.Secret, "GET", "/assets", nil)
	require.Equal(t, 429, a.status)
	require.Equal(t, "60", a.header.Get("Retry-After"))
	require.Equal(t, 200, h.call(second.Secret, "GET", "/assets", nil).status, "another key has its own")
	require.Equal(t, 200, ada.do("GET", "/assets", nil).status, "and so has the owner")
	h.clock.forward(time.Minute)
	require.Equal(t, 200, h.call(key.Secret, "GET", "/assets", nil).status)
}

func TestAPIKeyIsKnownToAuditAndIdempotency(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	ada := h.setUp()
	body := map[string]any{"name": "Nightly import", "grants": map[string]string{"company:update": "all"}}

	t.Run("a repeated request makes one key, and its secret is told once", func(t *testing.T) {
		var first, again keyView
		ada.do("POST", "/api-keys", body, "Idempotency-Key", "k-1").into(t, &first)
		a := ada.do("POST", "/api-keys", body, "Idempotency-Key", "k-1")
		a.into(t, &again)
		require.Equal(t, "true", a.header.Get("Idempotent-Replayed"))
		require.Equal(t, first.ID, again.ID)
		require.NotEmpty(t, first.Secret)
		require.Empty(t, again.Secret)
	})
	var one, two keyView
	ada.do("POST", "/api-keys", body).into(t, &one)
	ada.do("POST", "/api-keys", body).into(t, &two)
	change := func(key keyView, name string, version int) answer {
		return h.call(key.Secret, "PUT", "/company", map[string]any{"name": name, "country": "DE", "currency": "EUR", "timeZone": "Europe/Berlin", "language": "de"},
			"If-Match", fmt.Sprintf(`"%d"`, version), "Idempotency-Key", "same")
	}
	require.Equal(t, 200, change(one, "Acme", 1).status)
	a := change(two, "Acme", 2)
	require.Equal(t, 200, a.status, a)
	require.Empty(t, a.header.Get("Idempotent-Replayed"), "two keys of one person do not share their requests")

	var trail struct {
		Items []struct{ ActorKind, ActorName, ActorID string } `json:"items"`
	}
	ada.do("GET", "/audit?action=company.edit", nil).into(t, &trail)
	if len(trail.Items) == 0 {
		ada.do("GET", "/audit?subject=company", nil).into(t, &trail)
	}
	require.NotEmpty(t, trail.Items)
	require.Equal(t, "key", trail.Items[0].ActorKind)
	require.Equal(t, "Ada Admin (key Nightly import, "+two.Start+")", trail.Items[0].ActorName)
	require.NotEmpty(t, trail.Items[0].ActorID)
}
