package module_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"erp/internal/platform/auth"
	"erp/internal/platform/fault"
	"erp/internal/platform/id"
	"erp/internal/platform/rbac"
)

// TestStanding: what goes on without the person may do what they may do by now, and nothing once they are gone.
func TestStanding(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	ada := h.setUp()
	mila, milas := h.addUser(ada, "Mila", "asset-manager")
	who, err := id.Parse[auth.User](mila.ID)
	require.NoError(t, err)
	standing := auth.NewStanding(h.db, h.policy, h.clock.now)
	scope := func(p auth.Principal) rbac.Scope {
		ctx, err := standing.Act(t.Context(), p, "asset.move")
		require.NoError(t, err)
		require.Equal(t, "Mila", auth.From(ctx).Name)
		return auth.ScopeOf(ctx, canRead)
	}
	person := auth.Principal{UserID: who, Kind: auth.KindUser, Method: auth.ByPassword}
	gone := func(p auth.Principal) {
		t.Helper()
		_, _, err := standing(t.Context(), p)
		require.True(t, fault.Is(err, fault.Forbidden), "%v", err)
	}
	require.Equal(t, rbac.All, scope(person))

	t.Run("a key's work ends with the key, and reaches no further than it", func(t *testing.T) {
		key := milas.newKey("own", "days", 1)
		which, err := id.Parse[auth.Key](key.ID)
		require.NoError(t, err)
		program := person
		program.Kind, program.KeyID = auth.KindKey, which
		require.Equal(t, rbac.Own, scope(program))
		foreign := program
		foreign.UserID = id.New[auth.User]()
		gone(foreign)
		require.Equal(t, 204, milas.do("DELETE", "/api-keys/"+key.ID, nil).status)
		gone(program)
		require.Equal(t, rbac.All, scope(person), "its owner goes on")
	})
	t.Run("a role that is taken away counts at once", func(t *testing.T) {
		ada.setRoles(h, mila.ID)
		require.Equal(t, rbac.None, scope(person))
		ada.setRoles(h, mila.ID, "asset-manager")
		require.Equal(t, rbac.All, scope(person))
	})
	t.Run("a role that asks for a second factor waits for one", func(t *testing.T) {
		_, err := h.db.Pool().Exec(t.Context(), `UPDATE role SET second_factor = true WHERE code = 'asset-manager'`)
		require.NoError(t, err)
		require.Equal(t, rbac.None, scope(person))
		vouched := person
		vouched.Method = auth.ByProvider
		require.Equal(t, rbac.All, scope(vouched))
		_, err = h.db.Pool().Exec(t.Context(), `UPDATE role SET second_factor = false`)
		require.NoError(t, err)
	})
	t.Run("a closed account does nothing more", func(t *testing.T) {
		user := h.user(ada, mila.ID)
		a := ada.do("PUT", "/users/"+mila.ID, map[string]any{"name": user.Name, "email": user.Email, "status": "disabled"}, "If-Match", user.etag())
		require.Equal(t, 200, a.status, a)
		gone(person)
		gone(auth.Principal{UserID: id.New[auth.User](), Kind: auth.KindUser, Since: time.Now()})
	})
}
