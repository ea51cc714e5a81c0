package module_test

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

func TestSignInByProvider(t *testing.T) {
	t.Parallel()
	s := newService(t)
	h := newHouseWith(t, s.options())
	s.clock = h.clock
	ada := h.setUp()
	mila, _ := h.addUser(ada, "Mila", "asset-manager")

	t.Run("the sign-in page offers it", func(t *testing.T) {
		require.JSONEq(t, `{"passkeys":"erp.example.com","provider":{"name":"Northwind ID","reachable":true}}`, string(h.browser().do("GET", "/session/ways", nil).body))
	})
	t.Run("the first time by the verified address, afterwards by the subject", func(t *testing.T) {
		b := h.browser()
		a := s.signIn(b, map[string]any{"sub": "mila-1", "email": "MILA@example.com"})
		require.Equal(t, 200, a.status, a)
		require.Equal(t, 200, b.do("GET", "/assets", nil).status)
		require.Empty(t, b.others, "what the departure left is gone")
		a = s.signIn(h.browser(), map[string]any{"sub": "mila-1", "email": "other@example.com", "email_verified": false})
		require.Equal(t, 200, a.status, a)
		require.Contains(t, string(a.body), "mila@example.com")
		require.Contains(t, string(b.do("GET", "/me/sessions", nil).body), `"method":"provider","secondFactor":false`)
		trail := string(ada.do("GET", "/audit?action=user.join-provider", nil).body)
		require.Equal(t, 1, strings.Count(trail, `"user.join-provider"`))
	})
	t.Run("nobody comes in without an account, without a verified address, or with the address of somebody else", func(t *testing.T) {
		for name, claims := range map[string]map[string]any{
			"provider-unknown 1": {"sub": "9", "email": "stranger@example.com"},
			"provider-unknown 2": {"sub": "9", "email_verified": false},
			"provider-unknown 3": {"sub": "9", "email_verified": nil},
			"provider-unknown 4": {"sub": "9", "email": ""},
			"provider-other":     {"sub": "mila-2", "email": "mila@example.com"}, // the address has passed on
		} {
			b := h.browser()
			a := s.signIn(b, claims)
			require.Equal(t, 401, a.status, a)
			require.Contains(t, string(a.body), strings.Fields(name)[0], name)
			require.Nil(t, b.cookie)
		}
	})
	h.clock.forward(20 * time.Minute) // the wrong ones count as guesses
	t.Run("a token for another program, from another time, by another issuer or key is refused", func(t *testing.T) {
		for name, claims := range map[string]map[string]any{
			"audience": {"aud": "another"}, "issuer": {"iss": "https://evil.example"}, "nonce": {"nonce": "another"}, "no nonce": {"nonce": nil},
			"expired": {"exp": h.clock.now().Add(-time.Hour).Unix()},
		} {
			a := s.signIn(h.browser(), claims)
			require.Equal(t, 401, a.status, name)
			require.Contains(t, string(a.body), "provider-refused", name)
		}
		mine := s.key
		s.key, _ = ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
		a := s.signIn(h.browser(), nil)
		s.key = mine
		require.Equal(t, 401, a.status, "another key")
	})
	h.clock.forward(20 * time.Minute)
	t.Run("what comes back belongs to the browser that went, once, and not for long", func(t *testing.T) {
		victim, thief := h.browser(), h.browser()
		code, state := s.authorize(thief.depart(), nil)
		require.Equal(t, 401, victim.comeBack(code, state).status, "nobody is signed in as somebody else by a link")
		victim.depart()
		before := s.asked
		require.Equal(t, 401, victim.comeBack(code, state).status)
		require.Equal(t, before, s.asked, "the service is not even asked")
		kept := *thief
		kept.others = map[string]*http.Cookie{"erp_provider": thief.others["erp_provider"]}
		require.Equal(t, 200, thief.comeBack(code, state).status)
		require.Equal(t, 401, kept.comeBack(code, state).status)

		late := h.browser()
		code, state = s.authorize(late.depart(), nil)
		h.clock.forward(11 * time.Minute)
		require.Equal(t, 401, late.comeBack(code, state).status)
		forged := h.browser()
		forged.others = map[string]*http.Cookie{"erp_provider": {Name: "erp_provider", Value: "AAAA"}}
		require.Equal(t, 401, forged.comeBack(code, state).status)
		require.Equal(t, 422, forged.comeBack(strings.Repeat("x", 5000), state).status)
		require.Equal(t, 422, forged.comeBack("a\x00b", state).status)
	})
	t.Run("a closed account stays closed", func(t *testing.T) {
		now := h.user(ada, mila.ID)
		a := ada.do("PUT", "/users/"+mila.ID, map[string]any{"name": "Mila", "email": "mila@example.com", "status": "disabled"}, "If-Match", now.etag())
		require.Equal(t, 200, a.status, a)
		a = s.signIn(h.browser(), map[string]any{"sub": "mila-1"})
		require.Equal(t, 401, a.status, a)
		require.Contains(t, string(a.body), "provider-unknown")
	})
	t.Run("a departure lets in once, even if the service gave its code out twice", func(t *testing.T) {
		b := h.browser()
		code, state := s.authorize(b.depart(), nil)
		s.mu.Lock()
		again := s.codes[code]
		s.mu.Unlock()
		departure := b.others["erp_provider"]
		require.Equal(t, 200, b.comeBack(code, state).status)
		s.mu.Lock()
		s.codes[code] = again // a service that gives the same code out twice
		s.mu.Unlock()
		b.others["erp_provider"] = departure
		a := b.comeBack(code, state)
		require.Equal(t, 401, a.status, a)
		require.Contains(t, string(a.body), "challenge-used")
	})
}

