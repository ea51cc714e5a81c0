package database

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"math/rand/v2"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
	"github.com/jackc/pgx/v5/stdlib"
	"gorm.io/gorm"
)

// Tx is a running transaction of one schema. Stores use it as a gorm handle; what is
// queued on it is sent with the COMMIT in one round trip.
type Tx struct {
	*gorm.DB
	db    *DB
	conn  *pgx.Conn
	pgx   pgx.Tx
	queue pgx.Batch
	after []func()
	// marked is what follows when a trigger set the schema's mark; nil when none did, which is known once it is committed.
	marked func()
}

type inTxKey struct{}

// InTx reports whether ctx belongs to a running transaction: no peer may be called
// then, because the transaction's locks would wait for a network.
func InTx(ctx context.Context) bool { return ctx.Value(inTxKey{}) != nil }

// attempts of a transaction that the server aborted to resolve a deadlock.
const attempts = 4

// Tx runs fn in a transaction and commits when it returns nil. A transaction that the
// server chose as a deadlock's victim is run again, so fn must not keep state of an
// earlier run. Errors come back as faults.
func (db *DB) Tx(ctx context.Context, fn func(ctx context.Context, tx *Tx) error) error {
	if InTx(ctx) {
		return errors.New("a transaction was opened inside another one")
	}
	for try := 1; ; try++ {
		err := db.once(ctx, fn)
		if err == nil || try == attempts || !retryable(err) || ctx.Err() != nil {
			return Fault(err)
		}
		time.Sleep(time.Duration(try) * time.Duration(1+rand.IntN(10)) * time.Millisecond) //nolint:gosec // because jitter is no secret
	}
}

func (db *DB) once(ctx context.Context, fn func(ctx context.Context, tx *Tx) error) error {
	conn, err := db.sql.Conn(ctx)
	if err != nil {
		return fmt.Errorf("get connection: %w", err)
	}
	defer conn.Close() //nolint:errcheck // because it only gives the connection back
	tx, err := db.begin(ctx, conn)
	if err != nil {
		return err
	}
	done := false
	defer func() {
		if !done { // fn failed or panicked
			tx.rollback()
		}
	}()
	inside := context.WithValue(ctx, inTxKey{}, tx)
	tx.DB = tx.WithContext(inside)
	if err := fn(inside, tx); err != nil {
		return err
	}
	if err := tx.commit(ctx); err != nil {
		return err
	}
	done = true
	for _, f := range tx.after {
		f()
	}
	if tx.marked != nil {
		_ = conn.Close() // others can have it meanwhile
		tx.marked()
	}
	return nil
}

func (db *DB) begin(ctx context.Context, conn *sql.Conn) (*Tx, error) {
	tx := &Tx{db: db}
	err := conn.Raw(func(dc any) error {
		c, ok := dc.(*stdlib.Conn)
		if !ok {
			return fmt.Errorf("unexpected driver connection %T", dc)
		}
		tx.conn = c.Conn()
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("get connection: %w", err)
	}
	if tx.pgx, err = tx.conn.Begin(ctx); err != nil {
		return nil, fmt.Errorf("begin: %w", err)
	}
	tx.DB = db.gorm.Session(&gorm.Session{NewDB: true, Context: ctx})
	tx.Statement.ConnPool = conn
	return tx, nil
}

// Queue adds a statement ($1, $2 ...) that is sent with the COMMIT: for rows that
// nothing in the transaction reads again, such as events and audit.
func (tx *Tx) Queue(sql string, args ...any) {
	for i, arg := range args {
		args[i] = plain(arg)
	}
	tx.queue.Queue(sql, args...)
}

// AfterCommit runs f once the transaction is durable.
func (tx *Tx) AfterCommit(f func()) { tx.after = append(tx.after, f) }

// Conn is the connection of the transaction, for pipelines and COPY.
func (tx *Tx) Conn() *pgx.Conn { return tx.conn }

// Pgx is the transaction as libraries on pgx want it. They must not end it.
func (tx *Tx) Pgx() pgx.Tx { return tx.pgx }

// Context is the context that fn was given.
func (tx *Tx) Context() context.Context { return tx.Statement.Context }

// Of is the handle that the transaction belongs to.
func (tx *Tx) Of() *DB { return tx.db }

// commit sends the queued statements and COMMIT in one round trip, and asks on the way whether the transaction was marked.
func (tx *Tx) commit(ctx context.Context) error {
	before := tx.queue.Len()
	if mark := tx.db.marked.Load(); mark != nil {
		tx.queue.Queue(`SELECT coalesce(current_setting($1, true), '') <> ''`, mark.setting).QueryRow(func(row pgx.Row) error {
			var set bool
			err := row.Scan(&set)
			if set {
				tx.marked = mark.then
			}
			return err
		})
	}
	tx.queue.Queue("commit").Exec(func(tag pgconn.CommandTag) error {
		if tag.String() != "COMMIT" {
			return errors.New("the transaction was already aborted")
		}
		return nil
	})
	results := tx.conn.SendBatch(ctx, &tx.queue)
	for range before {
		if _, err := results.Exec(); err != nil {
			_ = results.Close()
			return fmt.Errorf("commit: %w", err)
		}
	}
	if err := results.Close(); err != nil {
		return fmt.Errorf("commit: %w", err)
	}
	return nil
}

func (tx *Tx) rollback() {
	ctx, cancel := context.WithTimeout(context.Background(), 5*time.Second)
	defer cancel()
	if !tx.conn.IsClosed() && tx.pgx.Rollback(ctx) != nil {
		_ = tx.conn.Close(ctx)
	}
}
