package app

import (
	"context"

	"erp/internal/employee"
	"erp/internal/employee/internal/store"
	"erp/internal/platform/audit"
	"erp/internal/platform/database"
	"erp/internal/platform/date"
	"erp/internal/platform/fault"
)

// TransferInput says where somebody stands from a day on. It says everything about the new place: what is absent is none.
type TransferInput struct {
	From date.Date `json:"from" doc:"First day in the new place; it may lie ahead, or back"`
	Place
}

// Transfer gives somebody another department, position, site or manager from a day on, until a later change that was
// already planned. A line that would close a circle is a Conflict, a version that has moved on is Stale.
func (a *App) Transfer(ctx context.Context, id employee.ID, version int, in TransferInput) (Profile, error) {
	return database.Write(ctx, a.db, func(ctx context.Context, tx *database.Tx) (Profile, error) {
		if err := a.lockLines(ctx, tx); err != nil {
			return Profile{}, err
		}
		e, err := a.open(ctx, tx, id, version, CanTransfer)
		if err != nil {
			return Profile{}, err
		}
		if err := e.CheckTransfer(in.From, a.today()); err != nil {
			return Profile{}, err
		}
		if err := a.managerInReach(ctx, tx, in.ManagerID); err != nil {
			return Profile{}, err
		}
		before, err := a.view(ctx, tx, id)
		if err != nil {
			return Profile{}, err
		}
		was, err := a.movement(tx, id)
		if err != nil {
			return Profile{}, err
		}
		if err := a.place(ctx, tx, e, in.From, in.Place); err != nil {
			return Profile{}, err
		}
		is, err := a.movement(tx, id)
		if err != nil {
			return Profile{}, err
		}
		store.AddMovement(tx, is.Less(was))
		if err := store.UpdateEmployee(tx, &e); err != nil {
			return Profile{}, err
		}
		return a.moved(ctx, tx, before, in)
	})
}

// moved tells of a transfer: others when it has taken effect, the audit trail in any case.
func (a *App) moved(ctx context.Context, tx *database.Tx, before Profile, in TransferInput) (Profile, error) {
	after, err := a.view(ctx, tx, before.ID)
	if err != nil {
		return Profile{}, err
	}
	if !in.From.After(a.today()) {
		if err := a.tellChanged(tx, []employee.ID{before.ID}); err != nil {
			return Profile{}, err
		}
	}
	return after, audit.Record(tx, audit.Entry{
		Action: "employee.transfer", Subject: "employee", SubjectID: after.ID.String(), Label: after.DisplayName + " (" + after.Number + ")",
		Before: before.Employee, After: struct {
			employee.Employee
			Transfer TransferInput `json:"transfer"`
		}{after.Employee, in},
	})
}

// managerInReach keeps somebody who may not see the whole company from moving people below those they may not know.
func (a *App) managerInReach(ctx context.Context, tx *database.Tx, managerID employee.ID) error {
	if managerID.IsZero() {
		return nil
	}
	err := a.within(ctx, tx, managerID, CanRead)
	if fault.Is(err, fault.NotFound) {
		return unknownManager()
	}
	return err
}
