package saga

import (
	"context"
	"errors"
	"time"

	"erp/internal/platform/database"
	"erp/internal/platform/fault"
)

// ErrOpen is what a step fails with that waits for somebody outside the process. The run then rests, for as long as that
// takes, until the module lets it go on or turns it back. It counts as no failure.
var ErrOpen = errors.New("waits for somebody")

// restsFor is how long nobody looks at a run that waits for somebody: longer than any installation lives.
const restsFor = 100 * 365 * 24 * time.Hour

// leaveOpen records that the step at hand waits for somebody.
func (c *carrying) leaveOpen(ctx context.Context) error {
	e := c.engine
	var next record
	err := e.db.Tx(ctx, func(ctx context.Context, tx *database.Tx) error {
		r, err := e.mine(ctx, tx, &c.r)
		if err != nil {
			return err
		}
		now, s := e.now(), r.step()
		s.State, s.Error, s.Attempts, s.At = StepOpen, "", 0, now
		r.attempts, r.dueAt, r.UpdatedAt = 0, now.Add(restsFor), now
		next = r
		return e.save(tx, &next)
	})
	if err == nil {
		c.r = next
	}
	return err
}

// Open is the run about the record that waits for somebody; NotFound when none does.
func (d Defined[S]) Open(ctx context.Context, subjectID string) (End[S], error) {
	r, err := d.engine.last(ctx, d.process.name, subjectID)
	if err == nil && !r.waits() {
		err = notFound()
	}
	if err != nil {
		return End[S]{}, err
	}
	return d.end(&r)
}

// GoOn has the step that waits tried again, by whom the transaction belongs to: its request gets the answer.
func (d Defined[S]) GoOn(ctx context.Context, tx *database.Tx, which ID) (Begun, error) {
	return d.wake(ctx, tx, which, func(r *record, now, until time.Time) { r.begin(now, until) })
}

// GiveUp turns back a run that waits.
func (d Defined[S]) GiveUp(ctx context.Context, tx *database.Tx, which ID, why string) (Begun, error) {
	return d.wake(ctx, tx, which, func(r *record, now, until time.Time) { r.turnBack(why, now, until) })
}

func (d Defined[S]) wake(ctx context.Context, tx *database.Tx, which ID, how func(r *record, now, until time.Time)) (Begun, error) {
	r, err := d.engine.lock(ctx, tx, which)
	switch {
	case err != nil:
		return Begun{}, err
	case !r.waits():
		return Begun{}, fault.New(fault.Conflict, "process-not-open", "%s of %s waits for nobody; look again at how far it is.", r.Name, r.Label)
	}
	now := d.engine.now()
	r.turn++
	how(&r, now, now.Add(lease))
	if err := d.engine.save(tx, &r); err != nil {
		return Begun{}, err
	}
	if key := database.KeyOf(tx.Context()); key != nil {
		tx.Queue(`UPDATE process SET principal = $2, key = $3, fingerprint = $4 WHERE id = $1`, r.ID.String(), key.Principal, key.Key, key.Fingerprint)
	}
	return Begun{ID: r.ID, turn: r.turn}, nil
}

// waits reports that the step at hand waits for somebody.
func (r *record) waits() bool { return r.State == Running && r.step().State == StepOpen }
