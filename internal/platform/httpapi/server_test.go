package httpapi_test

import (
	"context"
	"io"
	"log/slog"
	"net"
	"net/http"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"erp/internal/platform/httpapi"
)

func listen(t *testing.T) net.Listener {
	t.Helper()
	listener, err := (&net.ListenConfig{}).Listen(t.Context(), "tcp", "127.0.0.1:0")
	require.NoError(t, err)
	return listener
}

func TestServeDrains(t *testing.T) {
	t.Parallel()
	entered, release := make(chan struct{}), make(chan struct{})
	handler := http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		close(entered)
		<-release
		_, _ = io.WriteString(w, "whole")
	})
	listener := listen(t)
	ctx, stop := context.WithCancel(context.Background())
	drained := make(chan struct{})
	stopped := make(chan error, 1)
	go func() {
		stopped <- httpapi.Serve(ctx, httpapi.NewServer("", handler, slog.New(slog.DiscardHandler)), listener, 5*time.Second, func() { close(drained) })
	}()
	answered := make(chan string, 1)
	go func() {
		response, err := http.Get("http://" + listener.Addr().String()) //nolint:noctx // because the test ends it
		if err != nil {
			answered <- err.Error()
			return
		}
		defer response.Body.Close()
		body, _ := io.ReadAll(response.Body)
		answered <- string(body)
	}()
	<-entered
	stop()
	<-drained
	select {
	case err := <-stopped:
		t.Fatalf("returned with a request in flight: %v", err)
	case <-time.After(50 * time.Millisecond):
	}
	close(release)
	require.Equal(t, "whole", <-answered)
	require.NoError(t, <-stopped)
}

func TestServeCutsWhatDoesNotEnd(t *testing.T) {
	t.Parallel()
	entered := make(chan struct{})
	handler := http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) { close(entered); <-r.Context().Done() })
	listener := listen(t)
	ctx, stop := context.WithCancel(context.Background())
	stopped := make(chan error, 1)
	go func() {
		stopped <- httpapi.Serve(ctx, httpapi.NewServer("", handler, slog.New(slog.DiscardHandler)), listener, 50*time.Millisecond, nil)
	}()
	go func() { _, _ = http.Get("http://" + listener.Addr().String()) }() //nolint:noctx // because it is cut
	<-entered
	stop()
	require.ErrorContains(t, <-stopped, "drain")
}

func TestSlowClientsAreCut(t *testing.T) {
	t.Parallel()
	api := newThings()
	listener := listen(t)
	ctx, stop := context.WithCancel(context.Background())
	stopped := make(chan error, 1)
	go func() {
		stopped <- httpapi.Serve(ctx, httpapi.NewServer("", api, slog.New(slog.DiscardHandler)), listener, time.Second, nil)
	}()
	start := time.Now()
	var wg sync.WaitGroup
	for range 50 {
		wg.Go(func() {
			conn, err := net.Dial("tcp", listener.Addr().String())
			if err != nil {
				t.Error(err)
				return
			}
			defer conn.Close()
			_, _ = io.WriteString(conn, "GET / HTTP/1.1\r\nHost: x\r\n")
			_, _ = io.Copy(io.Discard, conn) // ends when the server cuts
		})
	}
	wg.Wait()
	require.Less(t, time.Since(start), 7500*time.Millisecond)
	stop()
	require.NoError(t, <-stopped)
}
