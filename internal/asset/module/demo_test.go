package module_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"erp/internal/asset"
	"erp/internal/asset/module"
	"erp/internal/employee"
	"erp/internal/platform/date"
	"erp/internal/platform/pgtest"
)

func TestDemo(t *testing.T) {
	h := newHouse(t)
	h.people.Put(employee.Employee{ID: h.ana, DisplayName: "Ana Novak", HiredOn: date.MustParse("2020-01-01"), LeftOn: date.MustParse("2024-06-30"), Status: employee.StatusLeft})
	h.people.Put(employee.Employee{ID: h.ben, DisplayName: "Ben Okafor", HiredOn: date.MustParse("2023-01-01")})
	h.people.Put(employee.Employee{ID: h.cleo, DisplayName: "Cleo Marin", HiredOn: date.MustParse("2015-01-01")})
	people := []employee.ID{h.ana, h.ben, h.cleo}
	told := 0
	ids, err := h.module.LoadDemo(t.Context(), 6000, 7, people, func(done int) { told = done })
	require.NoError(t, err)
	require.Len(t, ids, 6000)
	require.Equal(t, 6000, told)
	h.countersAgree()

	for sql, want := range map[string]int{
		`SELECT count(*) FROM asset`: 6000,
		`SELECT count(*) FROM asset a WHERE status = 'assigned' AND NOT EXISTS (SELECT 1 FROM custody c WHERE c.asset_id = a.id AND c.holder_id = a.holder_id AND c.started_at = a.held_since AND c.ended_at IS NULL)`: 0,
		`SELECT count(*) FROM custody c JOIN asset a ON a.id = c.asset_id WHERE c.ended_at IS NULL AND a.holder_id IS DISTINCT FROM c.holder_id`:                                                                       0,
		`SELECT count(*) FROM custody c JOIN asset a ON a.id = c.asset_id WHERE c.started_at < a.created_at`:                                                                                                           0,
		`SELECT count(*) FROM custody WHERE holder_id = '` + h.ana.String() + `' AND (ended_at IS NULL OR ended_at > '2024-07-01')`:                                                                                    0,
		`SELECT count(*) FROM custody WHERE holder_id = '` + h.ben.String() + `' AND started_at < '2023-01-01'`:                                                                                                        0,
		`SELECT count(*) FROM history WHERE kind = 'registered'`:                                                                                                                                                       6000,
		`SELECT count(*) FROM history WHERE at > '2026-11-25T23:00:00Z'`:                                                                                                                                               0,
	} {
		require.Equal(t, want, one[int](h, sql), sql)
	}
	for _, status := range []asset.Status{asset.StatusAvailable, asset.StatusAssigned, asset.StatusInRepair, asset.StatusLost, asset.StatusRetired} {
		require.Positive(t, one[int](h, `SELECT count(*) FROM asset WHERE status = $1`, status), status)
	}
	laptops := do[list[asset.Category]](h, h.clerk, 200, "GET", "/categories", nil).Items[2]
	require.Equal(t, "LT-1441", h.asset(laptops, "Next").Tag)

	_, err = h.module.LoadDemo(t.Context(), 10, 7, people, nil)
	require.ErrorContains(t, err, "empty one only")

	again := module.New(module.Deps{DB: pgtest.New(t, "asset"), Directory: h.people, Company: company{}, Now: h.clock.now})
	same, err := again.LoadDemo(t.Context(), 6000, 7, people, nil)
	require.NoError(t, err)
	require.Equal(t, ids, same, "the same seed, the same assets")
}
