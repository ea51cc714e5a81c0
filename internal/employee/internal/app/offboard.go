package app

import (
	"context"
	"fmt"
	"time"

	"erp/internal/employee"
	"erp/internal/employee/internal/domain"
	"erp/internal/employee/internal/store"
	"erp/internal/platform/audit"
	"erp/internal/platform/auth"
	"erp/internal/platform/database"
	"erp/internal/platform/date"
	"erp/internal/platform/fault"
	"erp/internal/platform/id"
)

// OffboardInput says when and why somebody leaves, and whom their reports go to.
type OffboardInput struct {
	LeftOn      date.Date   `json:"leftOn,omitzero" doc:"Last day; today when absent. A later day is planned and takes effect when it is over"`
	Reason      string      `json:"reason,omitempty" maxLength:"500"`
	SuccessorID employee.ID `json:"successorId,omitzero" doc:"Whom the reports go to; the leaver's own manager when absent"`
}

// Offboard lets somebody leave. With a last day ahead the end is planned. Otherwise it takes effect now: first every
// step that others contribute is done (access ends), then the end is committed and told. When a step or the end fails,
// the steps are undone and nothing has changed.
func (a *App) Offboard(ctx context.Context, leaver employee.ID, in OffboardInput) (Offboarding, error) {
	if in.LeftOn.IsZero() {
		in.LeftOn = a.today()
	}
	if in.LeftOn.After(a.today()) {
		return database.Write(ctx, a.db, func(ctx context.Context, tx *database.Tx) (Offboarding, error) {
			o, err := a.plan(ctx, tx, leaver, in, domain.OffboardingPlanned)
			return published(o), err
		})
	}
	var o domain.Offboarding
	err := a.db.Tx(ctx, func(ctx context.Context, tx *database.Tx) error {
		var err error
		o, err = a.plan(ctx, tx, leaver, in, domain.OffboardingRunning)
		return err
	})
	if err != nil {
		return a.answerOfFirst(ctx, leaver, err)
	}
	return a.carryOut(ctx, o)
}

// plan keeps the intent to leave. A process that already runs is a Conflict; a planned one gives way to the new plan.
func (a *App) plan(ctx context.Context, tx *database.Tx, leaver employee.ID, in OffboardInput, state domain.OffboardingState) (domain.Offboarding, error) {
	o := domain.Offboarding{
		ID: id.New[domain.Offboarding](), EmployeeID: leaver, LeftOn: in.LeftOn, Reason: in.Reason, SuccessorID: in.SuccessorID,
		State: state, RequestedBy: auth.From(ctx).Name, RequestedAt: a.stamp(), TouchedAt: a.stamp(),
	}
	if err := a.lockLines(ctx, tx); err != nil {
		return o, err
	}
	if err := a.within(ctx, tx, leaver, CanRead, CanOffboard); err != nil {
		return o, err
	}
	e, err := store.EmployeeForUpdate(tx, leaver)
	if err != nil {
		return o, err
	}
	if err := e.PlanLeave(in.LeftOn, in.Reason, a.today()); err != nil {
		return o, err
	}
	if err := a.checkSuccessor(tx, e, in); err != nil {
		return o, err
	}
	if err := a.supersede(tx, e); err != nil {
		return o, err
	}
	if err := store.InsertOffboarding(tx, o); err != nil {
		return o, err
	}
	if err := store.UpdateEmployee(tx, &e); err != nil {
		return o, err
	}
	return o, audit.Record(tx, audit.Entry{
		Action: "employee.plan-leave", Subject: "employee", SubjectID: leaver.String(), Label: e.Label(), After: in,
	})
}

