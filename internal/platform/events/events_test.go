package events_test

import (
	"context"
	"errors"
	"log/slog"
	"sync/atomic"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"erp/internal/platform/database"
	"erp/internal/platform/events"
	"erp/internal/platform/jobs"
	"erp/internal/platform/pgtest"
	"erp/internal/platform/telemetry"
)

type happened struct {
	N int `json:"n"`
}

func (happened) EventName() string { return "test.happened.v1" }

type followed struct{}

func (followed) EventName() string { return "test.followed.v1" }

type pair struct {
	from, to *database.DB
	bus      *events.Bus
	queues   []*jobs.Scheduler
}

func connect(t *testing.T) *pair {
	t.Helper()
	all := pgtest.All(t)
	p := &pair{from: all["employee"], to: all["asset"], bus: events.NewBus()}
	for _, db := range []*database.DB{p.from, p.to} {
		q, err := jobs.New(db, slog.New(slog.DiscardHandler))
		require.NoError(t, err)
		p.bus.Connect(db, q)
		p.queues = append(p.queues, q)
	}
	return p
}

func (p *pair) start(t *testing.T) {
	t.Helper()
	for _, q := range p.queues {
		require.NoError(t, q.Start(context.WithoutCancel(t.Context())))
		t.Cleanup(func() { _ = q.Stop(context.Background()) })
	}
}

func publish(t *testing.T, db *database.DB, e events.Event) {
	t.Helper()
	ctx := telemetry.WithRequest(t.Context(), telemetry.Request{ID: "req-1"})
	require.NoError(t, db.Tx(ctx, func(_ context.Context, tx *database.Tx) error { return events.Publish(tx, "about", e) }))
}

func eventually(t *testing.T, condition func() bool) {
	t.Helper()
	require.Eventually(t, condition, 20*time.Second, 10*time.Millisecond)
}

func TestDelivery(t *testing.T) {
	t.Parallel()

	t.Run("every published event is handled once, and follows from what caused it", func(t *testing.T) {
		t.Parallel()
		p := connect(t)
		var handled atomic.Int64
		var cause atomic.Value
		events.On(p.bus, "asset.count", p.to, func(_ context.Context, tx *database.Tx, e happened, _ events.Envelope) error {
			handled.Add(int64(e.N))
			return events.Publish(tx, "about", followed{})
		})
		events.On(p.bus, "employee.follow", p.from, func(_ context.Context, _ *database.Tx, _ followed, env events.Envelope) error {
			cause.Store(env)
			return nil
		})
		p.start(t)
		for i := range 50 {
			publish(t, p.from, happened{i + 1})
		}
		eventually(t, func() bool { return handled.Load() == 50*51/2 && cause.Load() != nil })
		env := cause.Load().(events.Envelope) //nolint:forcetypeassert // because only this test stores it
		require.Equal(t, "req-1", env.CorrelationID)
		require.NotEmpty(t, env.CausationID)
	})

	t.Run("an effect that fails is tried again, and never counts twice", func(t *testing.T) {
		t.Parallel()
		p := connect(t)
		var tries atomic.Int64
		events.On(p.bus, "asset.shaky", p.to, func(_ context.Context, tx *database.Tx, _ happened, env events.Envelope) error {
			if err := tx.Exec(`INSERT INTO inbox (subscriber, event_id, handled_at) VALUES ('effect', ?, now())`, env.ID).Error; err != nil {
				return err
			}
			if tries.Add(1) == 1 {
				return errors.New("not today")
			}
			return nil
		})
		p.start(t)
		publish(t, p.from, happened{1})
		eventually(t, func() bool { return tries.Load() == 2 })
		eventually(t, func() bool {
			var n int
			_ = p.to.Pool().QueryRow(context.Background(), `SELECT count(*) FROM inbox WHERE subscriber = 'effect'`).Scan(&n)
			return n == 1
		})
	})

	t.Run("a rolled back transaction publishes nothing", func(t *testing.T) {
		t.Parallel()
		p := connect(t)
		events.On(p.bus, "asset.never", p.to, func(context.Context, *database.Tx, happened, events.Envelope) error { return nil })
		_ = p.from.Tx(t.Context(), func(_ context.Context, tx *database.Tx) error {
			require.NoError(t, events.Publish(tx, "about", happened{1}))
			return errors.New("no")
		})
		var n int
		require.NoError(t, p.from.Pool().QueryRow(t.Context(), `SELECT (SELECT count(*) FROM event_log) + (SELECT count(*) FROM river_job)`).Scan(&n))
		require.Zero(t, n)
	})
}
