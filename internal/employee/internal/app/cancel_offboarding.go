package app

import (
	"context"

	"erp/internal/employee"
	"erp/internal/employee/internal/domain"
	"erp/internal/employee/internal/store"
	"erp/internal/platform/audit"
	"erp/internal/platform/auth"
	"erp/internal/platform/database"
	"erp/internal/platform/fault"
	"erp/internal/platform/saga"
)

// CancelOffboarding takes back an end that is planned, or that waits until everything is settled: access is given back,
// what was settled stays settled.
func (a *App) CancelOffboarding(ctx context.Context, leaver employee.ID) (Offboarding, error) {
	run, err := a.leaving.Open(ctx, leaver.String())
	if err == nil {
		return a.giveUp(ctx, leaver, run.ID)
	}
	if !fault.Is(err, fault.NotFound) {
		return Offboarding{}, err
	}
	return database.Write(ctx, a.db, func(ctx context.Context, tx *database.Tx) (Offboarding, error) {
		if err := a.within(ctx, tx, leaver, CanRead, CanOffboard); err != nil {
			return Offboarding{}, err
		}
		e, err := store.EmployeeForUpdate(tx, leaver)
		if err != nil {
			return Offboarding{}, err
		}
		before := e
		if err := e.CancelLeave(); err != nil {
			return Offboarding{}, err
		}
		o, err := store.LastOffboarding(tx.DB, leaver)
		if err != nil {
			return Offboarding{}, err
		}
		if o.State == domain.OffboardingRunning {
			return Offboarding{}, running(e, o)
		}
		o.State = domain.OffboardingCancelled
		if _, err := store.UpdateOffboarding(tx.DB, &o, a.stamp()); err != nil {
			return Offboarding{}, err
		}
		if err := store.UpdateEmployee(tx, &e); err != nil {
			return Offboarding{}, err
		}
		return published(o), audit.Record(tx, audit.Entry{
			Action: "employee.cancel-leave", Subject: "employee", SubjectID: leaver.String(), Label: e.Label(),
			Before: OffboardInput{LeftOn: before.LeftOn, Reason: before.Reason},
		})
	})
}

// giveUp turns the process of an end back that waits.
func (a *App) giveUp(ctx context.Context, leaver employee.ID, which saga.ID) (Offboarding, error) {
	var begun saga.Begun
	err := a.db.Tx(ctx, func(ctx context.Context, tx *database.Tx) error {
		if err := a.within(ctx, tx, leaver, CanRead, CanOffboard); err != nil {
			return err
		}
		e, err := store.EmployeeForUpdate(tx, leaver)
		if err != nil {
			return err
		}
		o, err := store.LastOffboarding(tx.DB, leaver)
		if err != nil {
			return err
		}
		o.CancelledBy = auth.From(ctx).Label()
		if _, err := store.UpdateOffboarding(tx.DB, &o, a.stamp()); err != nil {
			return err
		}
		if begun, err = a.leaving.GiveUp(ctx, tx, which, "cancelled by "+o.CancelledBy); err != nil {
			return err
		}
		return audit.Record(tx, audit.Entry{
			Action: "employee.cancel-leave", Subject: "employee", SubjectID: leaver.String(), Label: e.Label(),
			Before: OffboardInput{LeftOn: o.LeftOn, Reason: o.Reason, SuccessorID: o.SuccessorID},
		})
	})
	if err != nil {
		return Offboarding{}, err
	}
	_, _ = a.leaving.Carry(context.WithoutCancel(ctx), begun) // that it goes back is what was asked for; what keeps failing is in the console
	return a.keptAnswer(ctx, leaver)
}
