package database

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"

	"github.com/jackc/pgx/v5"

	"erp/internal/platform/fault"
)

// Idempotency is the key of one request: the same key and the same request have one
// effect and one answer, at once, later and after a restart.
type Idempotency struct {
	Principal   string
	Key         string
	Fingerprint []byte // of method, path, query and body
	Replayed    bool   // set when the stored answer was given
	used        bool
}

type idempotencyKey struct{}

// WithIdempotency puts the request's key into ctx for the first Write that follows.
func WithIdempotency(ctx context.Context, i *Idempotency) context.Context {
	return context.WithValue(ctx, idempotencyKey{}, i)
}

// Write runs a use case's transaction: fn returns the published view, which is the
// answer. Under an Idempotency-Key the answer is stored in the same transaction, and
// a repeated request gets it without a second effect.
func Write[T any](ctx context.Context, db *DB, fn func(ctx context.Context, tx *Tx) (T, error)) (T, error) {
	idem, _ := ctx.Value(idempotencyKey{}).(*Idempotency)
	if idem != nil && idem.used {
		idem = nil
	}
	var view T
	err := db.Tx(ctx, func(ctx context.Context, tx *Tx) error {
		var zero T
		view = zero
		if idem != nil {
			first, err := idem.claim(ctx, tx)
			if err != nil {
				return err
			}
			if !first {
				return idem.replay(ctx, tx, &view)
			}
		}
		v, err := fn(ctx, tx)
		if err != nil {
			return err
		}
		view = v
		if idem != nil {
			return idem.keep(tx, v)
		}
		return nil
	})
	if idem != nil && err == nil {
		idem.used = true
	}
	if err != nil {
		var zero T
		return zero, err
	}
	return view, nil
}

// claim inserts the key; a concurrent request with the same one waits here until the
// first has committed or given up.
func (i *Idempotency) claim(ctx context.Context, tx *Tx) (first bool, err error) {
	tag, err := tx.conn.Exec(ctx,
		`INSERT INTO idempotency_key (principal, key, fingerprint, created_at) VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING`,
		i.Principal, i.Key, i.Fingerprint, tx.db.now())
	if err != nil {
		return false, fmt.Errorf("claim idempotency key: %w", err)
	}
	return tag.RowsAffected() == 1, nil
}

func (i *Idempotency) replay(ctx context.Context, tx *Tx, view any) error {
	answer, err := i.stored(ctx, tx.conn)
	if err != nil {
		return err
	}
	if err := json.Unmarshal(answer, view); err != nil {
		return fmt.Errorf("read stored answer: %w", err)
	}
	i.Replayed = true
	return nil
}

func (i *Idempotency) keep(tx *Tx, view any) error {
	answer, err := json.Marshal(view)
	if err != nil {
		return fmt.Errorf("store answer: %w", err)
	}
	tx.Queue(`UPDATE idempotency_key SET answer = $3 WHERE principal = $1 AND key = $2`, i.Principal, i.Key, answer)
	return nil
}

// KeyOf gives the request's key, nil without one and once it was used: for a use case that
// serves several requests in one transaction and therefore cannot use Write.
func KeyOf(ctx context.Context) *Idempotency {
	i, _ := ctx.Value(idempotencyKey{}).(*Idempotency)
	if i == nil || i.used {
		return nil
	}
	return i
}

// Claim takes the key in a transaction of several requests; false means that it is taken
// already, and that Write knows the answer.
func (i *Idempotency) Claim(ctx context.Context, tx *Tx) (bool, error) { return i.claim(ctx, tx) }

// Keep stores the answer of a claimed key with the COMMIT.
func (i *Idempotency) Keep(tx *Tx, view any) error {
	tx.AfterCommit(func() { i.used = true })
	return i.keep(tx, view)
}

// Release gives a claimed key back with the COMMIT: a refusal is not kept.
func (i *Idempotency) Release(tx *Tx) {
	tx.Queue(`DELETE FROM idempotency_key WHERE principal = $1 AND key = $2`, i.Principal, i.Key)
}

type querier interface {
	QueryRow(ctx context.Context, sql string, args ...any) pgx.Row
}

func (i *Idempotency) stored(ctx context.Context, q querier) ([]byte, error) {
	var fingerprint, answer []byte
	err := q.QueryRow(ctx, `SELECT fingerprint, answer FROM idempotency_key WHERE principal = $1 AND key = $2`, i.Principal, i.Key).
		Scan(&fingerprint, &answer)
	if errors.Is(err, pgx.ErrNoRows) {
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("read idempotency key: %w", Fault(err))
	}
	if !bytes.Equal(fingerprint, i.Fingerprint) {
		return nil, fault.New(fault.Invalid, "idempotency-key-reused",
			"This Idempotency-Key was used for another request; use a new key for each request.").
			At("header.Idempotency-Key", "was used for another request")
	}
	return answer, nil
}

// Stored gives the answer kept under the key, nil when the key is new: the edge asks
// before it runs the use case, so that a replay does not depend on today's state.
func (i *Idempotency) Stored(ctx context.Context, db *DB) (json.RawMessage, error) {
	return i.stored(ctx, db.pool)
}
