package invoicetest_test

import (
	"testing"

	"erp/internal/invoice"
	"erp/internal/invoice/invoicetest"
	"erp/internal/platform/id"
)

func TestTheFakeKeepsThePromise(t *testing.T) {
	t.Parallel()
	known := invoice.Row{ID: id.New[invoice.Invoice](), Number: "INV-2026-00001", Customer: "Globex"}
	invoicetest.TestLedger(t.Context(), t, invoicetest.New(known), known)
}
