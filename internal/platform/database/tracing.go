package database

import (
	"context"
	"errors"
	"strings"

	"github.com/jackc/pgx/v5"

	"erp/internal/platform/telemetry"
)

// tracer makes a span of every statement inside recorded work. A span has the statement, never its values.
type tracer struct{}

type spanKey struct{}

// TraceQueryStart implements pgx.QueryTracer.
func (tracer) TraceQueryStart(ctx context.Context, conn *pgx.Conn, data pgx.TraceQueryStartData) context.Context {
	return begin(ctx, conn, data.SQL)
}

// TraceQueryEnd implements pgx.QueryTracer.
func (tracer) TraceQueryEnd(ctx context.Context, _ *pgx.Conn, data pgx.TraceQueryEndData) {
	end(ctx, data.Err)
}

// TraceBatchStart implements pgx.BatchTracer: statements that travel together are one span.
func (tracer) TraceBatchStart(ctx context.Context, conn *pgx.Conn, data pgx.TraceBatchStartData) context.Context {
	statements := make([]string, 0, len(data.Batch.QueuedQueries))
	for _, q := range data.Batch.QueuedQueries {
		statements = append(statements, q.SQL)
	}
	return begin(ctx, conn, strings.Join(statements, ";\n"))
}

// TraceBatchQuery implements pgx.BatchTracer.
func (tracer) TraceBatchQuery(context.Context, *pgx.Conn, pgx.TraceBatchQueryData) {}

// TraceBatchEnd implements pgx.BatchTracer.
func (tracer) TraceBatchEnd(ctx context.Context, _ *pgx.Conn, data pgx.TraceBatchEndData) {
	end(ctx, data.Err)
}

const longestStatement = 2000

func begin(ctx context.Context, conn *pgx.Conn, statement string) context.Context {
	if !telemetry.Recorded(ctx) {
		return ctx
	}
	statement = strings.TrimSpace(statement)
	verb, _, _ := strings.Cut(statement, " ")
	ctx, span := telemetry.Part(ctx, "postgres "+strings.ToUpper(strings.TrimSpace(verb)), telemetry.Asking)
	span.Say("db.system.name", "postgresql")
	span.Say("db.namespace", conn.Config().User)
	span.Say("db.query.text", statement[:min(len(statement), longestStatement)])
	return context.WithValue(ctx, spanKey{}, span)
}

func end(ctx context.Context, err error) {
	if span, ok := ctx.Value(spanKey{}).(telemetry.Span); ok {
		span.End(err != nil && !errors.Is(err, pgx.ErrNoRows))
	}
}
