package backup

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"strings"

	"github.com/jackc/pgx/v5"

	"erp/internal/platform/migrate"
)

// owners are connections to one database: the administrator's, and one for each schema as its owner.
type owners struct {
	admin *pgx.Conn
	conns map[string]*pgx.Conn
}

func openOwners(ctx context.Context, s System) (o *owners, err error) {
	urls, err := migrate.OwnerURLs(s.Options)
	if err != nil {
		return nil, err
	}
	o = &owners{conns: map[string]*pgx.Conn{}}
	if o.admin, err = connect(ctx, s.AdminURL); err != nil {
		return nil, fmt.Errorf("connect to the database: %w", err)
	}
	for schema, url := range urls {
		conn, err := connect(ctx, url)
		if err != nil {
			return nil, errors.Join(fmt.Errorf("sign in as owner of schema %s: %w", schema, err), o.close())
		}
		o.conns[schema] = conn
	}
	return o, nil
}

// connect fixes how values are written, whatever the server prefers, and lets a copy take its time.
func connect(ctx context.Context, url string) (*pgx.Conn, error) {
	config, err := pgx.ParseConfig(url)
	if err != nil {
		return nil, err
	}
	maps.Copy(config.RuntimeParams, map[string]string{"DateStyle": "ISO, YMD", "IntervalStyle": "iso_8601", "TimeZone": "UTC",
		"extra_float_digits": "1", "bytea_output": "hex", "client_encoding": "UTF8", "statement_timeout": "0",
		"idle_in_transaction_session_timeout": "0"})
	return pgx.ConnectConfig(ctx, config)
}

// close leaves transactions that are still open, which undoes them.
func (o *owners) close() error {
	ctx := context.Background()
	err := o.admin.Close(ctx)
	for _, conn := range o.conns {
		err = errors.Join(err, conn.Close(ctx))
	}
	return err
}

// tablesOf lists what a copy holds: every lasting table but those that say how far the schema is migrated. Columns that
// the server computes, or that number its transactions, mean nothing elsewhere.
func tablesOf(ctx context.Context, conn *pgx.Conn, schema string) ([]Table, error) {
	const all = `
		SELECT c.relname::text, coalesce(array_agg(a.attname::text ORDER BY a.attnum) FILTER (WHERE a.attname IS NOT NULL), '{}')
		FROM pg_class c
		LEFT JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped AND a.attgenerated = ''
			AND a.atttypid NOT IN ('xid8'::regtype, 'xid'::regtype)
		WHERE c.relnamespace = $1::text::regnamespace AND c.relkind = 'r' AND c.relpersistence = 'p' AND c.relname <> ALL ($2)
		GROUP BY c.relname ORDER BY c.relname`
	rows, err := conn.Query(ctx, all, schema, migrate.VersionTables())
	if err != nil {
		return nil, fmt.Errorf("list tables: %w", err)
	}
	tables, err := pgx.CollectRows(rows, func(row pgx.CollectableRow) (Table, error) {
		var t Table
		return t, row.Scan(&t.Name, &t.Columns)
	})
	if err != nil {
		return nil, fmt.Errorf("list tables: %w", err)
	}
	return tables, nil
}

func sequencesOf(ctx context.Context, conn *pgx.Conn, schema string) ([]Sequence, error) {
	rows, err := conn.Query(ctx, `SELECT relname::text FROM pg_class WHERE relnamespace = $1::text::regnamespace
		AND relkind = 'S' ORDER BY relname`, schema)
	if err != nil {
		return nil, fmt.Errorf("list counters: %w", err)
	}
	names, err := pgx.CollectRows(rows, pgx.RowTo[string])
	if err != nil {
		return nil, fmt.Errorf("list counters: %w", err)
	}
	sequences := make([]Sequence, 0, len(names))
	for _, name := range names {
		s := Sequence{Name: name}
		err := conn.QueryRow(ctx, "SELECT last_value, is_called FROM "+quote(schema, name)).Scan(&s.Last, &s.Called)
		if err != nil {
			return nil, fmt.Errorf("read counter %s: %w", name, err)
		}
		sequences = append(sequences, s)
	}
	return sequences, nil
}

func quote(parts ...string) string { return pgx.Identifier(parts).Sanitize() }

func columnList(columns []string) string {
	quoted := make([]string, 0, len(columns))
	for _, column := range columns {
		quoted = append(quoted, quote(column))
	}
	return " (" + strings.Join(quoted, ", ") + ")"
}
