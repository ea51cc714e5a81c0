package module_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/pquerna/otp/totp"
	"github.com/stretchr/testify/require"
)

// enrol gives the person an authenticator; its secret and the recovery codes come back.
func (b *browser) enrol() (secret string, recovery []string) {
	b.h.t.Helper()
	a := b.do("POST", "/me/second-factor", map[string]any{"password": password})
	require.Equal(b.h.t, 201, a.status, a)
	var enrolment struct {
		Secret, Address string
		Picture         struct {
			Size int
			Path string
		}
	}
	a.into(b.h.t, &enrolment)
	require.Contains(b.h.t, enrolment.Address, "otpauth://totp/Northwind:")
	require.NotEmpty(b.h.t, enrolment.Picture.Path)
	a = b.do("POST", "/me/second-factor/confirmation", map[string]any{"code": b.h.code(enrolment.Secret)})
	require.Equal(b.h.t, 200, a.status, a)
	var codes struct{ Codes []string }
	a.into(b.h.t, &codes)
	require.Len(b.h.t, codes.Codes, 10)
	return enrolment.Secret, codes.Codes
}

// code is what the authenticator shows.
func (h *house) code(secret string) string {
	h.t.Helper()
	code, err := totp.GenerateCode(secret, h.clock.now())
	require.NoError(h.t, err)
	return code
}

// nextCode is what it shows after the one before.
func (h *house) nextCode(secret string) string {
	h.clock.forward(30 * time.Second)
	return h.code(secret)
}

func (b *browser) signInWith(email, code string) answer {
	return b.do("POST", "/session", map[string]any{"email": email, "password": password, "code": code})
}

func TestSecondFactor(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	ada := h.setUp()
	elsewhere := h.browser()
	require.Equal(t, 200, elsewhere.signIn("ada@example.com", password).status)

	t.Run("a browser left open is not enough to get one", func(t *testing.T) {
		a := ada.do("POST", "/me/second-factor", map[string]any{"password": "guess"})
		require.Equal(t, 422, a.status, a)
		require.Contains(t, string(a.body), "body.password")
	})
	t.Run("it does not count before a code has shown that it works", func(t *testing.T) {
		require.Equal(t, 409, ada.do("POST", "/me/second-factor/confirmation", map[string]any{"code": "123456"}).status)
		require.Equal(t, 201, ada.do("POST", "/me/second-factor", map[string]any{"password": password}).status)
		a := ada.do("POST", "/me/second-factor/confirmation", map[string]any{"code": "000000"})
		require.Equal(t, 422, a.status, a)
		require.Contains(t, string(a.body), "body.code")
		require.Equal(t, 200, h.browser().signIn("ada@example.com", password).status)
	})
	secret, recovery := ada.enrol()

	t.Run("it ends the other sessions, and signing in takes two steps from now on", func(t *testing.T) {
		require.Equal(t, 200, ada.do("GET", "/me", nil).status)
		require.Equal(t, 401, elsewhere.do("GET", "/me", nil).status)
		b := h.browser()
		a := b.signIn("ada@example.com", password)
		require.Equal(t, 401, a.status)
		require.Contains(t, string(a.body), "second-factor-required")
		require.Nil(t, b.cookie)
		a = h.browser().signIn("ada@example.com", "wrong")
		require.NotContains(t, string(a.body), "second-factor", "only the right password tells that there is one")
		require.Equal(t, 200, b.signInWith("ada@example.com", h.nextCode(secret)).status)
		require.Equal(t, 200, b.do("GET", "/me", nil).status)
	})
	t.Run("a code works once", func(t *testing.T) {
		code := h.nextCode(secret)
		require.Equal(t, 200, h.browser().signInWith("ada@example.com", code).status)
		a := h.browser().signInWith("ada@example.com", code)
		require.Equal(t, 401, a.status)
		require.Contains(t, string(a.body), "wrong-code")
	})
	t.Run("a recovery code lets in once too", func(t *testing.T) {
		require.Equal(t, 200, h.browser().signInWith("ada@example.com", strings.ToUpper(recovery[3])).status)
		require.Equal(t, 401, h.browser().signInWith("ada@example.com", recovery[3]).status)
		a := ada.do("GET", "/me/second-factor", nil)
		require.Contains(t, string(a.body), `"recoveryCodesLeft":9`)
	})
	t.Run("secrets are nowhere to be read", func(t *testing.T) {
		for _, hidden := range []string{secret, recovery[0], strings.ReplaceAll(recovery[0], "-", "")} {
			for _, table := range []string{"second_factor", "recovery_code", "idempotency_key", "audit_entry"} {
				var n int
				require.NoError(t, h.db.Pool().QueryRow(t.Context(), fmt.Sprintf(
					`SELECT count(*) FROM %s t WHERE position($1 in t::text) > 0 OR position(encode($1::bytea, 'hex') in t::text) > 0`, table), hidden).Scan(&n))
				require.Zero(t, n, table)
			}
		}
	})
	t.Run("other recovery codes end those before", func(t *testing.T) {
		proof := map[string]any{"password": password, "code": h.nextCode(secret)}
		a := ada.do("POST", "/me/second-factor/recovery-codes", proof)
		require.Equal(t, 200, a.status, a)
		require.Equal(t, 401, h.browser().signInWith("ada@example.com", recovery[5]).status)
		var codes struct{ Codes []string }
		a.into(t, &codes)
		require.Equal(t, 200, h.browser().signInWith("ada@example.com", codes.Codes[5]).status)
	})
	t.Run("taking it away needs the password and a code", func(t *testing.T) {
		require.Equal(t, 409, ada.do("POST", "/me/second-factor", map[string]any{"password": password}).status)
		require.Equal(t, 422, ada.do("POST", "/me/second-factor/removal", map[string]any{"password": "guess", "code": h.nextCode(secret)}).status)
		require.Equal(t, 422, ada.do("POST", "/me/second-factor/removal", map[string]any{"password": password, "code": "123"}).status)
		require.Equal(t, 204, ada.do("POST", "/me/second-factor/removal", map[string]any{"password": password, "code": h.nextCode(secret)}).status)
		require.Equal(t, 200, h.browser().signIn("ada@example.com", password).status)
	})
}

