package main_test

import (
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"erp/internal/platform/audit"
	"erp/internal/platform/audit/audittest"
)

// TestTheTrailLeavesTheHouse kills the program while its trail is on its way to a receiver that is often away.
func TestTheTrailLeavesTheHouse(t *testing.T) {
	t.Parallel()
	receiver := &audittest.Receiver{Trouble: func(call int) string { return []string{"", "lose", "refuse"}[call%3] }}
	server := httptest.NewServer(receiver)
	t.Cleanup(server.Close)
	i := install(t, "ERP_ADMIN_EMAIL="+adminEmail, "ERP_ADMIN_PASSWORD="+adminPassword,
		"ERP_AUDIT_URL="+server.URL+"/trail?token=hunter2", "ERP_AUDIT_SECRET="+audittest.Secret())
	for round := range 3 {
		i.start()
		ana := i.signIn(adminEmail, adminPassword)
		for range 20 {
			ana.post("/api/v1/locations", object{"name": time.Now().Format(time.StampNano)}, http.StatusCreated)
		}
		want := (round + 1) * 20
		if round < 2 {
			require.Eventually(t, func() bool { return len(of(receiver.Chain("asset"), "asset.location.add")) > round*20 }, time.Minute, 10*time.Millisecond, "nothing arrives: %s", i.log)
			i.kill()
			continue
		}
		require.Eventually(t, func() bool { return len(of(receiver.Chain("asset"), "asset.location.add")) == want }, 90*time.Second, 50*time.Millisecond)
		require.Eventually(t, func() bool { return len(of(receiver.Chain("platform"), "session.start")) == 3 }, 90*time.Second, 50*time.Millisecond)
	}
	require.NoError(t, receiver.Wrong())
	require.Positive(t, receiver.Repeats())

	_, _, raw := i.visitor().do(http.MethodGet, "/readyz", nil, nil)
	var ready struct {
		Outlets []struct{ Name string } `json:"outlets"`
	}
	require.NoError(t, json.Unmarshal(raw, &ready))
	require.Len(t, ready.Outlets, 4)
	require.NotContains(t, string(raw), "hunter2")
	require.NotContains(t, i.log.String(), "hunter2")
}

func of(chain []audit.Line, action string) (out []audit.Line) {
	for _, line := range chain {
		if line.Action == action {
			out = append(out, line)
		}
	}
	return out
}
