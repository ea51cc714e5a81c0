package auth

import (
	"context"
	"fmt"
	"time"

	"erp/internal/platform/database"
	"erp/internal/platform/fault"
)

// Challenges remembers which ones were answered, so that none is answered twice, on whatever replica.
type Challenges struct {
	db  *database.DB
	now func() time.Time
}

// NewChallenges remembers in the platform's schema.
func NewChallenges(db *database.DB, now func() time.Time) *Challenges {
	return &Challenges{db: db, now: now}
}

// Use uses a challenge up, in the transaction of what it allows. One that was used is Unauthenticated.
func (c *Challenges) Use(ctx context.Context, tx *database.Tx, hash []byte, until time.Time) error {
	tag, err := tx.Conn().Exec(ctx, `INSERT INTO used_challenge (hash, expires_at) VALUES ($1, $2) ON CONFLICT DO NOTHING`, hash, until)
	if err != nil {
		return fmt.Errorf("use challenge: %w", err)
	}
	if tag.RowsAffected() != 1 {
		return fault.New(fault.Unauthenticated, "challenge-used", "This sign-in was used already. Begin again.")
	}
	return nil
}

// Purge forgets those that have expired: they are refused for that.
func (c *Challenges) Purge(ctx context.Context) error {
	_, err := c.db.Pool().Exec(ctx, `DELETE FROM used_challenge WHERE expires_at < $1`, c.now().Add(-time.Hour))
	return database.Fault(err)
}
