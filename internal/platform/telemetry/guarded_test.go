package telemetry_test

import (
	"net/http"
	"net/http/httptest"
	"testing"

	"github.com/stretchr/testify/require"

	"erp/internal/platform/telemetry"
)

func TestMetricsAreGuardedByAToken(t *testing.T) {
	t.Parallel()
	const token = "a token of the operator"
	status := func(set, sent string) int {
		r := httptest.NewRequestWithContext(t.Context(), "GET", "/metrics", nil)
		if sent != "" {
			r.Header.Set("Authorization", sent)
		}
		w := httptest.NewRecorder()
		telemetry.Guarded(telemetry.NewMetrics().Handler(), set).ServeHTTP(w, r)
		if w.Code != http.StatusOK {
			require.NotContains(t, w.Body.String(), "go_goroutines")
			require.NotContains(t, w.Body.String(), token)
		}
		return w.Code
	}
	require.Equal(t, 200, status("", ""), "without a token anybody may")
	require.Equal(t, 200, status(token, "Bearer "+token))
	for _, wrong := range []string{"", token, "Bearer ", "Bearer a token of the", "Bearer " + token + "x", "Basic " + token} {
		require.Equal(t, 401, status(token, wrong), wrong)
	}
}
