package module_test

import (
	"net/http"
	"testing"

	"github.com/stretchr/testify/require"
)

func TestEverybodyNeedsASecondFactor(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	ada := h.setUp()
	_, milas := h.addUser(ada, "Mila", "asset-manager")
	_, helpers := h.addUser(ada, "Helper", "employee")
	nobody, nobodys := h.addUser(ada, "Nobody", "employee")
	require.Equal(t, 200, ada.do("PUT", "/users/"+nobody.ID+"/roles", map[string]any{"roles": []string{}}, "If-Match", h.user(ada, nobody.ID).etag()).status)
	a := milas.do("POST", "/api-keys", map[string]any{"name": "Script", "grants": map[string]any{"asset:read": "all"}})
	require.Equal(t, 201, a.status, a)
	var made struct{ Secret string }
	a.into(t, &made)
	script := []string{"Authorization", "Bearer " + made.Secret}
	set := func(who *browser, required bool, version string) int {
		return who.do("PUT", "/sign-in-rule", map[string]any{"secondFactor": required}, "If-Match", version).status
	}

	t.Run("nobody asks it of everybody who has none, or who is no administrator", func(t *testing.T) {
		a := ada.do("PUT", "/sign-in-rule", map[string]any{"secondFactor": true}, "If-Match", `"0"`)
		require.Equal(t, http.StatusConflict, a.status)
		require.Contains(t, string(a.body), "no-factor-of-your-own")
		require.Equal(t, 403, set(milas, true, `"0"`))
		require.Equal(t, 403, helpers.do("GET", "/sign-in-rule/without-factor", nil).status)
		require.Contains(t, string(ada.do("GET", "/sign-in-rule", nil).body), `"secondFactor":false`)

		ruler := map[string]any{"name": "Ruler", "grants": map[string]any{"role:manage": "all", "role:read": "all"}}
		a = ada.do("POST", "/roles", ruler)
		require.Equal(t, 201, a.status, a)
		var role struct{ Code string }
		a.into(t, &role)
		_, rulers := h.addUser(ada, "Rita", role.Code)
		rulers.enrol()
		require.Equal(t, 403, set(rulers, true, `"0"`), "it would bind administrators, who may more than she does")
	})
	ada.enrol()
	t.Run("a preview says whom it hits, with their keys", func(t *testing.T) {
		var hit struct {
			People int
			Items  []struct {
				Name string
				Keys int
			}
		}
		ada.do("GET", "/sign-in-rule/without-factor", nil).into(t, &hit)
		require.Equal(t, 3, hit.People)
		require.Equal(t, "Helper", hit.Items[0].Name)
		require.Equal(t, 1, hit.Items[1].Keys)
	})
	t.Run("from the next request on everybody without one can do nothing but set one up", func(t *testing.T) {
		require.Equal(t, 428, ada.do("PUT", "/sign-in-rule", map[string]any{"secondFactor": true}).status)
		require.Equal(t, 412, set(ada, true, `"7"`))
		require.Equal(t, 200, set(ada, true, `"0"`))
		require.Equal(t, 412, set(ada, true, `"0"`), "the version was counted up")
		for _, who := range []*browser{milas, helpers} {
			require.Contains(t, string(who.do("GET", "/me", nil).body), `"waiting":"set-up"`)
			require.Equal(t, 403, who.do("GET", "/assets", nil).status)
		}
		require.Equal(t, 403, h.browser().do("GET", "/assets", nil, script...).status)
		require.Equal(t, 200, ada.do("GET", "/users", nil).status)
		milas.enrol()
		require.Equal(t, 200, milas.do("GET", "/assets", nil).status)
		require.Equal(t, 200, h.browser().do("GET", "/assets", nil, script...).status)
		require.Contains(t, string(ada.do("GET", "/audit?action=sign-in-rule.set", nil).body), `"secondFactor":true`)
	})
	t.Run("who holds no role at all is asked too", func(t *testing.T) {
		require.Contains(t, string(nobodys.do("GET", "/me", nil).body), `"waiting":"set-up"`)
	})
	t.Run("the last administrator gets in whatever happens", func(t *testing.T) {
		lost := h.browser()
		fresh, err := h.module.Recover(t.Context(), "ada@example.com") // the telephone is gone
		require.NoError(t, err)
		require.Equal(t, 200, lost.signIn("ada@example.com", fresh).status)
		require.Equal(t, 200, lost.do("POST", "/me/password", map[string]any{"current": fresh, "new": password}).status)
		require.Equal(t, 403, lost.do("GET", "/users", nil).status)
		lost.enrol()
		require.Equal(t, 200, lost.do("GET", "/users", nil).status)
		require.Equal(t, 200, set(lost, false, `"1"`))
		require.Equal(t, 200, helpers.do("GET", "/me/sessions", nil).status)
	})
}
