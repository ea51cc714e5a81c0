package module_test

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

func TestPasskey(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	ada := h.setUp()
	_, milas := h.addUser(ada, "Mila", "asset-manager")
	key := ada.addPasskey("Ada's telephone")

	t.Run("it signs in without a password, and counts as two factors", func(t *testing.T) {
		b := h.browser()
		require.Equal(t, 200, b.touch(key).status)
		require.Equal(t, 200, b.do("GET", "/users", nil).status)
		require.Contains(t, string(b.do("GET", "/me/sessions", nil).body), `"method":"passkey","secondFactor":true`)
		require.Empty(t, b.others)
		require.Contains(t, string(b.do("GET", "/me/passkeys", nil).body), `"usedAt"`)
	})
	t.Run("an authenticator is not asked for besides", func(t *testing.T) {
		milasKey := milas.addPasskey("Laptop")
		milas.enrol()
		b := h.browser()
		require.Equal(t, 200, b.touch(milasKey).status)
		require.Equal(t, 200, b.do("GET", "/assets", nil).status)
	})
	t.Run("a page that imitates this one gets nothing", func(t *testing.T) {
		forged := *key
		forged.origin = "https://erp.example.com.evil.example"
		a := h.browser().touch(&forged)
		require.Equal(t, 401, a.status, a)
		require.Contains(t, string(a.body), "passkey-refused")
		key.count = forged.count
	})
	t.Run("an answer lets in once", func(t *testing.T) {
		b := h.browser()
		key := ada.addPasskey("Shared by all her devices")
		key.still = true
		credential := key.get(b.ceremony("/session/passkey/ceremony", nil))
		asked := b.others["erp_passkey"]
		require.Equal(t, 200, b.answer(credential).status)
		thief := h.browser()
		thief.others = map[string]*http.Cookie{"erp_passkey": asked}
		require.Equal(t, 401, thief.answer(credential).status, "the same question and answer again")
		thief.ceremony("/session/passkey/ceremony", nil)
		require.Equal(t, 401, thief.answer(credential).status, "the answer to another question")
		require.Equal(t, 401, h.browser().answer(credential).status, "the answer to none")
		require.Nil(t, thief.cookie)
	})
	t.Run("it must check who holds it, and be known", func(t *testing.T) {
		lazy := *key
		lazy.flags = 0x01
		require.Equal(t, 401, h.browser().touch(&lazy).status)
		key.count = lazy.count
		foreign := newAuthenticator(t)
		foreign.handle = key.handle
		require.Equal(t, 401, h.browser().touch(foreign).status)
		stolen := *key
		stolen.key = foreign.key
		require.Equal(t, 401, h.browser().touch(&stolen).status, "the right id with another key")
		other := *key
		other.handle = make([]byte, 16)
		require.Equal(t, 401, h.browser().touch(&other).status, "the right key for somebody else")
	})
	h.clock.forward(20 * time.Minute) // the wrong ones above count as guesses
	t.Run("a copy is found by its counter", func(t *testing.T) {
		copied := *key
		copied.count = 0
		a := h.browser().touch(&copied)
		require.Equal(t, 401, a.status, a)
		require.Contains(t, string(a.body), "passkey-copied")
		require.Contains(t, string(ada.do("GET", "/audit?action=passkey.", nil).body), `"passkey.refuse-copy"`)
		key.count++
		require.Equal(t, 200, h.browser().touch(key).status, "the original works")
	})
	t.Run("rubbish is refused, and says where", func(t *testing.T) {
		for _, credential := range []string{"{}", "null", "[]", "nonsense", `{"id":"a"}`, strings.Repeat("x", 19000)} {
			b := h.browser()
			b.ip = "198.51.100.23"
			b.ceremony("/session/passkey/ceremony", nil)
			require.Equal(t, 401, b.answer(credential).status, credential)
			ada.ceremony("/me/passkeys/ceremony", map[string]any{"password": password})
			a := ada.do("POST", "/me/passkeys", map[string]any{"name": "x", "credential": credential})
			require.Equal(t, 422, a.status, a)
			require.Contains(t, string(a.body), "body.credential")
		}
		require.Equal(t, 422, h.browser().answer("a\x00").status)
		require.Equal(t, 422, h.browser().answer(strings.Repeat("x", 30000)).status)
	})
}

