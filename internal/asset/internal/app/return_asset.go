package app

import (
	"context"

	"erp/internal/asset"
	"erp/internal/asset/internal/domain"
	"erp/internal/asset/internal/store"
)

// ReturnAsset brings an asset back to stock from whoever holds it.
func (a *App) ReturnAsset(ctx context.Context, which asset.ID, in Return) (asset.Asset, error) {
	deed, err := a.returning(ctx, in)
	if err != nil {
		return asset.Asset{}, err
	}
	return a.change(ctx, which, deed)
}

// ReturnAssets brings all of them back or none.
func (a *App) ReturnAssets(ctx context.Context, in ReturnMany) ([]asset.Asset, error) {
	deed, err := a.returning(ctx, in.Return)
	if err != nil {
		return nil, err
	}
	return a.changeAll(ctx, in.IDs, deed)
}

func (a *App) returning(ctx context.Context, in Return) (deed, error) {
	location, err := a.locationName(ctx, in.LocationID, "body.locationId")
	if err != nil {
		return deed{}, err
	}
	return deed{
		action: "asset.return", permission: CanAssign,
		decide: func(r *store.Record) (store.Line, error) {
			holder := domain.Holder{ID: r.HolderID, Name: r.HolderName}
			if err := r.Return(a.now()); err != nil {
				return store.Line{}, err
			}
			line := store.Line{Kind: asset.LineReturned, Holder: holder, Reason: asset.ReasonReturned, Note: in.Note}
			if !in.LocationID.IsZero() && r.LocationID != in.LocationID {
				line.Changes = []asset.Change{{Field: "location", From: r.LocationID.String(), To: in.LocationID.String()}}
				r.LocationID, r.Location = in.LocationID, location
			}
			return line, nil
		},
	}, nil
}

// locationName is the name of a location that a request puts something at; Invalid at field when it is unknown.
func (a *App) locationName(ctx context.Context, which asset.LocationID, field string) (string, error) {
	if which.IsZero() {
		return "", nil
	}
	name, err := store.LocationName(ctx, a.DB.Pool(), which)
	if err == nil && name == "" {
		err = invalid(field, "is no known location")
	}
	return name, err
}
