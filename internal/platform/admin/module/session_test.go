package module_test

import (
	"net/http"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"erp/internal/platform/rbac"
)

func TestSetUp(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	var state struct {
		Needed     bool     `json:"needed"`
		Currencies []string `json:"currencies"`
	}
	h.browser().do("GET", "/setup", nil).into(t, &state)
	require.True(t, state.Needed)
	require.Contains(t, state.Currencies, "EUR")

	t.Run("everything that is wrong is told at once", func(t *testing.T) {
		a := h.browser().do("POST", "/setup", map[string]any{
			"company":       map[string]any{"name": "N", "country": "XX1"[:2], "currency": "ZZZ", "timeZone": "Mars"},
			"administrator": map[string]any{"name": "A", "email": "nobody", "password": "short"},
		})
		require.Equal(t, 422, a.status, a)
		for _, at := range []string{"body.company.currency", "body.company.timeZone", "body.administrator.email", "body.administrator.password"} {
			require.Contains(t, string(a.body), at)
		}
		require.NotContains(t, string(a.body), `"short"`, "a password is never echoed")
	})

	t.Run("of many at the same moment one wins", func(t *testing.T) {
		var wait sync.WaitGroup
		statuses := make([]int, 8)
		for i := range statuses {
			wait.Go(func() { statuses[i] = h.browser().do("POST", "/setup", setUpBody()).status })
		}
		wait.Wait()
		won := 0
		for _, s := range statuses {
			if s == 201 {
				won++
				continue
			}
			require.Equal(t, 409, s)
		}
		require.Equal(t, 1, won)
	})

	h.browser().do("GET", "/setup", nil).into(t, &state)
	require.False(t, state.Needed)
	b := h.browser()
	require.Equal(t, 200, b.signIn("ADA@example.com", password).status, "addresses have no case")
	var me struct {
		Roles       []struct{ Code, Name string }   `json:"roles"`
		Permissions map[string]string               `json:"permissions"`
		Company     struct{ Name, Currency string } `json:"company"`
	}
	b.do("GET", "/me", nil).into(t, &me)
	require.Equal(t, "administrator", me.Roles[0].Code)
	require.Equal(t, "all", me.Permissions["asset:read"])
	require.Equal(t, "Northwind", me.Company.Name)
}

func TestSetUpWithoutABrowser(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	_, err := h.module.EnsureSetUp(t.Context(), "Acme", "root@example.com", "short")
	require.Error(t, err)
	made, err := h.module.EnsureSetUp(t.Context(), "Acme", "root@example.com", password)
	require.NoError(t, err)
	require.True(t, made)
	made, err = h.module.EnsureSetUp(t.Context(), "Other", "other@example.com", password)
	require.NoError(t, err)
	require.False(t, made, "the second start changes nothing")
	require.Equal(t, 200, h.browser().signIn("root@example.com", password).status)
	require.Equal(t, 401, h.browser().signIn("other@example.com", password).status)
	require.Equal(t, 409, h.browser().do("POST", "/setup", setUpBody()).status)
}

func TestSignIn(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	ada := h.setUp()

	t.Run("the cookie is out of reach for scripts and other sites", func(t *testing.T) {
		require.True(t, ada.cookie.HttpOnly)
		require.Equal(t, http.SameSiteLaxMode, ada.cookie.SameSite)
		require.Equal(t, "/", ada.cookie.Path)
		require.GreaterOrEqual(t, len(ada.cookie.Value), 43)
	})
	t.Run("a wrong password and an unknown address are told the same", func(t *testing.T) {
		wrong, unknown := h.browser().signIn("ada@example.com", "not the password"), h.browser().signIn("nobody@example.com", "not the password")
		require.Equal(t, 401, wrong.status)
		require.Equal(t, 401, unknown.status)
		require.Contains(t, string(wrong.body), "wrong-credentials")
		require.Contains(t, string(unknown.body), "wrong-credentials")
	})
	t.Run("nobody is 401, an invented cookie too", func(t *testing.T) {
		require.Equal(t, 401, h.browser().do("GET", "/me", nil).status)
		forged := h.browser()
		forged.cookie = &http.Cookie{Name: "erp_session", Value: "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"}
		require.Equal(t, 401, forged.do("GET", "/me", nil).status)
	})
	t.Run("what another site sends is refused", func(t *testing.T) {
		a := ada.do("PUT", "/me/preferences", map[string]any{"theme": "dark"}, "Sec-Fetch-Site", "cross-site")
		require.Equal(t, 403, a.status, a)
		a = ada.do("PUT", "/me/preferences", map[string]any{"theme": "dark"}, "Origin", "https://evil.example")
		require.Equal(t, 403, a.status, a)
		a = ada.do("PUT", "/me/preferences", `{"theme":"dark"}`, "Content-Type", "text/plain")
		require.Equal(t, 415, a.status, "a form of another site can send text/plain only")
		require.Equal(t, 200, ada.do("PUT", "/me/preferences", map[string]any{"theme": "dark"}).status)
	})
	t.Run("signing in again ends the session before", func(t *testing.T) {
		b := h.browser()
		require.Equal(t, 200, b.signIn("ada@example.com", password).status)
		old := *b
		require.Equal(t, 200, b.signIn("ada@example.com", password).status)
		require.NotEqual(t, old.cookie.Value, b.cookie.Value)
		require.Equal(t, 401, old.do("GET", "/me", nil).status)
	})
	t.Run("signing out ends the session, not only the cookie", func(t *testing.T) {
		b := h.browser()
		require.Equal(t, 200, b.signIn("ada@example.com", password).status)
		stolen := *b
		require.Equal(t, 204, b.do("DELETE", "/session", nil).status)
		require.Nil(t, b.cookie)
		require.Equal(t, 401, stolen.do("GET", "/me", nil).status)
		require.Equal(t, 204, b.do("DELETE", "/session", nil).status, "signing out twice is fine")
	})
}

