package app

import (
	"context"

	"erp/internal/employee"
	"erp/internal/employee/internal/store"
	"erp/internal/platform/database"
	"erp/internal/platform/date"
)

// RehireInput says when and where somebody begins again.
type RehireInput struct {
	HiredOn date.Date `json:"hiredOn" doc:"First day of the new employment, later than the last day of the old one"`
	Place
}

// Rehire takes somebody on who has left. Number, history and contact stay; whoever is still here is refused.
func (a *App) Rehire(ctx context.Context, id employee.ID, version int, in RehireInput) (Profile, error) {
	return database.Write(ctx, a.db, func(ctx context.Context, tx *database.Tx) (Profile, error) {
		if err := a.lockLines(ctx, tx); err != nil {
			return Profile{}, err
		}
		e, err := a.open(ctx, tx, id, version, CanHire)
		if err != nil {
			return Profile{}, err
		}
		if err := e.Rehire(in.HiredOn, a.today()); err != nil {
			return Profile{}, err
		}
		if err := store.UpdateEmployee(tx, &e); err != nil {
			return Profile{}, err
		}
		return a.begin(ctx, tx, e, in.Place, "employee.rehire")
	})
}
