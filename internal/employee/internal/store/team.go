package store

import (
	"gorm.io/gorm"

	"erp/internal/employee"
	"erp/internal/platform/database"
	"erp/internal/platform/date"
)

// LockLines makes the transaction the only one that changes reporting lines. Without it two transactions, each
// harmless alone, could close a circle together. It is taken before anything is read that a decision rests on.
func LockLines(tx *database.Tx) error {
	_, err := exec(tx.DB, `SELECT pg_advisory_xact_lock(hashtext(current_schema() || '.reporting_line'))`)
	return err
}

// Above reports whether the employee stands anywhere above the manager on any day of the span: a line to that manager
// would close a circle then. The walk carries the days on which each step holds, so planned changes count.
func Above(tx *database.Tx, manager, id employee.ID, from, until date.Date) (bool, error) {
	found, err := column[bool](tx.DB, `WITH RECURSIVE up (id, days) AS (
			SELECT ?::uuid, daterange(?::date, ?::date)
		UNION
			SELECT l.manager_id, l.valid * up.days FROM reporting_line l JOIN up ON l.employee_id = up.id
			WHERE l.kind = 'solid' AND l.valid && up.days
		) SELECT EXISTS (SELECT FROM up WHERE id = ?)`, manager, from, until, id)
	return len(found) == 1 && found[0], err
}

// JoinTeam puts somebody new into the closure, below nobody.
func JoinTeam(tx *database.Tx, id employee.ID) error {
	_, err := exec(tx.DB, `INSERT INTO team (manager_id, member_id, distance) VALUES (?, ?, 0) ON CONFLICT DO NOTHING`, id, id)
	return err
}

// MoveTeam hangs somebody, with everybody below, under another manager in the closure; under nobody when the manager is
// zero.
func MoveTeam(tx *database.Tx, id, manager employee.ID) error {
	_, err := exec(tx.DB, `DELETE FROM team t USING team below
		WHERE below.manager_id = ? AND t.member_id = below.member_id
			AND t.manager_id NOT IN (SELECT member_id FROM team WHERE manager_id = ?)`, id, id)
	if err != nil || manager.IsZero() {
		return err
	}
	_, err = exec(tx.DB, `INSERT INTO team (manager_id, member_id, distance)
		SELECT above.manager_id, below.member_id, above.distance + below.distance + 1
		FROM team above, team below WHERE above.member_id = ? AND below.manager_id = ?`, manager, id)
	return err
}

// LeaveTeam takes somebody, whose reports were handed over, out of the closure.
func LeaveTeam(tx *database.Tx, id employee.ID) error {
	_, err := exec(tx.DB, `DELETE FROM team WHERE member_id = ? OR manager_id = ?`, id, id)
	return err
}

// TeamDay is the day whose lines the closure holds; zero before the first.
func TeamDay(g *gorm.DB) (date.Date, error) {
	days, err := column[date.Date](g, `SELECT day FROM team_day`)
	if err != nil || len(days) == 0 {
		return date.Date{}, err
	}
	return days[0], nil
}

// SetTeamDay tells which day's lines the closure holds now.
func SetTeamDay(tx *database.Tx, day date.Date) error {
	_, err := exec(tx.DB, `INSERT INTO team_day (day) VALUES (?) ON CONFLICT (one) DO UPDATE SET day = excluded.day`, day)
	return err
}

// LinesTurning lists whose solid line begins or ends after one day and not after the other.
func LinesTurning(tx *database.Tx, after, upTo date.Date) ([]employee.ID, error) {
	return column[employee.ID](tx.DB, `SELECT employee_id FROM reporting_line
			WHERE kind = 'solid' AND lower(valid) > ?::date AND lower(valid) <= ?::date
		UNION SELECT employee_id FROM reporting_line
			WHERE kind = 'solid' AND upper(valid) > ?::date AND upper(valid) <= ?::date`, after, upTo, after, upTo)
}

// PlacementsTurning lists who changes place after one day and not after the other; a first day is no change, a place
// that ends without another one is.
func PlacementsTurning(tx *database.Tx, after, upTo date.Date) ([]employee.ID, error) {
	return column[employee.ID](tx.DB, `SELECT p.employee_id FROM placement p JOIN employee e ON e.id = p.employee_id AND NOT e.ended
			WHERE lower(p.valid) > ?::date AND lower(p.valid) <= ?::date AND lower(p.valid) > e.hired_on
		UNION SELECT p.employee_id FROM placement p JOIN employee e ON e.id = p.employee_id AND NOT e.ended
			WHERE upper(p.valid) > ?::date AND upper(p.valid) <= ?::date AND upper(p.valid) > e.hired_on`, after, upTo, after, upTo)
}

// TeamOf lists everybody below a manager today, over all levels, the manager included.
func TeamOf(g *gorm.DB, manager employee.ID) ([]employee.ID, error) {
	return column[employee.ID](g, `SELECT member_id FROM team WHERE manager_id = ?`, manager)
}

// DepartmentOf lists everybody in a member's department today.
func DepartmentOf(g *gorm.DB, member employee.ID) ([]employee.ID, error) {
	return column[employee.ID](g, `SELECT e.id FROM employee me JOIN employee e ON e.department_id = me.department_id AND NOT e.ended
		WHERE me.id = ?`, member)
}

// ReportsAt lists who reports to a manager on a day or later.
func ReportsAt(g *gorm.DB, manager employee.ID, day date.Date) ([]employee.ID, error) {
	return column[employee.ID](g, `SELECT DISTINCT employee_id FROM reporting_line
		WHERE manager_id = ? AND kind = 'solid' AND valid && daterange(?::date, NULL) ORDER BY employee_id`, manager, day)
}
