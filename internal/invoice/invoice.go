// Package invoice is the contract of the invoice module: what we are owed and what we owe. It holds the
// published views, the Ledger that other modules may ask, and the events. It knows no
// database and no HTTP.
package invoice

import (
	"context"
	"strconv"
	"time"

	"erp/internal/employee"
	"erp/internal/platform/date"
	"erp/internal/platform/id"
	"erp/internal/platform/money"
)

// ID names an invoice or a credit note.
type ID = id.Of[Invoice]

// Kind is the type of a document.
type Kind string

// The kinds.
const (
	KindInvoice    Kind = "invoice"
	KindCreditNote Kind = "credit-note"
)

// Status is where a document stands. Overdue is derived from the due date whenever it is read.
type Status string

// The statuses.
const (
	Draft      Status = "draft"
	Open       Status = "issued"
	PartlyPaid Status = "partly-paid"
	Paid       Status = "paid"
	Overdue    Status = "overdue"
	Credited   Status = "credited"
	WrittenOff Status = "written-off"
	Settled    Status = "settled" // a credit note that was set against its invoice
)

// Invoice is the published view of an invoice or a credit note.
type Invoice struct {
	ID          ID          `json:"id"`
	Version     int         `json:"version"`
	Kind        Kind        `json:"kind" enum:"invoice,credit-note"`
	Status      Status      `json:"status" enum:"draft,issued,partly-paid,paid,overdue,credited,written-off,settled"`
	Number      string      `json:"number,omitempty" doc:"Given at issue, gapless within its series"`
	CustomerID  CustomerID  `json:"customerId,omitzero"`
	Customer    string      `json:"customer,omitempty"`
	OwnerID     employee.ID `json:"ownerId,omitzero" doc:"The employee who made it"`
	Owner       string      `json:"owner,omitempty"`
	IssuedOn    date.Date   `json:"issuedOn,omitzero"`
	DueOn       date.Date   `json:"dueOn,omitzero"`
	DeliveredOn date.Date   `json:"deliveredOn,omitzero" doc:"When the goods or services were delivered"`
	PaymentDays int         `json:"paymentDays"`
	Reference   string      `json:"reference,omitempty" doc:"The buyer's order number or reference"`
	Note        string      `json:"note,omitempty" doc:"Printed below the lines"`
	Document
	Seller      *Party          `json:"seller,omitempty" doc:"As frozen at issue"`
	Buyer       *Party          `json:"buyer,omitempty" doc:"As frozen at issue"`
	Paid        money.Decimal   `json:"paid"`
	Credited    money.Decimal   `json:"credited"`
	WrittenOff  money.Decimal   `json:"writtenOff"`
	Due         money.Decimal   `json:"due" doc:"What is still to be paid"`
	Allocations []Allocation    `json:"allocations,omitempty" doc:"Payments set against it"`
	CreditOf    *Reference      `json:"creditOf,omitempty" doc:"On a credit note: the invoice it takes back"`
	CreditNote  *Reference      `json:"creditNote,omitempty" doc:"The latest credit note over it"`
	CreditNotes []Reference     `json:"creditNotes,omitempty" doc:"The credit notes that took it back, wholly or in part"`
	Returned    []money.Decimal `json:"returned,omitempty" doc:"How much of each line was taken back, once something was"`
	Recurring   *Recurrence     `json:"recurring,omitempty" doc:"The recurring invoice that made it"`
	Dispute     *Dispute        `json:"dispute,omitempty" doc:"While the customer holds an open invoice to be wrong"`
	AsOf        date.Date       `json:"asOf,omitzero" doc:"The day whose state this is, where one was asked for"`
	CreatedAt   time.Time       `json:"createdAt"`
	UpdatedAt   time.Time       `json:"updatedAt"`
}

// ETag is the version as HTTP names it.
func (i Invoice) ETag() string { return etag(i.Version) }

// Reference points at another document.
type Reference struct {
	ID     ID     `json:"id"`
	Number string `json:"number,omitempty"`
}

// Allocation is a part of a payment set against an invoice.
type Allocation struct {
	PaymentID PaymentID     `json:"paymentId"`
	InvoiceID ID            `json:"invoiceId"`
	Number    string        `json:"number,omitempty" doc:"The invoice's number"`
	Amount    money.Decimal `json:"amount"`
	On        date.Date     `json:"on,omitzero"`
}

