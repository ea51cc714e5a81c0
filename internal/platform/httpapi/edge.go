package httpapi

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"runtime/debug"
	"strconv"
	"strings"
	"time"

	"github.com/gin-gonic/gin"

	"erp/internal/platform/auth"
	"erp/internal/platform/fault"
	"erp/internal/platform/telemetry"
)

// edge is what every request passes, whatever it asks for.
func (s *surface) edge(c *gin.Context) {
	start := time.Now()
	request := identify(c.Request, c.ClientIP())
	made := &call{}
	client := c.Request.Context() // ends when the client goes
	ctx := telemetry.WithRequest(context.WithValue(client, callKey{}, made), request)
	ctx, span := telemetry.Begin(ctx, c.Request.Method, telemetry.Serving)
	c.Request = c.Request.WithContext(ctx)
	headers(c.Writer.Header(), request.ID, strings.HasPrefix(c.Request.URL.Path, "/api/"))
	defer s.settle(client, c, made, span, start)
	// A browser adds no Authorization of its own, and beside one the cookie does not count: nothing to forge.
	if err := s.csrf.Check(c.Request); err != nil && !auth.HasBearer(c.Request) {
		s.abort(c, newProblem(ctx, http.StatusForbidden, "cross-origin", "This request came from another site and was refused."))
		return
	}
	c.Next()
}

// headers protects what the browser does with an answer. The user interface sets its own policy and its own caching.
func headers(h http.Header, requestID string, api bool) {
	values := [...]string{requestID, "nosniff", "DENY", "same-origin", "no-store"} // one piece of memory for all
	h["X-Request-Id"], h["X-Content-Type-Options"] = values[0:1:1], values[1:2:2]
	h["X-Frame-Options"], h["Referrer-Policy"] = values[2:3:3], values[3:4:4]
	if api {
		h["Cache-Control"] = values[4:5:5]
	}
}

// settle answers a panic, writes the access log and counts.
func (s *surface) settle(client context.Context, c *gin.Context, made *call, span telemetry.Span, start time.Time) {
	cut := false
	if panicked := recover(); panicked != nil {
		cut = s.recovered(c, made, panicked)
	}
	took := time.Since(start)
	status := c.Writer.Status()
	if client.Err() != nil && (!c.Writer.Written() || status >= http.StatusInternalServerError) { // what it asked for was broken off
		status = statusClientGone
	}
	if s.options.Metrics != nil {
		s.options.Metrics.Request(made.operation, c.Request.Method, status, took)
	}
	s.log(c, made, status, took)
	describe(c, made, span, status)
	if cut {
		panic(http.ErrAbortHandler) // the client must see that the answer is not whole
	}
}

// describe closes the span of the request with what it turned out to be. Its path has no ids in it, and no data.
func describe(c *gin.Context, made *call, span telemetry.Span, status int) {
	if made.operation != "" {
		span.Rename(c.Request.Method + " " + made.operation)
	}
	span.Say("http.request.method", c.Request.Method)
	span.Say("http.route", c.FullPath())
	span.Say("http.response.status_code", strconv.Itoa(status))
	span.End(status >= http.StatusInternalServerError)
}

// statusClientGone stands in the log for a request whose client did not wait.
const statusClientGone = 499

// recovered makes an answer of a panic; true when it is too late for one.
func (s *surface) recovered(c *gin.Context, made *call, panicked any) bool {
	if err, ok := panicked.(error); !ok || !errors.Is(err, http.ErrAbortHandler) {
		made.err = fmt.Errorf("panic: %v\n%s", panicked, debug.Stack())
	}
	if c.Writer.Written() {
		return true
	}
	s.abort(c, newProblem(c.Request.Context(), http.StatusInternalServerError, "internal", internalDetail))
	return false
}

func (s *surface) abort(c *gin.Context, p *Problem) {
	c.Abort()
	p.write(c.Writer)
}

// log writes one line a request. It never contains a query or a body: they may carry secrets and personal data.
func (s *surface) log(c *gin.Context, made *call, status int, took time.Duration) {
	level := slog.LevelInfo
	switch {
	case status >= http.StatusInternalServerError && status != http.StatusServiceUnavailable:
		level = slog.LevelError
	case status == http.StatusServiceUnavailable, made.err != nil && !errors.Is(made.err, context.Canceled):
		level = slog.LevelWarn
	case made.operation == "" && status < http.StatusBadRequest: // probes and the files of the user interface
		level = slog.LevelDebug
	}
	ctx := c.Request.Context()
	if !s.options.Logger.Enabled(ctx, level) {
		return
	}
	attrs := make([]slog.Attr, 0, 10)
	attrs = append(attrs,
		slog.String("method", c.Request.Method),
		slog.String("path", shortened(c.Request.URL.Path, 200)),
		slog.Int("status", status),
		slog.Float64("ms", float64(took.Microseconds())/1000),
		slog.Int("bytes", max(0, c.Writer.Size())),
	)
	if made.operation != "" {
		attrs = append(attrs, slog.String("operation", made.operation))
	}
	if made.user != "" {
		attrs = append(attrs, slog.String("user", made.user))
	}
	if request := telemetry.RequestOf(ctx); request.IP != "" {
		attrs = append(attrs, slog.String("ip", request.IP))
	}
	if made.err != nil {
		attrs = append(attrs, slog.String("error", whole(made.err)))
	}
	s.options.Logger.LogAttrs(ctx, level, "request", attrs...)
}

// whole is the error with the causes that faults keep from the client.
func whole(err error) string { return strings.Join(causes(err), ": ") }

func causes(err error) []string {
	text := []string{err.Error()}
	for ; err != nil; err = errors.Unwrap(err) {
		switch e := err.(type) { //nolint:errorlint // because this walks the chain itself
		case *fault.Error:
			if cause := e.Unwrap(); cause != nil {
				text = append(text, cause.Error())
			}
		case interface{ Unwrap() []error }:
			text = text[:len(text)-1]
			for _, joined := range e.Unwrap() {
				text = append(text, causes(joined)...)
			}
			return text
		}
	}
	return text
}

func (s *surface) notFound(c *gin.Context) {
	if s.fallback != nil && !strings.HasPrefix(c.Request.URL.Path, "/api/") && c.Request.URL.Path != "/api" {
		c.Status(http.StatusOK) // the router has put 404 there
		s.fallback.ServeHTTP(c.Writer, c.Request)
		c.Abort()
		return
	}
	s.abort(c, newProblem(c.Request.Context(), http.StatusNotFound, "no-such-path", "There is nothing at this address."))
}

func (s *surface) methodNotAllowed(c *gin.Context) {
	s.abort(c, newProblem(c.Request.Context(), http.StatusMethodNotAllowed, "method-not-allowed",
		"This address does not take the method "+printable(c.Request.Method)+"."))
}
