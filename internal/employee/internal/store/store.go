// Package store holds every query of the employee module. It knows Postgres and the rules' types; it decides nothing and
// it opens no transaction.
package store

import (
	"fmt"
	"strings"

	"gorm.io/gorm"

	"erp/internal/employee/internal/domain"
	"erp/internal/platform/database"
)

// statement is SQL with its arguments, built clause by clause.
type statement struct {
	sql  strings.Builder
	args []any
}

func (s *statement) add(sql string, args ...any) {
	s.sql.WriteString(sql)
	s.args = append(s.args, args...)
}

// list adds `AND column = ANY(values)` when there are values.
func list[T any](s *statement, column string, values []T) {
	if len(values) > 0 {
		s.add(" AND "+column+" = ANY(?)", database.Array(values))
	}
}

// within limits the rows to employees (e) inside the reach.
func (s *statement) within(reach domain.Reach) {
	const self = "e.id = ?"
	const team = "e.id IN (SELECT member_id FROM team WHERE manager_id = ?)"
	const department = "e.department_id = (SELECT department_id FROM employee WHERE id = ?)"
	switch reach.Breadth {
	case domain.Everybody:
		s.add("true")
	case domain.SameDepartment:
		s.add("("+self+" OR "+team+" OR "+department+")", reach.Caller, reach.Caller, reach.Caller)
	case domain.Team:
		s.add("("+self+" OR "+team+")", reach.Caller, reach.Caller)
	case domain.Self:
		s.add(self, reach.Caller)
	default:
		s.add("false")
	}
}

// query runs the statement and hands every row to scan.
func (s *statement) query(g *gorm.DB, scan func(row row) error) error {
	return query(g, scan, s.sql.String(), s.args...)
}

// row is one row of an answer.
type row interface{ Scan(targets ...any) error }

func query(g *gorm.DB, scan func(row row) error, sql string, args ...any) error {
	rows, err := g.Raw(sql, args...).Rows()
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

// column runs a query of one column.
func column[T any](g *gorm.DB, sql string, args ...any) ([]T, error) {
	var values []T
	err := query(g, func(row row) error {
		var v T
		if err := row.Scan(&v); err != nil {
			return err
		}
		values = append(values, v)
		return nil
	}, sql, args...)
	return values, err
}

// exec runs a statement for its effect and tells how many rows it touched.
func exec(g *gorm.DB, sql string, args ...any) (int64, error) {
	done := g.Exec(sql, args...)
	return done.RowsAffected, database.Fault(done.Error)
}
