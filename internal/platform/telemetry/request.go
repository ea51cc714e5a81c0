// Package telemetry is what the program says of itself while it works: the log, the numbers, and the ids by which one
// request is followed through both. It knows no module and no HTTP.
package telemetry

import "context"

// Request identifies the piece of work a context belongs to. Log lines, audit rows and events carry it, so that one id
// finds everything that one click did. The zero Request is work that nobody asked for from outside.
type Request struct {
	// ID is the request id: the caller's own when it sent a sane one, else made here.
	ID string
	// TraceID and SpanID are those of W3C trace context, in lower-case hex.
	TraceID string
	SpanID  string
	// ParentID is the span of the caller, when it sent one.
	ParentID string
	// IP is the address the request came from, as far as the trusted proxies tell.
	IP string
	// Agent is what the client calls itself.
	Agent string
}

type requestKey struct{}

// WithRequest returns a context that belongs to the request.
func WithRequest(ctx context.Context, r Request) context.Context {
	return context.WithValue(ctx, requestKey{}, &r)
}

// RequestOf is the request the context belongs to; zero when there is none.
func RequestOf(ctx context.Context) Request {
	if r, ok := ctx.Value(requestKey{}).(*Request); ok {
		return *r
	}
	return Request{}
}
