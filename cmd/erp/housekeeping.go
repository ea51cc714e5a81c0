package main

import (
	"context"
	"fmt"
	"time"

	"erp/internal/platform/audit"
	"erp/internal/platform/database"
	"erp/internal/platform/jobs"
)

// How long what only protects against repetition is kept: far longer than any client
// or delivery tries again.
const (
	keepIdempotencyKeys = 7 * 24 * time.Hour
	keepInbox           = 90 * 24 * time.Hour
)

// keepHouse schedules what every module's schema needs, whatever the module does.
func keepHouse(queue *jobs.Scheduler, db *database.DB) {
	queue.Every("audit.seal", 10*time.Second, func(ctx context.Context) error { return audit.Seal(ctx, db) })
	queue.Every("forget-repetitions", time.Hour, func(ctx context.Context) error { return forgetRepetitions(ctx, db) })
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
