package module_test

import (
	"net/url"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"erp/internal/employee"
	"erp/internal/platform/httpapi/httpapitest"
	"erp/internal/platform/rbac"
)

func TestAccess(t *testing.T) {
	t.Parallel()
	c := open(t)
	sales, legal := c.department("Sales"), c.department("Legal")
	pay := func(amount string) fields {
		return fields{"amount": amount, "currency": "EUR", "period": "year"}
	}
	contact := fields{"privateEmail": "x@home.test"}
	boss := c.hire("The", "Boss", fields{"departmentId": sales, "compensation": pay("90000"), "contact": contact})
	ada := c.hire("Ada", "Lovelace", fields{"departmentId": sales, "managerId": boss.ID, "compensation": pay("50000"), "contact": contact})
	ben := c.hire("Ben", "Ritchie", fields{"departmentId": sales, "compensation": pay("40000"), "contact": contact})
	eve := c.hire("Eve", "Other", fields{"departmentId": legal, "compensation": pay("30000"), "contact": contact})
	everybody := []string{"The Boss", "Ada Lovelace", "Eve Other", "Ben Ritchie"}

	t.Run("a scope is the same for list, count, detail, history, chart and search", func(t *testing.T) {
		for scope, want := range map[rbac.Scope][]string{
			rbac.All: everybody, rbac.Department: {"The Boss", "Ada Lovelace", "Ben Ritchie"}, rbac.Team: {"The Boss", "Ada Lovelace"}, rbac.Own: {"The Boss"},
		} {
			client := c.with(boss.ID, map[string]rbac.Scope{"employee:read": scope})
			require.Equal(t, want, names(t, client, nil), scope)
			require.Equal(t, len(want), read[pageOf[profile]](t, client, "/employees?count=true").Total)
			for _, p := range []profile{boss, ada, ben, eve} {
				status := 404
				for _, name := range want {
					if name == p.DisplayName {
						status = 200
					}
				}
				require.Equal(t, status, client.Do("GET", "/employees/"+p.ID.String(), nil).Status, "%s reads %s", scope, p.DisplayName)
				require.Equal(t, status, client.Do("GET", "/employees/"+p.ID.String()+"/history", nil).Status)
				require.Equal(t, status, client.Do("GET", "/employees/org-chart?root="+p.ID.String(), nil).Status)
			}
			found, err := c.module.Directory().Search(client.Who().Context(t.Context()), "e", 10)
			require.NoError(t, err)
			require.Len(t, found, len(want))
		}
		require.Equal(t, 403, c.with(boss.ID, nil).Do("GET", "/employees", nil).Status)
	})
	t.Run("a department's chart ends where the department does", func(t *testing.T) {
		outside := c.hire("Out", "Side", fields{"departmentId": legal, "managerId": ben.ID})
		client := c.with(boss.ID, map[string]rbac.Scope{"employee:read": rbac.Department})
		chart := string(client.Do("GET", "/employees/org-chart?root="+ben.ID.String(), nil).Body)
		require.Contains(t, chart, "Ben Ritchie")
		require.NotContains(t, chart, "Out Side")
		require.Equal(t, 200, c.leave(outside.ID, fields{}).Status)
	})
	t.Run("by default everybody sees the directory, and nobody else's pay or private contact", func(t *testing.T) {
		for _, role := range []rbac.Role{rbac.Employee, rbac.Manager, rbac.AssetManager, rbac.Accountant} {
			client := c.as(role, boss.ID)
			require.Equal(t, everybody, names(t, client, url.Values{"status": {"active"}}))
			other := read[profile](t, client, "/employees/"+ada.ID.String())
			require.Nil(t, other.Compensation, role)
			require.Equal(t, role == rbac.Manager, other.Contact != nil, "a manager sees the team's contact, and only a manager")
			own := read[profile](t, client, "/employees/"+boss.ID.String())
			require.Equal(t, "90000", own.Compensation["amount"])
			require.NotNil(t, own.Contact)
			require.Nil(t, read[profile](t, client, "/employees/"+eve.ID.String()).Contact)
		}
	})
	t.Run("pay cannot be guessed by sorting, filtering, exporting or history", func(t *testing.T) {
		client := c.with(boss.ID, map[string]rbac.Scope{"employee:read": rbac.All, "employee:export": rbac.All, "employee.compensation:read": rbac.Own})
		require.Equal(t, []string{"The Boss"}, names(t, client, url.Values{"payFrom": {"1"}}), "others' pay counts as unknown")
		require.Equal(t, []string{"The Boss"}, names(t, client, url.Values{"payTo": {"1000000"}}))
		ordered := names(t, client, url.Values{"sort": {"-pay"}})
		require.Equal(t, "The Boss", ordered[0])
		before := append([]string{}, ordered...)
		answer := c.hr.Do("POST", "/employees/"+eve.ID.String()+"/compensation", fields{"from": "2020-01-01", "amount": "80000", "currency": "EUR", "period": "year"}, "If-Match", c.get(eve.ID).ETag())
		require.Equal(t, 200, answer.Status, answer)
		require.Equal(t, before, names(t, client, url.Values{"sort": {"-pay"}}), "a change of others' pay does not show in the order")
		export := client.Do("GET", "/employees/export?include=compensation", nil)
		require.Equal(t, 200, export.Status, export)
		require.Contains(t, string(export.Body), "90000")
		for _, amount := range []string{"80000", "50000", "40000"} {
			require.NotContains(t, string(export.Body), amount)
		}
		require.NotContains(t, string(client.Do("GET", "/employees/"+eve.ID.String()+"/history", nil).Body), "EUR")
		require.Contains(t, string(client.Do("GET", "/employees/"+boss.ID.String()+"/history", nil).Body), "90000")

		blind := c.with(boss.ID, map[string]rbac.Scope{"employee:read": rbac.All, "employee:export": rbac.All})
		for _, query := range []string{"?sort=pay", "?payFrom=1", "?payTo=1", "?include=compensation", "?include=contact"} {
			require.Equal(t, 403, blind.Do("GET", "/employees"+query, nil).Status, query)
			require.Equal(t, 403, blind.Do("GET", "/employees/export"+query, nil).Status, query)
		}
		require.Nil(t, read[profile](t, blind, "/employees/"+boss.ID.String()).Compensation)
	})
	t.Run("reading others' pay leaves a trace", func(t *testing.T) {
		traces := func() int {
			return c.count("SELECT count(*) FROM audit_entry WHERE action LIKE 'employee.%-pay' AND action <> 'employee.change-pay'")
		}
		before := traces()
		read[profile](t, c.hr, "/employees/"+ada.ID.String())
		read[pageOf[profile]](t, c.hr, "/employees?include=compensation")
		require.Equal(t, before+2, traces())
		read[pageOf[profile]](t, c.hr, "/employees")
		require.Equal(t, before+2, traces())
	})
	t.Run("changes reach as far as their own grant", func(t *testing.T) {
		team := c.with(boss.ID, map[string]rbac.Scope{
			"employee:read": rbac.All, "employee:edit": rbac.Team, "employee:transfer": rbac.Team, "employee.contact:edit": rbac.Own, "employee.compensation:edit": rbac.Team,
		})
		for _, test := range []struct {
			method, path string
			who          employee.ID
			body         fields
			status       int
		}{
			{"PATCH", "", ada.ID, fields{"phone": "1"}, 200},
			{"PATCH", "", ben.ID, fields{"phone": "1"}, 404},
			{"POST", "/transfers", ada.ID, fields{"from": "2026-11-25", "managerId": boss.ID, "departmentId": sales}, 200},
			{"POST", "/transfers", ben.ID, fields{"from": "2026-11-25", "managerId": boss.ID}, 404},
			{"PUT", "/contact", boss.ID, fields{"city": "Bonn"}, 200},
			{"PUT", "/contact", ada.ID, fields{"city": "Bonn"}, 404},
			{"POST", "/compensation", ada.ID, fields{"from": "2026-11-25", "amount": "1", "currency": "EUR", "period": "year"}, 200},
			{"POST", "/compensation", ben.ID, fields{"from": "2026-11-25", "amount": "1", "currency": "EUR", "period": "year"}, 404},
		} {
			answer := team.Do(test.method, "/employees/"+test.who.String()+test.path, test.body, "If-Match", c.get(test.who).ETag())
			require.Equal(t, test.status, answer.Status, "%s %s: %s", test.method, test.path, answer)
		}
		require.Nil(t, read[profile](t, team, "/employees/"+ada.ID.String()).Compensation, "changing pay is not seeing it")
	})
	t.Run("an import does not smuggle pay in", func(t *testing.T) {
		client := c.with(boss.ID, map[string]rbac.Scope{"employee:import": rbac.All})
		file := "givenName,familyName,pay,currency\nNew,One,1000,EUR\n"
		require.Equal(t, 403, client.Do("POST", "/employees/import", file, "Content-Type", "text/csv").Status)
	})
	t.Run("nobody signed in gets nothing", func(t *testing.T) {
		nobody := httpapitest.NewClient(t, c.api, httpapitest.Nobody())
		for _, path := range []string{"/employees", "/employees/" + ada.ID.String(), "/departments", "/employees/org-chart", "/employees/export"} {
			require.Equal(t, 401, nobody.Do("GET", path, nil).Status, path)
		}
	})
}

