package module_test

import (
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"erp/internal/asset"
	"erp/internal/employee"
	"erp/internal/platform/id"
	"erp/internal/platform/rbac"
)

func TestAssign(t *testing.T) {
	h := newHouse(t)
	a := h.asset(h.category("Laptops", "LT"), "Laptop")
	path := "/assets/" + a.ID.String()

	held := do[asset.Asset](h, h.clerk, 201, "POST", path+"/assignments", m{"employeeId": h.ana, "dueOn": "2026-12-24", "note": "with charger"})
	require.Equal(t, asset.StatusAssigned, held.Status)
	require.Equal(t, "Ana Novak", held.HolderName)
	require.Equal(t, "2026-12-24", held.DueOn.String())

	again := h.clerk.Do("POST", path+"/assignments", m{"employeeId": h.ben})
	require.Equal(t, 409, again.Status, again)
	require.Contains(t, again.Text("detail"), "Asset LT-0001 is held by Ana Novak.")

	moved := do[asset.Asset](h, h.clerk, 201, "POST", path+"/assignments", m{"employeeId": h.ben, "transfer": true})
	require.Equal(t, h.ben, moved.HolderID)
	back := do[asset.Asset](h, h.clerk, 201, "POST", path+"/returns", m{"note": "scratched"})
	require.Equal(t, asset.StatusAvailable, back.Status)
	require.True(t, back.HolderID.IsZero())
	require.Equal(t, 409, h.clerk.Do("POST", path+"/returns", m{}).Status)

	custody := do[list[asset.Custody]](h, h.clerk, 200, "GET", path+"/assignments", nil).Items
	require.Len(t, custody, 2)
	require.Equal(t, []employee.ID{h.ben, h.ana}, []employee.ID{custody[0].HolderID, custody[1].HolderID})
	require.Equal(t, custody[1].To, custody[0].From, "a transfer leaves no gap")
	require.Equal(t, []asset.Reason{asset.ReasonReturned, asset.ReasonTransferred}, []asset.Reason{custody[0].EndReason, custody[1].EndReason})
	require.Equal(t, []asset.LineKind{asset.LineReturned, asset.LineTransferred, asset.LineAssigned, asset.LineRegistered}, kinds(h.history(a)))
	require.Equal(t, 3, one[int](h, `SELECT count(*) FROM event_log WHERE name = 'asset.holder-changed.v1'`))

	answer := h.clerk.Do("POST", path+"/assignments", m{"employeeId": id.New[employee.Employee]()})
	require.Equal(t, 422, answer.Status, answer)
	require.Contains(t, answer.Problems(), "body.employeeId")
	h.people.Put(employee.Employee{ID: h.ana, DisplayName: "Ana Novak", Status: employee.StatusLeft})
	require.Equal(t, 409, h.clerk.Do("POST", path+"/assignments", m{"employeeId": h.ana}).Status)
	h.countersAgree()
}

func TestAssignAtOnceHasOneWinner(t *testing.T) {
	h := newHouse(t)
	a := h.asset(h.category("Laptops", "LT"), "Laptop")
	statuses := make([]int, 32)
	var wait sync.WaitGroup
	for i := range statuses {
		wait.Go(func() {
			who := []employee.ID{h.ana, h.ben, h.cleo}[i%3]
			statuses[i] = h.clerk.Do("POST", "/assets/"+a.ID.String()+"/assignments", m{"employeeId": who}).Status
		})
	}
	wait.Wait()
	won := 0
	for _, status := range statuses {
		if status == 201 {
			won++
			continue
		}
		require.Equal(t, 409, status)
	}
	require.Equal(t, 1, won)
	require.Equal(t, 1, one[int](h, `SELECT count(*) FROM custody WHERE asset_id = $1`, a.ID.String()))
	require.Equal(t, 2, one[int](h, `SELECT count(*) FROM history WHERE asset_id = $1`, a.ID.String()))
}

// Many people change one asset, and the clock is set back meanwhile: intervals still follow each other.
func TestHistoryNeverOverlaps(t *testing.T) {
	h := newHouse(t)
	a := h.asset(h.category("Laptops", "LT"), "Laptop")
	path := "/assets/" + a.ID.String()
	var wait sync.WaitGroup
	for i := range 8 {
		wait.Go(func() {
			for range 10 {
				who := []employee.ID{h.ana, h.ben, h.cleo}[i%3]
				for _, answer := range []int{
					h.clerk.Do("POST", path+"/assignments", m{"employeeId": who, "transfer": i%2 == 0}).Status,
					h.clerk.Do("POST", path+"/returns", m{}).Status,
				} {
					require.Contains(t, []int{201, 409}, answer)
				}
				if i == 0 {
					h.clock.set(time.Date(2026, 11, 24, 9, 0, 0, 0, time.UTC))
				}
			}
		})
	}
	wait.Wait()
	require.Positive(t, one[int](h, `SELECT count(*) FROM custody`))
	require.Zero(t, one[int](h, `SELECT count(*) FROM custody a JOIN custody b ON a.asset_id = b.asset_id AND a.id < b.id
		AND tstzrange(a.started_at, a.ended_at) && tstzrange(b.started_at, b.ended_at)`))
	require.Equal(t, one[int](h, `SELECT count(*) FROM custody WHERE ended_at IS NULL`), one[int](h, `SELECT count(*) FROM asset WHERE status = 'assigned'`))
	h.countersAgree()
}

