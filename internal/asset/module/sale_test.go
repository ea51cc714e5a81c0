package module_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"erp/internal/asset"
	"erp/internal/employee"
	"erp/internal/platform/date"
	"erp/internal/platform/fault"
	"erp/internal/platform/id"
	"erp/internal/platform/money"
	"erp/internal/platform/rbac"
)

func offer(a asset.Asset, price string) asset.Offer {
	return asset.Offer{SaleID: id.New[asset.Sale](), AssetID: a.ID, On: date.MustParse("2026-11-25"), Currency: "EUR", Proceeds: money.MustParse(price)}
}

func TestSellingAnAsset(t *testing.T) {
	h := newHouse(t)
	ctx, sales := h.clerk.Who().Context(t.Context()), h.module.Sales()
	laptops := h.category("Laptops", "LT") // 36 months, 10 percent salvage
	laptop := h.assign(h.asset(laptops, "ThinkPad", m{"inServiceOn": "2026-01-15"}), h.ben)

	t.Run("gain or loss is against the value that the books show on the day", func(t *testing.T) {
		book := do[asset.Depreciation](h, h.clerk, 200, "GET", "/assets/"+laptop.ID.String()+"/depreciation?asOf=2026-11-25", nil)
		quote, err := sales.Quote(ctx, offer(laptop, "950.00"))
		require.NoError(t, err)
		require.Equal(t, "900.00", book.Value.String(), "ten months of 30.00")
		require.Equal(t, book.Value, quote.Value)
		require.Equal(t, "50.00", quote.Gain.String())
	})
	t.Run("who may not see the asset is told of none", func(t *testing.T) {
		stranger := h.as(rbac.Employee, h.ana)
		_, err := sales.Quote(stranger.Who().Context(t.Context()), offer(laptop, "1.00"))
		require.True(t, fault.Is(err, fault.NotFound), "%v", err)
	})

	sold := offer(laptop, "950.00")
	_, err := sales.Reserve(ctx, sold)
	require.NoError(t, err)
	refused := func(t *testing.T) {
		t.Helper()
		for _, deed := range []struct {
			method, path string
			body         any
		}{
			{"POST", "/assignments", m{"employeeId": h.ana, "transfer": true}}, {"POST", "/returns", m{}}, {"PUT", "/retirement", m{}},
			{"DELETE", "/retirement", nil}, {"PUT", "/loss", m{}}, {"DELETE", "/loss", nil}, {"PUT", "/repair", m{}}, {"DELETE", "/repair", nil},
			{"PUT", "/reservation", m{"employeeId": h.ana}}, {"DELETE", "/reservation", nil},
		} {
			answer := h.clerk.Do(deed.method, "/assets/"+laptop.ID.String()+deed.path, deed.body)
			require.Equal(t, 409, answer.Status, "%s %s: %s", deed.method, deed.path, answer)
			require.Contains(t, answer.String(), "sold")
		}
	}
	t.Run("while it is being sold nobody else gets it", refused)

	_, err = sales.Dispose(ctx, sold.SaleID, date.MustParse("2026-11-25"))
	require.NoError(t, err)
	_, err = sales.EndCustody(ctx, sold.SaleID)
	require.NoError(t, err)
	t.Run("what was sold stays sold until its invoice is credited", func(t *testing.T) {
		refused(t)
		is := do[asset.Asset](h, h.clerk, 200, "GET", "/assets/"+laptop.ID.String(), nil)
		require.Equal(t, asset.StatusRetired, is.Status)
		require.Equal(t, sold.SaleID, is.SaleID)
		book := do[asset.Depreciation](h, h.clerk, 200, "GET", "/assets/"+laptop.ID.String()+"/depreciation?asOf=2026-12-31", nil)
		require.Equal(t, asset.BookDisposed, book.Status)
		require.Equal(t, "300.00", book.Accumulated.String(), "no charge follows the sale")
		require.Equal(t, []asset.LineKind{asset.LineSold, asset.LineDisposed, asset.LineForSale}, kinds(h.history(laptop))[:3])
	})
	t.Run("who has left meanwhile does not get it back", func(t *testing.T) {
		h.people.Put(employee.Employee{ID: h.ben, GivenName: "Ben", FamilyName: "Okafor", Status: employee.StatusLeft})
		_, err := sales.Revert(ctx, sold.SaleID, asset.SaleWithdrawn)
		require.NoError(t, err)
		is := do[asset.Asset](h, h.clerk, 200, "GET", "/assets/"+laptop.ID.String(), nil)
		require.Equal(t, asset.StatusAvailable, is.Status)
		require.True(t, is.HolderID.IsZero())
		require.True(t, is.DisposedOn.IsZero())
		h.assign(laptop, h.cleo)
	})
}

// Somebody who leaves while their asset is being sold does not stop the sale, and the sale does not stop them.
func TestLeavingDuringASale(t *testing.T) {
	h := newHouse(t)
	h.wire()
	ctx, sales := h.clerk.Who().Context(t.Context()), h.module.Sales()
	laptop := h.assign(h.asset(h.category("Laptops", "LT"), "ThinkPad"), h.ben)
	sold := offer(laptop, "100.00")
	_, err := sales.Reserve(ctx, sold)
	require.NoError(t, err)
	h.publish(h.ben, employee.Left{EmployeeID: h.ben, DisplayName: "Ben Okafor", LeftOn: date.MustParse("2026-11-25")})
	h.eventually(`SELECT count(*) FROM asset WHERE holder_id = $1`, 0, h.ben.String())
	_, err = sales.Dispose(ctx, sold.SaleID, date.MustParse("2026-11-25"))
	require.NoError(t, err)
	_, err = sales.EndCustody(ctx, sold.SaleID)
	require.NoError(t, err)
	require.Equal(t, asset.StatusRetired, do[asset.Asset](h, h.clerk, 200, "GET", "/assets/"+laptop.ID.String(), nil).Status)
}
