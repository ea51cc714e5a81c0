package module_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"erp/internal/invoice"
	"erp/internal/invoice/invoicetest"
	"erp/internal/platform/auth"
	"erp/internal/platform/rbac"
)

func TestLedger(t *testing.T) {
	t.Parallel()
	h := start(t)
	inv := h.issue(h.draft(h.customer("Globex"), "100"))
	rows := into[pageOf[invoice.Row]](t, 200, h.call("GET", "/invoices", nil)).Items
	require.Len(t, rows, 1)
	require.Equal(t, inv.ID, rows[0].ID)
	ctx := auth.WithSystem(t.Context(), "test")
	invoicetest.TestLedger(ctx, t, h.module.Ledger(), rows[0])

	t.Run("who may not read finds nothing", func(t *testing.T) {
		nobody := auth.With(t.Context(), auth.Principal{Kind: auth.KindUser}, rbac.NewRights(nil))
		found, err := h.module.Ledger().Search(nobody, "Globex", 10)
		require.NoError(t, err)
		require.Empty(t, found)
		customers, err := h.module.Ledger().SearchCustomers(nobody, "Globex", 10)
		require.NoError(t, err)
		require.Empty(t, customers)
	})
}
