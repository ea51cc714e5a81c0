package main_test

import (
	"context"
	"fmt"
	"net/http"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"erp/internal/platform/auth"
	"erp/internal/platform/database"
)

// TestKeysRotateUnderLoad gives two processes new keys to sign with while people work across them, and takes the old ones
// away: nobody notices. The new ones are older than they are, so that they sign before anybody has read of them.
func TestKeysRotateUnderLoad(t *testing.T) {
	t.Parallel()
	secret := strings.Repeat("s", 32)
	people, house := newPostgres(t), newPostgres(t)
	addresses := []string{freeAddress(t), freeAddress(t)}
	far := install(t, "ERP_SECRET="+secret, "ERP_ADDR="+addresses[0], "ERP_MODULES=employee", "ERP_DATABASE_URL="+people.url("erp"),
		"ERP_PEERS_PLATFORM=http://"+addresses[1], "ERP_PEERS_ASSET=http://"+addresses[1], "ERP_PEERS_INVOICE=http://"+addresses[1])
	near := install(t, "ERP_SECRET="+secret, "ERP_ADDR="+addresses[1], "ERP_MODULES=platform,asset,invoice", "ERP_DATABASE_URL="+house.url("erp"),
		"ERP_PEERS_EMPLOYEE=http://"+addresses[0])
	var both sync.WaitGroup
	for _, i := range []*installation{far, near} {
		both.Go(i.start)
		t.Cleanup(func() { i.tell(t) })
	}
	both.Wait()
	require.False(t, t.Failed())
	ana := near.setUp(false)
	leave := func(number string) { // asks back, signed by the process of the people
		who := ana.post("/api/v1/employees", object{"number": number, "givenName": "New", "familyName": number, "hiredOn": "2026-01-05"}, http.StatusCreated)
		ana.post(fmt.Sprintf("/api/v1/employees/%s/offboarding", who["id"]), object{"reason": "New job"}, http.StatusOK)
	}
	leave("L-1") // each has made its first key then

	stores := map[string]*database.DB{}
	for schema, server := range map[string]*postgres{"employee": people, keyKeeperOf(t, house): house} {
		db, err := database.Open(t.Context(), database.Options{URL: server.url("erp") + "&search_path=" + schema, Schema: schema})
		require.NoError(t, err)
		t.Cleanup(db.Close)
		stores[schema] = db
	}

	stop := make(chan struct{})
	var clerks sync.WaitGroup
	var done atomic.Int64
	for clerk := range 3 {
		clerks.Go(func() {
			for n := 0; ; n++ {
				select {
				case <-stop:
					return
				case <-time.After(50 * time.Millisecond):
				}
				number := fmt.Sprintf("H-%d-%d", clerk, n)
				made, ok := ana.try(http.MethodPost, "/api/v1/employees", object{"number": number, "givenName": "New", "familyName": number, "hiredOn": "2026-01-05"}, nil)
				if ok { // signed by the process of the console; the event that follows is signed by the other one
					made, ok = ana.try(http.MethodPatch, "/api/v1/employees/"+field(made, "id"), object{"familyName": "Renamed"}, map[string]string{"If-Match": `"1"`})
				}
				if !ok {
					t.Errorf("%s is not hired and renamed: %v", number, made)
					return
				}
				done.Add(1)
			}
		})
	}
	time.Sleep(2 * time.Second)
	for schema, db := range stores {
		keys, err := auth.NewSigningKeys(db, secret, func() time.Time { return time.Now().Add(-11 * time.Minute) })
		require.NoError(t, err)
		require.Equal(t, 1, keysIn(t, db), "%s: one key at the beginning", schema)
		require.NoError(t, keys.Rotate(t.Context()))
	}
	time.Sleep(33 * time.Second) // by then each copy has read that there is a new one, and signs with it
	for _, db := range stores {
		_, err := db.Pool().Exec(t.Context(), `DELETE FROM signing_key WHERE created_at > now() - interval '10 minutes'`)
		require.NoError(t, err)
		require.Equal(t, 1, keysIn(t, db))
	}
	time.Sleep(3 * time.Second)
	close(stop)
	clerks.Wait()
	operator := look(t, house.url("erp"))
	leave("L-2")
	require.Greater(t, done.Load(), int64(50))
	require.Eventually(t, func() bool {
		var heard int64
		err := operator.Pool().QueryRow(t.Context(), `SELECT count(*) FROM asset.person WHERE name LIKE '%Renamed'`).Scan(&heard)
		return err == nil && heard == done.Load()
	}, 20*time.Second, 200*time.Millisecond, "every event has arrived")
	require.Empty(t, items(ana.get("/api/v1/events/dead-letters")))
}

// keyKeeperOf is the schema of the server in which there are keys.
func keyKeeperOf(t *testing.T, server *postgres) string {
	t.Helper()
	for _, schema := range []string{"platform", "asset", "invoice"} {
		var n int
		err := look(t, server.url("erp")).Pool().QueryRow(context.Background(), `SELECT count(*) FROM `+schema+`.signing_key`).Scan(&n)
		require.NoError(t, err)
		if n > 0 {
			return schema
		}
	}
	t.Fatal("nobody has made a key")
	return ""
}

func keysIn(t *testing.T, db *database.DB) (n int) {
	t.Helper()
	require.NoError(t, db.Pool().QueryRow(t.Context(), `SELECT count(*) FROM signing_key`).Scan(&n))
	return n
}
