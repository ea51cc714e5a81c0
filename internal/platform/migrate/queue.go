package migrate

import (
	"context"
	"fmt"
	"io/fs"
	"log/slog"
	"path"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"
	"github.com/riverqueue/river/riverdriver/riverpgxv5"
	"github.com/riverqueue/river/rivermigrate"
)

// applyQueue brings the job queue's own tables in a schema to the version that its library wants.
func applyQueue(ctx context.Context, url, schema, rw string) (steps int, err error) {
	config, err := pgxpool.ParseConfig(url)
	if err != nil {
		return 0, fmt.Errorf("address of the database: %w", err)
	}
	config.MaxConns = 2
	pool, err := pgxpool.NewWithConfig(ctx, config)
	if err != nil {
		return 0, fmt.Errorf("open pool: %w", err)
	}
	defer pool.Close()
	m, err := rivermigrate.New(riverpgxv5.New(pool), &rivermigrate.Config{
		Schema: schema,
		Logger: slog.New(slog.DiscardHandler),
	})
	if err != nil {
		return 0, err
	}
	existing, err := m.ExistingVersions(ctx)
	if err != nil {
		return 0, fmt.Errorf("read version: %w", err)
	}
	all := m.AllVersions()
	if len(existing) > len(all) {
		return 0, older(uint(len(existing)), uint(len(all)))
	}
	if len(existing) == len(all) {
		return 0, nil
	}
	// Grants come after each step, so that a kill in between leaves a step to do and the grants with it.
	for _, version := range all[len(existing):] {
		tx, err := pool.Begin(ctx)
		if err != nil {
			return 0, err
		}
		_, err = m.MigrateTx(ctx, tx, rivermigrate.DirectionUp, &rivermigrate.MigrateOpts{TargetVersion: version.Version})
		if err == nil {
			err = grantQueue(ctx, tx, schema, rw)
		}
		if err != nil {
			_ = tx.Rollback(ctx)
			return 0, fmt.Errorf("version %d: %w", version.Version, err)
		}
		if err := tx.Commit(ctx); err != nil {
			return 0, fmt.Errorf("version %d: %w", version.Version, err)
		}
		steps++
	}
	return steps, nil
}

// grantQueue lets the runtime role work the queue, and read but not change the queue's version.
func grantQueue(ctx context.Context, tx pgx.Tx, schema, rw string) error {
	const all = `
		SELECT CASE WHEN relkind = 'S' THEN 'USAGE ON SEQUENCE '
		            WHEN relname = 'river_migration' THEN 'SELECT ON '
		            ELSE 'SELECT, INSERT, UPDATE, DELETE ON ' END || format('%I.%I', $1::text, relname)
		FROM pg_class WHERE relnamespace = format('%I', $1::text)::regnamespace AND relkind IN ('r', 'S') AND relname LIKE 'river\_%'`
	rows, err := tx.Query(ctx, all, schema)
	if err != nil {
		return fmt.Errorf("list the queue's tables: %w", err)
	}
	grants, err := pgx.CollectRows(rows, pgx.RowTo[string])
	if err != nil {
		return fmt.Errorf("list the queue's tables: %w", err)
	}
	for _, grant := range grants {
		if _, err := tx.Exec(ctx, "GRANT "+grant+" TO "+quote(rw)); err != nil {
			return fmt.Errorf("grant %s: %w", grant, err)
		}
	}
	return nil
}

// QueueVersion names the version of the queue's tables that this program brings, for those who keep migrated databases.
func QueueVersion() string {
	versions := riverpgxv5.New(nil).GetMigrationFS("main")
	files, err := fs.Glob(versions, "migration/main/*.up.sql")
	if err != nil || len(files) == 0 {
		return ""
	}
	return path.Base(files[len(files)-1])
}
