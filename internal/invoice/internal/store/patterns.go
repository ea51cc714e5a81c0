package store

import (
	"context"
	"fmt"

	"github.com/jackc/pgx/v5"

	"erp/internal/invoice"
	"erp/internal/invoice/internal/domain"
	"erp/internal/platform/database"
	"erp/internal/platform/fault"
)

// Patterns keeps how documents are numbered, and where series begin that have no document yet.
type Patterns struct{ DB *database.DB }

// Kept is a pattern in the version that is kept.
type Kept struct {
	domain.Pattern
	Version int
}

// List gives the pattern of each kind.
func (p Patterns) List(ctx context.Context) ([]Kept, error) {
	return patterns(ctx, p.DB.Pool(), "")
}

// Lock gives the pattern of each kind, and keeps others from changing any.
func (Patterns) Lock(ctx context.Context, tx *database.Tx) ([]Kept, error) {
	return patterns(ctx, tx.Conn(), " FOR UPDATE")
}

func patterns(ctx context.Context, in querier, lock string) (all []Kept, err error) {
	err = query(ctx, in, func(rows pgx.Rows) error {
		var k Kept
		err := rows.Scan(&k.Kind, &k.Prefix, &k.Yearly, &k.Width, &k.Version)
		all = append(all, k)
		return err
	}, `SELECT kind, prefix, yearly, width, version FROM number_pattern ORDER BY kind DESC`+lock)
	return all, err
}

// Save keeps a pattern that is locked, under the next version.
func (Patterns) Save(tx *database.Tx, p domain.Pattern) {
	tx.Queue(`UPDATE number_pattern SET prefix = $2, yearly = $3, width = $4, version = version + 1 WHERE kind = $1`, string(p.Kind), p.Prefix, p.Yearly, p.Width)
}

// Standing is how far a series has come.
type Standing struct {
	Next int
	Used bool // a document stands in it
}

// Standing tells how far a series has come.
func (p Patterns) Standing(ctx context.Context, series string) (Standing, error) {
	return standing(ctx, p.DB.Pool(), series)
}

// StandingIn tells the same inside a transaction.
func (Patterns) StandingIn(ctx context.Context, tx *database.Tx, series string) (Standing, error) {
	return standing(ctx, tx.Conn(), series)
}

func standing(ctx context.Context, in querier, series string) (Standing, error) {
	s := Standing{Next: 1}
	err := query(ctx, in, func(rows pgx.Rows) error { return rows.Scan(&s.Next, &s.Used) },
		`SELECT last_number + 1, last_number >= first_number FROM number_series WHERE series = $1`, series)
	return s, err
}

// TakenByOthers reports whether documents of another kind are numbered with the prefix, or were.
func (Patterns) TakenByOthers(ctx context.Context, tx *database.Tx, p domain.Pattern) (taken bool, err error) {
	err = tx.Conn().QueryRow(ctx, `SELECT EXISTS (SELECT FROM number_pattern WHERE kind <> $1 AND prefix = $2)
		OR EXISTS (SELECT FROM number_series s WHERE (s.series = $2 OR s.series ~ ('^' || $2 || '-[0-9]{4}$'))
			AND EXISTS (SELECT FROM invoice i WHERE i.series = s.series AND i.kind <> $1))`, string(p.Kind), p.Prefix).Scan(&taken)
	return taken, database.Fault(err)
}

// Begin lets a series begin with a number. Only one without a document, and upwards only: otherwise it is a Conflict.
func (Patterns) Begin(ctx context.Context, tx *database.Tx, kind invoice.Kind, series string, first int) error {
	done, err := tx.Conn().Exec(ctx, `INSERT INTO number_series AS s (series, first_number, last_number, last_date) VALUES ($1, $2, $2 - 1, '1900-01-01')
		ON CONFLICT (series) DO UPDATE SET first_number = excluded.first_number, last_number = excluded.last_number
		WHERE s.last_number < s.first_number AND s.first_number <= excluded.first_number`, series, first)
	if err != nil {
		return fmt.Errorf("begin series of %s: %w", kind, database.Fault(err))
	}
	if done.RowsAffected() == 0 {
		return fault.New(fault.Conflict, "series-begun", "The series %s has begun meanwhile; its next number follows from its documents.", series)
	}
	return nil
}
