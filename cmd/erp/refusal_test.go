package main_test

import (
	"net/http"
	"testing"

	"github.com/stretchr/testify/require"
)

// TestARefusalIsExplainedNearAndFar lets somebody who sees roles try what only the module finds out they may not: the
// answer gives the same reasons and remedy whether the module is in this process or in another.
func TestARefusalIsExplainedNearAndFar(t *testing.T) {
	t.Parallel()
	const nothing = "01890a5d-ac96-774b-bcce-b302099a8057"
	role := object{"name": "Clerk of all", "grants": object{
		"role:read": "all", "employee:hire": "all", "invoice:export": "all", "invoice:sell-asset": "all", "asset:assign": "all",
	}}
	told := func(house *installation) map[string]object {
		ana := house.setUp(false)
		ana.post("/api/v1/roles", role, http.StatusCreated)
		clerk := house.newcomer(ana, "clerk-of-all").person
		answers := map[string]object{}
		for what, try := range map[string]struct {
			method, path string
			body         any
		}{
			"hire with pay":         {http.MethodPost, "/api/v1/employees", object{"number": "P-1", "givenName": "Ada", "familyName": "L", "hiredOn": "2026-01-05", "compensation": object{"amount": "1", "currency": "EUR", "period": "month"}}},
			"hand over, unseen":     {http.MethodPost, "/api/v1/assets/" + nothing + "/assignments", object{"employeeId": nothing}},
			"export customers":      {http.MethodGet, "/api/v1/customers/export", nil},
			"sell, but not invoice": {http.MethodPost, "/api/v1/asset-sales", object{"assetId": nothing, "customerId": nothing, "price": "1"}},
		} {
			status, headers, body := clerk.do(try.method, try.path, try.body, nil)
			require.Equal(t, http.StatusForbidden, status, "%s: %s", what, body)
			require.Equal(t, "application/problem+json", headers.Get("Content-Type"), what)
			require.Empty(t, headers.Values("Erp-Refused"), what)
			answer := decode(body)
			require.Equal(t, headers.Get("X-Request-Id"), answer["requestId"], what)
			delete(answer, "requestId")
			delete(answer, "traceId")
			answers[what] = answer
		}
		return answers
	}
	whole := install(t)
	whole.start()
	t.Cleanup(func() { whole.tell(t) })
	apart := takeApart(t)
	apart.start()
	for _, i := range []*installation{apart.console, apart.people, apart.things} {
		t.Cleanup(func() { i.tell(t) })
	}
	near, far := told(whole), told(apart.console)
	require.Equal(t, near, far)
	for what, answer := range near {
		require.Contains(t, answer["detail"], "none of the roles held (Clerk of all) grants it; give the role", what)
	}
}
