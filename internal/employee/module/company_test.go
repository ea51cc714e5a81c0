package module_test

import (
	"context"
	"fmt"
	"maps"
	"net/url"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"erp/internal/employee"
	"erp/internal/employee/employeetest"
	"erp/internal/employee/module"
	"erp/internal/platform/auth"
	"erp/internal/platform/database"
	"erp/internal/platform/date"
	"erp/internal/platform/httpapi"
	"erp/internal/platform/httpapi/httpapitest"
	"erp/internal/platform/pgtest"
	"erp/internal/platform/rbac"
)

// company is the module alone, over a database of the test's own and with a clock that the test sets.
type company struct {
	t      *testing.T
	db     *database.DB
	module *module.Module
	api    *httpapi.API
	hr     *httpapitest.Client
	mu     sync.Mutex
	now    time.Time
}

var today = date.MustParse("2026-11-25")

func open(t *testing.T, steps ...employee.OffboardingStep) *company {
	t.Helper()
	c := &company{t: t, db: pgtest.New(t, "employee"), now: today.Time().Add(9 * time.Hour), api: httpapitest.NewAPI()}
	c.module = module.New(module.Deps{DB: c.db, Now: c.clock})
	c.module.Contribute(steps...)
	c.module.Routes(c.api)
	c.hr = c.as(rbac.HRManager, employee.ID{})
	return c
}

func (c *company) clock() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.now
}

func (c *company) wait(days int) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.now = c.now.AddDate(0, 0, days)
}

// as is a client in a built-in role, who is this employee.
func (c *company) as(role rbac.Role, who employee.ID) *httpapitest.Client {
	return httpapitest.NewClient(c.t, c.api, httpapitest.As(role, module.Permissions()...).Employee(auth.PersonID(who)))
}

// with is a client with these grants only, who is this employee.
func (c *company) with(who employee.ID, scopes map[string]rbac.Scope) *httpapitest.Client {
	caller := httpapitest.As(rbac.Employee).Employee(auth.PersonID(who))
	caller.Rights = rbac.NewRights(scopes)
	return httpapitest.NewClient(c.t, c.api, caller)
}

type fields = map[string]any

// profile is what the API answers of a person.
type profile struct {
	employee.Employee
	Contact      fields `json:"contact"`
	Compensation fields `json:"compensation"`
}

func (c *company) hire(given, family string, more ...fields) profile {
	c.t.Helper()
	body := fields{"givenName": given, "familyName": family, "hiredOn": "2020-01-01"}
	for _, m := range more {
		maps.Copy(body, m)
	}
	answer := c.hr.Do("POST", "/employees", body)
	require.Equal(c.t, 201, answer.Status, answer)
	var p profile
	answer.Into(c.t, &p)
	return p
}

func (c *company) get(id employee.ID) profile {
	c.t.Helper()
	return read[profile](c.t, c.hr, "/employees/"+id.String())
}

func (c *company) transfer(id employee.ID, body fields) httpapitest.Answer {
	c.t.Helper()
	return c.hr.Do("POST", "/employees/"+id.String()+"/transfers", body, "If-Match", c.get(id).ETag())
}

// put changes a guarded group of facts, in the version of now.
func (c *company) put(id employee.ID, group string, body fields) httpapitest.Answer {
	c.t.Helper()
	return c.hr.Do("PUT", "/employees/"+id.String()+"/"+group, body, "If-Match", c.get(id).ETag())
}

func (c *company) leave(id employee.ID, body fields) httpapitest.Answer {
	c.t.Helper()
	return c.hr.Do("POST", "/employees/"+id.String()+"/offboarding", body)
}

func (c *company) department(name string) employee.DepartmentID {
	c.t.Helper()
	answer := c.hr.Do("POST", "/departments", fields{"name": name})
	require.Equal(c.t, 201, answer.Status, answer)
	var d employee.Department
	answer.Into(c.t, &d)
	return d.ID
}

func (c *company) team(manager employee.ID) []employee.ID {
	c.t.Helper()
	team, err := c.module.Directory().TeamOf(c.t.Context(), manager)
	require.NoError(c.t, err)
	return team
}

func (c *company) summary() employee.Summary {
	c.t.Helper()
	s, err := c.module.Directory().Summary(c.t.Context())
	require.NoError(c.t, err)
	return s
}

// count runs a query that answers one number.
func (c *company) count(sql string, args ...any) int {
	c.t.Helper()
	n := 0
	require.NoError(c.t, c.db.Pool().QueryRow(c.t.Context(), sql, args...).Scan(&n))
	return n
}

type pageOf[T any] struct {
	Items []T
	Next  string
	Total int
}

func read[T any](t *testing.T, client *httpapitest.Client, path string) T {
	t.Helper()
	answer := client.Do("GET", path, nil)
	require.Equal(t, 200, answer.Status, "GET %s: %s", path, answer)
	var view T
	answer.Into(t, &view)
	return view
}

// names lists the display names that a list answers.
func names(t *testing.T, client *httpapitest.Client, query url.Values) []string {
	t.Helper()
	list := []string{}
	for _, p := range read[pageOf[profile]](t, client, "/employees?"+query.Encode()).Items {
		list = append(list, p.DisplayName)
	}
	return list
}

func TestDirectory(t *testing.T) {
	t.Parallel()
	employeetest.TestDirectory(t, func(t *testing.T, people []employeetest.Person) (context.Context, employee.Directory, []employee.ID) {
		t.Helper()
		c, ids := openWith(t, people)
		return c.hr.Who().Context(t.Context()), c.module.Directory(), ids
	})
}

// openWith is a company of these persons.
func openWith(t *testing.T, people []employeetest.Person) (*company, []employee.ID) {
	t.Helper()
	c := open(t)
	departments := map[string]employee.DepartmentID{}
	ids := make([]employee.ID, len(people))
	for i, p := range people {
		if departments[p.Department].IsZero() {
			departments[p.Department] = c.department(p.Department)
		}
		more := fields{"departmentId": departments[p.Department], "email": fmt.Sprintf("p%d@corp.test", i)}
		if p.Manager >= 0 {
			more["managerId"] = ids[p.Manager]
		}
		ids[i] = c.hire(p.GivenName, p.FamilyName, more).ID
	}
	for i, p := range people {
		if p.Left {
			require.Equal(t, 200, c.leave(ids[i], fields{"leftOn": "2026-11-20"}).Status)
		}
	}
	return c, ids
}

func (c *company) today() date.Date { return date.From(c.clock()) }
