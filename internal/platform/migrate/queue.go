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
	if known := len(m.AllVersions()); len(existing) > known {
		return 0, older(uint(len(existing)), uint(known))
	}
	result, err := m.Migrate(ctx, rivermigrate.DirectionUp, nil)
	if err != nil {
		return 0, err
	}
	return len(result.Versions), grantQueue(ctx, pool, schema, rw)
}

// grantQueue lets the runtime role work the queue, and read but not change the queue's version. It grants what is missing,
// so that a kill after the migration is healed too.
func grantQueue(ctx context.Context, pool *pgxpool.Pool, schema, rw string) error {
	const missing = `
		SELECT privileges || CASE WHEN relkind = 'S' THEN ' ON SEQUENCE ' ELSE ' ON ' END || format('%I.%I', $1::text, relname)
		FROM pg_class, LATERAL (SELECT CASE WHEN relkind = 'S' THEN 'USAGE' WHEN relname = 'river_migration' THEN 'SELECT'
			ELSE 'SELECT, INSERT, UPDATE, DELETE' END AS privileges) p
		WHERE relnamespace = format('%I', $1::text)::regnamespace AND relkind IN ('r', 'S') AND relname LIKE 'river\_%'
		  AND (SELECT bool_or(NOT CASE WHEN relkind = 'S' THEN has_sequence_privilege($2::text, pg_class.oid, one)
			ELSE has_table_privilege($2::text, pg_class.oid, one) END) FROM string_to_table(privileges, ', ') one)`
	rows, err := pool.Query(ctx, missing, schema, rw)
	if err != nil {
		return fmt.Errorf("list the queue's tables: %w", err)
	}
	grants, err := pgx.CollectRows(rows, pgx.RowTo[string])
	if err != nil {
		return fmt.Errorf("list the queue's tables: %w", err)
	}
	for _, grant := range grants {
		if _, err := pool.Exec(ctx, "GRANT "+grant+" TO "+quote(rw)); err != nil {
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
