package app

import (
	"context"

	"erp/internal/employee"
	"erp/internal/employee/internal/domain"
	"erp/internal/employee/internal/store"
	"erp/internal/platform/database"
	"erp/internal/platform/date"
	"erp/internal/platform/fault"
)

// place puts somebody in a place, with a manager, from a day on. The caller holds the lock of the lines.
func (a *App) place(ctx context.Context, tx *database.Tx, e domain.Employee, from date.Date, place Place) error {
	old, err := store.Placements(tx.DB, e.ID)
	if err != nil {
		return err
	}
	if err := checkPlacement(tx, old.On(from), place.placement()); err != nil {
		return err
	}
	changed := old.Set(from, place.placement())
	if err := store.SavePlacements(tx, e.ID, old, changed, a.author(ctx)); err != nil {
		return err
	}
	if err := store.StandNow(tx, e.ID, changed.On(e.Shown(a.today()))); err != nil {
		return err
	}
	return a.report(ctx, tx, e, from, place.ManagerID)
}

// checkPlacement refuses departments, positions and sites that do not exist, and archived ones that are not already
// somebody's own.
func checkPlacement(tx *database.Tx, was, is domain.Placement) error {
	usable, err := store.Usable(tx.DB, is)
	if err != nil {
		return err
	}
	var p fault.Problems
	if !usable.Department && was.DepartmentID != is.DepartmentID {
		p.Add("body.departmentId", "there is no such department, or it is archived")
	}
	if !usable.Position && was.PositionID != is.PositionID {
		p.Add("body.positionId", "there is no such position, or it is archived")
	}
	if !usable.Location && was.LocationID != is.LocationID {
		p.Add("body.locationId", "there is no such site, or it is archived")
	}
	return p.Err()
}

// report draws the line from somebody to a manager from a day on; to nobody when the manager is zero. It refuses a line
// that would close a circle on any day, and keeps the closure in step when today is among the days that change.
func (a *App) report(ctx context.Context, tx *database.Tx, e domain.Employee, from date.Date, managerID employee.ID) error {
	old, err := store.Lines(tx.DB, e.ID)
	if err != nil {
		return err
	}
	changed := old.Set(from, managerID)
	if old.On(from) != managerID && !managerID.IsZero() {
		if err := checkManager(tx, e, managerID, from); err != nil {
			return err
		}
	}
	if err := a.checkLines(tx, e, changed, from); err != nil {
		return err
	}
	return a.saveLines(ctx, tx, e, old, changed)
}

func checkManager(tx *database.Tx, e domain.Employee, managerID employee.ID, from date.Date) error {
	manager, err := store.Employee(tx.DB, managerID)
	if fault.Is(err, fault.NotFound) {
		return unknownManager()
	}
	if err != nil {
		return err
	}
	if manager.ID == e.ID {
		return e.OwnManager(manager).At("body.managerId", "would report to themselves")
	}
	return manager.CheckManager(from)
}

func unknownManager() error {
	var p fault.Problems
	p.Add("body.managerId", "there is no such employee")
	return p.Err()
}

// checkLines walks up from the manager of every span that begins on the day or later.
func (a *App) checkLines(tx *database.Tx, e domain.Employee, lines domain.Timeline[employee.ID], from date.Date) error {
	for _, s := range lines {
		if !s.Until.IsZero() && !s.Until.After(from) {
			continue
		}
		circle, err := store.Above(tx, s.Value, e.ID, s.From, s.Until)
		if err != nil {
			return err
		}
		if circle {
			manager, err := store.Employee(tx.DB, s.Value)
			if err != nil {
				return err
			}
			return e.OwnManager(manager).At("body.managerId", "would make the reporting line a circle")
		}
	}
	return nil
}

// saveLines keeps a timeline of managers, and with it today's copy and the closure of today's lines.
func (a *App) saveLines(ctx context.Context, tx *database.Tx, e domain.Employee, old, changed domain.Timeline[employee.ID]) error {
	if err := store.SaveLines(tx, e.ID, old, changed, a.author(ctx)); err != nil {
		return err
	}
	today := a.today()
	if err := store.ReportNow(tx, e.ID, changed.On(e.Shown(today))); err != nil {
		return err
	}
	if old.On(today) != changed.On(today) {
		return store.MoveTeam(tx, e.ID, changed.On(today))
	}
	return nil
}
