package module_test

import (
	"context"
	"log/slog"
	"regexp"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"erp/internal/platform/admin/module"
	"erp/internal/platform/auth"
	"erp/internal/platform/events"
	"erp/internal/platform/httpapi"
	"erp/internal/platform/jobs"
	"erp/internal/platform/notify"
	"erp/internal/platform/notify/notifytest"
	"erp/internal/platform/pgtest"
	"erp/internal/platform/rbac"
)

const password3 = "seven herons over water"

// postal is an administration that sends mail.
type postal struct {
	*house
	server *notifytest.Server
	bus    *events.Bus
	others atomic.Pointer[func(q notify.Query) ([]notify.Mail, error)] // what another module has sent
}

func newPostal(t *testing.T) *postal {
	t.Helper()
	db, c := pgtest.New(t, "platform"), &clock{at: time.Now().UTC()}
	p := &postal{house: &house{t: t, db: db, clock: c}, server: notifytest.Start(t)}
	var err error
	p.policy, err = rbac.New(db, append(module.Permissions(), canRead, canWrite), c.now)
	require.NoError(t, err)
	require.NoError(t, p.policy.Start(t.Context()))
	sessions := auth.NewSessions(db, p.policy, c.now)
	queue, err := jobs.New(db, slog.New(slog.DiscardHandler))
	require.NoError(t, err)
	mailer, err := notify.New(db, c.now, notify.Options{SMTPURL: p.server.URL()})
	require.NoError(t, err)
	p.module = module.New(module.Deps{DB: db, Now: c.now, Policy: p.policy, Sessions: sessions, Mail: mailer, PublicURL: "https://erp.example.com/",
		Mails: []module.MailSource{
			{Module: "platform", List: func(ctx context.Context, q notify.Query) ([]notify.Mail, error) { return notify.List(ctx, db, q) }},
			{Module: "invoice", List: func(_ context.Context, q notify.Query) ([]notify.Mail, error) {
				if others := p.others.Load(); others != nil {
					return (*others)(q)
				}
				return nil, nil
			}},
		}})
	p.api = httpapi.New(httpapi.Options{Authenticate: sessions.Authenticate, Logger: slog.New(slog.DiscardHandler)})
	p.module.Routes(p.api)
	p.bus = events.NewBus()
	p.bus.Connect(db, queue)
	p.module.Subscribe(p.bus)
	p.module.Schedule(queue)
	require.NoError(t, queue.Start(t.Context()))
	t.Cleanup(func() { _ = queue.Stop(context.Background()) })
	return p
}

var linkPattern = regexp.MustCompile(`https://erp\.example\.com/password#([A-Za-z0-9_-]{43})`)

// token waits for the n-th mail, which must go to the address, and gives the secret in it.
func (p *postal) token(n int, to string) string {
	p.t.Helper()
	got := p.server.Wait(n)[n-1]
	require.Equal(p.t, to, got.To)
	match := linkPattern.FindStringSubmatch(got.Text)
	require.NotNil(p.t, match, got.Text)
	return match[1]
}

func (b *browser) useLink(token, pass string) answer {
	return b.do("POST", "/password-links/use", map[string]any{"token": token, "password": pass})
}

type linkMade struct {
	User   userView `json:"user"`
	Mailed bool     `json:"mailed"`
	Link   string   `json:"link"`
}

func invitation(name string, roles ...string) map[string]any {
	return map[string]any{"name": name, "email": name + "@example.com", "roles": append([]string{}, roles...)}
}

