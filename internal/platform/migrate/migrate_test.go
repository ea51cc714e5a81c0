package migrate_test

import (
	"context"
	"crypto/rand"
	"fmt"
	"log/slog"
	"net/url"
	"os"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"testing/fstest"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/stretchr/testify/require"

	"erp/internal/platform/embeddedpg"
	"erp/internal/platform/migrate"
	"erp/internal/platform/pgtest"
	"erp/migrations"
)

func within(t *testing.T) context.Context {
	t.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
	t.Cleanup(cancel)
	return ctx
}

// fresh gives options for an empty database and roles that no other test has.
func fresh(t *testing.T, files fstest.MapFS, modules ...string) migrate.Options {
	t.Helper()
	return migrate.Options{AdminURL: pgtest.Admin(t), Prefix: "t" + strings.ToLower(rand.Text()[:10]) + "_",
		Modules: modules, FS: files, Throwaway: true}
}

func connect(t *testing.T, url string) *pgx.Conn {
	t.Helper()
	conn, err := pgx.Connect(within(t), url)
	require.NoError(t, err)
	t.Cleanup(func() { _ = conn.Close(context.Background()) })
	return conn
}

// sql makes files from pairs of name and content.
func sql(pairs ...string) fstest.MapFS {
	files := fstest.MapFS{
		"mechanisms/0001_mechanisms.up.sql":   {Data: []byte("CREATE TABLE inbox (id int); GRANT SELECT ON inbox TO {{rw}};")},
		"mechanisms/0001_mechanisms.down.sql": {Data: []byte("DROP TABLE inbox;")},
	}
	for i := 0; i < len(pairs); i += 2 {
		files[pairs[i]] = &fstest.MapFile{Data: []byte(pairs[i+1])}
	}
	return files
}

func count(t *testing.T, conn *pgx.Conn, query string) int {
	t.Helper()
	var n int
	require.NoError(t, conn.QueryRow(within(t), query).Scan(&n))
	return n
}

func TestRun(t *testing.T) {
	t.Parallel()
	o := fresh(t, sql("stock/0001_thing.up.sql", "CREATE TABLE thing (id int); GRANT SELECT, INSERT ON thing TO {{rw}};"),
		"stock", "later")
	urls, err := migrate.Run(within(t), o)
	require.NoError(t, err)
	require.Len(t, urls, 2)
	conn := connect(t, urls["stock"])
	_, err = conn.Exec(within(t), "INSERT INTO thing VALUES (1)")
	require.NoError(t, err)

	t.Run("a second run changes nothing", func(t *testing.T) {
		_, err := migrate.Run(within(t), o)
		require.NoError(t, err)
		require.Equal(t, 1, count(t, conn, "SELECT count(*) FROM thing"))
	})

	t.Run("another file is added to what is there", func(t *testing.T) {
		o := o
		o.FS = sql("stock/0001_thing.up.sql", "CREATE TABLE thing (id int); GRANT SELECT, INSERT ON thing TO {{rw}};",
			"stock/0002_name.up.sql", "ALTER TABLE thing ADD name text NOT NULL DEFAULT 'x'")
		_, err := migrate.Run(within(t), o)
		require.NoError(t, err)
		require.Equal(t, 1, count(t, connect(t, urls["stock"]), "SELECT count(*) FROM thing WHERE name = 'x'"))
	})

	t.Run("an older program refuses newer data and says so", func(t *testing.T) {
		_, err := migrate.Run(within(t), o)
		require.ErrorContains(t, err, "schema stock")
		require.ErrorContains(t, err, "the data is at version 2 and this program knows version 1 at most")
	})

	t.Run("a program that knows nothing of the module refuses too", func(t *testing.T) {
		o := o
		o.FS = sql()
		_, err := migrate.Run(within(t), o)
		require.ErrorContains(t, err, "it is older than its data")
	})

	t.Run("new passwords are set when the administrator's has changed", func(t *testing.T) {
		o := o
		o.FS = sql("stock/0001_a.up.sql", "", "stock/0002_b.up.sql", "")
		o.AdminURL, o.Secret = withRole(t, o.AdminURL, "", ""), "another"
		changed, err := migrate.Run(within(t), o)
		require.NoError(t, err)
		require.NotEqual(t, urls, changed)
		connect(t, changed["stock"])
	})
}

