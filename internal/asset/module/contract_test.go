package module_test

import (
	"context"
	"testing"

	"erp/internal/asset"
	"erp/internal/asset/assettest"
	"erp/internal/employee"
	"erp/internal/platform/id"
	"erp/internal/platform/money"
)

func TestTheModuleKeepsThePromise(t *testing.T) {
	assettest.TestRegister(t, companyOf)
}

// companyOf is a register of these things and people.
func companyOf(t *testing.T, things []assettest.Thing, people int) (context.Context, asset.Register, []asset.ID, []employee.ID) {
	t.Helper()
	h := newHouse(t)
	category := h.category("Things", "TH")
	persons := []employee.ID{h.ana, h.ben, h.cleo}[:people]
	var ids []asset.ID
	for _, thing := range things {
		a := h.asset(category, thing.Name, m{"tag": thing.Tag})
		if thing.Holder >= 0 {
			h.assign(a, persons[thing.Holder])
		}
		ids = append(ids, a.ID)
	}
	return h.clerk.Who().Context(t.Context()), h.module.Register(), ids, persons
}

func TestTheFakeKeepsThePromise(t *testing.T) {
	t.Parallel()
	assettest.TestRegister(t, func(t *testing.T, things []assettest.Thing, people int) (context.Context, asset.Register, []asset.ID, []employee.ID) {
		var persons []employee.ID
		for range people {
			persons = append(persons, id.New[employee.Employee]())
		}
		register := assettest.New()
		var ids []asset.ID
		for _, thing := range things {
			a := asset.Asset{Tag: thing.Tag, Name: thing.Name}
			if thing.Holder >= 0 {
				a.HolderID, a.Status = persons[thing.Holder], asset.StatusAssigned
			}
			ids = append(ids, register.Put(a).ID)
		}
		return t.Context(), register, ids, persons
	})
}

func TestSales(t *testing.T) {
	assettest.TestSales(t, func(t *testing.T) (context.Context, asset.Sales, asset.Register, asset.ID, asset.ID) {
		t.Helper()
		h := newHouse(t)
		category := do[asset.Category](h, h.clerk, 201, "POST", "/categories", m{"name": "Art", "prefix": "ART"})
		stock := h.asset(category, "Painting")
		held := h.assign(h.asset(category, "Sculpture"), h.ben)
		return h.clerk.Who().Context(t.Context()), h.module.Sales(), h.module.Register(), stock.ID, held.ID
	})
}

func TestTheFakeKeepsThePromiseOfSales(t *testing.T) {
	t.Parallel()
	assettest.TestSales(t, func(t *testing.T) (context.Context, asset.Sales, asset.Register, asset.ID, asset.ID) {
		t.Helper()
		register := assettest.New()
		thing := asset.Asset{Tag: "ART-0001", Cost: money.MustParse("1200.00"), Currency: "EUR"}
		stock := register.Put(thing)
		thing.Tag, thing.Status, thing.HolderID = "ART-0002", asset.StatusAssigned, id.New[employee.Employee]()
		held := register.Put(thing)
		return t.Context(), assettest.NewSales(register), register, stock.ID, held.ID
	})
}

func TestPurchases(t *testing.T) {
	assettest.TestPurchases(t, func(t *testing.T) (context.Context, asset.Purchases, asset.Register, asset.CategoryID, employee.ID) {
		t.Helper()
		h := newHouse(t)
		category := do[asset.Category](h, h.clerk, 201, "POST", "/categories", m{"name": "Art", "prefix": "ART"})
		return h.clerk.Who().Context(t.Context()), h.module.Purchases(), h.module.Register(), category.ID, h.ben
	})
}

func TestTheFakeKeepsThePromiseOfPurchases(t *testing.T) {
	t.Parallel()
	assettest.TestPurchases(t, func(t *testing.T) (context.Context, asset.Purchases, asset.Register, asset.CategoryID, employee.ID) {
		t.Helper()
		register := assettest.New()
		return t.Context(), assettest.NewPurchases(register), register, id.New[asset.Category](), id.New[employee.Employee]()
	})
}
