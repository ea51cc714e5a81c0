package jobs

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"github.com/riverqueue/river"
	"github.com/riverqueue/river/rivertype"

	"erp/internal/platform/database"
	"erp/internal/platform/fault"
)

// Console is what somebody may see and decide of a module's queue, near or far.
type Console struct {
	Dead   func(ctx context.Context) ([]Dead, error)
	Counts func(ctx context.Context) (map[string]int, error)
	Retry  func(ctx context.Context, job int64) error
	Drop   func(ctx context.Context, job int64) error
}

// Console is the queue as the console has it.
func (s *Scheduler) Console() Console {
	return Console{Dead: s.Dead, Counts: s.Counts, Retry: s.Retry, Drop: s.Drop}
}

// Dead is a job that failed every attempt.
type Dead struct {
	ID       int64           `json:"id"`
	Task     string          `json:"task"`
	Payload  json.RawMessage `json:"payload"`
	Error    string          `json:"error"`
	Attempts int             `json:"attempts"`
	At       time.Time       `json:"at"`
}

// maxDead bounds the list: with more, something is broken for all of them.
const maxDead = 200

// Dead lists the newest dead jobs of the module.
func (s *Scheduler) Dead(ctx context.Context) ([]Dead, error) {
	list, err := s.console.JobList(ctx, river.NewJobListParams().
		States(rivertype.JobStateDiscarded).OrderBy(river.JobListOrderByID, river.SortOrderDesc).First(maxDead))
	if err != nil {
		return nil, fmt.Errorf("list dead jobs: %w", database.Fault(err))
	}
	out := make([]Dead, len(list.Jobs))
	for i, j := range list.Jobs {
		out[i] = dead(j)
	}
	return out, nil
}

func dead(j *rivertype.JobRow) Dead {
	d := Dead{ID: j.ID, Attempts: j.Attempt, At: j.CreatedAt}
	var t task
	if json.Unmarshal(j.EncodedArgs, &t) == nil {
		d.Task, d.Payload = t.Name, t.Payload
	}
	if n := len(j.Errors); n > 0 {
		d.Error, d.At = j.Errors[n-1].Error, j.Errors[n-1].At
	}
	return d
}

// Retry queues a dead job again.
func (s *Scheduler) Retry(ctx context.Context, jobID int64) error {
	if err := s.mustBeDead(ctx, jobID); err != nil {
		return err
	}
	_, err := s.console.JobRetry(ctx, jobID)
	return consoleFault(err)
}

// Drop removes a dead job for good.
func (s *Scheduler) Drop(ctx context.Context, jobID int64) error {
	if err := s.mustBeDead(ctx, jobID); err != nil {
		return err
	}
	_, err := s.console.JobDelete(ctx, jobID)
	return consoleFault(err)
}

func (s *Scheduler) mustBeDead(ctx context.Context, jobID int64) error {
	job, err := s.console.JobGet(ctx, jobID)
	if err != nil {
		return consoleFault(err)
	}
	if job.State != rivertype.JobStateDiscarded {
		return fault.New(fault.Conflict, "job-not-dead", "This job is not dead any more; reload the list.")
	}
	return nil
}

func consoleFault(err error) error {
	if errors.Is(err, rivertype.ErrNotFound) {
		return fault.New(fault.NotFound, "no-such-job", "There is no such dead letter; it may have been dropped already.")
	}
	return database.Fault(err)
}

// Counts are the numbers of jobs by state, for the health page.
func (s *Scheduler) Counts(ctx context.Context) (map[string]int, error) {
	rows, err := s.db.Pool().Query(ctx, `SELECT state::text, count(*) FROM river_job GROUP BY 1`)
	if err != nil {
		return nil, fmt.Errorf("count jobs: %w", database.Fault(err))
	}
	defer rows.Close()
	out := map[string]int{}
	for rows.Next() {
		var state string
		var n int
		if err := rows.Scan(&state, &n); err != nil {
			return nil, fmt.Errorf("count jobs: %w", err)
		}
		out[state] = n
	}
	return out, database.Fault(rows.Err())
}
