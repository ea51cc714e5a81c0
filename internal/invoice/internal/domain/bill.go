package domain

import (
	"fmt"
	"slices"
	"time"

	"erp/internal/asset"
	"erp/internal/invoice"
	"erp/internal/platform/date"
	"erp/internal/platform/fault"
	"erp/internal/platform/money"
)

// Bill is a vendor's bill as the fold of its events, as an invoice is.
type Bill struct {
	ID         invoice.BillID
	Version    int
	Content    BillContent
	RecordedOn date.Date // zero while a draft
	Paid       money.Decimal
	Payments   []invoice.BillPayment
	Bought     []invoice.BoughtLine
	Cancelled  *BillCancelled
	Discarded  bool
	CreatedAt  time.Time
	UpdatedAt  time.Time
	Pending    []BillEvent
}

// CheckBill notes everything that is wrong with the content of a bill.
func CheckBill(p *fault.Problems, at string, c BillContent) {
	checkText(p, at+".supplier", c.Supplier, 200, true)
	checkText(p, at+".number", c.Number, 100, true)
	checkText(p, at+".note", c.Note, 5000, false)
	if c.BilledOn.IsZero() {
		p.Add(at+".billedOn", "must be given: the day that stands on the bill")
	}
	if !c.DueOn.IsZero() && c.DueOn.Before(c.BilledOn) {
		p.Add(at+".dueOn", "must not be before the day of the bill")
	}
	CheckDocument(p, at, c.Document)
}

// DraftBill begins a bill.
func DraftBill(id invoice.BillID, c BillContent, act Act) *Bill {
	c.Document = Calculate(c.Document)
	b := &Bill{ID: id}
	b.happen(act, BillDrafted{Content: c})
	return b
}

// Revise replaces the content of a draft.
func (b *Bill) Revise(c BillContent, act Act) error {
	if err := b.draftOnly("changed; cancel it and enter it anew"); err != nil {
		return err
	}
	c.Document = Calculate(c.Document)
	b.happen(act, BillRevised{Content: c})
	return nil
}

// Discard ends a draft.
func (b *Bill) Discard(act Act) error {
	if err := b.draftOnly("deleted; cancel it instead"); err != nil {
		return err
	}
	b.happen(act, BillDiscarded{})
	return nil
}

// Record says that we owe it, from the day on.
func (b *Bill) Record(act Act) error {
	if err := b.draftOnly("recorded again"); err != nil {
		return err
	}
	if len(b.Content.Document.Lines) == 0 {
		var p fault.Problems
		p.Add("body.lines", "must hold at least one line")
		return p.Err()
	}
	b.happen(act, BillRecorded{On: act.On})
	return nil
}

// Reopen makes a recorded bill a draft again.
func (b *Bill) Reopen(reason string, act Act) error {
	switch {
	case b.RecordedOn.IsZero():
		return nil
	case b.Paid.Sign() > 0 || b.Cancelled != nil || len(b.Bought) > 0:
		return fault.New(fault.Conflict, "bill-in-use", "%s is %s by now and cannot become a draft again.", b.Label(), b.Status())
	}
	b.happen(act, BillReopened{Reason: reason})
	return nil
}

// Pay sets money that went out against the bill.
func (b *Bill) Pay(f BillPaidOut, act Act) error {
	if err := b.owed(); err != nil {
		return err
	}
	if f.Amount.Cmp(b.Due()) > 0 {
		var p fault.Problems
		p.Add("body.amount", "must not be more than what is due (%s)", b.Due())
		return p.Err()
	}
	b.happen(act, f)
	return nil
}

// VoidPayment takes a payment back that never went out, or came back.
func (b *Bill) VoidPayment(number int, reason string, act Act) error {
	if number < 1 || number > len(b.Payments) {
		return fault.New(fault.NotFound, "payment-not-found", "%s has no payment %d.", b.Label(), number)
	}
	payment := b.Payments[number-1]
	if payment.Voided != "" {
		return fault.New(fault.Conflict, "payment-voided", "Payment %d of %s was voided already.", number, b.Label())
	}
	b.happen(act, BillPaymentVoided{Payment: number, Amount: payment.Amount, Reason: reason})
	return nil
}

// Cancel ends a bill of which nothing was delivered: nothing was paid, and nothing of it became an asset.
func (b *Bill) Cancel(reason string, act Act) error {
	if err := b.owed(); err != nil {
		return err
	}
	switch {
	case len(b.Bought) > 0:
		return fault.New(fault.Conflict, "bill-delivered", "%s was delivered: its assets are in the register. Ask the vendor for a credit note.", b.Label())
	case b.Paid.Sign() > 0:
		return fault.New(fault.Conflict, "bill-paid", "%s %s of %s was paid; void the payment first.", b.Paid, b.Content.Document.Currency, b.Label())
	}
	b.happen(act, BillCancelled{On: act.On, Reason: reason})
	return nil
}

