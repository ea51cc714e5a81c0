package module_test

import (
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"erp/internal/employee"
	"erp/internal/platform/fault"
	"erp/internal/platform/id"
	"erp/internal/platform/pgtest"
	"erp/internal/platform/rbac"
)

func TestRolesDecide(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	ada := h.setUp()
	user, mila := h.addUser(ada, "Mila", string(rbac.Employee))

	require.JSONEq(t, `{"scope":"own"}`, string(mila.do("GET", "/assets", nil).body))
	require.Equal(t, 403, mila.do("GET", "/users", nil).status)

	t.Run("a new role counts on the next request", func(t *testing.T) {
		user = h.user(ada, user.ID)
		a := ada.do("PUT", "/users/"+user.ID+"/roles", map[string]any{"roles": []string{"employee", "asset-manager"}}, "If-Match", user.etag())
		require.Equal(t, 200, a.status, a)
		require.JSONEq(t, `{"scope":"all"}`, string(mila.do("GET", "/assets", nil).body))
	})
	t.Run("the version seen must be named and current", func(t *testing.T) {
		body := map[string]any{"roles": []string{}}
		require.Equal(t, 428, ada.do("PUT", "/users/"+user.ID+"/roles", body).status)
		require.Equal(t, 412, ada.do("PUT", "/users/"+user.ID+"/roles", body, "If-Match", user.etag()).status)
	})
	t.Run("a role taken away is refused on the next request", func(t *testing.T) {
		user = h.user(ada, user.ID)
		a := ada.do("PUT", "/users/"+user.ID+"/roles", map[string]any{"roles": []string{}}, "If-Match", user.etag())
		require.Equal(t, 200, a.status, a)
		require.Equal(t, 403, mila.do("GET", "/assets", nil).status)
	})
	t.Run("an unknown role is told at its field", func(t *testing.T) {
		user = h.user(ada, user.ID)
		a := ada.do("PUT", "/users/"+user.ID+"/roles", map[string]any{"roles": []string{"emperor"}}, "If-Match", user.etag())
		require.Equal(t, 422, a.status)
		require.Contains(t, string(a.body), "body.roles")
	})
}

func TestAnotherReplicaDecidesByTheSamePolicy(t *testing.T) {
	t.Parallel()
	db, c := pgtest.New(t, "platform"), &clock{at: time.Now().UTC()}
	one, two := newReplica(t, db, c), newReplica(t, db, c)
	ada := one.setUp()
	user, mila := one.addUser(ada, "Mila", string(rbac.AssetManager))
	elsewhere := &browser{h: two, cookie: mila.cookie, ip: mila.ip}
	require.JSONEq(t, `{"scope":"all"}`, string(elsewhere.do("GET", "/assets", nil).body))

	user = one.user(ada, user.ID)
	require.Equal(t, 200, ada.do("PUT", "/users/"+user.ID+"/roles", map[string]any{"roles": []string{}}, "If-Match", user.etag()).status)
	require.Equal(t, 403, elsewhere.do("GET", "/assets", nil).status, "on the very next request, NOTIFY or not")
}

func TestReplicasFollowByNotify(t *testing.T) {
	t.Parallel()
	db, c := pgtest.New(t, "platform"), &clock{at: time.Now().UTC()}
	one, two := newReplica(t, db, c), newReplica(t, db, c)
	go two.policy.Watch(t.Context())
	ada := one.setUp()
	one.addUser(ada, "Mila", string(rbac.AssetManager))
	require.Eventually(t, func() bool { return two.policy.Snapshot().Version() == one.policy.Snapshot().Version() }, 5*time.Second, 5*time.Millisecond)
	require.Len(t, two.policy.Snapshot().Holders(rbac.AssetManager), 1)
}

func TestTheLastAdministratorCannotBeLost(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	ada := h.setUp()
	var me struct {
		User userView `json:"user"`
	}
	ada.do("GET", "/me", nil).into(t, &me)
	path := "/users/" + me.User.ID

	a := ada.do("PUT", path+"/roles", map[string]any{"roles": []string{"employee"}}, "If-Match", me.User.etag())
	require.Equal(t, 409, a.status, a)
	require.Contains(t, string(a.body), "last-administrator")
	a = ada.do("PUT", path, map[string]any{"name": "Ada", "email": "ada@example.com", "status": "disabled"}, "If-Match", me.User.etag())
	require.Equal(t, 409, a.status, a)

	leaver := id.New[employee.Employee]()
	a = ada.do("PUT", path, map[string]any{"name": "Ada", "email": "ada@example.com", "status": "active", "employeeId": leaver}, "If-Match", me.User.etag())
	require.Equal(t, 200, a.status, a)
	err := h.module.Access().Revoke(t.Context(), leaver)
	require.Equal(t, fault.Conflict, fault.KindOf(err), "%v", err)
	require.Equal(t, 200, ada.do("GET", "/me", nil).status, "and nothing of it was done")

	a = ada.do("PUT", "/roles/administrator", map[string]any{"name": "Administrator", "grants": map[string]string{}}, "If-Match", `"1"`)
	require.Equal(t, 409, a.status, a)
}

