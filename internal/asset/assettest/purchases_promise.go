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

// Market builds Purchases over a register of the company with a category and somebody who works here.
type Market func(t *testing.T) (ctx context.Context, purchases asset.Purchases, register asset.Register, category asset.CategoryID, person employee.ID)

// TestPurchases is the promise that every asset.Purchases must keep, near or far.
func TestPurchases(t *testing.T, market Market) {
	order := func(category asset.CategoryID) asset.Order {
		return asset.Order{
			PurchaseID: id.New[asset.Purchase](), BillID: id.New[asset.Bill](), BillNumber: "R-77", Supplier: "Initech", Name: "Laptop", Quantity: 3,
			Cost: money.MustParse("1000.00"), Currency: "EUR", PurchasedOn: date.MustParse("2026-11-20"), CategoryID: category,
		}
	}
	t.Run("a purchase goes stage by stage, each of them once, and its assets cost together what was paid", func(t *testing.T) {
		ctx, purchases, register, category, person := market(t)
		o := order(category)
		o.HolderID = person
		require.NoError(t, purchases.Check(ctx, o))
		for range 2 {
			p, err := purchases.Prepare(ctx, o)
			require.NoError(t, err)
			require.Equal(t, asset.PurchasePrepared, p.Stage)
			require.Empty(t, p.Assets)
		}
		_, err := purchases.HandOver(ctx, o.PurchaseID)
		require.Equal(t, fault.Conflict, fault.KindOf(err), "nothing is there yet")
		var bought []asset.ID
		for range 2 {
			p, err := purchases.Register(ctx, o.PurchaseID)
			require.NoError(t, err)
			require.Len(t, p.Assets, 3)
			bought = p.Assets
		}
		for range 2 {
			p, err := purchases.HandOver(ctx, o.PurchaseID)
			require.NoError(t, err)
			require.Equal(t, asset.PurchaseHandedOver, p.Stage)
		}
		found, err := register.Assets(ctx, bought)
		require.NoError(t, err)
		costs, total := []string{}, money.Zero
		for _, one := range bought {
			a := found[one]
			costs, total = append(costs, a.Cost.String()), total.Add(a.Cost)
			require.Equal(t, []any{o.BillID, "R-77", "Initech", o.PurchasedOn, person, asset.StatusAssigned},
				[]any{a.BillID, a.BillNumber, a.Supplier, a.PurchasedOn, a.HolderID, a.Status})
		}
		require.ElementsMatch(t, []string{"333.34", "333.33", "333.33"}, costs)
		require.Equal(t, "1000.00", total.String())
		p, err := purchases.Prepare(ctx, o)
		require.NoError(t, err, "a late repetition changes nothing")
		require.Equal(t, asset.PurchaseHandedOver, p.Stage)
	})
	t.Run("what is in the register of a withdrawn purchase is out of use, out of all hands and out of the books", func(t *testing.T) {
		ctx, purchases, register, category, person := market(t)
		for _, holder := range []employee.ID{{}, person} {
			o := order(category)
			o.HolderID = holder
			_, err := purchases.Prepare(ctx, o)
			require.NoError(t, err)
			bought, err := purchases.Register(ctx, o.PurchaseID)
			require.NoError(t, err)
			if !holder.IsZero() {
				_, err = purchases.HandOver(ctx, o.PurchaseID)
				require.NoError(t, err)
			}
			for range 2 {
				require.NoError(t, purchases.Withdraw(ctx, o.PurchaseID))
				found, err := register.Assets(ctx, bought.Assets)
				require.NoError(t, err)
				require.Len(t, found, 3)
				for _, a := range found {
					require.Equal(t, []any{asset.StatusRetired, employee.ID{}, o.PurchasedOn, o.PurchasedOn}, []any{a.Status, a.HolderID, a.RetiredOn, a.DisposedOn})
				}
			}
			_, err = purchases.Register(ctx, o.PurchaseID)
			require.Equal(t, fault.Conflict, fault.KindOf(err), "it never comes back")
		}
	})
	t.Run("a withdrawn purchase never comes back, whichever arrives first", func(t *testing.T) {
		ctx, purchases, _, category, _ := market(t)
		o, late := order(category), order(category)
		_, err := purchases.Prepare(ctx, o)
		require.NoError(t, err)
		for range 2 {
			require.NoError(t, purchases.Withdraw(ctx, o.PurchaseID))
			require.NoError(t, purchases.Withdraw(ctx, late.PurchaseID), "it was never heard of")
		}
		for _, one := range []asset.Order{o, late} {
			_, err := purchases.Prepare(ctx, one)
			require.Equal(t, fault.Conflict, fault.KindOf(err))
			_, err = purchases.Register(ctx, one.PurchaseID)
			require.Equal(t, fault.Conflict, fault.KindOf(err))
		}
	})
	t.Run("what cannot be registered is refused before anything is kept", func(t *testing.T) {
		ctx, purchases, _, category, _ := market(t)
		for _, spoil := range []func(*asset.Order){
			func(o *asset.Order) { o.CategoryID = asset.CategoryID{} },
			func(o *asset.Order) { o.Quantity = 0 },
			func(o *asset.Order) { o.Quantity = asset.MaxBought + 1 },
		} {
			o := order(category)
			spoil(&o)
			require.Equal(t, fault.Invalid, fault.KindOf(purchases.Check(ctx, o)))
			_, err := purchases.Prepare(ctx, o)
			require.Equal(t, fault.Invalid, fault.KindOf(err))
			_, err = purchases.Register(ctx, o.PurchaseID)
			require.Equal(t, fault.Conflict, fault.KindOf(err), "it was never prepared")
		}
	})
}
