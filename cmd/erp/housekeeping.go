package main

import (
	"context"
	"fmt"
	"time"

	"erp/internal/platform/audit"
	"erp/internal/platform/database"
	"erp/internal/platform/egress"
	"erp/internal/platform/health"
	"erp/internal/platform/jobs"
)

// How long what only protects against repetition is kept: far longer than any client
// or delivery tries again.
const (
	keepIdempotencyKeys = 7 * 24 * time.Hour
	keepInbox           = 90 * 24 * time.Hour
)

// sendTrailEvery is how soon after sealing the trail leaves.
const sendTrailEvery = 10 * time.Second

// keepHouse schedules what every module's schema needs, whatever the module does.
func keepHouse(queue *jobs.Scheduler, db *database.DB) {
	queue.Every("audit.seal", 10*time.Second, func(ctx context.Context) error { return audit.Seal(ctx, db) })
	queue.Every("forget-repetitions", time.Hour, func(ctx context.Context) error { return forgetRepetitions(ctx, db) })
}

// sendTrail lets the sealed trail of a module leave for the operator's receiver, and shows how far it has come.
func (h *house) sendTrail(module string) error {
	if h.cfg.AuditURL == "" {
		return nil
	}
	key, err := egress.ReadSecret(h.cfg.AuditSecret)
	if err != nil {
		return fmt.Errorf("ERP_AUDIT_SECRET %w", err)
	}
	sender := audit.NewSender(h.databases[module], h.cfg.AuditURL, key)
	h.queues[module].Every("audit.send", sendTrailEvery, sender.Send)
	h.health.Outlet(module, func(ctx context.Context) (health.Outlet, error) {
		p, err := sender.Progress(ctx)
		return health.Outlet{Waiting: p.Waiting, Since: p.Since, Problem: p.Problem, FailingSince: p.FailingSince}, err
	})
	return nil
}

func forgetRepetitions(ctx context.Context, db *database.DB) error {
	now := db.Now()
	if _, err := db.Pool().Exec(ctx, `DELETE FROM idempotency_key WHERE created_at < $1`, now.Add(-keepIdempotencyKeys)); err != nil {
		return fmt.Errorf("forget idempotency keys: %w", err)
	}
	if _, err := db.Pool().Exec(ctx, `DELETE FROM inbox WHERE handled_at < $1`, now.Add(-keepInbox)); err != nil {
		return fmt.Errorf("forget handled events: %w", err)
	}
	return nil
}
