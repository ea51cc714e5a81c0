package module_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"erp/internal/asset"
	"erp/internal/platform/date"
	"erp/internal/platform/fault"
	"erp/internal/platform/id"
	"erp/internal/platform/money"
)

// What a purchase that is taken back brought was never in the books; what somebody else has by now is not taken away.
func TestAPurchaseIsTakenBack(t *testing.T) {
	h := newHouse(t)
	ctx := h.clerk.Who().Context(t.Context())
	category := do[asset.Category](h, h.clerk, 201, "POST", "/categories", m{"name": "Art", "prefix": "ART", "method": "straight-line", "convention": "full-month", "lifeMonths": 12})
	bought := asset.Order{
		PurchaseID: id.New[asset.Purchase](), BillID: id.New[asset.Bill](), BillNumber: "R-77", Supplier: "Initech", Name: "Painting", Quantity: 3,
		Cost: money.MustParse("3600.00"), Currency: "EUR", PurchasedOn: date.MustParse("2026-01-15"), CategoryID: category.ID, HolderID: h.ben,
	}
	buys := h.module.Purchases()
	_, err := buys.Prepare(ctx, bought)
	require.NoError(t, err)
	p, err := buys.Register(ctx, bought.PurchaseID)
	require.NoError(t, err)
	_, err = buys.HandOver(ctx, bought.PurchaseID)
	require.NoError(t, err)
	path := func(n int) string { return "/assets/" + p.Assets[n].String() }
	read := func(n int) asset.Asset { return do[asset.Asset](h, h.clerk, 200, "GET", path(n), nil) }

	do[asset.Asset](h, h.clerk, 201, "POST", path(1)+"/returns", m{})
	do[asset.Asset](h, h.clerk, 201, "POST", path(1)+"/assignments", m{"employeeId": h.ana})
	err = buys.Withdraw(ctx, bought.PurchaseID)
	require.Equal(t, fault.Conflict, fault.KindOf(err), "%v", err)
	require.ErrorContains(t, err, read(1).Tag)
	for n := range 3 {
		require.Equal(t, asset.StatusAssigned, read(n).Status, "all or nothing")
	}
	do[asset.Asset](h, h.clerk, 201, "POST", path(1)+"/returns", m{})
	do[asset.Asset](h, h.clerk, 201, "POST", path(2)+"/returns", m{})
	do[asset.Asset](h, h.clerk, 200, "PUT", path(2)+"/retirement", m{"keepInBooks": true})
	require.NoError(t, buys.Withdraw(ctx, bought.PurchaseID))
	for n := range 3 {
		is := read(n)
		require.Equal(t, []any{asset.StatusRetired, bought.PurchasedOn}, []any{is.Status, is.DisposedOn})
		d := do[asset.Depreciation](h, h.clerk, 200, "GET", path(n)+"/depreciation?asOf=2026-12-31", nil)
		require.Equal(t, []string{"0.00", "0.00"}, []string{d.Value.String(), d.Accumulated.String()}, "nothing was ever written off")
	}
	history := do[struct{ Items []asset.HistoryLine }](h, h.clerk, 200, "GET", path(0)+"/history", nil)
	last := history.Items[0]
	require.Equal(t, []any{asset.LineRetired, "Bill R-77 of Initech was taken back"}, []any{last.Kind, last.Note})
}
