package main_test

import (
	"fmt"
	"maps"
	"net/http"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"
)

// TestGraphQLReachesWhatTheAPIReaches asks for the same records both ways, as people whose permissions reach differently
// far, and gets the same ones.
func TestGraphQLReachesWhatTheAPIReaches(t *testing.T) {
	t.Parallel()
	i := install(t)
	i.start()
	t.Cleanup(func() { i.tell(t) })
	ana := i.setUp(true)
	var lead, worker object // somebody who leads, and somebody who is led
	for _, e := range items(ana.get("/api/v1/employees?limit=100&status=active")) {
		if e["managerId"] != nil {
			worker = e
		}
	}
	lead = ana.get(fmt.Sprint("/api/v1/employees/", worker["managerId"]))
	kinds := map[string]map[string]bool{}
	for _, kind := range []string{"employees", "assets", "invoices"} {
		kinds[kind] = idsOf(items(ana.get("/api/v1/" + kind + "?limit=100")))
		require.NotEmpty(t, kinds[kind])
	}
	reached := map[string]int{}
	for name, who := range map[string]object{
		"the manager": {"roles": []string{"manager"}, "employeeId": lead["id"]}, "the employee": {"roles": []string{"employee"}, "employeeId": worker["id"]},
		"the accountant": {"roles": []string{"accountant"}}, "the stores": {"roles": []string{"asset-manager"}}, "no role": {"roles": []string{}},
	} {
		p := i.member(ana, fmt.Sprintf("m%d@acme.example", len(reached)), who)
		for kind, all := range kinds {
			status, _, content := p.do(http.MethodGet, "/api/v1/"+kind+"?limit=100", nil, nil)
			var query string
			if kind == "assets" {
				query = "{ assets(first: 100) { nodes { id holder { id } } } }"
			} else {
				query = fmt.Sprintf("query Some($ids: [ID!]) { %s(ids: $ids) { id } }", kind)
			}
			said := p.post("/api/graphql", object{"query": query, "variables": object{"ids": slices.Sorted(maps.Keys(all))}}, http.StatusOK)
			if status == http.StatusForbidden {
				require.Contains(t, fmt.Sprint(said["errors"]), "FORBIDDEN", "%s: %s", name, kind)
				require.Nil(t, said["data"].(object)[kind], "%s: %s", name, kind)
				continue
			}
			require.Nil(t, said["errors"], "%s: %s", name, kind)
			want := idsOf(items(decode(content)))
			found := said["data"].(object)[kind]
			if page, ok := found.(object); ok {
				found = page["nodes"]
			}
			got := idsOf(items(object{"items": found}))
			require.Equal(t, want, got, "%s: %s", name, kind)
			reached[name+" "+kind] = len(got)
		}
		reached[name] = 0
	}
	require.Positive(t, reached["the manager assets"])
	require.Less(t, reached["the manager assets"], len(kinds["assets"]))
	require.Len(t, kinds["invoices"], reached["the accountant invoices"])
}

func idsOf(records []object) map[string]bool {
	out := map[string]bool{}
	for _, r := range records {
		out[fmt.Sprint(r["id"])] = true
	}
	return out
}

// member makes an account and signs in.
func (i *installation) member(ana *person, email string, account object) *person {
	i.t.Helper()
	account["name"], account["email"], account["password"] = email, email, "first password of "+email
	ana.post("/api/v1/users", account, http.StatusCreated)
	p := i.signIn(email, "first password of "+email)
	p.post("/api/v1/me/password", object{"current": account["password"], "new": "second password of " + email}, http.StatusOK)
	return p
}