// withRole is the address for a role made for the test, a superuser without a password in its address when no name is
// given.
func withRole(t *testing.T, address, name, password string) string {
	t.Helper()
	u, err := url.Parse(address)
	require.NoError(t, err)
	if name == "" {
		return passwordByFile(t, u)
	}
	u.User = url.UserPassword(name, password)
	return u.String()
}

// passwordByFile moves the password from the address to a password file, where the program cannot see it.
func passwordByFile(t *testing.T, u *url.URL) string {
	t.Helper()
	password, _ := u.User.Password()
	file, err := os.CreateTemp(t.TempDir(), "pgpass")
	require.NoError(t, err)
	_, err = fmt.Fprintf(file, "*:*:*:*:%s\n", password)
	require.NoError(t, err)
	require.NoError(t, file.Close())
	c := *u
	c.User = url.User(u.User.Username())
	query := c.Query()
	query.Set("passfile", file.Name())
	c.RawQuery = query.Encode()
	return c.String()
}

func TestRunByUnprivileged(t *testing.T) {
	t.Parallel()
	o := fresh(t, sql(), "stock")
	admin := connect(t, o.AdminURL)
	plain := o.Prefix + "plain"
	_, err := admin.Exec(within(t), fmt.Sprintf("CREATE ROLE %s LOGIN PASSWORD 'p1'", plain))
	require.NoError(t, err)
	o.AdminURL = withRole(t, o.AdminURL, plain, "p1")

	_, err = migrate.Run(within(t), o)
	require.ErrorContains(t, err, "erp migrate --print-bootstrap")

	statements, err := migrate.BootstrapSQL(o)
	require.NoError(t, err)
	for range 2 {
		_, err = admin.Exec(within(t), statements)
		require.NoError(t, err, "an administrator can run it, and again")
	}
	urls, err := migrate.Run(within(t), o)
	require.NoError(t, err)
	connect(t, urls["stock"])
}

func TestRunByOwnerOfDatabase(t *testing.T) {
	t.Parallel()
	o := fresh(t, sql(), "stock")
	admin := connect(t, o.AdminURL)
	role := o.Prefix + "dba"
	_, err := admin.Exec(within(t), fmt.Sprintf(`CREATE ROLE %s LOGIN CREATEROLE PASSWORD 'p2';
		DO $$ BEGIN EXECUTE format('ALTER DATABASE %%I OWNER TO %s', current_database()); END $$`, role, role))
	require.NoError(t, err)
	o.AdminURL = withRole(t, o.AdminURL, role, "p2")
	_, err = migrate.Run(within(t), o)
	require.NoError(t, err, "no superuser is needed")
}

func TestManyAtOnce(t *testing.T) {
	t.Parallel()
	o := fresh(t, sql("stock/0001_thing.up.sql", "CREATE TABLE thing (id int); SELECT pg_sleep(0.3);"), "stock", "other")
	counter := &counting{Handler: slog.DiscardHandler}
	o.Log = slog.New(counter)
	var all sync.WaitGroup
	errs := make(chan error, 5)
	for range 5 {
		all.Go(func() {
			_, err := migrate.Run(within(t), o)
			errs <- err
		})
	}
	all.Wait()
	for range 5 {
		require.NoError(t, <-errs)
	}
	require.EqualValues(t, len(o.Modules), counter.n.Load(), "each schema is migrated once")
}

// counting counts the messages about migrated schemas.
type counting struct {
	slog.Handler
	n atomic.Int64
}

func (c *counting) Enabled(context.Context, slog.Level) bool { return true }

func (c *counting) Handle(_ context.Context, r slog.Record) error {
	if r.Message == "schema migrated" {
		c.n.Add(1)
	}
	return nil
}

