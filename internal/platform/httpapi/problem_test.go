package httpapi_test

import (
	"bytes"
	"context"
	"encoding/json"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"erp/internal/platform/auth"
	"erp/internal/platform/httpapi"
	"erp/internal/platform/httpapi/httpapitest"
	"erp/internal/platform/rbac"
	"erp/internal/platform/telemetry"
)

func TestProblems(t *testing.T) {
	t.Parallel()
	client := administrator(t, newThings())
	for kind, want := range map[string]int{
		"invalid": 422, "missing": 404, "conflict": 409, "forbidden": 403, "unknown": 401, "toomany": 429,
		"unavailable": 503, "precondition": 428, "defect": 500, "internal": 500, "panic": 500,
	} {
		t.Run("a fault has one status: "+kind, func(t *testing.T) {
			t.Parallel()
			requireProblem(t, client.Do("GET", "/failures?kind="+kind, nil), want)
		})
	}
	t.Run("a fault's code, sentence and fields reach the client", func(t *testing.T) {
		t.Parallel()
		answer := client.Do("GET", "/failures?kind=invalid", nil)
		require.Equal(t, "bad", answer.Text("code"))
		require.Equal(t, "Bad.", answer.Text("detail"))
		require.Equal(t, map[string]string{"body.name": "is bad"}, answer.Problems())
	})
	t.Run("internals never do", func(t *testing.T) {
		t.Parallel()
		for _, kind := range []string{"defect", "internal", "panic", "unavailable"} {
			answer := client.Do("GET", "/failures?kind="+kind, nil)
			for _, secret := range []string{"hunter2", "secret", "10.0.0.7", "goroutine"} {
				require.NotContains(t, answer.String(), secret)
			}
		}
	})
	t.Run("429 and 503 say when to try again", func(t *testing.T) {
		t.Parallel()
		require.Equal(t, "90", client.Do("GET", "/failures?kind=toomany", nil).Header.Get("Retry-After"))
		require.Equal(t, "1", client.Do("GET", "/failures?kind=unavailable", nil).Header.Get("Retry-After"))
	})
	t.Run("what takes too long is 503", func(t *testing.T) {
		t.Parallel()
		api := httpapi.New(httpapi.Options{
			Authenticate: func(r *http.Request) (context.Context, error) { return r.Context(), nil },
			Timeout:      20 * time.Millisecond, Logger: slog.New(slog.DiscardHandler),
		})
		registerThings(api)
		answer := administrator(t, api).Do("GET", "/failures?kind=slow", nil)
		requireProblem(t, answer, http.StatusServiceUnavailable)
		require.Equal(t, "5", answer.Header.Get("Retry-After"))
	})
	t.Run("no path and no method are problems too", func(t *testing.T) {
		t.Parallel()
		requireProblem(t, client.Do("GET", "/nowhere", nil), http.StatusNotFound)
		requireProblem(t, client.Do("GET", "/things/", nil), http.StatusNotFound)
		answer := client.Do("PUT", "/things", "{}")
		requireProblem(t, answer, http.StatusMethodNotAllowed)
		require.Contains(t, answer.Header.Get("Allow"), "POST")
	})
}

func TestEdge(t *testing.T) {
	t.Parallel()
	client := administrator(t, newThings())
	get := func(headers ...string) httpapitest.Answer {
		return client.Do("GET", "/things/"+someID, nil, headers...)
	}

	t.Run("a sane request id is kept, another is replaced", func(t *testing.T) {
		t.Parallel()
		require.Equal(t, "abc-123.DEF_9", get("X-Request-Id", "abc-123.DEF_9").Header.Get("X-Request-Id"))
		for _, bad := range []string{"", "short", strings.Repeat("a", 65), "a b c d e f g", "<script>alert", "line\x1fbreak"} {
			require.Len(t, get("X-Request-Id", bad).Header.Get("X-Request-Id"), 32, bad)
		}
	})
	t.Run("a W3C trace is continued, anything else starts one", func(t *testing.T) {
		t.Parallel()
		trace := func(header string) string {
			return client.Do("GET", "/failures?kind=missing", nil, "Traceparent", header).Text("traceId")
		}
		const id = "4bf92f3577b34da6a3ce929d0e0e4736"
		require.Equal(t, id, trace("00-"+id+"-00f067aa0ba902b7-01"))
		for _, bad := range []string{"", "00-" + id, "ff-" + id + "-00f067aa0ba902b7-01", "00-" + strings.Repeat("0", 32) + "-00f067aa0ba902b7-01", "00-" + id + "-00f067aa0ba902b7-01-x"} {
			require.NotEqual(t, id, trace(bad))
			require.Len(t, trace(bad), 32)
		}
	})
	t.Run("answers protect themselves in a browser", func(t *testing.T) {
		t.Parallel()
		for _, answer := range []httpapitest.Answer{get(), client.Do("GET", "/nowhere", nil)} {
			require.Equal(t, "nosniff", answer.Header.Get("X-Content-Type-Options"))
			require.Equal(t, "no-store", answer.Header.Get("Cache-Control"))
			require.Equal(t, "DENY", answer.Header.Get("X-Frame-Options"))
			require.Equal(t, "same-origin", answer.Header.Get("Referrer-Policy"))
		}
	})
	t.Run("a write from another site is refused, from our own and from programs it is not", func(t *testing.T) {
		t.Parallel()
		post := func(headers ...string) int { return client.Do("POST", "/things", `{"name":"a"}`, headers...).Status }
		require.Equal(t, http.StatusForbidden, post("Sec-Fetch-Site", "cross-site"))
		require.Equal(t, http.StatusForbidden, post("Sec-Fetch-Site", "same-site"))
		require.Equal(t, http.StatusForbidden, post("Origin", "https://evil.example"))
		require.Equal(t, http.StatusForbidden, post("Origin", "null"))
		require.Equal(t, http.StatusCreated, post("Sec-Fetch-Site", "same-origin"))
		require.Equal(t, http.StatusCreated, post("Origin", "http://example.com"))
		require.Equal(t, http.StatusCreated, post())
	})
	t.Run("a page of the application comes from the fallback, a path below /api/ never", func(t *testing.T) {
		t.Parallel()
		api := newThings()
		api.Fallback(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { _, _ = w.Write([]byte("<html>")) }))
		w := httptest.NewRecorder()
		api.ServeHTTP(w, httptest.NewRequest(http.MethodGet, "/assets/7", nil))
		require.Equal(t, http.StatusOK, w.Code)
		require.Equal(t, "<html>", w.Body.String())
		require.Empty(t, w.Header().Get("Cache-Control"))
		requireProblem(t, administrator(t, api).Do("GET", "/api/v2/things", nil), http.StatusNotFound)
	})
}