func TestGuessingCodesIsBounded(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	secret, _ := h.setUp().enrol()
	thief := h.browser()
	thief.ip = "203.0.113.66"
	looked := 0
	for i := range 30 {
		require.Contains(t, []int{401, 429}, thief.signIn("ada@example.com", password).status, "knowing the password forgives nothing")
		if thief.signInWith("ada@example.com", fmt.Sprintf("%06d", i)).status == 401 {
			looked++
		}
	}
	require.Equal(t, 10, looked, "no more than ten codes were looked at")
	require.Equal(t, 429, thief.signInWith("ada@example.com", h.nextCode(secret)).status, "even the right one has to wait")
	for range 15 { // from where she is, being asked for a code does not use up the tries
		require.Equal(t, 401, h.browser().signIn("ada@example.com", password).status)
	}
	require.Equal(t, 200, h.browser().signInWith("ada@example.com", h.nextCode(secret)).status)
}

func TestOneCodeAtTheSameMoment(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	secret, _ := h.setUp().enrol()
	code := h.nextCode(secret)
	statuses := make(chan int, 6)
	for range cap(statuses) {
		go func() { statuses <- h.browser().signInWith("ada@example.com", code).status }()
	}
	won := 0
	for range cap(statuses) {
		if <-statuses == 200 {
			won++
		}
	}
	require.Equal(t, 1, won)
}

func TestResetSecondFactor(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	ada := h.setUp()
	ada.enrol()
	mila, milas := h.addUser(ada, "Mila", "asset-manager")
	_, helpers := h.addUser(ada, "Helper", "employee")
	milas.enrol()
	path := "/users/" + mila.ID + "/second-factor"

	require.Contains(t, string(ada.do("GET", path, nil).body), `"enabled":true`)
	require.Equal(t, 403, helpers.do("DELETE", path, nil).status)
	require.Equal(t, 204, ada.do("DELETE", path, nil).status)
	require.Equal(t, 401, milas.do("GET", "/me", nil).status, "their sessions have ended")
	require.Equal(t, 200, h.browser().signIn("mila@example.com", password).status)
	require.Contains(t, string(ada.do("GET", path, nil).body), `"enabled":false`)
	require.Equal(t, 204, ada.do("DELETE", path, nil).status, "twice is fine")
	trail := string(ada.do("GET", "/audit?action=second-factor.", nil).body)
	require.Equal(t, 1, strings.Count(trail, `"second-factor.reset"`))
	require.Equal(t, 2, strings.Count(trail, `"second-factor.enable"`))

	fresh, err := h.module.Recover(t.Context(), "ada@example.com")
	require.NoError(t, err)
	require.Equal(t, 200, h.browser().signIn("ada@example.com", fresh).status, "whoever has the server gets back in")
}
