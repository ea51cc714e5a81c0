// Package jobs runs work later, again and on a schedule, with the queue in the
// module's own schema: what a transaction enqueues exists exactly when it commits.
// Only this package knows River. It knows no module.
package jobs

import (
	"context"
	"encoding/json"
	"fmt"
	"log/slog"
	"sync"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/riverqueue/river"
	"github.com/riverqueue/river/riverdriver/riverpgxv5"

	"erp/internal/platform/database"
)

// Bounds of the queue of one module. A job that a killed process left running is
// taken up again after rescueAfter.
const (
	maxWorkers    = 8
	fetchCooldown = 10 * time.Millisecond
	pollInterval  = time.Second
	jobTimeout    = 25 * time.Second
	rescueAfter   = 30 * time.Second
	maxAttempts   = 12
)

// What waits for hosts elsewhere has a queue of its own, so that slow ones keep nothing else waiting.
const (
	outside        = "outside"
	outsideWorkers = 4
)

// Func does one piece of work. Its error is kept and the work tried again later.
type Func func(ctx context.Context, payload json.RawMessage) error

// Scheduler runs the jobs of one module.
type Scheduler struct {
	db       *database.DB
	log      *slog.Logger
	console  *river.Client[pgx.Tx] // lists, retries and drops; works nothing
	waker    *waker
	mu       sync.Mutex
	handlers map[string]Func
	timeouts map[string]time.Duration // of those that may take longer than jobTimeout
	outside  bool
	periodic []*river.PeriodicJob
	worker   *river.Client[pgx.Tx]
}

type schedulerKey struct{}

// New prepares the scheduler of the schema behind db; Start lets it work.
func New(db *database.DB, log *slog.Logger) (*Scheduler, error) {
	console, err := river.NewClient(riverpgxv5.New(db.Pool()), &river.Config{Schema: db.Schema(), Logger: quiet(log)})
	if err != nil {
		return nil, fmt.Errorf("open job queue: %w", err)
	}
	s := &Scheduler{db: db, log: log, console: console, waker: newWaker(db, log), handlers: map[string]Func{}, timeouts: map[string]time.Duration{}}
	db.Attach(schedulerKey{}, s)
	return s, nil
}

// Handle says how jobs of that name are done. All are named before Start.
func (s *Scheduler) Handle(name string, f Func) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.handlers[name] = f
}

// HandleOutside says how jobs of that name are done that were enqueued by EnqueueOutside.
func (s *Scheduler) HandleOutside(name string, f Func) {
	s.Handle(name, f)
	s.mu.Lock()
	defer s.mu.Unlock()
	s.outside = true
}

// HandleLong says how jobs of that name are done, which may take so long. One that a killed process left is taken up again
// only after that time.
func (s *Scheduler) HandleLong(name string, limit time.Duration, f Func) {
	s.Handle(name, f)
	s.mu.Lock()
	defer s.mu.Unlock()
	s.timeouts[name] = limit
}

// Every runs f at start and then once per interval, on one replica only.
func (s *Scheduler) Every(name string, interval time.Duration, f func(ctx context.Context) error) {
	s.Handle(name, func(ctx context.Context, _ json.RawMessage) error { return f(ctx) })
	s.mu.Lock()
	defer s.mu.Unlock()
	s.periodic = append(s.periodic, river.NewPeriodicJob(river.PeriodicInterval(interval),
		func() (river.JobArgs, *river.InsertOpts) {
			return task{Name: name}, &river.InsertOpts{MaxAttempts: 3, UniqueOpts: river.UniqueOpts{ByArgs: true, ByPeriod: max(time.Second, interval/2)}}
		}, &river.PeriodicJobOpts{RunOnStart: true}))
}

// Start begins to work the queue. Stop before the database closes.
func (s *Scheduler) Start(ctx context.Context) error {
	workers := river.NewWorkers()
	river.AddWorker(workers, &taskWorker{scheduler: s})
	client, err := river.NewClient(riverpgxv5.New(s.db.Pool()), &river.Config{
		Schema:               s.db.Schema(),
		Logger:               quiet(s.log),
		Queues:               s.queues(),
		Workers:              workers,
		PeriodicJobs:         s.periodic,
		FetchCooldown:        fetchCooldown,
		FetchPollInterval:    pollInterval,
		JobTimeout:           jobTimeout,
		RescueStuckJobsAfter: rescueAfter,
		ReindexerSchedule:    river.NeverSchedule(), // the runtime role may not rebuild indexes
		MaxAttempts:          maxAttempts,
		RetryPolicy:          backoff{},
		ErrorHandler:         &reporter{log: s.log},
	})
	if err != nil {
		return fmt.Errorf("open job queue of %s: %w", s.db.Schema(), err)
	}
	if err := client.Start(ctx); err != nil {
		return fmt.Errorf("start job queue of %s: %w", s.db.Schema(), err)
	}
	s.worker = client
	s.waker.start()
	return nil
}

func (s *Scheduler) queues() map[string]river.QueueConfig {
	s.mu.Lock()
	defer s.mu.Unlock()
	queues := map[string]river.QueueConfig{river.QueueDefault: {MaxWorkers: maxWorkers}}
	if s.outside {
		queues[outside] = river.QueueConfig{MaxWorkers: outsideWorkers}
	}
	return queues
}

// Stop lets running jobs end until ctx does; those cut off are taken up again later.
func (s *Scheduler) Stop(ctx context.Context) error {
	s.waker.stop()
	if s.worker == nil {
		return nil
	}
	soft, cancel := context.WithTimeout(ctx, 5*time.Second)
	defer cancel()
	if s.worker.Stop(soft) == nil {
		return nil
	}
	if err := s.worker.StopAndCancel(ctx); err != nil {
		return fmt.Errorf("stop job queue of %s: %w", s.db.Schema(), err)
	}
	return nil
}

// Enqueue adds a job to the transaction's own schema. The row travels with the COMMIT,
// so enqueueing costs no round trip.
func Enqueue(tx *database.Tx, name string, payload any) error {
	args, err := arguments(name, payload)
	if err != nil {
		return err
	}
	tx.Queue(`INSERT INTO river_job (args, kind, max_attempts, queue, state) VALUES ($1, $2, $3, $4, 'available')`,
		args, task{}.Kind(), maxAttempts, river.QueueDefault)
	if s, ok := tx.Of().Attached(schedulerKey{}).(*Scheduler); ok {
		tx.AfterCommit(s.waker.wake)
	}
	return nil
}

// EnqueueOutside adds a job that calls hosts elsewhere, to be done after the pause. It begins within a second or, after a
// pause, within a few.
func EnqueueOutside(tx *database.Tx, name string, payload any, pause time.Duration) error {
	args, err := arguments(name, payload)
	if err != nil {
		return err
	}
	state := "available"
	if pause > 0 {
		state = "scheduled"
	}
	tx.Queue(`INSERT INTO river_job (args, kind, max_attempts, queue, state, scheduled_at) VALUES ($1, $2, $3, $4, $5::text::river_job_state, now() + $6)`,
		args, task{}.Kind(), maxAttempts, outside, state, pause)
	return nil
}

func arguments(name string, payload any) ([]byte, error) {
	body, err := json.Marshal(payload)
	if err != nil {
		return nil, fmt.Errorf("enqueue %s: %w", name, err)
	}
	args, err := json.Marshal(task{Name: name, Payload: body})
	if err != nil {
		return nil, fmt.Errorf("enqueue %s: %w", name, err)
	}
	return args, nil
}
