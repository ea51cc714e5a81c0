package main_test

import (
	"fmt"
	"net/http"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"erp/internal/platform/broker/brokertest"
)

// TestEventsTravelByABroker lets people leave in one process while the process of their assets is killed, and the broker
// between them stops: everything comes back to stock, once.
func TestEventsTravelByABroker(t *testing.T) {
	t.Parallel()
	broker := brokertest.New(t)
	one, other := freeAddress(t), freeAddress(t)
	staffed := install(t, "ERP_ADDR="+one, "ERP_MODULES=platform,employee", "ERP_NATS_URL="+broker.URL(),
		"ERP_PEERS_ASSET=http://"+other, "ERP_PEERS_INVOICE=http://"+other)
	things := install(t, "ERP_ADDR="+other, "ERP_MODULES=asset,invoice", "ERP_NATS_URL="+broker.URL(),
		"ERP_PEERS_PLATFORM=http://"+one, "ERP_PEERS_EMPLOYEE=http://"+one)
	var both sync.WaitGroup
	for _, i := range []*installation{staffed, things} {
		both.Go(i.start)
		t.Cleanup(func() { i.tell(t) })
	}
	both.Wait()
	require.False(t, t.Failed())
	ana := staffed.setUp(false)
	ana.post("/api/v1/employees/import", people(30), http.StatusOK)
	ana.post("/api/v1/assets/import?createMissing=true", laptops(20), http.StatusOK)
	staff := items(ana.get("/api/v1/employees?limit=50&sort=-number")) // the last ones lead nobody
	laptops := items(ana.get("/api/v1/assets?limit=50&sort=tag"))
	for n, l := range laptops {
		ana.post(fmt.Sprintf("/api/v1/assets/%s/assignments", l["id"]), object{"employeeId": staff[n%10]["id"]}, http.StatusCreated)
	}
	leave := func(n int) {
		ana.post(fmt.Sprintf("/api/v1/employees/%s/offboarding", staff[n]["id"]), object{"reason": "New job"}, http.StatusOK)
	}
	for n := range 4 {
		leave(n)
	}
	things.kill() // in the middle of what the four leave behind
	leave(4)
	broker.Stop()
	leave(5)
	_, _, ready := staffed.visitor().do(http.MethodGet, "/readyz", nil, nil)
	require.Contains(t, string(ready), `"status":"ready"`, "a broker that is away makes nobody unready")
	require.Contains(t, string(ready), `"broker of events":"away; events wait"`)
	_, _, metrics := staffed.visitor().do(http.MethodGet, "/metrics", nil, nil)
	require.Regexp(t, `erp_events_waiting\{module="employee"\} [1-9]`, string(metrics))
	things.start() // without a broker
	leave(6)
	broker.Start()
	for n := 7; n < 10; n++ {
		leave(n)
	}
	for _, l := range laptops {
		path := fmt.Sprintf("/api/v1/assets/%s", l["id"])
		require.Eventually(t, func() bool { return ana.get(path)["status"] == "available" }, 30*time.Second, 50*time.Millisecond)
		require.Equal(t, 1, returns(ana, path), "%s", l["tag"])
	}
	require.Empty(t, items(ana.get("/api/v1/events/dead-letters")))
	for _, i := range []*installation{staffed, things} {
		require.NoError(t, i.stop())
		require.NotContains(t, i.log.String(), "n0t-for-logs")
	}
}
