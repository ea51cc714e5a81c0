package bulk

import (
	"context"
	"encoding/json"
	"fmt"

	"erp/internal/platform/auth"
	"erp/internal/platform/database"
	"erp/internal/platform/fault"
	"erp/internal/platform/id"
	"erp/internal/platform/jobs"
	"erp/internal/platform/telemetry"
)

// maxOpen is how many jobs of a module one person may have under way.
const maxOpen = 5

// Start begins a job in the transaction of the use case; nothing of it happens before that commits. It is a Conflict for
// no records at all, and for somebody who has several under way.
func (d Defined[I]) Start(tx *database.Tx, in I, target string, subjects []Subject) (Job, error) {
	ctx, e := tx.Context(), d.engine
	input, err := json.Marshal(in)
	if err != nil {
		return Job{}, fmt.Errorf("start %s: %w", d.Name, err)
	}
	who, request := auth.From(ctx), telemetry.RequestOf(ctx)
	if len(subjects) == 0 {
		return Job{}, fault.New(fault.Conflict, "nothing-selected", "Nothing matches the selection any more, so that there is nothing to do; look at the list again.")
	}
	open, err := e.open(ctx, tx, who.UserID)
	if err != nil {
		return Job{}, err
	}
	if open >= maxOpen {
		return Job{}, fault.New(fault.Conflict, "too-many-bulk-jobs", "%d of your bulk actions are under way; wait until one has ended, or cancel one.", open)
	}
	now := e.now()
	r := record{input: input, who: who, requestID: request.ID, ip: request.IP, dueAt: now, Job: Job{
		ID: id.New[Job](), Action: d.Name, Target: target, State: Running, Total: len(subjects), StartedAt: now, UpdatedAt: now,
	}}
	if err := e.insert(tx, &r, subjects); err != nil {
		return Job{}, err
	}
	return r.Job, jobs.Enqueue(tx, carryTask, r.ID)
}

// Cancel ends the caller's job before its next record; what was done stays done. One that has ended already stays as it is.
func (e *Engine) Cancel(ctx context.Context, tx *database.Tx, which ID) (before, after Job, err error) {
	r, err := e.lock(ctx, tx, which)
	if err == nil && r.who.UserID != auth.From(ctx).UserID {
		err = notFound()
	}
	if err != nil || r.State != Running {
		return r.Job, r.Job, err
	}
	before = r.Job
	now := e.now()
	r.State, r.EndedAt, r.UpdatedAt, r.WaitsFor = Cancelled, now, now, ""
	r.turn++
	e.save(tx, &r)
	tx.Queue(`UPDATE bulk_row SET outcome = 'cancelled' WHERE job_id = $1 AND outcome = 'waiting'`, r.ID.String())
	return before, r.Job, nil
}
