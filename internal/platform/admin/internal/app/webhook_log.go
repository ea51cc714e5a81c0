package app

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"erp/internal/platform/admin/internal/domain"
	"erp/internal/platform/database"
	"erp/internal/platform/fault"
	"erp/internal/platform/id"
	"erp/internal/platform/jobs"
	"erp/internal/platform/page"
)

// DeliveryID names one event on its way to one webhook.
type DeliveryID = id.Of[domain.HookDelivery]

// HookDelivery is a row of a webhook's log.
type HookDelivery struct {
	ID           DeliveryID `json:"id"`
	EventID      string     `json:"eventId" doc:"The webhook-id header: the same at every try"`
	Event        string     `json:"event"`
	State        string     `json:"state" enum:"waiting,delivered,failed"`
	Attempts     int        `json:"attempts"`
	Status       int        `json:"status,omitempty" doc:"Of the last answer; absent without one"`
	Error        string     `json:"error,omitempty"`
	Milliseconds int        `json:"milliseconds,omitempty" doc:"What the last try took"`
	CreatedAt    time.Time  `json:"createdAt"`
	TriedAt      time.Time  `json:"triedAt,omitzero"`
	DueAt        time.Time  `json:"dueAt,omitzero" doc:"Of the next try, while it waits"`
}

func deliveryView(d domain.HookDelivery) HookDelivery {
	view := HookDelivery{
		ID: d.ID, EventID: d.EventID, Event: d.Event, State: d.State, Attempts: d.Attempts, Status: d.Status, Error: d.Error,
		Milliseconds: d.Milliseconds, CreatedAt: d.CreatedAt, TriedAt: zeroOr(d.TriedAt),
	}
	if d.State == domain.DeliveryWaits {
		view.DueAt = d.DueAt
	}
	return view
}

// ListHookDeliveries pages through the log of a webhook, the newest first.
func (a *App) ListHookDeliveries(ctx context.Context, hook HookID, state string, p page.Request) (page.Of[HookDelivery], error) {
	if _, err := a.hooks.ByID(ctx, hook); err != nil {
		return page.Of[HookDelivery]{}, err
	}
	rows, err := a.deliveries.List(ctx, hook, state, p)
	if err != nil {
		return page.Of[HookDelivery]{}, err
	}
	out := page.Of[HookDelivery]{Items: make([]HookDelivery, len(rows.Items)), Next: rows.Next}
	for i, row := range rows.Items {
		out.Items[i] = deliveryView(row)
	}
	return out, nil
}

// TestWebhook sends an event that says nothing, also to a webhook that is off.
func (a *App) TestWebhook(ctx context.Context, hook HookID) (HookDelivery, error) {
	return database.Write(ctx, a.db, func(_ context.Context, tx *database.Tx) (HookDelivery, error) {
		found, err := a.hooks.Lock(tx, hook)
		if err != nil {
			return HookDelivery{}, err
		}
		event := id.New[domain.HookDelivery]().String()
		body, err := hookBody(event, domain.HookTest, hook.String(), a.now(), json.RawMessage(`{}`))
		if err != nil {
			return HookDelivery{}, err
		}
		d, err := a.queueDelivery(tx, hook, event, domain.HookTest, body)
		if err != nil {
			return HookDelivery{}, err
		}
		return deliveryView(d), recordHook(tx, "webhook.test", found, nil, nil)
	})
}

// queueDelivery puts an event on its way to a webhook, unless it was before.
func (a *App) queueDelivery(tx *database.Tx, hook HookID, event, name, body string) (domain.HookDelivery, error) {
	d := domain.NewHookDelivery(hook, event, name, body, a.now())
	if fresh, err := a.deliveries.Insert(tx, &d); err != nil || !fresh {
		return d, err
	}
	return d, jobs.EnqueueOutside(tx, DeliverTask, d.ID, 0)
}

// RetryHookDelivery tries one that failed again, for another day.
func (a *App) RetryHookDelivery(ctx context.Context, hook HookID, delivery DeliveryID) (HookDelivery, error) {
	return database.Write(ctx, a.db, func(_ context.Context, tx *database.Tx) (HookDelivery, error) {
		found, err := a.hooks.Lock(tx, hook)
		if err != nil {
			return HookDelivery{}, err
		}
		d, err := a.deliveries.Lock(tx, delivery)
		if err != nil {
			return HookDelivery{}, err
		}
		switch {
		case d.WebhookID != hook:
			return HookDelivery{}, fault.New(fault.NotFound, "no-such-delivery", "There is no such delivery of this webhook.")
		case d.State != domain.DeliveryFailed:
			return HookDelivery{}, fault.New(fault.Conflict, "delivery-not-failed", "This delivery has not failed; reload the list.")
		case !found.Active && d.Event != domain.HookTest:
			return HookDelivery{}, fault.New(fault.Conflict, "webhook-off", "The webhook %s is off. Switch it on first.", found.Name)
		}
		d.Again(a.now())
		if err := a.deliveries.Save(tx, &d); err != nil {
			return HookDelivery{}, err
		}
		if err := jobs.EnqueueOutside(tx, DeliverTask, d.ID, 0); err != nil {
			return HookDelivery{}, err
		}
		return deliveryView(d), recordHook(tx, "webhook.retry", found, nil, map[string]string{"delivery": d.ID.String(), "event": d.Event})
	})
}

// hookMessage is what leaves the program of an event: what happened to what and when, as the module published it. Who did
// it and by which request stays inside.
type hookMessage struct {
	ID    string          `json:"id"`
	Type  string          `json:"type"`
	At    time.Time       `json:"timestamp"`
	About string          `json:"about"`
	Data  json.RawMessage `json:"data"`
}

func hookBody(event, name, about string, at time.Time, data json.RawMessage) (string, error) {
	body, err := json.Marshal(hookMessage{ID: event, Type: name, At: at.UTC(), About: about, Data: data})
	if err != nil {
		return "", fmt.Errorf("write %s for a webhook: %w", name, err)
	}
	return string(body), nil
}
