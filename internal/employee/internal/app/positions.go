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

// PositionInput is what is said of a position.
type PositionInput struct {
	Title    string `json:"title" minLength:"1" maxLength:"100"`
	Archived bool   `json:"archived,omitempty"`
}

// Positions lists the positions in order of title.
func (a *App) Positions(ctx context.Context) ([]employee.Position, error) {
	return store.Positions(a.db.Read(ctx), a.today())
}

// Position is one of them.
func (a *App) Position(ctx context.Context, id employee.PositionID) (employee.Position, error) {
	return first(store.Positions(a.db.Read(ctx), a.today(), id))
}

// CreatePosition adds a position.
func (a *App) CreatePosition(ctx context.Context, in PositionInput) (employee.Position, error) {
	return a.savePosition(ctx, id.New[employee.Position](), 0, in)
}

// ChangePosition replaces what is said of a position.
func (a *App) ChangePosition(ctx context.Context, id employee.PositionID, version int, in PositionInput) (employee.Position, error) {
	return a.savePosition(ctx, id, version, in)
}

func (a *App) savePosition(ctx context.Context, id employee.PositionID, version int, in PositionInput) (employee.Position, error) {
	t := domain.Position{ID: id, Title: in.Title, Archived: in.Archived, Version: version}
	var p fault.Problems
	t.Check(&p)
	if err := p.Err(); err != nil {
		return employee.Position{}, err
	}
	return database.Write(ctx, a.db, func(_ context.Context, tx *database.Tx) (employee.Position, error) {
		var before any
		if version > 0 {
			was, err := first(store.Positions(tx.DB, a.today(), id))
			if err != nil {
				return employee.Position{}, err
			}
			before = was
		}
		if err := store.SavePosition(tx, t); err != nil {
			return employee.Position{}, err
		}
		after, err := first(store.Positions(tx.DB, a.today(), id))
		if err != nil {
			return after, err
		}
		return after, audit.Record(tx, saved("position", id.String(), after.Title, before, after))
	})
}

// RemovePosition deletes a position that nobody ever held; another can be archived.
func (a *App) RemovePosition(ctx context.Context, id employee.PositionID, version int) error {
	return a.db.Tx(ctx, func(_ context.Context, tx *database.Tx) error {
		before, err := first(store.Positions(tx.DB, a.today(), id))
		if err != nil {
			return err
		}
		if err := store.RemovePosition(tx, id, version); err != nil {
			return err
		}
		return audit.Record(tx, audit.Entry{Action: "position.remove", Subject: "position", SubjectID: id.String(), Label: before.Title, Before: before})
	})
}
