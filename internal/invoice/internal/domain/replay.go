package domain

import (
	"fmt"

	"erp/internal/invoice"
	"erp/internal/platform/date"
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
		inv.Kind, inv.OwnerID, inv.CreditOf, inv.Content, inv.Recurring = f.DocumentKind, f.OwnerID, f.CreditOf, f.Content, f.Recurring
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
		inv.Issue, inv.IssuedAt = &f, e.At
		inv.Returned = make([]money.Decimal, len(inv.Content.Document.Lines))
	case PaymentAllocated:
		inv.Paid = inv.Paid.Add(f.Amount)
		inv.Allocations = append(inv.Allocations, invoice.Allocation{PaymentID: f.PaymentID, InvoiceID: inv.ID, Amount: f.Amount, On: f.On})
	case PaymentUnallocated:
		inv.Paid = inv.Paid.Sub(f.Amount)
		inv.dropAllocation(f.PaymentID, f.Amount)
	case Credited:
		inv.Credited = inv.Credited.Add(f.Amount)
		inv.CreditNotes = append(inv.CreditNotes, f.CreditNote)
		inv.returned(f.Lines)
	case WrittenOff:
		inv.WrittenOff = inv.WrittenOff.Add(f.Amount)
	}
	if change, some := inv.dueChange(e); some && change.On.After(inv.ChangedOn) {
		inv.ChangedOn = change.On
	}
}

// dropAllocation takes an amount of a payment off again, the latest part first.
func (inv *Invoice) dropAllocation(payment invoice.PaymentID, amount money.Decimal) {
	kept := append([]invoice.Allocation(nil), inv.Allocations...)
	for i := len(kept) - 1; i >= 0 && amount.Sign() > 0; i-- {
		if kept[i].PaymentID != payment {
			continue
		}
		part := money.Min(kept[i].Amount, amount)
		amount = amount.Sub(part)
		if kept[i].Amount = kept[i].Amount.Sub(part); kept[i].Amount.IsZero() {
			kept = append(kept[:i], kept[i+1:]...)
		}
	}
	inv.Allocations = kept
}

// returned counts what was taken back of the lines; of all of them where none is named.
func (inv *Invoice) returned(lines []CreditedLine) {
	for _, l := range lines {
		inv.Returned[l.Line-1] = inv.Returned[l.Line-1].Add(l.Quantity)
	}
	if len(lines) == 0 {
		for i, l := range inv.Content.Document.Lines {
			inv.Returned[i] = l.Quantity
		}
	}
}

// DueChange is what one fact did to what is due, and from which day on.
type DueChange struct {
	On     date.Date
	Amount money.Decimal
}

// DueChanges lists what changed what is due, by the version of the fact that did it.
func DueChanges(inv *Invoice, events []Event) map[int]DueChange {
	out := map[int]DueChange{}
	for _, e := range events {
		if change, some := inv.dueChange(e); some {
			out[e.Version] = change
		}
	}
	return out
}

func (inv *Invoice) dueChange(e Event) (DueChange, bool) {
	var c DueChange
	switch f := e.Fact.(type) {
	case Issued:
		c = DueChange{f.IssuedOn, inv.Content.Document.Totals.Payable}
	case PaymentAllocated:
		c = DueChange{f.On, f.Amount.Neg()}
	case PaymentUnallocated:
		c = DueChange{f.On, f.Amount}
	case Credited:
		c = DueChange{f.On, f.Amount.Neg()}
	case WrittenOff:
		c = DueChange{f.On, f.Amount.Neg()}
	default:
		return c, false
	}
	if c.On.IsZero() { // of facts that did not say yet from which day they count
		c.On = date.From(e.At.UTC())
	}
	return c, inv.Kind == invoice.KindInvoice
}

// SettledOn is the day from which nothing is due any more; zero while something is.
func (inv *Invoice) SettledOn() date.Date {
	if inv.Issue == nil || inv.Kind == invoice.KindCreditNote || !inv.Due().IsZero() {
		return date.Date{}
	}
	return inv.ChangedOn
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
			if a.On.After(out[i].On) {
				out[i].On = a.On
			}
			continue
		}
		index[k] = len(out)
		out = append(out, a)
	}
	return out
}
