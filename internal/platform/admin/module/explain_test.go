package module_test

import (
	"context"
	"net/url"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"erp/internal/platform/auth"
	"erp/internal/platform/fault"
	"erp/internal/platform/rbac"
)

// standing is an asset for the test: whose it is, and who may see it as their team's.
type standing struct {
	label       string
	owner, lead auth.UserID
}

// assetsOf stands for the records of a business module.
func assetsOf(h *house) auth.Records {
	return auth.Records{Kind: "asset", See: canRead, Find: func(ctx context.Context, id string) (string, error) {
		a, known := h.assets[id]
		me, scope := auth.From(ctx).UserID, auth.ScopeOf(ctx, canRead)
		within := scope == rbac.All || (scope >= rbac.Own && a.owner == me) || (scope >= rbac.Team && a.lead == me)
		if !known || !within {
			return "", fault.New(fault.NotFound, "no-such-asset", "There is no such asset.")
		}
		return a.label, nil
	}}
}

type explanation struct {
	Allowed  bool   `json:"allowed"`
	Sentence string `json:"sentence"`
	Reason   string `json:"reason"`
	Reach    string `json:"reach"`
	Needs    string `json:"needs"`
}

func (b *browser) why(user, permission, record string) explanation {
	b.h.t.Helper()
	a := b.do("GET", "/users/"+user+"/explanation?"+url.Values{"permission": {permission}, "recordId": {record}}.Encode(), nil)
	require.Equal(b.h.t, 200, a.status, a)
	var e explanation
	a.into(b.h.t, &e)
	return e
}

func TestExplain(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	ada := h.setUp()
	mila, milas := h.addUser(ada, "Mila", "employee")
	other, _ := h.addUser(ada, "Otto")
	today := h.clock.now().In(berlin(t)).Format("2 January 2006")
	own, theirs := "own", "theirs"
	h.assets = map[string]standing{
		own:    {label: "LT-1 Laptop", owner: userID(t, mila)},
		theirs: {label: "LT-2 Laptop", owner: userID(t, other)},
	}

	t.Run("what is granted names the role, who gave it and when, and what would end it", func(t *testing.T) {
		require.Equal(t, explanation{true,
			`Mila is allowed "See assets" with LT-1 Laptop: it reaches one's own through the role Employee, given by Ada Admin on ` + today +
				`; it ends when Employee is taken away or narrowed.`, "granted", "own", "own"}, ada.why(mila.ID, "asset:read", own))
	})
	t.Run("what reaches too little says what would do", func(t *testing.T) {
		require.Equal(t, explanation{false,
			`Mila is refused "See assets" with LT-2 Laptop: it reaches only one's own, through the role Employee, given by Ada Admin on ` + today +
				`, and would have to reach everything; give the role Asset manager, or widen Employee to all, or link the account to an employee.`,
			"too-narrow", "own", "all"}, ada.why(mila.ID, "asset:read", theirs))
	})
	t.Run("what no role grants names one that does", func(t *testing.T) {
		require.Equal(t, explanation{false, `Mila is refused "Change assets": none of the roles held (Employee) grants it; give the role Asset manager.`,
			"not-granted", "none", "own"}, ada.why(mila.ID, "asset:write", ""))
		require.Equal(t, `Otto is refused "See assets": none of the roles held (there are none) grants it; give the role Employee.`,
			ada.why(other.ID, "asset:read", "").Sentence)
	})
	t.Run("a denial names the role that denies, by whom, and outweighs every grant", func(t *testing.T) {
		a := ada.do("POST", "/roles", map[string]any{"name": "Contractor", "grants": map[string]string{"asset:read": "deny"}, "inherits": []string{"asset-manager"}})
		require.Equal(t, 201, a.status, a)
		h.assign(ada, mila.ID, "employee", "contractor")
		e := ada.why(mila.ID, "asset:read", own)
		require.Equal(t, `Mila is refused "See assets": it is denied by the role Contractor (so decided by Ada Admin on `+today+`), given by Ada Admin on `+today+
			`; take Contractor away, or lift the denial in Contractor.`, e.Sentence)
		require.Equal(t, 403, milas.do("GET", "/assets", nil).status)
		inherited := ada.why(mila.ID, "asset:write", "")
		require.Contains(t, inherited.Sentence, "through the role Contractor, which inherits from Asset manager, given by Ada Admin")
		h.assign(ada, mila.ID, "employee")
	})
	t.Run("a closed account and a password that is due come first", func(t *testing.T) {
		closed, _ := h.addUser(ada, "Carl", "asset-manager")
		closed = h.user(ada, closed.ID)
		a := ada.do("PUT", "/users/"+closed.ID, map[string]any{"name": "Carl", "email": closed.Email, "status": "disabled"}, "If-Match", closed.etag())
		require.Equal(t, 200, a.status, a)
		require.Equal(t, `Carl is refused "See assets": the account is closed; open the account.`, ada.why(closed.ID, "asset:read", "").Sentence)
		a = ada.do("POST", "/users", map[string]any{"name": "Nia", "email": "nia@example.com", "password": password2, "roles": []string{"asset-manager"}})
		require.Equal(t, 201, a.status, a)
		var fresh userView
		a.into(t, &fresh)
		require.Equal(t, "password-due", ada.why(fresh.ID, "asset:read", "").Reason)
	})
	t.Run("wrong questions are told at their field", func(t *testing.T) {
		for query, says := range map[string]string{
			"permission=emperor:rule":            "query.permission",
			"":                                   "query.permission",
			"permission=user:read&recordId=x":    "query.recordId",
			"permission=asset:read&recordId=%00": "query.recordId",
			"permission=asset:read&recordId=x&shoe=11": "query.shoe",
		} {
			a := ada.do("GET", "/users/"+mila.ID+"/explanation?"+query, nil)
			require.Equal(t, 422, a.status, a)
			require.Contains(t, string(a.body), says)
		}
		require.Equal(t, 404, ada.do("GET", "/users/"+mila.ID+"/explanation?permission=asset:read&recordId=unknown", nil).status)
	})
	t.Run("only those who see roles may ask, and about others only those who see users", func(t *testing.T) {
		path := "/explanation?permission=asset:read"
		require.Equal(t, 403, milas.do("GET", "/users/"+mila.ID+path, nil).status)
		a := ada.do("POST", "/roles", map[string]any{"name": "Reader", "grants": map[string]string{"role:read": "all"}})
		require.Equal(t, 201, a.status, a)
		h.assign(ada, mila.ID, "employee", "reader")
		require.Equal(t, 200, milas.do("GET", "/users/"+mila.ID+path, nil).status)
		require.Equal(t, 403, milas.do("GET", "/users/"+other.ID+path, nil).status)
		require.Equal(t, 404, milas.do("GET", "/users/"+mila.ID+path+"&recordId="+theirs, nil).status, "a record they may not see stays unknown to them")
	})
	t.Run("a 403 says the same sentence to those who may know, and no more to others", func(t *testing.T) {
		a := milas.do("GET", "/users", nil)
		require.Equal(t, 403, a.status)
		var problem struct {
			Detail string `json:"detail"`
		}
		a.into(t, &problem)
		require.Equal(t, ada.why(mila.ID, "user:read", "").Sentence, problem.Detail)
		h.assign(ada, mila.ID, "employee")
		milas.do("GET", "/users", nil).into(t, &problem)
		require.Equal(t, `You may not do this. It needs the permission "See who can sign in, and their sessions".`, problem.Detail)
	})
}

