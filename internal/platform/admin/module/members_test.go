package module_test

import (
	"fmt"
	"net/http"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"erp/internal/platform/rbac"
)

func TestARoleIsGivenToManyAtOnce(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	ada := h.setUp()
	var people []string
	for i := range 3 {
		a := ada.do("POST", "/users", map[string]any{"name": fmt.Sprintf("P%d", i), "email": fmt.Sprintf("p%d@example.com", i), "password": password2, "roles": []string{"employee"}})
		require.Equal(t, 201, a.status, a)
		var u userView
		a.into(t, &u)
		people = append(people, u.ID)
	}
	holders := func() []rbac.Person { return h.policy.Snapshot().Holders(rbac.Accountant) }
	path := "/roles/accountant/members"

	t.Run("a preview tells what they gain, and changes nothing", func(t *testing.T) {
		a := ada.do("POST", path+"/preview", map[string]any{"give": people[:2]})
		require.Equal(t, 200, a.status, a)
		require.Contains(t, string(a.body), `"people":2`)
		require.Empty(t, holders())
	})
	t.Run("all get it, until the end", func(t *testing.T) {
		a := ada.do("POST", path, map[string]any{"give": people[:2], "until": h.clock.now().Add(time.Hour)})
		require.Equal(t, 200, a.status, a)
		require.Len(t, holders(), 2)
		require.Contains(t, string(ada.do("GET", "/users/"+people[0], nil).body), `"rolesUntil":{"accountant"`)
	})
	t.Run("some lose it while others get it for good", func(t *testing.T) {
		a := ada.do("POST", path, map[string]any{"give": []string{people[1], people[2]}, "take": people[:1]})
		require.Equal(t, 200, a.status, a)
		require.JSONEq(t, `{"given":2,"taken":1}`, string(a.body))
		require.Len(t, holders(), 2)
		require.NotContains(t, string(ada.do("GET", "/users/"+people[1], nil).body), "rolesUntil")
	})
	t.Run("one who is not there, and nothing of it is done", func(t *testing.T) {
		a := ada.do("POST", path, map[string]any{"take": people[1:], "give": []string{"01890a5d-ac96-774b-bcce-b302099a8057"}})
		require.Equal(t, 422, a.status, a)
		require.Contains(t, string(a.body), "body.give[0]")
		require.Len(t, holders(), 2)
	})
	t.Run("wrong input is told at its field", func(t *testing.T) {
		for says, body := range map[string]any{
			"body.give":    map[string]any{},
			"body.take[0]": map[string]any{"give": people[:1], "take": people[:1]},
			"body.until":   map[string]any{"give": people[:1], "until": h.clock.now()},
		} {
			a := ada.do("POST", path, body)
			require.Equal(t, 422, a.status, a)
			require.Contains(t, string(a.body), says)
		}
		require.Equal(t, 404, ada.do("POST", "/roles/emperor/members", map[string]any{"give": people[:1]}).status)
	})
	t.Run("nobody gives what they do not have, and the last administrator stays", func(t *testing.T) {
		a := ada.do("POST", "/roles", map[string]any{"name": "Help desk", "grants": map[string]string{"user:read": "all", "user:manage": "all"}})
		require.Equal(t, 201, a.status, a)
		helper, hal := h.addUser(ada, "Hal", "help-desk")
		require.Equal(t, 403, hal.do("POST", "/roles/administrator/members", map[string]any{"give": []string{helper.ID}}).status)
		var me struct {
			User userView `json:"user"`
		}
		ada.do("GET", "/me", nil).into(t, &me)
		require.Equal(t, 409, ada.do("POST", "/roles/administrator/members", map[string]any{"take": []string{me.User.ID}}).status)
		a = ada.do("POST", "/roles/administrator/members", map[string]any{"give": []string{me.User.ID}, "until": h.clock.now().Add(time.Hour)})
		require.Equal(t, 409, a.status, "nor is the last one's role given an end: %s", a)
	})
}

