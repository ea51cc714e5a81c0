package resilience_test

import (
	"context"
	"errors"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"erp/internal/platform/database"
	"erp/internal/platform/fault"
	"erp/internal/platform/pgtest"
	"erp/internal/platform/resilience"
)

var errBroken = errors.New("broken")

func fails(context.Context) (int, error) { return 0, errBroken }

func works(context.Context) (int, error) { return 7, nil }

func TestCall(t *testing.T) {
	t.Parallel()
	ctx := context.Background()

	t.Run("a peer that answers is passed through", func(t *testing.T) {
		t.Parallel()
		got, err := resilience.Call(ctx, resilience.NewPeer("Peer", resilience.Options{}), works)
		require.NoError(t, err)
		require.Equal(t, 7, got)
	})
	t.Run("a safe call is tried again, one that is not is not", func(t *testing.T) {
		t.Parallel()
		p := resilience.NewPeer("Peer", resilience.Options{})
		tries := 0
		flaky := func(context.Context) (int, error) {
			if tries++; tries < 3 {
				return 0, errBroken
			}
			return 7, nil
		}
		got, err := resilience.Call(ctx, p, flaky)
		require.NoError(t, err)
		require.Equal(t, 7, got)
		tries = 0
		_, err = resilience.Once(ctx, p, flaky)
		require.ErrorIs(t, err, errBroken)
		require.Equal(t, 1, tries)
	})
	t.Run("a refusal comes back as it is, once, and does not open the breaker", func(t *testing.T) {
		t.Parallel()
		p := resilience.NewPeer("Peer", resilience.Options{})
		tries := 0
		for range 20 {
			_, err := resilience.Call(ctx, p, func(context.Context) (int, error) {
				tries++
				return 0, fault.New(fault.NotFound, "none", "None.")
			})
			require.True(t, fault.Is(err, fault.NotFound))
		}
		require.Equal(t, 20, tries)
		require.Equal(t, "closed", p.State())
	})
	t.Run("a peer that hangs and does not notice is given up in time", func(t *testing.T) {
		t.Parallel()
		p := resilience.NewPeer("The directory", resilience.Options{Timeout: 30 * time.Millisecond})
		start := time.Now()
		_, err := resilience.Call(ctx, p, func(context.Context) (int, error) { time.Sleep(time.Second); return 0, nil })
		require.True(t, fault.Is(err, fault.Unavailable))
		require.ErrorContains(t, err, "The directory does not answer")
		require.Less(t, time.Since(start), 300*time.Millisecond)
	})
	t.Run("a peer that panics is an error", func(t *testing.T) {
		t.Parallel()
		_, err := resilience.Once(ctx, resilience.NewPeer("Peer", resilience.Options{}), func(context.Context) (int, error) { panic("boom") })
		require.ErrorContains(t, err, "panic: boom")
	})
	t.Run("a caller who gives up is no failure of the peer", func(t *testing.T) {
		t.Parallel()
		p := resilience.NewPeer("Peer", resilience.Options{})
		for range 10 {
			gone, cancel := context.WithCancel(ctx)
			_, err := resilience.Call(gone, p, func(ctx context.Context) (int, error) { cancel(); <-ctx.Done(); return 0, ctx.Err() })
			require.ErrorIs(t, err, context.Canceled)
		}
		require.Equal(t, "closed", p.State())
	})
}

