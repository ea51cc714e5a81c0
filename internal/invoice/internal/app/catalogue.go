package app

import (
	"context"
	"strings"

	"erp/internal/invoice"
	"erp/internal/invoice/internal/domain"
	"erp/internal/invoice/internal/store"
	"erp/internal/platform/audit"
	"erp/internal/platform/database"
	"erp/internal/platform/fault"
	"erp/internal/platform/id"
	"erp/internal/platform/money"
	"erp/internal/platform/page"
)

// ItemInput is everything that may be said of an item.
type ItemInput struct {
	Code        string            `json:"code" minLength:"1" maxLength:"50"`
	Name        string            `json:"name" minLength:"1" maxLength:"200"`
	Description string            `json:"description,omitempty" maxLength:"2000"`
	Unit        string            `json:"unit,omitempty" maxLength:"20"`
	UnitPrice   money.Decimal     `json:"unitPrice"`
	Currency    money.Currency    `json:"currency,omitempty" maxLength:"3" doc:"The company's when absent"`
	PriceMode   invoice.PriceMode `json:"priceMode,omitempty" enum:"exclusive,inclusive"`
	TaxRateID   invoice.TaxRateID `json:"taxRateId,omitzero"`
	Archived    bool              `json:"archived,omitempty"`
}

func (a *App) item(ctx context.Context, in ItemInput) (invoice.Item, error) {
	i := invoice.Item{
		Version: 1, Code: strings.TrimSpace(in.Code), Name: strings.TrimSpace(in.Name), Description: strings.TrimSpace(in.Description),
		Unit: strings.TrimSpace(in.Unit), UnitPrice: in.UnitPrice, Currency: in.Currency, PriceMode: in.PriceMode,
		TaxRateID: in.TaxRateID, Archived: in.Archived,
	}
	if i.PriceMode == "" {
		i.PriceMode = invoice.Exclusive
	}
	if i.Currency == "" {
		seller, err := a.company.Seller(ctx)
		if err != nil {
			return i, err
		}
		i.Currency = seller.Currency
	}
	var p fault.Problems
	domain.CheckItem(&p, "body", i)
	return i, p.Err()
}

// Items gives a page of items.
func (a *App) Items(ctx context.Context, q store.ItemQuery) (page.Of[invoice.Item], error) {
	return a.catalogue.Items(ctx, q)
}

// Item gives one item.
func (a *App) Item(ctx context.Context, id invoice.ItemID) (invoice.Item, error) {
	return a.catalogue.Item(ctx, id)
}

// AddItem adds an item.
func (a *App) AddItem(ctx context.Context, in ItemInput) (invoice.Item, error) {
	i, err := a.item(ctx, in)
	if err != nil {
		return i, err
	}
	return database.Write(ctx, a.db, func(ctx context.Context, tx *database.Tx) (invoice.Item, error) {
		i := i
		i.ID = id.New[invoice.Item]()
		if err := a.catalogue.InsertItem(ctx, tx, i); err != nil {
			return i, err
		}
		return i, itemRecord(tx, "item.add", nil, i)
	})
}

// ChangeItem replaces what is said of an item; lines made from it stay as they are.
func (a *App) ChangeItem(ctx context.Context, item invoice.ItemID, version int, in ItemInput) (invoice.Item, error) {
	i, err := a.item(ctx, in)
	if err != nil {
		return i, err
	}
	before, err := a.catalogue.Item(ctx, item)
	if err != nil {
		return i, err
	}
	return database.Write(ctx, a.db, func(ctx context.Context, tx *database.Tx) (invoice.Item, error) {
		i := i
		i.ID, i.Version = item, version
		if err := a.catalogue.UpdateItem(ctx, tx, i); err != nil {
			return i, err
		}
		i.Version++
		return i, itemRecord(tx, "item.change", before, i)
	})
}

func itemRecord(tx *database.Tx, action string, before any, i invoice.Item) error {
	return audit.Record(tx, audit.Entry{Action: action, Subject: "item", SubjectID: i.ID.String(), Label: i.Code + " " + i.Name, Before: before, After: i})
}
