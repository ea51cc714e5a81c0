package app

import (
	"context"

	"erp/internal/employee"
	"erp/internal/employee/internal/domain"
	"erp/internal/employee/internal/store"
	"erp/internal/platform/audit"
	"erp/internal/platform/auth"
	"erp/internal/platform/database"
	"erp/internal/platform/date"
	"erp/internal/platform/events"
	"erp/internal/platform/fault"
	"erp/internal/platform/id"
	"erp/internal/platform/rbac"
)

// Person is what is said of somebody's name and work address.
type Person struct {
	Number     string `json:"number,omitempty" maxLength:"30" doc:"Personnel number; the next free one when empty"`
	GivenName  string `json:"givenName,omitempty" maxLength:"100"`
	FamilyName string `json:"familyName,omitempty" maxLength:"100"`
	Email      string `json:"email,omitempty" maxLength:"254" doc:"Work e-mail address"`
	Phone      string `json:"phone,omitempty" maxLength:"50" doc:"Work telephone"`
}

// Place is where somebody stands; what is absent is none.
type Place struct {
	DepartmentID employee.DepartmentID `json:"departmentId,omitzero"`
	PositionID   employee.PositionID   `json:"positionId,omitzero"`
	LocationID   employee.LocationID   `json:"locationId,omitzero"`
	ManagerID    employee.ID           `json:"managerId,omitzero"`
}

func (p Place) placement() domain.Placement {
	return domain.Placement{DepartmentID: p.DepartmentID, PositionID: p.PositionID, LocationID: p.LocationID}
}

// HireInput is everything that may be said of somebody new.
type HireInput struct {
	Person
	HiredOn date.Date `json:"hiredOn" doc:"First day; it may lie ahead"`
	Place
	Contact      *Contact     `json:"contact,omitempty" doc:"Takes the permission to change private contacts"`
	Compensation *Pay         `json:"compensation,omitempty" doc:"Takes the permission to change pay"`
	Identity     *Identity    `json:"identity,omitempty" doc:"Takes the permission to change identity data"`
	Bank         *BankAccount `json:"bank,omitempty" doc:"Takes the permission to change the account for pay"`
}

// Hire takes somebody on. A manager who has left, an unknown department and a number or address that is taken are
// refused.
func (a *App) Hire(ctx context.Context, in HireInput) (Profile, error) {
	e := domain.Employee{
		ID: id.New[employee.Employee](), Number: in.Number, GivenName: in.GivenName, FamilyName: in.FamilyName,
		Email: in.Email, Phone: in.Phone, HiredOn: in.HiredOn, Version: 1,
	}
	e.Tidy()
	if err := a.checkHire(ctx, e, in); err != nil {
		return Profile{}, err
	}
	return database.Write(ctx, a.db, func(ctx context.Context, tx *database.Tx) (Profile, error) {
		if err := a.lockLines(ctx, tx); err != nil {
			return Profile{}, err
		}
		if err := number(tx, &e); err != nil {
			return Profile{}, err
		}
		if err := store.InsertEmployee(tx, e); err != nil {
			return Profile{}, err
		}
		if err := a.guarded(ctx, tx, e, in); err != nil {
			return Profile{}, err
		}
		return a.begin(ctx, tx, e, in.Place, "employee.hire")
	})
}

func (a *App) checkHire(ctx context.Context, e domain.Employee, in HireInput) error {
	var p fault.Problems
	e.Check(&p, "body", a.today())
	if in.Contact != nil {
		if err := needAll(ctx, CanEditContact); err != nil {
			return err
		}
		in.Contact.Tidy()
		in.Contact.Check(&p, "body.contact")
	}
	if in.Compensation != nil {
		if err := needAll(ctx, CanEditPay); err != nil {
			return err
		}
		in.Compensation.Check(&p, "body.compensation")
	}
	if in.Identity != nil {
		if err := needAll(ctx, CanEditIdentity); err != nil {
			return err
		}
		in.Identity.Tidy()
		in.Identity.Check(&p, "body.identity", a.today())
	}
	if in.Bank != nil {
		if err := needAll(ctx, CanEditBank); err != nil {
			return err
		}
		in.Bank.Tidy()
		in.Bank.Check(&p, "body.bank")
	}
	return p.Err()
}

// needAll refuses whoever may change a group of facts of some people only: somebody new is in nobody's team yet.
func needAll(ctx context.Context, permission rbac.Permission) error {
	if auth.ScopeOf(ctx, permission) == rbac.All {
		return nil
	}
	return auth.Refuse(permission, rbac.All)
}

// number draws a personnel number for somebody who was given none.
func number(tx *database.Tx, e *domain.Employee) error {
	if e.Number != "" {
		return nil
	}
	drawn, err := store.NextNumbers(tx, 1)
	if err != nil {
		return err
	}
	e.Number = drawn[0]
	return nil
}

// guarded keeps the groups of facts that have a permission of their own.
func (a *App) guarded(ctx context.Context, tx *database.Tx, e domain.Employee, in HireInput) error {
	if in.Contact != nil {
		if err := store.SaveContact(tx, e.ID, *in.Contact); err != nil {
			return err
		}
	}
	if in.Identity != nil {
		if err := store.SaveIdentity(tx, e.ID, *in.Identity); err != nil {
			return err
		}
	}
	if in.Bank != nil {
		if err := store.SaveBankAccount(tx, e.ID, *in.Bank); err != nil {
			return err
		}
	}
	if in.Compensation == nil {
		return nil
	}
	return store.SavePay(tx, e.ID, nil, domain.Timeline[Pay]{}.Set(e.HiredOn, *in.Compensation), a.author(ctx))
}

// begin starts an employment on its first day: the stay, the place, the line to the manager, and word to others.
func (a *App) begin(ctx context.Context, tx *database.Tx, e domain.Employee, place Place, action string) (Profile, error) {
	was, err := a.movement(tx, e.ID)
	if err != nil {
		return Profile{}, err
	}
	if err := store.BeginEmployment(tx, e, a.author(ctx)); err != nil {
		return Profile{}, err
	}
	if err := store.JoinTeam(tx, e.ID); err != nil {
		return Profile{}, err
	}
	if err := a.place(ctx, tx, e, e.HiredOn, place); err != nil {
		return Profile{}, err
	}
	is, err := a.movement(tx, e.ID)
	if err != nil {
		return Profile{}, err
	}
	store.AddMovement(tx, is.Less(was))
	view, err := a.view(ctx, tx, e.ID)
	if err != nil {
		return Profile{}, err
	}
	err = events.Publish(tx, e.ID.String(), employee.Hired{
		EmployeeID: e.ID, Number: e.Number, DisplayName: view.DisplayName, Email: e.Email, DepartmentID: view.DepartmentID,
		Department: view.Department, ManagerID: view.ManagerID, HiredOn: e.HiredOn, Again: action != "employee.hire",
	})
	if err != nil {
		return Profile{}, err
	}
	return view, audit.Record(tx, audit.Entry{
		Action: action, Subject: "employee", SubjectID: e.ID.String(), Label: e.Label(), After: view.Employee,
	})
}

// movement is what a person adds to the read model as it is kept now.
func (a *App) movement(tx *database.Tx, id employee.ID) (domain.Movement, error) {
	stays, err := store.Employments(tx.DB, id)
	if err != nil {
		return nil, err
	}
	placements, err := store.Placements(tx.DB, id)
	return domain.MovementOf(stays, placements), err
}
