package app

import (
	"context"

	"erp/internal/invoice"
	"erp/internal/invoice/internal/domain"
	"erp/internal/platform/database"
	"erp/internal/platform/date"
	"erp/internal/platform/id"
)

// Preview calculates a draft without keeping it: live totals by the one arithmetic.
func (a *App) Preview(ctx context.Context, in DraftInput) (invoice.Document, error) {
	c, err := a.content(ctx, in)
	if err != nil {
		return invoice.Document{}, err
	}
	return domain.Calculate(c.Document), nil
}

// Draft begins an invoice that the caller owns.
func (a *App) Draft(ctx context.Context, in DraftInput) (invoice.Invoice, error) {
	c, err := a.content(ctx, in)
	if err != nil {
		return invoice.Invoice{}, err
	}
	act, owner := a.act(ctx), me(ctx)
	defer a.hearOf(ctx, owner)
	return database.Write(ctx, a.db, func(_ context.Context, tx *database.Tx) (invoice.Invoice, error) {
		inv := domain.Draft(id.New[invoice.Invoice](), owner, c, act)
		if err := a.ledger.Save(tx, inv); err != nil {
			return invoice.Invoice{}, err
		}
		return view(inv, date.Date{}), record(tx, "invoice.draft", inv, nil)
	})
}

// Revise replaces a draft; an issued document is a Conflict.
func (a *App) Revise(ctx context.Context, invoiceID invoice.ID, version int, in DraftInput) (invoice.Invoice, error) {
	r, err := a.reach(ctx, CanWrite)
	if err != nil {
		return invoice.Invoice{}, err
	}
	c, err := a.content(ctx, in)
	if err != nil {
		return invoice.Invoice{}, err
	}
	act := a.act(ctx)
	return database.Write(ctx, a.db, func(ctx context.Context, tx *database.Tx) (invoice.Invoice, error) {
		inv, err := a.open(ctx, tx, r, invoiceID, version)
		if err != nil {
			return invoice.Invoice{}, err
		}
		before := summarise(inv)
		if err := inv.Revise(c, act); err != nil {
			return invoice.Invoice{}, err
		}
		if err := a.ledger.Save(tx, inv); err != nil {
			return invoice.Invoice{}, err
		}
		return view(inv, date.Date{}), record(tx, "invoice.revise", inv, before)
	})
}

// Discard deletes a draft; its facts stay in the ledger.
func (a *App) Discard(ctx context.Context, invoiceID invoice.ID, version int) error {
	r, err := a.reach(ctx, CanWrite)
	if err != nil {
		return err
	}
	act := a.act(ctx)
	_, err = database.Write(ctx, a.db, func(ctx context.Context, tx *database.Tx) (struct{}, error) {
		inv, err := a.open(ctx, tx, r, invoiceID, version)
		if err != nil {
			return struct{}{}, err
		}
		before := summarise(inv)
		if err := inv.Discard(act); err != nil {
			return struct{}{}, err
		}
		if err := a.ledger.Save(tx, inv); err != nil {
			return struct{}{}, err
		}
		return struct{}{}, record(tx, "invoice.discard", inv, before)
	})
	return err
}