func TestClientAddress(t *testing.T) {
	t.Parallel()
	ask := func(trusted ...string) string {
		var seen string
		api := httpapi.New(httpapi.Options{TrustedProxies: trusted, Logger: slog.New(slog.DiscardHandler),
			Authenticate: func(r *http.Request) (context.Context, error) {
				seen = telemetry.RequestOf(r.Context()).IP
				return r.Context(), nil
			}})
		registerThings(api)
		httpapitest.NewClient(t, api, httpapitest.Nobody()).Do("GET", "/things", nil, "X-Forwarded-For", "203.0.113.9", "X-Real-Ip", "203.0.113.8")
		return seen
	}
	require.Equal(t, "192.0.2.1", ask(), "nobody is believed")
	require.Equal(t, "203.0.113.9", ask("192.0.2.0/24"), "but for a proxy that we know")
}

func TestAccessLog(t *testing.T) {
	t.Parallel()
	var out bytes.Buffer
	api := httpapi.New(httpapi.Options{
		Logger: telemetry.NewLogger(&out, "json", "debug"), Metrics: telemetry.NewMetrics(),
		Authenticate: func(r *http.Request) (context.Context, error) { return r.Context(), nil },
	})
	registerThings(api)
	who := httpapitest.As(rbac.Administrator, canRead, canWrite)
	client := httpapitest.NewClient(t, api, who)
	line := func(do func()) map[string]any {
		out.Reset()
		do()
		var got map[string]any
		require.NoError(t, json.Unmarshal(out.Bytes(), &got), out.String())
		return got
	}

	got := line(func() { client.Do("GET", "/things?q=hunter2", nil, "X-Request-Id", "request-7") })
	require.Equal(t, "INFO", got["level"])
	require.Equal(t, "list-things", got["operation"])
	require.Equal(t, "/api/v1/things", got["path"])
	require.EqualValues(t, 200, got["status"])
	require.Equal(t, who.Principal.UserID.String(), got["user"])
	require.Equal(t, "request-7", got["request"])
	require.Len(t, got["trace"], 32)
	require.NotZero(t, got["ms"])
	require.NotContains(t, out.String(), "hunter2", "a query may hold secrets")

	got = line(func() { client.Do("GET", "/failures?kind=defect", nil) })
	require.Equal(t, "ERROR", got["level"])
	require.Contains(t, got["error"], "hunter2", "the log has what the client must not")

	got = line(func() { client.Do("GET", "/failures?kind=panic", nil) })
	require.Contains(t, got["error"], "panic: secret detail")
	require.Contains(t, got["error"], "testapi_test.go", "with the place")

	got = line(func() { require.Equal(t, http.StatusOK, client.Do("GET", "/failures?kind=noted", nil).Status) })
	require.Equal(t, "WARN", got["level"])
	require.Equal(t, "a part stayed empty", got["error"])

	got = line(func() { client.Do("GET", "/failures?kind=unavailable", nil) })
	require.Equal(t, "WARN", got["level"])
	require.Equal(t, "Down.: host 10.0.0.7 refused", got["error"], "with the cause")

	got = line(func() { require.Equal(t, http.StatusNoContent, client.Do("GET", "/whoami", nil).Status) })
	require.EqualValues(t, 204, got["status"], "an answer without a body is an answer")

	got = line(func() {
		gone, leave := context.WithCancel(who.Context(t.Context()))
		leave()
		api.ServeHTTP(httptest.NewRecorder(), httptest.NewRequestWithContext(gone, http.MethodGet, "/api/v1/failures?kind=slow", nil))
	})
	require.EqualValues(t, 499, got["status"], "the client did not wait")
	require.Equal(t, "INFO", got["level"], "and nothing is wrong here")
}

func TestSystemMayDoEverything(t *testing.T) {
	t.Parallel()
	api := httpapi.New(httpapi.Options{
		Logger:       slog.New(slog.DiscardHandler),
		Authenticate: func(r *http.Request) (context.Context, error) { return auth.WithSystem(r.Context(), "test"), nil },
	})
	registerThings(api)
	require.Equal(t, http.StatusOK, httpapitest.NewClient(t, api, httpapitest.Nobody()).Do("GET", "/things", nil).Status)
}
