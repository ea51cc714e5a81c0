package egress_test

import (
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"erp/internal/platform/egress"
)

func TestPublic(t *testing.T) {
	t.Parallel()
	for _, address := range []string{
		"127.0.0.1", "127.9.9.9", "0.0.0.0", "10.1.2.3", "172.16.0.1", "172.31.255.255", "192.168.1.1", "169.254.169.254", "100.64.0.1",
		"100.127.255.254", "224.0.0.1", "239.1.1.1", "255.255.255.255", "198.18.0.1", "192.0.2.7", "240.0.0.1",
		"::1", "::", "fe80::1", "fe80::1%eth0", "fc00::1", "fd12:3456::1", "ff02::1", "::ffff:127.0.0.1", "::ffff:10.0.0.1", "::127.0.0.1",
		"64:ff9b::7f00:1", "64:ff9b::a00:1", "2002:7f00:1::", "2001:0:53aa:64c::1", "2001:db8::1", "100::1", "fec0::1", "3fff::1", "5f00::1",
	} {
		require.False(t, egress.Public(netip.MustParseAddr(address)), address)
	}
	for _, address := range []string{"1.1.1.1", "8.8.8.8", "100.63.255.255", "100.128.0.1", "172.32.0.1", "169.253.1.1", "2606:4700::1111", "2a00:1450::1", "::ffff:8.8.8.8"} {
		require.True(t, egress.Public(netip.MustParseAddr(address)), address)
	}
	require.False(t, egress.Public(netip.Addr{}))
}

func TestCheck(t *testing.T) {
	t.Parallel()
	strict, lax := egress.New(egress.Options{}), egress.New(egress.Options{Private: true})
	for address, want := range map[string][2]bool{ // strict, lax
		"https://example.com/hooks":           {true, true},
		"https://example.com:8443/a?b=c":      {true, true},
		"http://example.com/hooks":            {false, true},
		"https://127.0.0.1/":                  {false, true},
		"https://[::1]/":                      {false, true},
		"https://[::ffff:10.0.0.1]/":          {false, true},
		"https://localhost/":                  {true, true}, // known when it is called
		"https://user:word@example.com/":      {false, false},
		"https://example.com/#part":           {false, false},
		"ftp://example.com/":                  {false, false},
		"file:///etc/passwd":                  {false, false},
		"https://":                            {false, false},
		"https:example.com":                   {false, false},
		"https://:443/":                       {false, false},
		"nonsense":                            {false, false},
		"":                                    {false, false},
		"https://" + strings.Repeat("a", 600): {false, false},
	} {
		require.Equal(t, want[0], strict.Check(address) == nil, address)
		require.Equal(t, want[1], lax.Check(address) == nil, address)
	}
}

func TestNoCallReachesAPrivateAddress(t *testing.T) {
	t.Parallel()
	var calls atomic.Int32
	server := httptest.NewTLSServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { calls.Add(1) }))
	t.Cleanup(server.Close)
	_, port, err := net.SplitHostPort(server.Listener.Addr().String())
	require.NoError(t, err)
	client := egress.New(egress.Options{})
	for _, host := range []string{"127.0.0.1", "localhost", "[::ffff:127.0.0.1]", "0.0.0.0", "127.1", "2130706433", "0x7f000001", "[::]"} {
		status, _, err := client.Post(t.Context(), "https://"+host+":"+port+"/", nil, nil)
		require.Error(t, err, host)
		require.Zero(t, status)
	}
	status, _, err := client.Post(t.Context(), "https://localhost:"+port+"/", nil, nil)
	require.ErrorContains(t, err, "private network")
	require.Zero(t, status)
	require.Zero(t, calls.Load(), "a call went through")
}

func TestPost(t *testing.T) {
	t.Parallel()
	client := egress.New(egress.Options{Private: true, Patience: 400 * time.Millisecond})
	var followed atomic.Bool
	mux := http.NewServeMux()
	mux.HandleFunc("/echo", func(w http.ResponseWriter, r *http.Request) {
		body, _ := io.ReadAll(r.Body)
		if r.Method != http.MethodPost || string(body) != "hello" || r.Header.Get("X-One") != "1" {
			w.WriteHeader(http.StatusTeapot)
		}
		w.WriteHeader(http.StatusAccepted)
	})
	mux.HandleFunc("/elsewhere", func(w http.ResponseWriter, r *http.Request) {
		http.Redirect(w, r, "/target", http.StatusTemporaryRedirect)
	})
	mux.HandleFunc("/target", func(http.ResponseWriter, *http.Request) { followed.Store(true) })
	mux.HandleFunc("/slow", func(_ http.ResponseWriter, r *http.Request) { <-r.Context().Done() })
	mux.HandleFunc("/drip", func(w http.ResponseWriter, r *http.Request) {
		for r.Context().Err() == nil {
			_, _ = w.Write([]byte("x"))
			_ = http.NewResponseController(w).Flush()
			time.Sleep(20 * time.Millisecond)
		}
	})
	mux.HandleFunc("/endless", func(w http.ResponseWriter, r *http.Request) {
		chunk := make([]byte, 1<<20)
		for r.Context().Err() == nil {
			if _, err := w.Write(chunk); err != nil {
				return
			}
		}
	})
	mux.HandleFunc("/headers", func(w http.ResponseWriter, _ *http.Request) { w.Header().Set("X-Long", strings.Repeat("a", 1<<20)) })
	server := httptest.NewServer(mux)
	t.Cleanup(server.Close)

	status, _, err := client.Post(t.Context(), server.URL+"/echo", map[string]string{"X-One": "1"}, []byte("hello"))
	require.NoError(t, err)
	require.Equal(t, http.StatusAccepted, status)

	status, _, err = client.Post(t.Context(), server.URL+"/elsewhere", nil, nil)
	require.EqualError(t, err, "the answer was 307, not 2xx")
	require.Equal(t, http.StatusTemporaryRedirect, status)
	require.False(t, followed.Load(), "a redirect was followed")

	for _, path := range []string{"/slow", "/drip", "/endless", "/headers"} {
		start := time.Now()
		_, _, _ = client.Post(t.Context(), server.URL+path, nil, nil)
		require.Less(t, time.Since(start), 3*time.Second, path)
	}
	_, _, err = client.Post(t.Context(), server.URL+"/slow", nil, nil)
	require.EqualError(t, err, "there was no answer in time")
	_, _, err = client.Post(t.Context(), "http://no-such-host.invalid/", nil, nil)
	require.Error(t, err)
	require.NotContains(t, err.Error(), "dial", "what the network said stays inside")
}
