// Package domain is what an invoice is allowed to be: the arithmetic of EN 16931, and the
// invoice as the sum of its facts. It knows no database, no HTTP and no clock.
package domain

import (
	"encoding/json"
	"fmt"
	"time"

	"erp/internal/employee"
	"erp/internal/invoice"
	"erp/internal/platform/date"
	"erp/internal/platform/money"
)

// Event is one fact of one invoice. Versions of an invoice run from 1 without a gap.
type Event struct {
	InvoiceID invoice.ID
	Version   int
	At        time.Time
	Actor     string
	Fact      Fact
}

// Fact is what happened. Facts are never changed and never taken out.
type Fact interface{ Kind() string }

// Content is what may change while a document is a draft.
type Content struct {
	CustomerID  invoice.CustomerID `json:"customerId,omitzero"`
	Customer    string             `json:"customer,omitempty"`
	Reference   string             `json:"reference,omitempty"`
	Note        string             `json:"note,omitempty"`
	PaymentDays int                `json:"paymentDays"`
	DeliveredOn date.Date          `json:"deliveredOn,omitzero"`
	Document    invoice.Document   `json:"document"`
}

// Drafted begins a document.
type Drafted struct {
	DocumentKind invoice.Kind       `json:"documentKind"`
	OwnerID      employee.ID        `json:"ownerId,omitzero"`
	CreditOf     *invoice.Reference `json:"creditOf,omitempty"`
	Content      Content            `json:"content"`

	// Recurring is the recurring invoice that made the document.
	Recurring *invoice.Recurrence `json:"recurring,omitempty"`
}

// Revised replaces a draft's content.
type Revised struct {
	Content Content `json:"content"`
}

// Reassigned gives a draft to another owner; the zero owner is nobody.
type Reassigned struct {
	OwnerID employee.ID `json:"ownerId,omitzero"`
	Reason  string      `json:"reason"`
}

// Discarded ends a draft that was never issued.
type Discarded struct{}

// Issued makes the document final.
type Issued struct {
	Series   string        `json:"series"`
	Sequence int           `json:"sequence"`
	Number   string        `json:"number"`
	IssuedOn date.Date     `json:"issuedOn"`
	DueOn    date.Date     `json:"dueOn,omitzero"`
	Seller   invoice.Party `json:"seller"`
	Buyer    invoice.Party `json:"buyer"`

	// Letterhead is nil on documents issued before it was frozen.
	Letterhead *Letterhead `json:"letterhead,omitempty"`
}

// Letterhead is what a printed document shows of the company beside the seller.
type Letterhead struct {
	Language string `json:"language"`
	Bank     string `json:"bank,omitempty"`
	Website  string `json:"website,omitempty"`
	Logo     string `json:"logo,omitempty"` // the SHA-256 of the picture
}

// PaymentAllocated sets a part of a payment against the invoice.
type PaymentAllocated struct {
	PaymentID invoice.PaymentID `json:"paymentId"`
	Amount    money.Decimal     `json:"amount"`
	On        date.Date         `json:"on"`
}

// PaymentUnallocated takes it off again.
type PaymentUnallocated struct {
	PaymentID invoice.PaymentID `json:"paymentId"`
	Amount    money.Decimal     `json:"amount"`
	Reason    string            `json:"reason,omitempty"`
	On        date.Date         `json:"on,omitzero"`
}

// Credited says that a credit note took lines of the invoice back; all of them in full
// where none is named.
type Credited struct {
	CreditNote invoice.Reference `json:"creditNote"`
	Amount     money.Decimal     `json:"amount"`
	On         date.Date         `json:"on,omitzero"`
	Lines      []CreditedLine    `json:"lines,omitempty"`
}

// CreditedLine is a quantity of one line of an invoice, counted from 1.
type CreditedLine struct {
	Line     int           `json:"line"`
	Quantity money.Decimal `json:"quantity"`
}

// WrittenOff says that the rest is not expected any more.
type WrittenOff struct {
	Amount money.Decimal `json:"amount"`
	Reason string        `json:"reason"`
	On     date.Date     `json:"on,omitzero"`
}

// Kind implements Fact.
func (Drafted) Kind() string { return "drafted" }

// Kind implements Fact.
func (Revised) Kind() string { return "revised" }

// Kind implements Fact.
func (Reassigned) Kind() string { return "reassigned" }

// Kind implements Fact.
func (Discarded) Kind() string { return "discarded" }

// Kind implements Fact.
func (Issued) Kind() string { return "issued" }

// Kind implements Fact.
func (PaymentAllocated) Kind() string { return "payment-allocated" }

// Kind implements Fact.
func (PaymentUnallocated) Kind() string { return "payment-unallocated" }

// Kind implements Fact.
func (Credited) Kind() string { return "credited" }

// Kind implements Fact.
func (WrittenOff) Kind() string { return "written-off" }

// ParseFact reads a fact as the ledger keeps it.
func ParseFact(kind string, payload []byte) (Fact, error) {
	switch kind {
	case "drafted":
		return parse[Drafted](payload)
	case "revised":
		return parse[Revised](payload)
	case "reassigned":
		return parse[Reassigned](payload)
	case "discarded":
		return parse[Discarded](payload)
	case "issued":
		return parse[Issued](payload)
	case "payment-allocated":
		return parse[PaymentAllocated](payload)
	case "payment-unallocated":
		return parse[PaymentUnallocated](payload)
	case "credited":
		return parse[Credited](payload)
	case "written-off":
		return parse[WrittenOff](payload)
	}
	return nil, fmt.Errorf("unknown kind of ledger event %q", kind)
}

func parse[T Fact](payload []byte) (Fact, error) {
	var f T
	if err := json.Unmarshal(payload, &f); err != nil {
		return nil, fmt.Errorf("read ledger event: %w", err)
	}
	return f, nil
}
