package module_test

import (
	"context"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"erp/internal/employee"
	"erp/internal/platform/admin"
	"erp/internal/platform/database"
	"erp/internal/platform/date"
	"erp/internal/platform/events"
	"erp/internal/platform/id"
)

type notices struct {
	Items []struct {
		ID     string            `json:"id"`
		Kind   string            `json:"kind"`
		Facts  map[string]string `json:"facts"`
		Href   string            `json:"href"`
		ReadAt string            `json:"readAt"`
	} `json:"items"`
	Unread int `json:"unread"`
}

func (b *browser) notices() notices {
	b.h.t.Helper()
	var n notices
	a := b.do("GET", "/me/notifications", nil)
	require.Equal(b.h.t, 200, a.status, a)
	a.into(b.h.t, &n)
	return n
}

// told waits until the caller was told n things.
func (b *browser) told(n int) notices {
	b.h.t.Helper()
	require.Eventually(b.h.t, func() bool { return len(b.notices().Items) >= n }, 20*time.Second, 20*time.Millisecond, "nobody told")
	return b.notices()
}

func TestNotifications(t *testing.T) {
	t.Parallel()
	p := newPostal(t)
	ada := p.setUp()
	require.Equal(t, 201, ada.do("POST", "/invitations", invitation("mila", "hr-manager")).status)
	require.Equal(t, 204, p.browser().useLink(p.token(1, "mila@example.com"), password3).status)

	t.Run("who invited is told of the arrival", func(t *testing.T) {
		got := ada.told(1)
		require.Equal(t, "invitation-accepted", got.Items[0].Kind)
		require.Equal(t, "mila", got.Items[0].Facts["who"])
		require.Equal(t, 1, got.Unread)
	})
	mila := p.browser()
	require.Equal(t, 200, mila.signIn("mila@example.com", password3).status)

	t.Run("a sign-in from a new browser is told, in the application and by mail; a known one is not", func(t *testing.T) {
		stranger := p.browser()
		a := stranger.do("POST", "/session", map[string]any{"email": "mila@example.com", "password": password3}, "User-Agent", "Stranger/9")
		require.Equal(t, 200, a.status, a)
		require.Equal(t, 200, p.browser().signIn("mila@example.com", password3).status)
		got := mila.told(1)
		require.Equal(t, "new-sign-in", got.Items[0].Kind)
		require.Equal(t, "Stranger/9", got.Items[0].Facts["agent"])
		mail := p.server.Wait(2)[1]
		require.Equal(t, "mila@example.com", mail.To)
		require.Contains(t, mail.Text, "Stranger/9")
		require.Contains(t, mail.Text, "https://erp.example.com/me?tab=security")
		require.Len(t, mila.notices().Items, 1)
	})
	t.Run("HR managers are told of a leaver, once, as they have chosen", func(t *testing.T) {
		var choices struct {
			Items []struct{ Kind string } `json:"items"`
		}
		mila.do("GET", "/me/notification-choices", nil).into(t, &choices)
		require.Len(t, choices.Items, 7, "only what can reach the person is to be chosen")
		a := mila.do("PUT", "/me/notification-choices", map[string]any{"kind": "employee-left", "inApp": false, "byMail": true})
		require.Equal(t, 200, a.status, a)
		left := employee.Left{EmployeeID: id.New[employee.Employee](), DisplayName: "Jonas Weber", LeftOn: date.Of(2026, 11, 30)}
		for range 2 {
			require.NoError(t, p.db.Tx(t.Context(), func(_ context.Context, tx *database.Tx) error {
				return events.Publish(tx, left.EmployeeID.String(), left)
			}))
		}
		mail := p.server.Wait(3)[2]
		require.True(t, strings.HasPrefix(mail.Subject, "Jonas Weber has left"), mail.Subject)
		require.Eventually(t, func() bool { return p.open() == 0 }, 20*time.Second, 20*time.Millisecond)
		require.Len(t, p.server.Mails(), 3)
		require.Len(t, mila.notices().Items, 1, "not in the application")
		require.Len(t, ada.notices().Items, 1, "administrators are no HR managers")
	})
	t.Run("leave waits for the manager, or without one for all who decide, and the answer reaches who asked", func(t *testing.T) {
		employed := func(name string) (employee.ID, *browser) {
			user, b := p.addUser(ada, name, "employee")
			who := id.New[employee.Employee]()
			a := ada.do("PUT", "/users/"+user.ID, map[string]any{"name": user.Name, "email": user.Email, "status": "active", "employeeId": who},
				"If-Match", p.user(ada, user.ID).etag())
			require.Equal(t, 200, a.status, a)
			return who, b
		}
		bossID, boss := employed("boss")
		clerkID, clerk := employed("clerk")
		publish := func(e events.Event) {
			require.NoError(t, p.db.Tx(t.Context(), func(_ context.Context, tx *database.Tx) error { return events.Publish(tx, "leave", e) }))
		}
		asked := employee.LeaveRequested{RequestID: id.New[employee.LeaveRequest](), EmployeeID: clerkID, DisplayName: "Cleo Clerk",
			ManagerID: bossID, First: date.Of(2026, 12, 21), Last: date.Of(2026, 12, 23)}
		publish(asked)
		got := boss.told(1)
		require.Equal(t, "leave-requested", got.Items[0].Kind)
		require.Equal(t, "Cleo Clerk", got.Items[0].Facts["who"])
		require.Equal(t, "/employees/leave", got.Items[0].Href)
		publish(employee.LeaveDecided{RequestID: asked.RequestID, EmployeeID: clerkID, State: "approved", First: asked.First, Last: asked.Last})
		got = clerk.told(1)
		require.Equal(t, "leave-decided", got.Items[0].Kind)
		require.Equal(t, "approved", got.Items[0].Facts["state"])
		publish(employee.LeaveDecided{RequestID: id.New[employee.LeaveRequest](), EmployeeID: clerkID, State: "cancelled", First: asked.First, Last: asked.Last})
		publish(employee.DocumentExpiring{EmployeeID: clerkID, DisplayName: "Cleo Clerk", ExpiresOn: date.Of(2026, 12, 30)})
		got = clerk.told(2)
		require.Equal(t, "document-expiring", got.Items[0].Kind)
		require.Eventually(t, func() bool { return p.open() == 0 }, 20*time.Second, 20*time.Millisecond)
		require.Len(t, clerk.notices().Items, 2, "what one cancels oneself is no news")
		require.Len(t, boss.notices().Items, 1)
	})
	t.Run("what another module notices is told to who may act on it, once", func(t *testing.T) {
		notice := admin.Notice{Kind: "warranty-ending", About: "LT-1 2026-12-25", Href: "/assets/1", Permission: canWrite.Code,
			Facts: map[string]string{"count": "1", "tag": "LT-1", "asset": "Laptop", "on": "2026-12-25"}}
		before := len(ada.notices().Items)
		mine := len(mila.notices().Items)
		for _, n := range []admin.Notice{notice, notice, {Kind: "of-a-newer-version", Permission: canWrite.Code}, {Kind: notice.Kind, Permission: "no:such"}} {
			require.NoError(t, p.db.Tx(t.Context(), func(_ context.Context, tx *database.Tx) error { return events.Publish(tx, "1", n) }))
		}
		got := ada.told(before + 1)
		require.Equal(t, "warranty-ending", got.Items[0].Kind)
		require.Equal(t, "LT-1", got.Items[0].Facts["tag"])
		require.Eventually(t, func() bool { return p.open() == 0 }, 20*time.Second, 20*time.Millisecond)
		require.Len(t, ada.notices().Items, before+1)
		require.Len(t, mila.notices().Items, mine, "who may not change assets is not told")
		require.Equal(t, 204, ada.do("POST", "/me/notifications/read", map[string]any{"ids": []string{got.Items[0].ID}}).status)
	})
	t.Run("what concerns one person alone is told to them, whatever they may do", func(t *testing.T) {
		user, holder := p.addUser(ada, "holder", "asset-manager")
		who := id.New[employee.Employee]()
		a := ada.do("PUT", "/users/"+user.ID, map[string]any{"name": user.Name, "email": user.Email, "status": "active", "employeeId": who},
			"If-Match", p.user(ada, user.ID).etag())
		require.Equal(t, 200, a.status, a)
		notice := admin.Notice{Kind: "handover-waiting", About: "H-1", Href: "/assets/handovers/1", Employee: who, Facts: map[string]string{"count": "1", "asset": "LT-1 Laptop"}}
		others := len(ada.notices().Items)
		for _, n := range []admin.Notice{notice, notice, {Kind: notice.Kind, About: "nobody"}} {
			require.NoError(t, p.db.Tx(t.Context(), func(_ context.Context, tx *database.Tx) error { return events.Publish(tx, "1", n) }))
		}
		require.Equal(t, "handover-waiting", holder.told(1).Items[0].Kind)
		require.Eventually(t, func() bool { return p.open() == 0 }, 20*time.Second, 20*time.Millisecond)
		require.Len(t, holder.notices().Items, 1)
		require.Len(t, ada.notices().Items, others)
	})
	t.Run("reading is one's own affair", func(t *testing.T) {
		foreign := ada.notices().Items[len(ada.notices().Items)-1].ID
		require.Equal(t, 204, mila.do("POST", "/me/notifications/read", map[string]any{"ids": []string{foreign}}).status)
		require.Equal(t, 1, ada.notices().Unread)
		require.Equal(t, 1, mila.notices().Unread)
		require.Equal(t, 204, mila.do("POST", "/me/notifications/read", map[string]any{}).status)
		require.Zero(t, mila.notices().Unread)
		require.NotEmpty(t, mila.notices().Items[0].ReadAt)
	})
}

func TestOwnersAreToldOfNewWaysIn(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	ada := h.setUp()
	_, recovery := ada.enrol()
	ada.addPasskey("Telephone")
	require.Equal(t, 201, ada.do("POST", "/api-keys", map[string]any{"name": "Nightly", "grants": map[string]any{"user:read": "all"}}).status)
	require.Equal(t, 200, h.browser().signInWith("ada@example.com", recovery[0]).status)
	told := string(ada.do("GET", "/me/notifications", nil).body)
	for _, kind := range []string{"passkey-added", "key-made", "recovery-code-used"} {
		require.Equal(t, 1, strings.Count(told, `"kind":"`+kind+`"`), told)
	}
	require.Contains(t, told, "Telephone")
	require.Contains(t, told, "Nightly")
	require.NotContains(t, told, recovery[0])
}
