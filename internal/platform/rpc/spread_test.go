package rpc

import (
	"cmp"
	"context"
	"errors"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

// copies are processes behind one name: each at an address of its own on the same port, as DNS has it.
type copies struct {
	base  *url.URL
	names atomic.Pointer[[]string]
	hits  map[string]*atomic.Int32
	stop  map[string]func()
}

func start(t *testing.T, hosts ...string) *copies {
	t.Helper()
	c := &copies{hits: map[string]*atomic.Int32{}, stop: map[string]func(){}}
	port := ""
	for _, host := range hosts {
		listener, err := (&net.ListenConfig{}).Listen(t.Context(), "tcp", net.JoinHostPort(host, cmp.Or(port, "0")))
		require.NoError(t, err)
		_, port, _ = net.SplitHostPort(listener.Addr().String())
		hits := &atomic.Int32{}
		server := httptest.NewUnstartedServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			hits.Add(1)
			body, _ := io.ReadAll(r.Body)
			_, _ = w.Write(append([]byte(r.Host+" "), body...))
		}))
		_ = server.Listener.Close()
		server.Listener = listener
		server.Start()
		t.Cleanup(server.Close)
		c.hits[host], c.stop[host] = hits, func() { server.CloseClientConnections(); server.Close() }
	}
	c.names.Store(&hosts)
	c.base = &url.URL{Scheme: "http", Host: "erp-employee.internal:" + port}
	return c
}

func (c *copies) lookUp(_ context.Context, host string) ([]string, error) {
	if host != "erp-employee.internal" {
		return nil, errors.New("no such host")
	}
	return append([]string(nil), *c.names.Load()...), nil
}

func send(t *testing.T, s *spread, c *copies, method, body string) (string, error) {
	t.Helper()
	request, err := http.NewRequestWithContext(t.Context(), method, c.base.String(), strings.NewReader(body))
	require.NoError(t, err)
	answer, err := (&http.Client{Transport: s}).Do(request)
	if err != nil {
		return "", err
	}
	defer answer.Body.Close()
	text, err := io.ReadAll(answer.Body)
	return string(text), err
}

func TestRequestsAreSpread(t *testing.T) {
	t.Parallel()
	c := start(t, "127.0.0.1", "127.0.0.2", "127.0.0.3")
	s := newSpread(c.base, c.lookUp)
	for range 30 {
		text, err := send(t, s, c, http.MethodPost, "hello")
		require.NoError(t, err)
		require.Equal(t, c.base.Host+" hello", text, "the name stays, whatever the address")
	}
	for host, hits := range c.hits {
		require.EqualValues(t, 10, hits.Load(), host)
	}
	require.Equal(t, "3 of 3 addresses answer", s.state())

	t.Run("an address that is gone is left out, and no request is lost by it", func(t *testing.T) {
		c.stop["127.0.0.2"]()
		time.Sleep(50 * time.Millisecond) // the connections that were kept are seen to be closed
		for range 12 {
			text, err := send(t, s, c, http.MethodPost, "a write")
			require.NoError(t, err)
			require.Contains(t, text, "a write")
		}
		require.Equal(t, 2, s.healthy())
		require.Equal(t, "2 of 3 addresses answer", s.state())
	})
	t.Run("a new address gets its share once the name says so", func(t *testing.T) {
		c.names.Store(&[]string{"127.0.0.1"})
		s.mu.Lock()
		s.resolved = time.Now().Add(-2 * resolveEvery)
		s.mu.Unlock()
		before := c.hits["127.0.0.3"].Load()
		for range 4 {
			_, err := send(t, s, c, http.MethodGet, "")
			require.NoError(t, err)
		}
		require.Equal(t, before, c.hits["127.0.0.3"].Load(), "one that is no longer named gets nothing")
	})
	t.Run("with nobody left the error comes at once, and the first to come back is asked", func(t *testing.T) {
		c.stop["127.0.0.1"]()
		time.Sleep(50 * time.Millisecond)
		began := time.Now()
		_, err := send(t, s, c, http.MethodPost, "x")
		require.Error(t, err)
		require.Less(t, time.Since(began), 2*dialTakes)
		c.names.Store(&[]string{"127.0.0.3"})
		s.mu.Lock()
		s.resolved = time.Time{}
		s.mu.Unlock()
		_, err = send(t, s, c, http.MethodPost, "x")
		require.NoError(t, err)
	})
}

func TestAWriteIsNotSentTwice(t *testing.T) {
	t.Parallel()
	hits := atomic.Int32{}
	cut := http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		hits.Add(1)
		_, _ = io.ReadAll(r.Body)
		panic(http.ErrAbortHandler)
	})
	server := httptest.NewServer(cut)
	t.Cleanup(server.Close)
	base, err := url.Parse(server.URL)
	require.NoError(t, err)
	twice := func(context.Context, string) ([]string, error) { return []string{"127.0.0.1", "localhost"}, nil }
	for _, try := range []struct {
		method, key string
		hits        int32
	}{{http.MethodPost, "", 1}, {http.MethodPost, "a-key", 2}, {http.MethodGet, "", 2}} {
		hits.Store(0)
		request, err := http.NewRequestWithContext(t.Context(), try.method, server.URL, strings.NewReader("body"))
		require.NoError(t, err)
		if try.key != "" {
			request.Header.Set(keyHeader, try.key)
		}
		_, err = newSpread(base, twice).RoundTrip(request) //nolint:bodyclose // because there is no answer
		require.Error(t, err)
		require.Equal(t, try.hits, hits.Load(), "%s with key %q", try.method, try.key)
	}
}
