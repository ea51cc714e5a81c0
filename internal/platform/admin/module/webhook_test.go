package module_test

import (
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"erp/internal/platform/admin/module"
	"erp/internal/platform/audit"
	"erp/internal/platform/auth"
	"erp/internal/platform/database"
	"erp/internal/platform/egress"
	"erp/internal/platform/events"
	"erp/internal/platform/httpapi"
	"erp/internal/platform/jobs"
	"erp/internal/platform/pgtest"
	"erp/internal/platform/rbac"
)

type shipped struct {
	Parcel string `json:"parcel"`
}

func (shipped) EventName() string { return "test.shipped.v1" }

// receiver is an address elsewhere that keeps what it was told.
type receiver struct {
	t      *testing.T
	server *httptest.Server
	mu     sync.Mutex
	status int
	calls  []call
}

type call struct {
	header http.Header
	body   []byte
}

func newReceiver(t *testing.T) *receiver {
	t.Helper()
	r := &receiver{t: t, status: http.StatusNoContent}
	r.server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, req *http.Request) {
		body, _ := io.ReadAll(req.Body)
		r.mu.Lock()
		defer r.mu.Unlock()
		r.calls = append(r.calls, call{req.Header, body})
		w.WriteHeader(r.status)
	}))
	t.Cleanup(r.server.Close)
	return r
}

func (r *receiver) answer(status int) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.status = status
}

func (r *receiver) heard() []call {
	r.mu.Lock()
	defer r.mu.Unlock()
	return append([]call(nil), r.calls...)
}

func (r *receiver) wait(n int) []call {
	r.t.Helper()
	require.Eventually(r.t, func() bool { return len(r.heard()) >= n }, 30*time.Second, 20*time.Millisecond, "nothing arrived")
	return r.heard()
}

// newHooked is an administration whose webhooks work; the options say where they may reach.
func newHooked(t *testing.T, o egress.Options) *house {
	t.Helper()
	db, c := pgtest.New(t, "platform"), &clock{at: time.Now().UTC()}
	h := &house{t: t, db: db, clock: c}
	var err error
	h.policy, err = rbac.New(db, append(module.Permissions(), canRead, canWrite), c.now)
	require.NoError(t, err)
	require.NoError(t, h.policy.Start(t.Context()))
	sessions := auth.NewSessions(db, h.policy, c.now)
	queue, err := jobs.New(db, slog.New(slog.DiscardHandler))
	require.NoError(t, err)
	box, err := auth.NewBox("the installation's secret", "second factor")
	require.NoError(t, err)
	trail := module.AuditSource{Module: "platform", List: func(ctx context.Context, q audit.Query) ([]audit.Row, error) { return audit.List(ctx, db, q) }}
	h.module = module.New(module.Deps{DB: db, Now: c.now, Policy: h.policy, Sessions: sessions, Box: box, Outside: egress.New(o), Audit: []module.AuditSource{trail},
		Published: []module.PublishedEvent{{Name: "test.shipped.v1", Needs: "asset:read"}, {Name: "test.other.v1", Needs: "user:read"}}})
	h.api = httpapi.New(httpapi.Options{Authenticate: auth.NewKeys(db, h.policy, sessions, c.now).Authenticate, Logger: slog.New(slog.DiscardHandler)})
	h.module.Routes(h.api)
	bus := events.NewBus()
	bus.Connect(db, queue)
	h.module.Subscribe(bus)
	h.module.Schedule(queue)
	require.NoError(t, queue.Start(t.Context()))
	t.Cleanup(func() { _ = queue.Stop(context.Background()) })
	return h
}

func (h *house) ship(parcel string) {
	h.t.Helper()
	require.NoError(h.t, h.db.Tx(h.t.Context(), func(_ context.Context, tx *database.Tx) error {
		return events.Publish(tx, "parcel-"+parcel, shipped{parcel})
	}))
}

// decided waits until it is decided which webhooks are told of the parcel.
func (h *house) decided(parcel string) {
	h.t.Helper()
	require.Eventually(h.t, func() bool {
		var handled bool
		err := h.db.Pool().QueryRow(h.t.Context(), `
			SELECT EXISTS (SELECT FROM inbox i JOIN event_log e ON e.id = i.event_id WHERE e.about = $1 AND i.subscriber = 'admin.tell-webhooks')`,
			"parcel-"+parcel).Scan(&handled)
		return err == nil && handled
	}, 20*time.Second, 10*time.Millisecond)
}