func TestRefusedFile(t *testing.T) {
	t.Parallel()
	const good = "CREATE TABLE thing (id int);"
	o := fresh(t, sql("stock/0001_a.up.sql", good, "stock/0002_b.up.sql", "CREATE TABLE other (id int);\nCREATE TABL x;"), "stock")
	_, err := migrate.Run(within(t), o)
	require.ErrorContains(t, err, "migrate schema stock")
	require.ErrorContains(t, err, "version 2, line 2")
	require.Zero(t, count(t, connect(t, o.AdminURL), "SELECT count(*) FROM pg_class WHERE relname = 'other'"), "all of a file or nothing")

	o.FS = sql("stock/0001_a.up.sql", good, "stock/0002_b.up.sql", "CREATE TABLE other (id int);")
	_, err = migrate.Run(within(t), o)
	require.NoError(t, err, "the repaired file is applied")
}

func TestDurability(t *testing.T) {
	t.Parallel()

	t.Run("a server without fsync is refused, as the one for tests", func(t *testing.T) {
		t.Parallel()
		o := fresh(t, sql(), "stock")
		o.Throwaway = false
		_, err := migrate.Run(within(t), o)
		require.ErrorContains(t, err, "fsync = off")
	})

	t.Run("a safe server is not, unless a role is set to commit without waiting", func(t *testing.T) {
		t.Parallel()
		server, err := embeddedpg.Start(within(t), embeddedpg.Options{DataDir: t.TempDir()})
		require.NoError(t, err)
		t.Cleanup(func() { require.NoError(t, server.Stop(within(t))) })
		o := migrate.Options{AdminURL: server.URL(), Modules: []string{"sales", "stock"}, FS: sql()}
		_, err = migrate.Run(within(t), o)
		require.NoError(t, err)

		_, err = connect(t, o.AdminURL).Exec(within(t), "ALTER ROLE erp_stock_rw SET synchronous_commit = off")
		require.NoError(t, err)
		_, err = migrate.Run(within(t), o)
		require.ErrorContains(t, err, "schema stock")
		require.ErrorContains(t, err, "synchronous_commit = off")
	})
}

func TestRealMigrations(t *testing.T) {
	t.Parallel()
	o := migrate.Options{AdminURL: pgtest.Admin(t), Modules: pgtest.Modules(), FS: migrations.FS, Throwaway: true}
	for range 2 {
		_, err := migrate.Run(within(t), o)
		require.NoError(t, err)
	}

	t.Run("each can be undone and made again, for a copy of an older release", func(t *testing.T) {
		nothing := map[string]migrate.Version{}
		for _, module := range o.Modules {
			nothing[module] = migrate.Version{}
		}
		require.NoError(t, migrate.At(within(t), o, nothing))
		left := texts(t, connect(t, o.AdminURL), `SELECT schemaname || '.' || tablename FROM pg_tables WHERE schemaname = ANY ($1)
			AND tablename NOT LIKE 'river%' AND tablename NOT LIKE 'schema_migrations%'`, o.Modules)
		require.Empty(t, left)
		_, err := migrate.Run(within(t), o)
		require.NoError(t, err)
	})
}

func TestAt(t *testing.T) {
	t.Parallel()
	files := sql("stock/0001_a.up.sql", "CREATE TABLE a (id int);", "stock/0001_a.down.sql", "DROP TABLE a;",
		"stock/0002_b.up.sql", "CREATE TABLE b (id int);", "stock/0002_b.down.sql", "DROP TABLE b;",
		"stock/0005_c.up.sql", "CREATE TABLE c (id int);", "stock/0005_c.down.sql", "DROP TABLE c;")
	o := fresh(t, files, "stock")
	conn := connect(t, o.AdminURL)
	for _, to := range []uint{2, 1, 0, 5, 0, 1, 2, 5} {
		require.NoError(t, migrate.At(within(t), o, map[string]migrate.Version{"stock": {Module: to, Mechanisms: 1}}))
		v, err := migrate.VersionOf(within(t), conn, "stock")
		require.NoError(t, err)
		require.Equal(t, to, v.Module)
		tables := texts(t, conn, "SELECT relname::text FROM pg_class WHERE relname IN ('a', 'b', 'c') ORDER BY 1")
		require.Len(t, tables, map[uint]int{0: 0, 1: 1, 2: 2, 5: 3}[to])
	}
}
