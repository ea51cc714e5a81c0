package app

import (
	"context"

	"erp/internal/asset"
	"erp/internal/asset/internal/store"
)

// recategorising puts an asset into another category: its tag and its depreciation stay. It tells the category's name.
func (a *App) recategorising(ctx context.Context, in Recategorisation) (string, deed, error) {
	category, _, err := store.Place(ctx, a.DB.Pool(), in.CategoryID, asset.LocationID{})
	if err == nil && category.ID.IsZero() {
		err = invalid("body.categoryId", "is no known category")
	}
	if err != nil {
		return "", deed{}, err
	}
	return category.Name, deed{
		action: "asset.edit", sold: true, permission: CanRegister,
		decide: func(r *store.Record) (store.Line, error) {
			details := r.Details
			details.CategoryID = in.CategoryID
			changes, err := r.Edit(details, a.now())
			if err != nil || len(changes) == 0 {
				return store.Line{}, err
			}
			r.Category = category.Name
			return store.Line{Kind: asset.LineEdited, Note: in.Note, Changes: changes}, nil
		},
	}, nil
}
