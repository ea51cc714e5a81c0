package store

import (
	"context"

	"erp/internal/asset"
	"erp/internal/platform/database"
	"erp/internal/platform/date"
	"erp/internal/platform/money"
)

// Counter is how many assets of a category and currency are in a state, and their cost.
type Counter struct {
	CategoryID asset.CategoryID
	Category   string
	Status     asset.Status
	Currency   money.Currency
	Assets     int
	Cost       money.Decimal
}

// Counters is the register in numbers: as many rows as there are kinds, however many assets.
func Counters(ctx context.Context, from source) ([]Counter, error) {
	var list []Counter
	err := query(ctx, from, func(row row) error {
		var c Counter
		err := row.Scan(&c.CategoryID, &c.Category, &c.Status, &c.Currency, &c.Assets, &c.Cost)
		list = append(list, c)
		return err
	}, `SELECT n.category_id, c.name, n.status, n.currency, sum(n.assets), sum(n.cost)
		FROM (SELECT category_id, status, currency, assets, cost FROM counter
			UNION ALL SELECT category_id, status, currency, assets, cost FROM counter_change) n
		JOIN category c ON c.id = n.category_id
		GROUP BY n.category_id, c.name, n.status, n.currency HAVING sum(n.assets) <> 0 ORDER BY c.name, n.status`)
	return list, err
}

// Fold adds the differences to the counters. Numbers read meanwhile are right before and after.
func Fold(tx *database.Tx) {
	tx.Queue(`WITH gone AS (DELETE FROM counter_change RETURNING category_id, status, currency, assets, cost),
		sums AS (SELECT category_id, status, currency, sum(assets) AS assets, sum(cost) AS cost FROM gone GROUP BY 1, 2, 3)
		INSERT INTO counter AS n (category_id, status, currency, assets, cost) SELECT * FROM sums
		ON CONFLICT (category_id, status, currency) DO UPDATE SET assets = n.assets + excluded.assets, cost = n.cost + excluded.cost`)
}

// WarrantyEnding counts assets whose warranty ends from one day to another, up to one more than a page tells.
func WarrantyEnding(ctx context.Context, from source, first, last date.Date) (int, error) {
	n := 0
	err := query(ctx, from, func(row row) error { return row.Scan(&n) },
		`SELECT count(*) FROM (SELECT 1 FROM asset WHERE warranty_until BETWEEN ?::date AND ?::date AND status <> 'retired' LIMIT 1001) found`,
		first, last)
	return n, err
}
