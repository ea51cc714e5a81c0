package module_test

import (
	"context"
	"log/slog"
	"net/url"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"erp/internal/asset"
	"erp/internal/employee"
	"erp/internal/platform/database"
	"erp/internal/platform/date"
	"erp/internal/platform/events"
	"erp/internal/platform/jobs"
)

// wire lets the module hear what is published on its own database.
func (h *house) wire() {
	h.t.Helper()
	scheduler, err := jobs.New(h.db, slog.New(slog.DiscardHandler))
	require.NoError(h.t, err)
	bus := events.NewBus()
	h.module.Subscribe(bus)
	bus.Connect(h.db, scheduler)
	h.module.Schedule(scheduler)
	require.NoError(h.t, scheduler.Start(h.t.Context()))
	h.t.Cleanup(func() { _ = scheduler.Stop(context.Background()) })
}

func (h *house) publish(about employee.ID, e events.Event) {
	h.t.Helper()
	require.NoError(h.t, h.db.Tx(h.t.Context(), func(_ context.Context, tx *database.Tx) error {
		return events.Publish(tx, about.String(), e)
	}))
}

func (h *house) eventually(sql string, want int, args ...any) {
	h.t.Helper()
	require.Eventually(h.t, func() bool { return one[int](h, sql, args...) == want }, 20*time.Second, 20*time.Millisecond, sql)
}

func TestLeaversAssetsReturnToStock(t *testing.T) {
	h := newHouse(t)
	h.wire()
	laptops := h.category("Laptops", "LT")
	held, away, promised, bens := h.asset(laptops, "Held"), h.asset(laptops, "In repair"), h.asset(laptops, "Reserved"), h.asset(laptops, "Ben's")
	h.assign(held, h.ana)
	h.assign(away, h.ana)
	h.assign(bens, h.ben)
	do[asset.Asset](h, h.clerk, 200, "PUT", "/assets/"+away.ID.String()+"/repair", m{})
	do[asset.Asset](h, h.clerk, 200, "PUT", "/assets/"+promised.ID.String()+"/reservation", m{"employeeId": h.ana})
	open, err := h.module.OffboardingStep().Open(t.Context(), h.ana)
	require.NoError(t, err)
	require.Len(t, open, 3)

	left := employee.Left{EmployeeID: h.ana, DisplayName: "Ana Novak", LeftOn: date.MustParse("2026-11-25"), Reason: "new job"}
	h.publish(h.ana, left)
	h.eventually(`SELECT count(*) FROM asset WHERE holder_id = $1`, 0, h.ana.String())
	for _, a := range []struct {
		asset.Asset
		status asset.Status
	}{{held, asset.StatusAvailable}, {away, asset.StatusInRepair}, {promised, asset.StatusAvailable}, {bens, asset.StatusAssigned}} {
		require.Equal(t, a.status, do[asset.Asset](h, h.clerk, 200, "GET", "/assets/"+a.ID.String(), nil).Status)
	}
	line := h.history(held)[0]
	require.Equal(t, asset.ReasonEmployeeLeft, line.Reason)
	require.Equal(t, "Ana Novak: Employment ended on 2026-11-25: new job", line.HolderName+": "+line.Note)
	require.Equal(t, asset.LineReleased, h.history(promised)[0].Kind)

	before := one[int](h, `SELECT count(*) FROM history`)
	_, err = h.db.Pool().Exec(t.Context(), `INSERT INTO river_job (args, kind, max_attempts, queue, state)
		SELECT args, kind, max_attempts, queue, 'available' FROM river_job WHERE args->'payload'->>'subscriber' = 'asset.return-on-leave'`)
	require.NoError(t, err)
	h.publish(h.ben, employee.Changed{EmployeeID: h.ben, DisplayName: "Ben Adeyemi"}) // comes after it
	h.eventually(`SELECT count(*) FROM asset WHERE holder_name = 'Ben Adeyemi'`, 1)
	h.eventually(`SELECT count(*) FROM river_job WHERE state = 'available' AND args->>'name' = 'deliver-event'`, 0)
	require.Equal(t, before, one[int](h, `SELECT count(*) FROM history`), "twice is once")

	answer := h.clerk.Do("POST", "/assets/"+held.ID.String()+"/assignments", m{"employeeId": h.ana})
	require.Equal(t, 409, answer.Status, "the directory may lag behind the news: %s", answer)
	require.Equal(t, 1, do[asset.Asset](h, h.clerk, 200, "GET", "/assets/"+bens.ID.String(), nil).Version-1, "a new name is no change of the asset")
	h.countersAgree()
}

func TestNewNamesReachTheList(t *testing.T) {
	h := newHouse(t)
	h.wire()
	a := h.asset(h.category("Laptops", "LT"), "Laptop")
	h.publish(h.ben, employee.Changed{EmployeeID: h.ben, DisplayName: "Ben Adeyemi"})
	h.eventually(`SELECT count(*) FROM person WHERE name = 'Ben Adeyemi'`, 1)
	require.Equal(t, "Ben Adeyemi", h.assign(a, h.ben).HolderName, "news is newer than an answer that was on its way")
	require.Len(t, do[list[asset.Asset]](h, h.clerk, 200, "GET", "/assets?q=adeyemi", nil).Items, 1)
}

func TestSearchWithoutAccents(t *testing.T) {
	h := newHouse(t)
	h.wire()
	category := h.category("Laptops", "LT")
	h.asset(category, "Ångström Präzisionswaage")
	held := h.asset(category, "Maßband")
	h.publish(h.ben, employee.Changed{EmployeeID: h.ben, DisplayName: "Zoë Müller-Søn"})
	h.eventually(`SELECT count(*) FROM person WHERE name LIKE 'Zo%'`, 1)
	h.assign(held, h.ben)
	for _, q := range []string{"angstrom", "ÅNGSTRÖM", "prazision", "massband", "Maßband", "zoe", "muller", "Müller", "son", "zo"} {
		require.Len(t, do[list[asset.Asset]](h, h.clerk, 200, "GET", "/assets?q="+url.QueryEscape(q), nil).Items, 1, q)
	}
	require.Empty(t, do[list[asset.Asset]](h, h.clerk, 200, "GET", "/assets?q=miller", nil).Items)
	require.NoError(t, h.db.Tx(t.Context(), func(ctx context.Context, tx *database.Tx) error {
		if _, err := tx.Conn().Exec(ctx, `SET LOCAL enable_seqscan = off`); err != nil {
			return err
		}
		var plan string
		err := tx.Conn().QueryRow(ctx, `EXPLAIN (FORMAT json) SELECT id FROM asset WHERE search_text LIKE '%angstrom%'`).Scan(&plan)
		require.Contains(t, plan, "asset_search_text", "the index still serves")
		return err
	}))
}

func TestCountersFold(t *testing.T) {
	h := newHouse(t)
	laptops := h.category("Laptops", "LT")
	for range 3 {
		h.asset(laptops, "Laptop")
	}
	h.wire()
	h.eventually(`SELECT count(*) FROM counter_change`, 0)
	h.countersAgree()
	h.assign(h.asset(laptops, "Laptop"), h.ana)
	h.countersAgree()
}
