package app

import (
	"context"

	"erp/internal/asset"
	"erp/internal/asset/internal/domain"
	"erp/internal/asset/internal/store"
	"erp/internal/platform/audit"
	"erp/internal/platform/database"
	"erp/internal/platform/fault"
)

// Categories returns all of them by name, with how many assets each has.
func (a *App) Categories(ctx context.Context) ([]asset.Category, error) {
	if _, err := a.reach(ctx, CanRead); err != nil {
		return nil, err
	}
	list, err := store.Categories(ctx, a.DB.Pool())
	if err != nil {
		return nil, err
	}
	counters, err := store.Counters(ctx, a.DB.Pool())
	if err != nil {
		return nil, err
	}
	assets := map[asset.CategoryID]int{}
	for _, c := range counters {
		assets[c.CategoryID] += c.Assets
	}
	views := make([]asset.Category, len(list))
	for i, c := range list {
		views[i] = categoryView(c)
		views[i].Assets = assets[c.ID]
	}
	return views, nil
}

// AddCategory makes a kind of asset.
func (a *App) AddCategory(ctx context.Context, in CategoryInput) (asset.Category, error) {
	if _, err := a.reach(ctx, CanConfigure); err != nil {
		return asset.Category{}, err
	}
	category, err := domain.NewCategory(in.category())
	if err != nil {
		return asset.Category{}, err
	}
	view, err := database.Write(ctx, a.DB, func(_ context.Context, tx *database.Tx) (asset.Category, error) {
		store.InsertCategory(tx, category)
		view := categoryView(category)
		return view, audit.Record(tx, audit.Entry{
			Action: "asset.category.add", Subject: "category", SubjectID: view.ID.String(), Label: view.Name, After: view,
		})
	})
	return view, categoryTaken(err, category)
}

// EditCategory changes a category whose version the caller saw. Assets that exist keep their plans and their tags.
func (a *App) EditCategory(ctx context.Context, which asset.CategoryID, version int, in CategoryInput) (asset.Category, error) {
	if _, err := a.reach(ctx, CanConfigure); err != nil {
		return asset.Category{}, err
	}
	view, err := database.Write(ctx, a.DB, func(_ context.Context, tx *database.Tx) (asset.Category, error) {
		category, err := store.LockCategory(ctx, tx, which)
		if err != nil {
			return asset.Category{}, err
		}
		if category.Version != version {
			return asset.Category{}, stale("category")
		}
		before := categoryView(category)
		if err := category.Edit(in.category()); err != nil {
			return asset.Category{}, err
		}
		store.SaveCategory(tx, category)
		view := categoryView(category)
		return view, audit.Record(tx, audit.Entry{
			Action: "asset.category.edit", Subject: "category", SubjectID: view.ID.String(), Label: view.Name, Before: before, After: view,
		})
	})
	a.tags.forget(which)
	return view, categoryTaken(err, in.category())
}

// RemoveCategory removes a category that no asset has; Conflict otherwise.
func (a *App) RemoveCategory(ctx context.Context, which asset.CategoryID, version int) error {
	if _, err := a.reach(ctx, CanConfigure); err != nil {
		return err
	}
	err := a.DB.Tx(ctx, func(_ context.Context, tx *database.Tx) error {
		category, err := store.LockCategory(ctx, tx, which)
		if err != nil {
			return err
		}
		if category.Version != version {
			return stale("category")
		}
		store.DeleteCategory(tx, which)
		return audit.Record(tx, audit.Entry{
			Action: "asset.category.remove", Subject: "category", SubjectID: which.String(), Label: category.Name, Before: categoryView(category),
		})
	})
	if database.IsForeignKey(err, "") {
		return fault.New(fault.Conflict, "category-in-use", "Assets belong to this category; give them another one first.").Wrap(err)
	}
	return err
}

func categoryView(c domain.Category) asset.Category {
	return asset.Category{
		ID: c.ID, Name: c.Name, Prefix: c.Prefix, Method: c.Method, Convention: c.Convention,
		LifeMonths: c.LifeMonths, SalvagePercent: c.SalvagePercent, Version: c.Version,
	}
}

func categoryTaken(err error, c domain.Category) error {
	switch {
	case database.IsUnique(err, "category_name_key"):
		return fault.New(fault.Conflict, "name-taken", "There is a category %s already.", c.Name).At("body.name", "is taken").Wrap(err)
	case database.IsUnique(err, "category_prefix_key"):
		return fault.New(fault.Conflict, "prefix-taken", "Another category has the prefix %s.", c.Prefix).At("body.prefix", "is taken").Wrap(err)
	default:
		return err
	}
}
