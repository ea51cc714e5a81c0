package store

import (
	"context"
	"time"

	"github.com/jackc/pgx/v5/pgtype"

	"erp/internal/asset"
	"erp/internal/asset/internal/domain"
	"erp/internal/employee"
	"erp/internal/platform/database"
	"erp/internal/platform/date"
)

// Record is an asset with the names of its category and its location.
type Record struct {
	domain.Asset
	Category string
	Location string
}

// Published is the view of the record.
func (r *Record) Published() asset.Asset { return r.View(r.Category, r.Location) }

// none is what a missing id is read as.
const none = `'00000000-0000-0000-0000-000000000000'`

const assetFields = `a.id, a.tag, a.name, a.serial, a.model, a.supplier, a.notes, a.category_id, coalesce(a.location_id, ` + none + `),
	a.purchased_on, a.cost::text, a.currency, a.warranty_until, a.method, a.convention, a.life_months, a.salvage::text, a.in_service_on,
	a.status, coalesce(a.holder_id, ` + none + `), a.holder_name, a.held_since, a.due_on, a.retired_on, a.disposed_on,
	coalesce(a.sale_id, ` + none + `),
	coalesce(a.purchase_id, ` + none + `), coalesce(a.bill_id, ` + none + `), a.bill_number, a.version,
	a.created_at, a.updated_at, `

const assetColumns = assetFields + `c.name, coalesce(l.name, '')`

const assetTables = ` FROM asset a` + assetNames

// assetAlone finds the two names without the hash tables that joins of small tables make: for few assets in half the time.
const assetAlone = "SELECT " + assetFields + `(SELECT c.name FROM category c WHERE c.id = a.category_id),
	coalesce((SELECT l.name FROM location l WHERE l.id = a.location_id), '') FROM asset a`

const assetNames = ` JOIN category c ON c.id = a.category_id LEFT JOIN location l ON l.id = a.location_id`

// scan reads assetColumns into what the driver fills without a detour: a list reads some thousand values.
func (r *Record) scan(row row) error {
	var since *time.Time
	var cost, salvage string
	var purchased, warranty, service, due, retired, disposed pgtype.Date
	err := row.Scan(
		(*[16]byte)(&r.ID), &r.Tag, &r.Name, &r.Serial, &r.Model, &r.Supplier, &r.Notes, (*[16]byte)(&r.CategoryID), (*[16]byte)(&r.LocationID),
		&purchased, &cost, (*string)(&r.Currency), &warranty, (*string)(&r.Method), (*string)(&r.Convention), &r.LifeMonths, &salvage, &service,
		(*string)(&r.Status), (*[16]byte)(&r.HolderID), &r.HolderName, &since, &due, &retired, &disposed,
		(*[16]byte)(&r.SaleID),
		(*[16]byte)(&r.Bought.PurchaseID), (*[16]byte)(&r.Bought.BillID), &r.Bought.BillNumber, &r.Version,
		&r.CreatedAt, &r.UpdatedAt, &r.Category, &r.Location,
	)
	if err != nil {
		return err
	}
	if since != nil {
		r.HeldSince = since.UTC()
	}
	r.CreatedAt, r.UpdatedAt = r.CreatedAt.UTC(), r.UpdatedAt.UTC()
	r.PurchasedOn, r.WarrantyUntil, r.InServiceOn = day(purchased), day(warranty), day(service)
	r.DueOn, r.RetiredOn, r.DisposedOn = day(due), day(retired), day(disposed)
	if err := r.Cost.Scan(cost); err != nil {
		return err
	}
	return r.Salvage.Scan(salvage)
}

func day(d pgtype.Date) date.Date {
	if !d.Valid {
		return date.Date{}
	}
	return date.From(d.Time)
}

func (s *statement) records(ctx context.Context, from source) ([]Record, error) {
	return recordsOf(ctx, from, s.expect, s.sql.String(), s.values()...)
}

func recordsOf(ctx context.Context, from source, expect int, sql string, args ...any) ([]Record, error) {
	records := make([]Record, 0, expect)
	err := run(ctx, from, func(row row) error {
		records = append(records, Record{})
		return records[len(records)-1].scan(row)
	}, sql, args...)
	return records, err
}

// Assets returns those of the assets that lie inside the reach.
func Assets(ctx context.Context, from source, ids []asset.ID, reach Reach) ([]Record, error) {
	if len(ids) == 1 {
		return oneAsset(ctx, from, ids[0], reach)
	}
	s := statement{expect: len(ids)}
	s.add("SELECT "+assetColumns+assetTables+" WHERE a.id = ANY(?) AND ", database.Array(ids))
	s.within(reach)
	s.add(" ORDER BY lower(a.tag)")
	return s.records(ctx, from)
}

func oneAsset(ctx context.Context, from source, which asset.ID, reach Reach) ([]Record, error) {
	if reach.All {
		return recordsOf(ctx, from, 1, assetAlone+" WHERE a.id = $1", which)
	}
	return recordsOf(ctx, from, 1, assetAlone+" WHERE a.id = $1 AND a.holder_id = ANY($2)", which, database.Array(reach.Holders))
}

// Lock returns those of the assets that lie inside the reach and keeps others from changing them until the transaction
// ends. They are locked in order of id, so that two changes of many never wait for each other in a circle.
func Lock(ctx context.Context, tx *database.Tx, ids []asset.ID, reach Reach) ([]Record, error) {
	var s statement
	s.add(assetAlone + " WHERE ")
	s.within(reach)
	s.add(" AND a.id = ANY(?) ORDER BY a.id FOR UPDATE OF a", database.Array(ids))
	return s.records(ctx, tx.Conn())
}

// LockHeldBy locks all that the person holds, has in repair or has reserved.
func LockHeldBy(ctx context.Context, tx *database.Tx, holder employee.ID) ([]Record, error) {
	var s statement
	s.add(assetAlone+" WHERE a.holder_id = ? ORDER BY a.id FOR UPDATE OF a", holder)
	return s.records(ctx, tx.Conn())
}

// HeldBy returns what these people hold or have reserved, in order of tag.
func HeldBy(ctx context.Context, from source, holders []employee.ID) ([]Record, error) {
	var s statement
	s.add("SELECT "+assetColumns+assetTables+" WHERE a.holder_id = ANY(?) ORDER BY lower(a.tag)", database.Array(holders))
	return s.records(ctx, from)
}

// TakenTags returns those of the tags, in lower case, that assets have.
func TakenTags(ctx context.Context, from source, lower []string) (map[string]bool, error) {
	taken := map[string]bool{}
	err := query(ctx, from, func(row row) error {
		var tag string
		err := row.Scan(&tag)
		taken[tag] = true
		return err
	}, "SELECT lower(tag) FROM asset WHERE lower(tag) = ANY(?)", database.Array(lower))
	return taken, err
}
