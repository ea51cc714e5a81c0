package app

import (
	"context"

	"erp/internal/employee/internal/store"
	"erp/internal/platform/database"
	"erp/internal/platform/events"
)

const (
	documentAhead = 60 // days: an authority takes weeks
	mostDocuments = 500
)

// TellOfDocuments tells of the documents that end soon: each once.
func (a *App) TellOfDocuments(ctx context.Context) error {
	today := a.today()
	return a.db.Tx(ctx, func(ctx context.Context, tx *database.Tx) error {
		found, err := store.DocumentsExpiring(ctx, tx, today, today.AddDays(documentAhead), mostDocuments)
		if err != nil {
			return err
		}
		for _, d := range found {
			if err := events.Publish(tx, d.EmployeeID.String(), d); err != nil {
				return err
			}
		}
		return nil
	})
}
