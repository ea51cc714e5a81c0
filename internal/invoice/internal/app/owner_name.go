package app

import (
	"context"
	"sync"
	"time"

	"erp/internal/employee"
	"erp/internal/platform/database"
	"erp/internal/platform/events"
)

// heard are the names that this program has kept lately, so that a page that is read again writes nothing.
type heard struct {
	mu    sync.Mutex
	names map[employee.ID]string
	since time.Time
}

// For how long, and how many: another copy of the program may have forgotten somebody meanwhile.
const (
	heardFor   = time.Hour
	remembered = 10_000
)

// of is the name of somebody that was kept lately.
func (h *heard) of(who employee.ID, now time.Time) (name string, known bool) {
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.names == nil || now.Sub(h.since) > heardFor || len(h.names) >= remembered {
		h.names, h.since = map[employee.ID]string{}, now
	}
	name, known = h.names[who]
	return name, known
}

func (h *heard) keep(who employee.ID, name string) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.names[who] = name
}

func (h *heard) forget(who employee.ID) {
	h.mu.Lock()
	defer h.mu.Unlock()
	delete(h.names, who)
}

// ownerName is what the directory calls the owner of a document; while it does not answer, the name last heard. The page
// stands without a name when there is none, and when one cannot be read or kept.
func (a *App) ownerName(ctx context.Context, owner employee.ID) string {
	if owner.IsZero() {
		return ""
	}
	names, err := a.people.Names(ctx, owner)
	if err != nil {
		name, _ := a.persons.Name(ctx, owner)
		return name
	}
	name := names[owner]
	if kept, known := a.heard.of(owner, a.now()); (!known || kept != name) && a.persons.Hear(ctx, owner, name, a.now()) == nil {
		a.heard.keep(owner, name)
	}
	return name
}

// hearOf asks for the name of somebody who owns a document now, once, so that it is known before anybody looks.
func (a *App) hearOf(ctx context.Context, owner employee.ID) {
	if _, known := a.heard.of(owner, a.now()); !known {
		a.ownerName(ctx, owner)
	}
}

// RenameOwner keeps the name last heard fresh while nobody looks.
func (a *App) RenameOwner(_ context.Context, tx *database.Tx, e employee.Changed, env events.Envelope) error {
	a.persons.Rename(tx, e.EmployeeID, e.DisplayName, env.At)
	return nil
}
