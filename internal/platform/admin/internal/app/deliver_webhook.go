package app

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"erp/internal/platform/admin"
	"erp/internal/platform/admin/internal/domain"
	"erp/internal/platform/database"
	"erp/internal/platform/egress"
	"erp/internal/platform/events"
	"erp/internal/platform/fault"
	"erp/internal/platform/jobs"
	"erp/internal/platform/rbac"
)

// DeliverTask is the job that sends one event to one webhook.
const DeliverTask = "deliver-webhook"

// maxWaiting bounds what waits for an address that fails; with more it is switched off before its time.
const maxWaiting = 10_000

// hooksLearnt is how often each replica looks which events any webhook wants.
const hooksLearnt = 2 * time.Second

// PublishedEvents are the names of events that webhooks can be told of.
func (a *App) PublishedEvents() []string {
	names := make([]string, len(a.published))
	for i, e := range a.published {
		names[i] = e.Name
	}
	return names
}

// WantsEvent reports whether any webhook is to be told of the event: one that none wants costs its publisher nothing. As
// long as this is not known, it is yes.
func (a *App) WantsEvent(name string) bool {
	wanted := a.wanted.Load()
	return wanted == nil || (*wanted)[name]
}

// Watch keeps up with which events webhooks want, until ctx ends.
func (a *App) Watch(ctx context.Context) {
	tick := time.NewTicker(hooksLearnt)
	defer tick.Stop()
	for {
		a.learnWanted(ctx)
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		}
	}
}

// learnWanted looks which events any webhook wants; what cannot be learnt now stays as it was.
func (a *App) learnWanted(ctx context.Context) {
	names, err := a.hooks.Wanted(ctx)
	if err != nil {
		return
	}
	wanted := make(map[string]bool, len(names))
	for _, name := range names {
		wanted[name] = true
	}
	a.wanted.Store(&wanted)
}

// QueueForWebhooks puts an event on its way to the webhooks that want it and whose owners may see it.
func (a *App) QueueForWebhooks(ctx context.Context, tx *database.Tx, env events.Envelope) error {
	hooks, err := a.hooks.Wanting(tx, env.Name)
	if err != nil || len(hooks) == 0 {
		return err
	}
	body, err := hookBody(env.ID.String(), env.Name, env.About, env.At, env.Payload)
	if err != nil {
		return err
	}
	for _, hook := range hooks {
		if !a.mayHear(hook.OwnerID, env.Name) {
			continue
		}
		if hook.FailingSince != nil {
			waiting, err := a.deliveries.Waiting(tx, hook.ID, maxWaiting)
			if err != nil {
				return err
			}
			if waiting >= maxWaiting {
				if err := a.stopHook(ctx, tx, hook.ID); err != nil {
					return err
				}
				continue
			}
		}
		if _, err := a.queueDelivery(tx, hook.ID, env.ID.String(), env.Name, body); err != nil {
			return err
		}
	}
	return nil
}

// mayHear reports whether the owner may see, of the whole company, what the event tells.
func (a *App) mayHear(owner admin.UserID, event string) bool {
	for _, e := range a.published {
		if e.Name == event {
			return a.policy.Snapshot().Rights(person(owner)).Scope(e.Needs) == rbac.All
		}
	}
	return event == domain.HookTest
}

// stopHook switches a webhook off whose address leaves too much waiting.
func (a *App) stopHook(ctx context.Context, tx *database.Tx, hook HookID) error {
	found, err := a.hooks.Lock(tx, hook)
	if err != nil || !found.Active {
		return err
	}
	found.SwitchOff(a.now())
	return a.hookStopped(ctx, tx, &found)
}

// hookStopped writes and tells that a webhook was switched off.
func (a *App) hookStopped(ctx context.Context, tx *database.Tx, hook *domain.Webhook) error {
	if err := a.hooks.SaveWork(tx, hook); err != nil {
		return err
	}
	if err := a.deliveries.EndWaiting(tx, hook.ID, "the webhook was switched off because its address kept failing"); err != nil {
		return err
	}
	if err := recordHook(tx, "webhook.stop", *hook, nil, nil); err != nil {
		return err
	}
	return a.tellOfStoppedHook(ctx, tx, *hook)
}

// sending is one try of a delivery.
type sending struct {
	address string
	headers map[string]string
	body    []byte
}

// DeliverWebhook tries one delivery. The try is counted before and settled after the call, each in a transaction; a crash
// between makes the address hear the same message again, which its id tells.
func (a *App) DeliverWebhook(ctx context.Context, payload json.RawMessage) error {
	var delivery DeliveryID
	if err := json.Unmarshal(payload, &delivery); err != nil {
		return fmt.Errorf("read delivery: %w", err)
	}
	var try *sending
	err := a.db.Tx(ctx, func(ctx context.Context, tx *database.Tx) (err error) {
		try, err = a.beginDelivery(ctx, tx, delivery)
		return err
	})
	if fault.Is(err, fault.NotFound) {
		return nil // its webhook was deleted
	}
	if err != nil || try == nil {
		return err
	}
	status, took, failure := a.outside.Post(ctx, try.address, try.headers, try.body)
	if ctx.Err() != nil {
		return fmt.Errorf("deliver to webhook: %w", ctx.Err()) // the program stops; the job is taken up again
	}
	err = a.db.Tx(ctx, func(ctx context.Context, tx *database.Tx) error {
		return a.settleDelivery(ctx, tx, delivery, status, failure, took)
	})
	if fault.Is(err, fault.NotFound) {
		return nil
	}
	return err
}

