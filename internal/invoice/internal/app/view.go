package app

import (
	"context"

	"erp/internal/invoice"
	"erp/internal/invoice/internal/domain"
	"erp/internal/platform/date"
	"erp/internal/platform/fault"
)

// view is a document as it is published.
func view(inv *domain.Invoice, today date.Date) invoice.Invoice {
	c := inv.Content
	v := invoice.Invoice{
		ID: inv.ID, Version: inv.Version, Kind: inv.Kind, Status: inv.Status(),
		CustomerID: c.CustomerID, Customer: c.Customer, OwnerID: inv.OwnerID,
		DeliveredOn: c.DeliveredOn, PaymentDays: c.PaymentDays, Reference: c.Reference, Note: c.Note,
		Document: c.Document, Paid: inv.Paid, Credited: inv.Credited, WrittenOff: inv.WrittenOff, Due: inv.Due(),
		Allocations: inv.Allocations, CreditOf: inv.CreditOf, CreditNotes: inv.CreditNotes, Recurring: inv.Recurring,
		CreatedAt: inv.CreatedAt, UpdatedAt: inv.UpdatedAt,
	}
	if inv.Issue != nil {
		v.Number, v.IssuedOn, v.DueOn = inv.Issue.Number, inv.Issue.IssuedOn, inv.Issue.DueOn
		seller, buyer := inv.Issue.Seller, inv.Issue.Buyer
		v.Seller, v.Buyer = &seller, &buyer
		v.Status = domain.OnDay(v.Status, v.DueOn, today)
	}
	if n := len(inv.CreditNotes); n > 0 {
		v.CreditNote, v.Returned = &inv.CreditNotes[n-1], inv.Returned
	}
	return v
}

// Invoice gives a document with its parts, as it is now or as it was at the end of a day.
func (a *App) Invoice(ctx context.Context, id invoice.ID, asOf date.Date) (invoice.Invoice, error) {
	inv, err := a.load(ctx, id)
	if err != nil {
		return invoice.Invoice{}, err
	}
	today := a.today(ctx)
	if !asOf.IsZero() {
		if inv, err = a.asOf(ctx, id, asOf); err != nil {
			return invoice.Invoice{}, err
		}
		today = asOf
	}
	v := view(inv, today)
	v.AsOf = asOf
	if v.Due.Sign() > 0 && asOf.IsZero() {
		if v.Dispute, err = a.letters.DisputeOf(ctx, id); err != nil {
			return invoice.Invoice{}, err
		}
	}
	v.Owner = a.ownerName(ctx, v.OwnerID)
	return v, nil
}

func (a *App) asOf(ctx context.Context, id invoice.ID, day date.Date) (*domain.Invoice, error) {
	seller, err := a.company.Seller(ctx)
	if err != nil {
		return nil, err
	}
	events, err := a.ledger.Events(ctx, id)
	if err != nil {
		return nil, err
	}
	inv := domain.AsOf(events, day, seller.Today)
	if inv == nil {
		return nil, fault.New(fault.NotFound, "invoice-not-there-yet", "There was no such invoice on %s yet; ask for a later day.", day)
	}
	return inv, nil
}

func (a *App) load(ctx context.Context, id invoice.ID) (*domain.Invoice, error) {
	r, err := a.reach(ctx, CanRead)
	if err != nil {
		return nil, err
	}
	inv, err := a.ledger.Load(ctx, id)
	if err != nil {
		return nil, err
	}
	return inv, r.check(inv)
}

// History gives every fact of a document, oldest first.
func (a *App) History(ctx context.Context, id invoice.ID) ([]invoice.HistoryEntry, error) {
	if _, err := a.load(ctx, id); err != nil {
		return nil, err
	}
	events, err := a.ledger.Events(ctx, id)
	if err != nil {
		return nil, err
	}
	out := make([]invoice.HistoryEntry, len(events))
	for i, e := range events {
		out[i] = entry(e)
	}
	return out, nil
}

func entry(e domain.Event) invoice.HistoryEntry {
	h := invoice.HistoryEntry{Version: e.Version, Kind: e.Fact.Kind(), At: e.At, Actor: e.Actor}
	switch f := e.Fact.(type) {
	case domain.Drafted:
		h.Amount = &f.Content.Document.Totals.Payable
	case domain.Revised:
		h.Amount = &f.Content.Document.Totals.Payable
	case domain.Reassigned:
		h.Detail = f.Reason
	case domain.Issued:
		h.Number = f.Number
	case domain.PaymentAllocated:
		h.Amount, h.Payment = &f.Amount, f.PaymentID
	case domain.PaymentUnallocated:
		h.Amount, h.Payment, h.Detail = &f.Amount, f.PaymentID, f.Reason
	case domain.Credited:
		h.Amount, h.Number = &f.Amount, f.CreditNote.Number
	case domain.WrittenOff:
		h.Amount, h.Detail = &f.Amount, f.Reason
	}
	return h
}
