package app

import (
	"context"

	"erp/internal/employee"
	"erp/internal/platform/database"
	"erp/internal/platform/events"
)

// ReleaseDrafts gives up a leaver's drafts, so that nobody waits for somebody who is gone:
// they belong to nobody and their history says why. Issued documents keep their owner.
func (a *App) ReleaseDrafts(ctx context.Context, tx *database.Tx, left employee.Left, _ events.Envelope) error {
	ids, err := a.ledger.DraftsOf(ctx, tx, left.EmployeeID)
	if err != nil {
		return err
	}
	found, err := a.ledger.Lock(ctx, tx, ids...)
	if err != nil {
		return err
	}
	act := a.act(ctx)
	for _, inv := range found {
		if inv.Issue != nil {
			continue
		}
		before := summarise(inv)
		if err := inv.Reassign(employee.ID{}, left.DisplayName+" has left", act); err != nil {
			return err
		}
		if err := a.ledger.Save(tx, inv); err != nil {
			return err
		}
		if err := record(tx, "invoice.release", inv, before); err != nil {
			return err
		}
	}
	return nil
}
