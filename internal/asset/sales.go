package asset

import (
	"context"

	"erp/internal/platform/date"
	"erp/internal/platform/id"
	"erp/internal/platform/money"
)

// SaleID names a sale. Whoever sells gives it, so that a repeated call is known.
type SaleID = id.Of[Sale]

// SaleStage is how far a sale has come.
type SaleStage string

// The stages, in order. A withdrawn sale never comes back.
const (
	SaleReserved  SaleStage = "reserved" // nobody else can have the asset
	SaleDisposed  SaleStage = "disposed" // out of the books, with gain or loss
	SaleEnded     SaleStage = "ended"    // out of everybody's hands
	SaleWithdrawn SaleStage = "withdrawn"
)

// Offer says what is sold for how much.
type Offer struct {
	SaleID   SaleID         `json:"saleId"`
	AssetID  ID             `json:"assetId"`
	On       date.Date      `json:"on"`
	Currency money.Currency `json:"currency,omitempty" doc:"The one in which the asset stands in the books when left open"`
	Proceeds money.Decimal  `json:"proceeds" doc:"Without tax"`
}

// Sale is an asset on its way out of the company. Gain is proceeds less the net book value on the day; a loss is negative.
type Sale struct {
	ID          SaleID         `json:"id"`
	AssetID     ID             `json:"assetId"`
	Tag         string         `json:"tag"`
	Name        string         `json:"name"`
	Stage       SaleStage      `json:"stage" enum:"reserved,disposed,ended,withdrawn"`
	On          date.Date      `json:"on"`
	Currency    money.Currency `json:"currency"`
	Cost        money.Decimal  `json:"cost"`
	Accumulated money.Decimal  `json:"accumulated" doc:"Depreciation charged up to the day"`
	Value       money.Decimal  `json:"value" doc:"Net book value on the day"`
	Proceeds    money.Decimal  `json:"proceeds" doc:"Without tax"`
	Gain        money.Decimal  `json:"gain" doc:"Proceeds less value; negative for a loss"`
}

// Sales lets another module sell an asset, stage by stage and back. Every call may be repeated and then changes nothing
// more; a stage that is asked for after the sale was withdrawn is a Conflict. But for Quote it answers modules, not
// persons, and checks no permission.
type Sales interface {
	// Quote tells what a sale would bring, and refuses what Reserve would. Nothing changes. An asset that the caller may
	// not see is NotFound.
	Quote(ctx context.Context, offer Offer) (Sale, error)

	// Reserve keeps the asset for this sale. An asset that is unknown is NotFound; one that is lost, retired, in repair,
	// promised to somebody, sold already or in another currency is a Conflict.
	Reserve(ctx context.Context, offer Offer) (Sale, error)

	// Dispose takes the asset out of the books on a day, with gain or loss. Charges up to that day stay.
	Dispose(ctx context.Context, sale SaleID, on date.Date) (Sale, error)

	// EndCustody takes the asset out of the hands of whoever holds it, and out of use.
	EndCustody(ctx context.Context, sale SaleID) (Sale, error)

	// Revert goes back to an earlier stage: custody returns to who had it, if they still work here, and to stock
	// otherwise; the asset stands in the books as if it had never left. An unknown sale is withdrawn for good.
	Revert(ctx context.Context, sale SaleID, to SaleStage) (Sale, error)
}
