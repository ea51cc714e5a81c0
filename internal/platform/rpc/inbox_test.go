package rpc_test

import (
	"context"
	"log/slog"
	"sync/atomic"
	"testing"
	"time"

	"connectrpc.com/connect"
	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"erp/internal/platform/auth"
	"erp/internal/platform/database"
	"erp/internal/platform/events"
	"erp/internal/platform/fault"
	"erp/internal/platform/jobs"
	"erp/internal/platform/pgtest"
	"erp/internal/platform/resilience"
	"erp/internal/platform/rpc"
	"erp/internal/platform/rpc/rpctest"
	"erp/internal/platform/rpc/rpcwire"
	"erp/internal/platform/telemetry"
)

type left struct {
	Name string `json:"name"`
}

func (left) EventName() string { return "employee.left.v1" }

// apart is two processes with a bus each: employees publish in one, assets react in the other.
type apart struct {
	employees, assets *database.DB
	queue             *jobs.Scheduler
	wire              *rpctest.Wire
	handled           atomic.Int32
	away              atomic.Bool
	last              atomic.Pointer[events.Envelope]
}

func newApart(t *testing.T) *apart {
	t.Helper()
	all := pgtest.All(t)
	a := &apart{employees: all["employee"], assets: all["asset"], wire: rpctest.New(t, "asset")}
	subscribe := func(bus *events.Bus, db *database.DB) { // the same line of the module in both processes
		events.On(bus, "asset.return-on-leave", db, func(_ context.Context, tx *database.Tx, _ left, env events.Envelope) error {
			a.handled.Add(1)
			a.last.Store(&env)
			return tx.Exec(`INSERT INTO inbox (subscriber, event_id, handled_at) VALUES ('effect', ?, now())`, env.ID).Error
		})
	}
	near := events.NewBus()
	subscribe(near, a.assets)
	rpc.ServeInbox(a.wire.Server, near)

	var err error
	a.queue, err = jobs.New(a.employees, slog.New(slog.DiscardHandler))
	require.NoError(t, err)
	far := events.NewBus()
	far.Connect(a.employees, a.queue)
	send := a.wire.Link.Send(resilience.NewPeer("The asset module", resilience.Options{OpenFor: 100 * time.Millisecond}))
	subscribe(far.Elsewhere(func(ctx context.Context, subscriber string, env events.Envelope) error {
		if a.away.Load() {
			return fault.New(fault.Unavailable, "away", "Away.")
		}
		return send(ctx, subscriber, env)
	}), database.Nowhere("asset"))
	return a
}

func (a *apart) publish(t *testing.T) {
	t.Helper()
	ctx := telemetry.WithRequest(t.Context(), telemetry.Request{ID: "request-1", TraceID: "0af7651916cd43dd8448eb211c80319c"})
	require.NoError(t, a.employees.Tx(ctx, func(_ context.Context, tx *database.Tx) error { return events.Publish(tx, "ada", left{Name: "Ada"}) }))
}

func TestEventsReachAnotherProcess(t *testing.T) {
	t.Parallel()
	a := newApart(t)
	require.NoError(t, a.queue.Start(context.WithoutCancel(t.Context())))
	t.Cleanup(func() { _ = a.queue.Stop(context.Background()) })

	a.publish(t)
	require.Eventually(t, func() bool { return a.handled.Load() == 1 }, 20*time.Second, 10*time.Millisecond)
	env := *a.last.Load()
	require.Equal(t, "request-1", env.CorrelationID)
	require.JSONEq(t, `{"name":"Ada"}`, string(env.Payload))

	t.Run("the same event again has no second effect, over gRPC neither", func(t *testing.T) {
		for _, protocol := range []connect.ClientOption{connect.WithClientOptions(), connect.WithProtoJSON()} {
			inbox := rpcwire.NewInboxClient(a.wire.Link.HTTP(), a.wire.URL, a.wire.Link.As("employee").Options(), protocol)
			_, err := inbox.Deliver(t.Context(), deliver(env))
			require.NoError(t, err)
		}
		grpc := rpcwire.NewInboxClient(rpctest.GRPC(), a.wire.URL, a.wire.Link.As("employee").Options(), connect.WithGRPC())
		_, err := grpc.Deliver(t.Context(), deliver(env))
		require.NoError(t, err)
		require.EqualValues(t, 1, a.handled.Load())
	})
	t.Run("nobody tells the events of another module, and nobody without a passport tells any", func(t *testing.T) {
		foreign := rpcwire.NewInboxClient(a.wire.Link.HTTP(), a.wire.URL, a.wire.Link.As("invoice").Options())
		again := env
		again.ID = uuid.New()
		_, err := foreign.Deliver(t.Context(), deliver(again))
		require.True(t, fault.Is(err, fault.Forbidden), err)
		stranger := rpcwire.NewInboxClient(a.wire.Link.HTTP(), a.wire.URL)
		_, err = stranger.Deliver(t.Context(), deliver(again))
		require.Equal(t, connect.CodeUnauthenticated, connect.CodeOf(err))
		wrong := env
		wrong.Name = "employee.hired.v1"
		_, err = rpcwire.NewInboxClient(a.wire.Link.HTTP(), a.wire.URL, a.wire.Link.As("employee").Options()).Deliver(t.Context(), deliver(wrong))
		require.True(t, fault.Is(err, fault.Invalid), err)
		require.EqualValues(t, 1, a.handled.Load())
	})
	t.Run("while the process is away its events wait, and none becomes a dead letter", func(t *testing.T) {
		a.away.Store(true)
		for range 5 {
			a.publish(t)
		}
		time.Sleep(300 * time.Millisecond)
		require.EqualValues(t, 1, a.handled.Load())
		a.away.Store(false)
		require.Eventually(t, func() bool { return a.handled.Load() == 6 }, 20*time.Second, 10*time.Millisecond)
		counts, err := a.queue.Counts(t.Context())
		require.NoError(t, err)
		require.Zero(t, counts["discarded"]+counts["retryable"], counts)
	})
}

func deliver(env events.Envelope) *rpcwire.DeliverRequest {
	return &rpcwire.DeliverRequest{Subscriber: "asset.return-on-leave", Event: &rpcwire.Envelope{Id: env.ID.String(), Name: env.Name, Payload: env.Payload}}
}

// A key given to one process keeps a repeated write from having a second effect in the next.
func TestAnIdempotencyKeyCrossesTheWire(t *testing.T) {
	t.Parallel()
	wire := rpctest.New(t, "asset")
	var got *database.Idempotency
	bus := events.NewBus()
	events.On(bus, "asset.look", pgtest.New(t, "asset"), func(ctx context.Context, _ *database.Tx, _ left, _ events.Envelope) error {
		got = database.KeyOf(ctx)
		return nil
	})
	rpc.ServeInbox(wire.Server, bus)
	key := &database.Idempotency{Principal: "user:7", Key: "a key", Fingerprint: []byte{1, 2, 3}}
	ctx := database.WithIdempotency(auth.WithSystem(t.Context(), "employee.test"), key)
	inbox := rpcwire.NewInboxClient(wire.Link.HTTP(), wire.URL, wire.Link.As("employee").Options())
	request := deliver(events.Envelope{ID: uuid.New(), Name: "employee.left.v1", Payload: []byte(`{}`)})
	request.Subscriber = "asset.look"
	_, err := inbox.Deliver(ctx, request)
	require.NoError(t, err)
	require.Equal(t, key, got)
}
