package main_test

import (
	"fmt"
	"math/rand/v2"
	"net/http"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

// moveAll lets an administrator move all assets, and then somebody who may just that.
func moveAll(t *testing.T, ana *person, console *installation) {
	t.Helper()
	place := ana.post("/api/v1/locations", object{"name": "Everything here"}, http.StatusCreated)
	job := ana.post("/api/v1/assets/bulk/move", object{"filter": object{}, "locationId": place["id"]}, http.StatusAccepted)
	done := bulkEnded(t, ana, job)
	require.Equal(t, done["total"], done["changed"], "%v", done)

	clerk := console.member(ana, "clerk@acme.example", object{"roles": []string{"asset-manager"}})
	done = bulkEnded(t, clerk, clerk.post("/api/v1/assets/bulk/move", object{"filter": object{}}, http.StatusAccepted))
	require.Equal(t, done["total"], done["changed"], "%v", done)
}

// bulkEnded waits for the end of the job.
func bulkEnded(t *testing.T, p *person, job object) object {
	t.Helper()
	var is object
	require.Eventually(t, func() bool {
		is = p.get("/api/v1/assets/bulk/" + field(job, "id"))
		return is["state"] != "running"
	}, 2*time.Minute, 100*time.Millisecond)
	return is
}

// TestBulkActionsKilled kills the program with -9, its database with it, while many assets are moved: the job goes on by
// itself, each asset is moved once and tells of it once, and is in one audit row.
func TestBulkActionsKilled(t *testing.T) {
	t.Parallel()
	const many = 1200
	i := install(t)
	i.start()
	t.Cleanup(func() { i.tell(t) })
	ana := i.setUp(false)
	ana.post("/api/v1/assets/import?createMissing=true", laptops(many), http.StatusOK)
	place := ana.post("/api/v1/locations", object{"name": "New office"}, http.StatusCreated)
	key := map[string]string{"Idempotency-Key": "move-all"}
	body := object{"filter": object{}, "locationId": place["id"]}
	job := ana.must(http.MethodPost, "/api/v1/assets/bulk/move", body, http.StatusAccepted, key)
	path := "/api/v1/assets/bulk/" + field(job, "id")

	kills := 0
	for ; kills < 2; kills++ {
		before := ana.get(path)
		require.Eventually(t, func() bool { return ana.get(path)["changed"] != before["changed"] }, 2*time.Minute, 5*time.Millisecond, "it goes on after the kill")
		time.Sleep(time.Duration(rand.IntN(80)) * time.Millisecond)
		i.kill()
		i.start()
		ana = i.signIn(adminEmail, adminPassword)
		if ana.get(path)["state"] != "running" {
			break
		}
	}
	require.NotZero(t, kills, "it was killed in the middle")
	again := ana.must(http.MethodPost, "/api/v1/assets/bulk/move", body, http.StatusAccepted, key)
	require.Equal(t, job["id"], again["id"], "the same key gives the same answer after a restart")
	done := bulkEnded(t, ana, job)
	require.Equal(t, []any{"done", many, many}, []any{done["state"], int(done["total"].(float64)), int(done["changed"].(float64))})
	for _, thing := range []int{1, 7, 600, many} {
		laptop := items(ana.get(fmt.Sprintf("/api/v1/assets?q=LAP-%04d", thing)))[0]
		moved := 0
		for _, line := range items(ana.get(fmt.Sprintf("/api/v1/assets/%s/history", laptop["id"]))) {
			if line["kind"] == "moved" {
				moved++
			}
		}
		require.Equal(t, 1, moved, "%v", laptop)
	}
	require.Equal(t, many, moves(ana), "one audit row each")

	t.Run("whose account is closed meanwhile does nothing more", func(t *testing.T) {
		ana := ana.on(t)
		clerk := i.member(ana, "clerk@acme.example", object{"roles": []string{"asset-manager"}})
		clerk.post("/api/v1/assets/bulk/retire", object{"filter": object{}}, http.StatusAccepted)
		account := items(ana.get("/api/v1/users?q=clerk"))[0]
		ana.must(http.MethodPut, fmt.Sprintf("/api/v1/users/%s", account["id"]), object{"name": account["name"], "email": account["email"], "status": "disabled"},
			http.StatusOK, map[string]string{"If-Match": fmt.Sprintf("%q", fmt.Sprint(account["version"]))})
		require.Eventually(t, func() bool {
			first := total(ana, "status=retired")
			time.Sleep(time.Second)
			return first == total(ana, "status=retired")
		}, time.Minute, 10*time.Millisecond)
		require.Less(t, total(ana, "status=retired"), many)
	})
	require.NoError(t, i.stop())
	out, err := i.run("audit", "verify")
	require.NoError(t, err, out)
}

// total counts the assets that a filter finds.
func total(ana *person, filter string) int {
	n, _ := ana.get("/api/v1/assets?limit=1&count=true&" + filter)["total"].(float64)
	return int(n)
}

// moves counts the audit rows of moves.
func moves(ana *person) int {
	n, cursor := 0, ""
	for {
		page := ana.get("/api/v1/audit?limit=200&module=asset&action=asset.move&cursor=" + cursor)
		n += len(items(page))
		cursor = field(page, "next")
		if cursor == "" {
			return n
		}
	}
}