func TestList(t *testing.T) {
	t.Parallel()
	c := open(t)
	sales, legal := c.department("Sales"), c.department("Legal")
	for i, name := range []string{"Zoë Öztürk", "Ada Lovelace", "Åsa Ångström", "Ben Ritchie", "Émile Zola"} {
		given, family, _ := strings.Cut(name, " ")
		department := sales
		if i%2 == 1 {
			department = legal
		}
		c.hire(given, family, fields{"departmentId": department, "hiredOn": []string{"2020-01-01", "2021-01-01", "2022-01-01", "2027-01-01", "2024-01-01"}[i]})
	}
	byName := []string{"Åsa Ångström", "Ada Lovelace", "Zoë Öztürk", "Ben Ritchie", "Émile Zola"}

	t.Run("names sort as people expect, accents or not", func(t *testing.T) {
		require.Equal(t, byName, names(t, c.hr, nil))
		require.Equal(t, []string{"Émile Zola", "Ben Ritchie", "Zoë Öztürk", "Ada Lovelace", "Åsa Ångström"}, names(t, c.hr, url.Values{"sort": {"-name"}}))
	})
	t.Run("pages follow each other without gap or repeat, whatever the order", func(t *testing.T) {
		for _, sort := range []string{"name", "-name", "number", "email", "-hiredOn", "leftOn", "department", "-position", "location", "manager", "pay"} {
			seen, cursor := map[string]bool{}, ""
			for range 5 {
				page := read[pageOf[profile]](t, c.hr, "/employees?limit=2&sort="+sort+"&cursor="+url.QueryEscape(cursor))
				for _, p := range page.Items {
					require.False(t, seen[p.DisplayName], sort)
					seen[p.DisplayName] = true
				}
				if cursor = page.Next; cursor == "" {
					break
				}
			}
			require.Len(t, seen, 5, sort)
		}
		require.Equal(t, 422, c.hr.Do("GET", "/employees?sort=salary", nil).Status)
		require.Equal(t, 422, c.hr.Do("GET", "/employees?cursor=x", nil).Status)
		require.Equal(t, 422, c.hr.Do("GET", "/employees?colour=red", nil).Status)
	})
	t.Run("filters narrow", func(t *testing.T) {
		for query, want := range map[string][]string{
			"q=ozturk":                       {"Zoë Öztürk"},
			"q=ZOL":                          {"Émile Zola"},
			"q=100%25":                       {},
			"departmentId=" + legal.String(): {"Ada Lovelace", "Ben Ritchie"},
			"status=upcoming":                {"Ben Ritchie"},
			"status=upcoming,active&q=ben":   {"Ben Ritchie"},
			"status=left":                    {},
			"hiredFrom=2021-06-01&hiredTo=2024-12-31": {"Åsa Ångström", "Émile Zola"},
		} {
			require.Equal(t, want, names(t, c.hr, must(url.ParseQuery(query))), query)
		}
	})
	t.Run("a batch of ids is one page", func(t *testing.T) {
		all := read[pageOf[profile]](t, c.hr, "/employees").Items
		require.Equal(t, []string{all[1].DisplayName, all[3].DisplayName}, names(t, c.hr, url.Values{"ids": {all[3].ID.String() + "," + all[1].ID.String()}}))
		require.Equal(t, 422, c.hr.Do("GET", "/employees?ids=1", nil).Status)
	})
}

func must[T any](v T, err error) T {
	if err != nil {
		panic(err)
	}
	return v
}
