package app

import (
	"context"

	"erp/internal/invoice"
	"erp/internal/invoice/internal/domain"
	"erp/internal/platform/audit"
	"erp/internal/platform/database"
	"erp/internal/platform/events"
	"erp/internal/platform/fault"
)

// AllocateInput sets what a payment has left against invoices.
type AllocateInput struct {
	Allocations []AllocationInput `json:"allocations" minItems:"1" maxItems:"500"`
}

// AllocatePayment sets what is left of a payment against invoices of the same customer.
func (a *App) AllocatePayment(ctx context.Context, id invoice.PaymentID, in AllocateInput) (invoice.Payment, error) {
	act := a.act(ctx)
	return database.Write(ctx, a.db, func(ctx context.Context, tx *database.Tx) (invoice.Payment, error) {
		p, err := a.payments.Lock(ctx, tx, id)
		if err != nil {
			return invoice.Payment{}, err
		}
		if err := domain.Allocatable(&p); err != nil {
			return invoice.Payment{}, err
		}
		wanted := allocations(in.Allocations)
		var problems fault.Problems
		domain.CheckAllocations(&problems, "body.allocations", wanted, p.Unallocated, p.Currency)
		if err := problems.Err(); err != nil {
			return invoice.Payment{}, err
		}
		for i := range wanted {
			wanted[i].Amount = wanted[i].Amount.In(p.Currency)
		}
		earlier, err := a.payments.LockAllocated(ctx, tx, id)
		if err != nil {
			return invoice.Payment{}, err
		}
		before := p
		p.Version++
		if err := a.allocate(ctx, tx, &p, wanted, act, a.payments.Update); err != nil {
			return invoice.Payment{}, err
		}
		p.Allocations = domain.JoinAllocations(append(earlier, p.Allocations...))
		return p, audit.Record(tx, audit.Entry{
			Action: "payment.allocate", Subject: "payment", SubjectID: p.ID.String(), Label: paymentLabel(p), Before: before, After: p,
		})
	})
}

// UnallocatePayment takes a payment off an invoice; the money becomes the customer's credit.
func (a *App) UnallocatePayment(ctx context.Context, id invoice.PaymentID, from invoice.ID) (invoice.Payment, error) {
	act := a.act(ctx)
	act.On = a.today(ctx)
	return database.Write(ctx, a.db, func(ctx context.Context, tx *database.Tx) (invoice.Payment, error) {
		p, err := a.payments.Lock(ctx, tx, id)
		if err != nil {
			return invoice.Payment{}, err
		}
		found, err := a.ledger.Lock(ctx, tx, from)
		if err != nil {
			return invoice.Payment{}, err
		}
		allocated, err := a.payments.LockAllocated(ctx, tx, id)
		if err != nil {
			return invoice.Payment{}, err
		}
		before := p
		p.Version++
		if err := a.unallocate(tx, &p, found[0], "", act); err != nil {
			return invoice.Payment{}, err
		}
		p.Allocations = []invoice.Allocation{}
		for _, x := range allocated {
			if x.InvoiceID != from {
				p.Allocations = append(p.Allocations, x)
			}
		}
		return p, audit.Record(tx, audit.Entry{
			Action: "payment.unallocate", Subject: "payment", SubjectID: p.ID.String(), Label: paymentLabel(p), Before: before, After: p,
		})
	})
}

// unallocate takes all of a locked payment off an invoice.
func (a *App) unallocate(tx *database.Tx, p *invoice.Payment, inv *domain.Invoice, reason string, act domain.Act) error {
	due := inv.Due()
	amount, err := inv.Unallocate(p.ID, reason, act)
	if err != nil {
		return err
	}
	if err := a.ledger.Save(tx, inv); err != nil {
		return err
	}
	p.Unallocated = p.Unallocated.Add(amount)
	a.payments.Unallocate(tx, p.ID, inv.ID)
	a.payments.Update(tx, *p)
	receivable(tx, inv, due)
	return events.Publish(tx, inv.ID.String(), invoice.PaymentUnallocated{
		InvoiceID: inv.ID, PaymentID: p.ID, Currency: p.Currency, Amount: amount, Due: inv.Due(),
	})
}