func TestBreaker(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	p := resilience.NewPeer("Peer", resilience.Options{Attempts: 1, OpenFor: 50 * time.Millisecond})
	for range 5 {
		require.Equal(t, "closed", p.State())
		_, err := resilience.Call(ctx, p, fails)
		require.ErrorIs(t, err, errBroken)
	}
	require.Equal(t, "open", p.State())
	require.True(t, p.Open())
	_, err := resilience.Call(ctx, p, func(context.Context) (int, error) {
		t.Error("an open breaker lets nothing through")
		return 0, nil
	})
	require.True(t, fault.Is(err, fault.Unavailable))
	refusal, ok := errors.AsType[*fault.Error](err)
	require.True(t, ok)
	require.GreaterOrEqual(t, refusal.RetryAfter, time.Second)

	time.Sleep(60 * time.Millisecond)
	_, err = resilience.Call(ctx, p, fails)
	require.ErrorIs(t, err, errBroken, "one call is let through to try")
	require.Equal(t, "open", p.State())

	time.Sleep(60 * time.Millisecond)
	_, err = resilience.Call(ctx, p, works)
	require.NoError(t, err)
	require.Equal(t, "closed", p.State(), "it closes by itself")
}

func TestHalfOpenSurvivesACallerWhoGivesUp(t *testing.T) {
	t.Parallel()
	p := resilience.NewPeer("Peer", resilience.Options{Attempts: 1, Failures: 1, OpenFor: 10 * time.Millisecond})
	_, err := resilience.Call(context.Background(), p, fails)
	require.Error(t, err)
	time.Sleep(20 * time.Millisecond)
	gone, cancel := context.WithCancel(context.Background())
	_, err = resilience.Call(gone, p, func(ctx context.Context) (int, error) { cancel(); <-ctx.Done(); return 0, ctx.Err() })
	require.Error(t, err)
	time.Sleep(20 * time.Millisecond)
	_, err = resilience.Call(context.Background(), p, works)
	require.NoError(t, err)
}

func TestBulkhead(t *testing.T) {
	t.Parallel()
	p := resilience.NewPeer("Peer", resilience.Options{Concurrency: 2, Attempts: 1})
	release := make(chan struct{})
	var inside atomic.Int32
	var wg sync.WaitGroup
	for range 2 {
		wg.Go(func() {
			_, _ = resilience.Call(context.Background(), p, func(context.Context) (int, error) {
				inside.Add(1)
				<-release
				return 0, nil
			})
		})
	}
	require.Eventually(t, func() bool { return inside.Load() == 2 }, time.Second, time.Millisecond)
	_, err := resilience.Call(context.Background(), p, works)
	require.True(t, fault.Is(err, fault.Unavailable), "the third is refused at once")
	close(release)
	wg.Wait()
	require.Eventually(t, func() bool {
		_, err := resilience.Call(context.Background(), p, works)
		return err == nil
	}, time.Second, time.Millisecond)
}

func TestNoPeerInsideATransaction(t *testing.T) {
	t.Parallel()
	db := pgtest.New(t, "platform")
	err := db.Tx(context.Background(), func(ctx context.Context, _ *database.Tx) error {
		_, err := resilience.Call(ctx, resilience.NewPeer("Peer", resilience.Options{}), func(context.Context) (int, error) {
			t.Error("the peer was called")
			return 0, nil
		})
		return err
	})
	require.ErrorContains(t, err, "inside a transaction")
}

func TestPace(t *testing.T) {
	t.Parallel()
	p := resilience.NewPeer("The register", resilience.Options{Timeout: 20 * time.Millisecond, Attempts: 1})
	require.Zero(t, p.Pace(), "nobody has asked yet")
	ask := func(takes time.Duration) {
		_, _ = resilience.Call(t.Context(), p, func(context.Context) (int, error) { time.Sleep(takes); return 1, nil })
	}
	ask(5 * time.Millisecond)
	first := p.Pace()
	require.GreaterOrEqual(t, first.Last, 5*time.Millisecond)
	require.Equal(t, first.Last, first.Usual)
	ask(time.Second)
	second := p.Pace()
	require.GreaterOrEqual(t, second.Last, 20*time.Millisecond, "who is given up took that long")
	require.Less(t, second.Last, time.Second)
	require.Greater(t, second.Usual, first.Usual)
	require.Less(t, second.Usual, second.Last)
	require.True(t, second.At.After(first.At))
}