func TestProviderAndSecondFactor(t *testing.T) {
	t.Parallel()
	s := newService(t)
	h := newHouseWith(t, s.options())
	s.clock = h.clock
	secret, _ := h.setUp().enrol()

	b := h.browser()
	require.Equal(t, 200, s.signIn(b, nil).status)
	require.Contains(t, string(b.do("GET", "/me", nil).body), `"waiting":"confirm"`)
	for _, path := range []string{"/users", "/me/sessions", "/me/second-factor", "/api-keys", "/me/notifications", "/assets"} {
		a := b.do("GET", path, nil)
		require.Equal(t, 403, a.status, path)
		require.Contains(t, string(a.body), "second-factor-confirm")
	}
	require.Equal(t, 403, b.do("POST", "/me/second-factor", map[string]any{"password": password}).status, "nor set another one up")
	require.Equal(t, 403, b.do("POST", "/me/password", map[string]any{"current": password, "new": password2}).status)
	require.Equal(t, 401, b.do("POST", "/session/second-factor", map[string]any{"code": "000000"}).status)
	old := *b
	require.Equal(t, 200, b.do("POST", "/session/second-factor", map[string]any{"code": h.nextCode(secret)}).status)
	require.Equal(t, 200, b.do("GET", "/users", nil).status)
	require.Equal(t, 401, old.do("GET", "/me", nil).status, "the session before has ended")

	vouched := h.browser()
	require.Equal(t, 200, s.signIn(vouched, map[string]any{"amr": []string{"pwd", "mfa"}}).status)
	require.Equal(t, 200, vouched.do("GET", "/users", nil).status, "the service has asked for a second factor itself")
}

func TestProviderOutOfOrder(t *testing.T) {
	t.Parallel()
	s := newService(t)
	h := newHouseWith(t, s.options())
	s.clock = h.clock
	h.setUp()
	b := h.browser()
	code, state := s.authorize(b.depart(), nil)
	s.mu.Lock()
	s.broken = true
	s.mu.Unlock()
	for range 12 {
		a := b.comeBack(code, state)
		require.Equal(t, 503, a.status, a)
		require.NotEmpty(t, a.header.Get("Retry-After"))
	}
	h.clock.forward(2 * time.Minute)
	require.JSONEq(t, `{"passkeys":"erp.example.com","provider":{"name":"Northwind ID","reachable":false}}`, string(b.do("GET", "/session/ways", nil).body))
	require.Equal(t, 503, b.do("POST", "/session/provider", nil).status)
	require.Equal(t, 200, h.browser().signIn("ada@example.com", password).status, "the password works as ever")
	s.mu.Lock()
	s.broken = false
	asked := s.asked
	s.mu.Unlock()
	for range 5 {
		b.do("GET", "/session/ways", nil)
	}
	require.Equal(t, asked, s.asked, "a page that many people open does not become many requests")
	h.clock.forward(time.Minute)
	require.Equal(t, 200, s.signIn(b, nil).status, "its failing was nobody's wrong guess")

	bare := newHouse(t)
	bare.setUp()
	require.JSONEq(t, `{"passkeys":"erp.example.com"}`, string(bare.browser().do("GET", "/session/ways", nil).body))
	require.Equal(t, 404, bare.browser().do("POST", "/session/provider", nil).status)
	require.Equal(t, 404, bare.browser().comeBack("a", "b").status)
}

func TestGuessingReturnsIsBounded(t *testing.T) {
	t.Parallel()
	s := newService(t)
	h := newHouseWith(t, s.options())
	s.clock = h.clock
	h.setUp()
	thief := h.browser()
	address := thief.depart()
	_, state := s.authorize(address, nil)
	looked := 0
	for i := range 30 {
		if thief.comeBack(fmt.Sprintf("guess-%d", i), state).status == 401 {
			looked++
		}
	}
	require.Equal(t, 10, looked)
	other := h.browser()
	other.ip = "198.51.100.7"
	require.Equal(t, 200, s.signIn(other, nil).status, "from elsewhere one comes in")
	require.Equal(t, 200, h.browser().signIn("ada@example.com", password).status)
}

func TestSeparateFromProvider(t *testing.T) {
	t.Parallel()
	s := newService(t)
	h := newHouseWith(t, s.options())
	s.clock = h.clock
	ada := h.setUp()
	mila, milas := h.addUser(ada, "Mila", "employee")
	b := h.browser()
	require.Equal(t, 200, s.signIn(b, map[string]any{"sub": "old", "email": "mila@example.com"}).status)
	require.Equal(t, 403, milas.do("DELETE", "/users/"+mila.ID+"/provider", nil).status)
	require.Equal(t, 204, ada.do("DELETE", "/users/"+mila.ID+"/provider", nil).status)
	require.Equal(t, 401, b.do("GET", "/me", nil).status)
	require.Equal(t, 204, ada.do("DELETE", "/users/"+mila.ID+"/provider", nil).status, "twice is fine")
	require.Equal(t, 200, s.signIn(h.browser(), map[string]any{"sub": "new", "email": "mila@example.com"}).status)
	require.Equal(t, 1, strings.Count(string(ada.do("GET", "/audit?action=user.separate-provider", nil).body), `"user.separate-provider"`))
}
