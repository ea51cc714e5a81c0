package events

import (
	"context"
	"fmt"
	"slices"

	"github.com/google/uuid"

	"erp/internal/platform/auth"
	"erp/internal/platform/database"
	"erp/internal/platform/fault"
	"erp/internal/platform/jobs"
	"erp/internal/platform/telemetry"
)

type causeKey struct{}

// causeOf is the event that is being handled, zero outside a handler.
func causeOf(ctx context.Context) Envelope {
	env, _ := ctx.Value(causeKey{}).(Envelope)
	return env
}

// deliver hands one event of the producer's to one subscriber, here or in another process.
func (b *Bus) deliver(ctx context.Context, producer *database.DB, d delivery) error {
	h, err := b.handlerOf(d.Subscriber)
	if err != nil {
		return err
	}
	env, err := load(ctx, producer, d.Event)
	if err != nil {
		return err
	}
	if h.send == nil {
		return h.handle(ctx, d.Subscriber, env)
	}
	err = h.send(ctx, d.Subscriber, env)
	if err == nil {
		return nil
	}
	err = fmt.Errorf("send %s of %s to %s: %w", env.Name, env.About, d.Subscriber, err)
	if fault.Is(err, fault.Unavailable) {
		return jobs.Postpone(err)
	}
	return err
}

// Receive handles an event that another process has sent, or a broker brought, to a subscriber hosted here.
func (b *Bus) Receive(ctx context.Context, subscriber string, env Envelope) error {
	h, err := b.handlerOf(subscriber)
	if err != nil {
		return err
	}
	if !slices.Contains(b.subscribersOf(env.Name), subscriber) || h.send != nil {
		return fault.New(fault.Invalid, "wrong-subscriber", "%s takes no %s here.", subscriber, env.Name)
	}
	if !h.wants(env.Name) {
		return nil
	}
	return h.handle(ctx, subscriber, env)
}

func (b *Bus) handlerOf(subscriber string) (handler, error) {
	b.mu.RLock()
	defer b.mu.RUnlock()
	h, ok := b.handlers[subscriber]
	if !ok {
		return h, fault.New(fault.NotFound, "no-such-subscriber", "Nobody is subscribed as %q any more.", subscriber)
	}
	return h, nil
}

// handle lets the inbox row and the effect commit together, so that a repeated delivery finds the row and does nothing.
func (h handler) handle(ctx context.Context, subscriber string, env Envelope) error {
	ctx = auth.WithSystem(context.WithValue(ctx, causeKey{}, env), subscriber)
	ctx = telemetry.WithRequest(ctx, telemetry.Request{ID: env.CorrelationID, TraceID: env.Trace})
	ctx, span := telemetry.Begin(ctx, "handle "+subscriber, telemetry.Consuming)
	span.Say("event", env.Name)
	err := h.db.Tx(ctx, func(ctx context.Context, tx *database.Tx) error {
		tag, err := tx.Conn().Exec(ctx, `INSERT INTO inbox (subscriber, event_id, handled_at) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING`,
			subscriber, env.ID, h.db.Now())
		if err != nil {
			return fmt.Errorf("write inbox: %w", err)
		}
		if tag.RowsAffected() == 0 {
			return nil
		}
		return h.run(ctx, tx, env)
	})
	span.End(err != nil)
	if err != nil {
		return fmt.Errorf("%s handles %s of %s: %w", subscriber, env.Name, env.About, err)
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
