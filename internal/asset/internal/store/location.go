package store

import (
	"context"
	"fmt"

	"erp/internal/asset"
	"erp/internal/asset/internal/domain"
	"erp/internal/platform/database"
)

// Locations returns all of them, siblings by name.
func Locations(ctx context.Context, from source) ([]domain.Location, error) {
	var list []domain.Location
	err := query(ctx, from, func(row row) error {
		var l domain.Location
		err := row.Scan(&l.ID, &l.Name, &l.ParentID, &l.Version)
		list = append(list, l)
		return err
	}, "SELECT id, name, parent_id, version FROM location ORDER BY name, id")
	return list, err
}

// LocationName is the name of a place, empty for an unknown one.
func LocationName(ctx context.Context, from source, which asset.LocationID) (string, error) {
	name := ""
	err := query(ctx, from, func(row row) error { return row.Scan(&name) }, "SELECT name FROM location WHERE id = ?", which)
	return name, err
}

// LockTree lets one transaction at a time change the tree: two moves at once could make a circle that neither sees.
func LockTree(ctx context.Context, tx *database.Tx) ([]domain.Location, error) {
	if _, err := tx.Conn().Exec(ctx, "SELECT pg_advisory_xact_lock(hashtext(current_schema() || '.location'))"); err != nil {
		return nil, fmt.Errorf("lock the tree: %w", database.Fault(err))
	}
	return Locations(ctx, tx.Conn())
}

// InsertLocation adds a place.
func InsertLocation(tx *database.Tx, l domain.Location) {
	tx.Queue(insertLocation, l.ID, l.Name, l.ParentID, l.Version)
}

const insertLocation = `INSERT INTO location (id, name, parent_id, version) VALUES ($1, $2, $3, $4)`

// SaveLocation writes a changed place.
func SaveLocation(tx *database.Tx, l domain.Location) {
	tx.Queue(`UPDATE location SET name = $2, parent_id = $3, version = $4 WHERE id = $1`, l.ID, l.Name, l.ParentID, l.Version)
}

// DeleteLocation removes a place; one with assets or places in it violates their references.
func DeleteLocation(tx *database.Tx, which asset.LocationID) {
	tx.Queue(`DELETE FROM location WHERE id = $1`, which)
}

// AssetsAt counts the assets right at each place.
func AssetsAt(ctx context.Context, from source) (map[asset.LocationID]int, error) {
	counts := map[asset.LocationID]int{}
	err := query(ctx, from, func(row row) error {
		var at asset.LocationID
		n := 0
		err := row.Scan(&at, &n)
		counts[at] = n
		return err
	}, "SELECT location_id, count(*) FROM asset WHERE location_id IS NOT NULL GROUP BY location_id")
	return counts, err
}
