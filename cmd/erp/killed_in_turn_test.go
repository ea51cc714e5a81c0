package main_test

import (
	"fmt"
	"net/http"
	"net/url"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

// TestThreeProcessesKilledInTurn kills each of three processes with -9 while clerks work in all modules. Whoever gets no
// answer asks again with the same key: everything is there, once.
func TestThreeProcessesKilledInTurn(t *testing.T) {
	t.Parallel()
	a := takeApart(t)
	a.start()
	all := []*installation{a.people, a.things, a.console}
	for _, i := range all {
		t.Cleanup(func() { i.tell(t) })
	}
	ana := a.console.setUp(false)
	ana.post("/api/v1/categories", object{"name": "Chairs", "prefix": "CH"}, http.StatusCreated)
	category := items(ana.get("/api/v1/categories"))[0]["id"]

	stop := make(chan struct{})
	var clerks sync.WaitGroup
	var mu sync.Mutex
	done := map[string]int{}
	for path, body := range map[string]func(n int) object{
		"/api/v1/employees": func(n int) object {
			return object{"number": fmt.Sprint("H-", n), "givenName": "New", "familyName": fmt.Sprint("H-", n), "hiredOn": "2026-01-05"}
		},
		"/api/v1/assets":    func(n int) object { return object{"name": fmt.Sprint("Chair ", n), "categoryId": category} },
		"/api/v1/customers": func(n int) object { return object{"name": fmt.Sprint("Customer ", n)} },
	} {
		clerks.Go(func() {
			for n := 0; ; n++ {
				for began := time.Now(); ; time.Sleep(50 * time.Millisecond) {
					if _, made := ana.try(http.MethodPost, path, body(n), map[string]string{"Idempotency-Key": fmt.Sprint(path, n)}); made {
						break
					}
					if time.Since(began) > time.Minute {
						t.Errorf("%s %d is never made", path, n)
						return
					}
				}
				mu.Lock()
				done[path]++
				mu.Unlock()
				select {
				case <-stop:
					return
				case <-time.After(5 * time.Millisecond):
				}
			}
		})
	}
	for _, i := range all {
		time.Sleep(500 * time.Millisecond)
		i.kill()
		time.Sleep(300 * time.Millisecond)
		i.start()
	}
	time.Sleep(500 * time.Millisecond)
	close(stop)
	clerks.Wait()
	for path, n := range done {
		require.Greater(t, n, 10, path)
		require.Equal(t, n, count(ana, path), "%s: each once", path)
	}
}

// count walks through a whole list.
func count(p *person, path string) (n int) {
	for cursor := ""; ; {
		list := p.get(path + "?limit=200&cursor=" + url.QueryEscape(cursor))
		n += len(items(list))
		if cursor, _ = list["next"].(string); cursor == "" {
			return n
		}
	}
}
