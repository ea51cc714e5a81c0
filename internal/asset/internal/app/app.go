// Package app holds the use cases of the asset module, one a file: who asks, what the rules say, what is written, what
// others are told. It knows no HTTP and no SQL.
package app

import (
	"context"
	"time"

	"erp/internal/asset"
	"erp/internal/asset/internal/peers"
	"erp/internal/asset/internal/store"
	"erp/internal/employee"
	"erp/internal/platform/auth"
	"erp/internal/platform/database"
	"erp/internal/platform/date"
	"erp/internal/platform/fault"
	"erp/internal/platform/gather"
	"erp/internal/platform/rbac"
)

// Deps is what the use cases need.
type Deps struct {
	DB      *database.DB
	People  *peers.People
	Company *peers.Company
	// Standing tells what somebody may do whose bulk action goes on without them.
	Standing auth.Standing
	Now      func() time.Time
}

// App is the use cases.
type App struct {
	Deps
	tags      *tags
	bulk      *bulkActions
	summaries *gather.Reads[date.Date, asset.Summary]
}

// New builds the use cases; nothing is started.
func New(deps Deps) *App {
	a := &App{Deps: deps, tags: newTags(deps.DB, deps.Now)}
	a.bulk = newBulkActions(a)
	a.summaries = gather.Each(summaryTimeout, summariesApart, a.summary)
	return a
}

// now is the instant of a change, as fine as the database keeps it.
func (a *App) now() time.Time { return a.Now().UTC().Truncate(time.Microsecond) }

// reach is how far the caller's grant goes; Forbidden without one. A narrower grant of a second permission narrows it.
func (a *App) reach(ctx context.Context, permissions ...rbac.Permission) (store.Reach, error) {
	scope := rbac.All
	for _, permission := range permissions {
		scope = min(scope, auth.ScopeOf(ctx, permission))
		if scope == rbac.None {
			return store.Reach{}, auth.Refuse(permission, rbac.None)
		}
	}
	me := employee.ID(auth.From(ctx).EmployeeID)
	switch {
	case scope == rbac.All:
		return store.Reach{All: true}, nil
	case me.IsZero():
		return store.Reach{}, nil
	case scope == rbac.Own:
		return store.Reach{Holders: []employee.ID{me}}, nil
	case scope == rbac.Team:
		team, err := a.People.Team(ctx, me)
		return store.Reach{Holders: team}, err
	default:
		colleagues, err := a.People.Department(ctx, me)
		return store.Reach{Holders: colleagues}, err
	}
}

// actor is who acts, by name, for the history.
func actor(ctx context.Context) string {
	principal := auth.From(ctx)
	if principal.Kind == auth.KindSystem {
		return "System"
	}
	return principal.Name
}

func notFound() error {
	return fault.New(fault.NotFound, "asset-not-found", "There is no such asset, or you may not see it.")
}

func stale(what string) error {
	return fault.New(fault.Stale, "stale", "Somebody else changed this %s meanwhile; look at what it is now.", what)
}

func invalid(location, format string, args ...any) error {
	var p fault.Problems
	p.Add(location, format, args...)
	return p.Err()
}

func published(records []store.Record) []asset.Asset {
	list := make([]asset.Asset, len(records))
	for i := range records {
		list[i] = records[i].Published()
	}
	return list
}
