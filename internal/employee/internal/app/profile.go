package app

import (
	"context"

	"erp/internal/employee"
	"erp/internal/employee/internal/store"
	"erp/internal/platform/auth"
	"erp/internal/platform/date"
)

// Profile is a person as the caller may see them, today or as of another day. The versions are today's in either case.
func (a *App) Profile(ctx context.Context, id employee.ID, asOf date.Date) (Profile, error) {
	if err := a.CatchUp(ctx); err != nil {
		return Profile{}, err
	}
	q := store.Query{Sight: sight(ctx), Today: a.today(), AsOf: asOf, Contact: true, Pay: true, IDs: []employee.ID{id}}
	people, _, err := store.People(a.db.Read(ctx), q)
	if err == nil && len(people) == 0 {
		err = store.Unknown()
	}
	if err != nil {
		return Profile{}, err
	}
	if people[0].Compensation != nil && id != employee.ID(auth.From(ctx).EmployeeID) {
		err = a.recordPayRead(ctx, q, "employee.read-pay", people[0].Employee)
	}
	return people[0], err
}
