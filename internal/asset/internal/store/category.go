package store

import (
	"context"

	"erp/internal/asset"
	"erp/internal/asset/internal/domain"
	"erp/internal/platform/database"
	"erp/internal/platform/fault"
)

const categoryColumns = "c.id, c.name, c.prefix, c.method, c.convention, c.life_months, c.salvage_percent, c.version"

func categoryTargets(c *domain.Category) []any {
	return []any{&c.ID, &c.Name, &c.Prefix, &c.Method, &c.Convention, &c.LifeMonths, &c.SalvagePercent, &c.Version}
}

// Categories returns all of them by name.
func Categories(ctx context.Context, from source) ([]domain.Category, error) {
	var list []domain.Category
	err := query(ctx, from, func(row row) error {
		var c domain.Category
		err := row.Scan(categoryTargets(&c)...)
		list = append(list, c)
		return err
	}, "SELECT "+categoryColumns+" FROM category c ORDER BY c.name, c.id")
	return list, err
}

// Place is a category and a location's name, asked for together; a zero or unknown location has none.
func Place(ctx context.Context, from source, category asset.CategoryID, location asset.LocationID) (c domain.Category, locationName string, err error) {
	found := false
	err = query(ctx, from, func(row row) error {
		found = true
		return row.Scan(append(categoryTargets(&c), &locationName)...)
	}, "SELECT "+categoryColumns+", coalesce((SELECT l.name FROM location l WHERE l.id = ?), '') FROM category c WHERE c.id = ?", location, category)
	if err == nil && !found {
		c = domain.Category{}
	}
	return c, locationName, err
}

// LockCategory keeps others from changing the category until the transaction ends.
func LockCategory(ctx context.Context, tx *database.Tx, which asset.CategoryID) (domain.Category, error) {
	var c domain.Category
	err := query(ctx, tx.Conn(), func(row row) error { return row.Scan(categoryTargets(&c)...) },
		"SELECT "+categoryColumns+" FROM category c WHERE c.id = ? FOR UPDATE", which)
	if err == nil && c.ID.IsZero() {
		err = fault.New(fault.NotFound, "category-not-found", "There is no such category.")
	}
	return c, err
}

// InsertCategory adds a category.
func InsertCategory(tx *database.Tx, c domain.Category) {
	tx.Queue(insertCategory, categoryValues(c)...)
}

const insertCategory = `INSERT INTO category (id, name, prefix, method, convention, life_months, salvage_percent, last_number, version)
	VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)`

func categoryValues(c domain.Category) []any {
	return []any{c.ID, c.Name, c.Prefix, c.Method, c.Convention, c.LifeMonths, c.SalvagePercent, c.LastNumber, c.Version}
}

// SaveCategory writes a changed category that the transaction has locked.
func SaveCategory(tx *database.Tx, c domain.Category) {
	tx.Queue(`UPDATE category SET name = $2, prefix = $3, method = $4, convention = $5, life_months = $6, salvage_percent = $7, version = $8
		WHERE id = $1`, c.ID, c.Name, c.Prefix, c.Method, c.Convention, c.LifeMonths, c.SalvagePercent, c.Version)
}

// DeleteCategory removes a category that the transaction has locked; one with assets violates their reference.
func DeleteCategory(tx *database.Tx, which asset.CategoryID) {
	tx.Queue(`DELETE FROM counter WHERE category_id = $1 AND assets = 0`, which)
	tx.Queue(`DELETE FROM category WHERE id = $1`, which)
}

// TakeNumbers takes the next n tag numbers of the category and returns its prefix and the first of them. Numbers that
// are not used stay unused.
func TakeNumbers(ctx context.Context, from source, which asset.CategoryID, n int) (prefix string, first int, err error) {
	last := 0
	err = query(ctx, from, func(row row) error { return row.Scan(&prefix, &last) },
		"UPDATE category SET last_number = last_number + ? WHERE id = ? RETURNING prefix, last_number", n, which)
	return prefix, last - n + 1, err
}

// SkipNumbers moves the category's counter behind the highest number that typed tags use of its prefix.
func SkipNumbers(ctx context.Context, from source, which asset.CategoryID) error {
	return query(ctx, from, func(row) error { return nil }, `UPDATE category c SET last_number = greatest(c.last_number, coalesce((
		SELECT max(substr(a.tag, length(c.prefix) + 2)::integer) FROM asset a
		WHERE lower(a.tag) LIKE lower(c.prefix) || '-%' AND substr(a.tag, length(c.prefix) + 2) ~ '^[0-9]{1,8}$'), 0)) WHERE c.id = ?`, which)
}
