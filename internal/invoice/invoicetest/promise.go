package invoicetest

import (
	"context"
	"testing"

	"github.com/stretchr/testify/require"

	"erp/internal/employee"
	"erp/internal/invoice"
	"erp/internal/platform/id"
)

// TestLedger is the promise that every Ledger keeps, near or far. known is a document in it
// that somebody made, and ctx acts for somebody who may read everything.
func TestLedger(ctx context.Context, t *testing.T, ledger invoice.Ledger, known invoice.Row) {
	t.Helper()

	t.Run("a batch gives what is known and leaves out what is not", func(t *testing.T) {
		found, err := ledger.Invoices(ctx, []invoice.ID{known.ID, id.New[invoice.Invoice](), known.ID})
		require.NoError(t, err)
		require.Len(t, found, 1)
		require.Equal(t, known, found[known.ID])
		none, err := ledger.Invoices(ctx, nil)
		require.NoError(t, err)
		require.Empty(t, none)
	})

	t.Run("people are told what they made, newest first and no more than asked for", func(t *testing.T) {
		nobody := id.New[employee.Employee]()
		made, err := ledger.OwnedBy(ctx, []employee.ID{known.OwnerID, nobody, known.OwnerID}, 100)
		require.NoError(t, err)
		require.Len(t, made, 1)
		require.Contains(t, made[known.OwnerID], known)
		for i, row := range made[known.OwnerID] {
			require.Equal(t, known.OwnerID, row.OwnerID)
			require.True(t, i == 0 || row.ID.Compare(made[known.OwnerID][i-1].ID) < 0)
		}
		one, err := ledger.OwnedBy(ctx, []employee.ID{known.OwnerID}, 1)
		require.NoError(t, err)
		require.Equal(t, made[known.OwnerID][:1], one[known.OwnerID])
		none, err := ledger.OwnedBy(ctx, nil, 5)
		require.NoError(t, err)
		require.Empty(t, none)
	})

	t.Run("a search finds by number and customer and keeps its limit", func(t *testing.T) {
		for _, q := range []string{known.Number, known.Customer} {
			found, err := ledger.Search(ctx, q, 1)
			require.NoError(t, err)
			require.Len(t, found, 1)
		}
		none, err := ledger.Search(ctx, "no such document", 10)
		require.NoError(t, err)
		require.Empty(t, none)
	})
}
