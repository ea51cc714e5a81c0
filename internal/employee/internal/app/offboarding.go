package app

import (
	"context"
	"time"

	"erp/internal/employee"
	"erp/internal/employee/internal/domain"
	"erp/internal/employee/internal/store"
	"erp/internal/platform/database"
	"erp/internal/platform/date"
	"erp/internal/platform/fault"
)

// Offboarding is how far somebody's leaving has come, and what is still to be settled.
type Offboarding struct {
	EmployeeID  employee.ID         `json:"employeeId"`
	State       string              `json:"state" enum:"none,planned,running,done,failed,cancelled"`
	LeftOn      date.Date           `json:"leftOn,omitzero"`
	Reason      string              `json:"reason,omitempty"`
	SuccessorID employee.ID         `json:"successorId,omitzero"`
	Failure     string              `json:"failure,omitempty" doc:"Why the last attempt failed; nothing was changed by it"`
	Steps       []string            `json:"steps" doc:"What is done in other modules ahead of the end, in order"`
	StepsDone   int                 `json:"stepsDone"`
	Reports     int                 `json:"reports" doc:"People who report to the leaver and will be handed over"`
	Blocking    bool                `json:"blocking,omitempty" doc:"The end waits until everything is settled and somebody confirms it"`
	Waiting     bool                `json:"waiting,omitempty" doc:"Access has ended, and the end waits"`
	Open        []employee.OpenItem `json:"open" doc:"What the leaver still holds"`
	Unknown     []string            `json:"unknown,omitempty" doc:"Steps whose module did not say what is open"`
}

func published(o domain.Offboarding) Offboarding {
	state := string(o.State)
	if state == "" {
		state = "none"
	}
	return Offboarding{
		EmployeeID: o.EmployeeID, State: state, LeftOn: o.LeftOn, Reason: o.Reason, SuccessorID: o.SuccessorID,
		Blocking: o.Blocking, Failure: o.Failure, StepsDone: o.StepsDone, Steps: []string{}, Open: []employee.OpenItem{},
	}
}

// Offboarding tells how far somebody's leaving has come and what is open with others. A module that does not answer in
// time leaves its part unknown.
func (a *App) Offboarding(ctx context.Context, leaver employee.ID) (Offboarding, error) {
	if err := a.mayOffboard(ctx, leaver); err != nil {
		return Offboarding{}, err
	}
	o, err := store.LastOffboarding(a.db.Read(ctx), leaver)
	if err != nil {
		return Offboarding{}, err
	}
	o.EmployeeID = leaver
	view := published(o)
	if o.State == domain.OffboardingRunning {
		if view.StepsDone, err = a.stepsDone(ctx, leaver); err != nil {
			return Offboarding{}, err
		}
		if _, err = a.leaving.Open(ctx, leaver.String()); err != nil && !fault.Is(err, fault.NotFound) {
			return Offboarding{}, err
		}
		view.Waiting = err == nil
	}
	reports, err := store.ReportsAt(a.db.Read(ctx), leaver, a.today())
	if err != nil {
		return Offboarding{}, err
	}
	view.Reports = len(reports)
	for _, step := range a.steps {
		view.Steps = append(view.Steps, step.Name)
	}
	open := a.openItems(ctx, leaver)
	view.Open, view.Unknown = append(view.Open, open.items...), open.unknown
	return view, nil
}

func (a *App) mayOffboard(ctx context.Context, leaver employee.ID) error {
	for _, permission := range []domain.Reach{reach(ctx, CanRead), reach(ctx, CanOffboard)} {
		ok, err := store.Reaches(a.db.Read(ctx), permission, leaver)
		if err != nil {
			return err
		}
		if !ok {
			return store.Unknown()
		}
	}
	return nil
}

// answerOfFirst gives a repeated request the time that the first one needs: under one Idempotency-Key the second then
// gets the first one's answer. Anything else is the refusal itself.
func (a *App) answerOfFirst(ctx context.Context, leaver employee.ID, refusal error) (Offboarding, error) {
	if fault.KindOf(refusal) != fault.Conflict {
		return Offboarding{}, refusal
	}
	for range 20 {
		o, err := store.LastOffboarding(a.db.Read(ctx), leaver)
		if err != nil || o.State != domain.OffboardingRunning || ctx.Err() != nil {
			break
		}
		time.Sleep(100 * time.Millisecond)
	}
	return database.Write(ctx, a.db, func(context.Context, *database.Tx) (Offboarding, error) { return Offboarding{}, refusal })
}