// TestAnAdministratorWhoNeverCameIsNotTheLast: the password that somebody else chose for them ends by itself.
func TestAnAdministratorWhoNeverCameIsNotTheLast(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	ada := h.setUp()
	var me struct {
		User userView `json:"user"`
	}
	ada.do("GET", "/me", nil).into(t, &me)
	a := ada.do("POST", "/users", map[string]any{"name": "Bo", "email": "bo@example.com", "password": password2, "roles": []string{"administrator"}})
	require.Equal(t, 201, a.status, a)
	var bo userView
	a.into(t, &bo)
	leave := func() answer {
		return ada.do("PUT", "/users/"+me.User.ID+"/roles", map[string]any{"roles": []string{"employee"}}, "If-Match", h.user(ada, me.User.ID).etag())
	}
	refused := leave()
	require.Equal(t, 409, refused.status, refused)
	require.Contains(t, string(refused.body), "last-administrator")
	require.Equal(t, 409, ada.do("PUT", "/users/"+me.User.ID, map[string]any{"name": "Ada", "email": "ada@example.com", "status": "disabled"}, "If-Match", h.user(ada, me.User.ID).etag()).status)
	require.Equal(t, 409, ada.do("POST", "/roles/administrator/members", map[string]any{"take": []string{me.User.ID}}).status)

	bos := h.browser()
	require.Equal(t, 200, bos.signIn("bo@example.com", password2).status)
	require.Equal(t, 200, bos.do("POST", "/me/password", map[string]any{"current": password2, "new": password}).status)
	t.Run("two who reset each other's password at once do not lock each other out", func(t *testing.T) {
		statuses := make(chan int, 2)
		go func() {
			statuses <- ada.do("PUT", "/users/"+bo.ID+"/password", map[string]any{"password": password2}).status
		}()
		go func() {
			statuses <- bos.do("PUT", "/users/"+me.User.ID+"/password", map[string]any{"password": password2}).status
		}()
		got := []int{<-statuses, <-statuses}
		require.Contains(t, got, 200)
		require.NotEqual(t, []int{200, 200}, got)
	})
}

func TestTheLastAdministratorLeavesToWhoCame(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	ada := h.setUp()
	h.addUser(ada, "Bo", "administrator")
	var me struct {
		User userView `json:"user"`
	}
	ada.do("GET", "/me", nil).into(t, &me)
	require.Equal(t, 200, ada.do("PUT", "/users/"+me.User.ID+"/roles", map[string]any{"roles": []string{"employee"}}, "If-Match", h.user(ada, me.User.ID).etag()).status)
}

func TestAHundredAdministratorsRemovedAtOnceLeaveOne(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	ada := h.setUp()
	ids := manyAdministrators(t, h, 99)
	var me struct {
		User userView `json:"user"`
	}
	ada.do("GET", "/me", nil).into(t, &me)
	ids = append(ids, me.User.ID)

	var wait sync.WaitGroup
	statuses := make([]int, len(ids))
	for i, user := range ids {
		version := `"1"`
		wait.Go(func() {
			switch i % 3 { // by every path at once
			case 0:
				statuses[i] = ada.do("PUT", "/users/"+user+"/roles", map[string]any{"roles": []string{}}, "If-Match", version).status
			case 1:
				statuses[i] = ada.do("PUT", "/users/"+user, map[string]any{"name": "X", "email": "x" + user + "@example.com", "status": "disabled"}, "If-Match", version).status
			default:
				statuses[i] = 200
				who, err := id.Parse[employee.Employee](user)
				if err != nil || h.module.Access().Revoke(t.Context(), who) != nil {
					statuses[i] = 409
				}
			}
		})
	}
	wait.Wait()
	var left int
	require.NoError(t, h.db.Pool().QueryRow(t.Context(), `
		SELECT count(*) FROM casbin_rule JOIN user_account u ON v0 = 'user:' || u.id WHERE ptype = 'g' AND v1 = 'role:administrator' AND u.status = 'active'`).Scan(&left))
	require.GreaterOrEqual(t, left, 1, statuses)
	refused := 0
	for _, s := range statuses {
		if s != 200 {
			refused++
		}
		require.Contains(t, []int{200, 401, 403, 409}, s)
	}
	require.GreaterOrEqual(t, refused, 1)
}

