package main_test

import (
	"context"
	"fmt"
	"io"
	"math/rand/v2"
	"net/http"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

// TestKill kills the program with -9, its database with it, in the middle of work, again
// and again: what was acknowledged is there, and what follows from it happens once.
func TestKill(t *testing.T) {
	t.Parallel()
	i := install(t)
	i.start()
	t.Cleanup(func() { i.tell(t) })
	ana := i.setUp(false)
	ana.post("/api/v1/employees/import", people(12), http.StatusOK)
	ana.post("/api/v1/assets/import?createMissing=true", laptops(24), http.StatusOK)
	holders := items(ana.get("/api/v1/employees?limit=50&sort=number"))
	laptops := items(ana.get("/api/v1/assets?limit=50&sort=tag"))

	// Everybody but the first holds two laptops; those without reports leave while the program dies.
	for n, l := range laptops {
		ana.post(fmt.Sprintf("/api/v1/assets/%s/assignments", l["id"]), object{"employeeId": holders[n%12]["id"]}, http.StatusCreated)
	}
	leavers := holders[9:]
	acknowledged := map[string]string{} // customer's name by id
	for round, leaver := range leavers {
		acknowledge(t, i, ana, leaver, fmt.Sprintf("Customer-%d", round), acknowledged)
		i.start()
		ana = i.signIn(adminEmail, adminPassword)
	}

	t.Run("every acknowledged customer is there once", func(t *testing.T) {
		ana := ana.on(t)
		for id, name := range acknowledged {
			require.Equal(t, name, ana.get("/api/v1/customers/" + id)["name"])
		}
		require.Len(t, items(ana.get("/api/v1/customers?limit=200")), len(acknowledged))
	})
	t.Run("every leaver's laptops return, each once", func(t *testing.T) {
		ana := ana.on(t)
		for n, l := range laptops {
			if n%12 < 9 {
				continue
			}
			path := fmt.Sprintf("/api/v1/assets/%s", l["id"])
			require.Eventually(t, func() bool { return ana.get(path)["status"] == "available" }, 2*time.Minute, 200*time.Millisecond)
			returns := 0
			for _, line := range items(ana.get(path + "/history")) {
				if line["kind"] == "returned" {
					returns++
				}
			}
			require.Equal(t, 1, returns, "returns of %s: %v", l["tag"], ana.get(path+"/history"))
		}
	})
	require.NoError(t, i.stop())
	out, err := i.run("audit", "verify")
	require.NoError(t, err, out)
}

// acknowledge lets somebody leave and customers be made until the program is killed, and
// repeats with the same key what was not answered. It returns with the program dead.
func acknowledge(t *testing.T, i *installation, ana *person, leaver object, name string, acknowledged map[string]string) {
	t.Helper()
	key := map[string]string{"Idempotency-Key": name}
	var work sync.WaitGroup
	answered := make(chan object, 1)
	work.Go(func() {
		if made, ok := ana.try(http.MethodPost, "/api/v1/customers", object{"name": name}, key); ok {
			answered <- made
		}
	})
	left := false
	work.Go(func() {
		_, left = ana.try(http.MethodPost, fmt.Sprintf("/api/v1/employees/%s/offboarding", leaver["id"]), object{"reason": "Kill " + name}, key)
	})
	time.Sleep(time.Duration(rand.IntN(60)) * time.Millisecond)
	i.kill()
	work.Wait()

	i.start() // what was not answered is asked again
	ana = i.signIn(adminEmail, adminPassword)
	made := ana.must(http.MethodPost, "/api/v1/customers", object{"name": name}, http.StatusCreated, key)
	select {
	case first := <-answered:
		require.Equal(t, first["id"], made["id"], "the same key gives the same answer after a restart")
	default:
	}
	acknowledged[made["id"].(string)] = name //nolint:forcetypeassert // because the API says so
	if !left {
		path := fmt.Sprintf("/api/v1/employees/%s", leaver["id"])
		require.Eventually(t, func() bool { // refused while the killed attempt is being carried on
			ana.try(http.MethodPost, path+"/offboarding", object{"reason": "Kill " + name}, nil)
			return ana.get(path)["status"] == "left"
		}, 2*time.Minute, 200*time.Millisecond)
	}
	i.kill() // right after the acknowledgement, before the event is delivered
}

// try sends a request that the program may not live to answer.
func (p *person) try(method, path string, body object, headers map[string]string) (object, bool) {
	request, err := newRequest(context.Background(), method, p.base+path, body)
	if err != nil {
		return nil, false
	}
	for name, value := range headers {
		request.Header.Set(name, value)
	}
	answer, err := p.client.Do(request)
	if err != nil {
		return nil, false
	}
	defer answer.Body.Close()
	content, err := io.ReadAll(answer.Body)
	if err != nil || answer.StatusCode >= http.StatusBadRequest {
		return nil, false
	}
	return decode(content), true
}
