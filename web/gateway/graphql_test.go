package gateway_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"strings"
	"sync"
	"testing"

	"github.com/stretchr/testify/require"

	"erp/internal/asset"
	"erp/internal/asset/assettest"
	"erp/internal/employee"
	"erp/internal/employee/employeetest"
	"erp/internal/invoice"
	"erp/internal/invoice/invoicetest"
	"erp/internal/platform/auth"
	"erp/internal/platform/fault"
	"erp/internal/platform/httpapi/httpapitest"
	"erp/internal/platform/id"
	"erp/internal/platform/money"
	"erp/internal/platform/page"
	"erp/internal/platform/rbac"
	"erp/web/gateway"
)

// calls counts what the modules are asked.
type calls struct {
	mu   sync.Mutex
	made map[string]int
}

func (c *calls) note(what string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.made == nil {
		c.made = map[string]int{}
	}
	c.made[what]++
}

type countedPeople struct {
	*employeetest.Directory
	calls *calls
}

func (d countedPeople) Employees(ctx context.Context, ids []employee.ID) (map[employee.ID]employee.Employee, error) {
	d.calls.note("Employees")
	return d.Directory.Employees(ctx, ids)
}

func (d countedPeople) TeamOf(ctx context.Context, manager employee.ID) ([]employee.ID, error) {
	d.calls.note("TeamOf")
	return d.Directory.TeamOf(ctx, manager)
}

type countedAssets struct {
	*assettest.Register
	calls *calls
}

func (r countedAssets) List(ctx context.Context, q asset.Query) (page.Of[asset.Asset], error) {
	r.calls.note("List")
	return r.Register.List(ctx, q)
}

func (r countedAssets) HeldBy(ctx context.Context, holders []employee.ID) (map[employee.ID][]asset.Asset, error) {
	r.calls.note("HeldBy")
	return r.Register.HeldBy(ctx, holders)
}

type countedInvoices struct {
	*invoicetest.Ledger
	calls *calls
}

func (l countedInvoices) OwnedBy(ctx context.Context, owners []employee.ID, each int) (map[employee.ID][]invoice.Row, error) {
	l.calls.note("OwnedBy")
	return l.Ledger.OwnedBy(ctx, owners, each)
}

// company is Ada, who leads Bob, and Cleo elsewhere; each holds a laptop and made an invoice, and one more laptop is in stock.
type company struct {
	calls          *calls
	people         *employeetest.Directory
	assets         *assettest.Register
	books          *invoicetest.Ledger
	ada, bob, cleo employee.ID
	laptops        map[string]asset.ID
	bills          map[string]invoice.ID
	handler        http.Handler
}

func newCompany(t *testing.T) *company {
	t.Helper()
	c := &company{calls: &calls{}, assets: assettest.New(), laptops: map[string]asset.ID{}, bills: map[string]invoice.ID{}}
	person := func(name string, manager employee.ID, department employee.DepartmentID) employee.Employee {
		return employee.Employee{
			ID: id.New[employee.Employee](), Number: "E-" + name, GivenName: name, FamilyName: "Novak", DisplayName: name + " Novak",
			ManagerID: manager, DepartmentID: department, Status: employee.StatusActive,
		}
	}
	sales, stores := id.New[employee.Department](), id.New[employee.Department]()
	ada := person("Ada", employee.ID{}, sales)
	bob, cleo := person("Bob", ada.ID, stores), person("Cleo", employee.ID{}, stores)
	c.ada, c.bob, c.cleo = ada.ID, bob.ID, cleo.ID
	c.people = employeetest.New(ada, bob, cleo)
	var rows []invoice.Row
	for name, owner := range map[string]employee.ID{"Ada": c.ada, "Bob": c.bob, "Cleo": c.cleo} {
		laptop := c.assets.Put(asset.Asset{Tag: "LT-" + name, Name: "ThinkPad", Status: asset.StatusAssigned, HolderID: owner, HolderName: name + " Novak", Cost: money.MustParse("1200.50"), Currency: "EUR"})
		row := invoice.Row{ID: id.New[invoice.Invoice](), Number: "INV-" + name, Customer: "Globex", OwnerID: owner, Currency: "EUR", Gross: money.MustParse("119.00")}
		c.laptops[name], c.bills[name] = laptop.ID, row.ID
		rows = append(rows, row)
	}
	c.laptops["stock"] = c.assets.Put(asset.Asset{Tag: "LT-stock", Name: "ThinkPad"}).ID
	c.books = invoicetest.New(rows...)
	api := httpapitest.NewAPI()
	gateway.New(gateway.Deps{
		Employees: countedPeople{c.people, c.calls}, Assets: countedAssets{c.assets, c.calls}, Invoices: countedInvoices{c.books, c.calls},
	}).Routes(api)
	c.handler = api
	return c
}

