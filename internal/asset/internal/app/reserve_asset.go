package app

import (
	"context"

	"erp/internal/asset"
	"erp/internal/asset/internal/domain"
	"erp/internal/asset/internal/store"
)

// ReserveAsset promises an asset in stock to somebody: nobody else can be handed it.
func (a *App) ReserveAsset(ctx context.Context, which asset.ID, in Reservation) (asset.Asset, error) {
	if _, err := a.reach(ctx, CanAssign); err != nil {
		return asset.Asset{}, err
	}
	holder, _, err := a.People.Holder(ctx, in.EmployeeID, "body.employeeId")
	if err != nil {
		return asset.Asset{}, err
	}
	return a.change(ctx, which, deed{
		action: "asset.reserve", permission: CanAssign,
		decide: func(r *store.Record) (store.Line, error) {
			return store.Line{Kind: asset.LineReserved, Holder: holder, Note: in.Note}, r.Reserve(holder, a.now())
		},
	})
}

// ReleaseAsset takes a reservation back.
func (a *App) ReleaseAsset(ctx context.Context, which asset.ID) (asset.Asset, error) {
	return a.change(ctx, which, deed{
		action: "asset.release", permission: CanAssign,
		decide: func(r *store.Record) (store.Line, error) {
			line := store.Line{Kind: asset.LineReleased, Holder: domain.Holder{ID: r.HolderID, Name: r.HolderName}}
			return line, r.Release(a.now())
		},
	})
}
