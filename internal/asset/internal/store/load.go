package store

import (
	"bytes"
	"context"
	"fmt"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"

	"erp/internal/asset"
	"erp/internal/asset/internal/domain"
	"erp/internal/platform/database"
)

// Inhabited tells whether there is any asset or category yet.
func Inhabited(ctx context.Context, from source) (bool, error) {
	there := false
	err := query(ctx, from, func(row row) error { return row.Scan(&there) }, "SELECT EXISTS (SELECT 1 FROM asset) OR EXISTS (SELECT 1 FROM category)")
	return there, err
}

// SetUp writes categories and places that the same transaction refers to.
func SetUp(ctx context.Context, tx *database.Tx, categories []domain.Category, places []domain.Location) error {
	var batch pgx.Batch
	for _, c := range categories {
		batch.Queue(insertCategory, categoryValues(c)...)
	}
	for _, l := range places {
		batch.Queue(insertLocation, l.ID, l.Name, l.ParentID, l.Version)
	}
	if err := tx.Conn().SendBatch(ctx, &batch).Close(); err != nil {
		return fmt.Errorf("set up: %w", database.Fault(err))
	}
	return nil
}

// Load writes many assets at once, with who held them and what happened to them. Counters are told by CountAll.
type Load struct {
	assets, custody, history bytes.Buffer
}

// Asset adds an asset as it stands now.
func (l *Load) Asset(a *domain.Asset) {
	write(&l.assets, a.ID, a.Tag, a.Name, a.Serial, a.Model, a.Supplier, a.Notes, a.CategoryID, null(a.LocationID.String()),
		null(a.PurchasedOn.String()), a.Cost, a.Currency, null(a.WarrantyUntil.String()), a.Method, a.Convention, a.LifeMonths, a.Salvage,
		null(a.InServiceOn.String()), a.Status, null(a.HolderID.String()), a.HolderName, moment(a.HeldSince), null(a.DueOn.String()),
		null(a.RetiredOn.String()), null(a.DisposedOn.String()), a.Version, moment(a.CreatedAt), moment(a.UpdatedAt))
}

// Custody adds an interval; the zero end is open.
func (l *Load) Custody(c asset.Custody) {
	write(&l.custody, c.ID, c.AssetID, c.HolderID, c.HolderName, moment(c.From), moment(c.To), null(c.DueOn.String()), c.EndReason)
}

// Line adds a history line.
func (l *Load) Line(which asset.LineID, of asset.ID, line Line) {
	write(&l.history, which, of, moment(line.At), line.Kind, line.Actor, null(line.Holder.ID.String()), line.Holder.Name, line.Reason, line.Note)
}

// Flush sends what was added.
func (l *Load) Flush(ctx context.Context, tx *database.Tx) error {
	for _, part := range []struct {
		rows *bytes.Buffer
		into string
	}{
		{&l.assets, `asset (id, tag, name, serial, model, supplier, notes, category_id, location_id, purchased_on, cost, currency,
			warranty_until, method, convention, life_months, salvage, in_service_on, status, holder_id, holder_name, held_since, due_on,
			retired_on, disposed_on, version, created_at, updated_at)`},
		{&l.custody, `custody (id, asset_id, holder_id, holder_name, started_at, ended_at, due_on, end_reason)`},
		{&l.history, `history (id, asset_id, at, kind, actor, holder_id, holder_name, reason, note)`},
	} {
		if _, err := tx.Conn().PgConn().CopyFrom(ctx, part.rows, "COPY "+part.into+" FROM STDIN"); err != nil {
			return fmt.Errorf("load: %w", database.Fault(err))
		}
		part.rows.Reset()
	}
	return nil
}

// CountAll makes the counters anew from the register.
func CountAll(tx *database.Tx) {
	tx.Queue(`DELETE FROM counter_change`)
	tx.Queue(`DELETE FROM counter`)
	tx.Queue(`INSERT INTO counter (category_id, status, currency, assets, cost)
		SELECT category_id, status, currency, count(*), sum(cost) FROM asset GROUP BY 1, 2, 3`)
}

const nothing = `\N`

func null(s string) string {
	if s == "" {
		return nothing
	}
	return s
}

func moment(t time.Time) string {
	if t.IsZero() {
		return nothing
	}
	return t.UTC().Format("2006-01-02 15:04:05.999999+00")
}

var escapeCopy = strings.NewReplacer(`\`, `\\`, "\t", `\t`, "\n", `\n`, "\r", `\r`) //nolint:gochecknoglobals // because it is a constant that the language cannot spell

// write adds one row in the server's text format.
func write(to *bytes.Buffer, values ...any) {
	for i, value := range values {
		if i > 0 {
			to.WriteByte('\t')
		}
		text := fmt.Sprint(value)
		if text == nothing {
			to.WriteString(nothing)
			continue
		}
		_, _ = escapeCopy.WriteString(to, text) // a buffer takes everything
	}
	to.WriteByte('\n')
}
