package main_test

import (
	"fmt"
	"net/http"
	"regexp"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

// parted are two processes: one with the people, one with everything else. What people's pages and events need of the
// other goes over cables that a test can cut.
type parted struct {
	house, people *installation
	names         *cable // from the house to the people
	events        *cable // from the people to the assets
	ana           *person
}

func part(t *testing.T) *parted {
	t.Helper()
	house, people := freeAddress(t), freeAddress(t)
	p := &parted{names: lay(t, people), events: lay(t, house)}
	p.house = install(t, "ERP_ADDR="+house, "ERP_MODULES=platform,asset,invoice", "ERP_PEERS_EMPLOYEE="+p.names.URL())
	p.people = install(t, "ERP_ADDR="+people, "ERP_MODULES=employee", "ERP_PEERS_PLATFORM=http://"+house,
		"ERP_PEERS_INVOICE=http://"+house, "ERP_PEERS_ASSET="+p.events.URL())
	var both sync.WaitGroup
	for _, i := range []*installation{p.house, p.people} {
		both.Go(i.start)
		t.Cleanup(func() { i.tell(t) })
	}
	both.Wait()
	require.False(t, t.Failed())
	p.ana = p.house.setUp(false)
	return p
}

// TestTheNetworkBetweenTwoProcesses is slow, silent and cut, while people work.
func TestTheNetworkBetweenTwoProcesses(t *testing.T) {
	t.Parallel()
	p := part(t)
	ana := p.ana
	ana.post("/api/v1/employees/import", people(30), http.StatusOK)
	ana.post("/api/v1/assets/import?createMissing=true", laptops(8), http.StatusOK)
	staff := items(ana.get("/api/v1/employees?limit=50&sort=-number")) // the last ones lead nobody
	things := items(ana.get("/api/v1/assets?limit=50&sort=tag"))
	hand := func(n int, to object) string {
		path := fmt.Sprintf("/api/v1/assets/%s", things[n]["id"])
		ana.post(path+"/assignments", object{"employeeId": to["id"]}, http.StatusCreated)
		return path
	}
	first := hand(0, staff[0])
	ana.get("/api/ui/assets?status=assigned") // the names are heard once

	for _, fault := range []struct {
		name   string
		happen func()
	}{
		{"two seconds late", func() { p.names.slow(2 * time.Second) }},
		{"silent", p.names.lose},
		{"cut", p.names.cut},
	} {
		t.Run("a network that is "+fault.name+" leaves pages whole but for names", func(t *testing.T) {
			fault.happen()
			p.standWithoutPeople(t, staff[0], things[1])
			p.names.mend(t)
			p.recover(t, staff[0], things[1])
		})
	}
	t.Run("what is published meanwhile arrives, once", func(t *testing.T) {
		ana := ana.on(t)
		second := hand(2, staff[1])
		p.events.cut()
		for _, leaver := range staff[:2] {
			ana.post(fmt.Sprintf("/api/v1/employees/%s/offboarding", leaver["id"]), object{"reason": "While the line was down"}, http.StatusOK)
		}
		time.Sleep(time.Second) // deliveries fail meanwhile
		require.Equal(t, "assigned", ana.get(first)["status"])
		p.events.mend(t)
		for _, path := range []string{first, second} {
			require.Eventually(t, func() bool { return ana.get(path)["status"] == "available" }, 20*time.Second, 50*time.Millisecond)
			require.Equal(t, 1, returns(ana, path), path)
		}
		require.Empty(t, items(ana.get("/api/v1/events/dead-letters")))
	})
}

// returns counts how often the asset came back.
func returns(p *person, asset string) (n int) {
	for _, line := range items(p.get(asset + "/history")) {
		if line["kind"] == "returned" {
			n++
		}
	}
	return n
}

var open = regexp.MustCompile(`: (The employee[^"]*)","state":"open"`)

// standWithoutPeople tries every kind of page and write until the breaker is open, and then once more.
func (p *parted) standWithoutPeople(t *testing.T, who, thing object) {
	t.Helper()
	ana := p.ana.on(t)
	began := time.Now()
	for opened := false; !opened; {
		require.Less(t, time.Since(began), 15*time.Second, "the breaker opens")
		within(t, time.Second, func() {
			list := ana.get("/api/ui/assets?status=assigned")
			require.Equal(t, []any{"employee"}, list["degraded"])
			require.Equal(t, "Given30 Family30", items(list)[0]["holderName"], "the name last heard")
		})
		within(t, time.Second, func() { require.Equal(t, []any{"employee"}, ana.get("/api/ui/home")["degraded"]) })
		within(t, time.Second, func() { ana.get("/api/v1/assets") })
		within(t, time.Second, func() { ana.get("/api/v1/invoices") })
		_, _, ready := p.house.visitor().on(t).do(http.MethodGet, "/readyz", nil, nil)
		opened = open.Match(ready)
	}
	within(t, 4*time.Second, func() {
		status, headers, body := ana.do(http.MethodPost, fmt.Sprintf("/api/v1/assets/%s/assignments", thing["id"]), object{"employeeId": who["id"]}, nil)
		require.Equal(t, http.StatusServiceUnavailable, status, "%s", body)
		require.NotEmpty(t, headers.Get("Retry-After"))
	})
}

// recover waits, without a hand, until everything is as it was.
func (p *parted) recover(t *testing.T, who, thing object) {
	t.Helper()
	ana := p.ana.on(t)
	path := fmt.Sprintf("/api/v1/assets/%s", thing["id"])
	require.Eventually(t, func() bool {
		status, _, _ := ana.do(http.MethodPost, path+"/assignments", object{"employeeId": who["id"]}, nil)
		return status == http.StatusCreated
	}, 20*time.Second, 50*time.Millisecond)
	ana.post(path+"/returns", object{}, http.StatusCreated)
	require.Eventually(t, func() bool {
		degraded, _ := ana.get("/api/ui/assets?status=assigned")["degraded"].([]any)
		status, _, _ := ana.do(http.MethodGet, "/api/v1/employees?limit=1", nil, nil)
		_, _, ready := p.house.visitor().on(t).do(http.MethodGet, "/readyz", nil, nil)
		return len(degraded) == 0 && status == http.StatusOK && !open.Match(ready)
	}, 20*time.Second, 100*time.Millisecond)
}

// within bounds what somebody waits.
func within(t *testing.T, limit time.Duration, do func()) {
	t.Helper()
	began := time.Now()
	do()
	require.Less(t, time.Since(began), limit)
}
