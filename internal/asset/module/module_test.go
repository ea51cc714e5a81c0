package module_test

import (
	"context"
	"encoding/json"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"erp/internal/asset"
	"erp/internal/asset/module"
	"erp/internal/employee"
	"erp/internal/employee/employeetest"
	"erp/internal/platform/admin"
	"erp/internal/platform/auth"
	"erp/internal/platform/database"
	"erp/internal/platform/fault"
	"erp/internal/platform/httpapi"
	"erp/internal/platform/httpapi/httpapitest"
	"erp/internal/platform/id"
	"erp/internal/platform/pgtest"
	"erp/internal/platform/rbac"
)

// house is the asset module on a database of its own, with two departments of people.
type house struct {
	t      *testing.T
	db     *database.DB
	module *module.Module
	api    *httpapi.API
	people *employeetest.Directory
	clock  *clock
	rights rights

	ana, ben, cleo employee.ID // cleo leads ben; ana works elsewhere
	clerk          *httpapitest.Client
}

type clock struct {
	mu sync.Mutex
	at time.Time
}

func (c *clock) now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.at = c.at.Add(time.Millisecond)
	return c.at
}

func (c *clock) set(at time.Time) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.at = at
}

// rights are what the people of a test may do at this moment, by user.
type rights struct {
	mu     sync.Mutex
	people map[auth.UserID]httpapitest.Caller
}

func (r *rights) put(caller httpapitest.Caller) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.people[caller.Principal.UserID] = caller
}

func (r *rights) of(_ context.Context, who auth.Principal) (auth.Principal, *rbac.Rights, error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	caller, known := r.people[who.UserID]
	if !known {
		return who, nil, fault.New(fault.Forbidden, "no-longer-admitted", "Whoever began this can no longer sign in.")
	}
	return caller.Principal, caller.Rights, nil
}

// company is an admin.Company in Berlin that pays in euros.
type company struct{}

func (company) Profile(context.Context) (admin.CompanyProfile, error) {
	return admin.CompanyProfile{Name: "Acme", Currency: "EUR", Country: "DE", TimeZone: "Europe/Berlin", Language: "en"}, nil
}

func newHouse(t *testing.T) *house {
	t.Helper()
	t.Parallel()
	h := &house{t: t, db: pgtest.New(t, "asset"), people: employeetest.New(), clock: &clock{at: time.Date(2026, 11, 25, 9, 0, 0, 0, time.UTC)}}
	h.rights.people = map[auth.UserID]httpapitest.Caller{}
	h.ana, h.ben, h.cleo = id.New[employee.Employee](), id.New[employee.Employee](), id.New[employee.Employee]()
	sales, workshop := id.New[employee.Department](), id.New[employee.Department]()
	h.people.Put(employee.Employee{ID: h.ana, GivenName: "Ana", FamilyName: "Novak", DepartmentID: sales})
	h.people.Put(employee.Employee{ID: h.ben, GivenName: "Ben", FamilyName: "Okafor", DepartmentID: workshop, ManagerID: h.cleo})
	h.people.Put(employee.Employee{ID: h.cleo, GivenName: "Cleo", FamilyName: "Marin", DepartmentID: workshop})
	h.module = module.New(module.Deps{DB: h.db, Directory: h.people, Company: company{}, Standing: h.rights.of, Now: h.clock.now})
	h.api = httpapitest.NewAPI()
	h.module.Routes(h.api)
	h.clerk = h.as(rbac.AssetManager, employee.ID{})
	return h
}

// as is a client for somebody with the role who is this employee.
func (h *house) as(role rbac.Role, who employee.ID) *httpapitest.Client {
	caller := httpapitest.As(role, module.Permissions()...)
	if !who.IsZero() {
		caller = caller.Employee(auth.PersonID(who))
	}
	h.rights.put(caller)
	return httpapitest.NewClient(h.t, h.api, caller)
}

// do expects the status and decodes the answer.
func do[T any](h *house, client *httpapitest.Client, status int, method, path string, body any, headers ...string) T {
	h.t.Helper()
	answer := client.Do(method, path, body, headers...)
	require.Equal(h.t, status, answer.Status, "%s %s: %s", method, path, answer)
	var view T
	if len(answer.Body) > 0 {
		require.NoError(h.t, json.Unmarshal(answer.Body, &view))
	}
	return view
}

type m = map[string]any

type list[T any] struct {
	Items []T
	Next  string
	Total *int
}

func (h *house) category(name, prefix string) asset.Category {
	h.t.Helper()
	return do[asset.Category](h, h.clerk, 201, "POST", "/categories", m{
		"name": name, "prefix": prefix, "method": "straight-line", "lifeMonths": 36, "salvagePercent": "10",
	})
}

func (h *house) asset(category asset.Category, name string, more ...m) asset.Asset {
	h.t.Helper()
	body := m{"name": name, "categoryId": category.ID, "cost": "1200", "purchasedOn": "2026-01-15"}
	for _, extra := range more {
		for key, value := range extra {
			body[key] = value
		}
	}
	return do[asset.Asset](h, h.clerk, 201, "POST", "/assets", body)
}

func (h *house) assign(a asset.Asset, who employee.ID) asset.Asset {
	h.t.Helper()
	return do[asset.Asset](h, h.clerk, 201, "POST", "/assets/"+a.ID.String()+"/assignments", m{"employeeId": who})
}

func (h *house) history(a asset.Asset) []asset.HistoryLine {
	h.t.Helper()
	return do[list[asset.HistoryLine]](h, h.clerk, 200, "GET", "/assets/"+a.ID.String()+"/history", nil).Items
}

func kinds(lines []asset.HistoryLine) []asset.LineKind {
	var all []asset.LineKind
	for _, line := range lines {
		all = append(all, line.Kind)
	}
	return all
}

// one is a single value of the database.
func one[T any](h *house, sql string, args ...any) T {
	h.t.Helper()
	var value T
	require.NoError(h.t, h.db.Pool().QueryRow(h.t.Context(), sql, args...).Scan(&value))
	return value
}

// countersAgree compares the numbers with the register itself.
func (h *house) countersAgree() {
	h.t.Helper()
	wrong := one[int](h, `WITH told AS (SELECT category_id, status, currency, sum(assets) AS assets, sum(cost) AS cost FROM
			(SELECT category_id, status, currency, assets, cost FROM counter UNION ALL SELECT category_id, status, currency, assets, cost FROM counter_change) n
			GROUP BY 1, 2, 3 HAVING sum(assets) <> 0),
		counted AS (SELECT category_id, status, currency, count(*) AS assets, sum(cost) AS cost FROM asset GROUP BY 1, 2, 3)
		SELECT count(*) FROM told FULL JOIN counted USING (category_id, status, currency)
		WHERE told.assets IS DISTINCT FROM counted.assets OR told.cost IS DISTINCT FROM counted.cost`)
	require.Zero(h.t, wrong, "the counters differ from the register")
}
