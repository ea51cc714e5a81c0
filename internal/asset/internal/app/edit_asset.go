package app

import (
	"context"

	"erp/internal/asset"
	"erp/internal/asset/internal/store"
)

// EditAsset replaces the details of an asset whose version the caller saw; Stale when somebody else was faster.
func (a *App) EditAsset(ctx context.Context, which asset.ID, version int, in AssetInput) (asset.Asset, error) {
	if _, err := a.reach(ctx, CanRegister); err != nil {
		return asset.Asset{}, err
	}
	details := in.details()
	category, location, err := a.place(ctx, details)
	if err != nil {
		return asset.Asset{}, err
	}
	view, err := a.change(ctx, which, deed{
		action: "asset.edit", sold: true, permission: CanRegister, version: version,
		decide: func(r *store.Record) (store.Line, error) {
			if details.Currency == "" {
				details.Currency = r.Currency
			}
			changes, err := r.Edit(details, a.now())
			if err != nil || len(changes) == 0 {
				return store.Line{}, err
			}
			r.Category, r.Location = category.Name, location
			return store.Line{Kind: asset.LineEdited, Changes: changes}, nil
		},
	})
	if store.IsTagTaken(err) {
		return asset.Asset{}, tagTaken(details.Tag).Wrap(err)
	}
	return view, err
}
