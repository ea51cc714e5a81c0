package app

import (
	"context"

	"erp/internal/employee"
	"erp/internal/employee/internal/domain"
	"erp/internal/employee/internal/store"
	"erp/internal/platform/audit"
	"erp/internal/platform/database"
	"erp/internal/platform/date"
	"erp/internal/platform/events"
	"erp/internal/platform/fault"
	"erp/internal/platform/id"
)

// end makes a planned end take effect: the reports go to somebody else, the leaver's own line ends, the read model counts
// it, and others are told. All of it or nothing.
func (a *App) end(ctx context.Context, tx *database.Tx, o domain.Offboarding) (Offboarding, error) {
	if err := a.lockLines(ctx, tx); err != nil {
		return Offboarding{}, err
	}
	e, err := store.EmployeeForUpdate(tx, o.EmployeeID)
	if err != nil {
		return Offboarding{}, err
	}
	was, err := a.movement(tx, e.ID)
	if err != nil {
		return Offboarding{}, err
	}
	o.State, o.StepsDone = domain.OffboardingDone, len(a.steps)
	mine, err := store.UpdateOffboarding(tx.DB, &o, a.stamp())
	if err != nil {
		return Offboarding{}, err
	}
	if !mine {
		return Offboarding{}, running(e, o)
	}
	e.End()
	if err := a.handOver(ctx, tx, e, o.SuccessorID); err != nil {
		return Offboarding{}, err
	}
	if err := a.closeRecord(ctx, tx, &e); err != nil {
		return Offboarding{}, err
	}
	if err := a.closeLeave(ctx, tx, e); err != nil {
		return Offboarding{}, err
	}
	is, err := a.movement(tx, e.ID)
	if err != nil {
		return Offboarding{}, err
	}
	store.AddMovement(tx, is.Less(was))
	err = events.Publish(tx, e.ID.String(), employee.Left{
		EmployeeID: e.ID, DisplayName: e.DisplayName(), LeftOn: e.LeftOn, Reason: e.Reason,
	})
	if err != nil {
		return Offboarding{}, err
	}
	return published(o), audit.Record(tx, audit.Entry{
		Action: "employee.leave", Subject: "employee", SubjectID: e.ID.String(), Label: e.Label(),
		After: OffboardInput{LeftOn: e.LeftOn, Reason: e.Reason, SuccessorID: o.SuccessorID},
	})
}

// closeRecord ends the stay and the leaver's own line, and drops what was planned for later.
func (a *App) closeRecord(ctx context.Context, tx *database.Tx, e *domain.Employee) error {
	after := e.HandOver(a.today())
	placements, err := store.Placements(tx.DB, e.ID)
	if err != nil {
		return err
	}
	frozen := placements.Freeze(e.LeftOn)
	if err := store.SavePlacements(tx, e.ID, placements, frozen, a.author(ctx)); err != nil {
		return err
	}
	if err := store.StandNow(tx, e.ID, frozen.Last()); err != nil {
		return err
	}
	lines, err := store.Lines(tx.DB, e.ID)
	if err != nil {
		return err
	}
	if err := store.SaveLines(tx, e.ID, lines, lines.End(after), a.author(ctx)); err != nil {
		return err
	}
	if err := store.ReportNow(tx, e.ID, employee.ID{}); err != nil {
		return err
	}
	if err := store.LeaveTeam(tx, e.ID); err != nil {
		return err
	}
	if err := store.EndEmployment(tx, *e); err != nil {
		return err
	}
	return store.UpdateEmployee(tx, e)
}

// handOver gives the leaver's reports to the successor. Whoever the successor reports to, directly or over others, goes
// to the leaver's manager instead, and so do all when there is no successor.
func (a *App) handOver(ctx context.Context, tx *database.Tx, leaver domain.Employee, successor employee.ID) error {
	from := leaver.HandOver(a.today())
	reports, err := store.ReportsAt(tx.DB, leaver.ID, from)
	if err != nil {
		return err
	}
	own, err := store.Lines(tx.DB, leaver.ID)
	if err != nil {
		return err
	}
	above := own.On(from)
	moved := make([]employee.ID, 0, len(reports))
	for _, report := range reports {
		if err := a.handOverOne(ctx, tx, leaver.ID, report, successor, above, from); err != nil {
			return err
		}
		moved = append(moved, report)
	}
	return a.tellChanged(tx, moved)
}

func (a *App) handOverOne(ctx context.Context, tx *database.Tx, leaver, report, successor, above employee.ID, from date.Date) error {
	old, err := store.Lines(tx.DB, report)
	if err != nil {
		return err
	}
	e, err := store.Employee(tx.DB, report)
	if err != nil {
		return err
	}
	for _, manager := range append(id.Unique([]employee.ID{successor, above}), employee.ID{}) {
		changed := old.Replace(from, leaver, manager)
		err = a.checkLines(tx, e, changed, from)
		if err == nil {
			return a.saveLines(ctx, tx, e, old, changed)
		}
		if !fault.Is(err, fault.Conflict) {
			return err
		}
	}
	return err
}
