package backup_test

import (
	"archive/zip"
	"bytes"
	"context"
	"crypto/rand"
	"encoding/json"
	"io"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"
	"testing/fstest"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/stretchr/testify/require"

	"erp/internal/platform/backup"
	"erp/internal/platform/migrate"
	"erp/internal/platform/pgtest"
	"erp/migrations"
)

// stock has what can go wrong in a copy: a cycle of foreign keys, rows that a trigger guards, computed columns, numbers
// given by the server, transaction numbers, texts with everything in them, rows put there by the migration itself.
const stock = `
CREATE TABLE place (id int PRIMARY KEY, main_thing int, name text NOT NULL DEFAULT 'here');
CREATE TABLE thing (n bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, place int REFERENCES place (id) ON DELETE CASCADE,
	name text NOT NULL, price numeric, doubled numeric GENERATED ALWAYS AS (price * 2) STORED, raw bytea, tags text[], doc jsonb,
	day date, at timestamptz, valid daterange, ratio double precision, gap interval, xid xid8 DEFAULT pg_current_xact_id(),
	UNIQUE (name) DEFERRABLE INITIALLY DEFERRED);
ALTER TABLE place ADD CONSTRAINT place_main FOREIGN KEY (main_thing) REFERENCES thing (n) DEFERRABLE INITIALLY DEFERRED;
CREATE TABLE fact (n int);
CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE 'never'; END $$;
CREATE TRIGGER fact_never BEFORE INSERT OR UPDATE OR DELETE ON fact FOR EACH ROW WHEN (current_setting('role.off', true) IS NULL)
	EXECUTE FUNCTION refuse();
CREATE TRIGGER fact_no_truncate BEFORE TRUNCATE ON fact EXECUTE FUNCTION refuse();
CREATE UNLOGGED TABLE scratch (n int);
CREATE SEQUENCE number START 100;
CREATE UNIQUE INDEX place_lower ON place (lower(name)) WHERE id > 0;
CREATE UNIQUE INDEX thing_day ON thing (day) INCLUDE (name);
CREATE INDEX thing_name ON thing USING gin (name gin_trgm_ops);
INSERT INTO place VALUES (1, NULL, 'from the migration');
GRANT SELECT, INSERT ON thing, place TO {{rw}};
`

const stockRows = `
INSERT INTO place VALUES (2, NULL, E'line\nbreak\ttab \\backslash \\N "quote" 😀');
INSERT INTO thing (place, name, price, raw, tags, doc, day, at, valid, ratio, gap) VALUES
	(1, 'a', 1.50, '\x00ff10', '{x,"y,z",NULL}', '{"k": [1, "é"]}', '2026-11-25', '2026-11-25 12:00:00.123456+02', '[2026-01-01,)', 0.1, '1 mon 2 days'),
	(2, 'b', 'NaN', NULL, '{}', NULL, 'infinity', '-infinity', 'empty', 'NaN', NULL),
	(NULL, '', 0.00, '', NULL, 'null', NULL, 'epoch', NULL, 1e-300, '-00:00:01');
UPDATE place SET main_thing = 1 WHERE id = 2;
SELECT setval('number', 4711);
SET role.off = 'yes'; INSERT INTO fact VALUES (1), (2);
`

func within(t *testing.T) context.Context {
	t.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
	t.Cleanup(cancel)
	return ctx
}

func files(more ...string) fstest.MapFS {
	all := fstest.MapFS{}
	for path, content := range map[string]string{
		"mechanisms/0001_m.up.sql": "CREATE TABLE inbox (n int); GRANT SELECT, INSERT ON inbox TO {{rw}};", "mechanisms/0001_m.down.sql": "DROP TABLE inbox;",
		"stock/0001_a.up.sql": stock, "stock/0001_a.down.sql": "DROP TABLE place, thing, fact, scratch CASCADE; DROP SEQUENCE number; DROP FUNCTION refuse;",
	} {
		all[path] = &fstest.MapFile{Data: []byte(content)}
	}
	for i := 0; i < len(more); i += 2 {
		all[more[i]] = &fstest.MapFile{Data: []byte(more[i+1])}
	}
	return all
}

// system is an empty one with the modules stock and sales.
func system(t *testing.T) backup.System {
	t.Helper()
	s := backup.System{Program: "test", Now: time.Now}
	s.Options = migrate.Options{AdminURL: pgtest.Admin(t), Prefix: "b" + strings.ToLower(rand.Text()[:10]) + "_",
		Modules: []string{"stock", "sales"}, FS: files(), Throwaway: true}
	_, err := migrate.Run(within(t), s.Options)
	require.NoError(t, err)
	return s
}

