package app

import (
	"context"

	"erp/internal/asset"
	"erp/internal/asset/internal/store"
	"erp/internal/employee"
	"erp/internal/platform/bulk"
	"erp/internal/platform/date"
)

// Selection says which assets: these, or all that the list finds with this filter.
type Selection struct {
	IDs    []asset.ID   `json:"ids,omitempty" minItems:"1" maxItems:"10000" doc:"These assets; instead of filter"`
	Filter *AssetFilter `json:"filter,omitempty" doc:"All assets that the list finds with the same filter, at most 10,000; an empty one finds all"`
}

// AssetFilter narrows the assets as the list does.
type AssetFilter struct {
	Q             string           `json:"q,omitempty" maxLength:"200" doc:"Words to search for"`
	Status        []asset.Status   `json:"status,omitempty" maxItems:"6" enum:"available,reserved,assigned,in-repair,lost,retired" doc:"Any of these"`
	CategoryID    asset.CategoryID `json:"categoryId,omitzero"`
	LocationID    asset.LocationID `json:"locationId,omitzero" doc:"This place and all places in it"`
	HolderID      employee.ID      `json:"holderId,omitzero" doc:"Held by or reserved for this person"`
	BillID        asset.BillID     `json:"billId,omitzero" doc:"Bought on this vendor's bill"`
	WarrantyUntil date.Date        `json:"warrantyUntil,omitzero" doc:"Warranty ends from today to this day; retired assets are left out"`
}

func (f AssetFilter) query() asset.Query {
	return asset.Query{
		Q: f.Q, Status: f.Status, CategoryID: f.CategoryID, LocationID: f.LocationID, HolderID: f.HolderID, BillID: f.BillID, WarrantyUntil: f.WarrantyUntil,
	}
}

// check refuses a selection that says both or neither.
func (s Selection) check() error {
	switch {
	case s.Filter == nil && len(s.IDs) == 0:
		return invalid("body.ids", "must name at least one asset, or give a filter instead")
	case s.Filter != nil && len(s.IDs) > 0:
		return invalid("body.filter", "cannot stand beside ids; give one of the two")
	}
	return nil
}

// found are the assets of the filter inside the reach, in the order of tags; Invalid when there are more than most.
func (a *App) found(ctx context.Context, f AssetFilter, reach store.Reach, most int) ([]store.Selected, error) {
	query, err := a.query(ctx, f.query(), reach)
	if err != nil {
		return nil, err
	}
	list, err := store.Select(ctx, a.DB.Pool(), query, most+1)
	if err == nil && len(list) > most {
		err = invalid("body.filter", "finds more than %d assets; narrow it and do the rest afterwards", most)
	}
	return list, err
}

// subjects are the selected assets as a bulk action knows them: an asset that was named without lying inside the reach
// has no label, and is refused when its turn comes.
func (a *App) subjects(ctx context.Context, s Selection, reach store.Reach) ([]bulk.Subject, error) {
	if err := s.check(); err != nil {
		return nil, err
	}
	var list []bulk.Subject
	if s.Filter != nil {
		found, err := a.found(ctx, *s.Filter, reach, bulk.MaxRows)
		for _, one := range found {
			list = append(list, bulk.Subject{ID: one.ID.String(), Label: one.Label()})
		}
		return list, err
	}
	named, err := store.Named(ctx, a.DB.Pool(), s.IDs, reach)
	if err != nil {
		return nil, err
	}
	labels, taken := map[asset.ID]string{}, map[asset.ID]bool{}
	for _, one := range named {
		labels[one.ID] = one.Label()
	}
	for _, which := range s.IDs {
		if !taken[which] {
			list = append(list, bulk.Subject{ID: which.String(), Label: labels[which]})
		}
		taken[which] = true
	}
	return list, nil
}
