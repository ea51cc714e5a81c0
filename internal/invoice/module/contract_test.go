package module_test

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"erp/internal/invoice"
	"erp/internal/invoice/invoicetest"
	"erp/internal/invoice/remote"
	"erp/internal/invoice/remote/invoicewire"
	"erp/internal/platform/auth"
	"erp/internal/platform/id"
	"erp/internal/platform/rbac"
	"erp/internal/platform/rpc/rpctest"
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

	// The far Ledger keeps the promise of the near one.
	wire := rpctest.New(t, "invoice")
	remote.ServeLedger(wire.Server, h.module.Ledger())
	far := remote.NewLedger(wire.Link)
	invoicetest.TestLedger(ctx, t, far, rows[0])

	t.Run("customers and sums are the same, near and far", func(t *testing.T) {
		near := h.module.Ledger()
		want, err := near.SearchCustomers(ctx, "Globex", 10)
		require.NoError(t, err)
		got, err := far.SearchCustomers(ctx, "Globex", 10)
		require.NoError(t, err)
		require.JSONEq(t, text(t, want), text(t, got))
		sum, err := near.Summary(ctx)
		require.NoError(t, err)
		farSum, err := far.Summary(ctx)
		require.NoError(t, err)
		require.JSONEq(t, text(t, sum), text(t, farSum))
	})

	t.Run("who may not read finds nothing", func(t *testing.T) {
		nobody := auth.With(t.Context(), auth.Principal{Kind: auth.KindUser, UserID: id.New[auth.User]()}, rbac.NewRights(nil))
		for _, ledger := range []invoice.Ledger{h.module.Ledger(), far} {
			found, err := ledger.Search(nobody, "Globex", 10)
			require.NoError(t, err)
			require.Empty(t, found)
			customers, err := ledger.SearchCustomers(nobody, "Globex", 10)
			require.NoError(t, err)
			require.Empty(t, customers)
		}
	})
}

func TestNothingGetsLostOnTheWire(t *testing.T) {
	t.Parallel()
	rpctest.Survives[invoice.Row](t, &invoicewire.Row{})
	rpctest.Survives[invoice.Customer](t, &invoicewire.Customer{})
	rpctest.Survives[invoice.Summary](t, &invoicewire.Summary{})
}

// text is the value as the API shows it: a list without entries is an empty one there.
func text(t *testing.T, value any) string {
	t.Helper()
	raw, err := json.Marshal(value)
	require.NoError(t, err)
	return strings.ReplaceAll(string(raw), ":null", ":[]")
}
