package module_test

import (
	"fmt"
	"sync"
	"testing"

	"github.com/stretchr/testify/require"
)

// refusals are the refused tries in the trail, the newest first, as "whom: reason from address".
func refusals(t *testing.T, ada *browser) []string {
	t.Helper()
	var trail struct {
		Items []struct {
			Label, SubjectID, IP, ActorName string
			After                           struct{ Method, Reason string }
		}
	}
	ada.do("GET", "/audit?action=session.refuse&limit=200", nil).into(t, &trail)
	said := make([]string, len(trail.Items))
	for i, one := range trail.Items {
		require.Empty(t, one.ActorName, "nobody is known to have tried")
		said[i] = fmt.Sprintf("%s: %s by %s from %s", one.Label, one.After.Reason, one.After.Method, one.IP)
	}
	return said
}

func TestRefusedSignInsAreWrittenDown(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	ada := h.setUp()
	mila, hers := h.addUser(ada, "Mila")
	ben, _ := h.addUser(ada, "Ben")
	secret, _ := hers.enrol()
	require.Equal(t, 200, ada.do("PUT", "/users/"+ben.ID, map[string]any{"name": "Ben", "email": ben.Email, "status": "disabled"}, "If-Match", h.user(ada, ben.ID).etag()).status)

	guesser := h.browser()
	guesser.ip = "203.0.113.66"
	for _, try := range []struct{ email, password, code string }{
		{"ada@example.com", "a wrong guess", ""},
		{"nobody@example.com", "a wrong guess", ""},
		{"violet tram 7 soup", "typed into the wrong field", ""},
		{ben.Email, password, ""},
		{mila.Email, password, ""}, // asked for a code, which is no refusal
		{mila.Email, password, "000000"},
	} {
		require.Equal(t, 401, guesser.do("POST", "/session", map[string]any{"email": try.email, "password": try.password, "code": try.code}).status)
	}
	require.Equal(t, 401, guesser.do("POST", "/session/passkey", map[string]any{"credential": "{}"}).status)
	require.Equal(t, 200, guesser.do("POST", "/session", map[string]any{"email": mila.Email, "password": password, "code": h.nextCode(secret)}).status)
	require.Equal(t, []string{
		"?: passkey-expired by passkey from 203.0.113.66",
		"Mila: wrong-code by password from 203.0.113.66",
		"Ben: account-closed by password from 203.0.113.66",
		"?: unknown-address by password from 203.0.113.66",
		"nobody@example.com: unknown-address by password from 203.0.113.66",
		"Ada Admin: wrong-password by password from 203.0.113.66",
	}, refusals(t, ada))
	trail := string(ada.do("GET", "/audit?limit=200", nil).body)
	for _, told := range []string{"a wrong guess", "violet tram", "wrong field", "000000"} {
		require.NotContains(t, trail, told, "neither passwords nor codes stand in the trail")
	}

	require.Equal(t, 422, ada.do("POST", "/me/password", map[string]any{"current": "not hers", "new": password2}).status)
	require.Contains(t, string(ada.do("GET", "/audit?action=session.refuse-recheck", nil).body), "Ada Admin", "who is signed in and does not know the password")
}

// Whoever guesses fills the trail no faster than they may guess.
func TestRefusedSignInsAreBounded(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	ada := h.setUp()
	guesser := h.browser()
	guesser.ip = "203.0.113.66"
	var wait sync.WaitGroup
	for i := range 40 {
		wait.Go(func() {
			b := *guesser
			b.signIn(fmt.Sprintf("victim%d@example.com", i%2), "guess")
		})
	}
	wait.Wait()
	require.Len(t, refusals(t, ada), 20, "ten for each address that was tried")
}
