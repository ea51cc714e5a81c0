package app

import (
	"context"
	"strings"

	"erp/internal/asset"
	"erp/internal/asset/internal/domain"
	"erp/internal/asset/internal/store"
	"erp/internal/platform/audit"
	"erp/internal/platform/database"
)

// HandoverTexts are the company's words on documents of each kind, those that the program brings until there are others.
func (a *App) HandoverTexts(ctx context.Context) ([]asset.HandoverText, error) {
	if _, err := a.reach(ctx, CanConfigure); err != nil {
		return nil, err
	}
	sender, err := a.Company.Sender(ctx)
	if err != nil {
		return nil, err
	}
	list := make([]asset.HandoverText, 0, 2)
	for _, kind := range []asset.HandoverKind{asset.HandoverOut, asset.HandoverBack} {
		text, err := store.LatestHandoverText(ctx, a.DB.Pool(), kind)
		if err != nil {
			return nil, err
		}
		list = append(list, orFirst(text, sender.Language))
	}
	return list, nil
}

// WriteHandoverText gives documents drawn up from now on other words; those that exist keep theirs.
func (a *App) WriteHandoverText(ctx context.Context, kind asset.HandoverKind, version int, in HandoverWords) (asset.HandoverText, error) {
	if _, err := a.reach(ctx, CanConfigure); err != nil {
		return asset.HandoverText{}, err
	}
	words := strings.TrimSpace(in.Text)
	if words == "" {
		return asset.HandoverText{}, invalid("body.text", "must say something")
	}
	view, err := database.Write(ctx, a.DB, func(ctx context.Context, tx *database.Tx) (asset.HandoverText, error) {
		before, err := store.LatestHandoverText(ctx, tx.Conn(), kind)
		switch {
		case err != nil:
			return asset.HandoverText{}, err
		case before.Version != version:
			return asset.HandoverText{}, stale("text")
		case before.Text == words:
			return before, nil
		}
		after := asset.HandoverText{Kind: kind, Text: words, Version: version + 1, WrittenBy: actor(ctx), WrittenAt: a.now()}
		store.AddHandoverText(tx, after)
		return after, audit.Record(tx, audit.Entry{
			Action: "handover.write-text", Subject: "handover-text", SubjectID: string(kind), Label: string(kind), Before: before, After: after,
		})
	})
	if store.IsTextStale(err) {
		return view, stale("text")
	}
	return view, err
}

func orFirst(text asset.HandoverText, language string) asset.HandoverText {
	if text.Version == 0 {
		text.Text = domain.FirstHandoverText(text.Kind, language)
	}
	return text
}