type hookView struct {
	ID      string   `json:"id"`
	Secret  string   `json:"secret"`
	Status  string   `json:"status"`
	Events  []string `json:"events"`
	Owner   string   `json:"owner"`
	Active  bool     `json:"active"`
	Waiting int      `json:"waiting"`
	Version int      `json:"version"`
}

type deliveryView struct {
	ID       string `json:"id"`
	EventID  string `json:"eventId"`
	Event    string `json:"event"`
	State    string `json:"state"`
	Attempts int    `json:"attempts"`
	Status   int    `json:"status"`
	Error    string `json:"error"`
}

func wish(address string, names ...string) map[string]any {
	return map[string]any{"name": "Shop", "address": address, "events": names, "active": true}
}

func (b *browser) hook(address string, names ...string) hookView {
	b.h.t.Helper()
	a := b.do("POST", "/webhooks", wish(address, names...))
	require.Equal(b.h.t, 201, a.status, a)
	var v hookView
	a.into(b.h.t, &v)
	return v
}

func (b *browser) seeHook(id string) (v hookView) {
	b.h.t.Helper()
	b.do("GET", "/webhooks/"+id, nil).into(b.h.t, &v)
	return v
}

func (b *browser) deliveries(id string) []deliveryView {
	b.h.t.Helper()
	var v struct{ Items []deliveryView }
	a := b.do("GET", "/webhooks/"+id+"/deliveries", nil)
	require.Equal(b.h.t, 200, a.status, a)
	a.into(b.h.t, &v)
	return v.Items
}

// settled waits until the newest delivery of the webhook is what is wanted.
func (b *browser) settled(id string, want func(deliveryView) bool) deliveryView {
	b.h.t.Helper()
	var last deliveryView
	require.Eventually(b.h.t, func() bool {
		all := b.deliveries(id)
		if len(all) == 0 {
			return false
		}
		last = all[0]
		return want(last)
	}, 40*time.Second, 50*time.Millisecond, "the newest delivery stays %+v", &last)
	return last
}