func TestPasskeysOfOnesOwn(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	ada := h.setUp()
	mila, milas := h.addUser(ada, "Mila", "employee")
	key := milas.addPasskey("Telephone")

	t.Run("a browser left open is not enough to get one, or to lose one", func(t *testing.T) {
		require.Equal(t, 200, milas.do("POST", "/me/passkeys/ceremony", map[string]any{}).status, "a moment after signing in it is")
		h.clock.forward(6 * time.Minute)
		for _, body := range []map[string]any{{}, {"password": "guess"}} {
			a := milas.do("POST", "/me/passkeys/ceremony", body)
			require.Equal(t, 422, a.status, a)
			require.Contains(t, string(a.body), "body.password")
		}
	})
	t.Run("one device is registered once, and for whoever asked", func(t *testing.T) {
		options := milas.ceremony("/me/passkeys/ceremony", map[string]any{"password": password})
		require.Contains(t, options, encode(key.id), "the browser is told which devices have one")
		a := milas.do("POST", "/me/passkeys", map[string]any{"name": "Again", "credential": key.create(options)})
		require.Equal(t, 409, a.status, a)
		fresh := newAuthenticator(t)
		credential := fresh.create(options)
		ada.others = map[string]*http.Cookie{"erp_passkey": milas.others["erp_passkey"]}
		require.Equal(t, 401, ada.do("POST", "/me/passkeys", map[string]any{"name": "Mine", "credential": credential}).status, "somebody else's question")
		forged := newAuthenticator(t)
		forged.origin = "https://evil.example"
		require.Equal(t, 422, milas.do("POST", "/me/passkeys", map[string]any{"name": "x", "credential": forged.create(options)}).status)
		lazy := newAuthenticator(t)
		lazy.flags = 0x01
		require.Equal(t, 422, milas.do("POST", "/me/passkeys", map[string]any{"name": "x", "credential": lazy.create(options)}).status)
	})
	var list struct {
		Items []struct{ ID, Name string }
	}
	milas.do("GET", "/me/passkeys", nil).into(t, &list)
	require.Len(t, list.Items, 1)
	path := "/me/passkeys/" + list.Items[0].ID

	t.Run("nobody else sees or touches it", func(t *testing.T) {
		require.NotContains(t, string(ada.do("GET", "/me/passkeys", nil).body), "Telephone")
		require.Equal(t, 404, ada.do("PUT", path, map[string]any{"name": "Mine"}).status)
		require.Equal(t, 404, ada.do("POST", path+"/removal", map[string]any{"password": password}).status)
	})
	t.Run("it can be named and removed; a removed one lets nobody in", func(t *testing.T) {
		require.Equal(t, 200, milas.do("PUT", path, map[string]any{"name": "Old telephone"}).status)
		require.Equal(t, 422, milas.do("PUT", path, map[string]any{"name": "  "}).status)
		require.Equal(t, 200, h.browser().touch(key).status)
		require.Equal(t, 422, milas.do("POST", path+"/removal", map[string]any{}).status)
		require.Equal(t, 204, milas.do("POST", path+"/removal", map[string]any{"password": password}).status)
		require.Equal(t, 401, h.browser().touch(key).status)
		require.Equal(t, 404, milas.do("POST", path+"/removal", map[string]any{"password": password}).status)
	})
	t.Run("no more than twenty", func(t *testing.T) {
		for range 20 {
			milas.addPasskey("One")
		}
		options := milas.ceremony("/me/passkeys/ceremony", map[string]any{"password": password})
		require.Equal(t, 409, milas.do("POST", "/me/passkeys", map[string]any{"name": "x", "credential": newAuthenticator(t).create(options)}).status)
	})
	t.Run("a closed account lets nobody in, and a reset takes them away", func(t *testing.T) {
		key := ada.addPasskey("Ada's")
		require.Equal(t, 204, ada.do("DELETE", "/users/"+mila.ID+"/second-factor", nil).status)
		require.Equal(t, 401, milas.do("GET", "/me", nil).status)
		milas = h.browser()
		require.Equal(t, 200, milas.signIn("mila@example.com", password).status)
		mine := milas.addPasskey("New")
		now := h.user(ada, mila.ID)
		a := ada.do("PUT", "/users/"+mila.ID, map[string]any{"name": "Mila", "email": "mila@example.com", "status": "disabled"}, "If-Match", now.etag())
		require.Equal(t, 200, a.status, a)
		a = h.browser().touch(mine)
		require.Equal(t, 401, a.status, a)
		require.Contains(t, string(a.body), "account-closed")
		_, err := h.module.Recover(t.Context(), "ada@example.com")
		require.NoError(t, err)
		require.Equal(t, 401, h.browser().touch(key).status, "what may be in other hands goes with the old password")
	})
}

