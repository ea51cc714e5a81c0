package domain

import (
	"erp/internal/employee"
	"erp/internal/platform/date"
	"erp/internal/platform/fault"
)

// Placement is where somebody stands in the organisation, apart from the manager line.
type Placement struct {
	DepartmentID employee.DepartmentID
	PositionID   employee.PositionID
	LocationID   employee.LocationID
}

// Place is a placement and a manager: what a transfer changes in one go.
type Place struct {
	Placement
	ManagerID employee.ID
}

// CheckTransfer refuses a dated change for somebody who has left, and one before the first or after the last day.
func (e Employee) CheckTransfer(from, today date.Date) error {
	if e.Ended {
		return fault.New(fault.Conflict, "employee-left", "%s has left on %s", e.Label(), e.LeftOn)
	}
	var p fault.Problems
	checkDay(&p, "body.from", from, today)
	if from.Before(e.HiredOn) {
		p.Add("body.from", "%s was hired on %s; a change cannot take effect earlier", e.Label(), e.HiredOn)
	}
	if !e.LeftOn.IsZero() && from.After(e.LeftOn) {
		p.Add("body.from", "%s leaves on %s; a change cannot take effect later", e.Label(), e.LeftOn)
	}
	return p.Err()
}

// OwnManager is the refusal of a reporting line that leads back to where it starts.
func (e Employee) OwnManager(manager Employee) *fault.Error {
	if e.ID == manager.ID {
		return fault.New(fault.Conflict, "reporting-cycle", "%s cannot be their own manager", e.Label())
	}
	return fault.New(fault.Conflict, "reporting-cycle",
		"%s already reports to %s, directly or over others, so the line would run in a circle", manager.Label(), e.Label())
}

// CheckManager refuses to put anybody below somebody who has left.
func (e Employee) CheckManager(from date.Date) error {
	if e.Ended || (!e.LeftOn.IsZero() && from.After(e.LeftOn)) {
		return fault.New(fault.Conflict, "manager-left", "%s leaves or has left on %s and cannot be a manager after that", e.Label(), e.LeftOn)
	}
	return nil
}
