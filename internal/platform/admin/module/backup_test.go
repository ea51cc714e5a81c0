package module_test

import (
	"bytes"
	"context"
	"errors"
	"io"
	"log/slog"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"erp/internal/platform/admin/module"
	"erp/internal/platform/auth"
	"erp/internal/platform/fault"
	"erp/internal/platform/httpapi"
	"erp/internal/platform/jobs"
	"erp/internal/platform/pgtest"
	"erp/internal/platform/rbac"
)

// shelf is an archive in memory.
type shelf struct {
	mu      sync.Mutex
	files   map[string]string
	broken  error
	waiting chan struct{} // not nil: a copy takes until it is closed
}

func (s *shelf) make(ctx context.Context, name string) (size, rows int64, err error) {
	s.mu.Lock()
	waiting, broken := s.waiting, s.broken
	s.mu.Unlock()
	if waiting != nil {
		select {
		case <-waiting:
		case <-ctx.Done():
			return 0, 0, ctx.Err()
		}
	}
	if broken != nil {
		return 0, 0, broken
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.files[name] = "everything"
	return 10, 7, nil
}

func (s *shelf) open(name string) (io.ReadCloser, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	content, ok := s.files[name]
	if !ok {
		return nil, fault.New(fault.NotFound, "no-such-file", "The file %s is not on this machine any more.", name)
	}
	return io.NopCloser(bytes.NewReader([]byte(content))), nil
}

func (s *shelf) remove(name string) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	delete(s.files, name)
	return nil
}

func (s *shelf) try(context.Context, string) (int64, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return 7, s.broken
}

func (s *shelf) set(change func()) {
	s.mu.Lock()
	defer s.mu.Unlock()
	change()
}

// newArchived is an administration whose copies are put on the shelf.
func newArchived(t *testing.T, s *shelf) *house {
	t.Helper()
	db, c := pgtest.New(t, "platform"), &clock{at: time.Now().UTC()}
	h := &house{t: t, db: db, clock: c}
	var err error
	h.policy, err = rbac.New(db, append(module.Permissions(), canRead, canWrite), c.now)
	require.NoError(t, err)
	require.NoError(t, h.policy.Start(t.Context()))
	sessions := auth.NewSessions(db, h.policy, c.now)
	queue, err := jobs.New(db, slog.New(slog.DiscardHandler))
	require.NoError(t, err)
	h.module = module.New(module.Deps{DB: db, Now: c.now, Policy: h.policy, Sessions: sessions,
		Archive: module.Archive{Machine: "here", Make: s.make, Open: s.open, Remove: s.remove, Try: s.try}})
	h.api = httpapi.New(httpapi.Options{Authenticate: auth.NewKeys(db, h.policy, sessions, c.now).Authenticate, Logger: slog.New(slog.DiscardHandler)})
	h.module.Routes(h.api)
	h.module.Schedule(queue)
	require.NoError(t, queue.Start(t.Context()))
	t.Cleanup(func() { _ = queue.Stop(context.Background()) })
	return h
}

type backupView struct {
	ID, Name, Reason, State, MadeBy, Error, Test, TestError string
	Size, Rows                                              int64
}

func (b *browser) backups() (items []backupView, lastPassed string) {
	b.h.t.Helper()
	var v struct {
		Items      []backupView
		LastPassed string
	}
	a := b.do("GET", "/backups", nil)
	require.Equal(b.h.t, 200, a.status, a)
	a.into(b.h.t, &v)
	return v.Items, v.LastPassed
}

// copied waits until the newest copy is what is wanted.
func (b *browser) copied(want func(backupView) bool) (newest backupView) {
	b.h.t.Helper()
	require.Eventually(b.h.t, func() bool {
		items, _ := b.backups()
		if len(items) == 0 {
			return false
		}
		newest = items[0]
		return want(newest)
	}, time.Minute, 50*time.Millisecond, "the newest backup stays %+v", &newest)
	return newest
}

