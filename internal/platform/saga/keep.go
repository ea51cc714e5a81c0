package saga

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5"

	"erp/internal/platform/database"
	"erp/internal/platform/fault"
)

const columns = `id::text, name, subject, subject_id, label, state, back, position, attempts, steps, data, failure, turn, due_at,
	started_by, started_at, updated_at, coalesce(principal, ''), coalesce(key, ''), fingerprint`

var (
	errElsewhere = errors.New("somebody else carries this process on")              //nolint:gochecknoglobals // because it is a constant
	errMoved     = errors.New("the step was recorded already, its answer was lost") //nolint:gochecknoglobals // because it is a constant
)

func elsewhere() error {
	return fault.New(fault.Conflict, "process-elsewhere", "This process is being carried on at this moment; look again shortly.").Wrap(errElsewhere)
}

func notFound() error {
	return fault.New(fault.NotFound, "process-not-found", "There is no such process.")
}

func (e *Engine) insert(tx *database.Tx, r *record) error {
	steps, err := json.Marshal(r.Steps)
	if err != nil {
		return fmt.Errorf("start %s: %w", r.Name, err)
	}
	_, err = tx.Conn().Exec(tx.Context(), `INSERT INTO process (id, name, subject, subject_id, label, state, back, position, attempts, steps, data, turn,
		due_at, started_by, started_at, updated_at, principal, key, fingerprint)
		VALUES ($1, $2, $3, $4, $5, $6, false, 0, $7, $8, $9, $10, $11, $12, $13, $13, nullif($14, ''), nullif($15, ''), $16)`,
		r.ID.String(), r.Name, r.Subject, r.SubjectID, r.Label, string(r.State), r.attempts, steps, r.data, r.turn, r.dueAt,
		r.StartedBy, r.StartedAt, r.principal, r.key, r.fingerprint)
	if database.IsUnique(err, "process_open_key") {
		return fault.New(fault.Conflict, "process-open", "The same is under way for %s already; look again in a moment.", r.Label).Wrap(err)
	}
	if err != nil {
		return fmt.Errorf("start %s: %w", r.Name, err)
	}
	return nil
}

// save writes the run with the COMMIT of the transaction that has locked it.
func (e *Engine) save(tx *database.Tx, r *record) error {
	steps, err := json.Marshal(r.Steps)
	if err != nil {
		return fmt.Errorf("keep %s: %w", r.Name, err)
	}
	tx.Queue(`UPDATE process SET state = $2, back = $3, position = $4, attempts = $5, steps = $6, data = $7, failure = $8, turn = $9, due_at = $10,
		updated_at = $11 WHERE id = $1`,
		r.ID.String(), string(r.State), r.Back, r.position, r.attempts, steps, r.data, r.Failure, r.turn, r.dueAt, r.UpdatedAt)
	return nil
}

// mine locks the run and refuses who lost it to somebody else.
func (e *Engine) mine(ctx context.Context, tx *database.Tx, known *record) (record, error) {
	r, err := e.lock(ctx, tx, known.ID)
	if err == nil && r.turn != known.turn {
		err = elsewhere()
	}
	return r, err
}

func (e *Engine) lock(ctx context.Context, tx *database.Tx, which ID) (record, error) {
	return e.scan(tx.Conn().QueryRow(ctx, `SELECT `+columns+` FROM process WHERE id = $1 FOR UPDATE`, which.String()))
}

func (e *Engine) load(ctx context.Context, which ID) (record, error) {
	return e.scan(e.db.Pool().QueryRow(ctx, `SELECT `+columns+` FROM process WHERE id = $1`, which.String()))
}

func (e *Engine) last(ctx context.Context, name, subjectID string) (record, error) {
	return e.scan(e.db.Pool().QueryRow(ctx, `SELECT `+columns+` FROM process WHERE name = $1 AND subject_id = $2 ORDER BY id DESC LIMIT 1`, name, subjectID))
}

// take makes the caller the only one who may write the run; false when it is not due, or not open.
func (e *Engine) take(ctx context.Context, which ID) (record, bool, error) {
	now := e.now()
	r, err := e.scan(e.db.Pool().QueryRow(ctx, `UPDATE process SET turn = turn + 1, attempts = attempts + 1, due_at = $3,
		steps = jsonb_set(steps, ARRAY[position::text, 'state'], CASE WHEN back THEN '"undoing"' ELSE '"doing"' END::jsonb)
		WHERE id = $1 AND due_at <= $2 AND state IN ('running', 'undoing') RETURNING `+columns, which.String(), now, now.Add(lease)))
	if fault.Is(err, fault.NotFound) {
		return r, false, nil
	}
	return r, err == nil, err
}

// dueAtOnce is how many runs one look finds.
const dueAtOnce = 100

func (e *Engine) due(ctx context.Context) ([]ID, error) {
	rows, err := e.db.Pool().Query(ctx, `SELECT id::text FROM process WHERE due_at <= $1 AND state IN ('running', 'undoing') ORDER BY due_at LIMIT $2`,
		e.now(), dueAtOnce)
	if err != nil {
		return nil, fmt.Errorf("find processes to carry on: %w", database.Fault(err))
	}
	texts, err := pgx.CollectRows(rows, pgx.RowTo[string])
	if err != nil {
		return nil, fmt.Errorf("find processes to carry on: %w", database.Fault(err))
	}
	all := make([]ID, len(texts))
	for i, text := range texts {
		if err := all[i].UnmarshalText([]byte(text)); err != nil {
			return nil, fmt.Errorf("find processes to carry on: %w", err)
		}
	}
	return all, nil
}

func (e *Engine) scan(row pgx.Row) (record, error) {
	r := record{Entry: Entry{Module: e.db.Schema()}}
	var which string
	var steps []byte
	err := row.Scan(&which, &r.Name, &r.Subject, &r.SubjectID, &r.Label, &r.State, &r.Back, &r.position, &r.attempts, &steps, &r.data, &r.Failure,
		&r.turn, &r.dueAt, &r.StartedBy, &r.StartedAt, &r.UpdatedAt, &r.principal, &r.key, &r.fingerprint)
	if errors.Is(err, pgx.ErrNoRows) {
		return r, notFound()
	}
	if err == nil {
		err = errors.Join(r.ID.UnmarshalText([]byte(which)), json.Unmarshal(steps, &r.Steps))
	}
	if err != nil {
		return r, fmt.Errorf("read process: %w", database.Fault(err))
	}
	for _, at := range []*time.Time{&r.dueAt, &r.StartedAt, &r.UpdatedAt} {
		*at = at.UTC()
	}
	return r, nil
}
