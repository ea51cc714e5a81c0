package app

import (
	"context"

	"erp/internal/asset"
	"erp/internal/asset/internal/domain"
	"erp/internal/asset/internal/store"
)

// MarkLost says that nobody can find the asset; whoever held it holds it no longer.
func (a *App) MarkLost(ctx context.Context, which asset.ID, in NoteInput) (asset.Asset, error) {
	return a.change(ctx, which, deed{
		action: "asset.lose", permission: CanAssign,
		decide: func(r *store.Record) (store.Line, error) {
			line := store.Line{Kind: asset.LineLost, Holder: domain.Holder{ID: r.HolderID, Name: r.HolderName}, Reason: asset.ReasonLost, Note: in.Note}
			return line, r.MarkLost(a.now())
		},
	})
}

// MarkFound brings a lost asset back to stock.
func (a *App) MarkFound(ctx context.Context, which asset.ID) (asset.Asset, error) {
	return a.change(ctx, which, deed{
		action: "asset.find", permission: CanAssign,
		decide: func(r *store.Record) (store.Line, error) { return store.Line{Kind: asset.LineFound}, r.Found(a.now()) },
	})
}
