package store

import (
	"encoding/json"
	"fmt"
	"time"

	"erp/internal/asset"
	"erp/internal/asset/internal/domain"
	"erp/internal/platform/database"
	"erp/internal/platform/id"
	"erp/internal/platform/money"
)

// Line is a history line to be written.
type Line struct {
	Kind    asset.LineKind
	At      time.Time
	Actor   string
	Holder  domain.Holder // the person concerned
	Reason  asset.Reason
	Note    string
	Changes []asset.Change
}

// Insert adds a new asset with its first history line and tells the counters, in one statement that travels with the
// COMMIT. A tag that is taken violates asset_tag_key then.
func Insert(tx *database.Tx, a *domain.Asset, line Line) {
	tx.Queue(`WITH line AS (INSERT INTO history (id, asset_id, at, kind, actor, holder_name, reason, note)
			VALUES ($22, $1, $21, $23, $24, '', '', $25)),
		counted AS (INSERT INTO counter_change (category_id, status, currency, assets, cost) VALUES ($8, $19, $12, 1, $11))
		INSERT INTO asset (id, tag, name, serial, model, supplier, notes, category_id, location_id, purchased_on, cost, currency,
		warranty_until, method, convention, life_months, salvage, in_service_on, status, holder_name, version, created_at, updated_at,
		purchase_id, bill_id, bill_number)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, '', $20, $21, $21, $26, $27, $28)`,
		a.ID, a.Tag, a.Name, a.Serial, a.Model, a.Supplier, a.Notes, a.CategoryID, a.LocationID, a.PurchasedOn, a.Cost, a.Currency,
		a.WarrantyUntil, a.Method, a.Convention, a.LifeMonths, a.Salvage, a.InServiceOn, a.Status, a.Version, a.CreatedAt,
		id.New[asset.HistoryLine](), line.Kind, line.Actor, line.Note, a.Bought.PurchaseID, a.Bought.BillID, a.Bought.BillNumber)
}

// Save writes a changed asset that the transaction has locked, with what follows from the change: custody intervals,
// counters and a history line. Everything travels with the COMMIT.
func Save(tx *database.Tx, was, is *domain.Asset, line Line) error {
	tx.Queue(`UPDATE asset SET tag = $2, name = $3, serial = $4, model = $5, supplier = $6, notes = $7, category_id = $8, location_id = $9,
		purchased_on = $10, cost = $11, currency = $12, warranty_until = $13, method = $14, convention = $15, life_months = $16,
		salvage = $17, in_service_on = $18, status = $19, holder_id = $20, holder_name = $21, held_since = $22, due_on = $23,
		retired_on = $24, disposed_on = $25, version = $26, updated_at = $27, sale_id = $28 WHERE id = $1`,
		is.ID, is.Tag, is.Name, is.Serial, is.Model, is.Supplier, is.Notes, is.CategoryID, is.LocationID,
		is.PurchasedOn, is.Cost, is.Currency, is.WarrantyUntil, is.Method, is.Convention, is.LifeMonths,
		is.Salvage, is.InServiceOn, is.Status, is.HolderID, is.HolderName, instant(is.HeldSince), is.DueOn,
		is.RetiredOn, is.DisposedOn, is.Version, is.UpdatedAt, is.SaleID)
	saveCustody(tx, was, is, line)
	if counted(was) != counted(is) || !was.Cost.Equal(is.Cost) {
		count(tx, was, -1)
		count(tx, is, 1)
	}
	return addLine(tx, is.ID, line)
}

// saveCustody ends the old interval and begins the new one when the custodian changed. A clock that was set back cannot
// make intervals overlap: the next never begins before the last has ended.
func saveCustody(tx *database.Tx, was, is *domain.Asset, line Line) {
	from, to := was.Custodian(), is.Custodian()
	if from.ID == to.ID {
		return
	}
	if !from.IsZero() {
		tx.Queue(`UPDATE custody SET ended_at = greatest($2::timestamptz, started_at + interval '1 microsecond'), end_reason = $3
			WHERE asset_id = $1 AND ended_at IS NULL`, is.ID, line.At, line.Reason)
	}
	if !to.IsZero() {
		tx.Queue(`INSERT INTO custody (id, asset_id, holder_id, holder_name, started_at, due_on)
			SELECT $1, $2, $3, $4, greatest($5::timestamptz, max(ended_at)), $6::date FROM custody WHERE asset_id = $2`,
			id.New[asset.Custody](), is.ID, to.ID, to.Name, line.At, is.DueOn)
	}
}

func addLine(tx *database.Tx, of asset.ID, line Line) error {
	var changes any
	if len(line.Changes) > 0 {
		text, err := json.Marshal(line.Changes)
		if err != nil {
			return fmt.Errorf("write changes: %w", err)
		}
		changes = string(text)
	}
	tx.Queue(`INSERT INTO history (id, asset_id, at, kind, actor, holder_id, holder_name, reason, note, changes)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
		id.New[asset.HistoryLine](), of, line.At, line.Kind, line.Actor, line.Holder.ID, line.Holder.Name, line.Reason, line.Note, changes)
	return nil
}

type counterKey struct {
	category asset.CategoryID
	status   asset.Status
	currency money.Currency
}

func counted(a *domain.Asset) counterKey { return counterKey{a.CategoryID, a.Status, a.Currency} }

// count tells the counters of an asset that came (1) or went (-1).
func count(tx *database.Tx, a *domain.Asset, sign int64) {
	tx.Queue(`INSERT INTO counter_change (category_id, status, currency, assets, cost) VALUES ($1, $2, $3, $4, $5)`,
		a.CategoryID, a.Status, a.Currency, sign, a.Cost.Mul(money.FromInt(sign)))
}

// instant is NULL for the zero time.
func instant(t time.Time) any {
	if t.IsZero() {
		return nil
	}
	return t
}

// IsTagTaken reports that an insert or a save met another asset's tag.
func IsTagTaken(err error) bool { return database.IsUnique(err, "asset_tag_key") }

// IsHeld reports that the server itself refused a second holder.
func IsHeld(err error) bool {
	return database.IsUnique(err, "custody_open_key") || database.IsExclusion(err, "custody_overlap")
}
