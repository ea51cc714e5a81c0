// Package resilience stands between a module and a peer: a call has a time limit, a bounded number runs at once, a safe
// one is tried again, and a peer that keeps failing is left alone for a while. It knows no peer.
//
//	names, err := resilience.Call(ctx, p.employees, func(ctx context.Context) (map[employee.ID]employee.Employee, error) {
//		return p.directory.Employees(ctx, ids)
//	})
//
// What the peer refuses (not found, conflict, not allowed) comes back as it is and does not count against it.
package resilience

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"runtime/debug"
	"time"

	"github.com/failsafe-go/failsafe-go/bulkhead"
	"github.com/failsafe-go/failsafe-go/circuitbreaker"

	"erp/internal/platform/database"
	"erp/internal/platform/fault"
)

// Options say how much a peer may cost. The zero is for calls that a use case cannot do without; a screen that can do
// without sets a shorter Timeout.
type Options struct {
	// Timeout is for the whole call, retries included; 2 seconds unless given.
	Timeout time.Duration
	// Attempts is how often a safe call is tried; 3 unless given.
	Attempts int
	// Backoff is the longest pause before the second attempt; it doubles from there; 20 ms unless given.
	Backoff time.Duration
	// Concurrency bounds the calls under way, those included that were given up but have not come back; 64 unless given.
	Concurrency int
	// Failures in a row open the breaker; 5 unless given.
	Failures int
	// OpenFor is how long an open breaker refuses before it lets one call try; 5 seconds unless given.
	OpenFor time.Duration
}

func (o Options) filled() Options {
	set := func(d *time.Duration, value time.Duration) {
		if *d == 0 {
			*d = value
		}
	}
	set(&o.Timeout, 2*time.Second)
	set(&o.Backoff, 20*time.Millisecond)
	set(&o.OpenFor, 5*time.Second)
	for value, n := range map[int]*int{3: &o.Attempts, 64: &o.Concurrency, 5: &o.Failures} {
		if *n == 0 {
			*n = value
		}
	}
	return o
}

// Peer is the guard around one peer. All calls to the peer share it.
type Peer struct {
	name     string
	options  Options
	breaker  circuitbreaker.CircuitBreaker[any]
	bulkhead bulkhead.Bulkhead[any]
	pace     pace
}

// NewPeer returns a guard for the peer of that name; people read the name in messages ("The employee directory").
func NewPeer(name string, o Options) *Peer {
	o = o.filled()
	return &Peer{
		name: name, options: o,
		breaker: circuitbreaker.NewBuilder[any]().
			WithFailureThreshold(uint(o.Failures)).
			WithSuccessThreshold(1).
			WithDelay(o.OpenFor).Build(),
		bulkhead: bulkhead.New[any](uint(o.Concurrency)),
	}
}

// Name is the peer's name.
func (p *Peer) Name() string { return p.name }

// State is closed when calls go through, open when they are refused, half-open when the next one is let through to try.
func (p *Peer) State() string {
	if p.breaker.IsOpen() && !p.Open() { // the breaker itself notices with the next call
		return circuitbreaker.HalfOpenState.String()
	}
	return p.breaker.State().String()
}

// Open reports whether calls are refused now, for metrics.
func (p *Peer) Open() bool { return p.breaker.IsOpen() && p.breaker.RemainingDelay() > 0 }

// Call asks the peer something that may be asked twice: reads, and writes that are idempotent.
func Call[T any](ctx context.Context, p *Peer, fn func(ctx context.Context) (T, error)) (T, error) {
	return guarded(ctx, p, p.options.Attempts, fn)
}

// Once tells the peer to do something that must not be told twice.
func Once[T any](ctx context.Context, p *Peer, fn func(ctx context.Context) (T, error)) (T, error) {
	return guarded(ctx, p, 1, fn)
}

var errInTransaction = errors.New("a peer was called inside a transaction: its locks would wait for the peer") //nolint:gochecknoglobals // because it is a constant

