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

// TestSalesKilled kills the program with -9 while assets are sold, and while such invoices are credited: each asset ends
// sold on one invoice, or as it was.
func TestSalesKilled(t *testing.T) {
	t.Parallel()
	i := install(t)
	i.start()
	t.Cleanup(func() { i.tell(t) })
	ana := i.setUp(false)
	ana.post("/api/v1/assets/import?createMissing=true", laptops(8), http.StatusOK)
	things := items(ana.get("/api/v1/assets?limit=50&sort=tag"))
	buyer := ana.post("/api/v1/customers", object{"name": "Globex"}, http.StatusCreated)
	sell := func(ana *person, thing object) (object, bool) {
		return ana.try(http.MethodPost, "/api/v1/asset-sales", object{"assetId": thing["id"], "customerId": buyer["id"], "price": "700"},
			map[string]string{"Idempotency-Key": fmt.Sprint("sell-", thing["tag"])})
	}
	killed := func(deed func(thing object), things []object) {
		var work sync.WaitGroup
		for _, thing := range things {
			work.Go(func() { deed(thing) })
		}
		time.Sleep(time.Duration(rand.IntN(120)) * time.Millisecond)
		i.kill()
		work.Wait()
		i.start()
		ana = i.signIn(adminEmail, adminPassword)
	}

	for _, half := range [][]object{things[:4], things[4:]} {
		killed(func(thing object) { sell(ana, thing) }, half)
	}
	invoices := map[any]string{} // by number
	for _, thing := range things {
		var sale object
		require.Eventually(t, func() bool { // refused while the killed attempt is being carried on
			answer, ok := sell(ana, thing)
			sale = answer
			return ok && answer["state"] == "done"
		}, 2*time.Minute, 500*time.Millisecond, "sale of %s", thing["tag"])
		invoices[sale["number"]] = fmt.Sprint(sale["invoiceId"])
		require.Equal(t, "retired", ana.get(fmt.Sprintf("/api/v1/assets/%s", thing["id"]))["status"])
	}
	require.Len(t, invoices, len(things), "each on an invoice of its own")
	require.Len(t, items(ana.get("/api/v1/invoices?limit=50&kind=invoice&status=issued")), len(things), "and on no other")

	var sold []object
	for _, one := range invoices {
		sold = append(sold, object{"id": one})
	}
	killed(func(one object) {
		ana.try(http.MethodPost, fmt.Sprintf("/api/v1/invoices/%s/credit-notes", one["id"]), object{}, nil)
	}, sold)
	for _, one := range sold { // what was not credited before is credited now
		ana.try(http.MethodPost, fmt.Sprintf("/api/v1/invoices/%s/credit-notes", one["id"]), object{}, nil)
	}
	for _, thing := range things {
		path := fmt.Sprintf("/api/v1/assets/%s", thing["id"])
		require.Eventually(t, func() bool {
			is := ana.get(path)
			return is["status"] == "available" && is["saleId"] == nil && is["disposedOn"] == nil
		}, 2*time.Minute, 500*time.Millisecond, "%s is taken back", thing["tag"])
	}
	require.NoError(t, i.stop())
	out, err := i.run("ledger", "verify")
	require.NoError(t, err, out)
}
