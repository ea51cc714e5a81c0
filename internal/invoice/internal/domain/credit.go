package domain

import (
	"fmt"

	"erp/internal/employee"
	"erp/internal/invoice"
	"erp/internal/platform/fault"
	"erp/internal/platform/money"
)

// Credit makes the credit note that takes lines of the invoice back, as a draft: all that
// is left of it when no line is named. It has to be issued and then given to MarkCredited
// with what was taken, in the same transaction.
func (inv *Invoice) Credit(id invoice.ID, owner employee.ID, note string, lines []CreditedLine, act Act) (*Invoice, []CreditedLine, error) {
	if err := inv.creditable(); err != nil {
		return nil, nil, err
	}
	taken, after, err := inv.takeBack(lines)
	if err != nil {
		return nil, nil, err
	}
	c := inv.Content
	c.Document = Negate(c.Document)
	if len(inv.CreditNotes) > 0 || !inv.everything(after) {
		c.Document = Negate(creditPart(inv.Content.Document, inv.Returned, after))
	}
	amount, left := c.Document.Totals.Payable.Neg(), inv.Content.Document.Totals.Payable.Sub(inv.Credited)
	switch {
	case amount.Cmp(left) > 0 || amount.Sign() < 0:
		return nil, nil, fault.New(fault.Conflict, "more-than-invoice", "That would credit %s of %s, of which %s is left; choose other lines.", amount, inv.Label(), left)
	case amount.IsZero() && !inv.everything(after):
		return nil, nil, fault.New(fault.Conflict, "credits-nothing", "That part of %s comes to nothing; choose more of it.", inv.Label())
	}
	c.Note = note
	cn := &Invoice{ID: id}
	cn.happen(act, Drafted{
		DocumentKind: invoice.KindCreditNote, OwnerID: owner,
		CreditOf: &invoice.Reference{ID: inv.ID, Number: inv.Issue.Number}, Content: c,
	})
	return cn, taken, nil
}

func (inv *Invoice) creditable() error {
	switch {
	case inv.Kind != invoice.KindInvoice:
		return fault.New(fault.Conflict, "not-an-invoice", "%s is a credit note; only an invoice can be credited.", inv.Label())
	case inv.Issue == nil:
		return fault.New(fault.Conflict, "invoice-is-draft", "A draft needs no credit note; change or delete it.")
	case inv.creditedInFull():
		return fault.New(fault.Conflict, "already-credited", "%s was already credited by %s.", inv.Label(), inv.lastCreditNote())
	case inv.WrittenOff.Sign() > 0:
		return fault.New(fault.Conflict, "written-off", "%s was written off; it cannot be credited any more.", inv.Label())
	}
	return nil
}

// takeBack gives what is taken of which line, and how much of each is taken back after that.
func (inv *Invoice) takeBack(wanted []CreditedLine) (taken []CreditedLine, after []money.Decimal, err error) {
	lines := inv.Content.Document.Lines
	after = append([]money.Decimal(nil), inv.Returned...)
	if len(wanted) == 0 {
		for i, l := range lines {
			if rest := l.Quantity.Sub(after[i]); !rest.IsZero() {
				taken = append(taken, CreditedLine{i + 1, rest})
			}
			after[i] = l.Quantity
		}
		return taken, after, nil
	}
	var p fault.Problems
	seen := map[int]bool{}
	for k, w := range wanted {
		here := fmt.Sprintf("body.lines[%d]", k)
		if w.Line < 1 || w.Line > len(lines) || seen[w.Line] {
			p.Add(here+".line", "must name a line of the invoice, from 1 to %d, each only once", len(lines))
			continue
		}
		seen[w.Line] = true
		rest := lines[w.Line-1].Quantity.Sub(after[w.Line-1])
		if w.Quantity.Sign() != rest.Sign() || w.Quantity.Abs().Cmp(rest.Abs()) > 0 || w.Quantity.IsZero() {
			p.Add(here+".quantity", "must be more than nothing and at most the %s that are left", rest.Trim())
			continue
		}
		checkNumber(&p, here+".quantity", w.Quantity, rest.Abs())
		after[w.Line-1] = after[w.Line-1].Add(w.Quantity)
	}
	return wanted, after, p.Err()
}

// everything reports whether quantities are those of the whole invoice.
func (inv *Invoice) everything(quantities []money.Decimal) bool {
	for i, l := range inv.Content.Document.Lines {
		if !l.Quantity.Equal(quantities[i]) {
			return false
		}
	}
	return true
}

func (inv *Invoice) creditedInFull() bool {
	return len(inv.CreditNotes) > 0 && inv.everything(inv.Returned)
}

func (inv *Invoice) lastCreditNote() string {
	return inv.CreditNotes[len(inv.CreditNotes)-1].Number
}

// MarkCredited takes the amount of an issued credit note off the invoice. What was paid
// beyond what is then left comes off it first, the latest payments before the earlier ones,
// and becomes the customer's credit. It returns what came off.
func (inv *Invoice) MarkCredited(note *Invoice, taken []CreditedLine, act Act) []invoice.Allocation {
	ref := invoice.Reference{ID: note.ID, Number: note.Issue.Number}
	amount := note.Content.Document.Totals.Payable.Neg()
	act.On = note.Issue.IssuedOn
	tooMuch := inv.Paid.Sub(inv.Content.Document.Totals.Payable.Sub(inv.Credited).Sub(amount))
	var freed []invoice.Allocation
	paid := JoinAllocations(inv.Allocations)
	for i := len(paid) - 1; i >= 0 && tooMuch.Sign() > 0; i-- {
		a := paid[i]
		a.Amount = money.Min(a.Amount, tooMuch)
		tooMuch = tooMuch.Sub(a.Amount)
		off := PaymentUnallocated{PaymentID: a.PaymentID, Amount: a.Amount, Reason: "credited by " + ref.Number, On: act.On}
		if off.On.Before(a.On) { // it cannot come off before it was there
			off.On = a.On
		}
		inv.happen(act, off)
		freed = append(freed, a)
	}
	inv.happen(act, Credited{CreditNote: ref, Amount: amount, On: act.On, Lines: taken})
	return freed
}
