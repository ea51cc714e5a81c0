package events

import (
	"context"
	"fmt"

	"github.com/google/uuid"

	"erp/internal/platform/auth"
	"erp/internal/platform/database"
	"erp/internal/platform/telemetry"
)

type causeKey struct{}

// causeOf is the event that is being handled, zero outside a handler.
func causeOf(ctx context.Context) Envelope {
	env, _ := ctx.Value(causeKey{}).(Envelope)
	return env
}

// deliver hands one event to one subscriber: the inbox row and the effect commit
// together, so a repeated delivery finds the row and does nothing.
func (b *Bus) deliver(ctx context.Context, producer *database.DB, d delivery) error {
	b.mu.RLock()
	h, ok := b.handlers[d.Subscriber]
	b.mu.RUnlock()
	if !ok {
		return fmt.Errorf("nobody is subscribed as %q any more", d.Subscriber)
	}
	env, err := load(ctx, producer, d.Event)
	if err != nil {
		return err
	}
	ctx = auth.WithSystem(context.WithValue(ctx, causeKey{}, env), d.Subscriber)
	ctx = telemetry.WithRequest(ctx, telemetry.Request{ID: env.CorrelationID, TraceID: env.Trace})
	err = h.db.Tx(ctx, func(ctx context.Context, tx *database.Tx) error {
		tag, err := tx.Conn().Exec(ctx, `INSERT INTO inbox (subscriber, event_id, handled_at) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING`,
			d.Subscriber, env.ID, h.db.Now())
		if err != nil {
			return fmt.Errorf("write inbox: %w", err)
		}
		if tag.RowsAffected() == 0 {
			return nil
		}
		return h.run(ctx, tx, env)
	})
	if err != nil {
		return fmt.Errorf("%s handles %s of %s: %w", d.Subscriber, env.Name, env.About, err)
	}
	return nil
}

func load(ctx context.Context, producer *database.DB, event uuid.UUID) (Envelope, error) {
	env := Envelope{ID: event}
	err := producer.Pool().QueryRow(ctx,
		`SELECT name, about, at, actor_id, correlation_id, causation_id, trace, payload FROM event_log WHERE id = $1`, event).
		Scan(&env.Name, &env.About, &env.At, &env.ActorID, &env.CorrelationID, &env.CausationID, &env.Trace, &env.Payload)
	if err != nil {
		return Envelope{}, fmt.Errorf("load event %s: %w", event, err)
	}
	return env, nil
}
