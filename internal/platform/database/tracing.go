package database

import (
	"context"
	"errors"
	"strings"
	"sync/atomic"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"

	"erp/internal/platform/telemetry"
)

// tracer makes a span of every statement inside recorded work. A span has the statement, never its values. And it sees a
// connection that was lost: then all of the pool are looked on as lost, or each would fail somebody's request first.
type tracer struct{ pool atomic.Pointer[pgxpool.Pool] }

type spanKey struct{}

// TraceQueryStart implements pgx.QueryTracer.
func (*tracer) TraceQueryStart(ctx context.Context, conn *pgx.Conn, data pgx.TraceQueryStartData) context.Context {
	return begin(ctx, conn, data.SQL)
}

// TraceQueryEnd implements pgx.QueryTracer.
func (t *tracer) TraceQueryEnd(ctx context.Context, conn *pgx.Conn, data pgx.TraceQueryEndData) {
	t.end(ctx, conn, data.Err)
}

// TraceBatchStart implements pgx.BatchTracer: statements that travel together are one span.
func (*tracer) TraceBatchStart(ctx context.Context, conn *pgx.Conn, data pgx.TraceBatchStartData) context.Context {
	statements := make([]string, 0, len(data.Batch.QueuedQueries))
	for _, q := range data.Batch.QueuedQueries {
		statements = append(statements, q.SQL)
	}
	return begin(ctx, conn, strings.Join(statements, ";\n"))
}

// TraceBatchQuery implements pgx.BatchTracer.
func (*tracer) TraceBatchQuery(context.Context, *pgx.Conn, pgx.TraceBatchQueryData) {}

// TraceBatchEnd implements pgx.BatchTracer.
func (t *tracer) TraceBatchEnd(ctx context.Context, conn *pgx.Conn, data pgx.TraceBatchEndData) {
	t.end(ctx, conn, data.Err)
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

func (t *tracer) end(ctx context.Context, conn *pgx.Conn, err error) {
	if pool := t.pool.Load(); err != nil && pool != nil && ctx.Err() == nil && conn.IsClosed() { // a caller who gives up closes only theirs
		pool.Reset()
	}

	if span, ok := ctx.Value(spanKey{}).(telemetry.Span); ok {
		span.End(err != nil && !errors.Is(err, pgx.ErrNoRows))
	}
}