// beginDelivery counts the try and makes what is sent; nil when nothing is to be sent (any more, or yet).
func (a *App) beginDelivery(ctx context.Context, tx *database.Tx, delivery DeliveryID) (*sending, error) {
	d, err := a.deliveries.Lock(tx, delivery)
	if err != nil || d.State != domain.DeliveryWaits {
		return nil, err
	}
	hook, err := a.hooks.Lock(tx, d.WebhookID)
	if err != nil {
		return nil, err
	}
	refusal, err := a.refusal(tx, hook, d)
	if err != nil {
		return nil, err
	}
	if refusal != "" {
		d.End(refusal, a.now())
		return nil, a.deliveries.Save(tx, &d)
	}
	d.Begin(a.now())
	if hook.Rests(a.now()) && d.Event != domain.HookTest {
		return nil, a.missed(ctx, tx, &hook, &d, 0, "the address did not answer a moment ago", 0)
	}
	if err := a.deliveries.Save(tx, &d); err != nil {
		return nil, err
	}
	key, err := a.box.Open(hookBox(hook.ID), hook.Secret)
	if err != nil {
		return nil, a.missed(ctx, tx, &hook, &d, 0, "the secret cannot be read with this installation's; draw a new one", 0)
	}
	body := []byte(d.Body)
	headers := egress.Signed(key, d.EventID, a.now(), body)
	headers["Content-Type"], headers["User-Agent"] = "application/json", "ERP-Webhook/1"
	return &sending{address: hook.Address, body: body, headers: headers}, nil
}

// refusal says why the delivery must not be sent; empty when it may.
func (a *App) refusal(tx *database.Tx, hook domain.Webhook, d domain.HookDelivery) (string, error) {
	owner, err := a.users.Open(tx, []admin.UserID{hook.OwnerID})
	switch {
	case err != nil:
		return "", err
	case !hook.Active && d.Event != domain.HookTest:
		return "the webhook is off", nil
	case len(owner) == 0:
		return "the account of the webhook's owner is closed", nil
	case !a.mayHear(hook.OwnerID, d.Event):
		return "the webhook's owner may not see this any more", nil
	}
	return "", nil
}

// settleDelivery writes how a try went.
func (a *App) settleDelivery(ctx context.Context, tx *database.Tx, delivery DeliveryID, status int, failure error, took time.Duration) error {
	d, err := a.deliveries.Lock(tx, delivery)
	if err != nil || d.State != domain.DeliveryWaits {
		return err
	}
	hook, err := a.hooks.Lock(tx, d.WebhookID)
	if err != nil {
		return err
	}
	if failure != nil {
		return a.missed(ctx, tx, &hook, &d, status, failure.Error(), took)
	}
	d.Arrive(status, took)
	if err := a.deliveries.Save(tx, &d); err != nil {
		return err
	}
	if hook.FailingSince == nil && hook.RestUntil == nil {
		return nil
	}
	hook.Arrived()
	return a.hooks.SaveWork(tx, &hook)
}

// missed writes that a try has failed, queues the next one, and switches the webhook off when this was once too often.
func (a *App) missed(ctx context.Context, tx *database.Tx, hook *domain.Webhook, d *domain.HookDelivery, status int, reason string, took time.Duration) error {
	pause, again := d.Miss(status, reason, took, a.now())
	if err := a.deliveries.Save(tx, d); err != nil {
		return err
	}
	silent := status == 0 && !hook.Rests(a.now())
	if hook.Failed(silent, a.now()) {
		return a.hookStopped(ctx, tx, hook)
	}
	if err := a.hooks.SaveWork(tx, hook); err != nil {
		return err
	}
	if !again {
		return nil
	}
	return jobs.EnqueueOutside(tx, DeliverTask, d.ID, pause)
}

// tellOfStoppedHook tells its owner, and everybody who may manage webhooks.
func (a *App) tellOfStoppedHook(ctx context.Context, tx *database.Tx, hook domain.Webhook) error {
	company, err := a.Profile(ctx)
	if err != nil {
		return err
	}
	to := []admin.UserID{hook.OwnerID}
	for _, who := range a.policy.Snapshot().WhoMay(CanManageHooks) {
		to = append(to, admin.UserID(who))
	}
	return a.tell(tx, company, to, domain.Notification{
		Kind: domain.WebhookStopped, About: hook.ID.String() + " " + hook.StoppedAt.UTC().Format(time.RFC3339), Href: "/admin/webhooks/" + hook.ID.String(),
		Facts: map[string]string{"webhook": hook.Name, "address": hook.Address},
	})
}
