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
	return changed(ctx, tx, `INSERT INTO sale (id, stage, currency, proceeds, cost, accumulated, value, gain, holder_name, created_at, updated_at)
		VALUES (?, 'withdrawn', '', 0, 0, 0, 0, 0, '', ?, ?) ON CONFLICT DO NOTHING RETURNING true`, which, tx.Of().Now(), tx.Of().Now())
}

// changed reports whether a statement that returns true for a changed row changed one.
func changed(ctx context.Context, tx *database.Tx, sql string, args ...any) (bool, error) {
	did := false
	err := query(ctx, tx.Conn(), func(row row) error { return row.Scan(&did) }, sql, args...)
	return did, err
}

// StageOfPurchase tells how far a purchase has come, and keeps others from changing it; "" when nobody has heard of it.
func StageOfPurchase(ctx context.Context, tx *database.Tx, which asset.PurchaseID) (string, error) {
	stage := ""
	err := query(ctx, tx.Conn(), func(row row) error { return row.Scan(&stage) }, `SELECT stage FROM purchase WHERE id = ? FOR UPDATE`, which)
	return stage, err
}

// Stages of a purchase.
const (
	PurchaseRegistered = "registered"
	PurchaseWithdrawn  = "withdrawn"
)

// InsertPurchase keeps a purchase in a stage; false when somebody else was faster.
func InsertPurchase(ctx context.Context, tx *database.Tx, which asset.PurchaseID, stage string) (bool, error) {
	return changed(ctx, tx, `INSERT INTO purchase (id, stage, created_at, updated_at) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING RETURNING true`,
		which, stage, tx.Of().Now(), tx.Of().Now())
}

// WithdrawPurchase keeps that a purchase was taken back.
func WithdrawPurchase(tx *database.Tx, which asset.PurchaseID) {
	tx.Queue(`UPDATE purchase SET stage = 'withdrawn', updated_at = $2 WHERE id = $1`, which, tx.Of().Now())
}

// LockPurchased locks the assets that came by a purchase and gives them in the order of their making.
func LockPurchased(ctx context.Context, tx *database.Tx, which asset.PurchaseID) ([]Record, error) {
	var s statement
	s.add("SELECT "+assetColumns+assetTables+" WHERE a.purchase_id = ? ORDER BY a.id FOR UPDATE OF a", which)
	return s.records(ctx, tx.Conn())
}
