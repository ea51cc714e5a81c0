package app

import (
	"context"

	"erp/internal/asset"
	"erp/internal/asset/internal/store"
	"erp/internal/employee"
	"erp/internal/platform/fault"
	"erp/internal/platform/page"
)

// HandoverFilter narrows the list of documents.
type HandoverFilter struct {
	page.Request
	States   []asset.HandoverState
	Kind     asset.HandoverKind
	PersonID employee.ID
	AssetID  asset.ID
}

// Handovers lists the documents of people within the caller's reach, the newest first.
func (a *App) Handovers(ctx context.Context, f HandoverFilter) (page.Of[asset.HandoverSummary], error) {
	none := page.Of[asset.HandoverSummary]{}
	reach, err := a.reach(ctx, CanReadHandovers)
	if err != nil {
		return none, err
	}
	after, err := page.Decode(f.Cursor, "-number", 1)
	if err != nil {
		return none, err
	}
	found, err := store.Handovers(ctx, a.DB.Pool(), store.HandoverQuery{
		Request: f.Request, States: f.States, Kind: f.Kind, PersonID: f.PersonID, AssetID: f.AssetID, Reach: reach,
	}, after)
	if err != nil {
		return none, blameCursor(err, after)
	}
	return page.Cut(found, f.Size(), store.HandoverCursor), nil
}

// GetHandover is one document; NotFound for one of somebody outside the caller's reach.
func (a *App) GetHandover(ctx context.Context, which asset.HandoverID) (asset.Handover, error) {
	reach, err := a.reach(ctx, CanReadHandovers)
	if err != nil {
		return asset.Handover{}, err
	}
	h, err := store.Handover(ctx, a.DB.Pool(), which, reach)
	if err != nil {
		return asset.Handover{}, err
	}
	if h == nil {
		return asset.Handover{}, noHandover()
	}
	return h.Handover, nil
}

func noHandover() error {
	return fault.New(fault.NotFound, "handover-not-found", "There is no such hand-over document, or you may not see it.")
}
