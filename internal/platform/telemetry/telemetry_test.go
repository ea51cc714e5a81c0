package telemetry_test

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

	"github.com/jackc/pgx/v5/pgxpool"
	"github.com/stretchr/testify/require"

	"erp/internal/platform/telemetry"
)

func TestLogger(t *testing.T) {
	t.Parallel()
	t.Run("a line carries the ids of its request, also from a derived logger", func(t *testing.T) {
		t.Parallel()
		var out bytes.Buffer
		logger := telemetry.NewLogger(&out, "json", "info")
		ctx := telemetry.WithRequest(context.Background(), telemetry.Request{ID: "r-1", TraceID: "t-1"})
		logger.With("module", "asset").InfoContext(ctx, "done")
		var line map[string]any
		require.NoError(t, json.Unmarshal(out.Bytes(), &line))
		require.Equal(t, "r-1", line["request"])
		require.Equal(t, "t-1", line["trace"])
		require.Equal(t, "asset", line["module"])
	})
	t.Run("work that nobody asked for has no ids", func(t *testing.T) {
		t.Parallel()
		var out bytes.Buffer
		logger := telemetry.NewLogger(&out, "text", "warn")
		logger.Info("hidden")
		logger.LogAttrs(context.Background(), slog.LevelWarn, "seen")
		require.NotContains(t, out.String(), "hidden")
		require.NotContains(t, out.String(), "request=")
	})
	t.Run("a level and a format that are none are the defaults", func(t *testing.T) {
		t.Parallel()
		var out bytes.Buffer
		logger := telemetry.NewLogger(&out, "", "loud")
		logger.Debug("hidden")
		logger.Info("seen")
		require.Contains(t, out.String(), "msg=seen")
		require.NotContains(t, out.String(), "hidden")
	})
}

func TestMetrics(t *testing.T) {
	t.Parallel()
	m := telemetry.NewMetrics()
	m.Request("get-asset", "GET", 200, 3*time.Millisecond)
	m.Request("", "BREW", 404, time.Millisecond)
	m.Gauge("erp_peer_open", "Open breakers.", map[string]string{"peer": "employee"}, func() float64 { return 1 })
	pool, err := pgxpool.New(context.Background(), "postgres://nobody@127.0.0.1:1/none?pool_max_conns=7")
	require.NoError(t, err)
	defer pool.Close()
	m.Pool("asset", pool.Stat)
	w := httptest.NewRecorder()
	m.Handler().ServeHTTP(w, httptest.NewRequest(http.MethodGet, "/metrics", nil))
	for _, line := range []string{
		`erp_http_requests_total{method="GET",operation="get-asset",status="200"} 1`,
		`erp_http_requests_total{method="other",operation="none",status="404"} 1`,
		`erp_http_request_seconds_count{operation="get-asset"} 1`,
		`erp_peer_open{peer="employee"} 1`,
		`erp_db_connections_max{schema="asset"} 7`,
		"go_goroutines",
	} {
		require.Contains(t, w.Body.String(), line)
	}
}

func TestALineStaysOneLine(t *testing.T) {
	t.Parallel()
	for _, format := range []string{"text", "json"} {
		var out bytes.Buffer
		telemetry.NewLogger(&out, format, "info").Info("request", "path", "/a\nlevel=ERROR msg=\"made up\"\r\n\x1b[31m")
		require.Equal(t, 1, strings.Count(out.String(), "\n"), out.String())
		require.NotContains(t, out.String(), "\r")
		require.NotContains(t, out.String(), "\x1b")
	}
}
