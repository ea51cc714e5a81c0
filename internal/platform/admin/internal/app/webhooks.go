package app

import (
	"context"
	"crypto/rand"
	"slices"
	"strconv"
	"time"

	"erp/internal/platform/admin"
	"erp/internal/platform/admin/internal/domain"
	"erp/internal/platform/admin/internal/store"
	"erp/internal/platform/audit"
	"erp/internal/platform/auth"
	"erp/internal/platform/database"
	"erp/internal/platform/egress"
	"erp/internal/platform/fault"
	"erp/internal/platform/id"
	"erp/internal/platform/page"
	"erp/internal/platform/rbac"
)

// HookID names a webhook.
type HookID = id.Of[domain.Webhook]

// PublishedEvent is one that may leave the program, and the permission that somebody must hold for the whole company to
// have it sent.
type PublishedEvent struct{ Name, Needs string }

// Webhook is one as administrators see it; its secret is shown once, when it is made.
type Webhook struct {
	ID              HookID       `json:"id"`
	Name            string       `json:"name"`
	Address         string       `json:"address"`
	Events          []string     `json:"events"`
	Active          bool         `json:"active"`
	Status          string       `json:"status" enum:"on,off,failing,stopped,owner-gone" doc:"stopped: switched off because it failed for three days"`
	OwnerID         admin.UserID `json:"ownerId"`
	Owner           string       `json:"owner" doc:"Who saved it last; their rights bound what it tells"`
	FailingSince    time.Time    `json:"failingSince,omitzero"`
	StoppedAt       time.Time    `json:"stoppedAt,omitzero"`
	LastDeliveredAt time.Time    `json:"lastDeliveredAt,omitzero"`
	Waiting         int          `json:"waiting" doc:"Deliveries that are not settled, at most 1,000"`
	CreatedAt       time.Time    `json:"createdAt"`
	Version         int          `json:"version"`
}

// ETag is the version as HTTP names it.
func (w Webhook) ETag() string { return strconv.Quote(strconv.Itoa(w.Version)) }

// MadeWebhook is a webhook with a secret just drawn. It stands in the first answer only.
type MadeWebhook struct {
	Webhook
	Secret string `json:"secret,omitempty" doc:"Signs what is sent. It cannot be had again"`
}

// HookEvents is what webhooks can be told of.
type HookEvents struct {
	Items []HookEvent `json:"items"`
}

// HookEvent is one of them.
type HookEvent struct {
	Name  string `json:"name" example:"asset.holder-changed.v1"`
	Needs string `json:"needs" doc:"Code of the permission that it takes, for the whole company"`
	May   bool   `json:"may" doc:"Whether the caller holds it"`
}

// HookEvents lists what webhooks can be told of.
func (a *App) HookEvents(ctx context.Context) (HookEvents, error) {
	out := HookEvents{Items: make([]HookEvent, len(a.published))}
	rights := auth.RightsOf(ctx)
	for i, e := range a.published {
		out.Items[i] = HookEvent{Name: e.Name, Needs: e.Needs, May: rights.Scope(e.Needs) == rbac.All}
	}
	return out, nil
}

// ListWebhooks pages through all webhooks, the newest first.
func (a *App) ListWebhooks(ctx context.Context, p page.Request) (page.Of[Webhook], error) {
	rows, err := a.hooks.List(ctx, p)
	if err != nil {
		return page.Of[Webhook]{}, err
	}
	out := page.Of[Webhook]{Items: make([]Webhook, len(rows.Items)), Next: rows.Next}
	for i, row := range rows.Items {
		out.Items[i] = hookView(row)
	}
	return out, nil
}

// Webhook shows one.
func (a *App) Webhook(ctx context.Context, hook HookID) (Webhook, error) {
	row, err := a.hooks.ByID(ctx, hook)
	return hookView(row), err
}