func connect(t *testing.T, url string) *pgx.Conn {
	t.Helper()
	conn, err := pgx.Connect(within(t), url)
	require.NoError(t, err)
	t.Cleanup(func() { _ = conn.Close(context.Background()) })
	return conn
}

func owner(t *testing.T, s backup.System, module string) *pgx.Conn {
	t.Helper()
	urls, err := migrate.OwnerURLs(s.Options)
	require.NoError(t, err)
	return connect(t, urls[module])
}

func filled(t *testing.T) (backup.System, []byte) {
	t.Helper()
	s := system(t)
	_, err := owner(t, s, "stock").Exec(within(t), stockRows)
	require.NoError(t, err)
	_, err = owner(t, s, "sales").Exec(within(t), "INSERT INTO inbox VALUES (7)")
	require.NoError(t, err)
	return s, copyOf(t, s)
}

func copyOf(t *testing.T, s backup.System) []byte {
	t.Helper()
	var b bytes.Buffer
	_, err := backup.Write(within(t), &b, s)
	require.NoError(t, err)
	return b.Bytes()
}

func restore(t *testing.T, archive []byte, s backup.System, c backup.Choice) error {
	t.Helper()
	_, err := backup.Read(within(t), bytes.NewReader(archive), int64(len(archive)), s, c)
	return err
}

// contents gives every member of an archive but the manifest, and what the manifest says of counters.
func contents(t *testing.T, archive []byte) map[string]string {
	t.Helper()
	z, err := zip.NewReader(bytes.NewReader(archive), int64(len(archive)))
	require.NoError(t, err)
	all := map[string]string{}
	for _, f := range z.File {
		r, err := f.Open()
		require.NoError(t, err)
		raw, err := io.ReadAll(r)
		require.NoError(t, err)
		all[f.Name] = string(raw)
	}
	var m backup.Manifest
	require.NoError(t, json.Unmarshal([]byte(all["manifest.json"]), &m))
	m.MadeAt = time.Time{}
	raw, err := json.Marshal(m)
	require.NoError(t, err)
	all["manifest.json"] = string(raw)
	return all
}

func TestRoundTrip(t *testing.T) {
	t.Parallel()
	from, archive := filled(t)
	to := system(t)
	require.NoError(t, restore(t, archive, to, backup.Choice{}))
	require.Equal(t, contents(t, archive), contents(t, copyOf(t, to)), "an equal system: rows, counters, versions")
	require.Equal(t, shape(t, from), shape(t, to), "indexes, constraints and triggers too")

	t.Run("constraints, triggers and numbers go on as before", func(t *testing.T) {
		conn := owner(t, to, "stock")
		var n, number int64
		require.NoError(t, conn.QueryRow(within(t), "INSERT INTO thing (name, place) VALUES ('next', 1) RETURNING n").Scan(&n))
		require.EqualValues(t, 4, n)
		require.NoError(t, conn.QueryRow(within(t), "SELECT nextval('number')").Scan(&number))
		require.EqualValues(t, 4712, number)
		_, err := conn.Exec(within(t), "INSERT INTO thing (name, place) VALUES ('lost', 99)")
		require.ErrorContains(t, err, "foreign key")
		_, err = conn.Exec(within(t), "DELETE FROM fact")
		require.ErrorContains(t, err, "never")
	})

	t.Run("a system that holds data is refused, unless it may be lost", func(t *testing.T) {
		before := contents(t, copyOf(t, to))
		require.ErrorContains(t, restore(t, archive, to, backup.Choice{}), "not empty")
		require.Equal(t, before, contents(t, copyOf(t, to)))
		require.NoError(t, restore(t, archive, to, backup.Choice{Overwrite: true}))
		require.Equal(t, contents(t, archive), contents(t, copyOf(t, to)))
	})

	t.Run("a system that runs is refused", func(t *testing.T) {
		urls, err := migrate.URLs(from.Options)
		require.NoError(t, err)
		connect(t, urls["sales"])
		require.ErrorContains(t, restore(t, archive, from, backup.Choice{Overwrite: true}), "stop it first")
	})
}

// shape lists what suspends while rows are loaded.
func shape(t *testing.T, s backup.System) []string {
	t.Helper()
	rows, err := owner(t, s, "stock").Query(within(t), `SELECT pg_get_indexdef(indexrelid) || indisvalid FROM pg_index i
			JOIN pg_class c ON c.oid = i.indrelid WHERE c.relnamespace = 'stock'::regnamespace
		UNION SELECT conname || pg_get_constraintdef(oid) || convalidated FROM pg_constraint WHERE connamespace = 'stock'::regnamespace
		UNION SELECT pg_get_triggerdef(t.oid) || tgenabled::text FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid
			WHERE c.relnamespace = 'stock'::regnamespace AND NOT tgisinternal
		ORDER BY 1`)
	require.NoError(t, err)
	all, err := pgx.CollectRows(rows, pgx.RowTo[string])
	require.NoError(t, err)
	return all
}

