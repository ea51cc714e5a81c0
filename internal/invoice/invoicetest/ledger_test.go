package invoicetest_test

import (
	"testing"

	"erp/internal/employee"
	"erp/internal/invoice"
	"erp/internal/invoice/invoicetest"
	"erp/internal/platform/id"
)

func TestTheFakeKeepsThePromise(t *testing.T) {
	t.Parallel()
	known := invoice.Row{ID: id.New[invoice.Invoice](), Number: "INV-2026-00001", Customer: "Globex", OwnerID: id.New[employee.Employee]()}
	older := invoice.Row{ID: invoice.ID{1}, Number: "INV-2026-00000", Customer: "Globex", OwnerID: known.OwnerID}
	invoicetest.TestLedger(t.Context(), t, invoicetest.New(known, older), known)
}
