package main_test

import (
	"encoding/hex"
	"io"
	"net/http"
	"net/http/httptest"
	"slices"
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
	from  map[*spans.Span]string // the process that sent it
	url   string
}

func newCollector(t *testing.T) *collector {
	t.Helper()
	c := &collector{from: map[*spans.Span]string{}}
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
			service := ""
			for _, fact := range resource.GetResource().GetAttributes() {
				if fact.GetKey() == "service.name" {
					service = fact.GetValue().GetStringValue()
				}
			}
			for _, scope := range resource.GetScopeSpans() {
				for _, span := range scope.GetSpans() {
					c.spans, c.from[span] = append(c.spans, span), service
				}
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

// of are the spans of the trace that the process sent with this name.
func (c *collector) of(trace, process, name string) (out []*spans.Span) {
	for _, s := range c.named(trace, name) {
		c.mu.Lock()
		if c.from[s] == process {
			out = append(out, s)
		}
		c.mu.Unlock()
	}
	return out
}

// under reports whether the span is a part of the other one, however deep.
func (c *collector) under(span, other *spans.Span) bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	byID := map[string]*spans.Span{}
	for _, s := range c.spans {
		byID[string(s.GetSpanId())] = s
	}
	for depth := 0; span != nil && depth < 50; depth++ {
		if span == other {
			return true
		}
		span = byID[string(span.GetParentSpanId())]
	}
	return false
}

// TestOneTraceAcrossProcesses follows one click from the browser through the process where it comes in, the one whose
// module answers, that one's database, and what a module in a third process did about the event. The request's id stands in
// the log of each process that it reached, and on the error page.
func TestOneTraceAcrossProcesses(t *testing.T) {
	t.Parallel()
	collector := newCollector(t)
	s := spreadOut(t, "ERP_OTLP_URL="+collector.url)
	ana := s.ana
	const trace, caller = "4bf92f3577b34da6a3ce929d0e0e4736", "00f067aa0ba902b7"
	sent := map[string]string{"Traceparent": "00-" + trace + "-" + caller + "-01"}
	hired := ana.must(http.MethodPost, "/api/v1/employees", object{"givenName": "Mila", "familyName": "Novak", "hiredOn": "2026-01-01"}, http.StatusCreated, sent)
	status, headers, body := ana.do(http.MethodPatch, "/api/v1/employees/"+field(hired, "id"), object{"familyName": "Horvat"},
		map[string]string{"If-Match": `"1"`, "Traceparent": sent["Traceparent"]})
	require.Equal(t, http.StatusOK, status, "%s", body)
	request := headers.Get("X-Request-Id")
	require.NotEmpty(t, request)

	var first, second, consumer []*spans.Span
	require.Eventually(t, func() bool {
		first = collector.of(trace, "erp-platform", "PATCH edit-employee")
		second = collector.of(trace, "erp-employee", "PATCH edit-employee")
		consumer = collector.of(trace, "erp-asset", "handle asset.rename-holder")
		return len(first) == 1 && len(second) == 1 && len(consumer) > 0 && len(collector.of(trace, "erp-employee", "postgres UPDATE")) > 0
	}, time.Minute, 100*time.Millisecond, "each process sends its part")
	require.Equal(t, caller, hex.EncodeToString(first[0].GetParentSpanId()), "the browser's span is the parent")
	require.True(t, collector.under(second[0], first[0]), "what the module's process did is a part of what the first one did")
	statements := collector.of(trace, "erp-employee", "postgres UPDATE")
	require.True(t, slices.ContainsFunc(statements, func(one *spans.Span) bool { return collector.under(one, second[0]) }), "so are its statements")
	require.NotEmpty(t, collector.of(trace, "erp-asset", "postgres INSERT"), "and what the third process kept of the event")

	status, headers, body = ana.do(http.MethodGet, "/api/v1/employees/"+nobody, nil, sent)
	require.Equal(t, http.StatusNotFound, status)
	problem := decode(body)
	require.Equal(t, headers.Get("X-Request-Id"), problem["requestId"])
	require.Equal(t, trace, problem["traceId"])
	for _, process := range []string{"platform", "employee"} {
		require.NoError(t, s.process[process].stop()) // the log is whole then
		for _, one := range []string{request, field(problem, "requestId")} {
			require.Contains(t, s.process[process].log.String(), "request="+one, process)
		}
		require.Contains(t, s.process[process].log.String(), "trace="+trace, process)
	}
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
