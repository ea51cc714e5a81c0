package saga

import (
	"context"
	"errors"
	"fmt"
	"time"

	"erp/internal/platform/auth"
	"erp/internal/platform/database"
	"erp/internal/platform/fault"
)

const (
	stepTimeout = 10 * time.Second            // a step that takes longer is a failed one
	lease       = stepTimeout + 5*time.Second // a run that nobody touched for this long belongs to a program that is gone
	maxAttempts = 12                          // about an hour of tries; then a person decides
	maxPause    = 10 * time.Minute
)

// carrying is somebody who carries a run on. Every write checks that nobody else took the run meanwhile.
type carrying struct {
	engine *Engine
	r      record // as it was committed last
	data   []byte // what the step at hand made of the run's data
	moved  bool   // the step at hand was recorded in its own transaction
	cause  error  // what the first failed try came back with
}

// Resume carries on every run that is due and that nobody works on.
func (e *Engine) Resume(ctx context.Context) error {
	due, err := e.due(ctx)
	if err != nil {
		return err
	}
	var problems []error
	for _, which := range due {
		problems = append(problems, e.resume(ctx, which))
	}
	return errors.Join(problems...)
}

// resume takes the run, unless somebody has it, and carries it on as the program itself, with the key of the request
// that began it.
func (e *Engine) resume(ctx context.Context, which ID) error {
	r, taken, err := e.take(ctx, which)
	if err != nil || !taken {
		return err
	}
	ctx = auth.WithSystem(ctx, r.Name)
	if r.key != "" {
		ctx = database.WithIdempotency(ctx, &database.Idempotency{Principal: r.principal, Key: r.key, Fingerprint: r.fingerprint})
	}
	return (&carrying{engine: e, r: r, data: r.data}).carry(ctx)
}

// carry goes on until the run has ended or has to wait. A context that ends is like a crash: nothing is written any more.
// An error says that the run's state could not be written or read; what a step failed with is kept in the run.
func (c *carrying) carry(ctx context.Context) error {
	for !c.r.State.Ended() && !c.r.idle() {
		if err := ctx.Err(); err != nil {
			return fmt.Errorf("carry %s on: %w", c.r.Name, err)
		}
		if err := c.next(ctx); err != nil {
			return err
		}
	}
	return nil
}

func (c *carrying) next(ctx context.Context) error {
	c.moved, c.data = false, c.r.data
	err := c.perform(ctx)
	switch {
	case c.moved:
		return nil
	case ctx.Err() != nil:
		return fmt.Errorf("carry %s on: %w", c.r.Name, ctx.Err())
	case err == nil:
		err = c.settle(ctx, nil)
	}
	switch {
	case err == nil, errors.Is(err, errElsewhere):
		return err
	case errors.Is(err, ErrOpen) && !c.r.Back:
		return c.leaveOpen(ctx)
	}
	return c.fail(ctx, err)
}

// perform does the step at hand, or undoes it. A crash in the middle of it too counts as a try.
func (c *carrying) perform(ctx context.Context) error {
	if c.r.attempts > maxAttempts {
		return fault.New(fault.Conflict, "step-never-ended", "%s was begun %d times and never ended.", c.r.step().Name, maxAttempts)
	}
	known, ok := c.engine.stepOf(&c.r)
	if !ok {
		return fault.New(fault.Conflict, "step-unknown", "This version of the program does not know the step %s of %s.", c.r.step().Name, c.r.Name)
	}
	act := known.do
	if c.r.Back {
		act = known.undo
	}
	if act == nil {
		return nil
	}
	ctx, cancel := context.WithTimeout(ctx, stepTimeout)
	defer cancel()
	return act(ctx, c)
}

// settle commits the effect, if there is one in this schema, together with the fact that the step at hand is settled.
func (c *carrying) settle(ctx context.Context, effect func(ctx context.Context, tx *database.Tx) error) error {
	e := c.engine
	var next record
	err := e.db.Tx(ctx, func(ctx context.Context, tx *database.Tx) error {
		r, err := e.mine(ctx, tx, &c.r)
		if err != nil {
			return err
		}
		if r.position != c.r.position || r.Back != c.r.Back {
			return errMoved
		}
		if effect != nil {
			if err := effect(ctx, tx); err != nil {
				return err
			}
		}
		now := e.now()
		r.data = c.data
		r.advance(now, now.Add(lease))
		next = r
		return e.save(tx, &next)
	})
	if err == nil {
		c.r, c.moved = next, true
	}
	return err
}

// fail decides what becomes of a run whose step at hand failed. A commit whose answer was lost may have recorded the step
// after all; then the run goes on from there.
func (c *carrying) fail(ctx context.Context, cause error) error {
	e := c.engine
	var next record
	moved := false
	err := e.db.Tx(ctx, func(ctx context.Context, tx *database.Tx) error {
		r, err := e.mine(ctx, tx, &c.r)
		if err != nil {
			return err
		}
		next, moved = r, r.position != c.r.position || r.Back != c.r.Back
		if moved {
			return nil
		}
		e.failed(&next, cause)
		return e.save(tx, &next)
	})
	if err != nil {
		return errors.Join(cause, err)
	}
	c.r = next
	if !moved && c.cause == nil {
		c.cause = cause
	}
	return nil
}

// failed turns a run back at its first failure. Where there is no way back, and on the way back itself, what may pass is
// tried again, and what was refused waits for a person.
func (e *Engine) failed(r *record, cause error) {
	now, s := e.now(), r.step()
	s.State, s.Error, s.Attempts, s.At = StepFailed, cause.Error(), r.attempts, now
	r.UpdatedAt = now
	if !r.Back && !e.pastReturn(r) {
		r.turnBack(cause.Error(), now, now.Add(lease))
		return
	}
	if refused(cause) || r.attempts >= maxAttempts {
		r.State = Stuck
		if !r.Back || r.Failure == "" {
			r.Failure = cause.Error()
		}
		return
	}
	r.dueAt = now.Add(min(time.Second<<(r.attempts-1), maxPause))
}

// refused tells a no from a silence.
func refused(err error) bool {
	kind := fault.KindOf(err)
	return kind != fault.Internal && kind != fault.Unavailable
}

// pastReturn reports whether a step without a way back is done.
func (e *Engine) pastReturn(r *record) bool {
	known, ok := e.processes[r.Name]
	if !ok {
		return true // a person decides
	}
	for _, done := range r.Steps[:r.position] {
		for _, s := range known.steps {
			if s.name == done.Name && s.noWayBack {
				return true
			}
		}
	}
	return false
}

func (e *Engine) stepOf(r *record) (step, bool) {
	known, ok := e.processes[r.Name]
	if !ok {
		return step{}, false
	}
	for _, s := range known.steps {
		if s.name == r.step().Name {
			return s, true
		}
	}
	return step{}, false
}
