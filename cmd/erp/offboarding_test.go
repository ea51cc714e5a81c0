package main_test

import (
	"fmt"
	"math/rand/v2"
	"net/http"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

// settleFirst lets somebody leave who holds three laptops and has a draft, and settles each in its own way.
func settleFirst(t *testing.T, ana *person) {
	t.Helper()
	leaver, taker := items(ana.get("/api/v1/employees?q=P-023"))[0], items(ana.get("/api/v1/employees?q=P-024"))[0]
	things := items(ana.get("/api/v1/assets?limit=50&sort=tag"))[10:13]
	var status []func() any
	for _, thing := range things {
		path := fmt.Sprintf("/api/v1/assets/%s", thing["id"])
		ana.post(path+"/assignments", object{"employeeId": leaver["id"]}, http.StatusCreated)
		status = append(status, func() any { return ana.get(path)["status"] })
	}
	path := fmt.Sprintf("/api/v1/employees/%s/offboarding", leaver["id"])
	begun := ana.post(path+"/case", object{"reason": "New job"}, http.StatusOK)
	require.Equal(t, true, begun["waiting"])
	require.Len(t, begun["open"], 3)
	ana.post(path+"/completion", object{}, http.StatusConflict)
	settled := func(n int, how string, more object) object {
		item := object{"kind": "asset", "id": things[n]["id"], "how": how}
		for name, value := range more {
			item[name] = value
		}
		return item
	}
	ana.post(path+"/settlements", object{"items": []object{settled(0, "hand-over", object{"toId": leaver["id"]})}}, http.StatusUnprocessableEntity)
	ana.post(path+"/settlements", object{"items": []object{
		settled(0, "return", nil), settled(1, "hand-over", object{"toId": taker["id"]}), settled(2, "lost", nil),
	}}, http.StatusOK)
	require.Equal(t, []any{"available", "assigned", "lost"}, []any{status[0](), status[1](), status[2]()})
	require.Equal(t, taker["id"], ana.get(fmt.Sprintf("/api/v1/assets/%s", things[1]["id"]))["holderId"])
	require.Equal(t, "done", ana.post(path+"/completion", object{}, http.StatusOK)["state"])
	require.Equal(t, "left", ana.get(fmt.Sprintf("/api/v1/employees/%s", leaver["id"]))["status"])
}

// TestCasesKilled kills the program with -9 while ends of employment are begun, settled, confirmed and cancelled: each ends
// complete, or as if it had never been.
func TestCasesKilled(t *testing.T) {
	t.Parallel()
	i := install(t)
	i.start()
	t.Cleanup(func() { i.tell(t) })
	ana := i.setUp(false)
	ana.post("/api/v1/employees/import", people(12), http.StatusOK)
	ana.post("/api/v1/assets/import?createMissing=true", laptops(12), http.StatusOK)
	everybody := items(ana.get("/api/v1/employees?limit=50&sort=number"))
	laptops := items(ana.get("/api/v1/assets?limit=50&sort=tag"))
	for n, laptop := range laptops {
		ana.post(fmt.Sprintf("/api/v1/assets/%s/assignments", laptop["id"]), object{"employeeId": everybody[n]["id"]}, http.StatusCreated)
	}
	for n := 8; n < 12; n++ { // nobody reports to them
		employee := fmt.Sprintf("/api/v1/employees/%s", everybody[n]["id"])
		path, ends := employee+"/offboarding", n%2 == 0
		method, last, body := http.MethodPost, path+"/completion", object{"returnAll": true}
		if !ends {
			method, last, body = http.MethodDelete, path, nil
		}
		for _, act := range []func(){
			func() { ana.try(http.MethodPost, path+"/case", object{}, nil) },
			func() { ana.try(method, last, body, nil) },
		} {
			done := make(chan struct{})
			go func() { act(); close(done) }()
			time.Sleep(time.Duration(rand.IntN(40)) * time.Millisecond)
			i.kill()
			<-done
			i.start()
			ana = i.signIn(adminEmail, adminPassword)
		}
		want := map[bool]string{true: "left", false: "active"}[ends]
		require.Eventually(t, func() bool { // what was not taken up before it died is asked again
			ana.try(http.MethodPost, path+"/case", object{}, nil)
			ana.try(method, last, body, nil)
			return ana.get(employee)["status"] == want
		}, 2*time.Minute, 500*time.Millisecond, "%v: %v", want, ana.get(path))
	}
	for n, laptop := range laptops[8:] {
		want := map[bool]string{true: "available", false: "assigned"}[n%2 == 0]
		require.Equal(t, want, ana.get(fmt.Sprintf("/api/v1/assets/%s", laptop["id"]))["status"])
	}
	require.NoError(t, i.stop())
	out, err := i.run("audit", "verify")
	require.NoError(t, err, out)
}
