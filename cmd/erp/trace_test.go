package main_test

import (
	"encoding/hex"
	"io"
	"net/http"
	"net/http/httptest"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	collected "go.opentelemetry.io/proto/otlp/collector/trace/v1"
	spans "go.opentelemetry.io/proto/otlp/trace/v1"
	"google.golang.org/protobuf/proto"
)

// collector is where the program sends its spans.
type collector struct {
	mu    sync.Mutex
	spans []*spans.Span
	url   string
}

func newCollector(t *testing.T) *collector {
	t.Helper()
	c := &collector{}
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, err := io.ReadAll(r.Body)
		var sent collected.ExportTraceServiceRequest
		if err != nil || r.URL.Path != "/v1/traces" || proto.Unmarshal(body, &sent) != nil {
			w.WriteHeader(http.StatusBadRequest)
			return
		}
		c.mu.Lock()
		defer c.mu.Unlock()
		for _, resource := range sent.GetResourceSpans() {
			for _, scope := range resource.GetScopeSpans() {
				c.spans = append(c.spans, scope.GetSpans()...)
			}
		}
	}))
	t.Cleanup(server.Close)
	c.url = server.URL
	return c
}

// named are the spans of the trace with this name.
func (c *collector) named(trace, name string) []*spans.Span {
	c.mu.Lock()
	defer c.mu.Unlock()
	var out []*spans.Span
	for _, s := range c.spans {
		if hex.EncodeToString(s.GetTraceId()) == trace && s.GetName() == name {
			out = append(out, s)
		}
	}
	return out
}

// TestOneTrace follows one click through the request, its statements, and what another module did about it.
func TestOneTrace(t *testing.T) {
	t.Parallel()
	collector := newCollector(t)
	i := install(t, "ERP_OTLP_URL="+collector.url)
	i.start()
	t.Cleanup(func() { i.tell(t) })
	ana := i.setUp(false)
	const trace, caller = "4bf92f3577b34da6a3ce929d0e0e4736", "00f067aa0ba902b7"

	hired := ana.must(http.MethodPost, "/api/v1/employees", object{
		"givenName": "Mila", "familyName": "Novak", "hiredOn": "2026-01-01",
	}, http.StatusCreated, map[string]string{"Traceparent": "00-" + trace + "-" + caller + "-01"})
	ana.must(http.MethodPatch, "/api/v1/employees/"+hired["id"].(string), object{"familyName": "Horvat"}, http.StatusOK, map[string]string{ //nolint:forcetypeassert // because an id is a string
		"If-Match": `"1"`, "Traceparent": "00-" + trace + "-" + caller + "-01",
	})
	require.Eventually(t, func() bool {
		return len(collector.named(trace, "handle asset.rename-holder")) > 0 && len(collector.named(trace, "POST hire-employee")) > 0
	}, 30*time.Second, 50*time.Millisecond, "one trace reaches from the request to what another module did about it")

	request := collector.named(trace, "POST hire-employee")[0]
	require.Equal(t, caller, hex.EncodeToString(request.GetParentSpanId()), "the caller's span is the parent")
	statements := collector.named(trace, "postgres INSERT")
	require.NotEmpty(t, statements, "statements are parts of the trace")
	for _, s := range append(statements, collector.named(trace, "postgres SELECT")...) {
		require.NotEmpty(t, s.GetParentSpanId(), "each under the work that it belongs to")
		for _, fact := range s.GetAttributes() {
			require.NotContains(t, fact.GetValue().GetStringValue(), "Mila", "spans hold no data")
		}
	}
	require.NoError(t, i.stop())
}