func TestExplanationAgreesWithTheDecision(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	ada := h.setUp()
	for _, role := range []map[string]any{
		{"name": "Base", "grants": map[string]string{"asset:read": "own", "user:read": "all"}},
		{"name": "Middle", "grants": map[string]string{"asset:read": "team"}, "inherits": []string{"base"}},
		{"name": "Top", "grants": map[string]string{"asset:write": "all"}, "inherits": []string{"middle"}},
		{"name": "Blocked", "grants": map[string]string{"user:read": "deny"}, "inherits": []string{"top"}},
	} {
		a := ada.do("POST", "/roles", role)
		require.Equal(t, 201, a.status, a)
	}
	for _, roles := range [][]string{{}, {"base"}, {"middle"}, {"top"}, {"blocked"}, {"blocked", "administrator"}, {"base", "top"}} {
		user, _ := h.addUser(ada, "U"+time.Now().Format("150405.000000000"), roles...)
		for _, permission := range h.policy.Permissions() {
			want := h.policy.Rights(rbac.Person(userID(t, user))).Scope(permission.Code)
			require.Equal(t, want.String(), ada.why(user.ID, permission.Code, "").Reach, "%v %s", roles, permission.Code)
		}
	}
}

func berlin(t *testing.T) *time.Location {
	t.Helper()
	zone, err := time.LoadLocation("Europe/Berlin")
	require.NoError(t, err)
	return zone
}

func userID(t *testing.T, u userView) auth.UserID {
	t.Helper()
	parsed, err := idOf(u.ID)
	require.NoError(t, err)
	return parsed
}
