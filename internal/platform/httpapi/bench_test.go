package httpapi_test

import (
	"context"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"testing"

	"github.com/gin-gonic/gin"

	"erp/internal/platform/httpapi"
	"erp/internal/platform/httpapi/httpapitest"
	"erp/internal/platform/rbac"
	"erp/internal/platform/telemetry"
)

// BenchmarkOperation compares an operation that does nothing with the router alone: the difference is what access,
// checks, ids, headers, log and metrics cost.
func BenchmarkOperation(b *testing.B) {
	who := httpapitest.As(rbac.Administrator, canRead)
	api := httpapi.New(httpapi.Options{
		Logger: slog.New(slog.DiscardHandler), Metrics: telemetry.NewMetrics(),
		Authenticate: func(r *http.Request) (context.Context, error) { return who.Context(r.Context()), nil },
	})
	httpapi.Register(api, httpapi.Operation{ID: "ping", Method: "GET", Path: "/ping", Summary: "Ping", Permission: canRead},
		func(context.Context, *struct{}) (*httpapi.Answer[string], error) { return httpapi.Reply("pong"), nil })
	router := gin.New()
	router.GET("/api/v1/ping", func(c *gin.Context) { c.JSON(http.StatusOK, "pong") })
	for name, handler := range map[string]http.Handler{"operation": api, "gin": router} {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				w := httptest.NewRecorder()
				handler.ServeHTTP(w, httptest.NewRequest(http.MethodGet, "/api/v1/ping", nil))
				if w.Code != http.StatusOK {
					b.Fatal(w.Body)
				}
			}
		})
	}
}
