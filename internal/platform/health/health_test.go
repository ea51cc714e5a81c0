package health_test

import (
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"net/http/httptest"
	"sync/atomic"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"erp/internal/platform/fault"
	"erp/internal/platform/health"
)

func probe(t *testing.T, h http.Handler) (int, health.Report) {
	t.Helper()
	w := httptest.NewRecorder()
	h.ServeHTTP(w, httptest.NewRequest(http.MethodGet, "/", nil))
	var report health.Report
	require.NoError(t, json.Unmarshal(w.Body.Bytes(), &report))
	return w.Code, report
}

func TestHealth(t *testing.T) {
	t.Parallel()
	ok := func(context.Context) error { return nil }

	t.Run("ready when every part is, with latency and notes", func(t *testing.T) {
		t.Parallel()
		h := health.New()
		h.Add("invoice", "db", ok)
		h.Add("asset", "db", func(context.Context) error { time.Sleep(2 * time.Millisecond); return nil })
		h.Note("peer employee", func() string { return "closed" })
		status, report := probe(t, h.Ready())
		require.Equal(t, http.StatusOK, status)
		require.Equal(t, "ready", report.Status)
		require.Equal(t, "asset", report.Checks[0].Name)
		require.GreaterOrEqual(t, report.Checks[0].Milliseconds, 2.0)
		require.Equal(t, "closed", report.Notes["peer employee"])
	})
	t.Run("one failing part makes it 503 and says so, without internals", func(t *testing.T) {
		t.Parallel()
		h := health.New()
		h.Add("asset", "db", ok)
		h.Add("disk", "db", func(context.Context) error { return fault.New(fault.Unavailable, "disk-full", "The disk is full.") })
		h.Add("employee", "db", func(context.Context) error { return errors.New("password=hunter2") })
		h.Add("panics", "db", func(context.Context) error { panic("hunter2") })
		status, report := probe(t, h.Ready())
		require.Equal(t, http.StatusServiceUnavailable, status)
		require.Equal(t, "failing", report.Status)
		require.Equal(t, []string{"", "The disk is full.", "failed", "failed"},
			[]string{report.Checks[0].Problem, report.Checks[1].Problem, report.Checks[2].Problem, report.Checks[3].Problem})
		status, _ = probe(t, h.Live())
		require.Equal(t, http.StatusOK, status)
	})
	t.Run("a part on a ground of its own degrades and takes nobody out, a needed ground that is gone does", func(t *testing.T) {
		t.Parallel()
		gone := func(context.Context) error { return errors.New("connection refused") }
		for _, c := range []struct {
			name, need        string
			here, there, also health.Check // here stands on one ground, there and also on another
			status            int
			says              string
		}{
			{"all well", "db1", ok, ok, ok, http.StatusOK, "ready"},
			{"another ground is gone", "db1", ok, gone, gone, http.StatusOK, "degraded"},
			{"the needed ground is gone", "db1", gone, ok, ok, http.StatusServiceUnavailable, "failing"},
			{"one of two parts on the needed ground", "db2", ok, gone, ok, http.StatusServiceUnavailable, "failing"},
			{"nothing is needed, one ground is left", "", gone, ok, ok, http.StatusOK, "degraded"},
			{"nothing is needed, half a ground is none", "", gone, ok, gone, http.StatusServiceUnavailable, "failing"},
			{"nothing is left", "", gone, gone, gone, http.StatusServiceUnavailable, "failing"},
		} {
			h := health.New()
			h.Add("platform", "db1", c.here)
			h.Add("asset", "db2", c.there)
			h.Add("invoice", "db2", c.also)
			h.Need(c.need)
			status, report := probe(t, h.Ready())
			require.Equal(t, c.status, status, c.name)
			require.Equal(t, c.says, report.Status, c.name)
			require.Len(t, report.Checks, 3)
		}
	})
	t.Run("a part that hangs does not hang the probe", func(t *testing.T) {
		t.Parallel()
		h := health.New()
		h.Add("stuck", "db", func(context.Context) error { select {} })
		start := time.Now()
		status, report := probe(t, h.Ready())
		require.Equal(t, http.StatusServiceUnavailable, status)
		require.Equal(t, "did not answer in time", report.Checks[0].Problem)
		require.Less(t, time.Since(start), 4*time.Second)
	})
	t.Run("draining is 503 at once, alive stays 200", func(t *testing.T) {
		t.Parallel()
		h := health.New()
		h.Add("asset", "db", ok)
		status, _ := probe(t, h.Ready())
		require.Equal(t, http.StatusOK, status)
		h.Drain()
		status, report := probe(t, h.Ready())
		require.Equal(t, http.StatusServiceUnavailable, status)
		require.Equal(t, "draining", report.Status)
		status, _ = probe(t, h.Live())
		require.Equal(t, http.StatusOK, status)
	})
	t.Run("peers and what leaves the program are shown, and make nobody unready", func(t *testing.T) {
		t.Parallel()
		h := health.New()
		h.Add("asset", "here", ok)
		h.Peer("asset: The employee directory", func() health.Peer { return health.Peer{State: "open", Milliseconds: 1.5} })
		h.Outlet("asset", func(context.Context) (health.Outlet, error) {
			return health.Outlet{Waiting: 7, Problem: "the connection was refused"}, nil
		})
		h.Outlet("employee", func(context.Context) (health.Outlet, error) { return health.Outlet{}, errors.New("password=hunter2") })
		status, report := probe(t, h.Ready())
		require.Equal(t, http.StatusOK, status)
		require.Equal(t, []health.Peer{{Name: "asset: The employee directory", State: "open", Milliseconds: 1.5}}, report.Peers)
		require.Equal(t, []health.Outlet{{Name: "asset", Waiting: 7, Problem: "the connection was refused"}, {Name: "employee", Problem: "failed"}}, report.Outlets)
	})
	t.Run("many probes ask a part once", func(t *testing.T) {
		t.Parallel()
		var asked atomic.Int32
		h := health.New()
		h.Add("asset", "db", func(context.Context) error { asked.Add(1); return nil })
		for range 50 {
			probe(t, h.Ready())
		}
		require.LessOrEqual(t, asked.Load(), int32(3))
	})
}
