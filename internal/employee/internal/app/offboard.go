package app

import (
	"context"
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
	"erp/internal/platform/saga"
)

// OffboardInput says when and why somebody leaves, and whom their reports go to.
type OffboardInput struct {
	LeftOn      date.Date   `json:"leftOn,omitzero" doc:"Last day; today when absent. A later day is planned and takes effect when it is over"`
	Reason      string      `json:"reason,omitempty" maxLength:"500"`
	SuccessorID employee.ID `json:"successorId,omitzero" doc:"Whom the reports go to; the leaver's own manager when absent"`
}

// Offboard lets somebody leave, and everything they hold goes back where it comes from. With a last day ahead the end is planned. Otherwise it takes effect now: first every
// step that others contribute is done (access ends), then the end is committed and told. When a step or the end fails,
// the steps are undone and nothing has changed.
func (a *App) Offboard(ctx context.Context, leaver employee.ID, in OffboardInput) (Offboarding, error) {
	if in.LeftOn.IsZero() {
		in.LeftOn = a.today()
	}
	if in.LeftOn.After(a.today()) {
		return database.Write(ctx, a.db, func(ctx context.Context, tx *database.Tx) (Offboarding, error) {
			o, err := a.plan(ctx, tx, leaver, in, domain.Offboarding{State: domain.OffboardingPlanned})
			return published(o), err
		})
	}
	var begun saga.Begun
	err := a.db.Tx(ctx, func(ctx context.Context, tx *database.Tx) error {
		o, err := a.plan(ctx, tx, leaver, in, domain.Offboarding{State: domain.OffboardingRunning})
		if err != nil {
			return err
		}
		begun, err = a.startLeaving(tx, o)
		return err
	})
	if err != nil {
		return a.answerOfFirst(ctx, leaver, err)
	}
	if err := a.carryOut(ctx, begun); err != nil {
		return Offboarding{}, err
	}
	o, err := store.LastOffboarding(a.db.Read(ctx), leaver)
	return published(o), err
}

// plan keeps the intent to leave. A process that already runs is a Conflict; a planned one gives way to the new plan.
func (a *App) plan(ctx context.Context, tx *database.Tx, leaver employee.ID, in OffboardInput, o domain.Offboarding) (domain.Offboarding, error) {
	o.ID, o.EmployeeID, o.LeftOn, o.Reason, o.SuccessorID = id.New[domain.Offboarding](), leaver, in.LeftOn, in.Reason, in.SuccessorID
	o.RequestedBy, o.RequestedAt, o.TouchedAt = auth.From(ctx).Name, a.stamp(), a.stamp()
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
		return running(e, last)
	}
	last.State = domain.OffboardingCancelled
	_, err = store.UpdateOffboarding(tx.DB, &last, a.stamp())
	return err
}

func running(e domain.Employee, o domain.Offboarding) error {
	if o.Blocking && o.ConfirmedBy == "" {
		return fault.New(fault.Conflict, "offboarding-open", "%s is leaving already: settle what is open and confirm the end, or cancel it.", e.Label())
	}
	return fault.New(fault.Conflict, "offboarding-running", "%s is being offboarded at this moment", e.Label())
}

// stamp is the clock as the database keeps it, so that a stamp read back equals the one written.
func (a *App) stamp() time.Time { return a.now().UTC().Truncate(time.Microsecond) }
