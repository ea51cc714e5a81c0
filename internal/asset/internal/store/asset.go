package store

import (
	"database/sql"
	"time"

	"gorm.io/gorm"

	"erp/internal/asset"
	"erp/internal/asset/internal/domain"
	"erp/internal/employee"
	"erp/internal/platform/database"
)

// Record is an asset with the names of its category and its location.
type Record struct {
	domain.Asset
	Category string
	Location string
}

// Published is the view of the record.
func (r *Record) Published() asset.Asset { return r.View(r.Category, r.Location) }

const assetColumns = `a.id, a.tag, a.name, a.serial, a.model, a.supplier, a.notes, a.category_id, a.location_id, a.purchased_on,
	a.cost, a.currency, a.warranty_until, a.method, a.convention, a.life_months, a.salvage, a.in_service_on, a.status,
	a.holder_id, a.holder_name, a.held_since, a.due_on, a.retired_on, a.disposed_on, a.version, a.created_at, a.updated_at,
	c.name, coalesce(l.name, '')`

const assetTables = ` FROM asset a JOIN category c ON c.id = a.category_id LEFT JOIN location l ON l.id = a.location_id`

// scan reads assetColumns, and more behind them.
func (r *Record) scan(row row, more ...any) error {
	var since sql.NullTime
	targets := []any{
		&r.ID, &r.Tag, &r.Name, &r.Serial, &r.Model, &r.Supplier, &r.Notes, &r.CategoryID, &r.LocationID, &r.PurchasedOn,
		&r.Cost, &r.Currency, &r.WarrantyUntil, &r.Method, &r.Convention, &r.LifeMonths, &r.Salvage, &r.InServiceOn, &r.Status,
		&r.HolderID, &r.HolderName, &since, &r.DueOn, &r.RetiredOn, &r.DisposedOn, &r.Version, &r.CreatedAt, &r.UpdatedAt,
		&r.Category, &r.Location,
	}
	err := row.Scan(append(targets, more...)...)
	r.HeldSince, r.CreatedAt, r.UpdatedAt = since.Time.UTC(), r.CreatedAt.UTC(), r.UpdatedAt.UTC()
	if !since.Valid {
		r.HeldSince = time.Time{}
	}
	return err
}

func (s *statement) records(g *gorm.DB) ([]Record, error) {
	var records []Record
	err := s.query(g, func(row row) error {
		var r Record
		err := r.scan(row)
		records = append(records, r)
		return err
	})
	return records, err
}

// Assets returns those of the assets that lie inside the reach.
func Assets(g *gorm.DB, ids []asset.ID, reach Reach) ([]Record, error) {
	var s statement
	s.add("SELECT " + assetColumns + assetTables + " WHERE ")
	s.within(reach)
	if len(ids) == 1 {
		s.add(" AND a.id = ?", ids[0])
	} else {
		s.add(" AND a.id = ANY(?) ORDER BY lower(a.tag)", database.Array(ids))
	}
	return s.records(g)
}

// Lock returns those of the assets that lie inside the reach and keeps others from changing them until the transaction
// ends. They are locked in order of id, so that two changes of many never wait for each other in a circle.
func Lock(tx *database.Tx, ids []asset.ID, reach Reach) ([]Record, error) {
	var s statement
	s.add("SELECT " + assetColumns + assetTables + " WHERE ")
	s.within(reach)
	s.add(" AND a.id = ANY(?) ORDER BY a.id FOR UPDATE OF a", database.Array(ids))
	return s.records(tx.DB)
}

// LockHeldBy locks all that the person holds, has in repair or has reserved.
func LockHeldBy(tx *database.Tx, holder employee.ID) ([]Record, error) {
	var s statement
	s.add("SELECT "+assetColumns+assetTables+" WHERE a.holder_id = ? ORDER BY a.id FOR UPDATE OF a", holder)
	return s.records(tx.DB)
}

// HeldBy returns what these people hold or have reserved, in order of tag.
func HeldBy(g *gorm.DB, holders []employee.ID) ([]Record, error) {
	var s statement
	s.add("SELECT "+assetColumns+assetTables+" WHERE a.holder_id = ANY(?) ORDER BY lower(a.tag)", database.Array(holders))
	return s.records(g)
}

// TakenTags returns those of the tags, in lower case, that assets have.
func TakenTags(g *gorm.DB, lower []string) (map[string]bool, error) {
	taken := map[string]bool{}
	err := query(g, func(row row) error {
		var tag string
		err := row.Scan(&tag)
		taken[tag] = true
		return err
	}, "SELECT lower(tag) FROM asset WHERE lower(tag) = ANY(?)", database.Array(lower))
	return taken, err
}
