// Package database opens one handle per schema and role and runs its transactions.
// It knows no table of a business module. Only this package and the modules' stores
// know gorm.
package database

import (
	"context"
	"database/sql"
	"fmt"
	"sync"
	"sync/atomic"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"
	"github.com/jackc/pgx/v5/stdlib"
	"gorm.io/driver/postgres"
	"gorm.io/gorm"
	"gorm.io/gorm/logger"
	"gorm.io/gorm/schema"
)

// Options say which schema is opened as which role.
type Options struct {
	URL      string // with the role's credentials; the role's search_path is the schema
	Schema   string
	MaxConns int // 16 when zero
	Now      func() time.Time
	// Standby is the address of a copy that follows the server; without one, the server answers everything.
	Standby string
}

// DB is a module's door to its own schema. The role it signs in with reaches no other.
type DB struct {
	schema   string
	standby  *DB
	pool     *pgxpool.Pool
	search   *pgxpool.Pool
	sql      *sql.DB
	gorm     *gorm.DB
	custom   *gorm.DB
	now      func() time.Time
	attached sync.Map
	marked   atomic.Pointer[marked]
}

// Nowhere is a handle on no database, for the door of a module that another process hosts: it can be handed on, and
// nothing can be asked of it.
func Nowhere(module string) *DB { return &DB{schema: module} }

// Open connects lazily: a server that is down is found by Ping, not here.
func Open(ctx context.Context, o Options) (*DB, error) {
	if o.MaxConns == 0 {
		o.MaxConns = 16
	}
	if o.Now == nil {
		o.Now = time.Now
	}
	db, err := openServer(ctx, o)
	if err != nil || o.Standby == "" {
		return db, err
	}
	o.URL, o.Standby = o.Standby, ""
	if db.standby, err = openServer(ctx, o); err != nil {
		db.Close()
		return nil, err
	}
	return db, nil
}

func openServer(ctx context.Context, o Options) (*DB, error) {
	pool, err := newPool(ctx, o.URL, o.MaxConns, nil)
	if err != nil {
		return nil, err
	}
	search, err := newPool(ctx, o.URL, max(2, o.MaxConns/4), map[string]string{"plan_cache_mode": "force_custom_plan"})
	if err != nil {
		pool.Close()
		return nil, err
	}
	db := &DB{schema: o.Schema, pool: pool, search: search, sql: stdlib.OpenDBFromPool(pool), now: o.Now}
	if db.gorm, err = openGorm(db.sql, o.Now); err == nil {
		db.custom, err = openGorm(stdlib.OpenDBFromPool(search), o.Now)
	}
	if err != nil {
		db.Close()
		return nil, err
	}
	return db, nil
}

func newPool(ctx context.Context, url string, maxConns int, params map[string]string) (*pgxpool.Pool, error) {
	cfg, err := pgxpool.ParseConfig(url)
	if err != nil {
		return nil, fmt.Errorf("read database address: %w", err)
	}
	cfg.MaxConns = int32(maxConns) //nolint:gosec // because a pool is small
	cfg.MaxConnIdleTime = 5 * time.Minute
	if cfg.ConnConfig.ValidateConnect != nil && len(cfg.ConnConfig.Fallbacks) > 0 {
		cfg.MaxConnLifetime = time.Minute // of several servers, which one is right changes
	}
	cfg.ConnConfig.ConnectTimeout = 5 * time.Second
	// The driver makes room for 512 of each on every connection, and the server keeps them all.
	cfg.ConnConfig.StatementCacheCapacity, cfg.ConnConfig.DescriptionCacheCapacity = 200, 32
	watch := &tracer{}
	cfg.ConnConfig.Tracer = watch
	cfg.AfterConnect = func(_ context.Context, conn *pgx.Conn) error {
		encodeIDs(conn.TypeMap())
		return nil
	}
	for k, v := range params {
		cfg.ConnConfig.RuntimeParams[k] = v
	}
	pool, err := pgxpool.NewWithConfig(ctx, cfg)
	if err != nil {
		return nil, fmt.Errorf("open pool: %w", err)
	}
	watch.pool.Store(pool)
	return pool, nil
}

func openGorm(conn *sql.DB, now func() time.Time) (*gorm.DB, error) {
	g, err := gorm.Open(postgres.New(postgres.Config{Conn: conn}), &gorm.Config{
		SkipDefaultTransaction: true,
		DisableAutomaticPing:   true,
		NamingStrategy:         schema.NamingStrategy{SingularTable: true},
		Logger:                 logger.Discard,
		NowFunc:                now,
	})
	if err != nil {
		return nil, fmt.Errorf("open mapper: %w", err)
	}
	return g, nil
}

// Read gives a handle for reading outside a transaction.
func (db *DB) Read(ctx context.Context) *gorm.DB { return db.gorm.WithContext(ctx) }

// Search gives a handle for reads whose best plan depends on their values (text
// search, optional filters): its connections never reuse a generic plan, which turned
// a one-millisecond search into a sequential scan of 340.
func (db *DB) Search(ctx context.Context) *gorm.DB { return db.custom.WithContext(ctx) }

// Standby is where to read what may be some moments old, such as the sums of a home page or an export: a copy of the server,
// if the operator has one. It cannot be written.
func (db *DB) Standby() *DB {
	if db.standby != nil {
		return db.standby
	}
	return db
}

// Schema is the name of the schema and of the module that owns it.
func (db *DB) Schema() string { return db.schema }

// Pool gives the connections themselves, for hot paths, COPY and LISTEN.
func (db *DB) Pool() *pgxpool.Pool { return db.pool }

// Now is the clock the handle was opened with.
func (db *DB) Now() time.Time { return db.now() }

// Ping asks the server for a sign of life.
func (db *DB) Ping(ctx context.Context) error { return Fault(db.pool.Ping(ctx)) }

// Attach lets a mechanism (events, jobs) keep its own handle with this schema's.
func (db *DB) Attach(key, value any) { db.attached.Store(key, value) }

// Attached gives back what was attached under key, nil without.
func (db *DB) Attached(key any) any {
	v, _ := db.attached.Load(key)
	return v
}

// Close waits for running statements and closes all connections.
func (db *DB) Close() {
	if db.standby != nil {
		db.standby.Close()
	}
	db.search.Close()
	db.pool.Close()
}
