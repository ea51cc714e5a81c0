package pgtest

import (
	"context"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"sync"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"

	"erp/internal/platform/embeddedpg"
)

// idle is how long the server waits for the next test process before it ends.
const idle = 90 * time.Second

// server is the shared Postgres. Its pool keeps a connection for the life of this process, which keeps the server too.
type server struct {
	admin    *pgxpool.Pool
	url      *url.URL
	strategy string // how a database is copied fastest, as a clause
	mu       sync.Mutex
	ready    map[string]*sync.Once
	fails    map[string]error
}

// theServer is started or joined once per test process.
var theServer = sync.OnceValues(func() (*server, error) {
	ctx, cancel := context.WithTimeout(context.Background(), patience)
	defer cancel()
	var err error
	for range 3 { // the server may end just when it is joined
		var s *server
		if s, err = join(ctx); err == nil {
			return s, nil
		}
	}
	return nil, err
})

func join(ctx context.Context) (*server, error) {
	address, err := embeddedpg.Throwaway(ctx, embeddedpg.Options{
		DataDir: filepath.Join(folder(), fmt.Sprintf("erp-pgtest-%d", os.Geteuid())),
		Settings: map[string]string{
			// Nobody misses a test's data after a power failure. Everything else is as in earnest.
			"fsync":           "off",
			"max_connections": "600",
			"max_wal_size":    "192MB",
			"min_wal_size":    "32MB",
			"wal_level":       "minimal",
			"max_wal_senders": "0",
			"autovacuum":      "off", // databases live for seconds
		},
	}, idle)
	if err != nil {
		return nil, err
	}
	parsed, err := url.Parse(address)
	if err != nil {
		return nil, fmt.Errorf("address of the server: %w", err)
	}
	config, err := pgxpool.ParseConfig(address)
	if err != nil {
		return nil, fmt.Errorf("address of the server: %w", err)
	}
	config.MaxConns, config.MinConns, config.MaxConnIdleTime = 4, 1, time.Hour
	pool, err := pgxpool.NewWithConfig(ctx, config)
	if err != nil {
		return nil, err
	}
	var strategy string
	const fastest = "SELECT CASE WHEN current_setting('server_version_num')::int >= 150000 THEN ' STRATEGY FILE_COPY' ELSE '' END"
	if err := pool.QueryRow(ctx, fastest).Scan(&strategy); err != nil {
		pool.Close()
		return nil, err
	}
	if err := sweep(ctx, pool); err != nil {
		pool.Close()
		return nil, err
	}
	return &server{admin: pool, url: parsed, strategy: strategy, ready: map[string]*sync.Once{}, fails: map[string]error{}}, nil
}

func (s *server) address(database string) string {
	u := *s.url
	u.Path = "/" + database
	return u.String()
}

// sweep drops what killed tests have left, long after any test's time is over.
func sweep(ctx context.Context, pool *pgxpool.Pool) error {
	const left = `SELECT datname::text FROM pg_database
		WHERE datname ~ '^test_[0-9]+_' AND to_timestamp(split_part(datname, '_', 2)::bigint) < now() - interval '30 minutes'`
	rows, err := pool.Query(ctx, left)
	if err != nil {
		return err
	}
	names, err := pgx.CollectRows(rows, pgx.RowTo[string])
	if err != nil {
		return err
	}
	for _, name := range names {
		if _, err := pool.Exec(ctx, "DROP DATABASE IF EXISTS "+name+" WITH (FORCE)"); err != nil {
			return err
		}
	}
	return nil
}