func TestWebhook(t *testing.T) {
	t.Parallel()
	h := newHooked(t, egress.Options{Private: true})
	ada, shop := h.setUp(), newReceiver(t)
	hook := ada.hook(shop.server.URL+"/hooks", "test.shipped.v1")

	t.Run("the secret is shown once and kept sealed", func(t *testing.T) {
		require.True(t, strings.HasPrefix(hook.Secret, "whsec_"), hook.Secret)
		require.Empty(t, ada.seeHook(hook.ID).Secret)
		key, err := base64.StdEncoding.DecodeString(strings.TrimPrefix(hook.Secret, "whsec_"))
		require.NoError(t, err)
		var sealed []byte
		require.NoError(t, h.db.Pool().QueryRow(t.Context(), `SELECT secret FROM webhook WHERE id = $1`, hook.ID).Scan(&sealed))
		require.NotContains(t, string(sealed), string(key))
		a := ada.do("GET", "/audit", nil)
		require.NotContains(t, string(a.body), hook.Secret)
		require.Contains(t, string(a.body), "webhook.create")
	})
	t.Run("an event arrives, signed, and says what happened and nothing of the inside", func(t *testing.T) {
		h.ship("7")
		got := shop.wait(1)[0]
		sign := func(secret string, c call) string {
			key, err := base64.StdEncoding.DecodeString(strings.TrimPrefix(secret, "whsec_"))
			require.NoError(t, err)
			mac := hmac.New(sha256.New, key)
			mac.Write([]byte(c.header.Get("webhook-id") + "." + c.header.Get("webhook-timestamp") + "." + string(c.body)))
			return "v1," + base64.StdEncoding.EncodeToString(mac.Sum(nil))
		}
		require.Equal(t, sign(hook.Secret, got), got.header.Get("webhook-signature"))
		var said map[string]any
		require.NoError(t, json.Unmarshal(got.body, &said))
		require.Equal(t, "test.shipped.v1", said["type"])
		require.Equal(t, "parcel-7", said["about"])
		require.Equal(t, map[string]any{"parcel": "7"}, said["data"])
		require.Equal(t, got.header.Get("webhook-id"), said["id"])
		require.Len(t, said, 5, "%s", got.body)
		d := ada.settled(hook.ID, func(d deliveryView) bool { return d.State == "delivered" })
		require.Equal(t, 204, d.Status)
		require.Equal(t, 1, d.Attempts)
		var body string
		require.NoError(t, h.db.Pool().QueryRow(t.Context(), `SELECT body FROM webhook_delivery WHERE id = $1`, d.ID).Scan(&body))
		require.Empty(t, body, "what has arrived is forgotten")

		a := ada.do("POST", "/webhooks/"+hook.ID+"/secret", nil)
		require.Equal(t, 200, a.status, a)
		var renewed hookView
		a.into(t, &renewed)
		require.NotEqual(t, hook.Secret, renewed.Secret)
		require.Equal(t, 202, ada.do("POST", "/webhooks/"+hook.ID+"/test", nil).status)
		test := shop.wait(2)[1]
		require.Equal(t, sign(renewed.Secret, test), test.header.Get("webhook-signature"))
		require.Contains(t, string(test.body), "webhook.test.v1")
	})
	t.Run("what failed is tried again, as the same message", func(t *testing.T) {
		shop.answer(http.StatusInternalServerError)
		before := len(shop.heard())
		h.ship("8")
		first := shop.wait(before + 1)[before]
		d := ada.settled(hook.ID, func(d deliveryView) bool { return d.Attempts == 1 && d.Status == 500 })
		require.Equal(t, "waiting", d.State)
		require.Equal(t, "the answer was 500, not 2xx", d.Error)
		require.Equal(t, "failing", ada.seeHook(hook.ID).Status)
		shop.answer(http.StatusOK)
		second := shop.wait(before + 2)[before+1]
		require.Equal(t, first.header.Get("webhook-id"), second.header.Get("webhook-id"))
		require.Equal(t, first.body, second.body)
		ada.settled(hook.ID, func(d deliveryView) bool { return d.State == "delivered" && d.Attempts == 2 })
		require.Equal(t, "on", ada.seeHook(hook.ID).Status)
	})
	t.Run("one that is off is told nothing, and can still be tried", func(t *testing.T) {
		current := ada.seeHook(hook.ID)
		off := wish(shop.server.URL, "test.shipped.v1")
		off["active"] = false
		a := ada.do("PUT", "/webhooks/"+hook.ID, off, "If-Match", httpapi.ETag(current.Version))
		require.Equal(t, 200, a.status, a)
		require.Equal(t, 412, ada.do("PUT", "/webhooks/"+hook.ID, off, "If-Match", httpapi.ETag(current.Version)).status)
		require.Equal(t, 428, ada.do("PUT", "/webhooks/"+hook.ID, off).status)
		before := len(shop.heard())
		h.ship("9")
		require.Equal(t, 202, ada.do("POST", "/webhooks/"+hook.ID+"/test", nil).status)
		require.Contains(t, string(shop.wait(before + 1)[before].body), "webhook.test.v1")
		require.Len(t, shop.heard(), before+1)
		require.Equal(t, 204, ada.do("DELETE", "/webhooks/"+hook.ID, nil).status)
		require.Equal(t, 404, ada.do("GET", "/webhooks/"+hook.ID, nil).status)
		require.Equal(t, 404, ada.do("GET", "/webhooks/"+hook.ID+"/deliveries", nil).status)
	})
}

