package bulk

import (
	"context"
	"fmt"
	"io"
	"strconv"

	"github.com/jackc/pgx/v5"

	"erp/internal/platform/auth"
	"erp/internal/platform/csvfile"
	"erp/internal/platform/database"
	"erp/internal/platform/page"
)

const (
	jobSort = "-startedAt"
	rowSort = "n"
)

// List pages through the caller's own jobs, the newest first.
func (e *Engine) List(ctx context.Context, q page.Request) (page.Of[Job], error) {
	after, err := page.Decode(q.Cursor, jobSort, 1)
	if err != nil {
		return page.Of[Job]{}, err
	}
	before := ID{}
	if after != nil {
		if err := before.UnmarshalText([]byte(after[0])); err != nil {
			_, err = page.Decode("?", jobSort, 1)
			return page.Of[Job]{}, err
		}
	}
	rows, err := e.db.Pool().Query(ctx, `SELECT `+columns+` FROM bulk_job WHERE user_id = $1 AND ($2 = '' OR id < nullif($2, '')::uuid) ORDER BY id DESC LIMIT $3`,
		caller(ctx), before.String(), q.Size()+1)
	if err != nil {
		return page.Of[Job]{}, fmt.Errorf("list bulk jobs: %w", database.Fault(err))
	}
	list, err := pgx.CollectRows(rows, func(row pgx.CollectableRow) (Job, error) {
		r, err := scan(row)
		return r.Job, err
	})
	if err != nil {
		return page.Of[Job]{}, fmt.Errorf("list bulk jobs: %w", database.Fault(err))
	}
	return page.Cut(list, q.Size(), func(j Job) string { return page.Encode(jobSort, j.ID.String()) }), nil
}

// Find is one of the caller's own jobs; NotFound for everybody else's.
func (e *Engine) Find(ctx context.Context, which ID) (Job, error) {
	r, err := scan(e.db.Pool().QueryRow(ctx, `SELECT `+columns+` FROM bulk_job WHERE id = $1 AND user_id = $2`, which.String(), caller(ctx)))
	return r.Job, err
}

// caller is whose jobs are looked at: nobody's, for the program itself.
func caller(ctx context.Context) any {
	if who := auth.From(ctx).UserID; !who.IsZero() {
		return who.String()
	}
	return nil
}

// Rows pages through what became of the records of one of the caller's own jobs; empty for every outcome.
func (e *Engine) Rows(ctx context.Context, which ID, outcome Outcome, q page.Request) (page.Of[Result], error) {
	if _, err := e.Find(ctx, which); err != nil {
		return page.Of[Result]{}, err
	}
	after, err := page.Decode(q.Cursor, rowSort, 1)
	if err != nil {
		return page.Of[Result]{}, err
	}
	from := 0
	if after != nil {
		if from, err = strconv.Atoi(after[0]); err != nil || from < 0 || from > MaxRows {
			_, err = page.Decode("?", rowSort, 1)
			return page.Of[Result]{}, err
		}
	}
	list, err := e.rows(ctx, which, outcome, from, q.Size()+1)
	if err != nil {
		return page.Of[Result]{}, err
	}
	return page.Cut(list, q.Size(), func(r Result) string { return page.Encode(rowSort, strconv.Itoa(r.N)) }), nil
}

func (e *Engine) rows(ctx context.Context, which ID, outcome Outcome, after, limit int) ([]Result, error) {
	rows, err := e.db.Pool().Query(ctx, `SELECT n, subject_id, label, outcome, reason FROM bulk_row
		WHERE job_id = $1 AND ($2 = '' OR outcome = $2) AND n > $3 ORDER BY n LIMIT $4`, which.String(), string(outcome), after, limit)
	if err != nil {
		return nil, fmt.Errorf("read rows of a bulk job: %w", database.Fault(err))
	}
	return collect(rows)
}

// Export writes the same as CSV, all of it.
func (e *Engine) Export(ctx context.Context, which ID, outcome Outcome) (func(w io.Writer) error, error) {
	if _, err := e.Find(ctx, which); err != nil {
		return nil, err
	}
	return func(w io.Writer) error {
		file := csvfile.NewWriter(w, "n", "record", "id", "outcome", "reason")
		for after := 0; ; {
			rows, err := e.rows(ctx, which, outcome, after, page.MaxLimit)
			if err != nil {
				return err
			}
			for _, r := range rows {
				file.Row(strconv.Itoa(r.N), r.Label, r.SubjectID, string(r.Outcome), r.Reason)
				after = r.N
			}
			if len(rows) < page.MaxLimit {
				return file.Flush()
			}
		}
	}, nil
}