// as is somebody who may read the three kinds of records as far as these scopes reach.
func (c *company) as(person employee.ID, scope rbac.Scope) httpapitest.Caller {
	caller := httpapitest.As(rbac.Employee).Employee(auth.PersonID(person))
	caller.Rights = rbac.NewRights(map[string]rbac.Scope{"employee:read": scope, "asset:read": scope, "invoice:read": scope})
	return caller
}

type graphAnswer struct {
	Data   map[string]any
	Errors []gateway.GraphError
}

func (c *company) ask(t *testing.T, who httpapitest.Caller, query string, variables ...any) graphAnswer {
	t.Helper()
	body := map[string]any{"query": query}
	if len(variables) > 0 {
		body["variables"] = variables[0]
	}
	answer := httpapitest.NewClient(t, c.handler, who).Do(http.MethodPost, "/api/graphql", body)
	require.Equal(t, http.StatusOK, answer.Status, answer)
	var out graphAnswer
	answer.Into(t, &out)
	return out
}

func text(t *testing.T, v any) string {
	t.Helper()
	raw, err := json.Marshal(v)
	require.NoError(t, err)
	return string(raw)
}

func TestAQueryAsksEachModuleOnceALevel(t *testing.T) {
	t.Parallel()
	c := newCompany(t)
	for i := range 50 {
		one := employee.Employee{ID: id.New[employee.Employee](), Number: fmt.Sprint(i), DisplayName: fmt.Sprint("Person ", i), Status: employee.StatusActive}
		c.people.Put(one)
		for j := range 3 {
			c.assets.Put(asset.Asset{Tag: fmt.Sprintf("A-%02d-%d", i, j), Name: "Thing", HolderID: one.ID, Status: asset.StatusAssigned})
		}
	}
	got := c.ask(t, everything(), `{ assets(first: 50, search: "thing") { nodes { tag holder { displayName assets(first: 3) { tag holder { number invoices(first: 2) { number } } } } } pageInfo { hasNextPage endCursor } } }`)
	require.Empty(t, got.Errors)
	require.Equal(t, map[string]int{"List": 1, "HeldBy": 1, "Employees": 2, "OwnedBy": 1}, c.calls.made)
	nodes, _ := got.Data["assets"].(map[string]any)["nodes"].([]any)
	require.Len(t, nodes, 50)
	first := text(t, nodes[0])
	require.Contains(t, first, `"holder":{"assets":[{"holder":{"invoices":[],"number":"0"},"tag":"A-00-0"}`)
	info := got.Data["assets"].(map[string]any)["pageInfo"].(map[string]any)
	require.Equal(t, true, info["hasNextPage"])

	next := c.ask(t, everything(), `query Next($after: String!) { assets(first: 50, search: "thing", after: $after) { nodes { tag } } }`, map[string]any{"after": info["endCursor"]})
	require.Empty(t, next.Errors)
	require.NotContains(t, text(t, next.Data), `"A-00-0"`)
}

