package telemetry

import (
	"crypto/sha256"
	"crypto/subtle"
	"net/http"
)

// Guarded lets in only who sends the token as `Authorization: Bearer ...`; without a token everybody.
func Guarded(h http.Handler, token string) http.Handler {
	if token == "" {
		return h
	}
	want := sha256.Sum256([]byte("Bearer " + token))
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if got := sha256.Sum256([]byte(r.Header.Get("Authorization"))); subtle.ConstantTimeCompare(got[:], want[:]) == 1 {
			h.ServeHTTP(w, r)
			return
		}
		w.Header().Set("WWW-Authenticate", "Bearer")
		w.Header().Set("Content-Type", "application/problem+json")
		w.WriteHeader(http.StatusUnauthorized)
		_, _ = w.Write([]byte(`{"title":"Unauthorized","status":401,"code":"token-needed","detail":"Send the token of ERP_METRICS_TOKEN as Authorization: Bearer."}`))
	})
}
