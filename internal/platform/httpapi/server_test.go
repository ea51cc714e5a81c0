package httpapi_test

import (
	"context"
	"io"
	"log/slog"
	"net"
	"net/http"
	"sync"
	"sync/atomic"
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
		stopped <- httpapi.Serve(ctx, httpapi.NewServer("", handler, slog.New(slog.DiscardHandler)), listener, httpapi.Stopping{Grace: 5 * time.Second, Begin: func() { close(drained) }})
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

func TestServeAnswersProbesWhileItDrains(t *testing.T) {
	t.Parallel()
	entered, release := make(chan struct{}), make(chan struct{})
	var draining atomic.Bool
	mux := http.NewServeMux()
	mux.HandleFunc("/slow", func(w http.ResponseWriter, _ *http.Request) {
		close(entered)
		<-release
		_, _ = io.WriteString(w, "whole")
	})
	mux.HandleFunc("/quick", func(w http.ResponseWriter, _ *http.Request) { _, _ = io.WriteString(w, "quick") })
	mux.HandleFunc("/readyz", func(w http.ResponseWriter, _ *http.Request) {
		if draining.Load() {
			w.WriteHeader(http.StatusServiceUnavailable)
		}
	})
	listener := listen(t)
	ctx, stop := context.WithCancel(context.Background())
	stopped := make(chan error, 1)
	go func() {
		stopped <- httpapi.Serve(ctx, httpapi.NewServer("", mux, slog.New(slog.DiscardHandler)), listener, httpapi.Stopping{
			Grace: 20 * time.Second, Linger: 300 * time.Millisecond, Begin: func() { draining.Store(true) }, Probe: func(path string) bool { return path == "/readyz" },
		})
	}()
	get := func(path string) (int, string) {
		client := http.Client{Transport: &http.Transport{DisableKeepAlives: true}}
		response, err := client.Get("http://" + listener.Addr().String() + path) //nolint:noctx // because the test ends it
		if err != nil {
			return 0, err.Error()
		}
		defer response.Body.Close()
		body, _ := io.ReadAll(response.Body)
		return response.StatusCode, string(body)
	}
	slow := make(chan string, 1)
	go func() { _, body := get("/slow"); slow <- body }()
	<-entered
	stop()
	require.Eventually(t, func() bool { status, _ := get("/readyz"); return status == 503 }, time.Second, time.Millisecond)
	status, body := get("/quick")
	require.Equal(t, "quick", body, "in the first moment requests are still taken")
	require.Equal(t, 200, status)
	require.Eventually(t, func() bool { status, _ := get("/quick"); return status == 503 }, 5*time.Second, 20*time.Millisecond)
	for range 5 {
		status, _ := get("/readyz")
		require.Equal(t, 503, status, "probes are answered as long as the slow request is")
		time.Sleep(20 * time.Millisecond)
	}
	close(release)
	require.Equal(t, "whole", <-slow)
	require.NoError(t, <-stopped)
	status, _ = get("/readyz")
	require.Zero(t, status, "then nobody answers any more")
}

func TestServeCutsWhatDoesNotEnd(t *testing.T) {
	t.Parallel()
	entered := make(chan struct{})
	handler := http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) { close(entered); <-r.Context().Done() })
	listener := listen(t)
	ctx, stop := context.WithCancel(context.Background())
	stopped := make(chan error, 1)
	go func() {
		stopped <- httpapi.Serve(ctx, httpapi.NewServer("", handler, slog.New(slog.DiscardHandler)), listener, httpapi.Stopping{Grace: 50 * time.Millisecond})
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
		stopped <- httpapi.Serve(ctx, httpapi.NewServer("", api, slog.New(slog.DiscardHandler)), listener, httpapi.Stopping{Grace: time.Second})
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
