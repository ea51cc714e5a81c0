package asset

import (
	"context"

	"erp/internal/employee"
	"erp/internal/platform/date"
	"erp/internal/platform/money"
	"erp/internal/platform/page"
)

// Register is what other modules may ask about assets. Every method fails with kind Unavailable when the module cannot
// answer.
type Register interface {
	// Assets returns the assets with these ids, retired ones included. Ids that name nothing are absent from the answer.
	// It answers modules, not persons, and checks no permission.
	Assets(ctx context.Context, ids []ID) (map[ID]Asset, error)

	// List returns one page of the assets that the caller may see. An unknown sort or a foreign cursor is Invalid.
	List(ctx context.Context, query Query) (page.Of[Asset], error)

	// HeldBy returns what these people hold or have reserved, in order of tag. People who hold nothing are absent. It
	// answers modules, not persons, and checks no permission.
	HeldBy(ctx context.Context, holders []employee.ID) (map[employee.ID][]Asset, error)

	// Search finds assets by tag, name, serial number or holder, an exact tag first, at most limit. It sees only what
	// the caller may see.
	Search(ctx context.Context, q string, limit int) ([]Asset, error)

	// Summary returns the numbers for the home page; nothing of them to a caller who may not see all assets.
	Summary(ctx context.Context) (Summary, error)
}

// Query says which assets, in which order. The zero Query is the first page of all, by tag.
type Query struct {
	page.Request
	Q             string      // every word must occur in tag, name, serial number or holder's name
	Status        []Status    // any of these
	CategoryID    CategoryID  //
	LocationID    LocationID  // this place and all below it
	HolderID      employee.ID //
	BillID        BillID      // bought on this bill
	WarrantyUntil date.Date   // warranty ends on or before this day, and not before today
	Sort          string      // tag, name, cost, purchasedOn, warrantyUntil, holder, updatedAt; "-" before it turns it round
}

// Summary is the register in numbers. It comes from a read model and costs the same at any size.
type Summary struct {
	Assets         int               `json:"assets" doc:"Without retired ones"`
	Statuses       []StatusSummary   `json:"statuses"`
	Categories     []CategorySummary `json:"categories" doc:"Most assets first; retired ones not counted"`
	Costs          []CostSummary     `json:"costs" doc:"Cost of all that is not retired, by currency"`
	WarrantyEnding int               `json:"warrantyEnding" doc:"Warranty ends within 30 days; 1001 stands for more than a thousand"`
}

// StatusSummary is how many assets are in a state.
type StatusSummary struct {
	Status Status `json:"status" enum:"available,reserved,assigned,in-repair,lost,retired"`
	Assets int    `json:"assets"`
}

// CategorySummary is how many assets a category has, and how many of them people hold.
type CategorySummary struct {
	CategoryID CategoryID `json:"categoryId"`
	Category   string     `json:"category"`
	Assets     int        `json:"assets"`
	Assigned   int        `json:"assigned"`
}

// CostSummary is what was paid, in one currency.
type CostSummary struct {
	Currency money.Currency `json:"currency"`
	Cost     money.Decimal  `json:"cost"`
}