func TestWebhookGivesUp(t *testing.T) {
	t.Parallel()
	h := newHooked(t, egress.Options{Private: true})
	ada, shop := h.setUp(), newReceiver(t)
	shop.answer(http.StatusGone)
	hook := ada.hook(shop.server.URL, "test.shipped.v1")
	h.ship("1")
	ada.settled(hook.ID, func(d deliveryView) bool { return d.Status == 410 && d.State == "waiting" })

	h.clock.forward(25 * time.Hour)
	require.Equal(t, 200, ada.signIn("ada@example.com", password).status)
	d := ada.settled(hook.ID, func(d deliveryView) bool { return d.State == "failed" })
	require.True(t, ada.seeHook(hook.ID).Active, "one that fails for a day stays on")

	require.Equal(t, 202, ada.do("POST", "/webhooks/"+hook.ID+"/deliveries/"+d.ID+"/retry", nil).status)
	require.Equal(t, 409, ada.do("POST", "/webhooks/"+hook.ID+"/deliveries/"+d.ID+"/retry", nil).status, "it is on its way")
	ada.settled(hook.ID, func(d deliveryView) bool { return d.State == "waiting" && d.Attempts == 1 })

	h.clock.forward(48 * time.Hour)
	require.Equal(t, 200, ada.signIn("ada@example.com", password).status)
	ada.settled(hook.ID, func(d deliveryView) bool { return d.State == "failed" })
	require.Equal(t, "stopped", ada.seeHook(hook.ID).Status)
	got := ada.told(1)
	require.Equal(t, "webhook-stopped", got.Items[0].Kind)
	require.Equal(t, "Shop", got.Items[0].Facts["webhook"])
	require.Equal(t, 409, ada.do("POST", "/webhooks/"+hook.ID+"/deliveries/"+d.ID+"/retry", nil).status, "it is off")
}

func TestWebhookTellsNoMoreThanItsOwnerMaySee(t *testing.T) {
	t.Parallel()
	h := newHooked(t, egress.Options{Private: true})
	ada, shop := h.setUp(), newReceiver(t)
	a := ada.do("POST", "/roles", map[string]any{"name": "Integrator"})
	require.Equal(t, 201, a.status, a)
	grant := func(grants map[string]string) {
		t.Helper()
		var role struct{ Version int }
		ada.do("GET", "/roles/integrator", nil).into(t, &role)
		a := ada.do("PUT", "/roles/integrator", map[string]any{"name": "Integrator", "grants": grants}, "If-Match", httpapi.ETag(role.Version))
		require.Equal(t, 200, a.status, a)
	}
	grant(map[string]string{"webhook:manage": "all", "asset:read": "all"})
	mila, milasBrowser := h.addUser(ada, "Mila", "integrator")
	_, stranger := h.addUser(ada, "Theo", "employee")
	require.Equal(t, 403, stranger.do("GET", "/webhooks", nil).status)

	a = milasBrowser.do("POST", "/webhooks", wish(shop.server.URL, "test.other.v1"))
	require.Equal(t, 422, a.status, a)
	require.Contains(t, string(a.body), "user:read")
	hook := milasBrowser.hook(shop.server.URL, "test.shipped.v1")
	h.ship("1")
	shop.wait(1)

	t.Run("an owner who may no longer see it is told nothing", func(t *testing.T) {
		grant(map[string]string{"webhook:manage": "all", "asset:read": "team"})
		h.ship("2")
		h.decided("2")
		grant(map[string]string{"webhook:manage": "all", "asset:read": "all"})
		h.ship("3")
		require.Contains(t, string(shop.wait(2)[1].body), `"3"`)
	})
	t.Run("a leaver's webhooks end with their access, what waits included", func(t *testing.T) {
		shop.answer(http.StatusServiceUnavailable)
		h.ship("4")
		milasBrowser.settled(hook.ID, func(d deliveryView) bool { return d.Status == 503 })
		heard := len(shop.heard())
		shop.answer(http.StatusOK)
		current := h.user(ada, mila.ID)
		a := ada.do("PUT", "/users/"+mila.ID, map[string]any{"name": "Mila", "email": "mila@example.com", "status": "disabled"}, "If-Match", current.etag())
		require.Equal(t, 200, a.status, a)
		h.ship("5")
		d := ada.settled(hook.ID, func(d deliveryView) bool { return d.State == "failed" })
		require.Contains(t, d.Error, "owner is closed")
		require.Len(t, shop.heard(), heard)
		require.Len(t, ada.deliveries(hook.ID), 3, "nothing new is queued")
		require.Equal(t, "owner-gone", ada.seeHook(hook.ID).Status)
	})
	t.Run("whoever saves it takes it over", func(t *testing.T) {
		a := ada.do("PUT", "/webhooks/"+hook.ID, wish(shop.server.URL, "test.shipped.v1"), "If-Match", httpapi.ETag(ada.seeHook(hook.ID).Version))
		require.Equal(t, 200, a.status, a)
		require.Equal(t, "Ada Admin", ada.seeHook(hook.ID).Owner)
		before := len(shop.heard())
		h.ship("6")
		require.Contains(t, string(shop.wait(before + 1)[before].body), `"6"`)
	})
}

