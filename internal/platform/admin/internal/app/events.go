package app

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"time"

	"erp/internal/platform/audit"
	"erp/internal/platform/database"
	"erp/internal/platform/fault"
)

// DeadLetter is background work that failed every time it was tried.
type DeadLetter struct {
	Module   string          `json:"module"`
	ID       int64           `json:"id"`
	Task     string          `json:"task" doc:"deliver-event for an event that a subscriber could not handle"`
	Payload  json.RawMessage `json:"payload,omitempty"`
	Error    string          `json:"error"`
	Attempts int             `json:"attempts"`
	At       time.Time       `json:"at" doc:"Of the last attempt"`
}

// DeadLetters is the list of them, the newest first.
type DeadLetters struct {
	Items   []DeadLetter `json:"items"`
	Missing []string     `json:"missing,omitempty" doc:"Modules that could not answer"`
}

// QueueCounts is how much work waits in which module.
type QueueCounts struct {
	Items []ModuleQueue `json:"items"`
}

// ModuleQueue is the background work of one module by state.
type ModuleQueue struct {
	Module string         `json:"module"`
	Counts map[string]int `json:"counts" doc:"Number of jobs by state: available, running, retryable, scheduled, completed, discarded, cancelled"`
	Error  string         `json:"error,omitempty" doc:"Set when the module could not answer"`
}

// DeadLetters lists what failed for good in every module.
func (a *App) DeadLetters(ctx context.Context) (DeadLetters, error) {
	out := DeadLetters{Items: []DeadLetter{}}
	for _, queue := range a.queues {
		dead, err := queue.Jobs.Dead(ctx)
		if err != nil {
			out.Missing = append(out.Missing, queue.Module)
			continue
		}
		for _, d := range dead {
			out.Items = append(out.Items, DeadLetter{
				Module: queue.Module, ID: d.ID, Task: d.Task, Payload: d.Payload, Error: d.Error, Attempts: d.Attempts, At: d.At,
			})
		}
	}
	slices.SortStableFunc(out.Items, func(x, y DeadLetter) int { return y.At.Compare(x.At) })
	return out, nil
}

// Queues counts the background work of every module.
func (a *App) Queues(ctx context.Context) (QueueCounts, error) {
	out := QueueCounts{Items: []ModuleQueue{}}
	for _, queue := range a.queues {
		counts, err := queue.Jobs.Counts(ctx)
		entry := ModuleQueue{Module: queue.Module, Counts: counts}
		if err != nil {
			entry.Counts, entry.Error = map[string]int{}, "does not answer"
		}
		out.Items = append(out.Items, entry)
	}
	return out, nil
}

// RetryDeadLetter queues the work again.
func (a *App) RetryDeadLetter(ctx context.Context, module string, letter int64) error {
	return a.settle(ctx, module, letter, "event.retry", func(q Queue) error { return q.Jobs.Retry(ctx, letter) })
}

// DropDeadLetter gives the work up for good.
func (a *App) DropDeadLetter(ctx context.Context, module string, letter int64) error {
	return a.settle(ctx, module, letter, "event.drop", func(q Queue) error { return q.Jobs.Drop(ctx, letter) })
}

// settle records who decided before the module's queue, which is another schema's, is told.
func (a *App) settle(ctx context.Context, module string, letter int64, action string, do func(Queue) error) error {
	i := slices.IndexFunc(a.queues, func(q Queue) bool { return q.Module == module })
	if i < 0 {
		return fault.New(fault.NotFound, "no-such-module", "There is no module %s here.", module)
	}
	if err := do(a.queues[i]); err != nil {
		return err
	}
	subject := fmt.Sprintf("%s/%d", module, letter)
	return a.db.Tx(ctx, func(_ context.Context, tx *database.Tx) error {
		return audit.Record(tx, audit.Entry{Action: action, Subject: "dead-letter", SubjectID: subject, Label: subject})
	})
}
