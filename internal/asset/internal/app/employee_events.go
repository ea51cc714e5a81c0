package app

import (
	"context"

	"erp/internal/asset"
	"erp/internal/asset/internal/domain"
	"erp/internal/asset/internal/store"
	"erp/internal/employee"
	"erp/internal/platform/database"
	"erp/internal/platform/events"
)

// ReturnOnLeave brings everything a leaver held back to stock, with a history line that says why. What is in repair
// stays there, a reservation lapses.
func (a *App) ReturnOnLeave(ctx context.Context, tx *database.Tx, e employee.Left, env events.Envelope) error {
	if err := store.Leave(ctx, tx, e.EmployeeID, e.DisplayName, e.LeftOn, env.At); err != nil {
		return err
	}
	records, err := store.LockHeldBy(ctx, tx, e.EmployeeID)
	if err != nil {
		return err
	}
	note := "Employment ended on " + e.LeftOn.String()
	if e.Reason != "" {
		note += ": " + e.Reason
	}
	for i := range records {
		_, err := a.apply(ctx, tx, &records[i], deed{
			action: "asset.return-on-leave", sold: true,
			decide: func(r *store.Record) (store.Line, error) { return a.forfeit(r, e.EmployeeID, note), nil },
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// forfeit takes from a leaver what they have of the asset; a line without a kind when that is nothing.
func (a *App) forfeit(r *store.Record, leaver employee.ID, note string) store.Line {
	line := store.Line{Kind: asset.LineReturned, Holder: domain.Holder{ID: r.HolderID, Name: r.HolderName}, Reason: asset.ReasonEmployeeLeft, Note: note}
	if r.Status == asset.StatusReserved {
		line.Kind = asset.LineReleased
	}
	if !r.Forfeit(leaver, a.now()) {
		return store.Line{}
	}
	return line
}

// RenameHolder keeps the copied names of holders fresh.
func (a *App) RenameHolder(ctx context.Context, tx *database.Tx, e employee.Changed, env events.Envelope) error {
	return store.Rename(ctx, tx, e.EmployeeID, e.DisplayName, env.At)
}

// FoldCounters tidies the register's numbers up; they are the same before and after.
func (a *App) FoldCounters(ctx context.Context) error {
	return a.DB.Tx(ctx, func(_ context.Context, tx *database.Tx) error {
		store.Fold(tx)
		return nil
	})
}
