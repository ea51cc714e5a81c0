package main_test

import (
	"encoding/json"
	"fmt"
	"net/http"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

// standby copies the server while it runs, and follows it from then on. The server acknowledges nothing any more that the
// standby does not have.
func (p *postgres) standby(t *testing.T) *postgres {
	t.Helper()
	s := preparePostgres(t)
	s.run(t, "pg_basebackup", "-h", "127.0.0.1", "-p", p.port, "-U", "operator", "-D", s.dir, "-R", "-X", "stream", "-c", "fast", "--no-sync")
	s.start(t)
	operator := look(t, p.url("erp")).Pool()
	for _, sql := range []string{"ALTER SYSTEM SET synchronous_standby_names = '*'", "SELECT pg_reload_conf()"} {
		_, err := operator.Exec(t.Context(), sql)
		require.NoError(t, err)
	}
	require.Eventually(t, func() bool {
		var following bool
		err := operator.QueryRow(t.Context(), "SELECT EXISTS (SELECT FROM pg_stat_replication WHERE sync_state = 'sync')").Scan(&following)
		return err == nil && following
	}, 20*time.Second, 20*time.Millisecond)
	return s
}

// TestTheDatabaseFailsOver crashes the first of two servers while people work, and makes the second one the first.
func TestTheDatabaseFailsOver(t *testing.T) {
	t.Parallel()
	first := newPostgres(t)
	second := first.standby(t)
	house := install(t, fmt.Sprintf("ERP_DATABASE_URL=postgres://operator:%s@127.0.0.1:%s,127.0.0.1:%s/erp?sslmode=disable&target_session_attrs=read-write",
		postgresPassword, first.port, second.port),
		fmt.Sprintf("ERP_DATABASE_STANDBY_URL=postgres://127.0.0.1:%s,127.0.0.1:%s/erp?sslmode=disable&target_session_attrs=prefer-standby",
			second.port, first.port))
	house.start()
	t.Cleanup(func() { house.tell(t) })
	ana := house.setUp(false)
	reader := install(t, "ERP_DATABASE_URL="+second.url("erp"))
	out, err := reader.run("backup", filepath.Join(folder(t), "erp.copy"))
	require.NoError(t, err, "a backup only reads, and the standby will do: %s", out)

	t.Run("sums of the home page and exports are read from the standby, records from the server", func(t *testing.T) {
		behind := look(t, second.url("erp")).Pool()
		_, err := behind.Exec(t.Context(), "SELECT pg_wal_replay_pause()")
		require.NoError(t, err)
		export := func() string {
			status, _, csv := ana.do(http.MethodGet, "/api/v1/employees/export", nil, nil)
			require.Equal(t, http.StatusOK, status)
			return string(csv)
		}
		before, exported := ana.get("/api/ui/home")["people"], export()
		id := ana.post("/api/v1/employees", object{"givenName": "Nora", "familyName": "New", "number": "S-1", "hiredOn": "2020-01-01"}, http.StatusCreated)["id"]
		require.Equal(t, "S-1", ana.get(fmt.Sprint("/api/v1/employees/", id))["number"])
		require.Equal(t, before, ana.get("/api/ui/home")["people"])
		require.Equal(t, exported, export())
		_, err = behind.Exec(t.Context(), "SELECT pg_wal_replay_resume()")
		require.NoError(t, err)
		require.Eventually(t, func() bool { return strings.Contains(export(), "S-1") }, 20*time.Second, 20*time.Millisecond)
		require.NotEqual(t, before, ana.get("/api/ui/home")["people"])
	})

	hired := hireUntil(t, ana, func() { first.stop(syscall.SIGQUIT) })

	status, headers, _ := ana.do(http.MethodGet, "/api/v1/employees", nil, nil)
	require.Equal(t, http.StatusServiceUnavailable, status)
	require.NotEmpty(t, headers.Get("Retry-After"))
	second.run(t, "pg_ctl", "promote", "-D", second.dir, "-w")
	began := time.Now()
	require.Eventually(t, func() bool {
		_, made := ana.try(http.MethodPost, "/api/v1/customers", object{"name": "After the failover"}, map[string]string{"Idempotency-Key": "after"})
		return made
	}, 20*time.Second, 20*time.Millisecond)
	t.Logf("writes go on %s after the promotion", time.Since(began).Round(time.Millisecond))
	for number, id := range hired {
		var found map[string]any
		require.Eventually(t, func() bool { // a pool finds the server anew when a connection was lost
			status, _, body := ana.do(http.MethodGet, "/api/v1/employees/"+id, nil, nil)
			return status == http.StatusOK && json.Unmarshal(body, &found) == nil
		}, 20*time.Second, 20*time.Millisecond)
		require.Equal(t, number, found["number"])
	}
	require.Eventually(t, func() bool {
		status, _, _ := ana.do(http.MethodGet, "/readyz", nil, nil)
		return status == http.StatusOK
	}, 20*time.Second, 20*time.Millisecond)
	require.Empty(t, ana.get("/api/ui/home")["degraded"], "what was the standby is read as before")
	leaver := hired["H-0-0"]
	ana.post(fmt.Sprintf("/api/v1/employees/%s/offboarding", leaver), object{"reason": "Jobs and events go on too"}, http.StatusOK)
	require.Eventually(t, func() bool { return ana.get("/api/v1/employees/" + leaver)["status"] == "left" }, 20*time.Second, 20*time.Millisecond)
	require.NoError(t, house.stop())
	out, err = house.run("audit", "verify")
	require.NoError(t, err, out)
}
