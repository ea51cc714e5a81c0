package bulk

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"time"

	"github.com/jackc/pgx/v5"

	"erp/internal/platform/auth"
	"erp/internal/platform/database"
	"erp/internal/platform/fault"
)

const columns = `id::text, action, input, target, who, request_id, ip, state, total, changed, unchanged, refused, attempts, waits_for,
	turn, due_at, started_at, updated_at, ended_at`

var errElsewhere = errors.New("somebody else carries this job on, or ended it") //nolint:gochecknoglobals // because it is a constant

func notFound() error {
	return fault.New(fault.NotFound, "bulk-job-not-found", "There is no such bulk action of yours; one that has ended is kept for %d days.", KeptFor/(24*time.Hour))
}

func (e *Engine) insert(tx *database.Tx, r *record, subjects []Subject) error {
	who, err := json.Marshal(r.who)
	if err != nil {
		return fmt.Errorf("start %s: %w", r.Action, err)
	}
	tx.Queue(`INSERT INTO bulk_job (id, action, input, target, who, user_id, request_id, ip, state, total, due_at, started_at, updated_at)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $12)`,
		r.ID.String(), r.Action, r.input, r.Target, who, r.who.UserID.String(), r.requestID, r.ip, string(r.State), r.Total, r.dueAt, r.StartedAt)
	ids, labels := make([]string, len(subjects)), make([]string, len(subjects))
	for i, s := range subjects {
		ids[i], labels[i] = s.ID, s.Label
	}
	tx.Queue(`INSERT INTO bulk_row (job_id, n, subject_id, label)
		SELECT $1, one.n, one.id, one.label FROM unnest($2::text[], $3::text[]) WITH ORDINALITY AS one (id, label, n)`, r.ID.String(), ids, labels)
	return nil
}

// open counts what the person has under way.
func (e *Engine) open(ctx context.Context, tx *database.Tx, who auth.UserID) (n int, err error) {
	err = tx.Conn().QueryRow(ctx, `SELECT count(*) FROM bulk_job WHERE user_id = $1 AND state = 'running'`, who.String()).Scan(&n)
	if err != nil {
		return 0, fmt.Errorf("count bulk jobs: %w", database.Fault(err))
	}
	return n, nil
}

// save writes the job with the COMMIT of the transaction that has locked it.
func (e *Engine) save(tx *database.Tx, r *record) {
	var ended *time.Time
	if !r.EndedAt.IsZero() {
		ended = &r.EndedAt
	}
	tx.Queue(`UPDATE bulk_job SET state = $2, changed = $3, unchanged = $4, refused = $5, attempts = $6, waits_for = $7, turn = $8, due_at = $9,
		updated_at = $10, ended_at = $11 WHERE id = $1`,
		r.ID.String(), string(r.State), r.Changed, r.Unchanged, r.Refused, r.attempts, r.WaitsFor, r.turn, r.dueAt, r.UpdatedAt, ended)
}

func (e *Engine) saveRows(tx *database.Tx, which ID, rows []Result) {
	numbers, outcomes, reasons := make([]int, len(rows)), make([]string, len(rows)), make([]string, len(rows))
	for i, row := range rows {
		numbers[i], outcomes[i], reasons[i] = row.N, string(row.Outcome), row.Reason
	}
	tx.Queue(`UPDATE bulk_row r SET outcome = s.outcome, reason = s.reason
		FROM unnest($2::integer[], $3::text[], $4::text[]) AS s (n, outcome, reason) WHERE r.job_id = $1 AND r.n = s.n`,
		which.String(), numbers, outcomes, reasons)
}

// waiting are the rows that come next, in their order.
func (e *Engine) waiting(ctx context.Context, tx *database.Tx, r *record, size int) ([]Result, error) {
	rows, err := tx.Conn().Query(ctx, `SELECT n, subject_id, label, outcome, reason FROM bulk_row WHERE job_id = $1 AND n > $2 ORDER BY n LIMIT $3`,
		r.ID.String(), r.settled(), size)
	if err != nil {
		return nil, fmt.Errorf("read rows of a bulk job: %w", database.Fault(err))
	}
	return collect(rows)
}

