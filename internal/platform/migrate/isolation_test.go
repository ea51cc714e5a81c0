package migrate_test

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
	"github.com/stretchr/testify/require"

	"erp/internal/platform/migrate"
	"erp/internal/platform/pgtest"
	"erp/migrations"
)

var update = flag.Bool("update", false, "write the golden lists of grants")

// whole gives the composed program's database and its administrator.
func whole(t *testing.T) (admin *pgx.Conn, urls map[string]string) {
	t.Helper()
	o := migrate.Options{AdminURL: pgtest.Admin(t), Modules: pgtest.Modules(), FS: migrations.FS, Throwaway: true}
	urls, err := migrate.Run(within(t), o)
	require.NoError(t, err)
	return connect(t, o.AdminURL), urls
}

func texts(t *testing.T, conn *pgx.Conn, query string, args ...any) []string {
	t.Helper()
	rows, err := conn.Query(within(t), query, args...)
	require.NoError(t, err)
	all, err := pgx.CollectRows(rows, pgx.RowTo[string])
	require.NoError(t, err)
	return all
}

func requireRefused(t *testing.T, conn *pgx.Conn, statement string) {
	t.Helper()
	_, err := conn.Exec(within(t), statement)
	var refused *pgconn.PgError
	require.ErrorAs(t, err, &refused, statement)
	require.Equal(t, "42501", refused.Code, statement)
}

func TestIsolation(t *testing.T) {
	t.Parallel()
	admin, urls := whole(t)
	for module, url := range urls {
		conn := connect(t, url)
		t.Run(module+" reaches no table of another schema", func(t *testing.T) {
			for _, table := range texts(t, admin, `SELECT format('%I.%I', schemaname, tablename) FROM pg_tables
				WHERE schemaname = ANY ($1) AND schemaname <> $2`, pgtest.Modules(), module) {
				requireRefused(t, conn, "SELECT FROM "+table)
				requireRefused(t, conn, "DELETE FROM "+table)
			}
		})
		t.Run(module+" makes and changes no table anywhere", func(t *testing.T) {
			requireRefused(t, conn, "CREATE TABLE more (id int)")
			requireRefused(t, conn, "CREATE TABLE public.more (id int)")
			requireRefused(t, conn, "CREATE TEMPORARY TABLE more (id int)")
			requireRefused(t, conn, "CREATE SCHEMA more")
			requireRefused(t, conn, "ALTER TABLE event_log ADD more int")
			requireRefused(t, conn, "UPDATE schema_migrations_mechanisms SET version = 0")
			requireRefused(t, conn, "SET ROLE "+migrate.DefaultPrefix+module+"_owner")
		})
		for _, table := range []string{"event_log", "audit_entry", "audit_seal"} {
			t.Run(module+" cannot rewrite its own "+table, func(t *testing.T) {
				requireRefused(t, conn, "UPDATE "+table+" SET "+firstColumn(t, admin, module, table)+" = DEFAULT")
				requireRefused(t, conn, "DELETE FROM "+table)
				requireRefused(t, conn, "TRUNCATE "+table)
			})
		}
	}
}

func firstColumn(t *testing.T, admin *pgx.Conn, schema, table string) string {
	t.Helper()
	return texts(t, admin, `SELECT attname FROM pg_attribute WHERE attrelid = format('%I.%I', $1::text, $2::text)::regclass
		AND attnum = 1`, schema, table)[0]
}

// TestGrants compares every grant on every table, view, sequence and column with the list that a reader has agreed to.
// Run it with -update to write the list of a changed schema anew, and read the difference.
func TestGrants(t *testing.T) {
	t.Parallel()
	admin, urls := whole(t)
	const all = `
		WITH granted AS (
			SELECT c.relname::text AS name, c.relowner AS owner, a.* FROM pg_class c, aclexplode(c.relacl) a
			WHERE c.relnamespace = $1::text::regnamespace
			UNION ALL
			SELECT c.relname || '.' || t.attname, c.relowner, a.* FROM pg_class c JOIN pg_attribute t ON t.attrelid = c.oid,
				aclexplode(t.attacl) a
			WHERE c.relnamespace = $1::text::regnamespace
			UNION ALL
			SELECT c.relname::text, c.relowner AS owner, c.relowner AS grantor, 0, 'none', false FROM pg_class c
			WHERE c.relnamespace = $1::text::regnamespace AND c.relkind IN ('r', 'p', 'v', 'm', 'f') AND (c.relacl IS NULL
				OR NOT EXISTS (SELECT FROM aclexplode(c.relacl) a WHERE a.grantee <> c.relowner))
		)
		SELECT name || ': ' || CASE WHEN privilege_type = 'none' THEN 'nobody'
			ELSE CASE WHEN grantee = 0 THEN 'PUBLIC' ELSE grantee::regrole::text END
				|| ' ' || string_agg(privilege_type || CASE WHEN is_grantable THEN ' WITH GRANT OPTION' ELSE '' END, ', ' ORDER BY privilege_type) END
		FROM granted WHERE privilege_type = 'none' OR grantee <> owner
		GROUP BY name, grantee, privilege_type = 'none', CASE WHEN privilege_type = 'none' THEN 'none' END, is_grantable,
			CASE WHEN privilege_type = 'none' THEN privilege_type END
		ORDER BY 1`
	for module := range urls {
		t.Run(module, func(t *testing.T) {
			compareGolden(t, filepath.Join("testdata", "grants", module+".txt"), texts(t, admin, all, module))
		})
	}
}

func compareGolden(t *testing.T, path string, lines []string) {
	t.Helper()
	got := strings.Join(lines, "\n") + "\n"
	if *update {
		require.NoError(t, os.MkdirAll(filepath.Dir(path), 0o755))
		require.NoError(t, os.WriteFile(path, []byte(got), 0o644))
	}
	want, err := os.ReadFile(path)
	require.NoError(t, err)
	require.Equal(t, string(want), got, "the grants have changed: look at them, then run `make golden`")
}

func TestOwnership(t *testing.T) {
	t.Parallel()
	admin, _ := whole(t)
	modules := pgtest.Modules()
	for _, line := range texts(t, admin, `SELECT n.nspname || ' ' || o.rolname FROM pg_namespace n JOIN pg_roles o ON o.oid = n.nspowner
		WHERE n.nspname = ANY ($1)`, modules) {
		schema, owner, _ := strings.Cut(line, " ")
		require.Equal(t, fmt.Sprintf("erp_%s_owner", schema), owner)
	}
	strangers := texts(t, admin, `SELECT n.nspname || '.' || c.relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
		WHERE n.nspname = ANY ($1) AND c.relowner <> n.nspowner`, modules)
	require.Empty(t, strangers, "everything in a schema belongs to the schema's owner")
	crossing := texts(t, admin, `SELECT conname::text FROM pg_constraint k JOIN pg_class c ON c.oid = k.conrelid
		JOIN pg_class f ON f.oid = k.confrelid WHERE k.contype = 'f' AND c.relnamespace <> f.relnamespace`)
	require.Empty(t, crossing, "no foreign key crosses a schema")
	require.True(t, slices.IsSorted(modules))
}
