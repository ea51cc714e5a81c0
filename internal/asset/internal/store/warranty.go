package store

import (
	"context"
	"fmt"

	"github.com/jackc/pgx/v5"

	"erp/internal/asset"
	"erp/internal/platform/database"
	"erp/internal/platform/date"
)

// WarrantiesEnding lists the assets whose warranty ends between the days and of which nobody was told yet, at most so many;
// one that was extended is news again. Two at once wait for each other, so that each is told once.
func WarrantiesEnding(ctx context.Context, tx *database.Tx, today, until date.Date, most int) ([]asset.WarrantyEnding, error) {
	if _, err := tx.Conn().Exec(ctx, `SELECT pg_advisory_xact_lock(hashtext(current_schema() || '.warranty'))`); err != nil {
		return nil, fmt.Errorf("lock warranties: %w", err)
	}
	rows, err := tx.Conn().Query(ctx, `SELECT a.id, a.tag, a.name, a.warranty_until FROM asset a
		WHERE coalesce(a.warranty_until, 'infinity') BETWEEN $1::date AND $2::date AND a.status NOT IN ('retired', 'lost')
			AND NOT EXISTS (SELECT FROM event_log e WHERE e.about = a.id::text AND e.name = $3 AND e.payload->>'warrantyUntil' = a.warranty_until::text)
		ORDER BY a.warranty_until, a.id LIMIT $4`, today.Time(), until.Time(), asset.WarrantyEnding{}.EventName(), most)
	if err != nil {
		return nil, fmt.Errorf("list warranties: %w", err)
	}
	found, err := pgx.CollectRows(rows, func(row pgx.CollectableRow) (w asset.WarrantyEnding, err error) {
		return w, row.Scan(&w.AssetID, &w.Tag, &w.Name, &w.WarrantyUntil)
	})
	if err != nil {
		return nil, fmt.Errorf("list warranties: %w", err)
	}
	return found, nil
}
