package main_test

import (
	"fmt"
	"math/rand/v2"
	"net/http"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

// billOf enters a bill of two laptops.
func billOf(ana *person, number string) object {
	return ana.post("/api/v1/bills", object{
		"supplier": "Initech", "number": number, "billedOn": "2026-01-15", "dueOn": "2031-01-15",
		"lines": []object{{"description": "Laptop", "quantity": "2", "unitPrice": "500.005"}},
	}, http.StatusCreated)
}

// buyFirst has a line of a bill become assets in somebody's hands.
func buyFirst(t *testing.T, ana *person) {
	t.Helper()
	bill := billOf(ana, "R-100")
	category := items(ana.get("/api/v1/categories"))[0]
	holder := items(ana.get("/api/v1/employees?q=P-025"))[0]
	path := fmt.Sprintf("/api/v1/bills/%s", bill["id"])
	ana.post(path+"/assets", object{"line": 1, "categoryId": holder["id"]}, http.StatusUnprocessableEntity)
	bought := ana.post(path+"/assets", object{"line": 1, "categoryId": category["id"], "holderId": holder["id"]}, http.StatusCreated)
	require.Equal(t, "done", bought["state"])
	assets := items(ana.get(fmt.Sprintf("/api/v1/assets?billId=%s&sort=cost", bill["id"])))
	require.Len(t, assets, 2)
	for n, one := range assets {
		require.Equal(t, []any{"500.00", "500.01"}[n], one["cost"])
		require.Equal(t, holder["id"], one["holderId"])
		require.Equal(t, "R-100", one["billNumber"])
	}
	require.Equal(t, "recorded", ana.get(path)["status"])
	ana.post(path+"/cancel", object{"reason": "too late"}, http.StatusConflict)
	require.Equal(t, "paid", ana.post(path+"/payments", object{"amount": ana.get(path)["due"]}, http.StatusOK)["status"])
}

// TestPurchasesKilled kills the program with -9 while lines of bills become assets: each is in the register whole and once.
func TestPurchasesKilled(t *testing.T) {
	t.Parallel()
	i := install(t)
	i.start()
	t.Cleanup(func() { i.tell(t) })
	ana := i.setUp(false)
	ana.post("/api/v1/employees/import", people(3), http.StatusOK)
	ana.post("/api/v1/assets/import?createMissing=true", laptops(1), http.StatusOK)
	category := items(ana.get("/api/v1/categories"))[0]
	holder := items(ana.get("/api/v1/employees?q=P-003"))[0]
	var bills []object
	for n := range 8 {
		bills = append(bills, billOf(ana, fmt.Sprintf("R-%d", n)))
	}
	buy := func(ana *person, bill object) (object, bool) {
		return ana.try(http.MethodPost, fmt.Sprintf("/api/v1/bills/%s/assets", bill["id"]),
			object{"line": 1, "categoryId": category["id"], "holderId": holder["id"]}, map[string]string{"Idempotency-Key": fmt.Sprint("buy-", bill["number"])})
	}
	for _, half := range [][]object{bills[:4], bills[4:]} {
		var work sync.WaitGroup
		for _, bill := range half {
			work.Go(func() { buy(ana, bill) })
		}
		time.Sleep(time.Duration(rand.IntN(100)) * time.Millisecond)
		i.kill()
		work.Wait()
		i.start()
		ana = i.signIn(adminEmail, adminPassword)
	}
	for _, bill := range bills {
		require.Eventually(t, func() bool { // refused while the killed attempt is being carried on
			answer, ok := buy(ana, bill)
			return ok && answer["state"] == "done"
		}, 2*time.Minute, 500*time.Millisecond, "purchase of %s", bill["number"])
		assets := items(ana.get(fmt.Sprintf("/api/v1/assets?billId=%s", bill["id"])))
		require.Len(t, assets, 2, "%s", bill["number"])
		for _, one := range assets {
			require.Equal(t, holder["id"], one["holderId"])
		}
		require.Equal(t, "recorded", ana.get(fmt.Sprintf("/api/v1/bills/%s", bill["id"]))["status"])
	}
	require.NoError(t, i.stop())
	for _, what := range []string{"ledger", "audit"} {
		out, err := i.run(what, "verify")
		require.NoError(t, err, out)
	}
}
