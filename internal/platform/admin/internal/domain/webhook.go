package domain

import (
	"slices"
	"strings"
	"time"

	"erp/internal/platform/admin"
	"erp/internal/platform/fault"
	"erp/internal/platform/id"
)

// How patient a webhook is with its address.
const (
	HookFailsFor = 3 * 24 * time.Hour // then it is switched off
	HookRests    = 30 * time.Second   // after no answer at all, so that a dead address holds nobody up
	MaxHooks     = 50
)

// Webhook tells an address elsewhere of events. Its owner's rights bound what it tells.
type Webhook struct {
	ID           id.Of[Webhook]
	OwnerID      admin.UserID
	Name         string
	Address      string
	Events       []string `gorm:"serializer:json"`
	Secret       []byte   // sealed
	Active       bool
	FailingSince *time.Time
	RestUntil    *time.Time
	StoppedAt    *time.Time // when it was switched off because it failed for too long
	Version      int
	CreatedAt    time.Time
	UpdatedAt    time.Time
}

// NewWebhook makes one without a secret.
func NewWebhook(owner admin.UserID, now time.Time) Webhook {
	return Webhook{ID: id.New[Webhook](), OwnerID: owner, Version: 1, CreatedAt: now, UpdatedAt: now}
}

// HookWish is what somebody wants of a webhook.
type HookWish struct {
	Name    string
	Address string
	Events  []string
	Active  bool
}

// Edit makes the webhook what is wished; whoever does it answers for it from then on. A changed address, and one that is
// switched on again, begins anew.
func (w *Webhook) Edit(owner admin.UserID, wish HookWish) error {
	wish.Name, wish.Address = strings.TrimSpace(wish.Name), strings.TrimSpace(wish.Address)
	if w.Address != wish.Address || !w.Active {
		w.FailingSince, w.RestUntil = nil, nil
	}
	if wish.Active {
		w.StoppedAt = nil
	}
	w.OwnerID, w.Name, w.Address, w.Active = owner, wish.Name, wish.Address, wish.Active
	w.Events = slices.Compact(slices.Sorted(slices.Values(wish.Events)))
	var p fault.Problems
	if w.Name == "" {
		p.Add("body.name", "must not be empty")
	}
	if len(w.Events) == 0 {
		p.Add("body.events", "must name at least one event")
	}
	return p.Err()
}

// Arrived notes that a delivery has reached the address.
func (w *Webhook) Arrived() { w.FailingSince, w.RestUntil = nil, nil }

// Failed notes that one has not. silent says that there was no answer at all; off that this was once too often, and the
// webhook is switched off.
func (w *Webhook) Failed(silent bool, now time.Time) (off bool) {
	if w.FailingSince == nil {
		w.FailingSince = &now
	}
	if silent {
		until := now.Add(HookRests)
		w.RestUntil = &until
	}
	if !w.Active || now.Sub(*w.FailingSince) < HookFailsFor {
		return false
	}
	w.SwitchOff(now)
	return true
}

// SwitchOff ends the webhook's work until somebody switches it on again.
func (w *Webhook) SwitchOff(now time.Time) { w.Active, w.StoppedAt = false, &now }

// Rests reports whether the address has just not answered.
func (w *Webhook) Rests(now time.Time) bool { return w.RestUntil != nil && now.Before(*w.RestUntil) }
