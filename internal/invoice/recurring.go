package invoice

import (
	"time"

	"erp/internal/employee"
	"erp/internal/platform/date"
	"erp/internal/platform/id"
	"erp/internal/platform/money"
)

// RecurringID names a recurring invoice.
type RecurringID = id.Of[Recurring]

// RhythmUnit is what a rhythm counts in.
type RhythmUnit string

// The units.
const (
	Week    RhythmUnit = "week"
	Month   RhythmUnit = "month"
	Quarter RhythmUnit = "quarter"
	Year    RhythmUnit = "year"
)

// Rhythm says on which dates something recurs. Every date is counted from the first one, so that none drifts: a month after
// January 31 is the last day of February, and two months after it is March 31.
type Rhythm struct {
	Every   int        `json:"every" minimum:"1" maximum:"99" doc:"So many units from one date to the next"`
	Unit    RhythmUnit `json:"unit" enum:"week,month,quarter,year"`
	FirstOn date.Date  `json:"firstOn" doc:"The first date; in a month that is too short its last day"`
	LastOn  date.Date  `json:"lastOn,omitzero" doc:"No date after this one; without end when absent"`
	Times   int        `json:"times,omitempty" minimum:"0" maximum:"1000" doc:"So many invoices altogether; without end when absent"`
}

// RecurringDeed is what happens on the day.
type RecurringDeed string

// The deeds.
const (
	MakeDraft    RecurringDeed = "draft"
	MakeAndIssue RecurringDeed = "issue"
	MakeAndSend  RecurringDeed = "send"
)

// RecurringStatus is where a recurring invoice stands.
type RecurringStatus string

// The statuses.
const (
	RecurringActive RecurringStatus = "active"
	RecurringPaused RecurringStatus = "paused"
	RecurringEnded  RecurringStatus = "ended"
)

// Obstacle is why an invoice could not be made on its date, and what to do about it.
type Obstacle struct {
	Code    string    `json:"code" example:"customer-archived"`
	Message string    `json:"message"`
	On      date.Date `json:"on" doc:"The date whose invoice could not be made"`
	Since   time.Time `json:"since"`
}

// Recurring is an invoice that is made again and again: what it says, when, and what happens then.
type Recurring struct {
	ID          RecurringID     `json:"id"`
	Version     int             `json:"version"`
	Name        string          `json:"name"`
	Status      RecurringStatus `json:"status" enum:"active,paused,ended"`
	Deed        RecurringDeed   `json:"deed" enum:"draft,issue,send"`
	Rhythm      Rhythm          `json:"rhythm"`
	NextOn      date.Date       `json:"nextOn,omitzero" doc:"Absent once it has ended"`
	Next        []date.Date     `json:"next" doc:"The next dates, at most 12; of one that is paused, those from today on"`
	Made        int             `json:"made" doc:"How many invoices were made so far"`
	Missed      int             `json:"missed" doc:"Dates that have passed without an invoice, while it was paused or something was in the way"`
	Obstacle    *Obstacle       `json:"obstacle,omitempty"`
	OwnerID     employee.ID     `json:"ownerId,omitzero" doc:"The employee in whose name it is done"`
	By          string          `json:"by" doc:"In whose name and with whose rights it is done: who set it up, changed or resumed it last"`
	CustomerID  CustomerID      `json:"customerId"`
	Customer    string          `json:"customer"`
	PaymentDays int             `json:"paymentDays"`
	Reference   string          `json:"reference,omitempty"`
	Note        string          `json:"note,omitempty"`
	Document
	CreatedAt time.Time `json:"createdAt"`
	UpdatedAt time.Time `json:"updatedAt"`
}

// ETag is the version as HTTP names it.
func (r Recurring) ETag() string { return etag(r.Version) }

// RecurringRow is a recurring invoice as it stands in a list.
type RecurringRow struct {
	ID         RecurringID     `json:"id"`
	Version    int             `json:"version"`
	Name       string          `json:"name"`
	Status     RecurringStatus `json:"status" enum:"active,paused,ended"`
	Obstacle   string          `json:"obstacle,omitempty" doc:"The code of what is in the way"`
	Deed       RecurringDeed   `json:"deed" enum:"draft,issue,send"`
	Every      int             `json:"every"`
	Unit       RhythmUnit      `json:"unit" enum:"week,month,quarter,year"`
	NextOn     date.Date       `json:"nextOn,omitzero"`
	Made       int             `json:"made"`
	CustomerID CustomerID      `json:"customerId"`
	Customer   string          `json:"customer"`
	Currency   money.Currency  `json:"currency"`
	Gross      money.Decimal   `json:"gross"`
}

// RecurringPreview is what a recurring invoice would do.
type RecurringPreview struct {
	Dates []date.Date `json:"dates" doc:"The first dates, at most 12"`
	First Document    `json:"first" doc:"The first invoice, with the words of its period"`
	Note  string      `json:"note,omitempty"`
}

// RecurringInvoice is an invoice that a recurring one made.
type RecurringInvoice struct {
	On        date.Date      `json:"on" doc:"The date for which it was made"`
	InvoiceID ID             `json:"invoiceId,omitzero" doc:"Absent once the draft was deleted"`
	Number    string         `json:"number,omitempty"`
	Status    Status         `json:"status,omitempty" enum:"draft,issued,partly-paid,paid,overdue,credited,written-off,settled"`
	IssuedOn  date.Date      `json:"issuedOn,omitzero"`
	Currency  money.Currency `json:"currency,omitempty"`
	Gross     money.Decimal  `json:"gross,omitzero"`
	Due       money.Decimal  `json:"due,omitzero"`
	MadeAt    time.Time      `json:"madeAt"`
}

// Recurrence says which recurring invoice made a document, and for which date.
type Recurrence struct {
	ID RecurringID `json:"id"`
	On date.Date   `json:"on"`
}
