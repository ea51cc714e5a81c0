package saga

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"erp/internal/platform/auth"
	"erp/internal/platform/database"
	"erp/internal/platform/fault"
	"erp/internal/platform/id"
	"erp/internal/platform/jobs"
)

// About is the record that a run is about.
type About struct {
	ID    string
	Label string // as people know it: "LT-0042 Laptop"
}

// Begun is a run that its starter carries on right away.
type Begun struct {
	ID   ID
	turn int
}

// End is how far a run came when its carrier let go of it.
type End[S any] struct {
	Entry
	Data S
}

// Start begins a run in the transaction of the use case; nothing of it happens before that commits. While one about the
// same record is open, another is a Conflict, found at the commit at the latest.
func (d Defined[S]) Start(tx *database.Tx, about About, data S) (Begun, error) {
	known, err := json.Marshal(data)
	if err != nil {
		return Begun{}, fmt.Errorf("start %s: %w", d.process.name, err)
	}
	now := d.engine.now()
	r := record{turn: 1, data: known, Entry: Entry{
		ID: id.New[Entry](), Name: d.process.name, Subject: d.process.subject, SubjectID: about.ID, Label: about.Label,
		State: Running, StartedBy: auth.From(tx.Context()).Label(), StartedAt: now,
	}}
	for _, s := range d.process.steps {
		r.Steps = append(r.Steps, StepEntry{Name: s.name, State: StepWaiting})
	}
	r.begin(now, now.Add(lease))
	if key := database.KeyOf(tx.Context()); key != nil {
		r.principal, r.key, r.fingerprint = key.Principal, key.Key, key.Fingerprint
	}
	return Begun{ID: r.ID, turn: r.turn}, d.engine.insert(tx, &r)
}

// Carry carries on what its caller has begun, until it has ended or has to wait, and gives back what it failed with. When
// the state itself cannot be written, the run is left to whoever finds it.
func (d Defined[S]) Carry(ctx context.Context, begun Begun) (End[S], error) {
	r, err := d.engine.load(ctx, begun.ID)
	if err != nil {
		return End[S]{}, err
	}
	if r.turn != begun.turn {
		return End[S]{}, elsewhere()
	}
	c := &carrying{engine: d.engine, r: r, data: r.data}
	if err := c.carry(ctx); err != nil {
		return End[S]{}, err
	}
	end, err := d.end(&c.r)
	if err == nil && c.r.Back {
		err = c.cause
	}
	return end, err
}

// Last is the newest run about the record; NotFound without one.
func (d Defined[S]) Last(ctx context.Context, subjectID string) (End[S], error) {
	r, err := d.engine.last(ctx, d.process.name, subjectID)
	if err != nil {
		return End[S]{}, err
	}
	return d.end(&r)
}

// List gives the runs of the process, the newest first.
func (d Defined[S]) List(ctx context.Context, q Query) ([]End[S], error) {
	q.name = d.process.name
	records, err := d.engine.records(ctx, q)
	if err != nil {
		return nil, err
	}
	list := make([]End[S], len(records))
	for i := range records {
		if list[i], err = d.end(&records[i]); err != nil {
			return nil, err
		}
	}
	return list, nil
}

// Find is the run with this id; NotFound when there is none of this process.
func (d Defined[S]) Find(ctx context.Context, which ID) (End[S], error) {
	r, err := d.engine.load(ctx, which)
	if err == nil && r.Name != d.process.name {
		err = notFound()
	}
	if err != nil {
		return End[S]{}, err
	}
	return d.end(&r)
}

func (d Defined[S]) end(r *record) (End[S], error) {
	end := End[S]{Entry: r.entry()}
	if err := json.Unmarshal(r.data, &end.Data); err != nil {
		return end, fmt.Errorf("read what %s knows: %w", r.Name, err)
	}
	return end, nil
}

// Wait gives a run about the record that somebody works on the time to end: a repeated request then finds its answer.
func (d Defined[S]) Wait(ctx context.Context, subjectID string) {
	for range 20 {
		r, err := d.engine.last(ctx, d.process.name, subjectID)
		if err != nil || r.State.Ended() || r.idle() {
			return
		}
		select {
		case <-ctx.Done():
			return
		case <-time.After(100 * time.Millisecond):
		}
	}
}

// TakeBack undoes a run that was done, because what it brought about is taken back: its undoing begins with the commit
// of the transaction. One that is on its way back already stays as it is.
func (d Defined[S]) TakeBack(ctx context.Context, tx *database.Tx, which ID, why string) error {
	r, err := d.engine.lock(ctx, tx, which)
	if err != nil {
		return err
	}
	if r.Back {
		return nil
	}
	if r.State != Done {
		return fault.New(fault.Unavailable, "process-open", "%s of %s has not ended yet; try again in a moment.", r.Name, r.Label).After(time.Second)
	}
	now := d.engine.now()
	r.turn++
	r.turnBack(why, now, now)
	if err := d.engine.save(tx, &r); err != nil {
		return err
	}
	return jobs.Enqueue(tx, carryTask, r.ID)
}