// manyAdministrators are written directly, since hashing a hundred passwords proves nothing here. Each is also the
// employee of the same id.
func manyAdministrators(t *testing.T, h *house, n int) []string {
	t.Helper()
	var ids []string
	for i := range n {
		user := id.New[employee.Employee]().String()
		_, err := h.db.Pool().Exec(t.Context(), `
			INSERT INTO user_account (id, name, email, employee_id, password_hash, status, created_at, updated_at)
			VALUES ($1, $2, $3, $1, '', 'active', now(), now())`, user, fmt.Sprintf("Admin %d", i), fmt.Sprintf("a%d@example.com", i))
		require.NoError(t, err)
		_, err = h.db.Pool().Exec(t.Context(), `INSERT INTO casbin_rule (ptype, v0, v1, granted_by) VALUES ('g', $1, 'role:administrator', 'test')`, "user:"+user)
		require.NoError(t, err)
		ids = append(ids, user)
	}
	_, err := h.db.Pool().Exec(t.Context(), `UPDATE policy_version SET version = version + 1`)
	require.NoError(t, err)
	return ids
}

// TestNobodyBecomesSomebodyElse: whoever manages accounts would else read another person's pay as their own.
func TestNobodyBecomesSomebodyElse(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	ada := h.setUp()
	a := ada.do("POST", "/roles", map[string]any{"name": "Help desk", "grants": map[string]any{"user:read": "all", "user:manage": "all"}})
	require.Equal(t, 201, a.status, a)
	var role struct{ Code string }
	a.into(t, &role)
	user, desk := h.addUser(ada, "Desk", role.Code, "employee")
	boss := id.New[employee.Employee]()
	as := func(who *browser, behind any) answer {
		body := map[string]any{"name": "Desk", "email": "desk@example.com", "status": "active"}
		if behind != nil {
			body["employeeId"] = behind
		}
		return who.do("PUT", "/users/"+user.ID, body, "If-Match", h.user(ada, user.ID).etag())
	}
	refused := as(desk, boss)
	require.Equal(t, 403, refused.status, refused)
	require.Contains(t, string(refused.body), "body.employeeId")
	require.Equal(t, 200, as(desk, nil).status, "their name and address they may")
	require.Equal(t, 200, as(ada, boss).status)
	require.Equal(t, 200, as(desk, boss).status, "as it is")
	require.Equal(t, 403, as(desk, nil).status)
}

func TestALeaverLosesAccessAtOnce(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	ada := h.setUp()
	leaver := id.New[employee.Employee]()
	a := ada.do("POST", "/users", map[string]any{"name": "Lee", "email": "lee@example.com", "password": password2, "roles": []string{"employee"}, "employeeId": leaver})
	require.Equal(t, 201, a.status, a)
	lee := h.browser()
	require.Equal(t, 200, lee.signIn("lee@example.com", password2).status)

	step := h.module.OffboardingStep()
	require.NoError(t, step.Do(t.Context(), leaver))
	require.NoError(t, step.Do(t.Context(), leaver), "twice is once")
	require.Equal(t, 401, lee.do("GET", "/me", nil).status)
	require.Equal(t, 401, h.browser().signIn("lee@example.com", password2).status)

	require.NoError(t, step.Undo(t.Context(), leaver))
	require.NoError(t, step.Undo(t.Context(), leaver))
	require.Equal(t, 401, lee.do("GET", "/me", nil).status, "ended sessions stay ended")
	require.Equal(t, 200, lee.signIn("lee@example.com", password2).status)

	require.NoError(t, step.Do(t.Context(), id.New[employee.Employee]()), "somebody without an account has nothing to lose")
}

