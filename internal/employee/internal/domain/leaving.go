package domain

import (
	"erp/internal/platform/date"
	"erp/internal/platform/fault"
)

// PlanLeave sets the last day and why. It refuses somebody who has left already, and a last day before the first.
func (e *Employee) PlanLeave(on date.Date, reason string, today date.Date) error {
	if e.Ended {
		return fault.New(fault.Conflict, "employee-left", "%s has already left on %s", e.Label(), e.LeftOn)
	}
	var p fault.Problems
	checkDay(&p, "body.leftOn", on, today)
	if !on.IsZero() && on.Before(e.HiredOn) {
		p.Add("body.leftOn", "%s was hired on %s; the last day cannot be earlier", e.Label(), e.HiredOn)
	}
	atMost(&p, "body.reason", reason, 500)
	if err := p.Err(); err != nil {
		return err
	}
	e.LeftOn, e.Reason = on, reason
	return nil
}

// CancelLeave takes a planned end back. It refuses when the end has taken effect or none was planned.
func (e *Employee) CancelLeave() error {
	switch {
	case e.Ended:
		return fault.New(fault.Conflict, "employee-left", "%s has already left on %s; hire them again instead", e.Label(), e.LeftOn)
	case e.LeftOn.IsZero():
		return fault.New(fault.Conflict, "no-offboarding", "%s is not leaving", e.Label())
	}
	e.LeftOn, e.Reason = date.Date{}, ""
	return nil
}

// End makes the planned end take effect.
func (e *Employee) End() { e.Ended = true }

// Rehire begins a new employment. It refuses while the last one runs or when the two would overlap.
func (e *Employee) Rehire(on, today date.Date) error {
	if !e.Ended {
		return fault.New(fault.Conflict, "employee-active", "%s works here already", e.Label())
	}
	var p fault.Problems
	checkDay(&p, "body.hiredOn", on, today)
	if !on.After(e.LeftOn) {
		p.Add("body.hiredOn", "%s left on %s; the new first day must be later", e.Label(), e.LeftOn)
	}
	if err := p.Err(); err != nil {
		return err
	}
	e.HiredOn, e.LeftOn, e.Reason, e.Ended = on, date.Date{}, "", false
	return nil
}

// MoveFirstDay corrects the first day of the current employment.
func (e *Employee) MoveFirstDay(to, today date.Date) error {
	if e.Ended {
		return fault.New(fault.Conflict, "employee-left", "%s has left on %s", e.Label(), e.LeftOn)
	}
	var p fault.Problems
	checkDay(&p, "body.hiredOn", to, today)
	if !e.LeftOn.IsZero() && to.After(e.LeftOn) {
		p.Add("body.hiredOn", "%s leaves on %s; the first day cannot be later", e.Label(), e.LeftOn)
	}
	if err := p.Err(); err != nil {
		return err
	}
	e.HiredOn = to
	return nil
}

// HandOver is the day from which a leaver's reports belong to somebody else: the day after the last one, or today when
// the end takes effect on the last day itself.
func (e Employee) HandOver(today date.Date) date.Date {
	after := e.LeftOn.AddDays(1)
	if today.Before(after) {
		return today
	}
	return after
}