func TestAQueryReachesAsFarAsTheCaller(t *testing.T) {
	t.Parallel()
	c := newCompany(t)
	const all = `query All($ada: ID!, $bob: ID!, $cleo: ID!, $la: ID!, $lb: ID!, $lc: ID!, $ls: ID!, $ia: ID!, $ib: ID!, $ic: ID!) {
		ada: employee(id: $ada) { displayName } bob: employee(id: $bob) { displayName manager { displayName } } cleo: employee(id: $cleo) { displayName }
		people: employees(ids: [$ada, $bob, $cleo]) { displayName assets { tag } invoices { number } }
		la: asset(id: $la) { tag cost } lb: asset(id: $lb) { tag holder { displayName } } lc: asset(id: $lc) { tag } ls: asset(id: $ls) { tag }
		ia: invoice(id: $ia) { number gross } ib: invoice(id: $ib) { number owner { displayName } } ic: invoice(id: $ic) { number }
		bills: invoices(ids: [$ia, $ib, $ic]) { number }
	}`
	variables := map[string]any{
		"ada": c.ada, "bob": c.bob, "cleo": c.cleo, "la": c.laptops["Ada"], "lb": c.laptops["Bob"], "lc": c.laptops["Cleo"], "ls": c.laptops["stock"],
		"ia": c.bills["Ada"], "ib": c.bills["Bob"], "ic": c.bills["Cleo"],
	}
	seen := func(who httpapitest.Caller) string {
		got := c.ask(t, who, all, variables)
		require.Empty(t, got.Errors)
		return text(t, got.Data)
	}
	for name, want := range map[string]struct {
		who       httpapitest.Caller
		sees, not []string
	}{
		"own":  {c.as(c.ada, rbac.Own), []string{"Ada Novak", "LT-Ada", "1200.50", "INV-Ada", "119.00", `"bob":null`, `"lb":null`, `"ib":null`}, []string{"Bob", "Cleo", "stock"}},
		"team": {c.as(c.ada, rbac.Team), []string{"Ada Novak", "Bob Novak", "LT-Bob", "INV-Bob", `"cleo":null`, `"lc":null`, `"ls":null`, `"ic":null`}, []string{"Cleo", "stock"}},
		"all":  {c.as(c.ada, rbac.All), []string{"Cleo Novak", "LT-Cleo", "LT-stock", "INV-Cleo"}, []string{"null"}},
		// Cleo's department is Bob's too; Bob's manager is not in it.
		"department":         {c.as(c.cleo, rbac.Department), []string{"Bob Novak", "LT-Bob", "INV-Bob", `"manager":null`, `"la":null`}, []string{"Ada", "stock"}},
		"nobody's employee":  {c.as(employee.ID{}, rbac.Team), []string{`"people":[]`, `"bills":[]`, `"la":null`}, []string{"Novak", "LT-", "INV-"}},
		"an unknown own one": {c.as(id.New[employee.Employee](), rbac.Own), []string{`"people":[]`}, []string{"Novak", "LT-", "INV-"}},
	} {
		got := seen(want.who)
		for _, part := range want.sees {
			require.Contains(t, got, part, name)
		}
		for _, part := range want.not {
			require.NotContains(t, got, part, name)
		}
	}

	t.Run("the team is asked for once, however many fields depend on it", func(t *testing.T) {
		c.calls.made = nil
		seen(c.as(c.ada, rbac.Team))
		require.Equal(t, 1, c.calls.made["TeamOf"])
	})

	t.Run("a variable without a value counts as not given", func(t *testing.T) {
		const query = `query Some($n: Int) { me { assets(first: $n) { tag } } invoices(first: $n) { number } }`
		for _, variables := range []map[string]any{{}, {"n": nil}} {
			got := c.ask(t, c.as(c.ada, rbac.All), query, variables)
			require.Empty(t, got.Errors)
			require.Len(t, got.Data["invoices"], 3)
		}
	})

	t.Run("each permission counts for itself", func(t *testing.T) {
		who := c.as(c.ada, rbac.All)
		who.Rights = rbac.NewRights(map[string]rbac.Scope{"asset:read": rbac.All, "employee:read": rbac.Own})
		got := c.ask(t, who, `{ me { displayName invoices { number } } assets { nodes { tag holder { displayName } } } invoices { number } }`)
		require.Contains(t, text(t, got.Data), `{"holder":null,"tag":"LT-Bob"}`)
		require.Contains(t, text(t, got.Data), `"invoices":[]`)
		require.Len(t, got.Errors, 1)
		require.Equal(t, "FORBIDDEN", got.Errors[0].Extensions.Code)
		require.Equal(t, []any{"invoices"}, got.Errors[0].Path)
		require.NotEmpty(t, got.Errors[0].Extensions.RequestID)
	})
}

