package store

import (
	"context"

	"erp/internal/asset"
	"erp/internal/asset/internal/domain"
	"erp/internal/platform/database"
	"erp/internal/platform/money"
)

const saleColumns = `s.id, coalesce(s.asset_id, ` + none + `), coalesce(a.tag, ''), coalesce(a.name, ''), s.stage, s.sold_on, s.currency, s.proceeds, s.cost,
	s.accumulated, s.value, s.holder_id, s.holder_name, s.due_on FROM sale s LEFT JOIN asset a ON a.id = s.asset_id WHERE s.id = ?`

// SaleByID is a sale; a zero one when nobody has heard of it.
func SaleByID(ctx context.Context, from source, which asset.SaleID) (domain.Sale, error) {
	return sale(ctx, from, "SELECT "+saleColumns, which)
}

// LockSale is SaleByID, and keeps others from changing it until the transaction ends.
func LockSale(ctx context.Context, tx *database.Tx, which asset.SaleID) (domain.Sale, error) {
	return sale(ctx, tx.Conn(), "SELECT "+saleColumns+" FOR UPDATE OF s", which)
}

func sale(ctx context.Context, from source, sql string, which asset.SaleID) (domain.Sale, error) {
	var s domain.Sale
	err := query(ctx, from, func(row row) error {
		err := row.Scan(&s.ID, &s.AssetID, &s.Tag, &s.Name, (*string)(&s.Stage), &s.On, (*string)(&s.Currency), &s.Proceeds, &s.Cost,
			&s.Accumulated, &s.Value, &s.Holder.ID, &s.Holder.Name, &s.Holder.DueOn)
		for _, amount := range []*money.Decimal{&s.Proceeds, &s.Cost, &s.Accumulated, &s.Value} {
			*amount = amount.In(s.Currency)
		}
		s.Gain = s.Proceeds.Sub(s.Value)
		return err
	}, sql, which)
	return s, err
}

// InsertSale keeps a sale that has just been reserved.
func InsertSale(tx *database.Tx, s *domain.Sale) {
	tx.Queue(`INSERT INTO sale (id, asset_id, stage, sold_on, currency, proceeds, cost, accumulated, value, gain, holder_name, created_at, updated_at)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, '', $11, $11)`,
		s.ID, s.AssetID, string(s.Stage), s.On, string(s.Currency), s.Proceeds, s.Cost, s.Accumulated, s.Value, s.Gain, tx.Of().Now())
}

// SaveSale writes a sale that the transaction has locked.
func SaveSale(tx *database.Tx, s *domain.Sale) {
	tx.Queue(`UPDATE sale SET stage = $2, sold_on = $3, proceeds = $4, cost = $5, accumulated = $6, value = $7, gain = $8, holder_id = $9, holder_name = $10,
		due_on = $11, updated_at = $12 WHERE id = $1`,
		s.ID, string(s.Stage), s.On, s.Proceeds, s.Cost, s.Accumulated, s.Value, s.Gain, s.Holder.ID, s.Holder.Name, s.Holder.DueOn, tx.Of().Now())
}

// ForestallSale withdraws a sale that nobody has heard of yet: should its beginning still arrive, it is refused. False
// when it has arrived meanwhile.
func ForestallSale(ctx context.Context, tx *database.Tx, which asset.SaleID) (bool, error) {
	first := false
	err := query(ctx, tx.Conn(), func(row row) error { return row.Scan(&first) }, `INSERT INTO sale (id, stage, currency, proceeds, cost, accumulated, value, gain, holder_name, created_at, updated_at)
		VALUES (?, 'withdrawn', '', 0, 0, 0, 0, 0, '', ?, ?) ON CONFLICT DO NOTHING RETURNING true`, which, tx.Of().Now(), tx.Of().Now())
	return first, err
}