func TestSessionsExpire(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	b := h.setUp()
	for range 20 {
		h.clock.forward(8 * time.Hour)
		require.Equal(t, 200, b.do("GET", "/me", nil).status, "a session in use goes on")
	}
	h.clock.forward(9 * time.Hour)
	require.Equal(t, 401, b.do("GET", "/me", nil).status, "but not for longer than a week")

	require.Equal(t, 200, b.signIn("ada@example.com", password).status)
	h.clock.forward(13 * time.Hour)
	require.Equal(t, 401, b.do("GET", "/me", nil).status, "an idle one ends sooner")
}

func TestGuessingIsBounded(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	h.setUp()

	guesser := h.browser()
	guesser.ip = "203.0.113.66"
	var wait sync.WaitGroup
	statuses := make([]int, 25)
	for i := range statuses {
		wait.Go(func() {
			b := *guesser
			statuses[i] = b.signIn("ada@example.com", "guess").status
		})
	}
	wait.Wait()
	looked := 0
	for _, s := range statuses {
		if s == 401 {
			looked++
			continue
		}
		require.Equal(t, 429, s)
	}
	require.Equal(t, 10, looked, "no more than ten passwords were looked at, however many come at once")

	a := guesser.signIn("ada@example.com", password)
	require.Equal(t, 429, a.status, "even the right one has to wait")
	require.NotEmpty(t, a.header.Get("Retry-After"))

	require.Equal(t, 200, h.browser().signIn("ada@example.com", password).status, "from elsewhere she can sign in")
	h.clock.forward(16 * time.Minute)
	require.Equal(t, 200, guesser.signIn("ada@example.com", password).status, "and everybody can after a while")
}

func TestStrangersCannotLockSomebodyOut(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	h.setUp()
	require.Equal(t, 200, h.browser().signIn("ada@example.com", password).status)
	blocked := false
	for i := range 60 {
		b := h.browser()
		b.ip = "198.51.100." + string(rune('0'+i%6))
		blocked = b.signIn("ada@example.com", "guess").status == 429 || blocked
	}
	require.True(t, blocked, "guessing from many addresses is bounded too")
	require.Equal(t, 200, h.browser().signIn("ada@example.com", password).status, "where she signed in lately, she can")
}

func TestChangePassword(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	here, there := h.setUp(), h.browser()
	require.Equal(t, 200, there.signIn("ada@example.com", password).status)

	for name, body := range map[string]map[string]any{
		"body.current": {"current": "wrong", "new": password2},
		"body.new":     {"current": password, "new": "Password2026!"},
	} {
		a := here.do("POST", "/me/password", body)
		require.Equal(t, 422, a.status, a)
		require.Contains(t, string(a.body), name)
	}
	require.Equal(t, 200, here.do("POST", "/me/password", map[string]any{"current": password, "new": password2}).status)
	require.Equal(t, 200, here.do("GET", "/me", nil).status)
	require.Equal(t, 401, there.do("GET", "/me", nil).status, "other sessions have ended")
	require.Equal(t, 401, h.browser().signIn("ada@example.com", password).status)
	require.Equal(t, 200, h.browser().signIn("ada@example.com", password2).status)
}

