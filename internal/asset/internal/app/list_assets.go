package app

import (
	"context"
	"io"
	"strconv"
	"strings"

	"erp/internal/asset"
	"erp/internal/asset/internal/store"
	"erp/internal/platform/auth"
	"erp/internal/platform/csvfile"
	"erp/internal/platform/date"
	"erp/internal/platform/fault"
	"erp/internal/platform/page"
)

// List returns one page of the assets that the caller may see.
func (a *App) List(ctx context.Context, q asset.Query) (page.Of[asset.Asset], error) {
	none := page.Of[asset.Asset]{}
	reach, err := a.reach(ctx, CanRead)
	if err != nil {
		return none, err
	}
	query, err := a.query(ctx, q, reach)
	if err != nil {
		return none, err
	}
	after, err := page.Decode(q.Cursor, query.Sort, 2)
	if err != nil {
		return none, err
	}
	records, err := store.List(ctx, a.DB.Pool(), query, after)
	if err != nil {
		return none, blameCursor(err, after)
	}
	cut := page.Cut(records, q.Size(), func(r store.Record) string { return store.Cursor(query.Sort, &r) })
	list := page.Of[asset.Asset]{Items: published(cut.Items), Next: cut.Next}
	if !q.Count {
		return list, nil
	}
	n, err := store.Count(ctx, a.DB.Pool(), query)
	return list.Counted(n), err
}

// blameCursor names the cursor when the database cannot read what stands in one: nothing else of a list is free text
// to it.
func blameCursor(err error, after []string) error {
	if after != nil && fault.Is(err, fault.Invalid) {
		return invalid("query.cursor", "does not belong to this list and sort order; start from the first page")
	}
	return err
}

func (a *App) query(ctx context.Context, q asset.Query, reach store.Reach) (store.Query, error) {
	if q.Sort == "" {
		q.Sort = "tag"
	}
	if !store.SortsBy(q.Sort) {
		return store.Query{}, invalid("query.sort", "must be one of: %s; - in front turns it round", store.Sorts)
	}
	today, err := date.Date{}, error(nil)
	if !q.WarrantyUntil.IsZero() {
		today, err = a.Company.Today(ctx)
	}
	return store.Query{Query: q, Reach: reach, Today: today}, err
}

// Search finds assets the caller may see, the best match first; nothing for a caller who may see none.
func (a *App) Search(ctx context.Context, q string, limit int) ([]asset.Asset, error) {
	if strings.TrimSpace(q) == "" || !auth.Allowed(ctx, CanRead) {
		return []asset.Asset{}, nil
	}
	reach, err := a.reach(ctx, CanRead)
	if err != nil {
		return nil, err
	}
	records, err := store.Search(ctx, a.DB.Pool(), q, limit, reach)
	return published(records), err
}

// ExportAssets writes every asset that the query finds and the caller may see and export.
func (a *App) ExportAssets(ctx context.Context, q asset.Query) (func(w io.Writer) error, error) {
	reach, err := a.reach(ctx, CanExport, CanRead)
	if err != nil {
		return nil, err
	}
	query, err := a.query(ctx, q, reach)
	if err != nil {
		return nil, err
	}
	locations, err := store.Locations(ctx, a.DB.Pool())
	if err != nil {
		return nil, err
	}
	paths := pathsOf(locations)
	return func(w io.Writer) error {
		file := csvfile.NewWriter(w, exportColumns...)
		err := store.Export(ctx, a.DB.Standby().Pool(), query, func(r *store.Record) error {
			file.Row(r.Tag, r.Name, r.Category, r.Serial, r.Model, r.Supplier, paths[r.LocationID], r.PurchasedOn.String(),
				r.Cost.String(), string(r.Currency), r.WarrantyUntil.String(), string(r.Method), string(r.Convention),
				strconv.Itoa(r.LifeMonths), r.Salvage.String(), r.InServiceOn.String(), r.Notes, string(r.Status), r.HolderName)
			return nil
		})
		if err != nil {
			return err
		}
		return file.Flush()
	}, nil
}
