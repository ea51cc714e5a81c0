package invoice

import (
	"time"

	"erp/internal/employee"
	"erp/internal/platform/date"
	"erp/internal/platform/id"
	"erp/internal/platform/money"
)

// CustomerID names a customer.
type CustomerID = id.Of[Customer]

// ItemID names a product or service.
type ItemID = id.Of[Item]

// TaxRateID names a tax rate.
type TaxRateID = id.Of[TaxRate]

// PaymentID names a payment.
type PaymentID = id.Of[Payment]

// Customer is somebody we sell to.
type Customer struct {
	ID          CustomerID     `json:"id"`
	Version     int            `json:"version"`
	Number      string         `json:"number"`
	Name        string         `json:"name"`
	Email       string         `json:"email,omitempty"`
	Phone       string         `json:"phone,omitempty"`
	Street      string         `json:"street,omitempty"`
	PostalCode  string         `json:"postalCode,omitempty"`
	City        string         `json:"city,omitempty"`
	Country     string         `json:"country,omitempty" doc:"ISO 3166-1 alpha-2"`
	VATID       string         `json:"vatId,omitempty"`
	TaxID       string         `json:"taxId,omitempty"`
	Currency    money.Currency `json:"currency,omitempty" doc:"Of new invoices; the company's when absent"`
	PaymentDays int            `json:"paymentDays"`
	Language    string         `json:"language,omitempty" enum:"en,de" doc:"Of mails; the company's when absent"`
	NoReminders bool           `json:"noReminders" doc:"Is never reminded of what is overdue"`
	Note        string         `json:"note,omitempty"`
	Contacts    []Contact      `json:"contacts"`
	Archived    bool           `json:"archived"`
	Balances    []Balance      `json:"balances" doc:"What is open and what is in credit, by currency"`
	CreatedAt   time.Time      `json:"createdAt"`
}

// ETag is the version as HTTP names it.
func (c Customer) ETag() string { return etag(c.Version) }

// Contact is a person at a customer.
type Contact struct {
	Name  string `json:"name" minLength:"1" maxLength:"200"`
	Role  string `json:"role,omitempty" maxLength:"100"`
	Email string `json:"email,omitempty" maxLength:"254"`
	Phone string `json:"phone,omitempty" maxLength:"50"`
}

// Balance is what a customer owes us and what is left of the customer's payments.
type Balance struct {
	Currency money.Currency `json:"currency"`
	Open     money.Decimal  `json:"open"`
	Overdue  money.Decimal  `json:"overdue"`
	Credit   money.Decimal  `json:"credit"`
}

// Item is a product or service that lines can be made from.
type Item struct {
	ID          ItemID         `json:"id"`
	Version     int            `json:"version"`
	Code        string         `json:"code"`
	Name        string         `json:"name"`
	Description string         `json:"description,omitempty"`
	Unit        string         `json:"unit,omitempty"`
	UnitPrice   money.Decimal  `json:"unitPrice"`
	Currency    money.Currency `json:"currency"`
	PriceMode   PriceMode      `json:"priceMode" enum:"exclusive,inclusive"`
	TaxRateID   TaxRateID      `json:"taxRateId,omitzero"`
	Archived    bool           `json:"archived"`
}

// ETag is the version as HTTP names it.
func (i Item) ETag() string { return etag(i.Version) }

// TaxRate is a rate that lines can carry. Category and percent never change: a new rate is
// a new record, and the old one is archived.
type TaxRate struct {
	ID       TaxRateID     `json:"id"`
	Version  int           `json:"version"`
	Name     string        `json:"name"`
	Category Category      `json:"category" enum:"S,Z,E,AE,K,G,O"`
	Percent  money.Decimal `json:"percent"`
	Reason   string        `json:"reason,omitempty"`
	Default  bool          `json:"default" doc:"Chosen on new lines"`
	Archived bool          `json:"archived"`
}

// ETag is the version as HTTP names it.
func (t TaxRate) ETag() string { return etag(t.Version) }

// Payment is money received from a customer. What is not allocated is the customer's credit.
type Payment struct {
	ID          PaymentID      `json:"id"`
	Version     int            `json:"version"`
	CustomerID  CustomerID     `json:"customerId"`
	Customer    string         `json:"customer,omitempty"`
	ReceivedOn  date.Date      `json:"receivedOn"`
	Currency    money.Currency `json:"currency"`
	Amount      money.Decimal  `json:"amount"`
	Unallocated money.Decimal  `json:"unallocated"`
	Method      string         `json:"method" enum:"bank,cash,card,other"`
	Reference   string         `json:"reference,omitempty"`
	Allocations []Allocation   `json:"allocations"`
	Refunded    money.Decimal  `json:"refunded" doc:"Given back to the customer"`
	Refunds     []Refund       `json:"refunds,omitempty" doc:"On one payment; absent in lists"`
	VoidedOn    date.Date      `json:"voidedOn,omitzero" doc:"When it turned out not to have come"`
	VoidReason  string         `json:"voidReason,omitempty"`
	RecordedBy  employee.ID    `json:"recordedBy,omitzero"`
	CreatedAt   time.Time      `json:"createdAt"`
}

// Refund is a part of a payment that was given back to the customer.
type Refund struct {
	Amount    money.Decimal `json:"amount"`
	On        date.Date     `json:"on"`
	Method    string        `json:"method" enum:"bank,cash,card,other"`
	Reference string        `json:"reference,omitempty"`
	By        string        `json:"by"`
}

// ETag is the version as HTTP names it.
func (p Payment) ETag() string { return etag(p.Version) }

// HistoryEntry is one event of an invoice as people read it.
type HistoryEntry struct {
	Version int            `json:"version"`
	Kind    string         `json:"kind" enum:"drafted,revised,reassigned,issued,payment-allocated,payment-unallocated,credited,written-off,discarded"`
	At      time.Time      `json:"at"`
	Actor   string         `json:"actor"`
	Amount  *money.Decimal `json:"amount,omitempty"`
	Number  string         `json:"number,omitempty"`
	Detail  string         `json:"detail,omitempty"`
	Payment PaymentID      `json:"paymentId,omitzero"`
}
