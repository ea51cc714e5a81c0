package assettest

import (
	"context"
	"testing"

	"github.com/stretchr/testify/require"

	"erp/internal/asset"
	"erp/internal/employee"
	"erp/internal/platform/date"
	"erp/internal/platform/fault"
	"erp/internal/platform/id"
	"erp/internal/platform/money"
)

// Shop builds Sales over a register of the company with an asset in stock and one in somebody's hands, both worth their
// cost of 1200.00 EUR on 2026-11-25, and a context whose caller may see everything.
type Shop func(t *testing.T) (ctx context.Context, sales asset.Sales, register asset.Register, inStock, held asset.ID)

// TestSales is the promise that every asset.Sales must keep, near or far.
func TestSales(t *testing.T, shop Shop) {
	on := date.MustParse("2026-11-25")
	offer := func(of asset.ID, price string) asset.Offer {
		return asset.Offer{SaleID: id.New[asset.Sale](), AssetID: of, On: on, Currency: "EUR", Proceeds: money.MustParse(price)}
	}
	look := func(t *testing.T, ctx context.Context, register asset.Register, which asset.ID) asset.Asset {
		t.Helper()
		found, err := register.Assets(ctx, []asset.ID{which})
		require.NoError(t, err)
		return found[which]
	}
	t.Run("a sale goes stage by stage, each of them once", func(t *testing.T) {
		ctx, sales, register, _, held := shop(t)
		o := offer(held, "1000.00")
		quote, err := sales.Quote(ctx, o)
		require.NoError(t, err)
		require.Equal(t, "-200.00", quote.Gain.String())
		for range 2 {
			s, err := sales.Reserve(ctx, o)
			require.NoError(t, err)
			require.Equal(t, asset.SaleReserved, s.Stage)
			require.Equal(t, asset.StatusAssigned, look(t, ctx, register, held).Status, "it stays where it is")
		}
		for range 2 {
			s, err := sales.Dispose(ctx, o.SaleID, on)
			require.NoError(t, err)
			require.Equal(t, "1200.00", s.Value.String())
			require.Equal(t, "-200.00", s.Gain.String())
		}
		for range 2 {
			_, err := sales.EndCustody(ctx, o.SaleID)
			require.NoError(t, err)
		}
		is := look(t, ctx, register, held)
		require.Equal(t, asset.StatusRetired, is.Status)
		require.Equal(t, employee.ID{}, is.HolderID)
		require.Equal(t, on, is.DisposedOn)
		s, err := sales.Reserve(ctx, o)
		require.NoError(t, err, "a late repetition changes nothing")
		require.Equal(t, asset.SaleEnded, s.Stage)
	})
	t.Run("an asset is sold to one only", func(t *testing.T) {
		ctx, sales, _, inStock, _ := shop(t)
		_, err := sales.Reserve(ctx, offer(inStock, "1.00"))
		require.NoError(t, err)
		_, err = sales.Reserve(ctx, offer(inStock, "1.00"))
		require.True(t, fault.Is(err, fault.Conflict), "%v", err)
		_, err = sales.Quote(ctx, offer(inStock, "1.00"))
		require.True(t, fault.Is(err, fault.Conflict), "%v", err)
	})
	t.Run("what cannot be sold is refused", func(t *testing.T) {
		ctx, sales, _, inStock, _ := shop(t)
		o := offer(inStock, "1.00")
		o.Currency = "USD"
		_, err := sales.Reserve(ctx, o)
		require.True(t, fault.Is(err, fault.Conflict), "%v", err)
		_, err = sales.Reserve(ctx, offer(id.New[asset.Asset](), "1.00"))
		require.True(t, fault.Is(err, fault.NotFound), "%v", err)
		_, err = sales.Dispose(ctx, id.New[asset.Sale](), on)
		require.True(t, fault.Is(err, fault.Conflict), "%v", err)
	})
	t.Run("a sale that is undone leaves everything as it was", func(t *testing.T) {
		ctx, sales, register, _, held := shop(t)
		was := look(t, ctx, register, held)
		for _, depth := range []int{0, 1, 2} {
			o := offer(held, "1500.00")
			_, err := sales.Reserve(ctx, o)
			require.NoError(t, err)
			if depth > 0 {
				_, err = sales.Dispose(ctx, o.SaleID, on)
				require.NoError(t, err)
			}
			if depth > 1 {
				_, err = sales.EndCustody(ctx, o.SaleID)
				require.NoError(t, err)
			}
			for _, stage := range []asset.SaleStage{asset.SaleDisposed, asset.SaleReserved, asset.SaleWithdrawn, asset.SaleWithdrawn} {
				_, err := sales.Revert(ctx, o.SaleID, stage)
				require.NoError(t, err)
			}
			is := look(t, ctx, register, held)
			require.Equal(t, was.Status, is.Status)
			require.Equal(t, was.HolderID, is.HolderID)
			require.True(t, is.DisposedOn.IsZero())
			require.True(t, is.SaleID.IsZero())
			_, err = sales.Reserve(ctx, o)
			require.True(t, fault.Is(err, fault.Conflict), "what was withdrawn never comes back: %v", err)
		}
	})
	t.Run("a beginning that arrives after its end is refused", func(t *testing.T) {
		ctx, sales, register, inStock, _ := shop(t)
		o := offer(inStock, "1.00")
		for range 2 {
			_, err := sales.Revert(ctx, o.SaleID, asset.SaleWithdrawn)
			require.NoError(t, err)
		}
		_, err := sales.Reserve(ctx, o)
		require.True(t, fault.Is(err, fault.Conflict), "%v", err)
		require.True(t, look(t, ctx, register, inStock).SaleID.IsZero())
	})
}
