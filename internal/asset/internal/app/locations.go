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

// Locations returns the tree of places, parents before children; counted adds how many assets are at each.
func (a *App) Locations(ctx context.Context, counted bool) ([]asset.Location, error) {
	if _, err := a.reach(ctx, CanRead); err != nil {
		return nil, err
	}
	places, err := store.Locations(ctx, a.DB.Pool())
	if err != nil {
		return nil, err
	}
	counts := map[asset.LocationID]int{}
	if counted {
		if counts, err = store.AssetsAt(ctx, a.DB.Pool()); err != nil {
			return nil, err
		}
	}
	tree := domain.NewTree(places)
	views := make([]asset.Location, 0, len(places))
	tree.Walk(func(place domain.Location, _ int) {
		view := locationView(tree, place)
		view.Assets = counts[place.ID]
		views = append(views, view)
	})
	return views, nil
}

// AddLocation makes a place below another, or at the root.
func (a *App) AddLocation(ctx context.Context, in LocationInput) (asset.Location, error) {
	return a.changeTree(ctx, "asset.location.add", func(tx *database.Tx, tree *domain.Tree, _ []domain.Location) (was, is domain.Location, err error) {
		is, err = tree.Add(in.Name, in.ParentID)
		store.InsertLocation(tx, is)
		return was, is, err
	})
}

// EditLocation renames a place whose version the caller saw, or moves it with all below it. It cannot move below itself.
func (a *App) EditLocation(ctx context.Context, which asset.LocationID, version int, in LocationInput) (asset.Location, error) {
	return a.changeTree(ctx, "asset.location.edit", func(tx *database.Tx, tree *domain.Tree, places []domain.Location) (was, is domain.Location, err error) {
		if was, err = find(places, which); err != nil {
			return was, is, err
		}
		if was.Version != version {
			return was, is, stale("location")
		}
		is, err = tree.Edit(was, in.Name, in.ParentID)
		store.SaveLocation(tx, is)
		return was, is, err
	})
}

// RemoveLocation removes a place that holds no asset and no other place; Conflict otherwise.
func (a *App) RemoveLocation(ctx context.Context, which asset.LocationID, version int) error {
	_, err := a.changeTree(ctx, "asset.location.remove", func(tx *database.Tx, _ *domain.Tree, places []domain.Location) (was, is domain.Location, err error) {
		if was, err = find(places, which); err != nil {
			return was, is, err
		}
		if was.Version != version {
			return was, is, stale("location")
		}
		store.DeleteLocation(tx, which)
		return was, is, nil
	})
	if database.IsForeignKey(err, "") {
		return fault.New(fault.Conflict, "location-in-use", "Assets or other locations are in this one; move them first.").Wrap(err)
	}
	return err
}

// changeTree runs one change of the tree; changes wait for each other.
func (a *App) changeTree(ctx context.Context, action string,
	change func(tx *database.Tx, tree *domain.Tree, places []domain.Location) (was, is domain.Location, err error),
) (asset.Location, error) {
	if _, err := a.reach(ctx, CanConfigure); err != nil {
		return asset.Location{}, err
	}
	return database.Write(ctx, a.DB, func(_ context.Context, tx *database.Tx) (asset.Location, error) {
		places, err := store.LockTree(ctx, tx)
		if err != nil {
			return asset.Location{}, err
		}
		tree := domain.NewTree(places)
		was, is, err := change(tx, tree, places)
		if err != nil {
			return asset.Location{}, err
		}
		entry := audit.Entry{Action: action, Subject: "location", SubjectID: is.ID.String(), Label: is.Name, After: is}
		if !was.ID.IsZero() {
			entry.Before = was
		}
		if is.ID.IsZero() {
			entry.SubjectID, entry.Label, entry.After = was.ID.String(), was.Name, nil
		}
		return locationView(domain.NewTree(with(places, is)), is), audit.Record(tx, entry)
	})
}

func find(places []domain.Location, which asset.LocationID) (domain.Location, error) {
	for _, place := range places {
		if place.ID == which {
			return place, nil
		}
	}
	return domain.Location{}, fault.New(fault.NotFound, "location-not-found", "There is no such location.")
}

// with is the places after one was added or replaced.
func with(places []domain.Location, changed domain.Location) []domain.Location {
	list := []domain.Location{changed}
	for _, place := range places {
		if place.ID != changed.ID {
			list = append(list, place)
		}
	}
	return list
}

func locationView(tree *domain.Tree, l domain.Location) asset.Location {
	return asset.Location{ID: l.ID, Name: l.Name, ParentID: l.ParentID, Path: tree.Path(l.ID), Version: l.Version}
}

func pathsOf(places []domain.Location) map[asset.LocationID]string {
	tree := domain.NewTree(places)
	paths := map[asset.LocationID]string{}
	for _, place := range places {
		paths[place.ID] = tree.Path(place.ID)
	}
	return paths
}
