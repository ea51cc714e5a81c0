package events

import (
	"context"
	"fmt"
	"slices"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"erp/internal/platform/database"
	"erp/internal/platform/jobs"
)

// ByBroker lets a broker carry what is published from now on: it waits in the outbox of its module, and wake is told of it
// once it is true. Modules subscribe, and later publish, as without one.
func (b *Bus) ByBroker(wake func(module string)) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.wake = wake
}

// leaveForBroker queues the event for the broker, with the COMMIT of its transaction.
func leaveForBroker(tx *database.Tx, event uuid.UUID, wake func(module string)) {
	tx.Queue(`INSERT INTO outbox (event_id) VALUES ($1)`, event)
	module := tx.Of().Schema()
	tx.AfterCommit(func() { wake(module) })
}

// Subscription is who wants which events. Here says that this process handles them.
type Subscription struct {
	Subscriber string
	Events     []string
	Here       bool
}

// Subscriptions are all of the house, in a steady order.
func (b *Bus) Subscriptions() []Subscription {
	b.mu.RLock()
	defer b.mu.RUnlock()
	events := map[string][]string{}
	for event, subscribers := range b.subscribers {
		for _, s := range subscribers {
			events[s] = append(events[s], event)
		}
	}
	out := make([]Subscription, 0, len(b.handlers))
	for s, h := range b.handlers {
		slices.Sort(events[s])
		out = append(out, Subscription{Subscriber: s, Events: events[s], Here: h.send == nil})
	}
	slices.SortFunc(out, func(a, b Subscription) int {
		if a.Subscriber < b.Subscriber {
			return -1
		}
		return 1
	})
	return out
}

// relayedAtOnce is how many events one turn of Relay takes.
const relayedAtOnce = 200

// relayLock begins the advisory lock of a module's relay; the schema is the rest.
const relayLock = 0x6f757462

// Relay hands what waits in the module's outbox to publish, oldest first, and forgets what publish says was taken over. One
// copy of the program does so at a time, which keeps the order of events about one aggregate. more says that something was
// left: for the next turn, or because another copy is at it.
func Relay(ctx context.Context, db *database.DB, publish func(ctx context.Context, batch []Envelope) (taken []uuid.UUID, err error)) (more bool, err error) {
	var failed error
	if err := db.Pool().QueryRow(ctx, `SELECT EXISTS (SELECT FROM outbox)`).Scan(&more); err != nil || !more {
		return false, database.Fault(err)
	}
	err = db.Tx(ctx, func(ctx context.Context, tx *database.Tx) error {
		var mine bool
		if err := tx.Conn().QueryRow(ctx, `SELECT pg_try_advisory_xact_lock($1, hashtext(current_schema()))`, relayLock).Scan(&mine); err != nil || !mine {
			return err
		}
		batch, err := waiting(ctx, tx)
		if err != nil {
			return err
		}
		var taken []uuid.UUID
		taken, failed = publish(ctx, batch)
		more = failed != nil || len(batch) == relayedAtOnce
		tx.Queue(`DELETE FROM outbox WHERE event_id = ANY ($1)`, taken)
		return nil //nolint:nilerr // because what was taken is taken, also when the rest failed
	})
	if err == nil {
		err = failed
	}
	if err != nil {
		return true, fmt.Errorf("relay events of %s: %w", db.Schema(), err)
	}
	return more, nil
}

// Waiting is how many events of the module a broker has not taken over yet.
func Waiting(ctx context.Context, db *database.DB) (n int, err error) {
	if err := db.Pool().QueryRow(ctx, `SELECT count(*) FROM outbox`).Scan(&n); err != nil {
		return 0, fmt.Errorf("count events that wait: %w", database.Fault(err))
	}
	return n, nil
}

func waiting(ctx context.Context, tx *database.Tx) ([]Envelope, error) {
	rows, err := tx.Conn().Query(ctx, `SELECT e.id, e.name, e.about, e.at, e.actor_id, e.correlation_id, e.causation_id, e.trace, e.payload
		FROM outbox o JOIN event_log e ON e.id = o.event_id ORDER BY o.position LIMIT $1`, relayedAtOnce)
	if err != nil {
		return nil, fmt.Errorf("read outbox: %w", err)
	}
	batch, err := pgx.CollectRows(rows, func(row pgx.CollectableRow) (env Envelope, err error) {
		return env, row.Scan(&env.ID, &env.Name, &env.About, &env.At, &env.ActorID, &env.CorrelationID, &env.CausationID, &env.Trace, &env.Payload)
	})
	if err != nil {
		return nil, fmt.Errorf("read outbox: %w", err)
	}
	return batch, nil
}

// StepAside lets an event that a subscriber here cannot handle be tried again as any job is, a dead letter in the end, so
// that it keeps no other waiting. Told twice, it steps aside once.
func (b *Bus) StepAside(ctx context.Context, subscriber string, env Envelope) error {
	h, err := b.handlerOf(subscriber)
	if err != nil {
		return err
	}
	err = h.db.Tx(ctx, func(ctx context.Context, tx *database.Tx) error {
		tag, err := tx.Conn().Exec(ctx, `INSERT INTO inbox (subscriber, event_id, handled_at) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING`,
			subscriber+" stepped aside", env.ID, h.db.Now())
		if err != nil || tag.RowsAffected() == 0 {
			return err
		}
		return jobs.Enqueue(tx, deliverTask, delivery{Event: env.ID, Name: env.Name, Subscriber: subscriber, Envelope: &env})
	})
	if err != nil {
		return fmt.Errorf("let %s step aside for %s: %w", env.Name, subscriber, err)
	}
	return nil
}

// Reclaim turns what was left for a broker into deliveries from here: the program runs without one now.
func (b *Bus) Reclaim(ctx context.Context, db *database.DB) error {
	for more := true; more; {
		err := db.Tx(ctx, func(ctx context.Context, tx *database.Tx) error {
			batch, err := waiting(ctx, tx)
			if err != nil {
				return err
			}
			for _, env := range batch {
				for _, s := range b.wanting(env.Name) {
					if err := jobs.Enqueue(tx, deliverTask, delivery{Event: env.ID, Name: env.Name, Subscriber: s}); err != nil {
						return err
					}
				}
				tx.Queue(`DELETE FROM outbox WHERE event_id = $1`, env.ID)
			}
			more = len(batch) == relayedAtOnce
			return nil
		})
		if err != nil {
			return fmt.Errorf("take back events of %s: %w", db.Schema(), err)
		}
	}
	return nil
}
