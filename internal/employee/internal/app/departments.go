package app

import (
	"context"

	"erp/internal/employee"
	"erp/internal/employee/internal/domain"
	"erp/internal/employee/internal/store"
	"erp/internal/platform/audit"
	"erp/internal/platform/database"
	"erp/internal/platform/fault"
	"erp/internal/platform/id"
)

// DepartmentInput is what is said of a department.
type DepartmentInput struct {
	Name     string                `json:"name" minLength:"1" maxLength:"100"`
	Code     string                `json:"code,omitempty" maxLength:"30"`
	ParentID employee.DepartmentID `json:"parentId,omitzero"`
	LeadID   employee.ID           `json:"leadId,omitzero"`
	Archived bool                  `json:"archived,omitempty"`
}

// Departments lists the whole tree in order of name.
func (a *App) Departments(ctx context.Context) ([]employee.Department, error) {
	return store.Departments(a.db.Read(ctx), a.today())
}

// Department is one of them.
func (a *App) Department(ctx context.Context, id employee.DepartmentID) (employee.Department, error) {
	return first(store.Departments(a.db.Read(ctx), a.today(), id))
}

// first takes the one record that was asked for.
func first[R any](found []R, err error) (R, error) {
	if err == nil && len(found) == 0 {
		err = fault.New(fault.NotFound, "not-found", "There is no such record.")
	}
	if err != nil {
		var none R
		return none, err
	}
	return found[0], nil
}

// CreateDepartment adds a department.
func (a *App) CreateDepartment(ctx context.Context, in DepartmentInput) (employee.Department, error) {
	return a.saveDepartment(ctx, id.New[employee.Department](), 0, in)
}

// ChangeDepartment replaces what is said of a department. One that would become part of itself is refused.
func (a *App) ChangeDepartment(ctx context.Context, id employee.DepartmentID, version int, in DepartmentInput) (employee.Department, error) {
	return a.saveDepartment(ctx, id, version, in)
}

func (a *App) saveDepartment(ctx context.Context, id employee.DepartmentID, version int, in DepartmentInput) (employee.Department, error) {
	d := domain.Department{
		ID: id, Name: in.Name, Code: in.Code, ParentID: in.ParentID, LeadID: in.LeadID, Archived: in.Archived, Version: version,
	}
	var p fault.Problems
	d.Check(&p)
	if err := p.Err(); err != nil {
		return employee.Department{}, err
	}
	return database.Write(ctx, a.db, func(_ context.Context, tx *database.Tx) (employee.Department, error) {
		before, err := a.departmentBefore(tx, d)
		if err != nil {
			return employee.Department{}, err
		}
		if err := checkTree(tx, d); err != nil {
			return employee.Department{}, err
		}
		if err := store.SaveDepartment(tx, d); err != nil {
			return employee.Department{}, err
		}
		after, err := first(store.Departments(tx.DB, a.today(), id))
		if err != nil {
			return after, err
		}
		return after, audit.Record(tx, saved("department", id.String(), after.Name, before, after))
	})
}

// departmentBefore is what an update changes, nil for a new department.
func (a *App) departmentBefore(tx *database.Tx, d domain.Department) (any, error) {
	if d.Version == 0 {
		return nil, nil
	}
	return first(store.Departments(tx.DB, a.today(), d.ID))
}

func checkTree(tx *database.Tx, d domain.Department) error {
	if err := store.LockDepartments(tx); err != nil {
		return err
	}
	var p fault.Problems
	if !d.LeadID.IsZero() {
		_, err := store.Employee(tx.DB, d.LeadID)
		if fault.Is(err, fault.NotFound) {
			p.Add("body.leadId", "there is no such employee")
		} else if err != nil {
			return err
		}
	}
	if err := p.Err(); err != nil || d.ParentID.IsZero() {
		return err
	}
	circle, err := store.PartOf(tx, d.ParentID, d.ID)
	if err == nil && circle {
		err = fault.New(fault.Conflict, "department-cycle", "Department %q would become part of itself.", d.Name).
			At("body.parentId", "is part of this department")
	}
	return err
}

// saved is the audit entry of a new or a changed record.
func saved(subject, id, label string, before, after any) audit.Entry {
	action := subject + ".change"
	if before == nil {
		action = subject + ".create"
	}
	return audit.Entry{Action: action, Subject: subject, SubjectID: id, Label: label, Before: before, After: after}
}

// RemoveDepartment deletes a department that was never used; one that was can be archived.
func (a *App) RemoveDepartment(ctx context.Context, id employee.DepartmentID, version int) error {
	return a.db.Tx(ctx, func(_ context.Context, tx *database.Tx) error {
		before, err := first(store.Departments(tx.DB, a.today(), id))
		if err != nil {
			return err
		}
		if err := store.RemoveDepartment(tx, id, version); err != nil {
			return err
		}
		return audit.Record(tx, audit.Entry{Action: "department.remove", Subject: "department", SubjectID: id.String(), Label: before.Name, Before: before})
	})
}
