package app

import (
	"context"
	"strings"

	"erp/internal/employee"
	"erp/internal/employee/internal/domain"
	"erp/internal/employee/internal/store"
	"erp/internal/platform/audit"
	"erp/internal/platform/database"
	"erp/internal/platform/date"
	"erp/internal/platform/fault"
	"erp/internal/platform/id"
)

// LeaveTypeInput is what is said of a kind of leave.
type LeaveTypeInput struct {
	Name      string  `json:"name" minLength:"1" maxLength:"100"`
	Days      float64 `json:"days,omitempty" minimum:"0" maximum:"366" doc:"Allowance of a whole year, in halves"`
	CarryOver float64 `json:"carryOver,omitempty" minimum:"0" maximum:"366"`
	Monthly   bool    `json:"monthly,omitempty"`
	Unlimited bool    `json:"unlimited,omitempty"`
	Archived  bool    `json:"archived,omitempty"`
}

// HolidayInput names a day on which nobody works.
type HolidayInput struct {
	Name string `json:"name" minLength:"1" maxLength:"100"`
}

// LeaveTypes lists the kinds of leave.
func (a *App) LeaveTypes(ctx context.Context) ([]employee.LeaveType, error) {
	return store.LeaveTypes(a.db.Read(ctx))
}

// CreateLeaveType adds a kind of leave.
func (a *App) CreateLeaveType(ctx context.Context, in LeaveTypeInput) (employee.LeaveType, error) {
	return a.saveLeaveType(ctx, id.New[employee.LeaveType](), 0, in)
}

// ChangeLeaveType replaces what is said of a kind of leave. Allowances that have come stay as they came.
func (a *App) ChangeLeaveType(ctx context.Context, which employee.LeaveTypeID, version int, in LeaveTypeInput) (employee.LeaveType, error) {
	return a.saveLeaveType(ctx, which, version, in)
}

func (a *App) saveLeaveType(ctx context.Context, which employee.LeaveTypeID, version int, in LeaveTypeInput) (employee.LeaveType, error) {
	t := employee.LeaveType{ID: which, Name: strings.TrimSpace(in.Name), Days: in.Days, CarryOver: in.CarryOver, Monthly: in.Monthly, Unlimited: in.Unlimited, Archived: in.Archived, Version: version}
	var p fault.Problems
	domain.CheckLeaveType(&p, t)
	if err := p.Err(); err != nil {
		return t, err
	}
	return database.Write(ctx, a.db, func(_ context.Context, tx *database.Tx) (employee.LeaveType, error) {
		var before any
		if version > 0 {
			was, err := first(store.LeaveTypes(tx.DB, which))
			if err != nil {
				return t, err
			}
			before = was
		}
		if err := store.SaveLeaveType(tx, t); err != nil {
			return t, err
		}
		after, err := first(store.LeaveTypes(tx.DB, which))
		if err != nil {
			return after, err
		}
		return after, audit.Record(tx, saved("leave-type", which.String(), after.Name, before, after))
	})
}

// Holidays lists the days of a year on which nobody works.
func (a *App) Holidays(ctx context.Context, year int) ([]employee.Holiday, error) {
	if year == 0 {
		year = a.today().Year()
	}
	return store.Holidays(a.db.Read(ctx), date.Of(year, 1, 1), date.Of(year, 12, 31))
}

// SetHoliday makes a day one on which nobody works. Requests keep the days that they were counted with.
func (a *App) SetHoliday(ctx context.Context, day date.Date, in HolidayInput) (employee.Holiday, error) {
	h := employee.Holiday{Day: day, Name: strings.TrimSpace(in.Name)}
	var p fault.Problems
	if h.Name == "" {
		p.Add("body.name", "is needed")
	}
	if day.Year() < 2000 || day.Year() > 2200 {
		p.Add("path.day", "must lie between 2000 and 2200")
	}
	if err := p.Err(); err != nil {
		return h, err
	}
	return database.Write(ctx, a.db, func(_ context.Context, tx *database.Tx) (employee.Holiday, error) {
		if err := store.SaveHoliday(tx, h); err != nil {
			return h, err
		}
		return h, audit.Record(tx, audit.Entry{Action: "holiday.set", Subject: "holiday", SubjectID: day.String(), Label: h.Name, After: h})
	})
}

// RemoveHoliday makes it a working day again.
func (a *App) RemoveHoliday(ctx context.Context, day date.Date) error {
	return a.db.Tx(ctx, func(_ context.Context, tx *database.Tx) error {
		if err := store.RemoveHoliday(tx, day); err != nil {
			return err
		}
		return audit.Record(tx, audit.Entry{Action: "holiday.remove", Subject: "holiday", SubjectID: day.String(), Label: day.String()})
	})
}
