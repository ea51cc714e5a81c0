package store

import (
	"context"
	"fmt"
	"strings"
	"time"

	"erp/internal/platform/database"
)

// PasswordRequests remembers who asked for a new password, whether the address is known or not.
type PasswordRequests struct{ DB *database.DB }

// Add counts a request and says how many came from the address of the network since; they queue, so that a hundred at
// once count like a hundred in a row.
func (s PasswordRequests) Add(tx *database.Tx, email, ip string, now, since time.Time) (request int64, fromIP int, err error) {
	if err := tx.Exec(`SELECT pg_advisory_xact_lock(hashtextextended(?, 43))`, ip).Error; err != nil {
		return 0, 0, fmt.Errorf("queue password request: %w", err)
	}
	if err := tx.Raw(`SELECT count(*) FROM password_request WHERE ip = ? AND at > ?`, ip, since).Row().Scan(&fromIP); err != nil {
		return 0, 0, fmt.Errorf("count password requests: %w", err)
	}
	err = tx.Raw(`INSERT INTO password_request (email, ip, at) VALUES (?, ?, ?) RETURNING id`, strings.ToLower(strings.TrimSpace(email)), ip, now).
		Row().Scan(&request)
	if err != nil {
		return 0, 0, fmt.Errorf("write password request: %w", err)
	}
	return request, fromIP, nil
}

// Load gives the address of a request and how many asked for it within the window before, this one included.
func (s PasswordRequests) Load(ctx context.Context, request int64, window time.Duration) (email string, nth int, err error) {
	err = s.DB.Read(ctx).Raw(`SELECT r.email, (SELECT count(*) FROM password_request o WHERE o.email = r.email AND o.id <= r.id AND o.at > r.at - make_interval(secs => ?))
		FROM password_request r WHERE r.id = ?`, window.Seconds(), request).Row().Scan(&email, &nth)
	if err != nil {
		return "", 0, database.Fault(fmt.Errorf("load password request: %w", err))
	}
	return email, nth, nil
}

// Purge forgets requests that no limit looks at any more.
func (s PasswordRequests) Purge(ctx context.Context, before time.Time) error {
	return database.Fault(s.DB.Read(ctx).Exec(`DELETE FROM password_request WHERE at < ?`, before).Error)
}
