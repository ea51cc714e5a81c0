// Package saga carries a process of several steps to its end, whatever happens to the program: every step is done, or
// every step that was begun is undone, the last one first. State stands in the schema of the module whose business the
// process is; a step of that schema commits together with it, a step elsewhere is called with a key that makes twice
// once. It knows no module.
//
//	sell := saga.Define(engine, saga.Process[Sale]{Name: "invoice.sell-asset", Subject: "asset", Steps: []saga.Step[Sale]{...}})
//	...
//	begun, err = sell.Start(tx, saga.About{ID: "…", Label: "LT-0042"}, Sale{...}) // in the transaction of the use case
//	end, err := sell.Carry(ctx, begun)                                            // after it
package saga

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"erp/internal/platform/database"
	"erp/internal/platform/id"
	"erp/internal/platform/jobs"
)

// ID names one run of a process.
type ID = id.Of[Entry]

// Process is a deed of several steps about one record. S is what it knows; it is kept as JSON with every step.
type Process[S any] struct {
	Name    string // module and deed, "invoice.sell-asset"; it never changes, for runs of it may be open
	Subject string // the kind of record that it is about, "asset"
	Steps   []Step[S]
}

// Step is a deed and its opposite. Both may be called again after a crash and must then change nothing more. Undo must
// bear that Do had no effect, or only a part of it.
type Step[S any] struct {
	Name string // module and deed, "asset.reserve"
	Do   func(ctx context.Context, r *Run[S]) error
	Undo func(ctx context.Context, r *Run[S]) error // nil: there is nothing to undo

	// NoWayBack marks a step after which the process goes forward only: what fails then is tried again, and at last left
	// to a person, who may still turn it back.
	NoWayBack bool
}

// Run is a step under way. Data changes only what is kept; it is kept with the step.
type Run[S any] struct {
	Data S
	c    *carrying
}

// ID is the run that the step belongs to.
func (r *Run[S]) ID() ID { return r.c.r.ID }

// Key is the same whenever this step of this run is called, and for no other: the other module's idempotency key.
func (r *Run[S]) Key() string { return r.c.r.ID.String() + "/" + r.c.r.step().Name }

// Failure says why the process is being undone; nothing while it goes forward.
func (r *Run[S]) Failure() string { return r.c.r.Failure }

// Tx has the step's effect on the module's own schema and the fact that the step is done in one transaction. It is the
// last thing that a step does; a step that does not call it has its effect elsewhere.
func (r *Run[S]) Tx(ctx context.Context, effect func(ctx context.Context, tx *database.Tx) error) error {
	return r.c.settle(ctx, func(ctx context.Context, tx *database.Tx) error {
		if err := effect(ctx, tx); err != nil {
			return err
		}
		return r.keep()
	})
}

func (r *Run[S]) keep() error {
	data, err := json.Marshal(r.Data)
	if err != nil {
		return fmt.Errorf("keep what %s knows: %w", r.c.r.Name, err)
	}
	r.c.data = data
	return nil
}

// Answer keeps the answer of the request that began the process with the step that makes it true, so that the repeated
// request gets it, even when the program died in between and another one finished the work.
func Answer(ctx context.Context, tx *database.Tx, view any) error {
	key := database.KeyOf(ctx)
	if key == nil {
		return nil
	}
	first, err := key.Claim(ctx, tx)
	if err != nil || !first {
		return err
	}
	return key.Keep(tx, view)
}

// Engine carries the processes of one module.
type Engine struct {
	db        *database.DB
	now       func() time.Time
	processes map[string]*process
}

// New returns an engine over the module's schema, with a clock. It starts nothing.
func New(db *database.DB, now func() time.Time) *Engine {
	return &Engine{db: db, now: now, processes: map[string]*process{}}
}

// process is a Process whose steps keep their type to themselves.
type process struct {
	name, subject string
	steps         []step
}

type step struct {
	name      string
	noWayBack bool
	do, undo  func(ctx context.Context, c *carrying) error
}

// Defined is a process that an engine knows.
type Defined[S any] struct {
	engine  *Engine
	process *process
}

// Define makes a process known, before anything starts. Of two with the same name the later one counts.
func Define[S any](e *Engine, p Process[S]) Defined[S] {
	known := &process{name: p.Name, subject: p.Subject}
	for _, s := range p.Steps {
		known.steps = append(known.steps, step{name: s.Name, noWayBack: s.NoWayBack, do: deed(s.Do), undo: deed(s.Undo)})
	}
	e.processes[p.Name] = known
	return Defined[S]{engine: e, process: known}
}

func deed[S any](f func(context.Context, *Run[S]) error) func(context.Context, *carrying) error {
	if f == nil {
		return nil
	}
	return func(ctx context.Context, c *carrying) error {
		run := &Run[S]{c: c}
		if err := json.Unmarshal(c.r.data, &run.Data); err != nil {
			return fmt.Errorf("read what %s knows: %w", c.r.Name, err)
		}
		if err := f(ctx, run); err != nil || c.moved {
			return err
		}
		return run.keep()
	}
}

// carryTask is the job that carries one run on.
const carryTask = "carry-process"

// lookEvery is how often somebody looks for runs that nobody carries on.
const lookEvery = 10 * time.Second

// Schedule lets the module's queue carry on what waits, what was begun by an event, and what a crash has left.
func (e *Engine) Schedule(s *jobs.Scheduler) {
	s.Handle(carryTask, func(ctx context.Context, payload json.RawMessage) error {
		var which ID
		if err := json.Unmarshal(payload, &which); err != nil {
			return fmt.Errorf("read which process: %w", err)
		}
		return e.resume(ctx, which)
	})
	s.Every("carry-processes", lookEvery, e.Resume)
}
