package app

import (
	"context"

	"erp/internal/asset"
	"erp/internal/asset/internal/domain"
	"erp/internal/asset/internal/store"
	"erp/internal/platform/events"
)

// RetireAsset takes an asset that nobody holds out of use, and out of the books unless told otherwise.
func (a *App) RetireAsset(ctx context.Context, which asset.ID, in Retirement) (asset.Asset, error) {
	in, err := a.onDay(ctx, in)
	if err != nil {
		return asset.Asset{}, err
	}
	return a.change(ctx, which, a.retiring(in))
}

// onDay fills in today; Invalid for a day to come.
func (a *App) onDay(ctx context.Context, in Retirement) (Retirement, error) {
	today, err := a.Company.Today(ctx)
	if err != nil {
		return in, err
	}
	if in.On.IsZero() {
		in.On = today
	}
	if in.On.After(today) {
		return in, invalid("body.on", "lies in the future")
	}
	return in, nil
}

func (a *App) retiring(in Retirement) deed {
	return deed{
		action: "asset.retire", permission: CanRetire,
		decide: func(r *store.Record) (store.Line, error) {
			line := store.Line{Kind: asset.LineRetired, Note: in.Note}
			if err := r.Retire(in.On, a.now()); err != nil || in.KeepInBooks || !r.DisposedOn.IsZero() {
				return line, err
			}
			return line, r.Dispose(in.On, r.UpdatedAt)
		},
		tell: func(r *domain.Asset) events.Event {
			return asset.Retired{AssetID: r.ID, Tag: r.Tag, Name: r.Name, RetiredOn: r.RetiredOn, Note: in.Note}
		},
	}
}

// ReinstateAsset brings back an asset that was retired by mistake, into the books too.
func (a *App) ReinstateAsset(ctx context.Context, which asset.ID) (asset.Asset, error) {
	return a.change(ctx, which, deed{
		action: "asset.reinstate", permission: CanRetire,
		decide: func(r *store.Record) (store.Line, error) {
			line := store.Line{Kind: asset.LineReinstated}
			if err := r.Reinstate(a.now()); err != nil || r.DisposedOn.IsZero() {
				return line, err
			}
			return line, r.TakeBack(r.UpdatedAt)
		},
	})
}
