package store

import (
	"context"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5"

	"erp/internal/asset"
	"erp/internal/employee"
	"erp/internal/platform/database"
	"erp/internal/platform/date"
)

// lockPerson orders hand-overs to somebody and news of them: either the hand-over sees the news, or the news finds the
// asset handed over.
const lockPerson = `hashtextextended(current_schema() || '.person.' || $1, 0)`

// LockForHandOver locks the asset, if it lies inside the reach, and keeps news of the person waiting until the
// transaction ends. It tells the name the person goes by now, empty when no news was heard, and whether they left since
// they were hired. One round trip.
func LockForHandOver(ctx context.Context, tx *database.Tx, which asset.ID, who employee.ID, hired date.Date, reach Reach) (r *Record, name string, left bool, err error) {
	var batch pgx.Batch
	batch.Queue(`SELECT pg_advisory_xact_lock_shared(`+lockPerson+`)`, who.String())
	batch.Queue(`SELECT name, coalesce(left_on >= $2::date, left_on IS NOT NULL) FROM person WHERE id = $1`, who, hired).QueryRow(func(row pgx.Row) error {
		if err := row.Scan(&name, &left); err != nil && err != pgx.ErrNoRows { //nolint:errorlint // because pgx returns it bare
			return err
		}
		return nil
	})
	batch.Queue(`SELECT `+assetColumns+assetTables+` WHERE a.id = $1 AND ($2 OR a.holder_id = ANY($3::uuid[])) FOR UPDATE OF a`,
		which, reach.All, database.Array(reach.Holders)).Query(func(rows pgx.Rows) error {
		for rows.Next() {
			r = &Record{}
			if err := r.scan(rows); err != nil {
				return err
			}
		}
		return rows.Err()
	})
	if err := tx.Conn().SendBatch(ctx, &batch).Close(); err != nil {
		return nil, "", false, fmt.Errorf("lock for hand-over: %w", database.Fault(err))
	}
	return r, name, left, nil
}

// Rename writes the name a person goes by since the instant, unless a newer one is known. It is no change of an asset:
// versions stay.
func Rename(ctx context.Context, tx *database.Tx, who employee.ID, name string, since time.Time) error {
	if err := lockNews(ctx, tx, who); err != nil {
		return err
	}
	tx.Queue(`WITH known AS (INSERT INTO person AS p (id, name, named_at) VALUES ($1, $2, $3)
			ON CONFLICT (id) DO UPDATE SET name = excluded.name, named_at = excluded.named_at WHERE p.named_at < excluded.named_at RETURNING name)
		UPDATE asset a SET holder_name = known.name FROM known WHERE a.holder_id = $1 AND a.holder_name <> known.name`, who, name, since)
	return nil
}

// Leave notes that a person left.
func Leave(ctx context.Context, tx *database.Tx, who employee.ID, name string, on date.Date, since time.Time) error {
	if err := lockNews(ctx, tx, who); err != nil {
		return err
	}
	tx.Queue(`INSERT INTO person (id, name, named_at, left_on) VALUES ($1, $2, $3, $4)
		ON CONFLICT (id) DO UPDATE SET left_on = greatest(person.left_on, excluded.left_on)`, who, name, since, on)
	return nil
}

func lockNews(ctx context.Context, tx *database.Tx, who employee.ID) error {
	if _, err := tx.Conn().Exec(ctx, `SELECT pg_advisory_xact_lock(`+lockPerson+`)`, who.String()); err != nil {
		return fmt.Errorf("lock person: %w", database.Fault(err))
	}
	return nil
}
