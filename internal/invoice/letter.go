package invoice

import (
	"time"

	"erp/internal/platform/id"
)

// LetterID names a letter.
type LetterID = id.Of[Letter]

// Letter is what was written to a customer by mail, and what became of it.
type Letter struct {
	ID         LetterID   `json:"id"`
	Kind       string     `json:"kind" enum:"invoice,reminder"`
	CustomerID CustomerID `json:"customerId"`
	To         string     `json:"to"`
	Language   string     `json:"language" enum:"en,de"`
	Subject    string     `json:"subject"`
	Message    string     `json:"message"`
	Level      int        `json:"level,omitempty" doc:"Of a reminder"`
	State      string     `json:"state" enum:"queued,sent,failed" doc:"Sent means taken by our mail server"`
	Error      string     `json:"error,omitempty" doc:"Of the last attempt"`
	At         time.Time  `json:"at"`
	SentAt     time.Time  `json:"sentAt,omitzero"`
	By         string     `json:"by"`
}

// Correspondence is what was written about a document, and what a mail that is sent now says unless told otherwise.
type Correspondence struct {
	Configured bool     `json:"configured" doc:"False without ERP_SMTP_URL: nothing can be sent"`
	Suggested  *Mailing `json:"suggested,omitempty" doc:"Absent for a draft"`
	Items      []Letter `json:"items" doc:"The newest first, at most 100"`
}

// Mailing is what a mail to a customer says, and to whom.
type Mailing struct {
	To       string `json:"to" doc:"The customer's address; empty without one"`
	Language string `json:"language" enum:"en,de"`
	Subject  string `json:"subject"`
	Message  string `json:"message"`
}
