package asset

import (
	"time"

	"erp/internal/employee"
	"erp/internal/platform/date"
	"erp/internal/platform/id"
)

// HandoverID names a hand-over document.
type HandoverID = id.Of[Handover]

// HandoverKind says what a document is signed for.
type HandoverKind string

// The kinds of hand-over documents.
const (
	HandoverOut  HandoverKind = "handover" // the person received
	HandoverBack HandoverKind = "return"   // the person gave back
)

// HandoverState is what became of a document.
type HandoverState string

// The states of hand-over documents. All but the first are final.
const (
	HandoverOpen      HandoverState = "open"
	HandoverConfirmed HandoverState = "confirmed" // by the person in the browser, or on paper
	HandoverRefused   HandoverState = "refused"   // the person says why
	HandoverClosed    HandoverState = "closed"    // nothing is left to confirm
)

// ReasonWithdrawn is why a document was closed that was drawn up by mistake; other reasons are those of custody.
const ReasonWithdrawn Reason = "withdrawn"

// HandoverSummary is a document as lists show it.
type HandoverSummary struct {
	ID         HandoverID    `json:"id"`
	Number     int64         `json:"number" doc:"Counted up; a number may be missing"`
	Kind       HandoverKind  `json:"kind" enum:"handover,return" doc:"What was handed to the person, or what they gave back"`
	PersonID   employee.ID   `json:"personId"`
	PersonName string        `json:"personName" doc:"By the name of that day"`
	On         date.Date     `json:"on" doc:"The day it was drawn up"`
	HandedBy   string        `json:"handedBy" doc:"Who drew it up for the company, by the name of that day"`
	Assets     int           `json:"assets" doc:"How many things it is about"`
	First      string        `json:"first" doc:"The first of them" example:"LT-0042 ThinkPad X1 Carbon"`
	State      HandoverState `json:"state" enum:"open,confirmed,refused,closed" doc:"Open ones wait for the person; all others are final"`
	OnPaper    bool          `json:"onPaper,omitempty" doc:"Confirmed by a signature on paper"`
	Reason     Reason        `json:"reason,omitempty" enum:"returned,transferred,lost,employee-left,sold,withdrawn" doc:"Why it was closed"`
	DecidedAt  time.Time     `json:"decidedAt,omitzero" doc:"When it was confirmed, refused or closed"`
	CreatedAt  time.Time     `json:"createdAt"`
}

// Handover is one document with everything it says.
type Handover struct {
	HandoverSummary
	Company     string         `json:"company" doc:"Name and address of the company on that day"`
	Language    string         `json:"language" enum:"en,de" doc:"The company's language on that day"`
	Text        string         `json:"text" doc:"The company's own words, as they were on that day"`
	TextVersion int            `json:"textVersion" doc:"Which version of the company's words; 0 are those that the program brings"`
	Items       []HandoverItem `json:"items"`
	Fingerprint string         `json:"fingerprint" doc:"A SHA-256 over everything that the document says"`
	SignedName  string         `json:"signedName,omitempty" doc:"What the person typed as their name; of one on paper, whose signature it is"`
	SignedOn    date.Date      `json:"signedOn,omitzero" doc:"The day of a signature on paper"`
	DecidedBy   string         `json:"decidedBy,omitempty" doc:"Who confirmed, refused or closed it"`
	Address     string         `json:"address,omitempty" doc:"The network address from which the person confirmed or refused"`
	Note        string         `json:"note,omitempty" doc:"Why it was refused or withdrawn, or which asset closed it"`
}

// HandoverItem is one thing on a document.
type HandoverItem struct {
	AssetID     ID        `json:"assetId"`
	Tag         string    `json:"tag"`
	Name        string    `json:"name"`
	Serial      string    `json:"serial,omitempty"`
	Since       date.Date `json:"since" doc:"The day it was handed over, or given back"`
	Condition   string    `json:"condition,omitempty" example:"scratch on the lid"`
	Accessories string    `json:"accessories,omitempty" example:"charger, bag"`
}

// HandoverCandidate is something that a document can be drawn up about: held, or given back, and on no document yet.
type HandoverCandidate struct {
	AssetID    ID        `json:"assetId"`
	Tag        string    `json:"tag"`
	Name       string    `json:"name"`
	Serial     string    `json:"serial,omitempty"`
	PersonName string    `json:"personName"`
	At         time.Time `json:"at" doc:"When it was handed over, or given back"`
}

// HandoverText is the company's own words on documents of a kind.
type HandoverText struct {
	Kind      HandoverKind `json:"kind" enum:"handover,return"`
	Text      string       `json:"text"`
	Version   int          `json:"version" doc:"0 while the words are those that the program brings"`
	WrittenBy string       `json:"writtenBy,omitempty"`
	WrittenAt time.Time    `json:"writtenAt,omitzero"`
}

// ETag is the version as HTTP names it.
func (t HandoverText) ETag() string { return etag(t.Version) }
