package bulk

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"erp/internal/platform/auth"
	"erp/internal/platform/database"
	"erp/internal/platform/fault"
	"erp/internal/platform/jobs"
	"erp/internal/platform/telemetry"
)

const (
	chunkSize   = 25                         // records that one transaction changes
	refusedSize = 500                        // records that one transaction notes as refused, when all of them are
	chunkTakes  = 10 * time.Second           // a transaction that takes longer is a failed one
	lease       = chunkTakes + 5*time.Second // a job that nobody touched for this long belongs to a program that is gone
	waits       = 5 * time.Second            // until what does not answer is asked again
	maxAttempts = 5                          // at a record that fails for no reason that anybody knows
)

// Resume carries on every job that is due and that nobody works on.
func (e *Engine) Resume(ctx context.Context) error {
	due, err := e.due(ctx)
	if err != nil {
		return err
	}
	var problems []error
	for _, which := range due {
		if err := e.carryNow(ctx, which); !errors.Is(err, errBusy) {
			problems = append(problems, err)
		}
	}
	return errors.Join(problems...)
}

var errBusy = errors.New("other jobs are being carried on") //nolint:gochecknoglobals // because it is a constant

// carryNow carries the job on if there is a place for it; it waits in the queue otherwise.
func (e *Engine) carryNow(ctx context.Context, which ID) error {
	select {
	case e.places <- struct{}{}:
		defer func() { <-e.places }()
		return e.carry(ctx, which)
	default:
		return jobs.Postpone(errBusy)
	}
}

// carry takes the job, unless somebody has it, and goes on until it has ended, has to wait, or others should have their turn.
func (e *Engine) carry(ctx context.Context, which ID) error {
	r, taken, err := e.take(ctx, which)
	if err != nil || !taken {
		return err
	}
	ctx = telemetry.WithRequest(ctx, telemetry.Request{ID: r.requestID, IP: r.ip})
	for r.State == Running && r.WaitsFor == "" {
		if end, limited := ctx.Deadline(); limited && time.Until(end) < chunkTakes {
			return e.handOn(ctx, &r)
		}
		err := e.next(ctx, &r)
		switch {
		case errors.Is(err, errElsewhere): // it was cancelled, or somebody else took it
			return nil
		case ctx.Err() != nil: // the program stops
			e.release(context.WithoutCancel(ctx), &r)
			return fmt.Errorf("carry %s on: %w", r.Action, ctx.Err())
		case err != nil:
			return err
		}
	}
	return nil
}

// handOn puts the job at the end of the queue.
func (e *Engine) handOn(ctx context.Context, r *record) error {
	return e.db.Tx(ctx, func(ctx context.Context, tx *database.Tx) error {
		mine, err := e.mine(ctx, tx, r)
		if err != nil {
			return err
		}
		mine.dueAt = e.now()
		e.save(tx, &mine)
		return jobs.Enqueue(tx, carryTask, r.ID)
	})
}

// next settles the records that come next, in one transaction. When that fails, each of them is tried alone, so that one
// that cannot be done keeps no other from it.
func (e *Engine) next(ctx context.Context, r *record) error {
	limited, cancel := context.WithTimeout(ctx, chunkTakes)
	defer cancel()
	acting, ready, size, err := e.prepare(limited, r)
	if err == nil {
		if r.attempts > 0 {
			size = 1
		}
		err = e.settle(acting, r, size, ready.Do)
		if err == nil || errors.Is(err, errElsewhere) || ctx.Err() != nil {
			return err
		}
		if size > 1 {
			r.attempts = 1
			return nil
		}
	}
	return e.failed(ctx, r, err)
}

// prepare lets the person act. Who may not, any more, has every record refused; so has an action that became impossible.
func (e *Engine) prepare(ctx context.Context, r *record) (context.Context, Prepared, int, error) {
	known, ok := e.actions[r.Action]
	if !ok {
		return ctx, Prepared{}, 0, fault.New(fault.Unavailable, "action-unknown", "This version of the program does not know how to do %s.", r.Action)
	}
	acting, err := e.standing.Act(ctx, r.who, r.Action)
	ready := Prepared{}
	if err == nil {
		ready, err = known(acting, r.input)
	}
	if refused(err) {
		return ctx, Prepared{Do: refuse(err)}, refusedSize, nil
	}
	return acting, ready, chunkSize, err
}

func refuse(err error) func(context.Context, *database.Tx, string) (bool, error) {
	return func(context.Context, *database.Tx, string) (bool, error) { return false, err }
}

// settle does the next records and notes what became of them, if the job is still the caller's.
func (e *Engine) settle(ctx context.Context, r *record, size int, do func(context.Context, *database.Tx, string) (bool, error)) error {
	var next record
	err := e.db.Tx(ctx, func(ctx context.Context, tx *database.Tx) error {
		mine, err := e.mine(ctx, tx, r)
		if err != nil {
			return err
		}
		rows, err := e.waiting(ctx, tx, &mine, size)
		if err != nil {
			return err
		}
		// In order of id, as others lock many: two changes of many never wait for each other in a circle.
		slices.SortFunc(rows, func(a, b Result) int { return strings.Compare(a.SubjectID, b.SubjectID) })
		for i := range rows {
			changed, err := do(ctx, tx, rows[i].SubjectID)
			switch {
			case refused(err):
				rows[i].Outcome, rows[i].Reason = RowRefused, reason(err)
			case err != nil:
				return fmt.Errorf("%s, row %d of %s: %w", r.Action, rows[i].N, r.ID, err)
			case changed:
				rows[i].Outcome = RowChanged
			default:
				rows[i].Outcome = RowUnchanged
			}
		}
		now := e.now()
		mine.advance(rows, now, now.Add(lease))
		e.save(tx, &mine)
		e.saveRows(tx, mine.ID, rows)
		next = mine
		return nil
	})
	if err == nil {
		*r = next
	}
	return err
}

// failed decides what becomes of a record that could not be done: what does not answer is asked again, however long that
// takes; what the server refused is refused; what fails for no known reason is tried a few times.
func (e *Engine) failed(ctx context.Context, r *record, cause error) error {
	system := auth.WithSystem(ctx, r.Action)
	if refused(cause) || r.attempts >= maxAttempts {
		return e.settle(system, r, 1, refuse(fault.New(fault.Conflict, "not-done", "%s", reason(cause))))
	}
	silent := fault.Is(cause, fault.Unavailable)
	err := e.db.Tx(system, func(ctx context.Context, tx *database.Tx) error {
		mine, err := e.mine(ctx, tx, r)
		if err != nil {
			return err
		}
		now := e.now()
		mine.UpdatedAt, mine.WaitsFor, mine.dueAt, mine.attempts = now, reason(cause), now.Add(waits), r.attempts
		if !silent {
			mine.attempts++
			mine.dueAt = now.Add(time.Second << mine.attempts)
		}
		e.save(tx, &mine)
		*r = mine
		return nil
	})
	if silent {
		return err
	}
	return errors.Join(cause, err)
}

// refused tells a no from a silence and from a defect.
func refused(err error) bool {
	kind := fault.KindOf(err)
	return err != nil && kind != fault.Internal && kind != fault.Unavailable && kind != fault.TooMany
}

// reason is a refusal in one sentence; of a defect nothing leaves the process.
func reason(err error) string {
	no, ok := errors.AsType[*fault.Error](err)
	switch {
	case !ok:
		return "This could not be done because of a fault in the program; the log says more."
	case no.Kind == fault.Invalid && len(no.Fields) > 0:
		return no.Fields[0].Location + " " + no.Fields[0].Message
	default:
		return no.Message
	}
}
