package invoice

import (
	"erp/internal/platform/date"
	"erp/internal/platform/money"
)

// Issued says that an invoice or credit note got its number and will not change any more.
type Issued struct {
	InvoiceID  ID             `json:"invoiceId"`
	Kind       Kind           `json:"kind"`
	Number     string         `json:"number"`
	CustomerID CustomerID     `json:"customerId"`
	IssuedOn   date.Date      `json:"issuedOn"`
	DueOn      date.Date      `json:"dueOn,omitzero"`
	Currency   money.Currency `json:"currency"`
	Net        money.Decimal  `json:"net"`
	Tax        money.Decimal  `json:"tax"`
	Gross      money.Decimal  `json:"gross"`
}

// EventName implements events.Event.
func (Issued) EventName() string { return "invoice.issued.v1" }

// PaymentAllocated says that money was set against an invoice.
type PaymentAllocated struct {
	InvoiceID ID             `json:"invoiceId"`
	PaymentID PaymentID      `json:"paymentId"`
	Currency  money.Currency `json:"currency"`
	Amount    money.Decimal  `json:"amount"`
	Due       money.Decimal  `json:"due"`
}

// EventName implements events.Event.
func (PaymentAllocated) EventName() string { return "invoice.payment-allocated.v1" }

// PaymentUnallocated says that money was taken off an invoice again.
type PaymentUnallocated struct {
	InvoiceID ID             `json:"invoiceId"`
	PaymentID PaymentID      `json:"paymentId"`
	Currency  money.Currency `json:"currency"`
	Amount    money.Decimal  `json:"amount"`
	Due       money.Decimal  `json:"due"`
}

// EventName implements events.Event.
func (PaymentUnallocated) EventName() string { return "invoice.payment-unallocated.v1" }

// CreditedByNote says that a credit note took an invoice back, wholly or in part.
type CreditedByNote struct {
	InvoiceID    ID             `json:"invoiceId"`
	CreditNoteID ID             `json:"creditNoteId"`
	Number       string         `json:"number"`
	Currency     money.Currency `json:"currency"`
	Amount       money.Decimal  `json:"amount"`
}

// EventName implements events.Event.
func (CreditedByNote) EventName() string { return "invoice.credited.v1" }

// WrittenOffRest says that we no longer expect the rest of an invoice to be paid.
type WrittenOffRest struct {
	InvoiceID ID             `json:"invoiceId"`
	Currency  money.Currency `json:"currency"`
	Amount    money.Decimal  `json:"amount"`
}

// EventName implements events.Event.
func (WrittenOffRest) EventName() string { return "invoice.written-off.v1" }

// FellOverdue says that the day has passed on which an invoice was due, and something of it is still to be paid.
type FellOverdue struct {
	InvoiceID  ID             `json:"invoiceId"`
	Number     string         `json:"number"`
	CustomerID CustomerID     `json:"customerId"`
	DueOn      date.Date      `json:"dueOn"`
	Currency   money.Currency `json:"currency"`
	Due        money.Decimal  `json:"due"`
}

// EventName implements events.Event.
func (FellOverdue) EventName() string { return "invoice.fell-overdue.v1" }

// Sent says that an issued document was mailed to its customer: that the mail is queued, not that it was read.
type Sent struct {
	InvoiceID  ID         `json:"invoiceId"`
	Number     string     `json:"number"`
	CustomerID CustomerID `json:"customerId"`
	LetterID   LetterID   `json:"letterId"`
}

// EventName implements events.Event.
func (Sent) EventName() string { return "invoice.sent.v1" }

// CustomerReminded says that a customer was reminded of everything overdue, in one letter.
type CustomerReminded struct {
	CustomerID CustomerID `json:"customerId"`
	LetterID   LetterID   `json:"letterId"`
	Level      int        `json:"level"`
	On         date.Date  `json:"on"`
	InvoiceIDs []ID       `json:"invoiceIds"`
}

// EventName implements events.Event.
func (CustomerReminded) EventName() string { return "invoice.customer-reminded.v1" }

// RecurringMade says that a recurring invoice made a document for one of its dates; as a draft it has no number.
type RecurringMade struct {
	RecurringID RecurringID    `json:"recurringId"`
	On          date.Date      `json:"on"`
	InvoiceID   ID             `json:"invoiceId"`
	Number      string         `json:"number,omitempty"`
	CustomerID  CustomerID     `json:"customerId"`
	Currency    money.Currency `json:"currency"`
	Gross       money.Decimal  `json:"gross"`
}

// EventName implements events.Event.
func (RecurringMade) EventName() string { return "invoice.recurring-made.v1" }
