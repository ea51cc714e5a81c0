// Package store holds every query of the asset module. It knows Postgres and the rules' types; it decides nothing and it
// opens no transaction.
package store

import (
	"fmt"
	"strings"

	"gorm.io/gorm"

	"erp/internal/employee"
	"erp/internal/platform/database"
)

// Reach is how far the caller sees: everything, or what these people hold.
type Reach struct {
	All     bool
	Holders []employee.ID
}

// statement is SQL with its arguments, built clause by clause.
type statement struct {
	sql  strings.Builder
	args []any
}

func (s *statement) add(sql string, args ...any) {
	s.sql.WriteString(sql)
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

// query runs the statement and hands every row to scan.
func (s *statement) query(g *gorm.DB, scan func(row row) error) error {
	rows, err := g.Raw(s.sql.String(), s.args...).Rows()
	if err != nil {
		return database.Fault(err)
	}
	defer rows.Close() //nolint:errcheck // because rows.Err tells what went wrong
	for rows.Next() {
		if err := scan(rows); err != nil {
			return fmt.Errorf("read row: %w", err)
		}
	}
	return database.Fault(rows.Err())
}

func query(g *gorm.DB, scan func(row row) error, sql string, args ...any) error {
	s := statement{args: args}
	s.sql.WriteString(sql)
	return s.query(g, scan)
}