func (a *App) checkSuccessor(tx *database.Tx, e domain.Employee, in OffboardInput) error {
	if in.SuccessorID.IsZero() {
		return nil
	}
	var p fault.Problems
	successor, err := store.Employee(tx.DB, in.SuccessorID)
	switch {
	case fault.Is(err, fault.NotFound):
		p.Add("body.successorId", "there is no such employee")
	case err != nil:
		return err
	case successor.ID == e.ID:
		p.Add("body.successorId", "%s cannot take over from themselves", e.Label())
	case successor.CheckManager(in.LeftOn.AddDays(1)) != nil:
		p.Add("body.successorId", "%s leaves or has left on %s", successor.Label(), successor.LeftOn)
	}
	return p.Err()
}

// supersede cancels a planned end that a new one takes the place of.
func (a *App) supersede(tx *database.Tx, e domain.Employee) error {
	last, err := store.LastOffboarding(tx.DB, e.ID)
	if err != nil || !last.Open() {
		return err
	}
	if last.State == domain.OffboardingRunning {
		return running(e)
	}
	last.State = domain.OffboardingCancelled
	_, err = store.UpdateOffboarding(tx.DB, &last, a.stamp())
	return err
}

func running(e domain.Employee) error {
	return fault.New(fault.Conflict, "offboarding-running", "%s is being offboarded at this moment", e.Label())
}

// stamp is the clock as the database keeps it, so that a stamp read back equals the one written.
func (a *App) stamp() time.Time { return a.now().UTC().Truncate(time.Microsecond) }

// carryOut does the steps and then commits the end.
func (a *App) carryOut(ctx context.Context, o domain.Offboarding) (Offboarding, error) {
	for i, step := range a.steps {
		if err := perform(ctx, step.Do, o.EmployeeID); err != nil {
			return Offboarding{}, a.giveUp(ctx, o, i, fmt.Errorf("offboarding step %s: %w", step.Name, err))
		}
		o.StepsDone = i + 1
		if err := a.touch(ctx, &o); err != nil {
			return Offboarding{}, err
		}
	}
	view, err := database.Write(ctx, a.db, func(ctx context.Context, tx *database.Tx) (Offboarding, error) {
		return a.end(ctx, tx, o)
	})
	if err != nil {
		return Offboarding{}, a.giveUp(ctx, o, len(a.steps)-1, err)
	}
	return view, nil
}

// A step that takes longer is a failed one.
const stepTimeout = 10 * time.Second

func perform(ctx context.Context, deed func(context.Context, employee.ID) error, leaver employee.ID) error {
	if deed == nil {
		return nil
	}
	ctx, cancel := context.WithTimeout(ctx, stepTimeout)
	defer cancel()
	return deed(ctx, leaver)
}

func (a *App) touch(ctx context.Context, o *domain.Offboarding) error {
	mine, err := store.UpdateOffboarding(a.db.Read(ctx), o, a.stamp())
	if err == nil && !mine {
		err = fault.New(fault.Conflict, "offboarding-running", "this offboarding is being carried on elsewhere")
	}
	return err
}

// giveUp undoes the steps up to the last one tried, which may have had half an effect, and takes the plan back. When that
// fails too, the process stays open and is carried on later.
func (a *App) giveUp(ctx context.Context, o domain.Offboarding, last int, cause error) error {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), 30*time.Second)
	defer cancel()
	for i := last; i >= 0; i-- {
		if perform(ctx, a.steps[i].Undo, o.EmployeeID) != nil {
			return cause
		}
	}
	_ = a.db.Tx(ctx, func(_ context.Context, tx *database.Tx) error { // when it fails, the open process is found and carried on
		e, err := store.EmployeeForUpdate(tx, o.EmployeeID)
		if err != nil {
			return err
		}
		o.State, o.StepsDone, o.Failure = domain.OffboardingFailed, 0, cause.Error()
		mine, err := store.UpdateOffboarding(tx.DB, &o, a.stamp())
		if err != nil || !mine {
			return err
		}
		if err := e.CancelLeave(); err != nil {
			return err
		}
		return store.UpdateEmployee(tx, &e)
	})
	return cause
}
