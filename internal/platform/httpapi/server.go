package httpapi

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"time"
)

// NewServer returns a server that cuts slow clients and bounds what one connection can cost.
func NewServer(addr string, h http.Handler, logger *slog.Logger) *http.Server {
	return &http.Server{
		Addr:              addr,
		Handler:           h,
		ReadHeaderTimeout: 5 * time.Second,
		ReadTimeout:       90 * time.Second, // operations set their own, shorter ones
		WriteTimeout:      90 * time.Second, // likewise
		IdleTimeout:       2 * time.Minute,
		MaxHeaderBytes:    32 << 10,
		ErrorLog:          slog.NewLogLogger(logger.Handler(), slog.LevelDebug), // broken clients, not our errors
	}
}

// Serve answers requests on the listener until ctx ends, then lets every request in flight finish within grace and
// returns. draining is called first, so that readiness goes away before the listener does. It returns an error when the
// listener failed or requests had to be cut.
func Serve(ctx context.Context, server *http.Server, listener net.Listener, grace time.Duration, draining func()) error {
	failed := make(chan error, 1)
	go func() { failed <- server.Serve(listener) }()
	select {
	case err := <-failed:
		return fmt.Errorf("serve: %w", err)
	case <-ctx.Done():
	}
	if draining != nil {
		draining()
	}
	limited, cancel := context.WithTimeout(context.WithoutCancel(ctx), grace)
	defer cancel()
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
