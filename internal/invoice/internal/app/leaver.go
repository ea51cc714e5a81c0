package app

import (
	"context"

	"erp/internal/employee"
	"erp/internal/invoice"
	"erp/internal/invoice/internal/domain"
	"erp/internal/platform/database"
	"erp/internal/platform/events"
	"erp/internal/platform/id"
)

// ReleaseDrafts gives up a leaver's drafts, so that nobody waits for somebody who is gone:
// they belong to nobody and their history says why. What recurs in their name waits for somebody to take it over. Issued documents keep their owner, and so does the name last heard;
// of a leaver who made none it is forgotten.
func (a *App) ReleaseDrafts(ctx context.Context, tx *database.Tx, left employee.Left, _ events.Envelope) error {
	ids, err := a.ledger.DraftsOf(ctx, tx, left.EmployeeID)
	if err != nil {
		return err
	}
	found, err := a.ledger.Lock(ctx, tx, ids...)
	if err != nil {
		return err
	}
	for _, inv := range found {
		if err := a.reassign(ctx, tx, inv, employee.ID{}, left.DisplayName+" has left"); err != nil {
			return err
		}
	}
	if err := a.releaseRecurring(ctx, tx, left.EmployeeID); err != nil {
		return err
	}
	a.persons.Forget(tx, left.EmployeeID)
	tx.AfterCommit(func() { a.heard.forget(left.EmployeeID) })
	return nil
}

// reassign gives a draft to another owner, or to nobody; an issued document keeps its own.
func (a *App) reassign(ctx context.Context, tx *database.Tx, inv *domain.Invoice, to employee.ID, why string) error {
	if inv.Issue != nil {
		return nil
	}
	before := summarise(inv)
	if err := inv.Reassign(to, why, a.act(ctx)); err != nil {
		return err
	}
	if err := a.ledger.Save(tx, inv); err != nil {
		return err
	}
	return record(tx, "invoice.release", inv, before)
}

// draftsAtOnce is how many drafts of a leaver are listed; the others come up when these are settled.
const draftsAtOnce = 200

// DraftsForOffboarding lists the drafts that somebody who leaves has not finished.
func (a *App) DraftsForOffboarding(ctx context.Context, leaver employee.ID) ([]employee.OpenItem, error) {
	items := []employee.OpenItem{}
	err := a.db.Tx(ctx, func(ctx context.Context, tx *database.Tx) error {
		ids, err := a.ledger.DraftsOf(ctx, tx, leaver)
		if err != nil {
			return err
		}
		drafts, err := a.ledger.Lock(ctx, tx, ids[:min(draftsAtOnce, len(ids))]...)
		for _, inv := range drafts {
			items = append(items, employee.OpenItem{
				Kind: "invoice", ID: inv.ID.String(), Label: "Draft for " + inv.Content.Customer,
				Choices: []employee.Choice{employee.ChoiceHandOver, employee.ChoiceReturn},
			})
		}
		return err
	})
	return items, err
}

// SettleLeaver gives a leaver's drafts to somebody else or to nobody. What is no draft of theirs any more is settled.
func (a *App) SettleLeaver(ctx context.Context, leaver employee.ID, items []employee.Settlement) error {
	return a.db.Tx(ctx, func(ctx context.Context, tx *database.Tx) error {
		for _, item := range items {
			which, err := id.Parse[invoice.Invoice](item.ItemID)
			if err != nil {
				return unknownInvoice()
			}
			found, err := a.ledger.Lock(ctx, tx, which)
			if err != nil {
				return err
			}
			to := employee.ID{}
			if item.How == employee.ChoiceHandOver {
				to = item.ToID
			}
			if found[0].OwnerID != leaver {
				continue
			}
			if err := a.reassign(ctx, tx, found[0], to, item.Note); err != nil {
				return err
			}
		}
		return nil
	})
}