func guarded[T any](ctx context.Context, p *Peer, attempts int, fn func(ctx context.Context) (T, error)) (T, error) {
	var none T
	if database.InTx(ctx) {
		return none, fmt.Errorf("call %s: %w", p.name, errInTransaction)
	}
	if !p.breaker.TryAcquirePermit() {
		return none, p.unavailable(circuitbreaker.ErrOpen).After(max(time.Second, p.breaker.RemainingDelay()))
	}
	limited, cancel := context.WithTimeout(ctx, p.options.Timeout)
	defer cancel()
	value, err := repeated(limited, p, attempts, fn)
	p.record(ctx, err)
	switch {
	case err == nil:
		return value, nil
	case ctx.Err() != nil: // our own caller gave up
		return none, fmt.Errorf("call %s: %w", p.name, ctx.Err())
	case limited.Err() != nil || errors.Is(err, bulkhead.ErrFull):
		return none, p.unavailable(err)
	case fault.KindOf(err) != fault.Internal:
		return none, err
	default:
		return none, fmt.Errorf("call %s: %w", p.name, err)
	}
}

// record tells the breaker how it went. A half-open breaker waits for the one call it let through, so it is told even
// when our caller gave up.
func (p *Peer) record(ctx context.Context, err error) {
	switch {
	case err == nil || !counts(err):
		p.breaker.RecordSuccess()
	case ctx.Err() == nil || p.breaker.IsHalfOpen():
		p.breaker.RecordFailure()
	}
}

// counts reports whether the error says that the peer is not well; a refusal says that it is.
func counts(err error) bool {
	kind := fault.KindOf(err)
	return kind == fault.Internal || kind == fault.Unavailable
}

func (p *Peer) unavailable(cause error) *fault.Error {
	return fault.New(fault.Unavailable, "peer-unavailable", "%s does not answer right now; try again in a moment.", p.name).
		After(time.Second).Wrap(cause)
}

func repeated[T any](ctx context.Context, p *Peer, attempts int, fn func(ctx context.Context) (T, error)) (T, error) {
	pause := p.options.Backoff
	for attempt := 1; ; attempt++ {
		value, err := attended(ctx, p, fn)
		if err == nil || attempt >= attempts || !counts(err) || ctx.Err() != nil || errors.Is(err, bulkhead.ErrFull) {
			return value, err
		}
		select {
		case <-time.After(pause/2 + rand.N(pause/2+1)): //nolint:gosec // because jitter is no secret
		case <-ctx.Done():
			return value, err
		}
		pause *= 2
	}
}

// attended runs fn and stops waiting when ctx ends, even when fn does not notice. Its place is given back only when it
// has really come back, so that calls that hang stay bounded.
func attended[T any](ctx context.Context, p *Peer, fn func(ctx context.Context) (T, error)) (T, error) {
	type result struct {
		value T
		err   error
	}
	if !p.bulkhead.TryAcquirePermit() {
		var none T
		return none, bulkhead.ErrFull
	}
	defer p.pace.clock()()
	done := make(chan result, 1)
	go func() {
		defer p.bulkhead.ReleasePermit()
		defer func() {
			if panicked := recover(); panicked != nil {
				done <- result{err: fmt.Errorf("panic: %v\n%s", panicked, debug.Stack())}
			}
		}()
		value, err := fn(ctx)
		done <- result{value, err}
	}()
	select {
	case r := <-done:
		return r.value, r.err
	case <-ctx.Done():
		var none T
		return none, ctx.Err()
	}
}

// Through lets work at the peer pass that has a time limit of its own and cannot be repeated here, such as an answer that
// is passed on while it arrives.
func Through(ctx context.Context, p *Peer, fn func() error) error {
	if !p.breaker.TryAcquirePermit() {
		return p.unavailable(circuitbreaker.ErrOpen).After(max(time.Second, p.breaker.RemainingDelay()))
	}
	if !p.bulkhead.TryAcquirePermit() {
		return p.unavailable(bulkhead.ErrFull)
	}
	defer p.bulkhead.ReleasePermit()
	defer p.pace.clock()()
	var err error = p.unavailable(errors.New("cut off")) // unless fn comes back
	defer func() { p.record(ctx, err) }()
	err = fn()
	return err
}