func TestWebhookReachesNoPrivateAddress(t *testing.T) {
	t.Parallel()
	h := newHooked(t, egress.Options{})
	ada, inside := h.setUp(), newReceiver(t)
	port := inside.server.URL[strings.LastIndex(inside.server.URL, ":"):]
	for _, address := range []string{inside.server.URL, "https://127.0.0.1" + port, "https://[::1]" + port, "https://169.254.169.254/latest", "http://example.com",
		"https://u:p@example.com/", "ftp://example.com", "nonsense", "https://" + strings.Repeat("a", 490)} {
		a := ada.do("POST", "/webhooks", wish(address, "test.shipped.v1"))
		if strings.HasPrefix(address, "https://aaa") {
			require.Equal(t, 201, a.status, a)
			continue
		}
		require.Equal(t, 422, a.status, "%s: %s", address, a)
		require.Contains(t, string(a.body), "body.address")
	}
	hook := ada.hook("https://localhost"+port, "test.shipped.v1")
	require.Equal(t, 202, ada.do("POST", "/webhooks/"+hook.ID+"/test", nil).status)
	d := ada.settled(hook.ID, func(d deliveryView) bool { return d.Attempts > 0 && d.Error != "" })
	require.Contains(t, d.Error, "private network")
	require.Empty(t, inside.heard())
}

func TestWebhookInput(t *testing.T) {
	t.Parallel()
	h := newHooked(t, egress.Options{Private: true})
	ada := h.setUp()
	for what, body := range map[string]map[string]any{
		"unknown event": wish("https://example.com/", "no.such.v1"), "no event": wish("https://example.com/"),
		"only spaces":   {"name": "  ", "address": "https://example.com/", "events": []string{"test.shipped.v1"}, "active": true},
		"NUL":           {"name": "a\x00", "address": "https://example.com/", "events": []string{"test.shipped.v1"}, "active": true},
		"unknown field": {"name": "a", "address": "https://example.com/", "events": []string{"test.shipped.v1"}, "active": true, "secret": "mine"},
	} {
		require.Equal(t, 422, ada.do("POST", "/webhooks", body).status, what)
	}
	t.Run("a repeated request makes one webhook and shows no secret again", func(t *testing.T) {
		first := ada.do("POST", "/webhooks", wish("https://example.com/", "test.shipped.v1"), "Idempotency-Key", "k1")
		again := ada.do("POST", "/webhooks", wish("https://example.com/", "test.shipped.v1"), "Idempotency-Key", "k1")
		require.Equal(t, 201, again.status, again)
		require.Contains(t, string(first.body), "whsec_")
		require.NotContains(t, string(again.body), "whsec_")
		var v hookView
		again.into(t, &v)
		for _, want := range []bool{true, false} {
			a := ada.do("POST", "/webhooks/"+v.ID+"/secret", nil, "Idempotency-Key", "k2")
			require.Equal(t, want, strings.Contains(string(a.body), "whsec_"), a)
		}
	})
	t.Run("their number is bounded, also when many are made at once", func(t *testing.T) {
		var wg sync.WaitGroup
		for range 60 {
			wg.Go(func() { ada.h.browserAs(ada).do("POST", "/webhooks", wish("https://example.com/", "test.shipped.v1")) })
		}
		wg.Wait()
		var n int
		require.NoError(t, h.db.Pool().QueryRow(t.Context(), `SELECT count(*) FROM webhook`).Scan(&n))
		require.Equal(t, 50, n)
		a := ada.do("GET", "/webhooks?limit=20", nil)
		require.Contains(t, string(a.body), `"next"`)
	})
	t.Run("a foreign delivery is not found", func(t *testing.T) {
		id := "01890a5d-ac96-774b-bcce-b302099a8057"
		for _, path := range []string{"/webhooks/" + id + "/test", "/webhooks/" + id + "/secret", "/webhooks/" + id + "/deliveries/" + id + "/retry"} {
			require.Equal(t, 404, ada.do("POST", path, nil).status, path)
		}
	})
}

// browserAs is another window of the same session.
func (h *house) browserAs(b *browser) *browser { return &browser{h: h, cookie: b.cookie, ip: b.ip} }
