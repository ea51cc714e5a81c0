package employee

import "context"

// OffboardingStep is what another module does when somebody leaves. Steps are listed in order in compose.go.
//
// Do runs before the end of the employment is committed and must be safe to repeat: after a crash it runs again. When a
// later step or the end itself fails, Undo of every step that was done runs in reverse order; it too may run twice. No
// step is called inside a transaction.
type OffboardingStep struct {
	Name string // module and deed, "admin.end-access"

	Do   func(ctx context.Context, leaver ID) error // nil: nothing to do ahead of the end
	Undo func(ctx context.Context, leaver ID) error // nil: nothing to give back

	// Open lists what the leaver still has to settle with this module; nil: nothing to show. It only reads. It stops
	// nobody from leaving at once, and everybody whose end waits until all is settled.
	Open func(ctx context.Context, leaver ID) ([]OpenItem, error)

	// Settle settles items in ways that Open offers for them, all of them or none; nil: nothing can be settled from
	// here. What the leaver no longer has is settled. It answers the employee module, which lets only those call it who
	// may end employments, and checks no other permission.
	Settle func(ctx context.Context, leaver ID, items []Settlement) error
}

// Choice is a way to settle an item.
type Choice string

// The ways.
const (
	ChoiceReturn   Choice = "return"    // back to where it comes from: the stock, nobody's desk
	ChoiceHandOver Choice = "hand-over" // to another person
	ChoiceLost     Choice = "lost"      // it is gone
)

// Settlement is what becomes of an open item.
type Settlement struct {
	ItemID string `json:"itemId"`
	How    Choice `json:"how"`
	ToID   ID     `json:"toId,omitzero" doc:"Who gets it, when it is handed over"`
	Note   string `json:"note,omitempty"`
}

// OpenItem is one thing that a leaver still holds or owes.
type OpenItem struct {
	Kind  string `json:"kind" doc:"What it is, for example asset" example:"asset"`
	ID    string `json:"id" doc:"The record in its own module"`
	Label string `json:"label" doc:"As a user knows it" example:"LT-0042 Laptop"`

	Choices []Choice `json:"choices,omitempty" enum:"return,hand-over,lost" doc:"How it can be settled from here"`
}
