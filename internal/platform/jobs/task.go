package jobs

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"math/rand/v2"
	"time"

	"github.com/riverqueue/river"
	"github.com/riverqueue/river/rivertype"

	"erp/internal/platform/auth"
)

// task is the one kind of row in the queue: a name and what the work needs to know.
type task struct {
	Name    string          `json:"name"`
	Payload json.RawMessage `json:"payload,omitempty"`
}

// Kind implements river.JobArgs.
func (task) Kind() string { return "task" }

type taskWorker struct {
	river.WorkerDefaults[task]
	scheduler *Scheduler
}

// Work does one task as the program itself.
func (w *taskWorker) Work(ctx context.Context, job *river.Job[task]) error {
	w.scheduler.mu.Lock()
	f, ok := w.scheduler.handlers[job.Args.Name]
	w.scheduler.mu.Unlock()
	if !ok {
		return fmt.Errorf("nobody knows how to do %q: was it written by a newer version?", job.Args.Name)
	}
	err := f(auth.WithSystem(ctx, job.Args.Name), job.Args.Payload)
	if p, ok := errors.AsType[*postponed](err); ok {
		w.scheduler.log.DebugContext(ctx, "job postponed", "job", job.ID, "task", job.Args.Name, "error", p.cause)
		return river.JobSnooze(postponedFor + rand.N(postponedFor)) //nolint:gosec // because jitter is no secret
	}
	return err
}

// Timeout is how long the job may take; zero is the queue's own limit.
func (w *taskWorker) Timeout(job *river.Job[task]) time.Duration {
	w.scheduler.mu.Lock()
	defer w.scheduler.mu.Unlock()
	return w.scheduler.timeouts[job.Args.Name]
}

// postponedFor is the shortest time until postponed work is tried again.
const postponedFor = 2 * time.Second

type postponed struct{ cause error }

// Error implements error.
func (p *postponed) Error() string { return p.cause.Error() }

// Unwrap gives the cause.
func (p *postponed) Unwrap() error { return p.cause }

// Postpone says that the work could not even be tried, because somebody whom it needs is away. It is tried again every few
// seconds for as long as that takes, and never becomes a dead letter by it.
func Postpone(cause error) error { return &postponed{cause: cause} }

// backoff waits 1, 2, 4 ... seconds, at most ten minutes, with a fifth of jitter.
type backoff struct{}

// NextRetry implements river.ClientRetryPolicy.
func (backoff) NextRetry(job *rivertype.JobRow) time.Time {
	wait := min(time.Second<<min(len(job.Errors), 10), 10*time.Minute)
	return time.Now().Add(wait + time.Duration(rand.Int64N(int64(wait)/5+1))) //nolint:gosec // because jitter is no secret
}

// reporter logs each failed attempt once; the row keeps the error for the console.
type reporter struct{ log *slog.Logger }

// HandleError implements river.ErrorHandler.
func (r *reporter) HandleError(ctx context.Context, job *rivertype.JobRow, err error) *river.ErrorHandlerResult {
	level := slog.LevelWarn
	if job.Attempt >= job.MaxAttempts {
		level = slog.LevelError
	}
	r.log.Log(ctx, level, "job failed", "job", job.ID, "task", nameOf(job.EncodedArgs), "attempt", job.Attempt, "of", job.MaxAttempts, "error", err)
	return nil
}

// HandlePanic implements river.ErrorHandler.
func (r *reporter) HandlePanic(ctx context.Context, job *rivertype.JobRow, value any, trace string) *river.ErrorHandlerResult {
	r.log.ErrorContext(ctx, "job panicked", "job", job.ID, "task", nameOf(job.EncodedArgs), "panic", fmt.Sprint(value), "trace", trace)
	return nil
}

func nameOf(args []byte) string {
	var t task
	if json.Unmarshal(args, &t) != nil {
		return ""
	}
	return t.Name
}

// quiet drops River's own chatter below warnings.
func quiet(log *slog.Logger) *slog.Logger { return slog.New(warnings{log.Handler()}) }

type warnings struct{ slog.Handler }

// Enabled implements slog.Handler.
func (w warnings) Enabled(ctx context.Context, level slog.Level) bool {
	return level >= slog.LevelWarn && w.Handler.Enabled(ctx, level)
}

// WithAttrs implements slog.Handler.
func (w warnings) WithAttrs(attrs []slog.Attr) slog.Handler {
	return warnings{w.Handler.WithAttrs(attrs)}
}

// WithGroup implements slog.Handler.
func (w warnings) WithGroup(name string) slog.Handler { return warnings{w.Handler.WithGroup(name)} }
