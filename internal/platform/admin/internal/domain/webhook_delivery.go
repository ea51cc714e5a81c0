package domain

import (
	"time"

	"erp/internal/platform/id"
)

// HookTest is the name of the event that says nothing but that the webhook works.
const HookTest = "webhook.test.v1"

// The states of a delivery.
const (
	DeliveryWaits   = "waiting"
	DeliveryArrived = "delivered"
	DeliveryFailed  = "failed"
)

// deliveryTakes is how long an address is tried for one event.
const deliveryTakes = 24 * time.Hour

// HookDelivery is one event on its way to one webhook.
type HookDelivery struct {
	ID           id.Of[HookDelivery]
	WebhookID    id.Of[Webhook]
	EventID      string
	Event        string
	Body         string // what is sent, the same at every try; forgotten when it has arrived
	State        string
	Attempts     int
	Status       int // of the last answer; zero without one
	Error        string
	Milliseconds int
	CreatedAt    time.Time
	DueAt        time.Time
	GiveUpAt     time.Time
	TriedAt      *time.Time
}

// TableName is what gorm would make hook_delivery of, said plainly.
func (HookDelivery) TableName() string { return "webhook_delivery" }

// NewHookDelivery makes one that is due at once.
func NewHookDelivery(hook id.Of[Webhook], event, name, body string, now time.Time) HookDelivery {
	return HookDelivery{ID: id.New[HookDelivery](), WebhookID: hook, EventID: event, Event: name, Body: body,
		State: DeliveryWaits, CreatedAt: now, DueAt: now, GiveUpAt: now.Add(deliveryTakes)}
}

// Begin counts a try.
func (d *HookDelivery) Begin(now time.Time) {
	d.Attempts++
	d.TriedAt = &now
}

// Arrive notes that the address has taken it.
func (d *HookDelivery) Arrive(status int, took time.Duration) {
	d.State, d.Status, d.Error, d.Milliseconds, d.Body = DeliveryArrived, status, "", int(took.Milliseconds()), ""
}

// Miss notes that a try has failed, and answers the pause before the next one; again is false when it was the last.
func (d *HookDelivery) Miss(status int, reason string, took time.Duration, now time.Time) (pause time.Duration, again bool) {
	d.Status, d.Error, d.Milliseconds = status, reason, int(took.Milliseconds())
	pause = pauseAfter(d.Attempts)
	if d.DueAt = now.Add(pause); d.DueAt.After(d.GiveUpAt) {
		d.State, d.DueAt = DeliveryFailed, now
		return 0, false
	}
	return pause, true
}

// End gives the delivery up for a reason that no other try can cure.
func (d *HookDelivery) End(reason string, now time.Time) {
	d.State, d.Error, d.DueAt = DeliveryFailed, reason, now
}

// Again makes a failed delivery one that is due now and has another day.
func (d *HookDelivery) Again(now time.Time) {
	d.State, d.Attempts, d.DueAt, d.GiveUpAt = DeliveryWaits, 0, now, now.Add(deliveryTakes)
}

// pauseAfter grows from seconds to hours, so that a day holds about a dozen tries.
func pauseAfter(attempts int) time.Duration {
	pauses := []time.Duration{5 * time.Second, 30 * time.Second, 2 * time.Minute, 10 * time.Minute, 30 * time.Minute, time.Hour, 2 * time.Hour}
	return pauses[max(0, min(attempts, len(pauses))-1)]
}