func TestFirstPasswordMustBeChanged(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	ada := h.setUp()
	a := ada.do("POST", "/users", map[string]any{"name": "Mila", "email": "mila@example.com", "password": password2, "roles": []string{"administrator"}})
	require.Equal(t, 201, a.status, a)
	mila := h.browser()
	require.Equal(t, 200, mila.signIn("mila@example.com", password2).status)
	require.Equal(t, 403, mila.do("GET", "/users", nil).status, "she may do nothing before")
	var me struct {
		User        userView          `json:"user"`
		Permissions map[string]string `json:"permissions"`
	}
	mila.do("GET", "/me", nil).into(t, &me)
	require.True(t, me.User.MustChange)
	require.Empty(t, me.Permissions)
	require.Equal(t, 200, mila.do("POST", "/me/password", map[string]any{"current": password2, "new": password}).status)
	require.Equal(t, 200, mila.do("GET", "/users", nil).status)
}

func TestFirstPasswordDoesNotWaitForEver(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	ada := h.setUp()
	a := ada.do("POST", "/users", map[string]any{"name": "Mila", "email": "mila@example.com", "password": password2, "roles": []string{"employee"}})
	require.Equal(t, 201, a.status, a)
	var mila userView
	a.into(t, &mila)
	own, _ := h.addUser(ada, "Otto", "employee")
	h.clock.forward(7*24*time.Hour + time.Minute)
	ada = h.browser()
	require.Equal(t, 200, ada.signIn("ada@example.com", password).status)

	a = h.browser().signIn("mila@example.com", password2)
	require.Equal(t, 401, a.status, a)
	require.Contains(t, string(a.body), "first-password-over")
	require.NotContains(t, string(h.browser().signIn("mila@example.com", "not her password at all").body), "first-password-over", "said only to who knows it")
	require.Equal(t, 200, h.browser().signIn(own.Email, password).status, "a password of one's own lasts")

	a = ada.do("PUT", "/users/"+mila.ID+"/password", map[string]any{"password": password3}, "If-Match", h.user(ada, mila.ID).etag())
	require.Equal(t, 200, a.status, a)
	require.Equal(t, 200, h.browser().signIn("mila@example.com", password3).status, "a new one begins anew")
}

func TestSessionsCanBeSeenAndEnded(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	ada := h.setUp()
	user, mila := h.addUser(ada, "Mila", string(rbac.Employee))
	phone := h.browser()
	require.Equal(t, 200, phone.signIn("mila@example.com", password).status)

	var list struct {
		Items []struct {
			ID      string `json:"id"`
			Current bool   `json:"current"`
			Agent   string `json:"agent"`
			IP      string `json:"ip"`
		} `json:"items"`
	}
	mila.do("GET", "/me/sessions", nil).into(t, &list)
	require.Len(t, list.Items, 2)
	require.Equal(t, "Test/1", list.Items[0].Agent)
	require.Equal(t, "192.0.2.1", list.Items[0].IP)
	for ip, network := range map[string]string{
		"127.0.0.1": "machine", "::1": "machine", "10.1.2.3": "private", "192.168.7.7": "private", "fd00::1": "private", "100.64.1.1": "private",
		"::ffff:10.0.0.1": "private", "203.0.113.9": "internet", "2001:db8::1": "internet",
	} {
		elsewhere := h.browser()
		elsewhere.ip = ip
		if strings.Contains(ip, ":") {
			elsewhere.ip = "[" + ip + "]"
		}
		require.Equal(t, 200, elsewhere.signIn("mila@example.com", password).status)
		require.Contains(t, string(elsewhere.do("GET", "/me/sessions", nil).body), `"network":"`+network+`"`, ip)
		require.Equal(t, 204, elsewhere.do("DELETE", "/session", nil).status)
	}
	for _, s := range list.Items {
		if !s.Current {
			require.Equal(t, 204, mila.do("DELETE", "/me/sessions/"+s.ID, nil).status)
			require.Equal(t, 404, mila.do("DELETE", "/me/sessions/"+s.ID, nil).status)
		}
	}
	require.Equal(t, 401, phone.do("GET", "/me", nil).status)

	ada.do("GET", "/me/sessions", nil).into(t, &list)
	require.Equal(t, 404, mila.do("DELETE", "/me/sessions/"+list.Items[0].ID, nil).status, "somebody else's session is not there")

	require.Equal(t, 200, phone.signIn("mila@example.com", password).status)
	require.Equal(t, 204, mila.do("DELETE", "/me/sessions", nil).status)
	require.Equal(t, 401, phone.do("GET", "/me", nil).status)
	require.Equal(t, 200, mila.do("GET", "/me", nil).status)

	ada.do("GET", "/users/"+user.ID+"/sessions", nil).into(t, &list)
	require.Len(t, list.Items, 1)
	require.Equal(t, 403, mila.do("DELETE", "/users/"+user.ID+"/sessions", nil).status)
	require.Equal(t, 204, ada.do("DELETE", "/users/"+user.ID+"/sessions", nil).status)
	require.Equal(t, 401, mila.do("GET", "/me", nil).status)
}
