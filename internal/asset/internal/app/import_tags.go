package app

import (
	"context"
	"strings"

	"erp/internal/asset"
	"erp/internal/asset/internal/domain"
	"erp/internal/asset/internal/store"
	"erp/internal/platform/fault"
)

// giveTags gives every row without a tag the next one of its category, past those that the file itself types.
func (a *App) giveTags(ctx context.Context, b *batch) error {
	typed, open := map[string]bool{}, map[asset.CategoryID][]*domain.Asset{}
	for i := range b.candidates {
		made := &b.candidates[i].asset
		if made.Tag == "" {
			open[made.CategoryID] = append(open[made.CategoryID], made)
			continue
		}
		typed[strings.ToLower(made.Tag)] = true
	}
	for i := range b.newCategories {
		c := &b.newCategories[i]
		c.LastNumber = number(open[c.ID], c.Prefix, 1, typed)
		delete(open, c.ID)
	}
	for category, assets := range open {
		if err := a.tags.skip(ctx, category); err != nil {
			return err
		}
		prefix, first, err := store.TakeNumbers(ctx, a.DB.Pool(), category, len(assets)+b.typedOf(category))
		if err != nil {
			return err
		}
		number(assets, prefix, first, typed)
	}
	return nil
}

// typedOf counts the typed tags that a category could give itself.
func (b *batch) typedOf(category asset.CategoryID) int {
	prefix, n := "", 0
	for _, c := range b.categories {
		if c.ID == category {
			prefix = strings.ToLower(c.Prefix) + "-"
		}
	}
	for i := range b.candidates {
		if strings.HasPrefix(strings.ToLower(b.candidates[i].Tag), prefix) {
			n++
		}
	}
	return n
}

// number gives tags from first on, leaving out typed ones, and returns the last number given.
func number(assets []*domain.Asset, prefix string, first int, typed map[string]bool) int {
	next := first
	for _, made := range assets {
		for typed[strings.ToLower(domain.Tag(prefix, next))] {
			next++
		}
		made.Tag = domain.Tag(prefix, next)
		next++
	}
	return next - 1
}

func tagTakenMeanwhile() *fault.Error {
	return fault.New(fault.Conflict, "tag-taken", "Somebody registered an asset with a tag of the file meanwhile; nothing was imported, try again.")
}
