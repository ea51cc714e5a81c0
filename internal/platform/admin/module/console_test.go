package module_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"image"
	"image/png"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"erp/internal/platform/admin/module"
	"erp/internal/platform/fault"
	"erp/internal/platform/pgtest"
	"erp/internal/platform/rbac"
)

type roleView struct {
	Code    string            `json:"code"`
	BuiltIn bool              `json:"builtIn"`
	Members int               `json:"members"`
	Grants  map[string]string `json:"grants"`
	Version int               `json:"version"`
}

func TestRoles(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	ada := h.setUp()
	var list struct {
		Items []roleView `json:"items"`
	}
	ada.do("GET", "/roles", nil).into(t, &list)
	var codes []string
	for _, r := range list.Items {
		codes = append(codes, r.Code)
		require.True(t, r.BuiltIn)
	}
	require.Equal(t, words(rbac.BuiltIn()), codes)
	require.Equal(t, map[string]string{"asset:read": "own"}, list.Items[5].Grants)
	require.Equal(t, 1, list.Items[0].Members)

	a := ada.do("POST", "/roles", map[string]any{"name": "Store keeper", "copyOf": "asset-manager",
		"grants": map[string]string{"asset:read": "team", "api-key:manage": "none"}})
	require.Equal(t, 201, a.status, a)
	var role roleView
	a.into(t, &role)
	require.Equal(t, map[string]string{"asset:read": "team", "asset:write": "all"}, role.Grants)
	require.Equal(t, 422, ada.do("POST", "/roles", map[string]any{"name": "Store Keeper"}).status)

	user, mila := h.addUser(ada, "Mila", "store-keeper")
	require.JSONEq(t, `{"scope":"team"}`, string(mila.do("GET", "/assets", nil).body))

	t.Run("a preview tells who gains and loses what, and changes nothing", func(t *testing.T) {
		a := ada.do("POST", "/roles/store-keeper/preview", map[string]any{"grants": map[string]string{"asset:read": "all"}})
		require.Equal(t, 200, a.status, a)
		require.JSONEq(t, `{"people":1,"changes":[
			{"userId":"`+user.ID+`","name":"Mila","permission":"asset:read","from":"team","to":"all"},
			{"userId":"`+user.ID+`","name":"Mila","permission":"asset:write","from":"all","to":"none"}]}`, string(a.body))
		require.JSONEq(t, `{"scope":"team"}`, string(mila.do("GET", "/assets", nil).body))
	})
	t.Run("a change counts at once", func(t *testing.T) {
		a := ada.do("PUT", "/roles/store-keeper", map[string]any{"name": "Store keeper", "grants": map[string]string{"asset:read": "all"}}, "If-Match", `"1"`)
		require.Equal(t, 200, a.status, a)
		require.JSONEq(t, `{"scope":"all"}`, string(mila.do("GET", "/assets", nil).body))
	})
	t.Run("wrong grants are told at their fields, all at once", func(t *testing.T) {
		a := ada.do("PUT", "/roles/store-keeper", map[string]any{"name": "S K", "grants": map[string]string{"asset:write": "own", "moon:fly": "all"}}, "If-Match", `"2"`)
		require.Equal(t, 422, a.status, a)
		require.Contains(t, string(a.body), "body.grants.asset:write")
		a = ada.do("PUT", "/roles/store-keeper", map[string]any{"name": "S K", "grants": map[string]string{"asset:read": "galaxy"}}, "If-Match", `"2"`)
		require.Equal(t, 422, a.status, a)
	})
	t.Run("built-in roles keep their names and stay", func(t *testing.T) {
		a := ada.do("PUT", "/roles/employee", map[string]any{"name": "Serf", "grants": map[string]string{}}, "If-Match", `"1"`)
		require.Equal(t, 409, a.status, a)
		require.Equal(t, 409, ada.do("DELETE", "/roles/employee", nil, "If-Match", `"1"`).status)
		require.Equal(t, 404, ada.do("GET", "/roles/emperor", nil).status)
	})
	t.Run("a removed role is refused on the next request", func(t *testing.T) {
		require.Equal(t, 204, ada.do("DELETE", "/roles/store-keeper", nil, "If-Match", `"2"`).status)
		require.Equal(t, 403, mila.do("GET", "/assets", nil).status)
	})
}

func words(roles []rbac.Role) []string {
	var out []string
	for _, r := range roles {
		out = append(out, string(r))
	}
	return out
}

