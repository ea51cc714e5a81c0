// Package store keeps the ledger and its projections in Postgres: every query of the
// module stands here. It knows no HTTP and decides nothing.
package store

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"

	"github.com/jackc/pgx/v5"

	"erp/internal/platform/database"
	"erp/internal/platform/date"
	"erp/internal/platform/fault"
	"erp/internal/platform/id"
)

// null makes an id a parameter; the zero id is NULL.
func null[T any](i id.Of[T]) any {
	if i.IsZero() {
		return nil
	}
	return i.String()
}

// day makes a date a parameter; the zero date is NULL.
func day(d date.Date) any {
	if d.IsZero() {
		return nil
	}
	return d.Time()
}

// text makes a string a parameter; the empty string is NULL.
func text(s string) any {
	if s == "" {
		return nil
	}
	return s
}

func missing(what string) error {
	return fault.New(fault.NotFound, what+"-not-found", "There is no such %s.", what)
}

// one scans the only row of a result; no row is NotFound.
func one(err error, what string) error {
	if errors.Is(err, pgx.ErrNoRows) {
		return missing(what)
	}
	if err != nil {
		return fmt.Errorf("read %s: %w", what, database.Fault(err))
	}
	return nil
}

// query runs a read on the pool and scans each row with scan.
func query(ctx context.Context, q querier, scan func(pgx.Rows) error, sql string, args ...any) error {
	rows, err := q.Query(ctx, sql, args...)
	if err != nil {
		return database.Fault(err)
	}
	defer rows.Close()
	for rows.Next() {
		if err := scan(rows); err != nil {
			return fmt.Errorf("read row: %w", err)
		}
	}
	return database.Fault(rows.Err())
}

type querier interface {
	Query(ctx context.Context, sql string, args ...any) (pgx.Rows, error)
}

func payload(v any) ([]byte, error) {
	b, err := json.Marshal(v)
	if err != nil {
		return nil, fmt.Errorf("write payload: %w", err)
	}
	return b, nil
}
