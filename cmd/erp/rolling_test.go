package main_test

import (
	"context"
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/http/httputil"
	"net/url"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/pquerna/otp/totp"
	"github.com/stretchr/testify/require"

	"erp/internal/platform/embeddedpg"
)

// balancer gives each request to the next copy that says it is ready, as load balancers do.
type balancer struct {
	copies []*copyOf
	turn   atomic.Uint64
	server *httptest.Server
}

type copyOf struct {
	*installation
	ready atomic.Bool
	proxy *httputil.ReverseProxy
}

func balance(t *testing.T, copies ...*installation) *balancer {
	t.Helper()
	b := &balancer{}
	for _, one := range copies {
		proxy := httputil.NewSingleHostReverseProxy(&url.URL{Scheme: "http", Host: one.addr})
		proxy.ErrorHandler = func(w http.ResponseWriter, _ *http.Request, err error) {
			http.Error(w, err.Error(), http.StatusBadGateway)
		}
		c := &copyOf{installation: one, proxy: proxy}
		b.copies = append(b.copies, c)
		c.ready.Store(true)
		go c.probe(t.Context())
	}
	b.server = httptest.NewServer(b)
	t.Cleanup(b.server.Close)
	return b
}

// probe asks every tenth of a second.
func (c *copyOf) probe(ctx context.Context) {
	client := http.Client{Timeout: time.Second}
	for ctx.Err() == nil {
		answer, err := client.Get("http://" + c.addr + "/readyz")
		if err == nil {
			_ = answer.Body.Close()
		}
		c.ready.Store(err == nil && answer.StatusCode == http.StatusOK)
		time.Sleep(100 * time.Millisecond)
	}
}

// ServeHTTP implements http.Handler.
func (b *balancer) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	first := b.turn.Add(1) // once: others who come meanwhile would make it ask the same copy again
	for n := range b.copies {
		if c := b.copies[(first+uint64(n))%uint64(len(b.copies))]; c.ready.Load() {
			c.proxy.ServeHTTP(w, r)
			return
		}
	}
	http.Error(w, "no copy is ready", http.StatusBadGateway)
}

// TestARollingRestart runs two copies of the program behind a load balancer, and restarts one after the other while
// people work: nobody notices.
func TestARollingRestart(t *testing.T) {
	t.Parallel()
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	defer cancel()
	server, err := embeddedpg.Start(ctx, embeddedpg.Options{DataDir: t.TempDir(), Settings: map[string]string{"max_connections": "300"}})
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, server.Stop(context.Background())) })
	copies := make([]*installation, 2)
	for n := range copies {
		copies[n] = install(t, "ERP_DATABASE_URL="+server.URL(), "ERP_SHUTDOWN_LINGER=2", "ERP_SECRET="+strings.Repeat("s", 32))
		t.Cleanup(func() { copies[n].tell(t) })
	}
	var all sync.WaitGroup
	for _, one := range copies {
		all.Go(one.start)
	}
	all.Wait()
	require.False(t, t.Failed())
	copies[0].setUp(false).post("/api/v1/employees/import", people(10), http.StatusOK)
	b := balance(t, copies...)
	ana := copies[0].visitor()
	ana.base = b.server.URL
	ana.post("/api/v1/session", object{"email": adminEmail, "password": adminPassword}, http.StatusOK)

	t.Run("who signs in at one copy is signed in at the other, and signed out too", func(t *testing.T) {
		for range 6 {
			require.NotEmpty(t, ana.on(t).get("/api/v1/me")["permissions"])
		}
		who := copies[0].signIn(adminEmail, adminPassword).on(t)
		there := &person{t: t, base: copies[1].visitor().base, client: who.client}
		there.get("/api/v1/me")
		who.must(http.MethodDelete, "/api/v1/session", nil, http.StatusNoContent, nil)
		there.must(http.MethodGet, "/api/v1/me", nil, http.StatusUnauthorized, nil)
	})
	t.Run("a right given or taken at one copy counts at the other within a second", func(t *testing.T) {
		changePolicy(t, copies)
	})
	t.Run("a second factor that one copy has sealed is opened by the other", func(t *testing.T) { askBoth(t, copies) })
	t.Run("copies restarted in turn lose no request", func(t *testing.T) {
		made := workThrough(t, ana.on(t), func() {
			for _, c := range b.copies {
				require.NoError(t, c.stop(), "it ends with exit code 0")
				c.start()
				require.Eventually(t, c.ready.Load, 10*time.Second, 10*time.Millisecond)
			}
		})
		names := map[string]bool{}
		for cursor := ""; ; {
			list := ana.on(t).get("/api/v1/customers?limit=200&cursor=" + url.QueryEscape(cursor))
			for _, c := range items(list) {
				name, _ := c["name"].(string)
				require.False(t, names[name], "%s is there twice", name)
				names[name] = true
			}
			if cursor, _ = list["next"].(string); cursor == "" {
				break
			}
		}
		require.Len(t, names, made)
	})
	t.Run("what is to be done once was done once", func(t *testing.T) {
		doneOnce(t, server.URL())
	})
}

