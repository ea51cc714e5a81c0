package backup

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/jackc/pgx/v5"
)

// load puts the copy's rows in the place of all others: one transaction a schema, none committed before all are loaded.
func load(ctx context.Context, a *archive, s System) (err error) {
	all, err := openOwners(ctx, s)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, all.close()) }()
	schemas := slices.Sorted(maps.Keys(all.conns))
	for _, schema := range schemas {
		conn := all.conns[schema]
		if _, err := conn.Exec(ctx, "BEGIN"); err != nil {
			return err
		}
		if err := loadSchema(ctx, a, conn, schema); err != nil {
			return fmt.Errorf("schema %s: %w", schema, err)
		}
	}
	if err := nobodyWorks(ctx, all.admin, s); err != nil {
		return err
	}
	for _, schema := range schemas {
		if _, err := all.conns[schema].Exec(ctx, "COMMIT"); err != nil {
			return fmt.Errorf("schema %s: %w", schema, err)
		}
	}
	for _, schema := range schemas {
		if err := analyze(ctx, all.conns[schema], schema); err != nil {
			return fmt.Errorf("schema %s: %w", schema, err)
		}
	}
	return nil
}

func loadSchema(ctx context.Context, a *archive, conn *pgx.Conn, schema string) error {
	here, err := tablesOf(ctx, conn, schema)
	if err != nil {
		return err
	}
	restore, err := suspend(ctx, conn, schema)
	if err != nil {
		return fmt.Errorf("suspend constraints: %w", err)
	}
	if err := empty(ctx, conn, schema, here); err != nil {
		return err
	}
	part := a.manifest.Schemas[schema]
	for _, table := range part.Tables {
		if !slices.ContainsFunc(here, func(t Table) bool { return t.Name == table.Name }) {
			return fmt.Errorf("the archive has rows of table %s, which is not here", table.Name)
		}
		if err := loadTable(ctx, a, conn, schema, table); err != nil {
			return fmt.Errorf("table %s: %w", table.Name, err)
		}
	}
	for _, sequence := range part.Sequences {
		_, err := conn.Exec(ctx, "SELECT setval($1::text::regclass, $2, $3)", quote(schema, sequence.Name), sequence.Last, sequence.Called)
		if err != nil {
			return fmt.Errorf("counter %s: %w", sequence.Name, err)
		}
	}
	if _, err := conn.Exec(ctx, "SET CONSTRAINTS ALL IMMEDIATE; SET LOCAL maintenance_work_mem = '128MB'"); err != nil {
		return fmt.Errorf("check what was loaded: %w", err)
	}
	for _, statement := range restore {
		if _, err := conn.Exec(ctx, statement); err != nil {
			return fmt.Errorf("check what was loaded: %w", err)
		}
	}
	return nil
}

func loadTable(ctx context.Context, a *archive, conn *pgx.Conn, schema string, t Table) error {
	r, err := a.members[member(schema, t.Name)].Open()
	if err != nil {
		return err
	}
	tag, err := conn.PgConn().CopyFrom(ctx, r, "COPY "+quote(schema, t.Name)+columnList(t.Columns)+" FROM STDIN")
	if err = errors.Join(err, r.Close()); err != nil {
		return err
	}
	if tag.RowsAffected() != t.Rows {
		return fmt.Errorf("%d rows arrived instead of %d", tag.RowsAffected(), t.Rows)
	}
	return nil
}

func empty(ctx context.Context, conn *pgx.Conn, schema string, tables []Table) error {
	names := make([]string, 0, len(tables))
	for _, table := range tables {
		names = append(names, quote(schema, table.Name))
	}
	if len(names) == 0 {
		return nil
	}
	if _, err := conn.Exec(ctx, "TRUNCATE "+strings.Join(names, ", ")); err != nil {
		return fmt.Errorf("empty the tables: %w", err)
	}
	return nil
}

// suspend takes foreign keys and indexes away and puts triggers to sleep inside the transaction, so that tables can be
// loaded in any order and at the speed of the disk, and nothing reacts to rows that are no news. It answers the
// statements that bring them back, and check all rows.
func suspend(ctx context.Context, conn *pgx.Conn, schema string) (restore []string, err error) {
	const all = `
		SELECT format('ALTER TABLE %s DROP CONSTRAINT %I', conrelid::regclass, conname),
		       format('ALTER TABLE %s ADD CONSTRAINT %I %s', conrelid::regclass, conname, pg_get_constraintdef(oid))
		FROM pg_constraint WHERE contype = 'f' AND connamespace = $1::text::regnamespace AND conparentid = 0
		UNION ALL
		SELECT format('ALTER TABLE %s DISABLE TRIGGER %I', tgrelid::regclass, tgname),
		       format('ALTER TABLE %s ENABLE TRIGGER %I', tgrelid::regclass, tgname)
		FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid
		WHERE NOT tgisinternal AND tgenabled = 'O' AND c.relnamespace = $1::text::regnamespace AND t.tgparentid = 0
		UNION ALL
		SELECT format('DROP INDEX %s', i.indexrelid::regclass), pg_get_indexdef(i.indexrelid)
		FROM pg_index i JOIN pg_class c ON c.oid = i.indrelid
		WHERE c.relnamespace = $1::text::regnamespace AND c.relkind = 'r' AND NOT c.relispartition AND NOT i.indisreplident
			AND NOT EXISTS (SELECT FROM pg_constraint k WHERE k.conindid = i.indexrelid AND k.contype <> 'f')`
	rows, err := conn.Query(ctx, all, schema)
	if err != nil {
		return nil, err
	}
	pairs, err := pgx.CollectRows(rows, func(row pgx.CollectableRow) (pair [2]string, err error) {
		return pair, row.Scan(&pair[0], &pair[1])
	})
	if err != nil {
		return nil, err
	}
	for _, pair := range pairs {
		if _, err := conn.Exec(ctx, pair[0]); err != nil {
			return nil, err
		}
		restore = append(restore, pair[1])
	}
	slices.Reverse(restore) // foreign keys need the indexes
	return restore, nil
}

// analyze lets the planner know the new rows at once.
func analyze(ctx context.Context, conn *pgx.Conn, schema string) error {
	tables, err := tablesOf(ctx, conn, schema)
	if err != nil {
		return err
	}
	for _, table := range tables {
		if _, err := conn.Exec(ctx, "ANALYZE "+quote(schema, table.Name)); err != nil {
			return fmt.Errorf("analyze %s: %w", table.Name, err)
		}
	}
	return nil
}
