// Package bulk does one action on many records in the background, in the name of the person who began it: in small
// transactions, each with the outcomes of its records, so that a killed program goes on where it was and does no record
// twice. Whether the person may is asked again for every transaction. It knows no module.
//
//	move := bulk.Define(engine, bulk.Action[Move]{Name: "asset.move", Prepare: ...})
//	...
//	ready, err := move.Prepare(ctx, in)                        // says no before anything begins
//	job, err := move.Start(tx, in, ready.Target, subjects)     // in the transaction of the use case
package bulk

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"erp/internal/platform/auth"
	"erp/internal/platform/database"
	"erp/internal/platform/id"
	"erp/internal/platform/jobs"
)

// MaxRows is how many records one job takes.
const MaxRows = 10_000

// ID names a job.
type ID = id.Of[Job]

// Subject is a record to be changed.
type Subject struct {
	ID    string
	Label string // as people know it: "LT-0042 Laptop"; empty when the person may not see it
}

// Action is what can be done to many records. I is what the person says about it; it is kept with the job as JSON.
type Action[I any] struct {
	Name string // module and deed, "asset.move"; it never changes, for jobs of it may be open

	// Prepare asks whatever lies outside of the transaction, in the name of the person: whether they may, how far they
	// reach, what peers say. It is asked before a job begins, and again before each of its transactions.
	Prepare func(ctx context.Context, in I) (Prepared, error)
}

// Prepared is an action that can be done.
type Prepared struct {
	Target string // in words: where to, whom to
	// Do changes one record in the transaction; false when it is so already. A refusal is the outcome of this record
	// alone, and nothing of it may be queued on the transaction by then.
	Do func(ctx context.Context, tx *database.Tx, subjectID string) (changed bool, err error)
}

// Engine carries the jobs of one module.
type Engine struct {
	db       *database.DB
	standing auth.Standing
	now      func() time.Time
	actions  map[string]func(ctx context.Context, input json.RawMessage) (Prepared, error)
	places   chan struct{}
}

// atOnce is how many jobs of a module this process works on at the same time: most of the queue's workers are left to
// what does not take long.
const atOnce = 2

// New returns an engine over the module's schema that asks there what people may do, with a clock. It starts nothing.
func New(db *database.DB, standing auth.Standing, now func() time.Time) *Engine {
	return &Engine{
		db: db, standing: standing, now: now, places: make(chan struct{}, atOnce),
		actions: map[string]func(context.Context, json.RawMessage) (Prepared, error){},
	}
}

// Defined is an action that an engine knows.
type Defined[I any] struct {
	engine *Engine
	Action[I]
}

// Define makes an action known, before anything starts.
func Define[I any](e *Engine, a Action[I]) Defined[I] {
	e.actions[a.Name] = func(ctx context.Context, input json.RawMessage) (Prepared, error) {
		var in I
		if err := json.Unmarshal(input, &in); err != nil {
			return Prepared{}, fmt.Errorf("read what %s is to do: %w", a.Name, err)
		}
		return a.Prepare(ctx, in)
	}
	return Defined[I]{engine: e, Action: a}
}

const (
	carryTask   = "carry-bulk-job"
	lookEvery   = 10 * time.Second
	forgetEvery = time.Hour
	// KeptFor is how long people can look at what became of a job that has ended.
	KeptFor = 30 * 24 * time.Hour
)

// Schedule lets the module's queue carry jobs on, and look for what a crash has left.
func (e *Engine) Schedule(s *jobs.Scheduler) {
	s.Handle(carryTask, func(ctx context.Context, payload json.RawMessage) error {
		var which ID
		if err := json.Unmarshal(payload, &which); err != nil {
			return fmt.Errorf("read which job: %w", err)
		}
		return e.carryNow(ctx, which)
	})
	s.Every("carry-bulk-jobs", lookEvery, e.Resume)
	s.Every("forget-bulk-jobs", forgetEvery, e.forget)
}
