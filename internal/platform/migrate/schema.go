package migrate

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io"
	"slices"
	"time"

	"github.com/golang-migrate/migrate/v4"
	migratedb "github.com/golang-migrate/migrate/v4/database"
	migratepgx "github.com/golang-migrate/migrate/v4/database/pgx/v5"
	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/stdlib"
)

// applyFolder brings one schema to the newest version of a folder and says by how many steps.
func applyFolder(ctx context.Context, f folder, url, schema, table string) (steps int, err error) {
	config, err := pgx.ParseConfig(url)
	if err != nil {
		return 0, fmt.Errorf("address of the database: %w", err)
	}
	db := stdlib.OpenDB(*config)
	defer func() { err = errors.Join(err, db.Close()) }()
	if none, err := f.empty(); err != nil || none {
		if err != nil {
			return 0, err
		}
		return 0, nothingKnown(ctx, db, schema, table)
	}
	m, src, err := open(f, db, schema, table)
	if err != nil {
		return 0, err
	}
	defer func() {
		sourceErr, dbErr := m.Close()
		err = errors.Join(err, sourceErr, dbErr)
	}()
	if f.to != nil {
		if err := descend(ctx, db, src, quote(schema)+"."+quote(table), *f.to); err != nil {
			return 0, err
		}
	}
	stopped := context.AfterFunc(ctx, func() { m.GracefulStop <- true })
	defer stopped()
	return climb(m, src, f.to)
}

func open(f folder, db *sql.DB, schema, table string) (*migrate.Migrate, *files, error) {
	src, err := f.source(quote(schema) + "." + quote(table))
	if err != nil {
		return nil, nil, err
	}
	driver, err := migratepgx.WithInstance(db, &migratepgx.Config{SchemaName: schema, MigrationsTable: table})
	if err != nil {
		return nil, nil, fmt.Errorf("open version table: %w", err)
	}
	m, err := migrate.NewWithInstance("files", src, "pgx5", driver)
	if err != nil {
		return nil, nil, fmt.Errorf("open migrations: %w", err)
	}
	m.LockTimeout = 10 * time.Minute // another copy may be rebuilding a large table
	return m, src, nil
}

// climb goes up to the version wanted, the newest without one. A version marked as unfinished was rolled back, for the mark is part of the
// file's transaction: it is forced back to the one before and tried once more.
func climb(m *migrate.Migrate, src *files, to *uint) (int, error) {
	known, err := src.versions()
	if err != nil {
		return 0, err
	}
	newest := known[len(known)-1]
	at, dirty, err := m.Version()
	if errors.Is(err, migrate.ErrNilVersion) {
		at, dirty, err = 0, false, nil
	}
	if err != nil {
		return 0, fmt.Errorf("read version: %w", err)
	}
	if at > newest {
		return 0, older(at, newest)
	}
	if dirty {
		if at, err = stepBack(m, known, at); err != nil {
			return 0, err
		}
	}
	if to != nil {
		newest = *to
	}
	if at >= newest {
		return 0, nil
	}
	if err := m.Migrate(newest); err != nil {
		return 0, explain(m, known, err)
	}
	steps := 0
	for _, version := range known {
		if version > at && version <= newest {
			steps++
		}
	}
	return steps, nil
}

// descend undoes the versions above the one wanted. Each undoing and its mark are one transaction.
func descend(ctx context.Context, db *sql.DB, src *files, table string, to uint) error {
	known, err := src.versions()
	if err != nil {
		return err
	}
	for i := len(known) - 1; i >= 0 && known[i] > to; i-- {
		var there bool
		if err := db.QueryRowContext(ctx, "SELECT EXISTS (SELECT FROM "+table+" WHERE version = $1)", known[i]).Scan(&there); err != nil {
			return err
		}
		if !there {
			continue
		}
		file, name, err := src.ReadDown(known[i])
		if err != nil {
			return fmt.Errorf("version %d: %w", known[i], err)
		}
		undo, err := io.ReadAll(file)
		if err != nil {
			return err
		}
		mark := "DELETE FROM " + table
		if i > 0 {
			mark = fmt.Sprintf("UPDATE %s SET version = %d", table, known[i-1])
		}
		if _, err := db.ExecContext(ctx, string(undo)+mark); err != nil {
			return fmt.Errorf("undo version %d (%s): %w", known[i], name, err)
		}
	}
	return nil
}

// explain leaves the version of a refused file unmarked, so that the next start tries the repaired file.
func explain(m *migrate.Migrate, known []uint, err error) error {
	at, dirty, versionErr := m.Version()
	if versionErr == nil && dirty {
		_, versionErr = stepBack(m, known, at)
	}
	if errors.Is(versionErr, migrate.ErrNilVersion) {
		versionErr = nil
	}
	if refused, ok := errors.AsType[migratedb.Error](err); ok {
		return errors.Join(fmt.Errorf("version %d, line %d: %w", at, refused.Line, refused.OrigErr), versionErr)
	}
	return errors.Join(err, versionErr)
}

// stepBack forces the version table to the version before an unfinished one.
func stepBack(m *migrate.Migrate, known []uint, unfinished uint) (uint, error) {
	back, previous := migratedb.NilVersion, uint(0)
	if i := slices.Index(known, unfinished); i > 0 {
		previous = known[i-1]
		back = int(previous)
	}
	if err := m.Force(back); err != nil {
		return 0, fmt.Errorf("heal version %d: %w", unfinished, err)
	}
	return previous, nil
}

func older(at, newest uint) error {
	return fmt.Errorf("the data is at version %d and this program knows version %d at most: it is older than its data; "+
		"start the release that was running last, or a newer one", at, newest)
}

// nothingKnown refuses a schema that has been migrated by a program which knew more than this one.
func nothingKnown(ctx context.Context, db *sql.DB, schema, table string) error {
	var there bool
	const look = "SELECT EXISTS (SELECT FROM pg_tables WHERE schemaname = $1 AND tablename = $2)"
	if err := db.QueryRowContext(ctx, look, schema, table).Scan(&there); err != nil || !there {
		return err
	}
	var at uint
	err := db.QueryRowContext(ctx, "SELECT version FROM "+quote(schema)+"."+quote(table)).Scan(&at)
	if errors.Is(err, sql.ErrNoRows) {
		return nil
	}
	if err != nil {
		return err
	}
	return older(at, 0)
}
