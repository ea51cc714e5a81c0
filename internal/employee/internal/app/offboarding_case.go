package app

import (
	"context"
	"strings"
	"time"

	"erp/internal/employee"
	"erp/internal/employee/internal/domain"
	"erp/internal/employee/internal/store"
	"erp/internal/platform/audit"
	"erp/internal/platform/auth"
	"erp/internal/platform/database"
	"erp/internal/platform/fault"
	"erp/internal/platform/saga"
)

// BeginOffboarding begins an end that waits: access ends when the last day is over, or now when it is today, and the
// employment when everything is settled and somebody has confirmed it.
func (a *App) BeginOffboarding(ctx context.Context, leaver employee.ID, in OffboardInput) (Offboarding, error) {
	if in.LeftOn.IsZero() {
		in.LeftOn = a.today()
	}
	if in.LeftOn.After(a.today()) {
		return database.Write(ctx, a.db, func(ctx context.Context, tx *database.Tx) (Offboarding, error) {
			o, err := a.plan(ctx, tx, leaver, in, domain.Offboarding{State: domain.OffboardingPlanned, Blocking: true})
			return published(o), err
		})
	}
	var begun saga.Begun
	err := a.db.Tx(ctx, func(ctx context.Context, tx *database.Tx) error {
		o, err := a.plan(ctx, tx, leaver, in, domain.Offboarding{State: domain.OffboardingRunning, Blocking: true})
		if err != nil {
			return err
		}
		begun, err = a.startLeaving(tx, o)
		return err
	})
	if err == nil {
		err = a.carryOut(ctx, begun)
	}
	if err != nil {
		return Offboarding{}, err
	}
	return a.keptAnswer(ctx, leaver)
}

// keptAnswer is how far the leaving has come, kept as the answer of the request.
func (a *App) keptAnswer(ctx context.Context, leaver employee.ID) (Offboarding, error) {
	view, err := a.Offboarding(ctx, leaver)
	if err != nil {
		return Offboarding{}, err
	}
	return database.Write(ctx, a.db, func(context.Context, *database.Tx) (Offboarding, error) { return view, nil })
}

// ConfirmInput says that the end may take effect.
type ConfirmInput struct {
	ReturnAll bool `json:"returnAll,omitempty" doc:"Whatever is still open goes back where it comes from first"`
}

// CompleteOffboarding confirms an end that waits. It is refused while something is open, and while nobody knows whether
// something is.
func (a *App) CompleteOffboarding(ctx context.Context, leaver employee.ID, in ConfirmInput) (Offboarding, error) {
	if err := a.mayOffboard(ctx, leaver); err != nil {
		return Offboarding{}, err
	}
	run, err := a.leaving.Open(ctx, leaver.String())
	if fault.Is(err, fault.NotFound) {
		return a.answerOfFirst(ctx, leaver, fault.New(fault.Conflict, "offboarding-not-waiting",
			"No end waits to be confirmed here: begin one that waits, or look at how far the leaving has come."))
	}
	if err != nil {
		return Offboarding{}, err
	}
	if in.ReturnAll {
		if err := a.returnAll(ctx, leaver); err != nil {
			return Offboarding{}, err
		}
	}
	if err := a.checkClear(ctx, leaver, run.Label); err != nil {
		return Offboarding{}, err
	}
	begun, err := a.confirm(ctx, leaver, run.ID)
	if err != nil {
		return a.answerOfFirst(ctx, leaver, err)
	}
	if err := a.carryOut(ctx, begun); err != nil {
		return Offboarding{}, err
	}
	o, err := store.LastOffboarding(a.db.Read(ctx), leaver)
	if err == nil && o.State == domain.OffboardingRunning {
		err = a.checkClear(ctx, leaver, run.Label)
	}
	return published(o), err
}

func (a *App) confirm(ctx context.Context, leaver employee.ID, which saga.ID) (begun saga.Begun, err error) {
	err = a.db.Tx(ctx, func(ctx context.Context, tx *database.Tx) error {
		e, err := store.EmployeeForUpdate(tx, leaver)
		if err != nil {
			return err
		}
		o, err := store.LastOffboarding(tx.DB, leaver)
		if err != nil {
			return err
		}
		o.ConfirmedBy = auth.From(ctx).Label()
		if _, err := store.UpdateOffboarding(tx.DB, &o, a.stamp()); err != nil {
			return err
		}
		if begun, err = a.leaving.GoOn(ctx, tx, which); err != nil {
			return err
		}
		return audit.Record(tx, audit.Entry{
			Action: "employee.confirm-leave", Subject: "employee", SubjectID: leaver.String(), Label: e.Label(),
			After: OffboardInput{LeftOn: o.LeftOn, Reason: o.Reason, SuccessorID: o.SuccessorID},
		})
	})
	return begun, err
}

// clear is the step at which an end waits. What came up after the confirmation makes it wait again.
func (a *App) clear(ctx context.Context, r *saga.Run[leaving]) error {
	o, err := store.LastOffboarding(a.db.Read(ctx), r.Data.LeaverID)
	switch {
	case err != nil:
		return err
	case !o.Blocking:
		return nil
	case o.ConfirmedBy == "":
		return saga.ErrOpen
	}
	if a.checkClear(ctx, r.Data.LeaverID, "") == nil {
		return nil
	}
	return a.unconfirm(ctx, o)
}

func (a *App) unconfirm(ctx context.Context, o domain.Offboarding) error {
	err := a.db.Tx(ctx, func(_ context.Context, tx *database.Tx) error {
		o.ConfirmedBy = ""
		_, err := store.UpdateOffboarding(tx.DB, &o, a.stamp())
		return err
	})
	if err != nil {
		return err
	}
	return saga.ErrOpen
}

// checkClear refuses an end while something is open.
func (a *App) checkClear(ctx context.Context, leaver employee.ID, label string) error {
	open := a.openItems(ctx, leaver)
	if len(open.unknown) > 0 {
		return fault.New(fault.Unavailable, "open-unknown", "Nobody knows at this moment what %s still holds; try again shortly.", label).After(5 * time.Second)
	}
	if len(open.items) == 0 {
		return nil
	}
	const named = 5
	var labels []string
	for _, item := range open.items[:min(named, len(open.items))] {
		labels = append(labels, item.Label)
	}
	return fault.New(fault.Conflict, "not-clear", "%s still has %d to settle: %s. Settle each of them first.", label, len(open.items), strings.Join(labels, ", "))
}
