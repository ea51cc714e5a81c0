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

// PaymentEvent is one fact of one payment. What a payment was set against is told by the
// facts of the invoices.
type PaymentEvent struct {
	PaymentID invoice.PaymentID
	Version   int
	At        time.Time
	Actor     string
	Fact      Fact
}

// PaymentRecorded says that money came in.
type PaymentRecorded struct {
	CustomerID invoice.CustomerID `json:"customerId"`
	ReceivedOn date.Date          `json:"receivedOn"`
	Currency   money.Currency     `json:"currency"`
	Amount     money.Decimal      `json:"amount"`
	Method     string             `json:"method"`
	Reference  string             `json:"reference,omitempty"`
	RecordedBy employee.ID        `json:"recordedBy,omitzero"`
}

// PaymentRefunded says that a part of the customer's credit was given back.
type PaymentRefunded struct {
	Amount    money.Decimal `json:"amount"`
	On        date.Date     `json:"on"`
	Method    string        `json:"method"`
	Reference string        `json:"reference,omitempty"`
}

// PaymentVoided says that the money never came, or not for good.
type PaymentVoided struct {
	On     date.Date `json:"on"`
	Reason string    `json:"reason"`
}

// Kind implements Fact.
func (PaymentRecorded) Kind() string { return "recorded" }

// Kind implements Fact.
func (PaymentRefunded) Kind() string { return "refunded" }

// Kind implements Fact.
func (PaymentVoided) Kind() string { return "voided" }

// ParsePaymentFact reads a fact of a payment as it is kept.
func ParsePaymentFact(kind string, payload []byte) (Fact, error) {
	switch kind {
	case "recorded":
		return parse[PaymentRecorded](payload)
	case "refunded":
		return parse[PaymentRefunded](payload)
	case "voided":
		return parse[PaymentVoided](payload)
	}
	return nil, fmt.Errorf("unknown kind of payment event %q", kind)
}

// RecordedOf is the first fact of a payment.
func RecordedOf(p invoice.Payment) PaymentRecorded {
	return PaymentRecorded{
		CustomerID: p.CustomerID, ReceivedOn: p.ReceivedOn, Currency: p.Currency, Amount: p.Amount, Method: p.Method,
		Reference: p.Reference, RecordedBy: p.RecordedBy,
	}
}

// CheckRefund notes what is wrong with giving money back.
func CheckRefund(p *fault.Problems, at string, f PaymentRefunded, of invoice.Payment, today date.Date) {
	checkAmount(p, at+".amount", f.Amount, of.Currency)
	checkText(p, at+".reference", f.Reference, 200, false)
	if f.On.Before(of.ReceivedOn) || f.On.After(today) {
		p.Add(at+".on", "must lie between %s, when the money came in, and today", of.ReceivedOn)
	}
}

// Refund gives a part of what is left of a payment back to the customer.
func Refund(p *invoice.Payment, f PaymentRefunded) error {
	switch {
	case !p.VoidedOn.IsZero():
		return voided(p)
	case f.Amount.Cmp(p.Unallocated) > 0:
		return fault.New(fault.Conflict, "more-than-credit", "Of this payment only %s %s is left to give back; take it off an invoice first.", p.Unallocated, p.Currency)
	}
	p.Unallocated, p.Refunded = p.Unallocated.Sub(f.Amount), p.Refunded.Add(f.Amount)
	return nil
}

// Void ends a payment that never came, or bounced. What it was set against has to be taken
// off before.
func Void(p *invoice.Payment, f PaymentVoided) error {
	switch {
	case !p.VoidedOn.IsZero():
		return voided(p)
	case p.Refunded.Sign() > 0:
		return fault.New(fault.Conflict, "already-refunded", "%s %s of this payment was given back, so it did come in; it cannot be voided.", p.Refunded, p.Currency)
	}
	p.Unallocated, p.VoidedOn, p.VoidReason = money.Zero.In(p.Currency), f.On, f.Reason
	return nil
}

// Allocatable refuses a payment that is void.
func Allocatable(p *invoice.Payment) error {
	if p.VoidedOn.IsZero() {
		return nil
	}
	return voided(p)
}

func voided(p *invoice.Payment) error {
	return fault.New(fault.Conflict, "payment-voided", "This payment was voided on %s; record a new one.", p.VoidedOn)
}

// FoldPayment makes from the facts of a payment what they determine of it.
func FoldPayment(events []PaymentEvent) (invoice.Payment, error) {
	var p invoice.Payment
	for i, e := range events {
		first, begins := e.Fact.(PaymentRecorded)
		if e.Version != i+1 || begins != (i == 0) {
			return p, fmt.Errorf("fold payment %s: version %d is %s", e.PaymentID, e.Version, e.Fact.Kind())
		}
		switch f := e.Fact.(type) {
		case PaymentRecorded:
			p = invoice.Payment{
				ID: e.PaymentID, CustomerID: first.CustomerID, ReceivedOn: first.ReceivedOn, Currency: first.Currency, Amount: first.Amount,
				Unallocated: first.Amount, Refunded: money.Zero.In(first.Currency), Method: first.Method, Reference: first.Reference,
			}
		case PaymentRefunded:
			p.Refunded, p.Unallocated = p.Refunded.Add(f.Amount), p.Unallocated.Sub(f.Amount)
			p.Refunds = append(p.Refunds, invoice.Refund{Amount: f.Amount, On: f.On, Method: f.Method, Reference: f.Reference, By: e.Actor})
		case PaymentVoided:
			p.VoidedOn, p.VoidReason = f.On, f.Reason
		}
	}
	return p, nil
}