func TestBuiltInRolesFollowLaterVersions(t *testing.T) {
	t.Parallel()
	db := pgtest.New(t, "platform")
	start := func(permissions ...rbac.Permission) *rbac.Policy {
		policy, err := rbac.New(db, permissions, time.Now)
		require.NoError(t, err)
		require.NoError(t, policy.Start(t.Context()))
		return policy
	}
	scopes := []rbac.Scope{rbac.Own, rbac.Team, rbac.All}
	read := rbac.Permission{Code: "thing:read", Scopes: scopes, Default: rbac.Grants{rbac.Employee: rbac.Own, rbac.Manager: rbac.Own}}
	h := newReplica(t, db, &clock{at: time.Now().UTC()})
	ada := h.setUp()
	start(read)
	ada.h = newVersion(t, db, h.clock, append(module.Permissions(), read))

	a := ada.do("PUT", "/roles/employee", map[string]any{"name": "Employee", "grants": map[string]string{"thing:read": "all"}}, "If-Match", `"1"`)
	require.Equal(t, 200, a.status, a)

	read.Default = rbac.Grants{rbac.Employee: rbac.Team, rbac.Manager: rbac.Team}
	write := rbac.Permission{Code: "thing:write", Default: rbac.Grants{rbac.Employee: rbac.All}}
	later := start(read, write).Snapshot()
	require.Equal(t, rbac.All, later.RoleRights(rbac.Employee).Scope("thing:read"), "the company decided so")
	require.Equal(t, rbac.Team, later.RoleRights(rbac.Manager).Scope("thing:read"), "nobody touched this one")
	require.Equal(t, rbac.All, later.RoleRights(rbac.Employee).Scope("thing:write"), "a new permission arrives")
	require.Equal(t, rbac.All, later.RoleRights(rbac.Administrator).Scope("thing:write"))
	version := later.Version()
	require.Equal(t, version, start(read, write).Snapshot().Version(), "the next start changes nothing")
}

func TestCompany(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	_, err := h.module.Company().Profile(t.Context())
	require.Equal(t, fault.NotFound, fault.KindOf(err))
	ada := h.setUp()
	_, mila := h.addUser(ada, "Mila", string(rbac.Employee))

	settings := map[string]any{"name": "Northwind", "legalName": "Northwind GmbH", "line1": "Hafen 1", "postalCode": "20457", "city": "Hamburg",
		"country": "DE", "currency": "EUR", "iban": "de89 3704 0044 0532 0130 00", "timeZone": "Europe/Berlin", "language": "de"}
	require.Equal(t, 403, mila.do("PUT", "/company", settings, "If-Match", `"1"`).status)
	a := ada.do("PUT", "/company", settings, "If-Match", `"1"`)
	require.Equal(t, 200, a.status, a)
	require.Equal(t, `"2"`, a.header.Get("ETag"))
	require.Equal(t, 412, ada.do("PUT", "/company", settings, "If-Match", `"1"`).status)
	settings["iban"] = "DE89370400440532013001"
	a = ada.do("PUT", "/company", settings, "If-Match", `"2"`)
	require.Equal(t, 422, a.status)
	require.Contains(t, string(a.body), "body.iban")

	t.Run("the logo is what it is, not what it is called", func(t *testing.T) {
		var picture bytes.Buffer
		require.NoError(t, png.Encode(&picture, image.NewGray(image.Rect(0, 0, 40, 20))))
		require.Equal(t, 404, mila.do("GET", "/company/logo", nil).status)
		a := ada.do("PUT", "/company/logo", []byte("<svg onload=alert(1)>"), "If-Match", `"2"`)
		require.Equal(t, 422, a.status, a)
		a = ada.do("PUT", "/company/logo", picture.Bytes(), "If-Match", `"2"`)
		require.Equal(t, 200, a.status, a)
		a = mila.do("GET", "/company/logo", nil)
		require.Equal(t, 200, a.status)
		require.Equal(t, "image/png", a.header.Get("Content-Type"))
		require.Equal(t, picture.Bytes(), a.body)
		profile, err := h.module.Company().Profile(t.Context())
		require.NoError(t, err)
		require.Equal(t, picture.Bytes(), profile.Logo)
		require.Equal(t, []string{"Hafen 1", "20457 Hamburg"}, profile.AddressLines())
		require.Equal(t, 200, ada.do("DELETE", "/company/logo", nil, "If-Match", `"3"`).status)
		require.Equal(t, 404, mila.do("GET", "/company/logo", nil).status)
	})
}

