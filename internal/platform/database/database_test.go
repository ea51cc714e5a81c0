package database_test

import (
	"context"
	"errors"
	"sync"
	"sync/atomic"
	"testing"

	"github.com/jackc/pgx/v5/pgxpool"
	"github.com/stretchr/testify/require"

	"erp/internal/platform/database"
	"erp/internal/platform/fault"
	"erp/internal/platform/pgtest"
)

type answer struct {
	N int `json:"n"`
}

func key(k, fingerprint string) *database.Idempotency {
	return &database.Idempotency{Principal: "p", Key: k, Fingerprint: []byte(fingerprint)}
}

func count(t *testing.T, db *database.DB, table string) int {
	t.Helper()
	var n int
	require.NoError(t, db.Pool().QueryRow(t.Context(), "SELECT count(*) FROM "+table).Scan(&n))
	return n
}

func note(tx *database.Tx, key string) error {
	return tx.Exec(`INSERT INTO inbox (subscriber, event_id, handled_at) VALUES (?, gen_random_uuid(), now())`, key).Error
}

func TestTx(t *testing.T) {
	t.Parallel()
	db := pgtest.New(t, "platform")

	t.Run("an error leaves nothing behind, queued statements included", func(t *testing.T) {
		t.Parallel()
		boom := errors.New("boom")
		err := db.Tx(t.Context(), func(_ context.Context, tx *database.Tx) error {
			require.NoError(t, note(tx, "lost"))
			tx.Queue(`INSERT INTO inbox VALUES ('lost', gen_random_uuid(), now())`)
			return boom
		})
		require.ErrorIs(t, err, boom)
		require.Zero(t, count(t, db, "inbox WHERE subscriber = 'lost'"))
	})

	t.Run("a queued statement that fails takes the transaction with it", func(t *testing.T) {
		t.Parallel()
		ran := false
		err := db.Tx(t.Context(), func(_ context.Context, tx *database.Tx) error {
			tx.Queue(`INSERT INTO inbox VALUES ('half', gen_random_uuid(), now())`)
			tx.Queue(`INSERT INTO audit_seal VALUES (1, gen_random_uuid(), 'short')`)
			tx.AfterCommit(func() { ran = true })
			return nil
		})
		require.Equal(t, fault.Invalid, fault.KindOf(err))
		require.False(t, ran, "nothing happens after a commit that did not happen")
		require.Zero(t, count(t, db, "inbox WHERE subscriber = 'half'"))
	})

	t.Run("a panic gives the connection back without an open transaction", func(t *testing.T) {
		t.Parallel()
		for range 40 { // more than the pool has
			require.Panics(t, func() {
				_ = db.Tx(t.Context(), func(context.Context, *database.Tx) error { panic("boom") })
			})
		}
		require.NoError(t, db.Ping(t.Context()))
	})

	t.Run("transactions do not nest, and peers can tell that one is open", func(t *testing.T) {
		t.Parallel()
		require.False(t, database.InTx(t.Context()))
		err := db.Tx(t.Context(), func(ctx context.Context, _ *database.Tx) error {
			require.True(t, database.InTx(ctx))
			return db.Tx(ctx, func(context.Context, *database.Tx) error { return nil })
		})
		require.Error(t, err)
	})

	t.Run("a swallowed database error cannot be committed", func(t *testing.T) {
		t.Parallel()
		err := db.Tx(t.Context(), func(_ context.Context, tx *database.Tx) error {
			_ = tx.Exec("SELECT 1/0").Error
			return nil
		})
		require.Error(t, err)
	})

	t.Run("a backend that is killed is a refusal to try again, and the pool recovers", func(t *testing.T) {
		t.Parallel()
		err := db.Tx(t.Context(), func(_ context.Context, tx *database.Tx) error {
			return tx.Exec(`SELECT pg_terminate_backend(pg_backend_pid())`).Error
		})
		require.Equal(t, fault.Unavailable, fault.KindOf(err), "%v", err)
		require.NoError(t, db.Ping(t.Context()))
	})
}

func TestWrite(t *testing.T) {
	t.Parallel()
	db := pgtest.New(t, "platform")
	write := func(idem *database.Idempotency, subscriber string, n int) (answer, error) {
		return database.Write(database.WithIdempotency(t.Context(), idem), db, func(_ context.Context, tx *database.Tx) (answer, error) {
			return answer{n}, note(tx, subscriber)
		})
	}

	t.Run("the same key has one effect and one answer", func(t *testing.T) {
		t.Parallel()
		first, err := write(key("a", "f"), "once", 1)
		require.NoError(t, err)
		again := key("a", "f")
		second, err := write(again, "once", 2)
		require.NoError(t, err)
		require.Equal(t, first, second)
		require.True(t, again.Replayed)
		require.Equal(t, 1, count(t, db, "inbox WHERE subscriber = 'once'"))
	})

	t.Run("at once too", func(t *testing.T) {
		t.Parallel()
		var wait sync.WaitGroup
		var replayed atomic.Int32
		for i := range 16 {
			wait.Go(func() {
				k := key("b", "f")
				if _, err := write(k, "race", i); err != nil {
					t.Error(err)
				}
				if k.Replayed {
					replayed.Add(1)
				}
			})
		}
		wait.Wait()
		require.EqualValues(t, 15, replayed.Load())
		require.Equal(t, 1, count(t, db, "inbox WHERE subscriber = 'race'"))
	})

	t.Run("another request under the key is refused", func(t *testing.T) {
		t.Parallel()
		_, err := write(key("c", "f"), "other", 1)
		require.NoError(t, err)
		_, err = write(key("c", "g"), "other", 1)
		require.Equal(t, fault.Invalid, fault.KindOf(err))
	})

	t.Run("a failed request leaves the key free", func(t *testing.T) {
		t.Parallel()
		_, err := database.Write(database.WithIdempotency(t.Context(), key("d", "f")), db, func(context.Context, *database.Tx) (answer, error) {
			return answer{}, fault.New(fault.Conflict, "no", "No.")
		})
		require.Equal(t, fault.Conflict, fault.KindOf(err))
		v, err := write(key("d", "f"), "free", 7)
		require.NoError(t, err)
		require.Equal(t, 7, v.N)
	})
}

func TestArray(t *testing.T) {
	t.Parallel()
	db := pgtest.New(t, "platform")
	hostile := []string{`plain`, `with "quotes"`, `back\slash`, `{brace},comma`, "", "NULL", "ümlaut", "new\nline"}
	var got []string
	require.NoError(t, db.Read(t.Context()).Raw(`SELECT x FROM unnest(?::text[]) WITH ORDINALITY AS u(x, i) ORDER BY i`, database.Array(hostile)).Scan(&got).Error)
	require.Equal(t, hostile, got)
}

func TestALostConnectionIsLostForAll(t *testing.T) {
	t.Parallel()
	db := pgtest.New(t, "platform")
	var open [4]*pgxpool.Conn
	for i := range open {
		conn, err := db.Pool().Acquire(t.Context())
		require.NoError(t, err)
		open[i] = conn
	}
	for _, conn := range open[1:] {
		_, err := open[0].Exec(t.Context(), `SELECT pg_terminate_backend($1)`, conn.Conn().PgConn().PID())
		require.NoError(t, err)
	}
	for _, conn := range open {
		conn.Release()
	}
	failed := 0
	for range 20 {
		if _, err := db.Pool().Exec(t.Context(), `SELECT 1`); err != nil {
			failed++
		}
	}
	require.LessOrEqual(t, failed, 1, "one request finds out, the others get new connections")
}