func TestInvitationByMail(t *testing.T) {
	t.Parallel()
	p := newPostal(t)
	ada := p.setUp()
	a := ada.do("POST", "/invitations", invitation("mila", "asset-manager"))
	require.Equal(t, 201, a.status, a)
	var made linkMade
	a.into(t, &made)
	require.True(t, made.Mailed)
	require.Empty(t, made.Link, "what goes to the owner is shown to nobody else")
	token := p.token(1, "mila@example.com")

	t.Run("nobody gets in before the password is chosen", func(t *testing.T) {
		require.Equal(t, 401, p.browser().signIn("mila@example.com", password3).status)
	})
	t.Run("the page is told whom the link is for", func(t *testing.T) {
		a := p.browser().do("POST", "/password-links/check", map[string]any{"token": token})
		require.Equal(t, 200, a.status, a)
		require.Contains(t, string(a.body), `"purpose":"invitation"`)
		require.Contains(t, string(a.body), "mila@example.com")
	})
	t.Run("a bad password is told at its field and does not use the link up", func(t *testing.T) {
		a := p.browser().useLink(token, "short")
		require.Equal(t, 422, a.status, a)
		require.Contains(t, string(a.body), "body.password")
	})
	t.Run("of many uses at once one wins", func(t *testing.T) {
		statuses := make([]int, 8)
		var wait sync.WaitGroup
		for i := range statuses {
			wait.Go(func() { statuses[i] = p.browser().useLink(token, password3).status })
		}
		wait.Wait()
		won := 0
		for _, status := range statuses {
			if status == 204 {
				won++
				continue
			}
			require.Equal(t, 404, status)
		}
		require.Equal(t, 1, won)
		require.Equal(t, 404, p.browser().useLink(token, password3).status)
	})
	t.Run("the password works, and the address is known to be the owner's", func(t *testing.T) {
		require.Equal(t, 200, p.browser().signIn("mila@example.com", password3).status)
		a := ada.do("GET", "/users/"+made.User.ID, nil)
		require.Contains(t, string(a.body), "emailVerifiedAt")
		require.NotContains(t, string(a.body), "invited")
	})
	t.Run("everything stands in the audit trail", func(t *testing.T) {
		trail := p.actions(made.User.ID)
		require.Equal(t, []string{"user.create", "user.invite", "session.refuse", "user.accept-invitation"}, trail[:4])
	})
	t.Run("the log tells that it was sent, not what it said", func(t *testing.T) {
		a := ada.do("GET", "/mail?q=mila", nil)
		require.Equal(t, 200, a.status, a)
		require.Contains(t, string(a.body), `"state":"sent"`)
		require.Contains(t, string(a.body), `"configured":true`)
		require.NotContains(t, string(a.body), token)
	})
}

func (h *house) actions(user string) []string {
	h.t.Helper()
	rows, err := h.db.Pool().Query(h.t.Context(), `SELECT action FROM audit_entry WHERE subject_id = $1 ORDER BY id`, user)
	require.NoError(h.t, err)
	defer rows.Close()
	var out []string
	for rows.Next() {
		var action string
		require.NoError(h.t, rows.Scan(&action))
		out = append(out, action)
	}
	return out
}

func TestForgottenPassword(t *testing.T) {
	t.Parallel()
	p := newPostal(t)
	ada := p.setUp()
	ask := func(email string) answer {
		return p.browser().do("POST", "/password-requests", map[string]any{"email": email})
	}
	known, unknown := ask("ADA@example.com"), ask("nobody@example.com")
	require.Equal(t, known.status, unknown.status)
	require.Equal(t, 202, known.status, known)
	require.Equal(t, known.body, unknown.body, "nobody learns who has an account")
	first := p.token(1, "ada@example.com")

	t.Run("another request voids the link before", func(t *testing.T) {
		require.Equal(t, 202, ask("ada@example.com").status)
		second := p.token(2, "ada@example.com")
		require.Equal(t, 404, p.browser().useLink(first, password3).status)
		first = second
	})
	t.Run("choosing ends every session, and starts none", func(t *testing.T) {
		b := *ada
		require.Equal(t, 204, b.useLink(first, password3).status)
		require.Equal(t, 401, ada.do("GET", "/me", nil).status)
		require.Equal(t, 401, p.browser().signIn("ada@example.com", password).status)
		require.Equal(t, 200, ada.signIn("ada@example.com", password3).status)
	})
	t.Run("a link is too old after an hour", func(t *testing.T) {
		require.Equal(t, 202, ask("ada@example.com").status)
		token := p.token(3, "ada@example.com")
		p.clock.forward(61 * time.Minute)
		require.Equal(t, 404, p.browser().useLink(token, password).status)
		require.Equal(t, 404, p.browser().do("POST", "/password-links/check", map[string]any{"token": token}).status)
	})
	t.Run("a change of the password voids what was asked for", func(t *testing.T) {
		require.Equal(t, 202, ask("ada@example.com").status)
		token := p.token(4, "ada@example.com")
		require.Equal(t, 200, ada.do("POST", "/me/password", map[string]any{"current": password3, "new": password}).status)
		require.Equal(t, 404, p.browser().useLink(token, password2).status)
	})
	t.Run("a mailbox cannot be flooded, nor the door", func(t *testing.T) {
		before := len(p.server.Mails())
		var last answer
		for range 25 {
			last = ask("ada@example.com")
		}
		require.Equal(t, 429, last.status, last)
		require.NotEmpty(t, last.header.Get("Retry-After"))
		require.Eventually(t, func() bool { return p.open() == 0 }, 20*time.Second, 20*time.Millisecond)
		require.LessOrEqual(t, len(p.server.Mails())-before, 2)
	})
}

