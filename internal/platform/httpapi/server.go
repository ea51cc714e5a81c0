package httpapi

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"sync/atomic"
	"time"
)

const (
	headTravels     = 5 * time.Second
	connectionWaits = 90 * time.Second
)

// NewServer returns a server that cuts slow clients and bounds what one connection can cost.
func NewServer(addr string, h http.Handler, logger *slog.Logger) *http.Server {
	return &http.Server{
		Addr:              addr,
		Handler:           h,
		ReadHeaderTimeout: headTravels,
		ReadTimeout:       connectionWaits, // operations with a body set their own, shorter ones
		WriteTimeout:      connectionWaits, // operations that take longer, or end sooner, set their own
		IdleTimeout:       2 * time.Minute,
		MaxHeaderBytes:    32 << 10,
		ErrorLog:          slog.NewLogLogger(logger.Handler(), slog.LevelDebug), // broken clients, not our errors
	}
}

// Stopping says how a server ends.
type Stopping struct {
	// Grace is how long everything may take.
	Grace time.Duration
	// Linger is how long requests are still taken, so that who spreads them over several servers sees first that this one is
	// not ready any more.
	Linger time.Duration
	// Begin is called first: readiness goes away.
	Begin func()
	// Probe tells paths that are answered as long as anything else is still being answered.
	Probe func(path string) bool
}

// Serve answers requests on the listener until ctx ends. Then readiness goes away; after a moment new requests are sent
// elsewhere (503), those in flight are answered, and probes too as long as there are any. It returns an error when the
// listener failed or requests had to be cut.
func Serve(ctx context.Context, server *http.Server, listener net.Listener, end Stopping) error {
	door := &door{next: server.Handler, probe: end.Probe, free: make(chan struct{}, 1)}
	server.Handler = door
	failed := make(chan error, 1)
	go func() { failed <- server.Serve(listener) }()
	select {
	case err := <-failed:
		return fmt.Errorf("serve: %w", err)
	case <-ctx.Done():
	}
	if end.Begin != nil {
		end.Begin()
	}
	limited, cancel := context.WithTimeout(context.WithoutCancel(ctx), end.Grace)
	defer cancel()
	select {
	case <-time.After(end.Linger):
	case <-limited.Done():
	}
	server.SetKeepAlivesEnabled(false)
	door.shut(limited)
	err := server.Shutdown(limited) // Serve has returned long before this does
	if err != nil {
		_ = server.Close()
		return fmt.Errorf("drain: %w", err)
	}
	if err := <-failed; !errors.Is(err, http.ErrServerClosed) {
		return fmt.Errorf("serve: %w", err)
	}
	return nil
}

// door counts who is inside, so that it can be shut behind the last one.
type door struct {
	next   http.Handler
	probe  func(path string) bool
	closed atomic.Bool
	inside atomic.Int64
	free   chan struct{}
}

// ServeHTTP lets a request in, or sends it elsewhere.
func (d *door) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if d.probe != nil && d.probe(r.URL.Path) {
		d.next.ServeHTTP(w, r)
		return
	}
	d.inside.Add(1)
	defer func() {
		if d.inside.Add(-1) == 0 && d.closed.Load() {
			d.tell()
		}
	}()
	if d.closed.Load() {
		w.Header().Set("Retry-After", "1")
		w.Header().Set("Content-Type", problemType)
		w.WriteHeader(http.StatusServiceUnavailable)
		_, _ = io.WriteString(w, `{"title":"Service Unavailable","status":503,"code":"stopping","detail":"This server is stopping; try again in a moment."}`)
		return
	}
	d.next.ServeHTTP(w, r)
}

func (d *door) tell() {
	select {
	case d.free <- struct{}{}:
	default:
	}
}

// shut lets nobody in any more and waits until those inside have left.
func (d *door) shut(ctx context.Context) {
	d.closed.Store(true)
	for d.inside.Load() > 0 {
		select {
		case <-d.free:
		case <-ctx.Done():
			return
		}
	}
}
