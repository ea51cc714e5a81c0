// Package store holds every query of the asset module. It knows Postgres and the rules' types; it decides nothing and it
// opens no transaction.
package store

import (
	"context"
	"fmt"
	"strconv"
	"strings"

	"github.com/jackc/pgx/v5"

	"erp/internal/employee"
	"erp/internal/platform/database"
)

// Reach is how far the caller sees: everything, or what these people hold.
type Reach struct {
	All     bool
	Holders []employee.ID
}

// source is where a query runs: the pool, or the connection of a transaction.
type source interface {
	Query(ctx context.Context, sql string, args ...any) (pgx.Rows, error)
}

// statement is SQL with its arguments, built clause by clause; a question mark stands for the next argument.
type statement struct {
	sql    strings.Builder
	args   []any
	places int
	custom bool // the best plan depends on the values
	expect int  // how many rows may come
}

func (s *statement) add(sql string, args ...any) {
	s.sql.Grow(len(sql) + 64)
	for {
		before, after, found := strings.Cut(sql, "?")
		s.sql.WriteString(before)
		if !found {
			break
		}
		s.places++
		s.sql.WriteByte('$')
		s.sql.WriteString(strconv.Itoa(s.places))
		sql = after
	}
	s.args = append(s.args, args...)
}

// within limits the rows to assets (a) inside the reach.
func (s *statement) within(reach Reach) {
	if reach.All {
		s.add("true")
		return
	}
	s.add("a.holder_id = ANY(?)", database.Array(reach.Holders))
}

// row is one row of an answer.
type row interface{ Scan(targets ...any) error }

// values are the arguments. A statement whose best plan depends on its values is planned each time: a plan kept for all
// values would turn a search into a walk over everything.
func (s *statement) values() []any {
	if s.custom {
		return append([]any{pgx.QueryExecModeCacheDescribe}, s.args...)
	}
	return s.args
}

func (s *statement) query(ctx context.Context, from source, scan func(row row) error) error {
	return run(ctx, from, scan, s.sql.String(), s.values()...)
}

// run asks and hands every row to scan.
func run(ctx context.Context, from source, scan func(row row) error, sql string, args ...any) error {
	rows, err := from.Query(ctx, sql, args...)
	if err != nil {
		return fmt.Errorf("query: %w", database.Fault(err))
	}
	defer rows.Close()
	for rows.Next() {
		if err := scan(rows); err != nil {
			return fmt.Errorf("read row: %w", err)
		}
	}
	if err := rows.Err(); err != nil {
		return fmt.Errorf("query: %w", database.Fault(err))
	}
	return nil
}

func query(ctx context.Context, from source, scan func(row row) error, sql string, args ...any) error {
	var s statement
	s.add(sql, args...)
	return s.query(ctx, from, scan)
}
