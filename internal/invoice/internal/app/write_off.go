package app

import (
	"context"

	"erp/internal/invoice"
	"erp/internal/platform/database"
	"erp/internal/platform/events"
)

// WriteOffInput says why the rest is given up.
type WriteOffInput struct {
	Reason string `json:"reason" minLength:"1" maxLength:"500"`
}

// WriteOff gives up what is still due.
func (a *App) WriteOff(ctx context.Context, id invoice.ID, version int, in WriteOffInput) (invoice.Invoice, error) {
	r, err := a.reach(ctx, CanCredit)
	if err != nil {
		return invoice.Invoice{}, err
	}
	today, act := a.today(ctx), a.act(ctx)
	act.On = today
	return database.Write(ctx, a.db, func(ctx context.Context, tx *database.Tx) (invoice.Invoice, error) {
		inv, err := a.open(ctx, tx, r, id, version)
		if err != nil {
			return invoice.Invoice{}, err
		}
		before, due := summarise(inv), inv.Due()
		if err := inv.WriteOff(in.Reason, act); err != nil {
			return invoice.Invoice{}, err
		}
		if err := a.ledger.Save(tx, inv); err != nil {
			return invoice.Invoice{}, err
		}
		receivable(tx, inv, due)
		err = events.Publish(tx, inv.ID.String(), invoice.WrittenOffRest{
			InvoiceID: inv.ID, Currency: inv.Content.Document.Currency, Amount: due,
		})
		if err != nil {
			return invoice.Invoice{}, err
		}
		return view(inv, today), record(tx, "invoice.write-off", inv, before)
	})
}
