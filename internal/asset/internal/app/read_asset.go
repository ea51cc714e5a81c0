package app

import (
	"context"

	"erp/internal/asset"
	"erp/internal/asset/internal/store"
	"erp/internal/platform/date"
	"erp/internal/platform/page"
)

// GetAsset returns an asset the caller may see; NotFound for any other.
func (a *App) GetAsset(ctx context.Context, which asset.ID) (asset.Asset, error) {
	r, err := a.record(ctx, which)
	if err != nil {
		return asset.Asset{}, err
	}
	return r.Published(), nil
}

func (a *App) record(ctx context.Context, which asset.ID) (*store.Record, error) {
	reach, err := a.reach(ctx, CanRead)
	if err != nil {
		return nil, err
	}
	records, err := store.Assets(ctx, a.DB.Pool(), []asset.ID{which}, reach)
	if err != nil {
		return nil, err
	}
	if len(records) == 0 {
		return nil, notFound()
	}
	return &records[0], nil
}

// Depreciation is the asset's value on a day, today for none, and the plan that leads there.
func (a *App) Depreciation(ctx context.Context, which asset.ID, asOf date.Date) (asset.Depreciation, error) {
	r, err := a.record(ctx, which)
	if err != nil {
		return asset.Depreciation{}, err
	}
	if asOf.IsZero() {
		if asOf, err = a.Company.Today(ctx); err != nil {
			return asset.Depreciation{}, err
		}
	}
	return r.ValueOn(asOf), nil
}

// History is what happened to an asset, the newest first.
func (a *App) History(ctx context.Context, which asset.ID, request page.Request) (page.Of[asset.HistoryLine], error) {
	none := page.Of[asset.HistoryLine]{}
	if _, err := a.record(ctx, which); err != nil {
		return none, err
	}
	after, err := page.Decode(request.Cursor, "history", 2)
	if err != nil {
		return none, err
	}
	lines, err := store.History(ctx, a.DB.Pool(), which, after, request.Size()+1)
	if err != nil {
		return none, blameCursor(err, after)
	}
	for _, line := range lines {
		if len(line.Changes) > 0 {
			if err := store.Names(ctx, a.DB.Pool(), lines); err != nil {
				return none, err
			}
			break
		}
	}
	return page.Cut(lines, request.Size(), func(l asset.HistoryLine) string {
		return page.Encode("history", l.At.Format("2006-01-02T15:04:05.999999Z07:00"), l.ID.String())
	}), nil
}

// Custodies is who held an asset, the newest first.
func (a *App) Custodies(ctx context.Context, which asset.ID) ([]asset.Custody, error) {
	if _, err := a.record(ctx, which); err != nil {
		return nil, err
	}
	return store.Custodies(ctx, a.DB.Pool(), which)
}