func collect(rows pgx.Rows) ([]Result, error) {
	all, err := pgx.CollectRows(rows, func(row pgx.CollectableRow) (Result, error) {
		var r Result
		err := row.Scan(&r.N, &r.SubjectID, &r.Label, &r.Outcome, &r.Reason)
		return r, err
	})
	if err != nil {
		return nil, fmt.Errorf("read rows of a bulk job: %w", database.Fault(err))
	}
	return all, nil
}

// mine locks the job and refuses who lost it: to somebody else, or to the person who cancelled it.
func (e *Engine) mine(ctx context.Context, tx *database.Tx, known *record) (record, error) {
	r, err := e.lock(ctx, tx, known.ID)
	if fault.Is(err, fault.NotFound) || err == nil && (r.turn != known.turn || r.State != Running) {
		err = errElsewhere
	}
	return r, err
}

func (e *Engine) lock(ctx context.Context, tx *database.Tx, which ID) (record, error) {
	return scan(tx.Conn().QueryRow(ctx, `SELECT `+columns+` FROM bulk_job WHERE id = $1 FOR UPDATE`, which.String()))
}

// take makes the caller the only one who may write the job; false when it is not due, or has ended.
func (e *Engine) take(ctx context.Context, which ID) (record, bool, error) {
	now := e.now()
	r, err := scan(e.db.Pool().QueryRow(ctx, `UPDATE bulk_job SET turn = turn + 1, due_at = $3, waits_for = ''
		WHERE id = $1 AND due_at <= $2 AND state = 'running' RETURNING `+columns, which.String(), now, now.Add(lease)))
	if fault.Is(err, fault.NotFound) {
		return r, false, nil
	}
	return r, err == nil, err
}

// release lets the next one take the job at once.
func (e *Engine) release(ctx context.Context, r *record) {
	ctx, cancel := context.WithTimeout(ctx, time.Second)
	defer cancel()
	if _, err := e.db.Pool().Exec(ctx, `UPDATE bulk_job SET due_at = $3 WHERE id = $1 AND turn = $2`, r.ID.String(), r.turn, e.now()); err != nil {
		slog.WarnContext(ctx, "cannot give a bulk job back; it is found again", "job", r.ID, "error", err)
	}
}

// dueAtOnce is how many jobs one look finds.
const dueAtOnce = 20

func (e *Engine) due(ctx context.Context) ([]ID, error) {
	rows, err := e.db.Pool().Query(ctx, `SELECT id::text FROM bulk_job WHERE due_at <= $1 AND state = 'running' ORDER BY due_at LIMIT $2`, e.now(), dueAtOnce)
	if err != nil {
		return nil, fmt.Errorf("find bulk jobs to carry on: %w", database.Fault(err))
	}
	due, err := pgx.CollectRows(rows, func(row pgx.CollectableRow) (which ID, err error) {
		var text string
		if err = row.Scan(&text); err == nil {
			err = which.UnmarshalText([]byte(text))
		}
		return which, err
	})
	if err != nil {
		return nil, fmt.Errorf("find bulk jobs to carry on: %w", database.Fault(err))
	}
	return due, nil
}

func (e *Engine) forget(ctx context.Context) error {
	if _, err := e.db.Pool().Exec(ctx, `DELETE FROM bulk_job WHERE ended_at < $1`, e.now().Add(-KeptFor)); err != nil {
		return fmt.Errorf("forget bulk jobs: %w", database.Fault(err))
	}
	return nil
}

func scan(row pgx.Row) (record, error) {
	var r record
	var which string
	var who []byte
	var ended *time.Time
	err := row.Scan(&which, &r.Action, &r.input, &r.Target, &who, &r.requestID, &r.ip, &r.State, &r.Total, &r.Changed, &r.Unchanged, &r.Refused,
		&r.attempts, &r.WaitsFor, &r.turn, &r.dueAt, &r.StartedAt, &r.UpdatedAt, &ended)
	if errors.Is(err, pgx.ErrNoRows) {
		return r, notFound()
	}
	if err == nil {
		err = errors.Join(r.ID.UnmarshalText([]byte(which)), json.Unmarshal(who, &r.who))
	}
	if err != nil {
		return r, fmt.Errorf("read bulk job: %w", database.Fault(err))
	}
	if ended != nil {
		r.EndedAt = ended.UTC()
	}
	for _, at := range []*time.Time{&r.dueAt, &r.StartedAt, &r.UpdatedAt} {
		*at = at.UTC()
	}
	return r, nil
}
