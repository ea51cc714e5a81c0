package telemetry

import (
	"cmp"
	"context"
	"crypto/rand"
	"fmt"
	"log/slog"
	"strings"
	"time"

	"go.opentelemetry.io/otel"
	"go.opentelemetry.io/otel/attribute"
	"go.opentelemetry.io/otel/codes"
	"go.opentelemetry.io/otel/exporters/otlp/otlptrace/otlptracehttp"
	"go.opentelemetry.io/otel/sdk/resource"
	sdktrace "go.opentelemetry.io/otel/sdk/trace"
	"go.opentelemetry.io/otel/trace"
)

// StartTracing sends spans to the collector at the address (OTLP over HTTP, such as http://collector:4318) until stop,
// which sends what is still there. Without it spans are not recorded and cost next to nothing. Like the log, it is the
// program's own: the library keeps it for everybody.
func StartTracing(ctx context.Context, address, service, version string) (stop func(context.Context) error, err error) {
	exporter, err := otlptracehttp.New(ctx, otlptracehttp.WithEndpointURL(strings.TrimSuffix(address, "/")+"/v1/traces"))
	if err != nil {
		return nil, fmt.Errorf("tracing: %w", err)
	}
	otel.SetErrorHandler(otel.ErrorHandlerFunc(func(err error) { slog.Warn("spans are lost", "error", err) }))
	provider := sdktrace.NewTracerProvider(
		sdktrace.WithBatcher(exporter),
		sdktrace.WithIDGenerator(requestIDs{}),
		sdktrace.WithResource(resource.NewSchemaless(attribute.String("service.name", service), attribute.String("service.version", version))),
	)
	otel.SetTracerProvider(provider)
	return provider.Shutdown, nil
}

// Kind is which side of a conversation a span is.
type Kind = trace.SpanKind

// The kinds.
const (
	Serving   = trace.SpanKindServer   // a request
	Asking    = trace.SpanKindClient   // a database or another process
	Consuming = trace.SpanKindConsumer // an event
)

// Span is a piece of work that is under way.
type Span struct{ span trace.Span }

// Begin starts the span of the request in ctx: it has the request's own ids, so that a line of the log leads to it.
func Begin(ctx context.Context, name string, kind Kind) (context.Context, Span) {
	provider, recording := otel.GetTracerProvider().(*sdktrace.TracerProvider)
	if !recording {
		return ctx, Span{trace.SpanFromContext(ctx)}
	}
	r := RequestOf(ctx)
	seed := context.WithValue(ctx, seedKey{}, r)
	if parent, err := trace.TraceIDFromHex(r.TraceID); err == nil {
		caller, _ := trace.SpanIDFromHex(r.ParentID) // none: the trace begins here, or by an event
		seed = trace.ContextWithSpanContext(seed, trace.NewSpanContext(trace.SpanContextConfig{
			TraceID: parent, SpanID: caller, TraceFlags: trace.FlagsSampled, Remote: true,
		}))
	}
	_, span := provider.Tracer("erp").Start(seed, name, trace.WithSpanKind(kind)) //nolint:spancheck // because the caller ends it
	return trace.ContextWithSpan(ctx, span), Span{span}                           //nolint:spancheck // as above
}

// Recorded reports whether ctx belongs to work whose spans are kept.
func Recorded(ctx context.Context) bool { return trace.SpanFromContext(ctx).IsRecording() }

// Part starts a span inside the work that ctx belongs to. Outside of recorded work it does nothing.
func Part(ctx context.Context, name string, kind Kind) (context.Context, Span) {
	parent := trace.SpanFromContext(ctx)
	if !parent.IsRecording() {
		return ctx, Span{parent}
	}
	ctx, span := parent.TracerProvider().Tracer("erp").Start(ctx, name, trace.WithSpanKind(kind)) //nolint:spancheck // because the caller ends it
	return ctx, Span{span}                                                                        //nolint:spancheck // as above
}

// Rename says what the work turned out to be.
func (s Span) Rename(name string) { s.span.SetName(name) }

// Say adds a fact. Facts hold no data of people.
func (s Span) Say(key, value string) {
	if s.span.IsRecording() {
		s.span.SetAttributes(attribute.String(key, value))
	}
}

// End closes the span and says whether the work failed. Why stands in the log, under the same ids: errors may quote data.
func (s Span) End(failed bool) {
	if failed {
		s.span.SetStatus(codes.Error, "")
	}
	s.span.End()
}

// Traceparent is what another process is told of the work, by W3C trace context; empty for work without a trace.
func Traceparent(ctx context.Context) string {
	r := RequestOf(ctx)
	if span := trace.SpanContextFromContext(ctx); span.IsValid() {
		return "00-" + span.TraceID().String() + "-" + span.SpanID().String() + "-01"
	}
	if r.TraceID == "" {
		return ""
	}
	return "00-" + r.TraceID + "-" + cmp.Or(r.SpanID, r.TraceID[:16]) + "-01" // a caller must be named, also by work without a request
}

type seedKey struct{}

// requestIDs gives the first span of a request the ids that its log lines have.
type requestIDs struct{}

// NewIDs implements sdktrace.IDGenerator.
func (g requestIDs) NewIDs(ctx context.Context) (traceID trace.TraceID, spanID trace.SpanID) {
	_, _ = rand.Read(traceID[:]) // never fails: it ends the program instead
	return traceID, g.NewSpanID(ctx, traceID)
}

// NewSpanID implements sdktrace.IDGenerator.
func (requestIDs) NewSpanID(ctx context.Context, _ trace.TraceID) (spanID trace.SpanID) {
	if r, ok := ctx.Value(seedKey{}).(Request); ok {
		if own, err := trace.SpanIDFromHex(r.SpanID); err == nil {
			return own
		}
	}
	_, _ = rand.Read(spanID[:])
	return spanID
}

// flushFor is how long a program that ends waits for the collector.
const flushFor = 3 * time.Second

// Flushed ends tracing in time for the program to end.
func Flushed(ctx context.Context, stop func(context.Context) error) {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), flushFor)
	defer cancel()
	if err := stop(ctx); err != nil {
		slog.WarnContext(ctx, "the last spans are lost", "error", err)
	}
}
