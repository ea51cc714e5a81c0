package app

import (
	"context"
	"strings"

	"erp/internal/invoice"
	"erp/internal/invoice/internal/domain"
	"erp/internal/invoice/internal/store"
	"erp/internal/platform/audit"
	"erp/internal/platform/database"
	"erp/internal/platform/money"
)

// VoidInput says why a payment does not count.
type VoidInput struct {
	Reason string `json:"reason" minLength:"1" maxLength:"500" pattern:"\\S" patternDescription:"some words"`
}

// VoidPayment ends a payment that never came or bounced: it comes off every invoice, which
// are due again, and leaves no credit. The ledger keeps that it was recorded and that it was
// voided.
func (a *App) VoidPayment(ctx context.Context, id invoice.PaymentID, in VoidInput) (invoice.Payment, error) {
	act := a.act(ctx)
	act.On = a.today(ctx)
	fact := domain.PaymentVoided{On: act.On, Reason: strings.TrimSpace(in.Reason)}
	return database.Write(ctx, a.db, func(ctx context.Context, tx *database.Tx) (invoice.Payment, error) {
		p, err := a.payments.Lock(ctx, tx, id)
		if err != nil {
			return invoice.Payment{}, err
		}
		before, received := p, p
		if err := domain.Void(&p, fact); err != nil {
			return invoice.Payment{}, err
		}
		p.Version++
		received.Version = p.Version
		if err := a.takeOffAll(ctx, tx, &received, "payment voided: "+fact.Reason, act); err != nil {
			return invoice.Payment{}, err
		}
		a.payments.Correct(tx, p)
		if err := a.payments.Append(tx, p.ID, act, fact); err != nil {
			return invoice.Payment{}, err
		}
		store.AddMonth(tx, p.ReceivedOn, p.Currency, 0, money.Zero, p.Amount.Neg())
		return p, audit.Record(tx, audit.Entry{
			Action: "payment.void", Subject: "payment", SubjectID: p.ID.String(), Label: paymentLabel(p), Before: before, After: p,
		})
	})
}

// takeOffAll takes a locked payment off every invoice that it was set against.
func (a *App) takeOffAll(ctx context.Context, tx *database.Tx, p *invoice.Payment, reason string, act domain.Act) error {
	allocated, err := a.payments.LockAllocated(ctx, tx, p.ID)
	if err != nil {
		return err
	}
	ids := make([]invoice.ID, len(allocated))
	for i, x := range allocated {
		ids[i] = x.InvoiceID
	}
	found, err := a.ledger.Lock(ctx, tx, ids...)
	if err != nil {
		return err
	}
	for _, inv := range found {
		if err := a.unallocate(tx, p, inv, reason, act); err != nil {
			return err
		}
	}
	return nil
}
