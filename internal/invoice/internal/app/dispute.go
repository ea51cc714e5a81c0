package app

import (
	"context"

	"erp/internal/invoice"
	"erp/internal/invoice/internal/domain"
	"erp/internal/platform/audit"
	"erp/internal/platform/database"
	"erp/internal/platform/fault"
)

// DisputeInput says what the customer holds to be wrong.
type DisputeInput struct {
	Reason string `json:"reason" minLength:"1" maxLength:"500"`
}

// MarkDisputed notes that the customer holds an open invoice to be wrong: nobody is reminded of it until that is settled.
func (a *App) MarkDisputed(ctx context.Context, which invoice.ID, in DisputeInput) (invoice.Invoice, error) {
	var p fault.Problems
	domain.CheckReason(&p, "body.reason", in.Reason)
	if err := p.Err(); err != nil {
		return invoice.Invoice{}, err
	}
	return a.changeDispute(ctx, which, func(ctx context.Context, tx *database.Tx, inv *domain.Invoice) error {
		if inv.Due().Sign() <= 0 {
			return fault.New(fault.Conflict, "nothing-due", "Nothing of %s is to be paid, so there is nothing to dispute.", inv.Label())
		}
		act := a.act(ctx)
		fresh, err := a.letters.Dispute(ctx, tx, which, invoice.Dispute{Reason: in.Reason, At: act.At, By: act.By})
		if err != nil || !fresh {
			return orConflict(err, "already-disputed", "%s is in dispute already.", inv)
		}
		return audit.Record(tx, audit.Entry{Action: "invoice.dispute", Subject: "invoice", SubjectID: which.String(), Label: inv.Label(), After: in})
	})
}

// SettleDispute ends it: the invoice is reminded of again.
func (a *App) SettleDispute(ctx context.Context, which invoice.ID) (invoice.Invoice, error) {
	return a.changeDispute(ctx, which, func(ctx context.Context, tx *database.Tx, inv *domain.Invoice) error {
		there, err := a.letters.EndDispute(ctx, tx, which)
		if err != nil || !there {
			return orConflict(err, "not-disputed", "%s is not in dispute.", inv)
		}
		return audit.Record(tx, audit.Entry{Action: "invoice.settle-dispute", Subject: "invoice", SubjectID: which.String(), Label: inv.Label()})
	})
}

func orConflict(err error, code, message string, inv *domain.Invoice) error {
	if err != nil {
		return err
	}
	return fault.New(fault.Conflict, code, message, inv.Label())
}

func (a *App) changeDispute(ctx context.Context, which invoice.ID, change func(ctx context.Context, tx *database.Tx, inv *domain.Invoice) error) (invoice.Invoice, error) {
	r, err := a.reach(ctx, CanWrite)
	if err != nil {
		return invoice.Invoice{}, err
	}
	today := a.today(ctx)
	return database.Write(ctx, a.db, func(ctx context.Context, tx *database.Tx) (invoice.Invoice, error) {
		inv, err := a.open(ctx, tx, r, which, 0)
		if err != nil {
			return invoice.Invoice{}, err
		}
		if err := change(ctx, tx, inv); err != nil {
			return invoice.Invoice{}, err
		}
		v := view(inv, today)
		v.Dispute, err = a.letters.DisputeIn(ctx, tx, which)
		return v, err
	})
}
