package auth

import (
	"context"
	"fmt"
	"sync"
	"time"

	"erp/internal/platform/database"
	"erp/internal/platform/fault"
)

// budget bounds what a key may ask in a minute, over all replicas together. Each replica takes a twentieth of the limit
// from the row in Postgres and spends it from memory, so a busy key costs one write in twenty requests at most, and no
// request at all gets past the limit: what a replica took and did not spend is lost to the others until the minute is
// over. Taking also notes when and from where the key was used, so that is true within a minute.
type budget struct {
	db     *database.DB
	mu     sync.Mutex
	purses map[KeyID]*purse
}

// purse is what this replica took of a key's minute and has not spent.
type purse struct {
	mu     sync.Mutex
	minute time.Time
	left   int
	empty  bool // nothing is left in the row either
}

func newBudget(db *database.DB) *budget { return &budget{db: db, purses: map[KeyID]*purse{}} }

// spend counts one request of the key; a fault of kind TooMany when its minute is used up.
func (b *budget) spend(ctx context.Context, key KeyID, perMinute int, now time.Time) error {
	minute := now.Truncate(time.Minute)
	p := b.purseOf(key, minute)
	p.mu.Lock() // also held while taking: ten requests at once take once
	defer p.mu.Unlock()
	if p.minute.Before(minute) {
		p.minute, p.left, p.empty = minute, 0, false
	}
	if p.left == 0 && !p.empty {
		granted, err := b.take(ctx, key, max(1, perMinute/20), perMinute, minute, now)
		if err != nil {
			return err
		}
		p.left, p.empty = granted, granted == 0
	}
	if p.left == 0 {
		wait := max(time.Second, p.minute.Add(time.Minute).Sub(now))
		return fault.New(fault.TooMany, "key-limit", "This API key may ask %d times a minute. Slow down.", perMinute).After(wait)
	}
	p.left--
	return nil
}

func (b *budget) purseOf(key KeyID, minute time.Time) *purse {
	b.mu.Lock()
	defer b.mu.Unlock()
	p := b.purses[key]
	if p == nil {
		if len(b.purses) >= maxPurses {
			b.forget(minute)
		}
		p = &purse{minute: minute}
		b.purses[key] = p
	}
	return p
}

// maxPurses bounds the memory; only keys that exist get one.
const maxPurses = 10_000

func (b *budget) forget(minute time.Time) {
	for key, p := range b.purses {
		if p.mu.TryLock() { // one that is in use is not old
			if p.minute.Before(minute) {
				delete(b.purses, key)
			}
			p.mu.Unlock()
		}
	}
}

// take gets up to n requests of the key's minute from the row that all replicas share.
func (b *budget) take(ctx context.Context, key KeyID, n, perMinute int, minute, now time.Time) (granted int, err error) {
	var taken int
	err = b.db.Pool().QueryRow(ctx, `
		INSERT INTO api_key_use AS u (key_id, minute, taken, used_at, ip) VALUES ($1, $2, $3, $4, $5)
		ON CONFLICT (key_id) DO UPDATE SET
			taken = CASE WHEN u.minute < excluded.minute THEN excluded.taken ELSE least(u.taken, $6::int) + excluded.taken END,
			minute = greatest(u.minute, excluded.minute), used_at = greatest(u.used_at, excluded.used_at), ip = excluded.ip
		RETURNING taken`, key.String(), minute, n, now, Address(ctx), perMinute).Scan(&taken)
	if err != nil {
		return 0, database.Fault(fmt.Errorf("count use of an API key: %w", err))
	}
	return min(n, max(0, n-(taken-perMinute))), nil
}
