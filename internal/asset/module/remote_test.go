package module_test

import (
	"context"
	"testing"

	"erp/internal/asset"
	"erp/internal/asset/assettest"
	"erp/internal/asset/remote"
	"erp/internal/asset/remote/assetwire"
	"erp/internal/employee"
	"erp/internal/platform/rpc/rpctest"
)

// The far Register keeps the promise of the near one.
func TestTheFarRegisterKeepsThePromise(t *testing.T) {
	assettest.TestRegister(t, func(t *testing.T, things []assettest.Thing, people int) (context.Context, asset.Register, []asset.ID, []employee.ID) {
		ctx, register, ids, persons := companyOf(t, things, people)
		wire := rpctest.New(t, "asset")
		remote.ServeRegister(wire.Server, register)
		return ctx, remote.NewRegister(wire.Link), ids, persons
	})
}

func TestNothingGetsLostOnTheWire(t *testing.T) {
	t.Parallel()
	rpctest.Survives[asset.Asset](t, &assetwire.Asset{})
	rpctest.Survives[asset.Summary](t, &assetwire.Summary{})
	rpctest.Survives[asset.Offer](t, &assetwire.Offer{})
	rpctest.Survives[asset.Sale](t, &assetwire.Sale{})
	rpctest.Survives[asset.Order](t, &assetwire.Order{})
	rpctest.Survives[asset.Purchase](t, &assetwire.Purchase{})
}

// The far Sales keep the promise of the near ones.
func TestFarSales(t *testing.T) {
	assettest.TestSales(t, func(t *testing.T) (context.Context, asset.Sales, asset.Register, asset.ID, asset.ID) {
		t.Helper()
		h := newHouse(t)
		category := do[asset.Category](h, h.clerk, 201, "POST", "/categories", m{"name": "Art", "prefix": "ART"})
		stock, held := h.asset(category, "Painting"), h.assign(h.asset(category, "Sculpture"), h.ben)
		wire := rpctest.New(t, "asset")
		remote.ServeSales(wire.Server, h.module.Sales())
		remote.ServeRegister(wire.Server, h.module.Register())
		return h.clerk.Who().Context(t.Context()), remote.NewSales(wire.Link), remote.NewRegister(wire.Link), stock.ID, held.ID
	})
}

// The far Purchases keep the promise of the near ones.
func TestFarPurchases(t *testing.T) {
	assettest.TestPurchases(t, func(t *testing.T) (context.Context, asset.Purchases, asset.Register, asset.CategoryID, employee.ID) {
		t.Helper()
		h := newHouse(t)
		category := do[asset.Category](h, h.clerk, 201, "POST", "/categories", m{"name": "Art", "prefix": "ART"})
		wire := rpctest.New(t, "asset")
		remote.ServePurchases(wire.Server, h.module.Purchases())
		remote.ServeRegister(wire.Server, h.module.Register())
		return h.clerk.Who().Context(t.Context()), remote.NewPurchases(wire.Link), remote.NewRegister(wire.Link), category.ID, h.ben
	})
}
