// Package eventstest is the promise that events keep however they travel: by the database, or by a broker. It knows no
// module.
package eventstest

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"sync"
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

// Happened is a fact for tests.
type Happened struct {
	N int `json:"n"`
}

// EventName implements events.Event.
func (Happened) EventName() string { return "employee.happened.v1" }

// Followed is a fact that follows from another.
type Followed struct{}

// EventName implements events.Event.
func (Followed) EventName() string { return "asset.followed.v1" }

// Pair is two modules with a bus between them: From publishes, To reacts.
type Pair struct {
	From, To *database.DB
	Bus      *events.Bus
	Queues   []*jobs.Scheduler
}

// NewPair prepares the modules; subscribe before Start.
func NewPair(t *testing.T) *Pair {
	t.Helper()
	all := pgtest.All(t)
	p := &Pair{From: all["employee"], To: all["asset"]}
	p.Bus, p.Queues = p.Process(t)
	return p
}

// Process is a bus and its queues over the same databases, as another process has them.
func (p *Pair) Process(t *testing.T) (*events.Bus, []*jobs.Scheduler) {
	t.Helper()
	bus := events.NewBus()
	var queues []*jobs.Scheduler
	for _, db := range []*database.DB{p.From, p.To} {
		q, err := jobs.New(db, slog.New(slog.DiscardHandler))
		require.NoError(t, err)
		bus.Connect(db, q)
		queues = append(queues, q)
	}
	return bus, queues
}

// Databases are those of both modules.
func (p *Pair) Databases() map[string]*database.DB {
	return map[string]*database.DB{"employee": p.From, "asset": p.To}
}

// Start lets the queues work.
func (p *Pair) Start(t *testing.T) {
	t.Helper()
	for _, q := range p.Queues {
		require.NoError(t, q.Start(context.WithoutCancel(t.Context())))
		t.Cleanup(func() { _ = q.Stop(context.Background()) })
	}
}

// Publish publishes a fact about something.
func (p *Pair) Publish(t *testing.T, about string, e events.Event) {
	t.Helper()
	ctx := telemetry.WithRequest(t.Context(), telemetry.Request{ID: "req-1"})
	require.NoError(t, p.From.Tx(ctx, func(_ context.Context, tx *database.Tx) error { return events.Publish(tx, about, e) }))
}

// Dead are the dead letters of the reacting module, and of the other.
func (p *Pair) Dead(t *testing.T) []jobs.Dead {
	t.Helper()
	var all []jobs.Dead
	for _, q := range p.Queues {
		dead, err := q.Dead(t.Context())
		require.NoError(t, err)
		all = append(all, dead...)
	}
	return all
}

// Eventually waits for what must come.
func Eventually(t *testing.T, condition func() bool) {
	t.Helper()
	require.Eventually(t, condition, 30*time.Second, 10*time.Millisecond)
}

// TestDelivery is the promise. travel lets the pair's events travel, after all have subscribed.
func TestDelivery(t *testing.T, travel func(t *testing.T, p *Pair)) {
	t.Helper()
	start := func(t *testing.T, p *Pair) { travel(t, p); p.Start(t) }

	t.Run("every published event is handled once, and follows from what caused it", func(t *testing.T) {
		t.Parallel()
		p := NewPair(t)
		var handled atomic.Int64
		var cause atomic.Value
		events.On(p.Bus, "asset.count", p.To, func(_ context.Context, tx *database.Tx, e Happened, _ events.Envelope) error {
			handled.Add(int64(e.N))
			return events.Publish(tx, "about", Followed{})
		})
		events.On(p.Bus, "employee.follow", p.From, func(_ context.Context, _ *database.Tx, _ Followed, env events.Envelope) error {
			cause.Store(env)
			return nil
		})
		start(t, p)
		for i := range 50 {
			p.Publish(t, fmt.Sprint("about ", i%7), Happened{i + 1})
		}
		Eventually(t, func() bool { return handled.Load() == 50*51/2 && cause.Load() != nil })
		env := cause.Load().(events.Envelope) //nolint:forcetypeassert // because only this test stores it
		require.Equal(t, "req-1", env.CorrelationID)
		require.NotEmpty(t, env.CausationID)
	})

	t.Run("an effect that fails is tried again, and never counts twice", func(t *testing.T) {
		t.Parallel()
		p := NewPair(t)
		var tries atomic.Int64
		events.On(p.Bus, "asset.shaky", p.To, func(_ context.Context, tx *database.Tx, _ Happened, env events.Envelope) error {
			if err := tx.Exec(`INSERT INTO inbox (subscriber, event_id, handled_at) VALUES ('effect', ?, now())`, env.ID).Error; err != nil {
				return err
			}
			if tries.Add(1) == 1 {
				return errors.New("not today")
			}
			return nil
		})
		start(t, p)
		p.Publish(t, "about", Happened{1})
		Eventually(t, func() bool { return tries.Load() == 2 })
		Eventually(t, func() bool {
			var n int
			_ = p.To.Pool().QueryRow(context.Background(), `SELECT count(*) FROM inbox WHERE subscriber = 'effect'`).Scan(&n)
			return n == 1
		})
	})

	t.Run("what can never be handled becomes a dead letter in the end, and keeps nobody waiting", func(t *testing.T) {
		t.Parallel()
		p := NewPair(t)
		var mu sync.Mutex
		handled := map[string]int{}
		events.On(p.Bus, "asset.choke", p.To, func(_ context.Context, _ *database.Tx, e Happened, env events.Envelope) error {
			if e.N == 0 {
				panic("poison")
			}
			mu.Lock()
			defer mu.Unlock()
			handled[env.About]++
			return nil
		})
		start(t, p)
		p.Publish(t, "about 0", Happened{0})
		for i := range 20 {
			p.Publish(t, fmt.Sprint("about ", i), Happened{1})
		}
		Eventually(t, func() bool { mu.Lock(); defer mu.Unlock(); return len(handled) == 20 })
		Eventually(t, func() bool { // its tries are still to come; they are made the last ones
			for _, db := range []*database.DB{p.From, p.To} {
				_, _ = db.Pool().Exec(context.Background(), `UPDATE river_job SET attempt = max_attempts - 1, scheduled_at = now(), state = 'available' WHERE state IN ('retryable', 'available') AND attempt BETWEEN 1 AND max_attempts - 2`)
			}
			return len(p.Dead(t)) == 1
		})
		dead := p.Dead(t)[0]
		require.Equal(t, "deliver-event", dead.Task)
		require.Contains(t, string(dead.Payload), `"subscriber": "asset.choke"`)
		require.Contains(t, dead.Error, "poison")
	})

	t.Run("a rolled back transaction publishes nothing", func(t *testing.T) {
		t.Parallel()
		p := NewPair(t)
		events.On(p.Bus, "asset.never", p.To, func(context.Context, *database.Tx, Happened, events.Envelope) error { return nil })
		travel(t, p)
		_ = p.From.Tx(t.Context(), func(_ context.Context, tx *database.Tx) error {
			require.NoError(t, events.Publish(tx, "about", Happened{1}))
			return errors.New("no")
		})
		var n int
		require.NoError(t, p.From.Pool().QueryRow(t.Context(),
			`SELECT (SELECT count(*) FROM event_log) + (SELECT count(*) FROM river_job) + (SELECT count(*) FROM outbox)`).Scan(&n))
		require.Zero(t, n)
	})
}
