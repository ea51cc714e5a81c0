package saga

import (
	"context"
	"fmt"
	"strings"

	"github.com/jackc/pgx/v5"

	"erp/internal/platform/audit"
	"erp/internal/platform/auth"
	"erp/internal/platform/database"
	"erp/internal/platform/fault"
	"erp/internal/platform/jobs"
)

// Query narrows a list of runs; zero fields do not. Ids grow with time in every schema alike, so that lists of several
// modules merge by id.
type Query struct {
	BeforeID  string // only runs begun before this one
	State     State
	Open      bool // only those that have not ended
	Subject   string
	SubjectID string
	Limit     int
	name      string
}

// List gives the runs of the module, the newest first.
func (e *Engine) List(ctx context.Context, q Query) ([]Entry, error) {
	records, err := e.records(ctx, q)
	list := make([]Entry, len(records))
	for i := range records {
		list[i] = records[i].entry()
	}
	return list, err
}

func (e *Engine) records(ctx context.Context, q Query) ([]record, error) {
	sql, args := q.where()
	rows, err := e.db.Pool().Query(ctx, `SELECT `+columns+` FROM process`+sql, args...)
	if err != nil {
		return nil, fmt.Errorf("list processes of %s: %w", e.db.Schema(), database.Fault(err))
	}
	list, err := pgx.CollectRows(rows, func(row pgx.CollectableRow) (record, error) { return e.scan(row) })
	if err != nil {
		return nil, fmt.Errorf("list processes of %s: %w", e.db.Schema(), database.Fault(err))
	}
	return list, nil
}

func (q Query) where() (sql string, args []any) {
	var conditions []string
	add := func(condition string, value any) {
		args = append(args, value)
		conditions = append(conditions, fmt.Sprintf(condition, len(args)))
	}
	if q.BeforeID != "" {
		add("id < $%d::text::uuid", q.BeforeID)
	}
	if q.name != "" {
		add("name = $%d", q.name)
	}
	if q.State != "" {
		add("state = $%d", string(q.State))
	}
	if q.Open {
		conditions = append(conditions, "state IN ('running', 'undoing', 'stuck')")
	}
	if q.Subject != "" {
		add("subject = $%d", q.Subject)
	}
	if q.SubjectID != "" {
		add("subject_id = $%d", q.SubjectID)
	}
	if len(conditions) > 0 {
		sql = " WHERE " + strings.Join(conditions, " AND ")
	}
	args = append(args, q.Limit)
	return sql + fmt.Sprintf(" ORDER BY id DESC LIMIT $%d", len(args)), args
}

// Entry is one run of the module; NotFound when there is none with the id.
func (e *Engine) Entry(ctx context.Context, which ID) (Entry, error) {
	r, err := e.load(ctx, which)
	if err != nil {
		return Entry{}, err
	}
	return r.entry(), nil
}

// Retry tries the failed step of a run again, now.
func (e *Engine) Retry(ctx context.Context, which ID) (Entry, error) {
	return e.byHand(ctx, which, "process.retry", func(r *record) error {
		r.State = Running
		if r.Back {
			r.State = Undoing
		}
		return nil
	})
}

// TurnBack undoes a run whose step fails, although it could go on, or is past the point from which it turns back by
// itself.
func (e *Engine) TurnBack(ctx context.Context, which ID) (Entry, error) {
	return e.byHand(ctx, which, "process.turn-back", func(r *record) error {
		if r.Back {
			return fault.New(fault.Conflict, "process-goes-back", "%s of %s is being undone already; retry it, or settle the step by hand.", r.Name, r.Label)
		}
		r.turnBack(strings.TrimSuffix("turned back by hand: "+r.step().Error, ": "), e.now(), e.now())
		return nil
	})
}

// Settle takes the failed step as settled by a person, in the way that the note says, and goes on with the next one.
func (e *Engine) Settle(ctx context.Context, which ID, note string) (Entry, error) {
	return e.byHand(ctx, which, "process.settle", func(r *record) error {
		s := r.step()
		s.By, s.Note = auth.From(ctx).Label(), note
		r.State = Running
		if r.Back {
			r.State = Undoing
		}
		r.advance(e.now(), e.now())
		return nil
	})
}

// byHand is a person's decision about a run that nobody works on. It is recorded with the run and carried on at once.
func (e *Engine) byHand(ctx context.Context, which ID, action string, decide func(r *record) error) (Entry, error) {
	return database.Write(ctx, e.db, func(ctx context.Context, tx *database.Tx) (Entry, error) {
		r, err := e.lock(ctx, tx, which)
		if err != nil {
			return Entry{}, err
		}
		switch {
		case r.State.Ended():
			return Entry{}, fault.New(fault.Conflict, "process-ended", "%s of %s has ended; there is nothing left to decide.", r.Name, r.Label)
		case !r.idle():
			return Entry{}, elsewhere()
		}
		before := outline(&r)
		if err := decide(&r); err != nil {
			return Entry{}, err
		}
		now := e.now()
		r.turn, r.attempts, r.dueAt, r.UpdatedAt = r.turn+1, 0, now, now
		if err := e.save(tx, &r); err != nil {
			return Entry{}, err
		}
		if !r.State.Ended() {
			if err := jobs.Enqueue(tx, carryTask, r.ID); err != nil {
				return Entry{}, err
			}
		}
		return r.entry(), audit.Record(tx, audit.Entry{
			Action: action, Subject: "process", SubjectID: r.ID.String(), Label: r.Name + " of " + r.Label, Before: before, After: outline(&r),
		})
	})
}

// outline is what the audit trail keeps of a run.
func outline(r *record) any {
	type summary struct {
		State State       `json:"state"`
		Back  bool        `json:"back"`
		Steps []StepEntry `json:"steps"`
	}
	return summary{r.State, r.Back, append([]StepEntry(nil), r.Steps...)}
}
