package telemetry

import (
	"context"
	"fmt"
	"io"
	"log/slog"
)

// NewLogger returns a logger whose lines carry the ids of the request their context belongs to. Format is "json" or
// "text", the default; level is one of slog's names, "info" by default.
func NewLogger(w io.Writer, format, level string) *slog.Logger {
	var threshold slog.Level // info, and stays so when the name is none
	_ = threshold.UnmarshalText([]byte(level))
	options := &slog.HandlerOptions{Level: threshold}
	if format == "json" {
		return slog.New(requestHandler{slog.NewJSONHandler(w, options)})
	}
	return slog.New(requestHandler{slog.NewTextHandler(w, options)})
}

// requestHandler adds request and trace ids to every line.
type requestHandler struct{ slog.Handler }

// Handle writes one line.
func (h requestHandler) Handle(ctx context.Context, line slog.Record) error {
	if r := RequestOf(ctx); r.ID != "" {
		line = line.Clone()
		line.AddAttrs(slog.String("request", r.ID), slog.String("trace", r.TraceID))
	}
	if err := h.Handler.Handle(ctx, line); err != nil {
		return fmt.Errorf("write log: %w", err)
	}
	return nil
}

// WithAttrs keeps the ids on loggers made from this one.
func (h requestHandler) WithAttrs(attrs []slog.Attr) slog.Handler {
	return requestHandler{h.Handler.WithAttrs(attrs)}
}

// WithGroup keeps the ids on loggers made from this one.
func (h requestHandler) WithGroup(name string) slog.Handler {
	return requestHandler{h.Handler.WithGroup(name)}
}
