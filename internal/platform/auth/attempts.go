package auth

import (
	"context"
	"fmt"
	"math"
	"strings"
	"time"

	"erp/internal/platform/database"
	"erp/internal/platform/fault"
)

// limit allows so many failed sign-ins within a window.
type limit struct {
	failures int
	window   time.Duration
}

// Attempts bounds guessing. The counts stand in Postgres, so replicas share them and a restart forgets nothing. Every
// limit ends by itself within an hour, and strangers who guess at an account cannot keep its owner out: the limit over
// all addresses does not hold for an address from which the owner has signed in lately.
type Attempts struct {
	db  *database.DB
	now func() time.Time
}

// NewAttempts counts in the platform's schema.
func NewAttempts(db *database.DB, now func() time.Time) *Attempts { return &Attempts{db: db, now: now} }

// Attempt is one try to sign in, counted as failed until it Succeeded.
type Attempt int64

// Begin counts a try before the password is looked at, so that a thousand tries at once count like a thousand in a row.
// Too many give a fault of kind TooMany that says when to come back; those do not count.
func (a *Attempts) Begin(ctx context.Context, email, ip string) (attempt Attempt, err error) {
	email = clip(strings.ToLower(email), 254)
	err = a.db.Tx(ctx, func(ctx context.Context, tx *database.Tx) error {
		if _, err := tx.Conn().Exec(ctx, `SELECT pg_advisory_xact_lock(hashtextextended($1, 42))`, email); err != nil {
			return fmt.Errorf("queue sign-in: %w", err)
		}
		if err := a.refuse(ctx, tx, email, ip); err != nil {
			return err
		}
		return tx.Conn().QueryRow(ctx, `INSERT INTO sign_in_attempt (email, ip, at) VALUES ($1, $2, $3) RETURNING id`, email, ip, a.now()).Scan(&attempt)
	})
	return attempt, err
}

func (a *Attempts) refuse(ctx context.Context, tx *database.Tx, email, ip string) error {
	const known = `EXISTS (SELECT FROM sign_in_attempt k WHERE k.email = $1 AND k.ip = $2 AND k.succeeded AND k.at > $4)`
	now := a.now()
	for _, rule := range []struct {
		limit
		where string
	}{
		{limit{10, 15 * time.Minute}, `email = $1 AND ip = $2 AND id > coalesce(
			(SELECT max(s.id) FROM sign_in_attempt s WHERE s.email = $1 AND s.ip = $2 AND s.succeeded AND s.at > $4), 0)`},
		{limit{100, 15 * time.Minute}, `$1::text IS NOT NULL AND ip = $2 AND $4::timestamptz IS NOT NULL`},
		{limit{50, time.Hour}, `email = $1 AND NOT ` + known},
	} {
		var failures int
		var oldest *time.Time
		err := tx.Conn().QueryRow(ctx, `SELECT count(*), min(at) FROM sign_in_attempt WHERE NOT succeeded AND at > $3 AND `+rule.where,
			email, ip, now.Add(-rule.window), now.AddDate(0, 0, -30)).Scan(&failures, &oldest)
		if err != nil {
			return fmt.Errorf("count sign-ins: %w", err)
		}
		if failures >= rule.failures && oldest != nil {
			wait := max(oldest.Add(rule.window).Sub(now), time.Second)
			return fault.New(fault.TooMany, "too-many-sign-ins", "Too many failed sign-ins. Try again in %d minutes.",
				int(math.Ceil(wait.Minutes()))).After(wait)
		}
	}
	return nil
}

// Succeeded notes that the try was the right person, in the transaction that starts the session.
func (a *Attempts) Succeeded(tx *database.Tx, attempt Attempt) {
	tx.Queue(`UPDATE sign_in_attempt SET succeeded = true WHERE id = $1`, int64(attempt))
}

// Withdraw takes the try back: it was neither wrong nor yet the right person.
func (a *Attempts) Withdraw(tx *database.Tx, attempt Attempt) {
	tx.Queue(`DELETE FROM sign_in_attempt WHERE id = $1`, int64(attempt))
}

// Purge forgets tries that no limit looks at any more.
func (a *Attempts) Purge(ctx context.Context) error {
	_, err := a.db.Pool().Exec(ctx, `DELETE FROM sign_in_attempt WHERE at < $1`, a.now().AddDate(0, 0, -31))
	return database.Fault(err)
}

// Forgive forgets the failed tries at an account, for the operator's way back in.
func (a *Attempts) Forgive(tx *database.Tx, email string) {
	tx.Queue(`DELETE FROM sign_in_attempt WHERE email = $1 AND NOT succeeded`, clip(strings.ToLower(email), 254))
}