func TestBackups(t *testing.T) {
	t.Parallel()
	s := &shelf{files: map[string]string{}}
	h := newArchived(t, s)
	ada := h.setUp()
	_, theo := h.addUser(ada, "Theo", "hr-manager")
	done := func(b backupView) bool { return b.State == "done" }

	t.Run("somebody makes one, tests it and fetches it, and the trail says so", func(t *testing.T) {
		require.Equal(t, 403, theo.do("POST", "/backups", nil).status)
		require.Equal(t, 202, ada.do("POST", "/backups", nil).status)
		made := ada.copied(done)
		require.Equal(t, "by-hand", made.Reason)
		require.Equal(t, "Ada Admin", made.MadeBy)
		require.EqualValues(t, 10, made.Size)
		require.EqualValues(t, 7, made.Rows)
		require.Equal(t, 202, ada.do("POST", "/backups/"+made.ID+"/tests", nil).status)
		ada.copied(func(b backupView) bool { return b.Test == "passed" })
		_, last := ada.backups()
		require.NotEmpty(t, last)
		a := ada.do("GET", "/backups/"+made.ID+"/file", nil)
		require.Equal(t, 200, a.status, a)
		require.Equal(t, "everything", string(a.body))
		require.Contains(t, a.header.Get("Content-Disposition"), made.Name)
		require.Equal(t, 403, theo.do("GET", "/backups/"+made.ID+"/file", nil).status)
		var n int
		require.NoError(t, h.db.Pool().QueryRow(t.Context(), `SELECT count(DISTINCT action) FROM audit_entry WHERE subject = 'backup' AND subject_id = $1`, made.ID).Scan(&n))
		require.Equal(t, 3, n, "made, tested, downloaded")
	})
	t.Run("one at a time; what a killed program left open holds nobody up", func(t *testing.T) {
		wait := make(chan struct{})
		s.set(func() { s.waiting = wait })
		require.Equal(t, 202, ada.do("POST", "/backups", nil).status)
		running := ada.copied(func(b backupView) bool { return b.State == "running" })
		require.Equal(t, 409, ada.do("POST", "/backups", nil).status)
		require.Equal(t, 409, ada.do("GET", "/backups/"+running.ID+"/file", nil).status)
		require.Equal(t, 409, ada.do("DELETE", "/backups/"+running.ID, nil).status)
		h.clock.forward(3 * time.Minute) // nothing was heard of it for so long
		ada.copied(func(b backupView) bool { return b.ID == running.ID && b.State == "failed" })
		s.set(func() { s.waiting = nil })
		require.Equal(t, 202, ada.do("POST", "/backups", nil).status)
		close(wait)
		ada.copied(done)
	})
	t.Run("only so many are kept", func(t *testing.T) {
		var plan struct{ Version int }
		ada.do("GET", "/backups/plan", nil).into(t, &plan)
		a := ada.do("PUT", "/backups/plan", map[string]any{"daily": true, "hour": 3, "keep": 1}, "If-Match", httpapi.ETag(plan.Version))
		require.Equal(t, 200, a.status, a)
		for _, wrong := range []map[string]any{{"daily": true, "hour": 24, "keep": 1}, {"daily": true, "hour": 3, "keep": 0}} {
			require.Equal(t, 422, ada.do("PUT", "/backups/plan", wrong, "If-Match", httpapi.ETag(plan.Version+1)).status)
		}
		require.Equal(t, 202, ada.do("POST", "/backups", nil).status)
		newest := ada.copied(done)
		require.Eventually(t, func() bool {
			s.mu.Lock()
			defer s.mu.Unlock()
			return len(s.files) == 1 && s.files[newest.Name] != ""
		}, 20*time.Second, 20*time.Millisecond)
		require.Equal(t, 204, ada.do("DELETE", "/backups/"+newest.ID, nil).status)
		require.Equal(t, 404, ada.do("GET", "/backups/"+newest.ID+"/file", nil).status)
	})
	t.Run("the daily one begins when it is due, once, and a failure is told", func(t *testing.T) {
		require.NoError(t, h.module.DailyBackup(t.Context()))
		items, _ := ada.backups()
		for _, b := range items {
			require.Equal(t, "by-hand", b.Reason, "a company of today has no daily backup yet")
		}
		s.set(func() { s.broken = errors.New("the disk is full") })
		h.clock.forward(25 * time.Hour)
		require.Equal(t, 200, ada.signIn("ada@example.com", password).status)
		for range 2 {
			require.NoError(t, h.module.DailyBackup(t.Context()))
		}
		b := ada.copied(func(b backupView) bool { return b.Reason == "daily" && b.State == "failed" })
		require.Equal(t, "the disk is full", b.Error)
		require.NoError(t, h.module.DailyBackup(t.Context()))
		var n int
		require.NoError(t, h.db.Pool().QueryRow(t.Context(), `SELECT count(*) FROM backup WHERE reason = 'daily'`).Scan(&n))
		require.Equal(t, 1, n)
		told := ada.told(1)
		require.Equal(t, "backup-failed", told.Items[0].Kind)
		require.Equal(t, "the disk is full", told.Items[0].Facts["problem"])
	})
}