func TestTheServerItselfRefusesTwoHolders(t *testing.T) {
	h := newHouse(t)
	a := h.asset(h.category("Laptops", "LT"), "Laptop")
	h.assign(a, h.ana)
	_, err := h.db.Pool().Exec(t.Context(), `INSERT INTO custody (id, asset_id, holder_id, holder_name, started_at)
		VALUES (gen_random_uuid(), $1, $2, 'Ben', '2030-01-01')`, a.ID.String(), h.ben.String())
	require.ErrorContains(t, err, "custody_")
	_, err = h.db.Pool().Exec(t.Context(), `UPDATE asset SET status = 'available' WHERE id = $1`, a.ID.String())
	require.ErrorContains(t, err, "violates check constraint")
	_, err = h.db.Pool().Exec(t.Context(), `DELETE FROM history`)
	require.ErrorContains(t, err, "permission denied")
}

func TestRepairLossReservationRetirement(t *testing.T) {
	h := newHouse(t)
	a := h.asset(h.category("Laptops", "LT"), "Laptop")
	path := "/assets/" + a.ID.String()
	step := func(status int, method, what string, body any) asset.Asset {
		t.Helper()
		return do[asset.Asset](h, h.clerk, status, method, path+what, body)
	}
	require.Equal(t, asset.StatusReserved, step(200, "PUT", "/reservation", m{"employeeId": h.ana}).Status)
	require.Equal(t, 409, h.clerk.Do("POST", path+"/assignments", m{"employeeId": h.ben}).Status)
	require.Equal(t, asset.StatusAvailable, step(200, "DELETE", "/reservation", nil).Status)
	h.assign(a, h.ana)
	require.Equal(t, h.ana, step(200, "PUT", "/repair", m{"note": "screen"}).HolderID)
	require.Equal(t, asset.StatusAssigned, step(200, "DELETE", "/repair", nil).Status)
	require.Equal(t, 409, h.clerk.Do("PUT", path+"/retirement", m{}).Status, "somebody holds it")
	require.Equal(t, asset.StatusLost, step(200, "PUT", "/loss", m{}).Status)
	require.Equal(t, asset.StatusAvailable, step(200, "DELETE", "/loss", nil).Status)
	require.Equal(t, 422, h.clerk.Do("PUT", path+"/retirement", m{"on": "2027-01-01"}).Status, "not in the future")
	retired := step(200, "PUT", "/retirement", m{"note": "broken"})
	require.Equal(t, "2026-11-25 2026-11-25", retired.RetiredOn.String()+" "+retired.DisposedOn.String())
	require.Equal(t, 409, h.clerk.Do("POST", path+"/assignments", m{"employeeId": h.ben}).Status)
	require.Equal(t, asset.StatusAvailable, step(200, "DELETE", "/retirement", nil).Status)
	require.Equal(t, 1, one[int](h, `SELECT count(*) FROM event_log WHERE name = 'asset.retired.v1'`))
	require.Equal(t, 1, one[int](h, `SELECT count(*) FROM custody WHERE end_reason = 'lost'`))
	h.countersAgree()
}

func TestMoveAndReturnMany(t *testing.T) {
	h := newHouse(t)
	laptops := h.category("Laptops", "LT")
	berlin := do[asset.Location](h, h.clerk, 201, "POST", "/locations", m{"name": "Berlin"})
	var ids []asset.ID
	for range 25 {
		a := h.asset(laptops, "Laptop")
		ids = append(ids, a.ID)
	}
	moved := do[list[asset.Asset]](h, h.clerk, 200, "POST", "/assets/moves", m{"ids": ids, "locationId": berlin.ID})
	require.Len(t, moved.Items, 25)
	require.Equal(t, "Berlin", moved.Items[24].Location)
	require.Equal(t, 2, moved.Items[0].Version)
	again := do[list[asset.Asset]](h, h.clerk, 200, "POST", "/assets/moves", m{"ids": ids[:2], "locationId": berlin.ID})
	require.Equal(t, 2, again.Items[0].Version, "what stands there already stays as it is")

	h.assign(moved.Items[0], h.ana)
	h.assign(moved.Items[1], h.ben)
	answer := h.clerk.Do("POST", "/assets/returns", m{"ids": ids[:3]})
	require.Equal(t, 409, answer.Status, answer)
	require.Equal(t, map[string]string{"body.ids[2]": "Asset LT-0003 is in stock; nobody can return it."}, answer.Problems())
	require.Equal(t, 2, one[int](h, `SELECT count(*) FROM asset WHERE status = 'assigned'`), "all or none")
	returned := do[list[asset.Asset]](h, h.clerk, 200, "POST", "/assets/returns", m{"ids": ids[:2]})
	require.Equal(t, asset.StatusAvailable, returned.Items[1].Status)
	require.Equal(t, 422, h.clerk.Do("POST", "/assets/moves", m{"ids": ids, "locationId": laptops.ID}).Status)
	require.Equal(t, 403, h.as(rbac.Accountant, h.ana).Do("POST", "/assets/moves", m{"ids": ids}).Status)
	h.countersAgree()
}