func TestRoleNeedsSecondFactor(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	ada := h.setUp()
	ada.enrol()
	_, milas := h.addUser(ada, "Mila", "asset-manager")
	_, helpers := h.addUser(ada, "Helper", "employee")
	a := milas.do("POST", "/api-keys", map[string]any{"name": "Script", "grants": map[string]any{"asset:read": "all"}})
	require.Equal(t, 201, a.status, a)
	var made struct{ Secret string }
	a.into(t, &made)
	script := []string{"Authorization", "Bearer " + made.Secret}
	require.Equal(t, 200, h.browser().do("GET", "/assets", nil, script...).status)

	role := func() (etag string) { return ada.do("GET", "/roles/asset-manager", nil).header.Get("ETag") }
	require.Equal(t, 403, helpers.do("PUT", "/roles/asset-manager/second-factor", map[string]any{"required": true}, "If-Match", `"1"`).status)
	require.Equal(t, 428, ada.do("PUT", "/roles/asset-manager/second-factor", map[string]any{"required": true}).status)
	require.Equal(t, 412, ada.do("PUT", "/roles/asset-manager/second-factor", map[string]any{"required": true}, "If-Match", `"99"`).status)
	a = ada.do("PUT", "/roles/asset-manager/second-factor", map[string]any{"required": true}, "If-Match", role())
	require.Equal(t, 200, a.status, a)
	require.Contains(t, string(a.body), `"secondFactor":true`)
	require.Contains(t, string(ada.do("GET", "/audit?action=role.require-second-factor", nil).body), "asset-manager")

	t.Run("from the next request on they can do nothing but set one up, by key neither", func(t *testing.T) {
		require.Contains(t, string(milas.do("GET", "/me", nil).body), `"waiting":"set-up"`)
		for _, path := range []string{"/assets", "/me/sessions", "/me/notifications", "/api-keys"} {
			a := milas.do("GET", path, nil)
			require.Equal(t, 403, a.status, path)
			require.Contains(t, string(a.body), "second-factor-set-up")
		}
		require.Equal(t, 403, milas.do("POST", "/session/second-factor", map[string]any{"code": "1"}).status)
		require.Equal(t, 403, h.browser().do("GET", "/assets", nil, script...).status)
		fresh := h.browser()
		require.Equal(t, 200, fresh.signIn("mila@example.com", password).status)
		require.Equal(t, 403, fresh.do("GET", "/assets", nil).status)
		require.Equal(t, 200, helpers.do("GET", "/assets", nil).status, "others go on")
		require.Equal(t, 200, ada.do("GET", "/users", nil).status)
	})
	t.Run("once it is set up, all goes on", func(t *testing.T) {
		key := milas.addPasskey("Telephone")
		require.Equal(t, 200, milas.do("GET", "/assets", nil).status)
		require.Equal(t, 200, h.browser().do("GET", "/assets", nil, script...).status)
		b := h.browser()
		require.Equal(t, 200, b.touch(key).status)
		require.Equal(t, 200, b.do("GET", "/assets", nil).status)
	})
	t.Run("the password alone is half a sign-in then, and cannot set another one up", func(t *testing.T) {
		thief := h.browser()
		require.Equal(t, 200, thief.signIn("mila@example.com", password).status)
		require.Contains(t, string(thief.do("GET", "/me", nil).body), `"waiting":"confirm"`)
		for _, path := range []string{"/me/passkeys/ceremony", "/me/second-factor"} {
			require.Equal(t, 403, thief.do("POST", path, map[string]any{"password": password}).status, path)
		}
		require.Equal(t, 403, thief.do("GET", "/assets", nil).status)
		require.Equal(t, 409, thief.do("POST", "/session/second-factor", map[string]any{"code": "123456"}).status, "she has no authenticator")
	})
	t.Run("a role that inherits such a role needs one too", func(t *testing.T) {
		a := ada.do("POST", "/roles", map[string]any{"name": "Deputy", "inherits": []string{"asset-manager"}})
		require.Equal(t, 201, a.status, a)
		user, deputy := h.addUser(ada, "Deputy", "employee")
		a = ada.do("PUT", "/users/"+user.ID+"/roles", map[string]any{"roles": []string{"deputy"}}, "If-Match", user.etag())
		require.Equal(t, 200, a.status, a)
		require.Equal(t, 403, deputy.do("GET", "/assets", nil).status)
		require.Contains(t, string(deputy.do("GET", "/me", nil).body), `"waiting":"set-up"`)
	})
	t.Run("the rule can be taken back", func(t *testing.T) {
		a := ada.do("PUT", "/roles/asset-manager/second-factor", map[string]any{"required": false}, "If-Match", role())
		require.Equal(t, 200, a.status, a)
		b := h.browser()
		require.Equal(t, 200, b.signIn("mila@example.com", password).status)
		require.Equal(t, 200, b.do("GET", "/assets", nil).status)
	})
}
