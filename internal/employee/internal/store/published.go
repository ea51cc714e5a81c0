package store

import (
	"context"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgtype"

	"erp/internal/employee"
	"erp/internal/employee/internal/domain"
	"erp/internal/platform/database"
	"erp/internal/platform/date"
	"erp/internal/platform/id"
)

// querier is a pool, or the connection of a transaction.
type querier interface {
	Query(ctx context.Context, sql string, args ...any) (pgx.Rows, error)
}

const publishedTogether = "SELECT " + publishedColumns + ` FROM employee e
	LEFT JOIN department d ON d.id = e.department_id LEFT JOIN position t ON t.id = e.position_id
	LEFT JOIN location l ON l.id = e.location_id LEFT JOIN employee m ON m.id = e.manager_id WHERE e.id = ANY($1::uuid[])`

// publishedAlone finds the names of one person without the hash tables that joins of small tables make: in half the time.
const publishedAlone = `SELECT e.id, e.number, e.given_name, e.family_name, e.display_name, e.email, e.phone,
	e.department_id, coalesce((SELECT d.name FROM department d WHERE d.id = e.department_id), ''),
	e.position_id, coalesce((SELECT t.title FROM position t WHERE t.id = e.position_id), ''),
	e.location_id, coalesce((SELECT l.name FROM location l WHERE l.id = e.location_id), ''),
	e.manager_id, coalesce((SELECT m.display_name FROM employee m WHERE m.id = e.manager_id), ''),
	e.hired_on, e.left_on, e.ended, e.version FROM employee e WHERE e.id = ANY($1::uuid[])`

// Published loads the published view of these people, leavers included, in one query and in no order. Other modules ask
// it for every page that they show, so it reads the wire's own types and makes no detour over text.
func Published(ctx context.Context, q querier, ids []employee.ID, today date.Date) (map[employee.ID]employee.Employee, error) {
	asked := make(pgtype.FlatArray[pgtype.UUID], len(ids))
	for i, one := range ids {
		asked[i] = pgtype.UUID{Bytes: one, Valid: true}
	}
	sql := publishedTogether
	if len(ids) == 1 {
		sql = publishedAlone
	}
	rows, err := q.Query(ctx, sql, asked)
	if err != nil {
		return nil, database.Fault(err)
	}
	defer rows.Close()
	found := make(map[employee.ID]employee.Employee, len(ids))
	var e employee.Employee
	var self, department, position, location, manager pgtype.UUID
	var hired, left pgtype.Date
	var ended bool
	for rows.Next() {
		err := rows.Scan(&self, &e.Number, &e.GivenName, &e.FamilyName, &e.DisplayName, &e.Email, &e.Phone,
			&department, &e.Department, &position, &e.Position, &location, &e.Location, &manager, &e.Manager, &hired, &left, &ended, &e.Version)
		if err != nil {
			return nil, database.Fault(err)
		}
		e.ID, e.DepartmentID, e.PositionID, e.LocationID, e.ManagerID = idOf[employee.Employee](self), idOf[employee.Department](department),
			idOf[employee.Position](position), idOf[employee.WorkLocation](location), idOf[employee.Employee](manager)
		e.HiredOn, e.LeftOn = dayOf(hired), dayOf(left)
		e.Status = domain.Employee{HiredOn: e.HiredOn, LeftOn: e.LeftOn, Ended: ended}.Status(today)
		found[e.ID] = e
	}
	return found, database.Fault(rows.Err())
}

// idOf reads an id; NULL has no bytes and is the zero id.
func idOf[T any](u pgtype.UUID) id.Of[T] { return id.Of[T](u.Bytes) }

func dayOf(d pgtype.Date) date.Date {
	if !d.Valid {
		return date.Date{}
	}
	return date.From(d.Time)
}
