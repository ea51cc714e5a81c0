package invoice

import (
	"time"

	"erp/internal/platform/date"
	"erp/internal/platform/money"
)

// ReminderPlan says when customers are reminded of what is overdue, in which words, and what is asked for beside it.
type ReminderPlan struct {
	Version  int             `json:"version" doc:"0 while the usual plan holds"`
	Interest money.Decimal   `json:"interest" doc:"Percent a year of what is overdue, asked for in the letter; 0 is none"`
	Levels   []ReminderLevel `json:"levels"`
}

// ETag is the version as HTTP names it.
func (p ReminderPlan) ETag() string { return etag(p.Version) }

// ReminderLevel is one step of the plan.
type ReminderLevel struct {
	Days    int           `json:"days" minimum:"1" maximum:"365" doc:"After the day on which an invoice was due"`
	Fee     money.Decimal `json:"fee,omitzero" doc:"Asked for in the letter, in the company's currency; 0 is none"`
	English ReminderWords `json:"english"`
	German  ReminderWords `json:"german"`
}

// ReminderWords are what a letter says in one language. {company}, {customer} and {invoices} stand for what they name.
type ReminderWords struct {
	Title string `json:"title" minLength:"1" maxLength:"100"`
	Text  string `json:"text" minLength:"1" maxLength:"3000"`
}

// Words are those of a language.
func (l ReminderLevel) Words(language string) ReminderWords {
	if language == "de" {
		return l.German
	}
	return l.English
}

// Reminder is a letter to one customer about everything that is overdue.
type Reminder struct {
	CustomerID CustomerID        `json:"customerId"`
	Customer   string            `json:"customer"`
	To         string            `json:"to,omitempty"`
	Language   string            `json:"language" enum:"en,de"`
	Level      int               `json:"level"`
	Title      string            `json:"title"`
	Invoices   []ReminderInvoice `json:"invoices"`
	Totals     []ReminderTotal   `json:"totals"`
	Obstacle   string            `json:"obstacle,omitempty" enum:"no-address,excluded" doc:"Why it is not sent"`
}

// ReminderInvoice is an overdue invoice as a letter names it.
type ReminderInvoice struct {
	ID       ID             `json:"id"`
	Number   string         `json:"number"`
	IssuedOn date.Date      `json:"issuedOn"`
	DueOn    date.Date      `json:"dueOn"`
	Days     int            `json:"days" doc:"Since it was due"`
	Level    int            `json:"level" doc:"Of this invoice with this letter; 0 when it is too early to remind of it alone"`
	Currency money.Currency `json:"currency"`
	Due      money.Decimal  `json:"due"`
	Interest money.Decimal  `json:"interest"`
}

// ReminderTotal is what a letter asks for in one currency.
type ReminderTotal struct {
	Currency money.Currency `json:"currency"`
	Due      money.Decimal  `json:"due"`
	Interest money.Decimal  `json:"interest"`
	Fee      money.Decimal  `json:"fee"`
	Total    money.Decimal  `json:"total"`
}

// Reminders are the letters that are to be written now.
type Reminders struct {
	Configured bool       `json:"configured" doc:"False without ERP_SMTP_URL: nothing can be sent"`
	On         date.Date  `json:"on"`
	Items      []Reminder `json:"items"`
	Sendable   int        `json:"sendable" doc:"Those with no obstacle"`
	More       bool       `json:"more" doc:"Others follow once these are sent"`
}

// Dispute says that the customer holds an invoice to be wrong; nobody is reminded of it.
type Dispute struct {
	Reason string    `json:"reason"`
	At     time.Time `json:"at"`
	By     string    `json:"by"`
}