func TestAQueryStandsWithoutAModule(t *testing.T) {
	t.Parallel()
	c := newCompany(t)
	const query = `{ assets(search: "LT-Ada") { nodes { tag holder { displayName } } } invoices { number } }`
	c.people.Fail(fault.New(fault.Unavailable, "down", "The employee module does not answer."))
	got := c.ask(t, everything(), query)
	require.Contains(t, text(t, got.Data), `{"holder":null,"tag":"LT-Ada"}`)
	require.Contains(t, text(t, got.Data), "INV-Ada")
	require.Len(t, got.Errors, 1)
	require.Equal(t, "UNAVAILABLE", got.Errors[0].Extensions.Code)
	require.Equal(t, []any{"assets", "nodes", 0.0, "holder"}, got.Errors[0].Path)

	t.Run("who may see whom is not guessed meanwhile", func(t *testing.T) {
		got := c.ask(t, c.as(c.ada, rbac.Team), `query One($id: ID!) { asset(id: $id) { tag } }`, map[string]any{"id": c.laptops["Bob"]})
		require.Nil(t, got.Data["asset"])
		require.Equal(t, "UNAVAILABLE", got.Errors[0].Extensions.Code)
	})

	t.Run("what went wrong inside stays inside", func(t *testing.T) {
		c.books.Fail(errors.New("relation secret_table does not exist"))
		got := c.ask(t, everything(), `{ invoices { number } }`)
		require.Equal(t, "INTERNAL", got.Errors[0].Extensions.Code)
		require.NotContains(t, text(t, got), "secret_table")
	})
}

func TestAQueryIsRefusedWhole(t *testing.T) {
	t.Parallel()
	c := newCompany(t)
	client := httpapitest.NewClient(t, c.handler, everything())
	fragments := "query { me { ...a } } "
	for i := range 20 {
		fragments += fmt.Sprintf("fragment %c on Employee { x: manager { ...%c } y: manager { ...%c } } ", 'a'+i, 'b'+i, 'b'+i)
	}
	fragments += "fragment u on Employee { id }"
	for name, wrong := range map[string]struct {
		query string
		says  string
	}{
		"not GraphQL":           {"assets", ""},
		"an open brace":         {"{ me {", ""},
		"a NUL in the query":    {"{ me \x01 }", ""},
		"an unknown field":      {"{ me { salary } }", `"salary"`},
		"a mutation":            {"mutation { hire { id } }", ""},
		"a subscription":        {"subscription { me { id } }", ""},
		"no operation":          {"fragment a on Employee { id }", ""},
		"two operations":        {"query A { me { id } } query B { me { id } }", ""},
		"no such variable":      {"{ employee(id: $id) { id } }", ""},
		"a cycle of fragments":  {"{ me { ...a } } fragment a on Employee { manager { ...a } }", ""},
		"a flood of fragments":  {fragments, "deeper"},
		"too deep":              {"{ me { manager { manager { manager { manager { manager { manager { manager { id } } } } } } } } }", "deeper than 8 levels"},
		"too many records":      {"{ assets(first: 100) { nodes { holder { assets(first: 100) { tag } } } } }", "10200 records"},
		"hidden in a fragment":  {"{ assets(first: 100) { nodes { ...a } } } fragment a on Asset { holder { assets(first: 100) { tag } } }", "10200 records"},
		"many at the top":       {"{" + many(60, "a%d: me { id }") + "}", "60 places"},
		"more than a page":      {"{ assets(first: 101) { nodes { tag } } }", "between 1 and 100"},
		"less than one":         {"{ invoices(first: 0) { id } }", "between 1 and 100"},
		"no id":                 {`{ employee(id: "me") { id } }`, "must be a UUID"},
		"the zero id":           {`{ asset(id: "00000000-0000-0000-0000-000000000000") { id } }`, "must be a UUID"},
		"nothing to look for":   {"{ employees { id } }", "required"},
		"ids and words":         {`{ employees(ids: [], search: "a") { id } }`, "exclude"},
		"an unknown state":      {`{ assets(status: ["broken"]) { nodes { id } } }`, "available"},
		"a NUL in an argument":  {`{ assets(search: "a\u0000b") { nodes { id } } }`, "NUL"},
		"a long search":         {`{ assets(search: "` + strings.Repeat("a", 201) + `") { nodes { id } } }`, "at most 200"},
		"records in the schema": {"{ __schema { types { name } } me { id } }", "a query of its own"},
		"too many fields":       {"{ me {" + many(1100, "a%d:id") + "} }", "more than 1000 fields"},
	} {
		answer := client.Do(http.MethodPost, "/api/graphql", map[string]any{"query": wrong.query})
		require.Equal(t, http.StatusUnprocessableEntity, answer.Status, "%s: %s", name, answer)
		require.Contains(t, answer.Problems()["body.query"], wrong.says, name)
		require.NotEmpty(t, answer.Problems()["body.query"], name)
	}
	require.Empty(t, c.calls.made, "nobody is asked for a query that is refused")

	t.Run("a body that is none", func(t *testing.T) {
		for body, status := range map[string]int{
			`{"query": "` + strings.Repeat(" ", 10_000) + `{me{id}}"}`: 422, `{}`: 422, `[]`: 422, `{"query": null}`: 422, `{"query": 7}`: 422, `{"query": ""}`: 422,
			`{"query": "{me{id}}", "x": 1}`: 422, `{"query": "{me{id}}", "variables": []}`: 422, `{"query": "{me{id}}", "operationName": "Other"}`: 422, `nonsense`: 422,
			`{"query": "query A($id: ID!) { employee(id: $id) { id } }", "variables": {"id": {"a": 1}}}`: 422,
			`{"query": "query A($n: Int) { invoices(first: $n) { id } }", "variables": {"n": 1e30}}`:     422,
			`{"query": "query A($n: Int) { invoices(first: $n) { id } }", "variables": {"n": "many"}}`:   422,
		} {
			answer := client.Do(http.MethodPost, "/api/graphql", body)
			require.Equal(t, status, answer.Status, "%.200s: %s", body, answer)
		}
		require.Equal(t, http.StatusUnsupportedMediaType, client.Do(http.MethodPost, "/api/graphql", "query={me{id}}", "Content-Type", "application/x-www-form-urlencoded").Status)
		require.Equal(t, http.StatusMethodNotAllowed, client.Do(http.MethodGet, "/api/graphql?query={me{id}}", nil).Status)
	})

	t.Run("an answer of too many values", func(t *testing.T) {
		for i := range 90 {
			c.assets.Put(asset.Asset{Tag: fmt.Sprintf("B-%02d", i), Name: "Thing", HolderID: c.cleo, Status: asset.StatusAssigned})
		}
		values := func(n int) string {
			return `{ assets(first: 50, search: "B-") { nodes { holder { assets(first: 90) {` + many(n, "a%d: name") + `} } } } }`
		}
		answer := client.Do(http.MethodPost, "/api/graphql", map[string]any{"query": values(20)})
		require.Equal(t, http.StatusOK, answer.Status, "just below: %.200s", answer)
		answer = client.Do(http.MethodPost, "/api/graphql", map[string]any{"query": values(25)})
		require.Equal(t, http.StatusUnprocessableEntity, answer.Status, "%.200s", answer)
		require.Contains(t, answer.Problems()["body.query"], "100000 values")
	})
}

