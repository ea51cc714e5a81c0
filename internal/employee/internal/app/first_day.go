package app

import (
	"context"

	"erp/internal/employee/internal/domain"
	"erp/internal/employee/internal/store"
	"erp/internal/platform/database"
	"erp/internal/platform/date"
	"erp/internal/platform/fault"
)

// moveFirstDay corrects the day on which somebody began, and with it where the stay, the place, the manager line and the
// pay begin. The caller holds the lock of the lines.
func (a *App) moveFirstDay(ctx context.Context, tx *database.Tx, e *domain.Employee, to date.Date) error {
	from := e.HiredOn
	was, err := a.movement(tx, e.ID)
	if err != nil {
		return err
	}
	if err := e.MoveFirstDay(to, a.today()); err != nil {
		return err
	}
	err = store.MoveEmployment(tx, *e, from)
	if database.IsExclusion(err, "employment_overlap") {
		err = fault.New(fault.Conflict, "employment-overlap", "%s had an earlier employment at that time.", e.Label()).
			Wrap(err).At("body.hiredOn", "lies in an earlier employment")
	}
	if err != nil {
		return err
	}
	if err := a.movePlace(ctx, tx, *e, from); err != nil {
		return err
	}
	is, err := a.movement(tx, e.ID)
	if err != nil {
		return err
	}
	store.AddMovement(tx, is.Less(was))
	return nil
}

func (a *App) movePlace(ctx context.Context, tx *database.Tx, e domain.Employee, from date.Date) error {
	placements, err := store.Placements(tx.DB, e.ID)
	if err != nil {
		return err
	}
	moved := placements.Begin(from, e.HiredOn)
	if err := store.SavePlacements(tx, e.ID, placements, moved, a.author(ctx)); err != nil {
		return err
	}
	if err := store.StandNow(tx, e.ID, moved.On(e.Shown(a.today()))); err != nil {
		return err
	}
	lines, err := store.Lines(tx.DB, e.ID)
	if err != nil {
		return err
	}
	if err := a.checkLines(tx, e, lines.Begin(from, e.HiredOn), e.HiredOn); err != nil {
		return err
	}
	if err := a.saveLines(ctx, tx, e, lines, lines.Begin(from, e.HiredOn)); err != nil {
		return err
	}
	pay, err := store.Pay(tx.DB, e.ID)
	if err != nil {
		return err
	}
	return store.SavePay(tx, e.ID, pay, pay.Begin(from, e.HiredOn), a.author(ctx))
}
