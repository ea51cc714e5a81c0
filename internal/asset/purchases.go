package asset

import (
	"context"

	"erp/internal/employee"
	"erp/internal/platform/date"
	"erp/internal/platform/id"
	"erp/internal/platform/money"
)

// PurchaseID names a purchase. Whoever buys gives it, so that a repeated call is known.
type PurchaseID = id.Of[Purchase]

// Purchase is what was bought at once and is to stand in the register.
type Purchase struct {
	ID       PurchaseID      `json:"id"`
	On       date.Date       `json:"on" doc:"The day of the purchase, and of the service"`
	Supplier string          `json:"supplier"`
	Currency money.Currency  `json:"currency"`
	Note     string          `json:"note" doc:"Stands in the history of each asset"`
	Items    []PurchasedItem `json:"items" doc:"One an asset"`
}

// PurchasedItem becomes one asset.
type PurchasedItem struct {
	Name       string        `json:"name"`
	CategoryID CategoryID    `json:"categoryId"`
	Cost       money.Decimal `json:"cost"`
	HolderID   employee.ID   `json:"holderId,omitzero" doc:"Whom it is handed to; left open, it goes to stock"`
}

// Purchases lets another module bring what it bought into the register. Every call may be repeated and then changes
// nothing more. It answers modules, not persons, and checks no permission.
type Purchases interface {
	// Check refuses what Register and HandOver would, each field under the item's place: "items[2].categoryId".
	Check(ctx context.Context, purchase Purchase) error

	// Register makes an asset of every item, or none at all, and gives them in the order of the items. A purchase that was
	// withdrawn is a Conflict.
	Register(ctx context.Context, purchase Purchase) ([]Asset, error)

	// HandOver gives the registered assets to the people that the items name, all or none.
	HandOver(ctx context.Context, purchase Purchase) ([]Asset, error)

	// Withdraw takes the purchase back for good: what is in somebody's hands returns, and all its assets leave use and
	// books on the day of the purchase. An asset that was sold since is a Conflict.
	Withdraw(ctx context.Context, purchase PurchaseID) error
}
