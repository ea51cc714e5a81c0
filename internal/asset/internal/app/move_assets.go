package app

import (
	"context"

	"erp/internal/asset"
	"erp/internal/asset/internal/store"
)

// MoveAssets puts assets somewhere else, all of them or none; the zero location is nowhere in particular. One that
// stands there already stays as it is.
func (a *App) MoveAssets(ctx context.Context, in Move) ([]asset.Asset, error) {
	deed, err := a.moving(ctx, Relocation{LocationID: in.LocationID, Note: in.Note})
	if err != nil {
		return nil, err
	}
	return a.changeAll(ctx, in.IDs, deed)
}

func (a *App) moving(ctx context.Context, in Relocation) (deed, error) {
	name, err := a.locationName(ctx, in.LocationID, "body.locationId")
	if err != nil {
		return deed{}, err
	}
	return deed{
		action: "asset.move", sold: true, permission: CanRegister,
		decide: func(r *store.Record) (store.Line, error) {
			from := r.LocationID
			if !r.MoveTo(in.LocationID, a.now()) {
				return store.Line{}, nil
			}
			r.Location = name
			change := asset.Change{Field: "location", From: from.String(), To: in.LocationID.String()}
			return store.Line{Kind: asset.LineMoved, Note: in.Note, Changes: []asset.Change{change}}, nil
		},
	}, nil
}