// Row is an invoice as it stands in a list.
type Row struct {
	ID         ID             `json:"id"`
	Version    int            `json:"version"`
	Kind       Kind           `json:"kind" enum:"invoice,credit-note"`
	Status     Status         `json:"status" enum:"draft,issued,partly-paid,paid,overdue,credited,written-off,settled"`
	Number     string         `json:"number,omitempty"`
	CustomerID CustomerID     `json:"customerId,omitzero"`
	Customer   string         `json:"customer,omitempty"`
	OwnerID    employee.ID    `json:"ownerId,omitzero"`
	IssuedOn   date.Date      `json:"issuedOn,omitzero"`
	DueOn      date.Date      `json:"dueOn,omitzero"`
	Reference  string         `json:"reference,omitempty"`
	Currency   money.Currency `json:"currency"`
	Net        money.Decimal  `json:"net"`
	Tax        money.Decimal  `json:"tax"`
	Gross      money.Decimal  `json:"gross"`
	Due        money.Decimal  `json:"due"`
	CreatedAt  time.Time      `json:"createdAt"`
}

// Ledger is what other modules may ask about invoices.
type Ledger interface {
	// Invoices returns the documents with these ids; unknown ids are absent. It checks no
	// permission.
	Invoices(ctx context.Context, ids []ID) (map[ID]Row, error)

	// OwnedBy returns the documents that these people made, newest first, at most each for one
	// person. People who made none are absent. It checks no permission.
	OwnedBy(ctx context.Context, owners []employee.ID, each int) (map[employee.ID][]Row, error)

	// Search finds documents by number, customer or reference, newest first, within what
	// the caller may read; without the permission it finds nothing.
	Search(ctx context.Context, q string, limit int) ([]Row, error)

	// SearchCustomers finds customers by name, number or e-mail, within what the caller may read.
	SearchCustomers(ctx context.Context, q string, limit int) ([]Customer, error)

	// Summary is the state of sales and receivables for a home page, from read models.
	Summary(ctx context.Context) (Summary, error)
}

// Summary is the state of sales and receivables.
type Summary struct {
	Drafts     int               `json:"drafts"`
	Currencies []CurrencySummary `json:"currencies" doc:"One entry a currency; the company's own first"`
}

// CurrencySummary is the summary of one currency.
type CurrencySummary struct {
	Currency     money.Currency `json:"currency"`
	Months       []MonthTotal   `json:"months" doc:"The last 24 months, oldest first"`
	Open         money.Decimal  `json:"open"`
	OpenCount    int            `json:"openCount"`
	Overdue      money.Decimal  `json:"overdue"`
	OverdueCount int            `json:"overdueCount"`
	Ageing       []AgeBand      `json:"ageing"`
}

// Receivables is what customers owed at the end of a day.
type Receivables struct {
	AsOf       date.Date             `json:"asOf"`
	Currencies []CurrencyReceivables `json:"currencies" doc:"One entry a currency; the company's own first"`
}

// CurrencyReceivables is what was open in one currency.
type CurrencyReceivables struct {
	Currency     money.Currency `json:"currency"`
	Open         money.Decimal  `json:"open"`
	OpenCount    int            `json:"openCount"`
	Overdue      money.Decimal  `json:"overdue"`
	OverdueCount int            `json:"overdueCount"`
	Ageing       []AgeBand      `json:"ageing"`
}

// CustomerReceivables is what one customer owed in one currency.
type CustomerReceivables struct {
	CustomerID CustomerID     `json:"customerId"`
	Customer   string         `json:"customer"`
	Currency   money.Currency `json:"currency"`
	Open       money.Decimal  `json:"open"`
	Overdue    money.Decimal  `json:"overdue"`
	Invoices   int            `json:"invoices"`
	Ageing     []AgeBand      `json:"ageing"`
}

// MonthTotal is what one month brought.
type MonthTotal struct {
	Month    date.Date     `json:"month" doc:"The first day of the month"`
	Invoices int           `json:"invoices"`
	Net      money.Decimal `json:"net" doc:"Invoiced less credited, without tax"`
	Received money.Decimal `json:"received"`
}

// AgeBand is what is open by days overdue.
type AgeBand struct {
	Band   string        `json:"band" enum:"not-due,1-30,31-60,61-90,over-90"`
	Amount money.Decimal `json:"amount"`
	Count  int           `json:"count"`
}

func etag(version int) string { return strconv.Quote(strconv.Itoa(version)) }