func TestTheEndOfARoleIsWrittenDown(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	ada := h.setUp()
	user, _ := h.addUser(ada, "Mila", "employee")
	a := ada.do("POST", "/roles/accountant/members", map[string]any{"give": []string{user.ID}, "until": h.clock.now().Add(time.Hour)})
	require.Equal(t, 200, a.status, a)
	work := func() {
		t.Helper()
		require.NoError(t, h.module.ClearEndedRoles(t.Context()))
	}
	rules := func() (n int) {
		require.NoError(t, h.db.Pool().QueryRow(t.Context(), `SELECT count(*) FROM casbin_rule WHERE expires_at IS NOT NULL`).Scan(&n))
		return n
	}
	work()
	require.Equal(t, 1, rules())
	h.clock.forward(time.Hour)
	work()
	work()
	require.Zero(t, rules())
	trail := ada.do("GET", "/audit?action=user.role-ended", nil)
	require.Contains(t, string(trail.body), `"label":"Mila"`)
	require.Contains(t, string(trail.body), `"role":"accountant"`)
}

const viewCookie = "erp_view"

func TestViewAs(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	ada := h.setUp()
	_, mila := h.addUser(ada, "Mila", "employee")
	view := func(b *browser, role string) answer { return b.do("PUT", "/me/view", map[string]any{"role": role}) }

	require.Equal(t, 403, view(mila, "administrator").status)
	require.Equal(t, 404, view(ada, "emperor").status)
	require.Equal(t, 200, view(ada, "employee").status)

	t.Run("it shows what the role sees", func(t *testing.T) {
		require.JSONEq(t, `{"scope":"own"}`, string(ada.do("GET", "/assets", nil).body))
		require.Equal(t, 403, ada.do("GET", "/users", nil).status)
		me := ada.do("GET", "/me", nil)
		require.Contains(t, string(me.body), `"viewingAs":{"code":"employee","name":"Employee"}`)
		require.Contains(t, string(me.body), `"permissions":{"asset:read":"own"}`)
	})
	t.Run("it changes nothing, not even what is one's own", func(t *testing.T) {
		for _, write := range []answer{
			ada.do("PUT", "/me/preferences", map[string]any{"language": "de"}),
			ada.do("POST", "/me/password", map[string]any{"current": password, "new": password2}),
			view(ada, "administrator"),
		} {
			require.Equal(t, 403, write.status, write)
			require.Contains(t, string(write.body), "viewing-as")
		}
	})
	t.Run("it ends, and both is in the trail", func(t *testing.T) {
		require.Equal(t, 204, ada.do("DELETE", "/me/view", nil).status)
		require.NotContains(t, ada.others, viewCookie)
		require.Equal(t, 200, ada.do("GET", "/users", nil).status)
		trail := string(ada.do("GET", "/audit?action=role.", nil).body)
		require.Contains(t, trail, `"role.view-as"`)
		require.Contains(t, trail, `"role.end-view"`)
		require.Equal(t, 204, ada.do("DELETE", "/me/view", nil).status, "twice is once")
	})
	t.Run("a cookie that somebody wrote themselves only takes away", func(t *testing.T) {
		require.Equal(t, 200, view(ada, "asset-manager").status)
		taken := ada.others[viewCookie]
		require.Equal(t, 204, ada.do("DELETE", "/me/view", nil).status)
		mila.others = map[string]*http.Cookie{viewCookie: taken}
		require.JSONEq(t, `{"scope":"own"}`, string(mila.do("GET", "/assets", nil).body), "of another session, it counts for nothing")
		var session string
		require.NoError(t, h.db.Pool().QueryRow(t.Context(), `
			SELECT s.id FROM session s JOIN user_account u ON u.id = user_id WHERE u.name = 'Mila' AND revoked_at IS NULL ORDER BY s.created_at DESC`).Scan(&session))
		for _, role := range []string{"administrator", "asset-manager"} {
			mila.others[viewCookie] = &http.Cookie{Name: viewCookie, Value: role + "." + session}
			require.JSONEq(t, `{"scope":"own"}`, string(mila.do("GET", "/assets", nil).body))
			require.Equal(t, 403, mila.do("GET", "/users", nil).status)
		}
		mila.others[viewCookie] = &http.Cookie{Name: viewCookie, Value: "emperor." + session}
		require.Equal(t, 403, mila.do("GET", "/assets", nil).status)
	})
}