func hookView(row store.HookRow) Webhook {
	view := Webhook{
		ID: row.ID, Name: row.Name, Address: row.Address, Events: row.Events, Active: row.Active, Status: "on", OwnerID: row.OwnerID,
		Owner: row.Owner, Waiting: row.Waiting, CreatedAt: row.CreatedAt, Version: row.Version,
		FailingSince: zeroOr(row.FailingSince), StoppedAt: zeroOr(row.StoppedAt), LastDeliveredAt: zeroOr(row.LastDelivered),
	}
	switch {
	case row.StoppedAt != nil:
		view.Status = "stopped"
	case !row.Active:
		view.Status = "off"
	case row.OwnerStatus != admin.StatusActive:
		view.Status = "owner-gone"
	case row.FailingSince != nil:
		view.Status = "failing"
	}
	return view
}

func zeroOr(t *time.Time) time.Time {
	if t == nil {
		return time.Time{}
	}
	return *t
}

// SaveWebhook is the input of a webhook.
type SaveWebhook struct {
	Name    string   `json:"name" minLength:"1" maxLength:"100"`
	Address string   `json:"address" minLength:"1" maxLength:"500" doc:"https, and not in a private network unless the operator allows it"`
	Events  []string `json:"events" minItems:"1" maxItems:"100" doc:"Names of events"`
	Active  bool     `json:"active"`
}

// checkHook collects what is wrong with the input, for somebody with these rights.
func (a *App) checkHook(in SaveWebhook, rights *rbac.Rights) error {
	var p fault.Problems
	if err := a.outside.Check(in.Address); err != nil {
		p.Add("body.address", "%s", err.Error())
	}
	for _, name := range in.Events {
		i := slices.IndexFunc(a.published, func(e PublishedEvent) bool { return e.Name == name })
		switch {
		case i < 0:
			p.Add("body.events", "there is no event %q", name)
		case rights.Scope(a.published[i].Needs) != rbac.All:
			p.Add("body.events", "%s tells more than you may see yourself; it takes %s", name, a.published[i].Needs)
		}
	}
	return p.Err()
}

// CreateWebhook makes one that answers to the caller.
func (a *App) CreateWebhook(ctx context.Context, in SaveWebhook) (MadeWebhook, error) {
	if err := a.checkHook(in, auth.RightsOf(ctx)); err != nil {
		return MadeWebhook{}, err
	}
	owner := admin.UserID(auth.From(ctx).UserID)
	hook := domain.NewWebhook(owner, a.now())
	if err := hook.Edit(owner, domain.HookWish(in)); err != nil {
		return MadeWebhook{}, err
	}
	shown, err := a.drawHookSecret(&hook)
	if err != nil {
		return MadeWebhook{}, err
	}
	out, err := database.Write(ctx, a.db, func(_ context.Context, tx *database.Tx) (MadeWebhook, error) {
		have, err := a.hooks.Count(tx)
		if err != nil {
			return MadeWebhook{}, err
		}
		if have >= domain.MaxHooks {
			return MadeWebhook{}, fault.New(fault.Conflict, "too-many-webhooks", "There are %d webhooks. Remove one first.", have)
		}
		if err := a.hooks.Insert(tx, &hook); err != nil {
			return MadeWebhook{}, err
		}
		view, err := a.hookIn(tx, hook)
		if err != nil {
			return MadeWebhook{}, err
		}
		return MadeWebhook{Webhook: view}, recordHook(tx, "webhook.create", hook, nil, hookChange(hook))
	})
	if err != nil {
		return MadeWebhook{}, err
	}
	a.learnWanted(ctx)
	if out.ID == hook.ID { // not an answer that was kept before
		out.Secret = shown
	}
	return out, nil
}

// hookIn is the view of a webhook that this transaction has written.
func (a *App) hookIn(tx *database.Tx, hook domain.Webhook) (Webhook, error) {
	owner, err := a.users.Lock(tx, hook.OwnerID)
	if err != nil {
		return Webhook{}, err
	}
	return hookView(store.HookRow{Webhook: hook, Owner: owner.Name, OwnerStatus: owner.Status}), nil
}

