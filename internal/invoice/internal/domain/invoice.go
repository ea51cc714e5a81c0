package domain

import (
	"fmt"
	"time"

	"erp/internal/employee"
	"erp/internal/invoice"
	"erp/internal/platform/date"
	"erp/internal/platform/fault"
	"erp/internal/platform/money"
)

// Invoice is a document as the fold of its events. Every change is a fact that is applied
// and kept in Pending until the store has written it.
type Invoice struct {
	ID      invoice.ID
	Version int
	Kind    invoice.Kind
	OwnerID employee.ID
	Content Content

	Issue     *Issued // nil while a draft
	IssuedAt  time.Time
	Discarded bool

	Recurring   *invoice.Recurrence // what made it
	CreditOf    *invoice.Reference
	CreditNotes []invoice.Reference
	Returned    []money.Decimal // how much of each line was taken back
	Paid        money.Decimal
	Credited    money.Decimal
	WrittenOff  money.Decimal
	Allocations []invoice.Allocation
	ChangedOn   date.Date // the last day from which something due changed

	CreatedAt time.Time
	UpdatedAt time.Time
	Pending   []Event
}

// Act is who does it and when, and the day from which it counts.
type Act struct {
	By string
	At time.Time
	On date.Date
}

// Draft begins an invoice.
func Draft(id invoice.ID, owner employee.ID, c Content, act Act) *Invoice {
	c.Document = Calculate(c.Document)
	inv := &Invoice{ID: id}
	inv.happen(act, Drafted{DocumentKind: invoice.KindInvoice, OwnerID: owner, Content: c})
	return inv
}

// DraftRecurring begins an invoice that a recurring one makes.
func DraftRecurring(id invoice.ID, owner employee.ID, c Content, by invoice.Recurrence, act Act) *Invoice {
	c.Document = Calculate(c.Document)
	inv := &Invoice{ID: id}
	inv.happen(act, Drafted{DocumentKind: invoice.KindInvoice, OwnerID: owner, Content: c, Recurring: &by})
	return inv
}

// Revise replaces the content of a draft.
func (inv *Invoice) Revise(c Content, act Act) error {
	if err := inv.draftOnly("changed"); err != nil {
		return err
	}
	c.Document = Calculate(c.Document)
	inv.happen(act, Revised{Content: c})
	return nil
}

// Reassign gives a draft to another owner.
func (inv *Invoice) Reassign(owner employee.ID, reason string, act Act) error {
	if err := inv.draftOnly("given to somebody else"); err != nil {
		return err
	}
	inv.happen(act, Reassigned{OwnerID: owner, Reason: reason})
	return nil
}

// Discard ends a draft.
func (inv *Invoice) Discard(act Act) error {
	if err := inv.draftOnly("deleted"); err != nil {
		return err
	}
	inv.happen(act, Discarded{})
	return nil
}

// CheckIssue reports whether the document can be issued between these parties.
func (inv *Invoice) CheckIssue(seller, buyer invoice.Party) error {
	if err := inv.draftOnly("issued again"); err != nil {
		return err
	}
	var p fault.Problems
	CheckIssuable(&p, inv.Content.Document, seller, buyer)
	return p.Err()
}

// IssueAs makes the document final under a number; CheckIssue comes before.
func (inv *Invoice) IssueAs(n Numbered, seller, buyer invoice.Party, head *Letterhead, act Act) {
	inv.happen(act, Issued{
		Series: n.Series, Sequence: n.Sequence, Number: n.Number, IssuedOn: n.On,
		DueOn: inv.dueOn(n.On), Seller: seller, Buyer: buyer, Letterhead: head,
	})
}

func (inv *Invoice) dueOn(issued date.Date) date.Date {
	if inv.Kind == invoice.KindCreditNote {
		return date.Date{}
	}
	return issued.AddDays(inv.Content.PaymentDays)
}