func TestRealSchemas(t *testing.T) {
	t.Parallel()
	program := func() backup.System {
		s := backup.System{Program: "test", Now: time.Now, Options: migrate.Options{AdminURL: pgtest.Admin(t),
			Modules: pgtest.Modules(), FS: migrations.FS, Throwaway: true}}
		_, err := migrate.Run(within(t), s.Options)
		require.NoError(t, err)
		return s
	}
	archive := copyOf(t, program())
	to := program()
	require.NoError(t, restore(t, archive, to, backup.Choice{}))
	require.Equal(t, contents(t, archive), contents(t, copyOf(t, to)))
}

func TestUnderLoad(t *testing.T) {
	t.Parallel()
	s := system(t)
	// A writer commits each number in stock first and in sales after that, and never has two sums differ in stock.
	stop, done := make(chan struct{}), make(chan error, 1)
	first, second := owner(t, s, "stock"), owner(t, s, "sales")
	_, err := first.Exec(within(t), "CREATE TABLE account (id int, sum int); INSERT INTO account VALUES (1, 0), (2, 0)")
	require.NoError(t, err)
	var written atomic.Int64
	go func() {
		for n := 1; ; n++ {
			select {
			case <-stop:
				done <- nil
				return
			default:
			}
			_, err := first.Exec(context.Background(), "BEGIN; INSERT INTO inbox VALUES ("+itoa(n)+"); UPDATE account SET sum = sum + 1 WHERE id = 1;"+
				"UPDATE account SET sum = sum + 1 WHERE id = 2; COMMIT")
			if err == nil {
				_, err = second.Exec(context.Background(), "INSERT INTO inbox VALUES ("+itoa(n)+")")
			}
			if err != nil {
				done <- err
				return
			}
			written.Add(1)
		}
	}()
	var archives [][]byte
	for range 5 {
		at := written.Load()
		require.Eventually(t, func() bool { return written.Load() > at+20 }, 10*time.Second, time.Millisecond)
		archives = append(archives, copyOf(t, s))
	}
	close(stop)
	require.NoError(t, <-done)
	for _, archive := range archives {
		all := contents(t, archive)
		mine, theirs := strings.Fields(all["stock/inbox.copy"]), strings.Fields(all["sales/inbox.copy"])
		require.LessOrEqual(t, len(theirs), len(mine))
		require.LessOrEqual(t, len(mine), len(theirs)+1, "both schemas are seen at one moment")
		for i, n := range mine {
			require.Equal(t, itoa(i+1), n)
		}
		require.ElementsMatch(t, []string{"1\t" + itoa(len(mine)), "2\t" + itoa(len(mine))},
			strings.Split(strings.TrimSpace(all["stock/account.copy"]), "\n"))
	}
}

func TestOlderArchive(t *testing.T) {
	t.Parallel()
	_, archive := filled(t)
	to := system(t)
	to.FS = files("stock/0002_b.up.sql", "ALTER TABLE thing ADD label text; UPDATE thing SET label = 'named ' || name;",
		"stock/0002_b.down.sql", "ALTER TABLE thing DROP label;")
	_, err := migrate.Run(within(t), to.Options)
	require.NoError(t, err)
	require.NoError(t, restore(t, archive, to, backup.Choice{}))
	var label string
	require.NoError(t, owner(t, to, "stock").QueryRow(within(t), "SELECT label FROM thing WHERE name = 'a'").Scan(&label))
	require.Equal(t, "named a", label, "the migration has seen the rows")

	t.Run("and the other way round it is refused", func(t *testing.T) {
		newer := copyOf(t, to)
		old := system(t)
		before := contents(t, copyOf(t, old))
		require.ErrorContains(t, restore(t, newer, old, backup.Choice{Overwrite: true}), "newer release")
		require.Equal(t, before, contents(t, copyOf(t, old)))
	})
}

func TestFile(t *testing.T) {
	t.Parallel()
	s, archive := filled(t)
	path := filepath.Join(t.TempDir(), "copy.zip")
	m, err := backup.WriteFile(within(t), path, s)
	require.NoError(t, err)
	require.EqualValues(t, 8, m.Rows())
	_, err = backup.WriteFile(within(t), path, s)
	require.ErrorContains(t, err, "exists already")
	entries, err := os.ReadDir(filepath.Dir(path))
	require.NoError(t, err)
	require.Len(t, entries, 1, "nothing unfinished is left")
	to := system(t)
	_, err = backup.ReadFile(within(t), path, to, backup.Choice{})
	require.NoError(t, err)
	require.Equal(t, contents(t, archive), contents(t, copyOf(t, to)))
}
