package main_test

import (
	"fmt"
	"net/http"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

// TestOneModulesDatabaseIsAway stops the server of the employee module, as a crash would, while people work.
func TestOneModulesDatabaseIsAway(t *testing.T) {
	t.Parallel()
	theirs := newPostgres(t)
	house := install(t, "ERP_DATABASE_URL_EMPLOYEE="+theirs.url("erp"))
	house.start()
	t.Cleanup(func() { house.tell(t) })
	ana := house.setUp(false)
	ana.post("/api/v1/employees/import", people(30), http.StatusOK)
	ana.post("/api/v1/assets/import?createMissing=true", laptops(8), http.StatusOK)
	holder := items(ana.get("/api/v1/employees?q=P-030"))[0]
	laptop := items(ana.get("/api/v1/assets?q=LAP-0001"))[0]
	path := fmt.Sprintf("/api/v1/assets/%s", laptop["id"])
	ana.post(path+"/assignments", object{"employeeId": holder["id"]}, http.StatusCreated)
	ana.get("/api/ui/assets?status=assigned")

	hired := hireUntil(t, ana, func() { theirs.stop(syscall.SIGQUIT) })
	t.Run("the other modules answer, and what needs the database says when to come back", func(t *testing.T) {
		ana := ana.on(t)
		for range 6 {
			within(t, time.Second, func() {
				list := ana.get("/api/ui/assets?status=assigned")
				require.Equal(t, []any{"employee"}, list["degraded"])
				require.Equal(t, "Given30 Family30", items(list)[0]["holderName"])
			})
			within(t, time.Second, func() { require.Equal(t, []any{"employee"}, ana.get("/api/ui/home")["degraded"]) })
		}
		for _, path := range []string{"/api/v1/assets", "/api/v1/invoices", "/api/v1/customers", "/api/v1/users", "/api/v1/audit?module=invoice"} {
			within(t, time.Second, func() { ana.get(path) })
		}
		ana.post("/api/v1/customers", object{"name": "Initech"}, http.StatusCreated)
		for method, try := range map[string]string{http.MethodGet: "/api/v1/employees", http.MethodPost: path + "/assignments"} {
			status, headers, body := ana.do(method, try, object{"employeeId": holder["id"]}, nil)
			require.Equal(t, http.StatusServiceUnavailable, status, "%s: %s", try, body)
			require.NotEmpty(t, headers.Get("Retry-After"), try)
		}
		status, _, ready := house.visitor().on(t).do(http.MethodGet, "/readyz", nil, nil)
		require.Equal(t, http.StatusOK, status, "one module's server takes no copy away from the others: %s", ready)
		require.Contains(t, string(ready), `"status":"degraded"`)
		require.Contains(t, string(ready), `"name":"employee","status":"failing"`)
		require.Contains(t, string(ready), `"name":"asset","status":"ok"`)
	})
	theirs.start(t)
	t.Run("it is whole again without a hand, and nothing acknowledged is lost", func(t *testing.T) {
		ana := ana.on(t)
		require.Eventually(t, func() bool {
			_, _, ready := ana.do(http.MethodGet, "/readyz", nil, nil)
			degraded, _ := ana.get("/api/ui/assets?status=assigned")["degraded"].([]any)
			return decode(ready)["status"] == "ready" && len(degraded) == 0
		}, 20*time.Second, 50*time.Millisecond)
		for number, id := range hired {
			require.Equal(t, number, ana.get("/api/v1/employees/" + id)["number"])
		}
		ana.post(fmt.Sprintf("/api/v1/employees/%s/offboarding", holder["id"]), object{"reason": "New job"}, http.StatusOK)
		require.Eventually(t, func() bool { return ana.get(path)["status"] == "available" }, 20*time.Second, 50*time.Millisecond)
		require.Equal(t, 1, returns(ana, path))
	})
}

// TestTheServerOfSignInIsAway stops the server of everything but invoices: nobody could sign in, so that the process is not
// ready, whatever its other server does.
func TestTheServerOfSignInIsAway(t *testing.T) {
	t.Parallel()
	main, theirs := newPostgres(t), newPostgres(t)
	house := install(t, "ERP_DATABASE_URL="+main.url("erp"), "ERP_DATABASE_URL_INVOICE="+theirs.url("erp"))
	house.start()
	t.Cleanup(func() { house.tell(t) })
	ana := house.setUp(false)
	main.stop(syscall.SIGQUIT)
	require.Eventually(t, func() bool {
		status, headers, ready := ana.do(http.MethodGet, "/readyz", nil, nil)
		return status == http.StatusServiceUnavailable && headers.Get("Retry-After") != "" && decode(ready)["status"] == "failing" &&
			strings.Contains(string(ready), `"name":"invoice","status":"ok"`)
	}, 10*time.Second, 100*time.Millisecond)
	main.start(t)
	require.Eventually(t, func() bool {
		status, _, ready := ana.do(http.MethodGet, "/readyz", nil, nil)
		return status == http.StatusOK && decode(ready)["status"] == "ready"
	}, 20*time.Second, 100*time.Millisecond)
	ana.get("/api/v1/invoices")
}

// hireUntil lets four clerks hire people until what happens has happened, and gives those whose hiring was acknowledged.
func hireUntil(t *testing.T, ana *person, happen func()) map[string]string {
	t.Helper()
	var mu sync.Mutex
	hired := map[string]string{} // number -> id
	stop := make(chan struct{})
	var clerks sync.WaitGroup
	for clerk := range 4 {
		clerks.Go(func() {
			for n := 0; ; n++ {
				select {
				case <-stop:
					return
				default:
				}
				number := "H-" + strconv.Itoa(clerk) + "-" + strconv.Itoa(n)
				made, ok := ana.try(http.MethodPost, "/api/v1/employees", object{
					"number": number, "givenName": "New", "familyName": number, "hiredOn": "2026-01-05",
				}, nil)
				if id, is := made["id"].(string); ok && is {
					mu.Lock()
					hired[number] = id
					mu.Unlock()
				}
			}
		})
	}
	time.Sleep(500 * time.Millisecond)
	happen()
	close(stop)
	clerks.Wait()
	require.NotEmpty(t, hired)
	return hired
}
