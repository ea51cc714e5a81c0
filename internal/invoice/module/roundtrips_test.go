package module_test

import (
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"

	"erp/internal/invoice"
	"erp/internal/platform/pgtest"
)

// What a request costs the database, however many rows there are.
func TestRoundTrips(t *testing.T) {
	db, wire := pgtest.Tap(t, "invoice")
	h := startOn(t, db)
	customer := h.customer("Globex")
	drafts := make([]invoice.Invoice, 8)
	for i := range drafts {
		drafts[i] = h.draft(customer, fmt.Sprint(i+1))
	}
	for range 2 { // statements are prepared once
		h.issue(drafts[0])
		h.get(drafts[0])
		h.call("GET", "/invoices?limit=50", nil)
		h.call("POST", "/payments", object{"customerId": customer, "amount": "0.10", "allocations": []object{{"invoiceId": drafts[0].ID, "amount": "0.10"}}})
		drafts = drafts[1:]
	}
	one := "/invoices/" + drafts[1].ID.String()
	for _, request := range []struct {
		name, method, path string
		body               any
		status             int
		statements, waits  int64
	}{
		{"a list of 50", "GET", "/invoices?limit=50", nil, 200, 1, 1},
		{"an invoice", "GET", one, nil, 200, 1, 1},
		{"drafting", "POST", "/invoices", object{"customerId": customer, "lines": []object{
			{"description": "a", "quantity": "1", "unitPrice": "1"}, {"description": "b", "quantity": "2", "unitPrice": "2"}, {"description": "c", "quantity": "3", "unitPrice": "3"},
		}}, 201, 9, 4},
		{"issuing", "POST", one + "/issue", nil, 200, 12, 4},
		{"paying an invoice", "POST", "/payments", object{"customerId": customer, "amount": "2", "allocations": []object{
			{"invoiceId": drafts[1].ID, "amount": "1"},
		}}, 201, 14, 4},
	} {
		wire.Reset()
		a := h.call(request.method, request.path, request.body)
		require.Equal(t, request.status, a.Status, "%s: %s", request.name, a.Body)
		statements, waits := wire.Counted()
		require.Equal(t, request.statements, statements, "statements of %s", request.name)
		require.Equal(t, request.waits, waits, "times %s waits for the server", request.name)
	}
}

// Documents that wait for a number at the same moment share a transaction.
func TestIssuingTogetherCostsLess(t *testing.T) {
	db, wire := pgtest.Tap(t, "invoice")
	h := startOn(t, db)
	customer := h.customer("Globex")
	h.issue(h.draft(customer, "1"))
	const n = 16
	var drafts [n]invoice.Invoice
	for i := range n {
		drafts[i] = h.draft(customer, fmt.Sprint(i+1))
	}
	wire.Reset()
	answers := atOnce(t, n, func(i int) (answer, error) { return h.send("POST", "/invoices/"+drafts[i].ID.String()+"/issue", nil) })
	require.Equal(t, n, count(answers, 200))
	_, waits := wire.Counted()
	t.Logf("%d invoices waited %d times for the server", n, waits)
	require.Less(t, waits, int64(4*n), "less than one transaction each")
	require.NoError(t, h.module.VerifyLedger(t.Context(), nil))
}