// many repeats the field under other names.
func many(n int, field string) string {
	var b strings.Builder
	for i := range n {
		b.WriteString(" " + fmt.Sprintf(field, i))
	}
	return b.String()
}

func TestTheSchemaIsToldToThoseSignedIn(t *testing.T) {
	t.Parallel()
	c := newCompany(t)
	const asTools = `query IntrospectionQuery { __schema { queryType { name } types { ...FullType } } }
		fragment FullType on __Type { kind name description fields(includeDeprecated: true) { name args { ...InputValue } type { ...TypeRef } } }
		fragment InputValue on __InputValue { name type { ...TypeRef } defaultValue }
		fragment TypeRef on __Type { kind name ofType { kind name ofType { kind name ofType { kind name ofType { kind name ofType { kind name ofType { kind name ofType { kind name } } } } } } } }`
	told := c.ask(t, httpapitest.As(rbac.Employee), asTools)
	require.Contains(t, text(t, told.Data), "AssetConnection")
	client := httpapitest.NewClient(t, c.handler, httpapitest.As(rbac.Employee))
	require.Contains(t, client.Do(http.MethodGet, "/api/graphql/schema", nil).Text("schema"), "type Query")

	stranger := httpapitest.NewClient(t, c.handler, httpapitest.Nobody())
	for _, query := range []string{asTools, "{ me { id } }", "nonsense"} {
		require.Equal(t, http.StatusUnauthorized, stranger.Do(http.MethodPost, "/api/graphql", map[string]any{"query": query}).Status)
	}
	require.Equal(t, http.StatusUnauthorized, stranger.Do(http.MethodGet, "/api/graphql/schema", nil).Status)
	for path, kind := range map[string]string{"": "text/html", ".js": "text/javascript", ".css": "text/css"} {
		answer := stranger.Do(http.MethodGet, "/api/graphql/playground"+path, nil)
		require.Equal(t, http.StatusOK, answer.Status)
		require.Contains(t, answer.Header.Get("Content-Type"), kind)
		require.Contains(t, answer.Header.Get("Content-Security-Policy"), "script-src 'self'")
		require.NotContains(t, string(answer.Body), "://", "the page needs no network but this server")
	}
}
