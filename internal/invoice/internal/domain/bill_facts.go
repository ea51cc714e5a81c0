package domain

import (
	"fmt"
	"time"

	"erp/internal/asset"
	"erp/internal/invoice"
	"erp/internal/platform/date"
	"erp/internal/platform/money"
)

// BillEvent is one fact of one vendor's bill. Versions of a bill run from 1 without a gap.
type BillEvent struct {
	BillID  invoice.BillID
	Version int
	At      time.Time
	Actor   string
	Fact    Fact
}

// BillContent is what may change while a bill is a draft.
type BillContent struct {
	Supplier string           `json:"supplier"`
	Number   string           `json:"number"`
	BilledOn date.Date        `json:"billedOn"`
	DueOn    date.Date        `json:"dueOn"`
	Note     string           `json:"note,omitempty"`
	Document invoice.Document `json:"document"`
}

// BillDrafted begins a bill.
type BillDrafted struct {
	Content BillContent `json:"content"`
}

// BillRevised replaces a draft's content.
type BillRevised struct {
	Content BillContent `json:"content"`
}

// BillDiscarded ends a draft that was never recorded.
type BillDiscarded struct{}

// BillRecorded says that we owe it.
type BillRecorded struct {
	On date.Date `json:"on"`
}

// BillReopened makes it a draft again, because what it was recorded for was undone.
type BillReopened struct {
	Reason string `json:"reason"`
}

// BillPaidOut says that money went out for it.
type BillPaidOut struct {
	Amount    money.Decimal `json:"amount"`
	On        date.Date     `json:"on"`
	Method    string        `json:"method"`
	Reference string        `json:"reference,omitempty"`
}

// BillPaymentVoided says that the money never went out, or came back.
type BillPaymentVoided struct {
	Payment int           `json:"payment"`
	Amount  money.Decimal `json:"amount"`
	Reason  string        `json:"reason"`
}

// BillCancelled says that it is owed no more, because nothing was delivered.
type BillCancelled struct {
	On     date.Date `json:"on"`
	Reason string    `json:"reason"`
}

// BillLineBought says that a line became assets.
type BillLineBought struct {
	Line       int              `json:"line"`
	PurchaseID asset.PurchaseID `json:"purchaseId"`
	Assets     int              `json:"assets"`
}

// BillLineReleased says that it did not after all.
type BillLineReleased struct {
	PurchaseID asset.PurchaseID `json:"purchaseId"`
	Reason     string           `json:"reason"`
}

// Kind implements Fact.
func (BillDrafted) Kind() string { return "drafted" }

// Kind implements Fact.
func (BillRevised) Kind() string { return "revised" }

// Kind implements Fact.
func (BillDiscarded) Kind() string { return "discarded" }

// Kind implements Fact.
func (BillRecorded) Kind() string { return "recorded" }

// Kind implements Fact.
func (BillReopened) Kind() string { return "reopened" }

// Kind implements Fact.
func (BillPaidOut) Kind() string { return "paid" }

// Kind implements Fact.
func (BillPaymentVoided) Kind() string { return "payment-voided" }

// Kind implements Fact.
func (BillCancelled) Kind() string { return "cancelled" }

// Kind implements Fact.
func (BillLineBought) Kind() string { return "line-bought" }

// Kind implements Fact.
func (BillLineReleased) Kind() string { return "line-released" }

// ParseBillFact reads a fact of a bill as it is kept.
func ParseBillFact(kind string, payload []byte) (Fact, error) {
	read, known := map[string]func([]byte) (Fact, error){
		"drafted": parse[BillDrafted], "revised": parse[BillRevised], "discarded": parse[BillDiscarded], "recorded": parse[BillRecorded],
		"reopened": parse[BillReopened], "paid": parse[BillPaidOut], "payment-voided": parse[BillPaymentVoided], "cancelled": parse[BillCancelled],
		"line-bought": parse[BillLineBought], "line-released": parse[BillLineReleased],
	}[kind]
	if !known {
		return nil, fmt.Errorf("unknown kind of bill event %q", kind)
	}
	return read(payload)
}

// ReplayBill folds events, oldest first, into the bill they make. A gap, a repeat or a beginning other than a draft is an
// error: then the ledger itself is damaged.
func ReplayBill(events []BillEvent) (*Bill, error) {
	if len(events) == 0 {
		return nil, fmt.Errorf("replay bill: no events")
	}
	b := &Bill{ID: events[0].BillID}
	for _, e := range events {
		_, begins := e.Fact.(BillDrafted)
		if e.Version != b.Version+1 || e.BillID != b.ID || begins != (e.Version == 1) {
			return nil, fmt.Errorf("replay bill %s: version %d is %s after %d", b.ID, e.Version, e.Fact.Kind(), b.Version)
		}
		b.apply(e)
	}
	return b, nil
}

func (b *Bill) happen(act Act, f Fact) {
	e := BillEvent{BillID: b.ID, Version: b.Version + 1, At: act.At, Actor: act.By, Fact: f}
	b.apply(e)
	b.Pending = append(b.Pending, e)
}

// apply is the only place where state changes.
func (b *Bill) apply(e BillEvent) {
	b.Version, b.UpdatedAt = e.Version, e.At
	switch f := e.Fact.(type) {
	case BillDrafted:
		b.CreatedAt, b.Content = e.At, f.Content
		b.Paid = money.Zero.In(f.Content.Document.Currency)
	case BillRevised:
		b.Content = f.Content
		b.Paid = money.Zero.In(f.Content.Document.Currency)
	case BillDiscarded:
		b.Discarded = true
	case BillRecorded:
		b.RecordedOn = f.On
	case BillReopened:
		b.RecordedOn = date.Date{}
	case BillPaidOut:
		b.Paid = b.Paid.Add(f.Amount)
		b.Payments = append(b.Payments, invoice.BillPayment{
			Number: len(b.Payments) + 1, Amount: f.Amount, PaidOn: f.On, Method: f.Method, Reference: f.Reference,
		})
	case BillPaymentVoided:
		b.Paid = b.Paid.Sub(f.Amount)
		b.Payments[f.Payment-1].Voided = f.Reason
	case BillCancelled:
		b.Cancelled = &f
	case BillLineBought:
		b.Bought = append(b.Bought, invoice.BoughtLine{Line: f.Line, PurchaseID: f.PurchaseID, Assets: f.Assets})
	case BillLineReleased:
		b.release(f.PurchaseID)
	}
}