// CheckBuyable refuses a line that cannot become assets: unknown, bought already, or worth nothing.
func (b *Bill) CheckBuyable(line int) error {
	if b.Cancelled != nil {
		return b.owed()
	}
	var p fault.Problems
	lines := b.Content.Document.Lines
	switch {
	case line < 1 || line > len(lines):
		p.Add("body.line", "must be one of the bill's %d lines", len(lines))
	case lines[line-1].Net.Sign() <= 0:
		p.Add("body.line", "costs nothing and cannot become an asset")
	case slices.ContainsFunc(b.Bought, func(l invoice.BoughtLine) bool { return l.Line == line }):
		return fault.New(fault.Conflict, "line-bought", "Line %d of %s is in the register already.", line, b.Label())
	}
	return p.Err()
}

// Buy says that a line becomes assets.
func (b *Bill) Buy(l invoice.BoughtLine, act Act) error {
	if err := b.CheckBuyable(l.Line); err != nil {
		return err
	}
	if b.RecordedOn.IsZero() {
		return fault.New(fault.Conflict, "bill-draft", "%s is a draft; record it first.", b.Label())
	}
	b.happen(act, BillLineBought{Line: l.Line, PurchaseID: l.PurchaseID, Assets: l.Assets})
	return nil
}

// Release says that a line did not become assets after all.
func (b *Bill) Release(purchase asset.PurchaseID, reason string, act Act) bool {
	if !slices.ContainsFunc(b.Bought, func(l invoice.BoughtLine) bool { return l.PurchaseID == purchase }) {
		return false
	}
	b.happen(act, BillLineReleased{PurchaseID: purchase, Reason: reason})
	return true
}

func (b *Bill) release(purchase asset.PurchaseID) {
	b.Bought = slices.DeleteFunc(slices.Clone(b.Bought), func(l invoice.BoughtLine) bool { return l.PurchaseID == purchase })
}

// Due is what is still to be paid.
func (b *Bill) Due() money.Decimal {
	if b.RecordedOn.IsZero() || b.Cancelled != nil {
		return money.Zero.In(b.Content.Document.Currency)
	}
	return b.Content.Document.Totals.Payable.Sub(b.Paid)
}

// Assets is how many it became.
func (b *Bill) Assets() int {
	n := 0
	for _, l := range b.Bought {
		n += l.Assets
	}
	return n
}

// Status is where the bill stands, whatever day it is.
func (b *Bill) Status() invoice.BillStatus {
	switch {
	case b.Cancelled != nil:
		return invoice.BillCancelled
	case b.RecordedOn.IsZero():
		return invoice.BillDraft
	case b.Due().IsZero():
		return invoice.BillPaid
	case b.Paid.Sign() > 0:
		return invoice.BillPartlyPaid
	default:
		return invoice.BillRecorded
	}
}

// BillOnDay is the status as people see it on a day.
func BillOnDay(s invoice.BillStatus, due, today date.Date) invoice.BillStatus {
	if (s == invoice.BillRecorded || s == invoice.BillPartlyPaid) && due.Before(today) {
		return invoice.BillOverdue
	}
	return s
}

// Label is how a person names the bill.
func (b *Bill) Label() string {
	return fmt.Sprintf("bill %s of %s", b.Content.Number, b.Content.Supplier)
}

func (b *Bill) draftOnly(verb string) error {
	if b.RecordedOn.IsZero() && b.Cancelled == nil {
		return nil
	}
	return fault.New(fault.Conflict, "bill-recorded", "%s is recorded and cannot be %s.", b.Label(), verb)
}

func (b *Bill) owed() error {
	switch {
	case b.Cancelled != nil:
		return fault.New(fault.Conflict, "bill-cancelled", "%s was cancelled on %s.", b.Label(), b.Cancelled.On)
	case b.RecordedOn.IsZero():
		return fault.New(fault.Conflict, "bill-draft", "%s is a draft; record it first.", b.Label())
	}
	return nil
}

// CheckBillPayment notes what is wrong with money that went out.
func CheckBillPayment(p *fault.Problems, at string, f BillPaidOut, currency money.Currency, today date.Date) {
	checkAmount(p, at+".amount", f.Amount, currency)
	checkText(p, at+".reference", f.Reference, 200, false)
	if f.On.After(today) {
		p.Add(at+".paidOn", "must not lie in the future")
	}
}
