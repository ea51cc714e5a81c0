package app

import (
	"context"

	"erp/internal/employee"
	"erp/internal/employee/internal/store"
	"erp/internal/platform/auth"
	"erp/internal/platform/date"
)

// Guarded says which groups of facts are to be shown that a profile does not show by itself.
type Guarded struct{ Identity, Bank bool }

// Profile is a person as the caller may see them, today or as of another day. The versions are today's in either case.
// Papers and account are shown to those who ask, as they are now.
func (a *App) Profile(ctx context.Context, id employee.ID, asOf date.Date, show Guarded) (Profile, error) {
	if err := needEach(ctx, []asked{{show.Identity, CanReadIdentity}, {show.Bank, CanReadBank}}); err != nil {
		return Profile{}, err
	}
	if err := a.CatchUp(ctx); err != nil {
		return Profile{}, err
	}
	q := store.Query{Sight: sight(ctx), Today: a.today(), AsOf: asOf, Contact: true, Pay: true, Identity: show.Identity, Bank: show.Bank, IDs: []employee.ID{id}}
	people, _, err := store.People(a.db.Read(ctx), q)
	if err == nil && len(people) == 0 {
		err = store.Unknown()
	}
	if err != nil {
		return Profile{}, err
	}
	found := people[0]
	q.Pay, q.Identity, q.Bank = found.Compensation != nil, found.Identity != nil, found.Bank != nil
	if id != employee.ID(auth.From(ctx).EmployeeID) {
		err = a.recordLooks(ctx, q, "read", found.Employee)
	}
	return found, err
}