// open counts the jobs that are yet to be done.
func (h *house) open() int {
	var n int
	err := h.db.Pool().QueryRow(h.t.Context(), `SELECT count(*) FROM river_job WHERE state IN ('available', 'running', 'retryable') AND args->>'name' LIKE '%mail%' OR
		state IN ('available', 'running', 'retryable') AND args->>'name' LIKE '%password%'`).Scan(&n)
	require.NoError(h.t, err)
	return n
}

func TestLinksOfClosedAndChangedAccounts(t *testing.T) {
	t.Parallel()
	p := newPostal(t)
	ada := p.setUp()
	var made linkMade
	ada.do("POST", "/invitations", invitation("mila")).into(t, &made)
	token := p.token(1, "mila@example.com")
	edit := func(email, status string) {
		u := p.user(ada, made.User.ID)
		a := ada.do("PUT", "/users/"+u.ID, map[string]any{"name": u.Name, "email": email, "status": status}, "If-Match", u.etag())
		require.Equal(t, 200, a.status, a)
	}
	edit("mila@example.com", "disabled")
	require.Equal(t, 404, p.browser().useLink(token, password3).status)
	require.Equal(t, 409, ada.do("POST", "/users/"+made.User.ID+"/password-links", nil).status)
	edit("mila@example.com", "active")
	require.Equal(t, 404, p.browser().useLink(token, password3).status, "what was closed does not open again")

	require.Equal(t, 201, ada.do("POST", "/users/"+made.User.ID+"/password-links", nil).status)
	token = p.token(2, "mila@example.com")
	edit("milena@example.com", "active")
	require.Equal(t, 404, p.browser().useLink(token, password3).status, "the link went to somebody else's mailbox")

	t.Run("links are bounded", func(t *testing.T) {
		var last answer
		for range 5 {
			last = ada.do("POST", "/users/"+made.User.ID+"/password-links", nil)
		}
		require.Equal(t, 429, last.status, last)
	})
	t.Run("who may manage users cannot take over who may do more", func(t *testing.T) {
		require.Equal(t, 201, ada.do("POST", "/roles", map[string]any{"name": "Clerk", "grants": map[string]string{"user:manage": "all", "user:read": "all"}}).status)
		_, clerk := p.addUser(ada, "Carl", "clerk")
		var me struct{ User userView }
		ada.do("GET", "/me", nil).into(t, &me)
		require.Equal(t, 403, clerk.do("POST", "/users/"+me.User.ID+"/password-links", nil).status)
		require.Equal(t, 403, clerk.do("POST", "/invitations", invitation("eve", "administrator")).status)
	})
}

func TestInvitationWithoutAMailServer(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	ada := h.setUp()
	a := ada.do("POST", "/invitations", invitation("mila", "administrator"), "Idempotency-Key", "invite-mila")
	require.Equal(t, 201, a.status, a)
	var made linkMade
	a.into(t, &made)
	require.False(t, made.Mailed)
	require.Regexp(t, `^/password#[A-Za-z0-9_-]{43}$`, made.Link)
	token := made.Link[len("/password#"):]

	t.Run("is shown once", func(t *testing.T) {
		a := ada.do("POST", "/invitations", invitation("mila", "administrator"), "Idempotency-Key", "invite-mila")
		require.Equal(t, 201, a.status, a)
		require.NotContains(t, string(a.body), token)
		var everything string
		require.NoError(t, h.db.Pool().QueryRow(t.Context(), `SELECT (SELECT string_agg(k::text, '') FROM idempotency_key k) || (SELECT string_agg(l::text, '') FROM password_link l) ||
			(SELECT string_agg(e::text, '') FROM audit_entry e)`).Scan(&everything))
		require.NotContains(t, everything, token, "only its hash is kept")
	})
	t.Run("somebody who has not come yet is no administrator to rely on", func(t *testing.T) {
		var me struct{ User userView }
		ada.do("GET", "/me", nil).into(t, &me)
		a := ada.do("PUT", "/users/"+me.User.ID+"/roles", map[string]any{"roles": []string{}}, "If-Match", me.User.etag())
		require.Equal(t, 409, a.status, a)
		require.Contains(t, string(a.body), "last-administrator")
	})
	t.Run("works once, and proves no address", func(t *testing.T) {
		require.Equal(t, 204, h.browser().useLink(token, password3).status)
		require.Equal(t, 200, h.browser().signIn("mila@example.com", password3).status)
		require.NotContains(t, string(ada.do("GET", "/users/"+made.User.ID, nil).body), "emailVerifiedAt")
	})
	require.Equal(t, 202, h.browser().do("POST", "/password-requests", map[string]any{"email": "ada@example.com"}).status)
}
