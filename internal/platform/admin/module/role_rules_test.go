package module_test

import (
	"context"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"erp/internal/platform/database"
)

func TestADenialIsNotLiftedFromBelow(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	ada := h.setUp()
	desk := map[string]string{"user:read": "all", "user:manage": "all", "role:manage": "all", "role:read": "all"}
	for _, role := range []map[string]any{
		{"name": "Help desk", "grants": desk},
		{"name": "Auditor", "grants": map[string]string{"audit:read": "all"}},
		{"name": "No audit", "grants": map[string]string{"audit:read": "deny"}},
	} {
		a := ada.do("POST", "/roles", role)
		require.Equal(t, 201, a.status, a)
	}
	user, hal := h.addUser(ada, "Hal", "help-desk", "auditor", "no-audit")
	require.Equal(t, 403, hal.do("GET", "/audit", nil).status)
	user = h.user(ada, user.ID)

	a := hal.do("PUT", "/roles/no-audit", map[string]any{"name": "No audit", "grants": map[string]string{}}, "If-Match", `"1"`)
	require.Equal(t, 403, a.status, "not by taking the denial out of the role: %s", a)
	a = hal.do("DELETE", "/roles/no-audit", nil, "If-Match", `"1"`)
	require.Equal(t, 403, a.status, "not by deleting the role: %s", a)
	a = hal.do("PUT", "/users/"+user.ID+"/roles", map[string]any{"roles": []string{"help-desk", "auditor"}}, "If-Match", user.etag())
	require.Equal(t, 403, a.status, "not by laying it down: %s", a)
	a = hal.do("PUT", "/roles/help-desk", map[string]any{"name": "Help desk", "grants": desk, "inherits": []string{"administrator"}}, "If-Match", `"1"`)
	require.Equal(t, 403, a.status, "and not by inheriting from a stronger one: %s", a)
	a = hal.do("POST", "/roles", map[string]any{"name": "Sabotage", "grants": map[string]string{"asset:read": "deny"}})
	require.Equal(t, 403, a.status, "nobody denies what they do not have: %s", a)
}

func TestInheritance(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	ada := h.setUp()
	for _, role := range []map[string]any{
		{"name": "Low", "grants": map[string]string{"asset:read": "own"}},
		{"name": "High", "grants": map[string]string{"asset:write": "all"}, "inherits": []string{"low"}},
	} {
		a := ada.do("POST", "/roles", role)
		require.Equal(t, 201, a.status, a)
	}
	_, mila := h.addUser(ada, "Mila", "high")
	require.JSONEq(t, `{"scope":"own"}`, string(mila.do("GET", "/assets", nil).body))

	t.Run("a preview tells what heirs gain, too", func(t *testing.T) {
		a := ada.do("POST", "/roles/low/preview", map[string]any{"grants": map[string]string{"asset:read": "team"}})
		require.Equal(t, 200, a.status, a)
		require.Contains(t, string(a.body), `"name":"Mila","permission":"asset:read","from":"own","to":"team"`)
	})
	t.Run("a change of the inherited role counts for heirs on the next request", func(t *testing.T) {
		a := ada.do("PUT", "/roles/low", map[string]any{"name": "Low", "grants": map[string]string{"asset:read": "team"}}, "If-Match", `"1"`)
		require.Equal(t, 200, a.status, a)
		require.JSONEq(t, `{"scope":"team"}`, string(mila.do("GET", "/assets", nil).body))
	})
	t.Run("two roles cannot inherit from each other", func(t *testing.T) {
		a := ada.do("PUT", "/roles/low", map[string]any{"name": "Low", "grants": map[string]string{}, "inherits": []string{"high"}}, "If-Match", `"2"`)
		require.Equal(t, 409, a.status, a)
		a = ada.do("POST", "/roles/low/preview", map[string]any{"grants": map[string]string{}, "inherits": []string{"low"}})
		require.Equal(t, 409, a.status, a)
		a = ada.do("PUT", "/roles/low", map[string]any{"name": "Low", "grants": map[string]string{}, "inherits": []string{"emperor"}}, "If-Match", `"2"`)
		require.Equal(t, 422, a.status, a)
	})
	t.Run("a copy has the cells and the inheritance", func(t *testing.T) {
		a := ada.do("POST", "/roles", map[string]any{"name": "Copy", "copyOf": "high"})
		require.Equal(t, 201, a.status, a)
		var role struct {
			Grants    map[string]string `json:"grants"`
			Inherits  []string          `json:"inherits"`
			Effective map[string]string `json:"effective"`
		}
		a.into(t, &role)
		require.Equal(t, map[string]string{"asset:write": "all"}, role.Grants)
		require.Equal(t, []string{"low"}, role.Inherits)
		require.Equal(t, map[string]string{"asset:write": "all", "asset:read": "team"}, role.Effective)
	})
	t.Run("who is inherited from no more gives no more", func(t *testing.T) {
		a := ada.do("DELETE", "/roles/low", nil, "If-Match", `"2"`)
		require.Equal(t, 204, a.status, a)
		require.Equal(t, 403, mila.do("GET", "/assets", nil).status)
	})
}

