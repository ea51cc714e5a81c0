package broker_test

import (
	"bytes"
	"context"
	"fmt"
	"log/slog"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"erp/internal/platform/broker"
	"erp/internal/platform/broker/brokertest"
	"erp/internal/platform/database"
	"erp/internal/platform/events"
	"erp/internal/platform/events/eventstest"
)

// carry lets a bus travel by the broker, until the test ends or stop is called.
func carry(t *testing.T, url string, bus *events.Bus, databases map[string]*database.DB, log *slog.Logger) (stop func()) {
	t.Helper()
	return carryBy(t, broker.Options{URL: url, Prefix: "erp_", Bus: bus, Databases: databases, Log: log})
}

func carryBy(t *testing.T, o broker.Options) (stop func()) {
	t.Helper()
	b := broker.New(o)
	require.NoError(t, b.Start(context.WithoutCancel(t.Context())))
	end := sync.OnceFunc(func() { b.Stop(context.Background()) })
	t.Cleanup(end)
	return end
}

func TestDelivery(t *testing.T) {
	t.Parallel()
	eventstest.TestDelivery(t, func(t *testing.T, p *eventstest.Pair) {
		t.Helper()
		carry(t, brokertest.New(t).URL(), p.Bus, p.Databases(), slog.New(slog.DiscardHandler))
	})
}

// Two copies of the program take turns, are stopped and started, and lose the broker meanwhile.
func TestNothingIsLostAndOrderIsKept(t *testing.T) {
	t.Parallel()
	server := brokertest.New(t)
	p := eventstest.NewPair(t)
	var mu sync.Mutex
	seen := map[string][]int{}
	handle := func(_ context.Context, _ *database.Tx, e eventstest.Happened, env events.Envelope) error {
		mu.Lock()
		defer mu.Unlock()
		seen[env.About] = append(seen[env.About], e.N)
		return nil
	}
	var log bytes.Buffer
	out := slog.New(slog.NewTextHandler(&guarded{w: &log}, &slog.HandlerOptions{Level: slog.LevelDebug}))
	events.On(p.Bus, "asset.see", p.To, handle)
	carry(t, server.URL(), p.Bus, p.Databases(), out)
	p.Bus, _ = p.Process(t) // the second copy is the one that publishes
	events.On(p.Bus, "asset.see", p.To, handle)
	stop := carry(t, server.URL(), p.Bus, p.Databases(), out)

	const things, facts = 8, 30
	for n := range facts {
		for thing := range things {
			p.Publish(t, fmt.Sprint("thing ", thing), eventstest.Happened{N: n})
		}
		switch n {
		case 5:
			server.Stop()
		case 15:
			server.Start()
		case 20:
			stop()
		}
	}
	eventstest.Eventually(t, func() bool {
		mu.Lock()
		defer mu.Unlock()
		n := 0
		for _, facts := range seen {
			n += len(facts)
		}
		return n >= things*facts
	})
	time.Sleep(200 * time.Millisecond) // for one too many
	for about, numbers := range seen {
		require.Len(t, numbers, facts, about)
		require.IsIncreasing(t, numbers, about)
	}
	waiting, err := events.Waiting(t.Context(), p.From)
	require.NoError(t, err)
	require.Zero(t, waiting)
	require.NotContains(t, log.String(), "n0t-for-logs")
}

// Three servers keep each event: the one that leads is lost in the middle of the work, and the work goes on.
func TestAClusterLosesAServer(t *testing.T) {
	t.Parallel()
	cluster := brokertest.NewCluster(t)
	p := eventstest.NewPair(t)
	var handled atomic.Int64
	events.On(p.Bus, "asset.count", p.To, func(context.Context, *database.Tx, eventstest.Happened, events.Envelope) error {
		handled.Add(1)
		return nil
	})
	carryBy(t, broker.Options{URL: cluster.URL(), Prefix: "erp_", Replicas: 3, Bus: p.Bus, Databases: p.Databases(), Log: slog.New(slog.DiscardHandler)})
	for n := range 40 {
		p.Publish(t, fmt.Sprint("thing ", n%7), eventstest.Happened{N: n})
		if n == 20 {
			eventstest.Eventually(t, func() bool { return handled.Load() > 0 })
			cluster.Leader().Stop()
		}
	}
	eventstest.Eventually(t, func() bool { return handled.Load() == 40 })
}

type guarded struct {
	mu sync.Mutex
	w  *bytes.Buffer
}

// Write implements io.Writer.
func (g *guarded) Write(p []byte) (int, error) {
	g.mu.Lock()
	defer g.mu.Unlock()
	return g.w.Write(p)
}

// A broker that refuses the password is tried again: somebody may put it right there.
func TestARefusedPasswordIsTriedAgain(t *testing.T) {
	t.Parallel()
	server := brokertest.New(t)
	server.Stop()
	server.StartWith("another")
	p := eventstest.NewPair(t)
	var handled atomic.Int64
	events.On(p.Bus, "asset.count", p.To, func(context.Context, *database.Tx, eventstest.Happened, events.Envelope) error {
		handled.Add(1)
		return nil
	})
	carry(t, server.URL(), p.Bus, p.Databases(), slog.New(slog.DiscardHandler))
	p.Publish(t, "thing", eventstest.Happened{N: 1})
	time.Sleep(3 * time.Second) // refused a few times
	waiting, err := events.Waiting(t.Context(), p.From)
	require.NoError(t, err)
	require.Equal(t, 1, waiting)
	server.Stop()
	server.Start()
	eventstest.Eventually(t, func() bool { return handled.Load() == 1 })
}

// An address that cannot be used is refused without being shown.
func TestAnAddressIsNeverShown(t *testing.T) {
	t.Parallel()
	b := broker.New(broker.Options{URL: "nats://erp:n0t-for-logs@[::1", Bus: events.NewBus(), Log: slog.New(slog.DiscardHandler)})
	err := b.Start(t.Context())
	require.ErrorContains(t, err, "ERP_NATS_URL")
	require.NotContains(t, err.Error(), "n0t-for-logs")
}

// What was left for a broker is delivered from here when the program runs without one again.
func TestWithoutABrokerAgain(t *testing.T) {
	t.Parallel()
	p := eventstest.NewPair(t)
	p.Bus.ByBroker(func(string) {})
	events.On(p.Bus, "asset.see", p.To, func(context.Context, *database.Tx, eventstest.Happened, events.Envelope) error { return nil })
	p.Publish(t, "thing", eventstest.Happened{N: 1})

	bus, queues := p.Process(t)
	done := make(chan struct{})
	events.On(bus, "asset.see", p.To, func(context.Context, *database.Tx, eventstest.Happened, events.Envelope) error {
		close(done)
		return nil
	})
	require.NoError(t, bus.Reclaim(t.Context(), p.From))
	p.Queues = queues
	p.Start(t)
	select {
	case <-done:
	case <-time.After(20 * time.Second):
		t.Fatal("it was not delivered")
	}
}
