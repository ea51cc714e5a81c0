package asset

import (
	"erp/internal/employee"
	"erp/internal/platform/date"
	"erp/internal/platform/money"
)

// Registered says that an asset came into the register.
type Registered struct {
	AssetID    ID             `json:"assetId"`
	Tag        string         `json:"tag"`
	Name       string         `json:"name"`
	CategoryID CategoryID     `json:"categoryId"`
	Cost       money.Decimal  `json:"cost"`
	Currency   money.Currency `json:"currency"`
}

// EventName implements events.Event.
func (Registered) EventName() string { return "asset.registered.v1" }

// HolderChanged says that an asset came to somebody or went back to stock: the zero employee.ID is the stock.
type HolderChanged struct {
	AssetID ID          `json:"assetId"`
	Tag     string      `json:"tag"`
	Name    string      `json:"name"`
	From    employee.ID `json:"from,omitzero"`
	To      employee.ID `json:"to,omitzero"`
	Reason  Reason      `json:"reason"`
}

// EventName implements events.Event.
func (HolderChanged) EventName() string { return "asset.holder-changed.v1" }

// Reason is why custody changed.
type Reason string

// The reasons.
const (
	ReasonHandedOver   Reason = "handed-over"
	ReasonReturned     Reason = "returned"
	ReasonTransferred  Reason = "transferred"
	ReasonLost         Reason = "lost"
	ReasonEmployeeLeft Reason = "employee-left"
	ReasonSold         Reason = "sold"
	ReasonSaleUndone   Reason = "sale-undone"
)

// Retired says that an asset is out of use for good.
type Retired struct {
	AssetID   ID        `json:"assetId"`
	Tag       string    `json:"tag"`
	Name      string    `json:"name"`
	RetiredOn date.Date `json:"retiredOn"`
	Note      string    `json:"note,omitempty"`
}

// EventName implements events.Event.
func (Retired) EventName() string { return "asset.retired.v1" }

// WarrantyEnding says that the warranty of an asset in use ends within thirty days.
type WarrantyEnding struct {
	AssetID       ID        `json:"assetId"`
	Tag           string    `json:"tag"`
	Name          string    `json:"name"`
	WarrantyUntil date.Date `json:"warrantyUntil"`
}

// EventName implements events.Event.
func (WarrantyEnding) EventName() string { return "asset.warranty-ending.v1" }
