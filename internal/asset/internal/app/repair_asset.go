package app

import (
	"context"

	"erp/internal/asset"
	"erp/internal/asset/internal/store"
)

// SendToRepair takes an asset out of use for a while; its holder gets it back.
func (a *App) SendToRepair(ctx context.Context, which asset.ID, in NoteInput) (asset.Asset, error) {
	return a.change(ctx, which, deed{
		action: "asset.repair", permission: CanAssign,
		decide: func(r *store.Record) (store.Line, error) {
			return store.Line{Kind: asset.LineRepairStarted, Note: in.Note}, r.SendToRepair(a.now())
		},
	})
}

// BackFromRepair gives an asset back to its holder, or to stock.
func (a *App) BackFromRepair(ctx context.Context, which asset.ID) (asset.Asset, error) {
	return a.change(ctx, which, deed{
		action: "asset.back-from-repair", permission: CanAssign,
		decide: func(r *store.Record) (store.Line, error) {
			return store.Line{Kind: asset.LineRepairEnded}, r.BackFromRepair(a.now())
		},
	})
}