// changePolicy gives somebody a right at one copy and takes it away, and looks at the other.
func changePolicy(t *testing.T, copies []*installation) {
	t.Helper()
	ana := copies[0].signIn(adminEmail, adminPassword).on(t)
	ben := ana.post("/api/v1/users", object{"name": "Ben Berg", "email": "ben@acme.example", "password": "password of Ben's", "roles": []string{"employee"}}, http.StatusCreated)
	there := copies[1].signIn("ben@acme.example", "password of Ben's").on(t)
	there.post("/api/v1/me/password", object{"current": "password of Ben's", "new": "second password of Ben's"}, http.StatusOK)
	sees := func(status int) func() bool {
		return func() bool {
			got, _, _ := there.do(http.MethodGet, "/api/v1/customers", nil, nil)
			return got == status
		}
	}
	path := fmt.Sprintf("/api/v1/users/%s", ben["id"])
	give := func(roles ...string) {
		_, headers, _ := ana.do(http.MethodGet, path, nil, nil)
		ana.must(http.MethodPut, path+"/roles", object{"roles": roles}, http.StatusOK, map[string]string{"If-Match": headers.Get("ETag")})
	}
	require.Eventually(t, sees(http.StatusForbidden), time.Second, 10*time.Millisecond)
	give("employee", "accountant")
	require.Eventually(t, sees(http.StatusOK), time.Second, 10*time.Millisecond)
	give("employee")
	require.Eventually(t, sees(http.StatusForbidden), time.Second, 10*time.Millisecond)
}

// askBoth asks for a second factor at one copy and shows it at the other.
func askBoth(t *testing.T, copies []*installation) {
	t.Helper()
	ben := copies[0].signIn("ben@acme.example", "second password of Ben's").on(t)
	factor := ben.post("/api/v1/me/second-factor", object{"password": "second password of Ben's"}, http.StatusCreated)
	code, err := totp.GenerateCode(factor["secret"].(string), time.Now()) //nolint:forcetypeassert // because the API says so
	require.NoError(t, err)
	there := &person{t: t, base: copies[1].visitor().base, client: ben.client}
	there.post("/api/v1/me/second-factor/confirmation", object{"code": code}, http.StatusOK)
}

// doneOnce looks at the queues: no job was taken by two copies, and what runs once an hour ran once although it was due at
// the start of each copy.
func doneOnce(t *testing.T, address string) {
	t.Helper()
	conn := look(t, address).Pool()
	for _, module := range []string{"platform", "employee", "asset", "invoice"} {
		var twice int
		require.NoError(t, conn.QueryRow(t.Context(), fmt.Sprintf(`SELECT count(*) FROM %s.river_job WHERE cardinality(attempted_by) > 1`, module)).Scan(&twice))
		require.Zero(t, twice, "jobs of %s that were begun twice", module)
	}
	var runs, hours int
	require.Eventually(t, func() bool {
		err := conn.QueryRow(t.Context(), `SELECT count(*), count(DISTINCT date_bin('30 minutes', scheduled_at, 'epoch'))
			FROM invoice.river_job WHERE args->>'name' = 'invoice.tell-of-overdue'`).Scan(&runs, &hours)
		return err == nil && runs > 0
	}, 20*time.Second, 50*time.Millisecond)
	require.Equal(t, hours, runs)
}

// workThrough lets four clerks make and read customers until what happens is over, and gives how many were made. Any
// answer but a good one, and any connection that is refused, fails.
func workThrough(t *testing.T, ana *person, happen func()) int {
	t.Helper()
	var made atomic.Int64
	stop := make(chan struct{})
	var clerks sync.WaitGroup
	for clerk := range 4 {
		clerks.Go(func() {
			for n := 0; ; n++ {
				select {
				case <-stop:
					return
				case <-time.After(10 * time.Millisecond):
				}
				method, path, body, want := http.MethodGet, "/api/ui/home", any(nil), http.StatusOK
				if n%2 == 0 {
					method, path, body, want = http.MethodPost, "/api/v1/customers", object{"name": "C-" + strconv.Itoa(clerk) + "-" + strconv.Itoa(n)}, http.StatusCreated
				}
				request, err := newRequest(context.Background(), method, ana.base+path, body)
				if err != nil {
					t.Error(err)
					return
				}
				answer, err := ana.client.Do(request)
				if err != nil {
					t.Error(err)
					return
				}
				_ = answer.Body.Close()
				if answer.StatusCode != want {
					t.Errorf("%s %s: %s", method, path, answer.Status)
				}
				if want == http.StatusCreated {
					made.Add(1)
				}
			}
		})
	}
	happen()
	close(stop)
	clerks.Wait()
	return int(made.Load())
}