// Allocate sets a part of a payment against the invoice, never more than is due.
func (inv *Invoice) Allocate(payment invoice.PaymentID, currency money.Currency, amount money.Decimal, on date.Date, act Act) error {
	if err := inv.payable(); err != nil {
		return err
	}
	switch {
	case currency != inv.Content.Document.Currency:
		return fault.New(fault.Conflict, "currency-differs", "%s is in %s, the payment in %s.", inv.Label(), inv.Content.Document.Currency, currency)
	case amount.Sign() <= 0:
		return fault.New(fault.Conflict, "amount-not-positive", "The amount for %s must be more than zero.", inv.Label())
	case amount.Cmp(inv.Due()) > 0:
		return fault.New(fault.Conflict, "more-than-due", "%s has only %s %s left to pay.", inv.Label(), inv.Due(), currency)
	}
	inv.happen(act, PaymentAllocated{PaymentID: payment, Amount: amount, On: on})
	return nil
}

// Unallocate takes everything of a payment off the invoice and returns how much that was.
func (inv *Invoice) Unallocate(payment invoice.PaymentID, reason string, act Act) (money.Decimal, error) {
	total := money.Zero
	for _, a := range inv.Allocations {
		if a.PaymentID == payment {
			total = total.Add(a.Amount)
		}
	}
	if total.IsZero() {
		return total, fault.New(fault.Conflict, "not-allocated", "Nothing of this payment is set against %s.", inv.Label())
	}
	inv.happen(act, PaymentUnallocated{PaymentID: payment, Amount: total, Reason: reason, On: act.On})
	return total, nil
}

// WriteOff gives up the rest.
func (inv *Invoice) WriteOff(reason string, act Act) error {
	if err := inv.payable(); err != nil {
		return err
	}
	if inv.Due().Sign() <= 0 {
		return fault.New(fault.Conflict, "nothing-due", "%s has nothing left to pay.", inv.Label())
	}
	inv.happen(act, WrittenOff{Amount: inv.Due(), Reason: reason, On: act.On})
	return nil
}

// Due is what is still to be paid.
func (inv *Invoice) Due() money.Decimal {
	zero := money.Zero.In(inv.Content.Document.Currency)
	if inv.Issue == nil || inv.Kind == invoice.KindCreditNote {
		return zero
	}
	return inv.Content.Document.Totals.Payable.Sub(inv.Paid).Sub(inv.Credited).Sub(inv.WrittenOff).Add(zero)
}

// Status is where the document stands, apart from time: overdue is for OnDay to say.
func (inv *Invoice) Status() invoice.Status {
	switch {
	case inv.Issue == nil:
		return invoice.Draft
	case inv.Kind == invoice.KindCreditNote:
		return invoice.Settled
	case inv.creditedInFull():
		return invoice.Credited
	case inv.Due().Sign() > 0 && inv.Paid.Sign() > 0:
		return invoice.PartlyPaid
	case inv.Due().Sign() > 0:
		return invoice.Open
	case inv.WrittenOff.Sign() > 0:
		return invoice.WrittenOff
	}
	return invoice.Paid
}

// OnDay is the status as people see it on a day.
func OnDay(s invoice.Status, dueOn, today date.Date) invoice.Status {
	if (s == invoice.Open || s == invoice.PartlyPaid) && !dueOn.IsZero() && dueOn.Before(today) {
		return invoice.Overdue
	}
	return s
}

// Label names the document as a user knows it.
func (inv *Invoice) Label() string {
	if inv.Issue != nil {
		return inv.Issue.Number
	}
	if inv.Content.Customer != "" {
		return fmt.Sprintf("the draft for %s", inv.Content.Customer)
	}
	return "the draft"
}

func (inv *Invoice) draftOnly(verb string) error {
	if inv.Issue != nil {
		return fault.New(fault.Conflict, "invoice-issued", "%s is issued and cannot be %s; make a credit note instead.", inv.Issue.Number, verb)
	}
	return nil
}

func (inv *Invoice) payable() error {
	switch {
	case inv.Issue == nil:
		return fault.New(fault.Conflict, "invoice-is-draft", "A draft cannot be paid; issue it first.")
	case inv.Kind != invoice.KindInvoice:
		return fault.New(fault.Conflict, "not-an-invoice", "%s is a credit note and has nothing to pay.", inv.Label())
	case inv.creditedInFull():
		return fault.New(fault.Conflict, "already-credited", "%s was credited by %s and has nothing to pay.", inv.Label(), inv.lastCreditNote())
	}
	return nil
}
