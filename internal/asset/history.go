package asset

import (
	"time"

	"erp/internal/employee"
	"erp/internal/platform/date"
	"erp/internal/platform/id"
)

// HistoryLine is one thing that happened to an asset. Lines are only ever added.
type HistoryLine struct {
	ID         LineID      `json:"id"`
	At         time.Time   `json:"at"`
	Kind       LineKind    `json:"kind" enum:"registered,edited,reserved,released,assigned,returned,transferred,repair-started,repair-ended,lost,found,retired,reinstated,moved,for-sale,disposed,sold,sale-undone,back-in-books,sale-withdrawn,document-drawn-up,document-confirmed,document-refused,document-closed"`
	Actor      string      `json:"actor" doc:"Who did it, by the name of that day"`
	HolderID   employee.ID `json:"holderId,omitzero" doc:"The person concerned"`
	HolderName string      `json:"holderName,omitempty" doc:"By the name of that day"`
	Reason     Reason      `json:"reason,omitempty" doc:"Why custody changed"`
	Note       string      `json:"note,omitempty"`
	Changes    []Change    `json:"changes,omitempty" doc:"Fields that were edited"`
}

// LineID names a history line.
type LineID = id.Of[HistoryLine]

// Change is one edited field in words that people read.
type Change struct {
	Field string `json:"field" example:"location"`
	From  string `json:"from,omitempty"`
	To    string `json:"to,omitempty"`
}

// LineKind says what happened.
type LineKind string

// The kinds of history lines.
const (
	LineRegistered    LineKind = "registered"
	LineEdited        LineKind = "edited"
	LineReserved      LineKind = "reserved"
	LineReleased      LineKind = "released"
	LineAssigned      LineKind = "assigned"
	LineReturned      LineKind = "returned"
	LineTransferred   LineKind = "transferred"
	LineRepairStarted LineKind = "repair-started"
	LineRepairEnded   LineKind = "repair-ended"
	LineLost          LineKind = "lost"
	LineFound         LineKind = "found"
	LineRetired       LineKind = "retired"
	LineReinstated    LineKind = "reinstated"
	LineMoved         LineKind = "moved"
	LineForSale       LineKind = "for-sale"       // kept for a sale that is under way
	LineDisposed      LineKind = "disposed"       // out of the books by a sale
	LineSold          LineKind = "sold"           // out of everybody's hands
	LineSaleUndone    LineKind = "sale-undone"    // back in the hands of who had it
	LineBackInBooks   LineKind = "back-in-books"  // the sale's disposal was undone
	LineSaleWithdrawn LineKind = "sale-withdrawn" // free again

	LineDocumentDrawnUp   LineKind = "document-drawn-up" // a hand-over document waits for the person
	LineDocumentConfirmed LineKind = "document-confirmed"
	LineDocumentRefused   LineKind = "document-refused"
	LineDocumentClosed    LineKind = "document-closed" // before it was confirmed
)

// Custody is one interval during which one person held an asset. Intervals of an asset never overlap.
type Custody struct {
	ID         CustodyID   `json:"id"`
	AssetID    ID          `json:"assetId"`
	HolderID   employee.ID `json:"holderId"`
	HolderName string      `json:"holderName" doc:"By the name of the day it was handed over"`
	From       time.Time   `json:"from"`
	To         time.Time   `json:"to,omitzero" doc:"Absent while it lasts"`
	DueOn      date.Date   `json:"dueOn,omitzero"`
	EndReason  Reason      `json:"endReason,omitempty"`
}

// CustodyID names a custody interval.
type CustodyID = id.Of[Custody]