func TestARoleEndsByItself(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	ada := h.setUp()
	user, mila := h.addUser(ada, "Mila", "employee")
	give := func(who userView, until map[string]any, roles ...string) answer {
		return ada.do("PUT", "/users/"+who.ID+"/roles", map[string]any{"roles": roles, "until": until}, "If-Match", h.user(ada, who.ID).etag())
	}
	end := h.clock.now().Add(time.Hour)
	a := give(user, map[string]any{"asset-manager": end}, "employee", "asset-manager")
	require.Equal(t, 200, a.status, a)
	require.Contains(t, string(a.body), `"rolesUntil":{"asset-manager":"`)
	require.JSONEq(t, `{"scope":"all"}`, string(mila.do("GET", "/assets", nil).body))
	require.Contains(t, ada.why(user.ID, "asset:write", "").Sentence, " until "+end.In(berlin(t)).Format("2 January 2006 15:04"))

	t.Run("what is saved without ends keeps them", func(t *testing.T) {
		h.assign(ada, user.ID, "asset-manager", "employee")
		require.Contains(t, string(ada.do("GET", "/users/"+user.ID, nil).body), `"rolesUntil":{"asset-manager":"`)
	})
	t.Run("it ends on the next request, on every replica, with nothing done", func(t *testing.T) {
		two := newReplica(t, h.db, h.clock)
		elsewhere := &browser{h: two, cookie: mila.cookie, ip: mila.ip}
		require.JSONEq(t, `{"scope":"all"}`, string(elsewhere.do("GET", "/assets", nil).body))
		h.clock.forward(time.Hour)
		require.JSONEq(t, `{"scope":"own"}`, string(mila.do("GET", "/assets", nil).body))
		require.JSONEq(t, `{"scope":"own"}`, string(elsewhere.do("GET", "/assets", nil).body))
		require.Equal(t, []string{"employee"}, h.user(ada, user.ID).Roles)
		require.Equal(t, "not-granted", ada.why(user.ID, "asset:write", "").Reason)
	})
	t.Run("it can be given again", func(t *testing.T) {
		require.Equal(t, 200, give(user, map[string]any{}, "employee", "asset-manager").status)
		require.JSONEq(t, `{"scope":"all"}`, string(mila.do("GET", "/assets", nil).body))
		h.clock.forward(24 * time.Hour)
		require.Equal(t, 401, mila.do("GET", "/assets", nil).status, "the session is over, the role is not")
		require.Equal(t, 200, mila.signIn(user.Email, password).status)
		require.JSONEq(t, `{"scope":"all"}`, string(mila.do("GET", "/assets", nil).body))
		require.Equal(t, 200, ada.signIn("ada@example.com", password).status)
	})
	t.Run("the end is in the future, and of a role that is given", func(t *testing.T) {
		require.Equal(t, 422, give(user, map[string]any{"employee": h.clock.now()}, "employee").status)
		a := give(user, map[string]any{"accountant": end.Add(time.Hour * 48)}, "employee")
		require.Equal(t, 422, a.status)
		require.Contains(t, string(a.body), "body.until.accountant")
	})
	t.Run("the last administrator's role cannot end, alone or together", func(t *testing.T) {
		var me struct {
			User userView `json:"user"`
		}
		ada.do("GET", "/me", nil).into(t, &me)
		until := map[string]any{"administrator": h.clock.now().Add(time.Hour)}
		a := give(me.User, until, "administrator")
		require.Equal(t, 409, a.status, a)
		require.Contains(t, string(a.body), "last-administrator")
		require.Equal(t, 200, give(user, until, "administrator").status)
		require.Equal(t, 409, give(me.User, until, "administrator").status, "two that both end are none")
		require.Equal(t, 200, give(user, map[string]any{}, "administrator").status)
		require.Equal(t, 200, give(me.User, until, "administrator").status)
	})
}

func TestADenialCannotTakeTheLastAdministrator(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	ada := h.setUp()
	var me struct {
		User userView `json:"user"`
	}
	ada.do("GET", "/me", nil).into(t, &me)
	a := ada.do("POST", "/roles", map[string]any{"name": "Locked", "grants": map[string]string{"asset:read": "deny"}})
	require.Equal(t, 201, a.status, a)
	h.assign(ada, me.User.ID, "administrator", "locked")
	a = ada.do("PUT", "/roles/locked", map[string]any{"name": "Locked", "grants": map[string]string{"user:manage": "deny"}}, "If-Match", `"1"`)
	require.Equal(t, 409, a.status, a)
	a = ada.do("POST", "/roles", map[string]any{"name": "Barred", "grants": map[string]string{"role:manage": "deny"}})
	require.Equal(t, 201, a.status, a)
	a = ada.do("PUT", "/users/"+me.User.ID+"/roles", map[string]any{"roles": []string{"administrator", "barred"},
		"until": map[string]any{"barred": h.clock.now().Add(time.Hour)}}, "If-Match", h.user(ada, me.User.ID).etag())
	require.Equal(t, 409, a.status, "nor for an hour: %s", a)

	err := h.db.Tx(t.Context(), func(_ context.Context, tx *database.Tx) error { // as another process would
		tx.Queue(`INSERT INTO casbin_rule (ptype, v0, v1, granted_by) VALUES ('g', $1, 'role:barred', 'test')`, "user:"+me.User.ID)
		tx.Queue(`UPDATE policy_version SET version = version + 1`)
		return nil
	})
	require.NoError(t, err)
	require.Equal(t, 403, ada.do("POST", "/roles", map[string]any{"name": "Any"}).status)
	_, err = h.module.Recover(t.Context(), "ada@example.com")
	require.NoError(t, err)
	require.Len(t, h.policy.Snapshot().WhoMayForGood(h.policy.Permissions()...), 1, "recover is the way back even from a denial")
}