// drawHookSecret gives the webhook another secret and answers it as people see it.
func (a *App) drawHookSecret(hook *domain.Webhook) (string, error) {
	key := make([]byte, 32)
	_, _ = rand.Read(key) // never fails
	sealed, err := a.box.Seal(hookBox(hook.ID), key)
	hook.Secret = sealed
	return egress.ShowSecret(key), err
}

func hookBox(hook HookID) string { return "webhook " + hook.String() }

// EditWebhook changes a webhook, which answers to the caller from then on.
func (a *App) EditWebhook(ctx context.Context, hook HookID, version int, in SaveWebhook) (Webhook, error) {
	if err := a.checkHook(in, auth.RightsOf(ctx)); err != nil {
		return Webhook{}, err
	}
	defer a.learnWanted(ctx)
	return database.Write(ctx, a.db, func(ctx context.Context, tx *database.Tx) (Webhook, error) {
		found, err := a.hooks.Lock(tx, hook)
		if err != nil {
			return Webhook{}, err
		}
		if err := stale(version, found.Version, "webhook"); err != nil {
			return Webhook{}, err
		}
		before := hookChange(found)
		if err := found.Edit(admin.UserID(auth.From(ctx).UserID), domain.HookWish(in)); err != nil {
			return Webhook{}, err
		}
		if err := a.hooks.Update(tx, &found, a.now()); err != nil {
			return Webhook{}, err
		}
		view, err := a.hookIn(tx, found)
		if err != nil {
			return Webhook{}, err
		}
		return view, recordHook(tx, "webhook.edit", found, before, hookChange(found))
	})
}

// NewHookSecret draws another secret; the one before signs nothing any more.
func (a *App) NewHookSecret(ctx context.Context, hook HookID) (MadeWebhook, error) {
	shown := ""
	out, err := database.Write(ctx, a.db, func(_ context.Context, tx *database.Tx) (MadeWebhook, error) {
		found, err := a.hooks.Lock(tx, hook)
		if err != nil {
			return MadeWebhook{}, err
		}
		if shown, err = a.drawHookSecret(&found); err != nil {
			return MadeWebhook{}, err
		}
		if err := a.hooks.Update(tx, &found, a.now()); err != nil {
			return MadeWebhook{}, err
		}
		view, err := a.hookIn(tx, found)
		if err != nil {
			return MadeWebhook{}, err
		}
		return MadeWebhook{Webhook: view}, recordHook(tx, "webhook.new-secret", found, nil, nil)
	})
	out.Secret = shown // empty when the answer was kept before
	return out, err
}

// DeleteWebhook removes a webhook, and forgets what was on its way.
func (a *App) DeleteWebhook(ctx context.Context, hook HookID) error {
	defer a.learnWanted(ctx)
	return a.db.Tx(ctx, func(_ context.Context, tx *database.Tx) error {
		found, err := a.hooks.Lock(tx, hook)
		if err != nil {
			return err
		}
		if err := a.hooks.Delete(tx, hook); err != nil {
			return err
		}
		return recordHook(tx, "webhook.delete", found, hookChange(found), nil)
	})
}

// HookChange is what the audit trail keeps of a webhook.
type HookChange struct {
	Name    string       `json:"name"`
	Address string       `json:"address"`
	Events  []string     `json:"events"`
	Active  bool         `json:"active"`
	OwnerID admin.UserID `json:"ownerId"`
}

func hookChange(w domain.Webhook) HookChange {
	return HookChange{Name: w.Name, Address: w.Address, Events: w.Events, Active: w.Active, OwnerID: w.OwnerID}
}

func recordHook(tx *database.Tx, action string, hook domain.Webhook, before, after any) error {
	return audit.Record(tx, audit.Entry{Action: action, Subject: "webhook", SubjectID: hook.ID.String(), Label: hook.Name, Before: before, After: after})
}
