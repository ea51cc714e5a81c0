// Package events carries facts from the module where they happened to the modules
// that care. A fact is published in the transaction that makes it true, delivered at
// least once, and handled once. It knows no module.
package events

import (
	"context"
	"encoding/json"
	"fmt"
	"sync"
	"time"

	"github.com/google/uuid"

	"erp/internal/platform/auth"
	"erp/internal/platform/database"
	"erp/internal/platform/jobs"
	"erp/internal/platform/telemetry"
)

// Event is a fact in the past tense. Its name carries its version and never changes
// meaning: "asset.holder-changed.v1".
type Event interface{ EventName() string }

// Envelope is what is known about an event beside its payload.
type Envelope struct {
	ID            uuid.UUID       `json:"id"`
	Name          string          `json:"name"`
	About         string          `json:"about"` // id of the aggregate it happened to
	At            time.Time       `json:"at"`
	ActorID       string          `json:"actorId"`
	CorrelationID string          `json:"correlationId"` // the request that everything began with
	CausationID   string          `json:"causationId"`   // the event that this one follows from
	Trace         string          `json:"trace"`
	Payload       json.RawMessage `json:"payload"`
}

// Bus knows who cares about what. Modules subscribe before the program starts.
type Bus struct {
	*subscriptions
	send Send // set on the bus of modules that another process hosts
}

type subscriptions struct {
	mu          sync.RWMutex
	wake        func(module string) // set when a broker carries the events
	subscribers map[string][]string // event name -> subscribers
	handlers    map[string]handler  // subscriber -> how it handles
}

type handler struct {
	db     *database.DB
	run    func(ctx context.Context, tx *database.Tx, env Envelope) error
	wanted func(event string) bool // nil: always
	send   Send
}

// Send takes an event to a subscriber in another process, whose inbox makes twice once. Without an error it is handled.
type Send func(ctx context.Context, subscriber string, env Envelope) error

// NewBus returns a bus without subscribers.
func NewBus() *Bus {
	return &Bus{subscriptions: &subscriptions{subscribers: map[string][]string{}, handlers: map[string]handler{}}}
}

// Elsewhere returns the bus as a module subscribes to it that another process hosts: its deliveries are sent there.
func (b *Bus) Elsewhere(send Send) *Bus { return &Bus{subscriptions: b.subscriptions, send: send} }

const deliverTask = "deliver-event"

type delivery struct {
	Event      uuid.UUID `json:"event"`
	Name       string    `json:"name"`
	Subscriber string    `json:"subscriber"`
	Envelope   *Envelope `json:"envelope,omitempty"` // of an event that came by a broker, whose log is elsewhere
}

type busKey struct{}

// Connect makes what db's module publishes travel over the bus, by its scheduler.
func (b *Bus) Connect(db *database.DB, s *jobs.Scheduler) {
	db.Attach(busKey{}, b)
	s.Handle(deliverTask, func(ctx context.Context, payload json.RawMessage) error {
		var d delivery
		if err := json.Unmarshal(payload, &d); err != nil {
			return fmt.Errorf("read delivery: %w", err)
		}
		if d.Envelope != nil {
			return b.Receive(ctx, d.Subscriber, *d.Envelope)
		}
		return b.deliver(ctx, db, d)
	})
}

// On lets subscriber ("asset.return-on-leave") handle every E in a transaction of its
// own module's db. The handler may see an event late or after newer ones, never twice.
func On[E Event](b *Bus, subscriber string, db *database.DB, handle func(ctx context.Context, tx *database.Tx, e E, env Envelope) error) {
	var zero E
	b.mu.Lock()
	defer b.mu.Unlock()
	if _, taken := b.handlers[subscriber]; taken {
		panic("events: " + subscriber + " subscribes twice")
	}
	b.subscribers[zero.EventName()] = append(b.subscribers[zero.EventName()], subscriber)
	b.handlers[subscriber] = handler{db: db, send: b.send,
		run: func(ctx context.Context, tx *database.Tx, env Envelope) error {
			var e E
			if err := json.Unmarshal(env.Payload, &e); err != nil {
				return fmt.Errorf("read %s: %w", env.Name, err)
			}
			return handle(ctx, tx, e, env)
		}}
}

// OnNames lets subscriber handle the events of these names, whatever their type, as On does. wanted is asked when an event
// is published: one that is not wanted costs the publisher nothing and is never delivered.
func OnNames(b *Bus, subscriber string, db *database.DB, names []string, wanted func(event string) bool, handle func(ctx context.Context, tx *database.Tx, env Envelope) error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if _, taken := b.handlers[subscriber]; taken {
		panic("events: " + subscriber + " subscribes twice")
	}
	for _, name := range names {
		b.subscribers[name] = append(b.subscribers[name], subscriber)
	}
	b.handlers[subscriber] = handler{db: db, run: handle, wanted: wanted, send: b.send}
}

// Publish writes the event and one delivery per subscriber into the module's own
// schema, with the COMMIT of the transaction that makes the fact true.
func Publish(tx *database.Tx, about string, e Event) error {
	payload, err := json.Marshal(e)
	if err != nil {
		return fmt.Errorf("publish %s: %w", e.EventName(), err)
	}
	ctx := tx.Context()
	request := telemetry.RequestOf(ctx)
	cause := causeOf(ctx)
	correlation := cause.CorrelationID
	if correlation == "" {
		correlation = request.ID
	}
	causation := ""
	if cause.ID != uuid.Nil {
		causation = cause.ID.String()
	}
	eventID := uuid.Must(uuid.NewV7())
	tx.Queue(`INSERT INTO event_log (id, name, about, at, actor_id, correlation_id, causation_id, trace, payload)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
		eventID, e.EventName(), about, tx.Of().Now(), auth.From(ctx).UserID.String(), correlation, causation, request.TraceID, payload)
	b, ok := tx.Of().Attached(busKey{}).(*Bus)
	if !ok {
		return nil
	}
	wanting := b.wanting(e.EventName())
	if b.wake != nil {
		if len(wanting) > 0 {
			leaveForBroker(tx, eventID, b.wake)
		}
		return nil
	}
	for _, s := range wanting {
		if err := jobs.Enqueue(tx, deliverTask, delivery{Event: eventID, Name: e.EventName(), Subscriber: s}); err != nil {
			return err
		}
	}
	return nil
}

// wanting are the subscribers that get the event. What is wanted in another process is decided there.
func (b *Bus) wanting(event string) []string {
	var out []string
	for _, s := range b.subscribersOf(event) {
		if h, err := b.handlerOf(s); err == nil && (h.send != nil || h.wants(event)) {
			out = append(out, s)
		}
	}
	return out
}

func (b *Bus) subscribersOf(event string) []string {
	b.mu.RLock()
	defer b.mu.RUnlock()
	return b.subscribers[event]
}

func (h handler) wants(event string) bool { return h.wanted == nil || h.wanted(event) }
