package app

import (
	"context"

	"erp/internal/employee"
	"erp/internal/employee/internal/store"
	"erp/internal/platform/database"
	"erp/internal/platform/date"
	"erp/internal/platform/events"
)

// CatchUp makes the closure and the copies of today's places say what the timelines say of today, when planned changes
// have come due since they were written, and tells others of the people whose place has changed by that. It costs
// nothing once they are known to be current.
func (a *App) CatchUp(ctx context.Context) error {
	today := a.today()
	if fresh := a.fresh.Load(); fresh != nil && *fresh == today || database.InTx(ctx) {
		return nil
	}
	err := a.db.Tx(ctx, func(ctx context.Context, tx *database.Tx) error {
		day, err := store.TeamDay(tx.DB)
		if err != nil || day == today {
			return err
		}
		return a.lockLines(ctx, tx)
	})
	if err == nil {
		a.fresh.Store(&today)
	}
	return err
}

// lockLines takes the lock that every change of a line holds, and brings the closure to today first.
func (a *App) lockLines(_ context.Context, tx *database.Tx) error {
	if err := store.LockLines(tx); err != nil {
		return err
	}
	today := a.today()
	day, err := store.TeamDay(tx.DB)
	if err != nil || day == today || day.After(today) { // a clock that was set back changes nothing
		return err
	}
	if !day.IsZero() {
		if err := a.turn(tx, day, today); err != nil {
			return err
		}
	}
	return store.SetTeamDay(tx, today)
}

// turn applies the lines that begin or end between two days. All that turn are taken out first: what remains is a part
// of both days' trees, so hanging them in again one by one never meets a circle.
func (a *App) turn(tx *database.Tx, after, today date.Date) error {
	turning, err := store.LinesTurning(tx, after, today)
	if err != nil {
		return err
	}
	managers := map[employee.ID]employee.ID{}
	for _, id := range turning {
		lines, err := store.Lines(tx.DB, id)
		if err != nil {
			return err
		}
		managers[id] = lines.On(today)
		if err := store.ReportNow(tx, id, managers[id]); err != nil {
			return err
		}
		if err := store.MoveTeam(tx, id, employee.ID{}); err != nil {
			return err
		}
	}
	for _, id := range turning {
		if err := store.MoveTeam(tx, id, managers[id]); err != nil {
			return err
		}
	}
	moved, err := store.PlacementsTurning(tx, after, today)
	if err != nil {
		return err
	}
	for _, id := range moved {
		placements, err := store.Placements(tx.DB, id)
		if err != nil {
			return err
		}
		if err := store.StandNow(tx, id, placements.On(today)); err != nil {
			return err
		}
	}
	return a.tellChanged(tx, append(turning, moved...))
}

// tellChanged publishes how these people stand from today.
func (a *App) tellChanged(tx *database.Tx, people []employee.ID) error {
	if len(people) == 0 {
		return nil
	}
	found, err := store.Published(tx.Context(), tx.Conn(), people, a.today())
	if err != nil {
		return err
	}
	for _, e := range found {
		err := events.Publish(tx, e.ID.String(), employee.Changed{
			EmployeeID: e.ID, Number: e.Number, DisplayName: e.DisplayName, Email: e.Email,
			DepartmentID: e.DepartmentID, Department: e.Department, ManagerID: e.ManagerID,
		})
		if err != nil {
			return err
		}
	}
	return nil
}
