package module_test

import (
	"context"
	"errors"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"erp/internal/employee"
	"erp/internal/platform/auth"
	"erp/internal/platform/database"
	"erp/internal/platform/events"
)

// While the directory does not answer, a document says who made it by the name last heard, after a restart too.
func TestNamesLastHeard(t *testing.T) {
	t.Parallel()
	h := start(t)
	h.wire()
	known := h.draft(h.customer("Globex AG"), "10")
	gone := errors.New("gone")
	away := func(says string) {
		t.Helper()
		again := startOn(t, h.db) // as after a restart
		again.me = h.me
		again.people.Fail(gone)
		for range 7 { // the breaker opens on the way
			require.Equal(t, says, again.get(known).Owner)
		}
	}
	tell := func(e events.Event) {
		t.Helper()
		require.NoError(t, h.db.Tx(auth.WithSystem(t.Context(), "test"), func(_ context.Context, tx *database.Tx) error { return events.Publish(tx, h.me.String(), e) }))
	}
	away("Ann Noor") // nobody has looked at it yet

	tell(employee.Changed{EmployeeID: h.me, DisplayName: "Ann Berg"})
	require.Eventually(t, func() bool { return h.count(`SELECT count(*) FROM person WHERE name = 'Ann Berg'`) == 1 }, 10*time.Second, 20*time.Millisecond)
	away("Ann Berg")

	h.now = time.Now().Add(time.Hour) // after the news
	h.people.Put(employee.Employee{ID: h.me, GivenName: "Ann", FamilyName: "Holm"})
	require.Equal(t, "Ann Holm", h.get(known).Owner)
	away("Ann Holm")
}

// Of somebody who has left and made no document, and of somebody whom nobody knows any more, no name is kept.
func TestNamesAreForgotten(t *testing.T) {
	t.Parallel()
	h := start(t)
	h.wire()
	kept := func() int { return h.count(`SELECT count(*) FROM person`) }
	buyer := h.customer("Globex AG")
	draft := h.draft(buyer, "10")
	h.get(draft)
	require.Equal(t, 1, kept())
	require.NoError(t, h.db.Tx(auth.WithSystem(t.Context(), "test"), func(_ context.Context, tx *database.Tx) error {
		return events.Publish(tx, h.me.String(), employee.Left{EmployeeID: h.me, DisplayName: "Ann Noor"})
	}))
	require.Eventually(t, func() bool { return kept() == 0 }, 10*time.Second, 20*time.Millisecond, "the draft belongs to nobody now")

	issued := h.issue(h.draft(buyer, "10"))
	h.get(issued)
	require.Equal(t, 1, kept())
	h.people.Erase(h.me)
	require.Empty(t, h.get(issued).Owner)
	require.Zero(t, kept(), "the directory knows nobody of that id")
}
