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

// WorkLocationInput is what is said of a site.
type WorkLocationInput struct {
	Name     string `json:"name" minLength:"1" maxLength:"100"`
	City     string `json:"city,omitempty" maxLength:"100"`
	Country  string `json:"country,omitempty" maxLength:"2" doc:"ISO 3166-1 alpha-2"`
	Archived bool   `json:"archived,omitempty"`
}

// WorkLocations lists the sites in order of name.
func (a *App) WorkLocations(ctx context.Context) ([]employee.WorkLocation, error) {
	return store.Locations(a.db.Read(ctx), a.today())
}

// WorkLocation is one of them.
func (a *App) WorkLocation(ctx context.Context, id employee.LocationID) (employee.WorkLocation, error) {
	return first(store.Locations(a.db.Read(ctx), a.today(), id))
}

// CreateWorkLocation adds a site.
func (a *App) CreateWorkLocation(ctx context.Context, in WorkLocationInput) (employee.WorkLocation, error) {
	return a.saveWorkLocation(ctx, id.New[employee.WorkLocation](), 0, in)
}

// ChangeWorkLocation replaces what is said of a site.
func (a *App) ChangeWorkLocation(ctx context.Context, id employee.LocationID, version int, in WorkLocationInput) (employee.WorkLocation, error) {
	return a.saveWorkLocation(ctx, id, version, in)
}

func (a *App) saveWorkLocation(ctx context.Context, id employee.LocationID, version int, in WorkLocationInput) (employee.WorkLocation, error) {
	l := domain.Location{ID: id, Name: in.Name, City: in.City, Country: in.Country, Archived: in.Archived, Version: version}
	var p fault.Problems
	l.Check(&p)
	if err := p.Err(); err != nil {
		return employee.WorkLocation{}, err
	}
	return database.Write(ctx, a.db, func(_ context.Context, tx *database.Tx) (employee.WorkLocation, error) {
		var before any
		if version > 0 {
			was, err := first(store.Locations(tx.DB, a.today(), id))
			if err != nil {
				return employee.WorkLocation{}, err
			}
			before = was
		}
		if err := store.SaveLocation(tx, l); err != nil {
			return employee.WorkLocation{}, err
		}
		after, err := first(store.Locations(tx.DB, a.today(), id))
		if err != nil {
			return after, err
		}
		return after, audit.Record(tx, saved("work-location", id.String(), after.Name, before, after))
	})
}

// RemoveWorkLocation deletes a site where nobody ever worked; another can be archived.
func (a *App) RemoveWorkLocation(ctx context.Context, id employee.LocationID, version int) error {
	return a.db.Tx(ctx, func(_ context.Context, tx *database.Tx) error {
		before, err := first(store.Locations(tx.DB, a.today(), id))
		if err != nil {
			return err
		}
		if err := store.RemoveLocation(tx, id, version); err != nil {
			return err
		}
		return audit.Record(tx, audit.Entry{Action: "work-location.remove", Subject: "work-location", SubjectID: id.String(), Label: before.Name, Before: before})
	})
}
