package store

import (
	"context"
	"encoding/json"
	"fmt"

	"erp/internal/asset"
	"erp/internal/asset/internal/domain"
	"erp/internal/platform/database"
)

// LockPurchase is a purchase that nobody else changes until the transaction ends; a zero one when nobody has heard of it.
func LockPurchase(ctx context.Context, tx *database.Tx, which asset.PurchaseID) (domain.Purchase, error) {
	var p domain.Purchase
	var terms []byte
	err := query(ctx, tx.Conn(), func(row row) error { return row.Scan(&p.ID, (*string)(&p.Stage), &terms) },
		"SELECT id, stage, terms FROM purchase WHERE id = ? FOR UPDATE", which)
	if err != nil || terms == nil {
		return p, err
	}
	if err := json.Unmarshal(terms, &p.Order); err != nil {
		return p, fmt.Errorf("read order: %w", err)
	}
	return p, nil
}

// PreparePurchase keeps an order, unless it was kept or withdrawn before; false then.
func PreparePurchase(ctx context.Context, tx *database.Tx, o asset.Order) (bool, error) {
	terms, err := json.Marshal(o)
	if err != nil {
		return false, fmt.Errorf("keep order: %w", err)
	}
	first := false
	err = query(ctx, tx.Conn(), func(row row) error { return row.Scan(&first) }, `INSERT INTO purchase (id, stage, bill_id, category_id, location_id, terms, created_at, updated_at)
		VALUES (?, 'prepared', ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING RETURNING true`,
		o.PurchaseID, o.BillID, o.CategoryID, o.LocationID, string(terms), tx.Of().Now(), tx.Of().Now())
	return first, err
}

// ForestallPurchase withdraws a purchase that nobody has heard of yet: should it still arrive, it is refused. False when it
// has arrived meanwhile.
func ForestallPurchase(ctx context.Context, tx *database.Tx, which asset.PurchaseID) (bool, error) {
	first := false
	err := query(ctx, tx.Conn(), func(row row) error { return row.Scan(&first) }, `INSERT INTO purchase (id, stage, created_at, updated_at)
		VALUES (?, 'withdrawn', ?, ?) ON CONFLICT DO NOTHING RETURNING true`, which, tx.Of().Now(), tx.Of().Now())
	return first, err
}

// SavePurchase writes how far a locked purchase has come.
func SavePurchase(tx *database.Tx, p *domain.Purchase) {
	tx.Queue(`UPDATE purchase SET stage = $2, updated_at = $3 WHERE id = $1`, p.ID, string(p.Stage), tx.Of().Now())
}

// Bought are the assets of a purchase, in order of tag.
func Bought(ctx context.Context, from source, which asset.PurchaseID) ([]asset.ID, error) {
	var ids []asset.ID
	err := query(ctx, from, func(row row) error {
		var one asset.ID
		err := row.Scan(&one)
		ids = append(ids, one)
		return err
	}, "SELECT id FROM asset WHERE purchase_id = ? ORDER BY lower(tag)", which)
	return ids, err
}
