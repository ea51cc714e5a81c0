package rpc_test

import (
	"bufio"
	"errors"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"erp/internal/platform/auth"
	"erp/internal/platform/fault"
	"erp/internal/platform/pgtest"
	"erp/internal/platform/resilience"
	"erp/internal/platform/rpc"
	"erp/internal/platform/telemetry"
)

// passing is two processes: requests come in at one and are passed on to the other.
type passing struct {
	near *httptest.Server

	mu      sync.Mutex
	arrived *http.Request
	body    string
	refused error
}

func pass(t *testing.T, answer http.HandlerFunc) *passing {
	t.Helper()
	p := &passing{}
	far := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, _ := io.ReadAll(r.Body)
		p.mu.Lock()
		p.arrived, p.body = r.Clone(t.Context()), string(body)
		p.mu.Unlock()
		answer(w, r)
	}))
	t.Cleanup(far.Close)
	keys, err := auth.NewSigningKeys(pgtest.New(t, "platform"), "a test's secret", time.Now)
	require.NoError(t, err)
	link, err := rpc.NewLink(auth.Console, "asset", far.URL, auth.NewPassports(keys, []string{auth.Console}, []string{auth.Console, "asset"}, time.Now))
	require.NoError(t, err)
	forward := link.Forward(resilience.NewPeer("The asset module", resilience.Options{OpenFor: 100 * time.Millisecond}))
	p.near = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Security-Policy", "of the near side")
		ctx := telemetry.WithRequest(r.Context(), telemetry.Request{ID: "request-of-ours"})
		err := forward(w, r.WithContext(ctx))
		p.mu.Lock()
		p.refused = err
		p.mu.Unlock()
		if err != nil {
			w.WriteHeader(http.StatusServiceUnavailable)
		}
	}))
	t.Cleanup(p.near.Close)
	return p
}

// raw sends a request as nobody's library would.
func (p *passing) raw(t *testing.T, request string) *http.Response {
	t.Helper()
	conn, err := net.Dial("tcp", p.near.Listener.Addr().String())
	require.NoError(t, err)
	t.Cleanup(func() { _ = conn.Close() })
	_, err = io.WriteString(conn, strings.ReplaceAll(request, "\n", "\r\n"))
	require.NoError(t, err)
	answer, err := http.ReadResponse(bufio.NewReader(conn), nil)
	require.NoError(t, err)
	_, err = io.ReadAll(answer.Body)
	require.NoError(t, err)
	require.NoError(t, answer.Body.Close())
	return answer
}

func TestARequestIsPassedOn(t *testing.T) {
	t.Parallel()
	p := pass(t, func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Security-Policy", "of the far side")
		w.Header().Set("Etag", `"7"`)
		w.WriteHeader(http.StatusTeapot)
		_, _ = io.WriteString(w, "an answer")
	})

	t.Run("nobody brings an identity of their own, in whatever spelling, nor takes ours away", func(t *testing.T) {
		p.raw(t, `POST /api/v1/assets?q=x HTTP/1.1
Host: erp.example.com
authorization: Bearer forged
eRp-PeRsOn: forged
Erp-Idempotency-Owner: user:somebody-else
Erp-Idempotency-Fingerprint: 00
Cookie: erp_session=secret
Origin: https://erp.example.com
Referer: https://erp.example.com/assets
Forwarded: for=10.0.0.1
X-Forwarded-For: 10.0.0.1
X-Forwarded-Proto: https
X-Forwarded-Host: evil.example
X-Request-Id: of-theirs
Sec-Fetch-Site: same-origin
Proxy-Authorization: Basic secret
TE: gzip
X-Hop: one
Connection: close, X-Hop, Authorization, Erp-Person, X-Request-Id
Idempotency-Key: a-key
If-Match: "6"
Content-Type: application/json
Content-Length: 2

{}`)
		got := p.arrived.Header
		for _, gone := range []string{"Erp-Person", "Erp-Idempotency-Owner", "Erp-Idempotency-Fingerprint", "Cookie", "Origin", "Referer", "Forwarded",
			"X-Forwarded-For", "X-Forwarded-Proto", "X-Forwarded-Host", "Sec-Fetch-Site", "Proxy-Authorization", "Te", "X-Hop"} {
			require.Empty(t, got.Values(gone), gone)
		}
		require.Len(t, got.Values("Authorization"), 1)
		require.True(t, strings.HasPrefix(got.Get("Authorization"), "Bearer ey"), "the passport of this process")
		require.Equal(t, []string{"request-of-ours"}, got.Values("X-Request-Id"))
		require.Equal(t, "a-key", got.Get("Idempotency-Key"))
		require.Equal(t, `"6"`, got.Get("If-Match"))
		require.Equal(t, "application/json", got.Get("Content-Type"))
		require.Equal(t, "/api/v1/assets?q=x", p.arrived.RequestURI)
		require.Equal(t, "{}", p.body)
	})
	t.Run("the answer comes back as it is; what both sides say of it, the far side says", func(t *testing.T) {
		answer, err := http.Get(p.near.URL)
		require.NoError(t, err)
		defer answer.Body.Close()
		body, err := io.ReadAll(answer.Body)
		require.NoError(t, err)
		require.Equal(t, http.StatusTeapot, answer.StatusCode)
		require.Equal(t, "an answer", string(body))
		require.Equal(t, []string{"of the far side"}, answer.Header.Values("Content-Security-Policy"))
		require.Equal(t, `"7"`, answer.Header.Get("Etag"))
	})
}

func TestAnAnswerThatIsNone(t *testing.T) {
	t.Parallel()
	how := "401"
	p := pass(t, func(w http.ResponseWriter, _ *http.Request) {
		switch how {
		case "401":
			w.WriteHeader(http.StatusUnauthorized)
		case "dropped":
			panic(http.ErrAbortHandler)
		case "half":
			w.Header().Set("Content-Length", "100")
			_, _ = io.WriteString(w, "half")
			_ = http.NewResponseController(w).Flush()
			panic(http.ErrAbortHandler)
		}
	})
	ask := func() (*http.Response, error) {
		answer, err := http.Post(p.near.URL, "application/json", strings.NewReader("{}"))
		if err == nil {
			_, err = io.ReadAll(answer.Body)
			_ = answer.Body.Close()
		}
		return answer, err
	}
	for _, how = range []string{"401", "dropped"} {
		answer, err := ask()
		require.NoError(t, err)
		require.Equal(t, http.StatusServiceUnavailable, answer.StatusCode, how)
		require.True(t, fault.Is(p.refused, fault.Unavailable), how)
		f, _ := errors.AsType[*fault.Error](p.refused)
		require.Positive(t, f.RetryAfter, how)
	}
	how = "half"
	_, err := ask()
	require.Error(t, err, "half an answer is not taken for a whole one")

	how = "dropped"
	for range 5 {
		_, err := ask()
		require.NoError(t, err)
	}
	p.mu.Lock()
	p.arrived = nil
	p.mu.Unlock()
	began := time.Now()
	_, err = ask()
	require.NoError(t, err)
	require.Less(t, time.Since(began), time.Second)
	require.Nil(t, p.arrived, "a module that keeps failing is left alone")
	how = "well"
	require.Eventually(t, func() bool { answer, err := ask(); return err == nil && answer.StatusCode == http.StatusOK }, 5*time.Second, 20*time.Millisecond)
}
