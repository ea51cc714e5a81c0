package app

import (
	"context"
	"fmt"
	"time"

	"erp/internal/employee"
	"erp/internal/employee/internal/domain"
	"erp/internal/employee/internal/store"
	"erp/internal/platform/auth"
	"erp/internal/platform/database"
	"erp/internal/platform/fault"
	"erp/internal/platform/saga"
)

// leaving is what the process of an end knows; the rest stands in the offboarding that it carries out.
type leaving struct {
	LeaverID employee.ID `json:"leaverId"`
}

// leavingProcess ends an employment: first every step that others contribute (access ends), then, where somebody wants it
// so, everything is settled, and last the end itself, which is told to others. When one of them fails, or the end is taken
// back while it waits, the steps are undone and the plan is dropped.
func (a *App) leavingProcess() saga.Process[leaving] {
	steps := []saga.Step[leaving]{{Name: "employee.plan-end", Undo: a.dropPlan}}
	for _, contributed := range a.steps {
		steps = append(steps, saga.Step[leaving]{
			Name: contributed.Name, Do: another(contributed.Name, contributed.Do), Undo: another(contributed.Name, contributed.Undo),
		})
	}
	steps = append(steps,
		saga.Step[leaving]{Name: "employee.clear", Do: a.clear},
		saga.Step[leaving]{Name: "employee.end-employment", Do: a.endEmployment})
	return saga.Process[leaving]{Name: "employee.offboard", Subject: "employee", Steps: steps}
}

// another is a deed of another module. It is known by the leaver: repeated, it changes nothing more.
func another(name string, deed func(context.Context, employee.ID) error) func(context.Context, *saga.Run[leaving]) error {
	return func(ctx context.Context, r *saga.Run[leaving]) error {
		if deed == nil {
			return nil
		}
		if err := deed(ctx, r.Data.LeaverID); err != nil {
			return fmt.Errorf("offboarding step %s: %w", name, err)
		}
		return nil
	}
}

// startLeaving begins the process in the transaction that says that it runs.
func (a *App) startLeaving(tx *database.Tx, o domain.Offboarding) (saga.Begun, error) {
	e, err := store.EmployeeForUpdate(tx, o.EmployeeID)
	if err != nil {
		return saga.Begun{}, err
	}
	return a.leaving.Start(tx, saga.About{ID: e.ID.String(), Label: e.Label()}, leaving{LeaverID: e.ID})
}

// carryOut goes on when the caller goes away: what was begun ends.
func (a *App) carryOut(ctx context.Context, begun saga.Begun) error {
	_, err := a.leaving.Carry(context.WithoutCancel(ctx), begun)
	return err
}

func (a *App) endEmployment(ctx context.Context, r *saga.Run[leaving]) error {
	return r.Tx(ctx, func(ctx context.Context, tx *database.Tx) error {
		o, err := store.LastOffboarding(tx.DB, r.Data.LeaverID)
		if err != nil {
			return err
		}
		view, err := a.end(ctx, tx, o)
		if err != nil {
			return err
		}
		return saga.Answer(ctx, tx, view)
	})
}

// dropPlan takes the plan back, with the reason why the end failed. It bears a plan that is dropped already.
func (a *App) dropPlan(ctx context.Context, r *saga.Run[leaving]) error {
	return r.Tx(ctx, func(_ context.Context, tx *database.Tx) error {
		e, err := store.EmployeeForUpdate(tx, r.Data.LeaverID)
		if err != nil {
			return err
		}
		o, err := store.LastOffboarding(tx.DB, r.Data.LeaverID)
		if err != nil || o.State != domain.OffboardingRunning {
			return err
		}
		o.State, o.StepsDone, o.Failure = domain.OffboardingFailed, 0, r.Failure()
		if o.CancelledBy != "" {
			o.State, o.Failure = domain.OffboardingCancelled, ""
		}
		if _, err := store.UpdateOffboarding(tx.DB, &o, a.stamp()); err != nil {
			return err
		}
		if err := e.CancelLeave(); err != nil {
			return err
		}
		return store.UpdateEmployee(tx, &e)
	})
}

// stepsDone is how many of the contributed steps a running process has behind it.
func (a *App) stepsDone(ctx context.Context, leaver employee.ID) (int, error) {
	run, err := a.leaving.Last(ctx, leaver.String())
	if fault.Is(err, fault.NotFound) {
		return 0, nil
	}
	done := 0
	for _, step := range run.Steps {
		for _, contributed := range a.steps {
			if step.Name == contributed.Name && step.State == saga.StepDone {
				done++
			}
		}
	}
	return done, err
}

// orphaned is how long a running offboarding may have no process: one of an older version of the program that died.
const orphaned = time.Minute

// FinishOffboardings carries on what a crash has left open, and ends employments whose last day is over. It runs on a
// schedule; each process is taken by one runner only.
func (a *App) FinishOffboardings(ctx context.Context) error {
	ctx = auth.WithSystem(ctx, "employee.finish-offboardings")
	failed := a.processes.Resume(ctx)
	open, err := store.Unfinished(a.db.Read(ctx), a.stamp().Add(-orphaned), a.today())
	if err != nil {
		return err
	}
	for _, o := range open {
		begun, err := a.beginEnd(ctx, o)
		if fault.Is(err, fault.Conflict) {
			continue // somebody else was faster, or carries it on
		}
		if err == nil {
			err = a.carryOut(ctx, begun)
		}
		if err != nil {
			failed = err
		}
	}
	return failed
}

// beginEnd turns a plan whose day is over into a running process.
func (a *App) beginEnd(ctx context.Context, o domain.Offboarding) (begun saga.Begun, err error) {
	err = a.db.Tx(ctx, func(_ context.Context, tx *database.Tx) error {
		o := o
		o.State = domain.OffboardingRunning
		mine, err := store.UpdateOffboarding(tx.DB, &o, a.stamp())
		if err != nil {
			return err
		}
		if !mine {
			return fault.New(fault.Conflict, "offboarding-running", "this offboarding is being carried on elsewhere")
		}
		begun, err = a.startLeaving(tx, o)
		return err
	})
	return begun, err
}