func TestUsers(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	ada := h.setUp()
	user, mila := h.addUser(ada, "Mila", string(rbac.Employee))
	h.addUser(ada, "Émile", string(rbac.Accountant))

	t.Run("the list finds, filters, sorts and pages", func(t *testing.T) {
		var list struct {
			Items []userView `json:"items"`
			Next  string     `json:"next"`
			Total int        `json:"total"`
		}
		names := func(query string) string {
			t.Helper()
			list.Items, list.Next = nil, ""
			a := ada.do("GET", "/users?"+query, nil)
			require.Equal(t, 200, a.status, a)
			a.into(t, &list)
			var out []string
			for _, u := range list.Items {
				out = append(out, u.Name)
			}
			return strings.Join(out, ",")
		}
		require.Equal(t, "Ada Admin,Émile,Mila", names("count=true"))
		require.Equal(t, 3, list.Total)
		require.Equal(t, "Mila", names("q=mil&role=employee"))
		require.Equal(t, "Émile", names("role=accountant"))
		require.Empty(t, names("status=disabled"))
		require.Equal(t, "Mila,Émile", names("sort=-name&limit=2"))
		require.Equal(t, "Ada Admin", names("sort=-name&limit=2&cursor="+list.Next))
		require.Equal(t, 422, ada.do("GET", "/users?sort=shoe", nil).status)
		require.Equal(t, 422, ada.do("GET", "/users?cursor=nonsense", nil).status)
	})
	t.Run("an address belongs to one person", func(t *testing.T) {
		a := ada.do("POST", "/users", map[string]any{"name": "M", "email": "MILA@example.com", "password": password2, "roles": []string{}})
		require.Equal(t, 422, a.status, a)
		require.Contains(t, string(a.body), "body.email")
	})
	t.Run("closing an account ends its sessions, and keeps it for the trail", func(t *testing.T) {
		user = h.user(ada, user.ID)
		a := ada.do("PUT", "/users/"+user.ID, map[string]any{"name": "Mila", "email": user.Email, "status": "disabled"}, "If-Match", user.etag())
		require.Equal(t, 200, a.status, a)
		require.Equal(t, 401, mila.do("GET", "/me", nil).status)
		require.Equal(t, 401, mila.signIn(user.Email, password).status)
		user = h.user(ada, user.ID)
		a = ada.do("PUT", "/users/"+user.ID, map[string]any{"name": "Mila", "email": user.Email, "status": "active"}, "If-Match", user.etag())
		require.Equal(t, 200, a.status, a)
		require.Equal(t, 200, mila.signIn(user.Email, password).status)
	})
	t.Run("a reset password must be changed", func(t *testing.T) {
		require.Equal(t, 200, ada.do("PUT", "/users/"+user.ID+"/password", map[string]any{"password": password2}).status)
		require.Equal(t, 401, mila.do("GET", "/me", nil).status)
		require.Equal(t, 200, mila.signIn(user.Email, password2).status)
		require.Equal(t, 403, mila.do("GET", "/assets", nil).status)
	})
	t.Run("creating twice with one key is one account", func(t *testing.T) {
		body := map[string]any{"name": "Uma", "email": "uma@example.com", "password": password2, "roles": []string{}}
		one, two := ada.do("POST", "/users", body, "Idempotency-Key", "k-1"), ada.do("POST", "/users", body, "Idempotency-Key", "k-1")
		require.Equal(t, 201, one.status, one)
		require.Equal(t, 201, two.status, two)
		require.Equal(t, "true", two.header.Get("Idempotent-Replayed"))
	})
}

func TestNobodyGivesMoreThanTheyHave(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	ada := h.setUp()
	a := ada.do("POST", "/roles", map[string]any{"name": "Help desk", "grants": map[string]string{"user:read": "all", "user:manage": "all", "role:manage": "all", "role:read": "all"}})
	require.Equal(t, 201, a.status, a)
	user, helper := h.addUser(ada, "Hal", "help-desk")
	user = h.user(ada, user.ID)

	a = helper.do("PUT", "/users/"+user.ID+"/roles", map[string]any{"roles": []string{"administrator"}}, "If-Match", user.etag())
	require.Equal(t, 403, a.status, a)
	a = helper.do("POST", "/users", map[string]any{"name": "Evil", "email": "evil@example.com", "password": password2, "roles": []string{"administrator"}})
	require.Equal(t, 403, a.status, a)
	var me struct {
		User userView `json:"user"`
	}
	ada.do("GET", "/me", nil).into(t, &me)
	a = helper.do("PUT", "/users/"+me.User.ID+"/password", map[string]any{"password": password2})
	require.Equal(t, 403, a.status, "taking an administrator's account over is no way either")
	a = helper.do("PUT", "/roles/help-desk", map[string]any{"name": "Help desk", "grants": map[string]string{"audit:read": "all"}}, "If-Match", `"1"`)
	require.Equal(t, 403, a.status, a)
	a = helper.do("POST", "/users", map[string]any{"name": "Nia", "email": "nia@example.com", "password": password2, "roles": []string{}})
	require.Equal(t, 201, a.status, a)
}

func TestRecover(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	ada := h.setUp()
	user, mila := h.addUser(ada, "Mila")
	for range 12 {
		h.browser().signIn(user.Email, "guess")
	}
	require.Equal(t, 429, mila.signIn(user.Email, password).status)

	once, err := h.module.Recover(t.Context(), "MILA@example.com")
	require.NoError(t, err)
	require.Equal(t, 200, mila.signIn(user.Email, once).status, "the way back is not barred by guessing")
	require.Equal(t, 200, mila.do("POST", "/me/password", map[string]any{"current": once, "new": password}).status)
	require.Equal(t, 200, mila.do("GET", "/users", nil).status)
	_, err = h.module.Recover(t.Context(), "nobody@example.com")
	require.Equal(t, fault.NotFound, fault.KindOf(err))

	made, err := h.module.CreateAdministrator(t.Context(), "Root", "root@example.com", password)
	require.NoError(t, err)
	require.Equal(t, []string{"administrator"}, made.Roles)
	require.Equal(t, 200, h.browser().signIn("root@example.com", password).status)
}
