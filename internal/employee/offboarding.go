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

	// Open lists what the leaver still has to settle with this module; nil: nothing to show. It only reads, and it
	// never stops anybody from leaving.
	Open func(ctx context.Context, leaver ID) ([]OpenItem, error)
}

// OpenItem is one thing that a leaver still holds or owes.
type OpenItem struct {
	Kind  string `json:"kind" doc:"What it is, for example asset" example:"asset"`
	ID    string `json:"id" doc:"The record in its own module"`
	Label string `json:"label" doc:"As a user knows it" example:"LT-0042 Laptop"`
}
