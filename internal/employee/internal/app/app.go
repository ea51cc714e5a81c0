// Package app holds the use cases of the employee module, one a file: who may ask, what happens in one transaction, and
// what is told to others. It knows no HTTP.
package app

import (
	"context"
	"sync/atomic"
	"time"

	"erp/internal/employee"
	"erp/internal/employee/internal/domain"
	"erp/internal/employee/internal/store"
	"erp/internal/platform/auth"
	"erp/internal/platform/database"
	"erp/internal/platform/date"
	"erp/internal/platform/gather"
	"erp/internal/platform/rbac"
	"erp/internal/platform/saga"
)

type (
	// Profile is a person as a caller may see them.
	Profile = domain.Profile
	// Contact is how to reach somebody outside work.
	Contact = domain.Contact
	// Pay is what somebody earns.
	Pay = domain.Pay
	// Identity is who somebody is to authorities.
	Identity = domain.Identity
	// BankAccount is where pay goes to.
	BankAccount = domain.BankAccount
	// Account narrows a list by whether it is known where pay goes to.
	Account = store.Account
	// Node is a person in the organisation chart.
	Node = store.Node
)

// App is the module's use cases.
type App struct {
	db    *database.DB
	now   func() time.Time
	steps []employee.OffboardingStep

	processes *saga.Engine
	leaving   saga.Defined[leaving]

	summaries *gather.Reads[date.Date, employee.Summary]

	fresh atomic.Pointer[date.Date] // the day whose lines the closure is known to hold
}

// New returns the use cases over a schema, with a clock.
func New(db *database.DB, now func() time.Time) *App {
	a := &App{db: db, now: now, processes: saga.New(db, now)}
	a.summaries = gather.Each(summaryTimeout, summariesApart, a.summary)
	a.Contribute(nil)
	return a
}

// Contribute sets what others do when somebody leaves, in order; before anything starts.
func (a *App) Contribute(steps []employee.OffboardingStep) {
	a.steps = steps
	a.leaving = saga.Define(a.processes, a.leavingProcess())
}

// Processes are those that the module carries on.
func (a *App) Processes() *saga.Engine { return a.processes }

func (a *App) today() date.Date { return date.From(a.now()) }

func (a *App) author(ctx context.Context) store.Author {
	return store.Author{Name: auth.From(ctx).Name, At: a.now()}
}

// within refuses a person outside the caller's reach as if there were none.
func (a *App) within(ctx context.Context, tx *database.Tx, id employee.ID, permissions ...rbac.Permission) error {
	for _, permission := range permissions {
		ok, err := store.Reaches(tx.DB, reach(ctx, permission), id)
		if err != nil {
			return err
		}
		if !ok {
			return store.Unknown()
		}
	}
	return nil
}

// open loads a person inside the caller's reach to change them, in the version that the caller saw.
func (a *App) open(ctx context.Context, tx *database.Tx, id employee.ID, version int, permission rbac.Permission) (domain.Employee, error) {
	if err := a.within(ctx, tx, id, CanRead, permission); err != nil {
		return domain.Employee{}, err
	}
	e, err := store.EmployeeForUpdate(tx, id)
	if err == nil && e.Version != version {
		err = store.Stale()
	}
	return e, err
}

// view is a person as the caller sees them, read in the transaction that changed them.
func (a *App) view(ctx context.Context, tx *database.Tx, id employee.ID) (Profile, error) {
	q := store.Query{Sight: sight(ctx), Today: a.today(), Contact: true, Pay: true, IDs: []employee.ID{id}}
	q.Sight.Profile = domain.Reach{Breadth: domain.Everybody}
	people, _, err := store.People(tx.DB, q)
	if err == nil && len(people) == 0 {
		err = store.Unknown()
	}
	if err != nil {
		return Profile{}, err
	}
	return people[0], nil
}
