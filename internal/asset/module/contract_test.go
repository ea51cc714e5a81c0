package module_test

import (
	"context"
	"testing"

	"erp/internal/asset"
	"erp/internal/asset/assettest"
	"erp/internal/employee"
	"erp/internal/platform/id"
)

func TestTheModuleKeepsThePromise(t *testing.T) {
	assettest.TestRegister(t, func(t *testing.T, things []assettest.Thing, people int) (context.Context, asset.Register, []asset.ID, []employee.ID) {
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
	})
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
