package app

import (
	"context"

	"erp/internal/asset"
	"erp/internal/asset/internal/domain"
	"erp/internal/asset/internal/store"
	"erp/internal/platform/audit"
	"erp/internal/platform/database"
	"erp/internal/platform/events"
	"erp/internal/platform/fault"
)

// triesForTag is how often a given number may meet a typed tag before the caller hears of it.
const triesForTag = 5

// RegisterAsset brings an asset into stock.
func (a *App) RegisterAsset(ctx context.Context, in AssetInput) (asset.Asset, error) {
	if _, err := a.reach(ctx, CanRegister); err != nil {
		return asset.Asset{}, err
	}
	record, err := a.complete(ctx, in.details(), in.Salvage != nil)
	if err != nil {
		return asset.Asset{}, err
	}
	given := in.Tag == ""
	for try := 1; ; try++ {
		if given {
			if record.Tag, err = a.tags.take(ctx, record.CategoryID); err != nil {
				return asset.Asset{}, err
			}
		}
		view, err := a.insert(ctx, record)
		switch {
		case !store.IsTagTaken(err):
			return view, err
		case !given || try == triesForTag:
			return asset.Asset{}, tagTaken(record.Tag).Wrap(err)
		}
		if err := a.tags.skip(ctx, record.CategoryID); err != nil {
			return asset.Asset{}, err
		}
	}
}

// complete fills what was left open and asks the rules.
func (a *App) complete(ctx context.Context, in domain.Details, salvageGiven bool) (*store.Record, error) {
	if in.Currency == "" {
		currency, err := a.Company.Currency(ctx)
		if err != nil {
			return nil, err
		}
		in.Currency = currency
	}
	category, location, err := a.place(ctx, in)
	if err != nil {
		return nil, err
	}
	registered, err := domain.Register(category.Defaults(in, salvageGiven), a.now())
	if err != nil {
		return nil, err
	}
	return &store.Record{Asset: registered, Category: category.Name, Location: location}, nil
}

// place resolves category and location; unknown ones are Invalid.
func (a *App) place(ctx context.Context, in domain.Details) (domain.Category, string, error) {
	category, location, err := store.Place(ctx, a.DB.Pool(), in.CategoryID, in.LocationID)
	if err != nil {
		return domain.Category{}, "", err
	}
	var p fault.Problems
	if category.ID.IsZero() {
		p.Add("body.categoryId", "is no known category")
	} else if location == "" && !in.LocationID.IsZero() {
		p.Add("body.locationId", "is no known location")
	}
	return category, location, p.Err()
}

func (a *App) insert(ctx context.Context, r *store.Record) (asset.Asset, error) {
	return database.Write(ctx, a.DB, func(ctx context.Context, tx *database.Tx) (asset.Asset, error) {
		view := r.Published()
		line := store.Line{Kind: asset.LineRegistered, At: r.CreatedAt, Actor: actor(ctx)}
		store.Insert(tx, &r.Asset, line)
		if err := events.Publish(tx, r.ID.String(), registered(&r.Asset)); err != nil {
			return asset.Asset{}, err
		}
		return view, audit.Record(tx, audit.Entry{
			Action: "asset.register", Subject: "asset", SubjectID: r.ID.String(), Label: view.Label(), After: view,
		})
	})
}

func registered(a *domain.Asset) asset.Registered {
	return asset.Registered{AssetID: a.ID, Tag: a.Tag, Name: a.Name, CategoryID: a.CategoryID, Cost: a.Cost, Currency: a.Currency}
}

func tagTaken(tag string) *fault.Error {
	return fault.New(fault.Conflict, "tag-taken", "Another asset has the tag %s.", tag).At("body.tag", "is taken")
}