func TestAudit(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	ada := h.setUp()
	user, mila := h.addUser(ada, "Mila", string(rbac.Employee))
	ada.do("POST", "/roles", map[string]any{"name": "=cmd|x", "description": ""})
	user = h.user(ada, user.ID)
	require.Equal(t, 200, ada.do("PUT", "/users/"+user.ID+"/roles", map[string]any{"roles": []string{"manager"}}, "If-Match", user.etag()).status)
	require.Equal(t, 403, mila.do("GET", "/audit", nil).status)
	require.Equal(t, 403, mila.do("GET", "/audit/export", nil).status)

	type entry struct {
		Action, Subject, Label, ActorName, IP string
		Before, After                         map[string]any
	}
	list := func(query string) ([]entry, string) {
		t.Helper()
		a := ada.do("GET", "/audit?"+query, nil)
		require.Equal(t, 200, a.status, a)
		require.NotContains(t, string(a.body), "argon2id", "no secret stands in the trail")
		var out struct {
			Items []entry `json:"items"`
			Next  string  `json:"next"`
		}
		a.into(t, &out)
		return out.Items, out.Next
	}
	all, _ := list("")
	require.Equal(t, "user.assign-roles", all[0].Action)
	require.Equal(t, "Mila", all[0].Label)
	require.Equal(t, "Ada Admin", all[0].ActorName)
	require.Equal(t, "192.0.2.1", all[0].IP)
	require.Equal(t, []any{"employee"}, all[0].Before["roles"])
	require.Equal(t, []any{"manager"}, all[0].After["roles"])
	require.Equal(t, "company.set-up", all[len(all)-1].Action)

	some, _ := list("action=user.&subjectId=" + user.ID)
	require.Len(t, some, 3, "created, password changed, roles given")
	first, next := list("limit=2")
	second, _ := list("limit=2&cursor=" + next)
	require.Equal(t, all[:4], append(first, second...))
	none, _ := list("to=" + url.QueryEscape(h.clock.now().Add(-time.Hour).Format(time.RFC3339)))
	require.Empty(t, none)

	a := ada.do("GET", "/audit/export?action=role.create", nil)
	require.Equal(t, 200, a.status)
	require.True(t, strings.HasPrefix(a.header.Get("Content-Type"), "text/csv"))
	require.Contains(t, string(a.body), "'=cmd|x", "a spreadsheet computes nothing")

	a = ada.do("GET", "/audit/export?format=jsonl", nil)
	require.Equal(t, 200, a.status)
	require.True(t, strings.HasPrefix(a.header.Get("Content-Type"), "application/x-ndjson"))
	require.Contains(t, a.header.Get("Content-Disposition"), "audit.jsonl")
	lines := strings.Split(strings.TrimSpace(string(a.body)), "\n")
	require.Len(t, lines, len(all), "each entry is a line")
	var newest struct{ Action, ActorName, RequestID string }
	require.NoError(t, json.Unmarshal([]byte(lines[0]), &newest))
	require.Equal(t, "user.assign-roles", newest.Action)
	require.Equal(t, "Ada Admin", newest.ActorName)
	require.Equal(t, 422, ada.do("GET", "/audit/export?format=xml", nil).status)

	for _, q := range []string{"mila", user.ID, newest.RequestID} {
		found, _ := list("q=" + url.QueryEscape(q))
		require.NotEmpty(t, found, q)
		require.Equal(t, "Mila", found[0].Label)
	}
	found, _ := list("q=" + url.QueryEscape("100%_"))
	require.Empty(t, found)
}

func TestDeadLetters(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	ada := h.setUp()
	_, mila := h.addUser(ada, "Mila", string(rbac.Employee))
	dead := func() (id int64) {
		err := h.db.Pool().QueryRow(t.Context(), `
			INSERT INTO river_job (args, kind, attempt, attempted_at, created_at, errors, finalized_at, max_attempts, queue, state)
			VALUES ('{"name":"deliver-event","payload":{"name":"employee.left.v1","subscriber":"admin.revoke-on-leave"}}', 'task', 12, clock_timestamp(), now(),
				ARRAY['{"at":"2026-11-25T10:00:00Z","attempt":12,"error":"the peer is gone","trace":""}']::jsonb[], now(), 12, 'default', 'discarded')
			RETURNING id`).Scan(&id)
		require.NoError(t, err)
		return id
	}
	one, two := dead(), dead()
	require.Equal(t, 403, mila.do("GET", "/events/dead-letters", nil).status)
	var list struct {
		Items []struct {
			Module, Task, Error string
			ID                  int64
			Attempts            int
			Payload             map[string]string
		} `json:"items"`
	}
	ada.do("GET", "/events/dead-letters", nil).into(t, &list)
	require.Len(t, list.Items, 2)
	require.Equal(t, "the peer is gone", list.Items[0].Error)
	require.Equal(t, "admin.revoke-on-leave", list.Items[0].Payload["subscriber"])
	require.Contains(t, string(ada.do("GET", "/events/queues", nil).body), `"discarded":2`)

	path := func(id int64) string { return fmt.Sprintf("/events/dead-letters/platform/%d", id) }
	require.Equal(t, 403, mila.do("DELETE", path(one), nil).status)
	require.Equal(t, 204, ada.do("POST", path(one)+"/retry", nil).status)
	require.Equal(t, 409, ada.do("POST", path(one)+"/retry", nil).status, "it is not dead any more")
	require.Equal(t, 204, ada.do("DELETE", path(two), nil).status)
	require.Equal(t, 404, ada.do("DELETE", path(two), nil).status)
	require.Equal(t, 404, ada.do("DELETE", "/events/dead-letters/moon/1", nil).status)
	ada.do("GET", "/events/dead-letters", nil).into(t, &list)
	require.Empty(t, list.Items)
	require.Contains(t, string(ada.do("GET", "/audit?action=event.", nil).body), "event.drop")
}

func TestTraceIsRefused(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	ada := h.setUp()
	for _, method := range []string{"TRACE", "TRACK", "CONNECT"} {
		for _, path := range []string{"/assets", "/me", "/session"} {
			require.Equal(t, 405, ada.do(method, path, nil).status, "%s %s", method, path)
		}
	}
}
