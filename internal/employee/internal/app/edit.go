package app

import (
	"context"

	"erp/internal/employee"
	"erp/internal/employee/internal/domain"
	"erp/internal/employee/internal/store"
	"erp/internal/platform/audit"
	"erp/internal/platform/database"
	"erp/internal/platform/date"
	"erp/internal/platform/fault"
)

// EditInput changes what it names; what is absent stays as it is.
type EditInput struct {
	Number     *string `json:"number,omitempty" minLength:"1" maxLength:"30"`
	GivenName  *string `json:"givenName,omitempty" maxLength:"100"`
	FamilyName *string `json:"familyName,omitempty" maxLength:"100"`
	Email      *string `json:"email,omitempty" maxLength:"254"`
	Phone      *string `json:"phone,omitempty" maxLength:"50"`

	HiredOn date.Date `json:"hiredOn,omitzero" doc:"Corrects the first day: place, manager and pay of that day move with it"`
}

// Edit changes somebody's name, number and work address.
func (a *App) Edit(ctx context.Context, id employee.ID, version int, in EditInput) (Profile, error) {
	return database.Write(ctx, a.db, func(ctx context.Context, tx *database.Tx) (Profile, error) {
		if !in.HiredOn.IsZero() {
			if err := a.lockLines(ctx, tx); err != nil {
				return Profile{}, err
			}
		}
		e, err := a.open(ctx, tx, id, version, CanEdit)
		if err != nil {
			return Profile{}, err
		}
		before, err := a.view(ctx, tx, id)
		if err != nil {
			return Profile{}, err
		}
		if err := in.apply(&e); err != nil {
			return Profile{}, err
		}
		if !in.HiredOn.IsZero() && in.HiredOn != e.HiredOn {
			if err := a.moveFirstDay(ctx, tx, &e, in.HiredOn); err != nil {
				return Profile{}, err
			}
		}
		if err := store.UpdateEmployee(tx, &e); err != nil {
			return Profile{}, err
		}
		after, err := a.view(ctx, tx, id)
		if err != nil {
			return Profile{}, err
		}
		if err := a.tellChanged(tx, []employee.ID{id}); err != nil {
			return Profile{}, err
		}
		return after, audit.Record(tx, audit.Entry{
			Action: "employee.edit", Subject: "employee", SubjectID: id.String(), Label: e.Label(), Before: before.Employee, After: after.Employee,
		})
	})
}

func (in EditInput) apply(e *domain.Employee) error {
	for _, field := range []struct{ from, to *string }{
		{in.Number, &e.Number}, {in.GivenName, &e.GivenName}, {in.FamilyName, &e.FamilyName}, {in.Email, &e.Email}, {in.Phone, &e.Phone},
	} {
		if field.from != nil {
			*field.to = *field.from
		}
	}
	e.Tidy()
	var p fault.Problems
	if e.Number == "" {
		p.Add("body.number", "must not be empty")
	}
	e.Check(&p, "body", e.HiredOn)
	return p.Err()
}
