package domain

import (
	"fmt"

	"erp/internal/invoice"
	"erp/internal/platform/money"
)

// Replay folds events, oldest first, into the invoice they make. A gap, a repeat or a
// beginning other than Drafted is an error: then the ledger itself is damaged.
func Replay(events []Event) (*Invoice, error) {
	if len(events) == 0 {
		return nil, fmt.Errorf("replay: no events")
	}
	inv := &Invoice{ID: events[0].InvoiceID}
	for _, e := range events {
		if e.Version != inv.Version+1 || e.InvoiceID != inv.ID {
			return nil, fmt.Errorf("replay %s: version %d follows %d", inv.ID, e.Version, inv.Version)
		}
		if _, begins := e.Fact.(Drafted); begins != (e.Version == 1) {
			return nil, fmt.Errorf("replay %s: version %d is %s", inv.ID, e.Version, e.Fact.Kind())
		}
		inv.apply(e)
	}
	return inv, nil
}

func (inv *Invoice) happen(act Act, f Fact) {
	e := Event{InvoiceID: inv.ID, Version: inv.Version + 1, At: act.At, Actor: act.By, Fact: f}
	inv.apply(e)
	inv.Pending = append(inv.Pending, e)
}

// apply is the only place where state changes.
func (inv *Invoice) apply(e Event) {
	inv.Version, inv.UpdatedAt = e.Version, e.At
	switch f := e.Fact.(type) {
	case Drafted:
		inv.CreatedAt = e.At
		inv.Kind, inv.OwnerID, inv.CreditOf, inv.Content = f.DocumentKind, f.OwnerID, f.CreditOf, f.Content
		zero := money.Zero.In(f.Content.Document.Currency)
		inv.Paid, inv.Credited, inv.WrittenOff = zero, zero, zero
	case Revised:
		inv.Content = f.Content
		zero := money.Zero.In(f.Content.Document.Currency)
		inv.Paid, inv.Credited, inv.WrittenOff = zero, zero, zero
	case Reassigned:
		inv.OwnerID = f.OwnerID
	case Discarded:
		inv.Discarded = true
	case Issued:
		inv.Issue = &f
	case PaymentAllocated:
		inv.Paid = inv.Paid.Add(f.Amount)
		inv.Allocations = append(inv.Allocations, invoice.Allocation{PaymentID: f.PaymentID, InvoiceID: inv.ID, Amount: f.Amount, On: f.On})
	case PaymentUnallocated:
		inv.Paid = inv.Paid.Sub(f.Amount)
		inv.dropAllocation(f.PaymentID)
	case Credited:
		inv.Credited = inv.Credited.Add(f.Amount)
		inv.CreditNote = &f.CreditNote
	case WrittenOff:
		inv.WrittenOff = inv.WrittenOff.Add(f.Amount)
	}
}

func (inv *Invoice) dropAllocation(payment invoice.PaymentID) {
	kept := inv.Allocations[:0:0]
	for _, a := range inv.Allocations {
		if a.PaymentID != payment {
			kept = append(kept, a)
		}
	}
	inv.Allocations = kept
}

// JoinAllocations adds up what came from the same payment to the same invoice.
func JoinAllocations(as []invoice.Allocation) []invoice.Allocation {
	type key struct {
		payment invoice.PaymentID
		invoice invoice.ID
	}
	out := []invoice.Allocation{}
	index := map[key]int{}
	for _, a := range as {
		k := key{a.PaymentID, a.InvoiceID}
		if i, known := index[k]; known {
			out[i].Amount = out[i].Amount.Add(a.Amount)
			continue
		}
		index[k] = len(out)
		out = append(out, a)
	}
	return out
}
