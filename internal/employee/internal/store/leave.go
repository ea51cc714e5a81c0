package store

import (
	"database/sql"

	"gorm.io/gorm"

	"erp/internal/employee"
	"erp/internal/employee/internal/domain"
	"erp/internal/platform/database"
	"erp/internal/platform/date"
	"erp/internal/platform/fault"
	"erp/internal/platform/id"
	"erp/internal/platform/page"
)

// LeaveTypes lists the kinds of leave in order of name; only those with the ids when there are any.
func LeaveTypes(g *gorm.DB, only ...employee.LeaveTypeID) ([]employee.LeaveType, error) {
	types := []employee.LeaveType{}
	err := query(g, func(row row) error {
		var t employee.LeaveType
		var allowance, carryOver int
		if err := row.Scan(&t.ID, &t.Name, &allowance, &carryOver, &t.Monthly, &t.Unlimited, &t.Archived, &t.Version); err != nil {
			return err
		}
		t.Days, t.CarryOver = days(allowance), days(carryOver)
		types = append(types, t)
		return nil
	}, `SELECT id, name, allowance, carry_over, monthly, unlimited, archived, version FROM leave_type
		WHERE cardinality(?::uuid[]) = 0 OR id = ANY(?::uuid[]) ORDER BY name COLLATE "und-x-icu"`, database.Array(only), database.Array(only))
	return types, err
}

// Leave is kept in half days.
func days(halves int) float64 { return float64(halves) / 2 }

func halves(days float64) int { return int(days * 2) }

// SaveLeaveType keeps a kind of leave, as SaveDepartment does.
func SaveLeaveType(tx *database.Tx, t employee.LeaveType) error {
	err := save(tx, t.Version,
		`INSERT INTO leave_type (name, allowance, carry_over, monthly, unlimited, archived, id) VALUES (?, ?, ?, ?, ?, ?, ?)`,
		`UPDATE leave_type SET name = ?, allowance = ?, carry_over = ?, monthly = ?, unlimited = ?, archived = ?, version = version + 1 WHERE id = ? AND version = ?`,
		t.Name, halves(t.Days), halves(t.CarryOver), t.Monthly, t.Unlimited, t.Archived, t.ID)
	if database.IsUnique(err, "leave_type_name_key") {
		return nameTaken(err, "kind of leave", "name", t.Name)
	}
	return err
}

// Holidays lists the days of a span on which nobody works.
func Holidays(g *gorm.DB, from, to date.Date) ([]employee.Holiday, error) {
	found := []employee.Holiday{}
	err := query(g, func(row row) error {
		var h employee.Holiday
		err := row.Scan(&h.Day, &h.Name)
		found = append(found, h)
		return err
	}, `SELECT day, name FROM holiday WHERE day BETWEEN ? AND ? ORDER BY day LIMIT 1000`, from, to)
	return found, err
}

// SaveHoliday names a day on which nobody works.
func SaveHoliday(tx *database.Tx, h employee.Holiday) error {
	_, err := exec(tx.DB, `INSERT INTO holiday (day, name) VALUES (?, ?) ON CONFLICT (day) DO UPDATE SET name = excluded.name`, h.Day, h.Name)
	return err
}

// RemoveHoliday makes it a working day again.
func RemoveHoliday(tx *database.Tx, day date.Date) error {
	n, err := exec(tx.DB, `DELETE FROM holiday WHERE day = ?`, day)
	if err == nil && n == 0 {
		err = fault.New(fault.NotFound, "holiday-not-found", "There is no holiday on %s.", day)
	}
	return err
}

// AddLeaveGrant adds what the calendar brings, once.
func AddLeaveGrant(tx *database.Tx, who employee.ID, kind employee.LeaveTypeID, year int, line domain.LeaveGrant, by Author) error {
	_, err := exec(tx.DB, `INSERT INTO leave_line (id, employee_id, type_id, year, kind, month, halves, "on", at, actor)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (employee_id, type_id, year, kind, month) WHERE request_id IS NULL DO NOTHING`,
		id.New[employee.LeaveLine](), who, kind, year, line.Kind, line.Month, line.Halves, line.On, by.At, by.Name)
	return err
}

// AddLeaveOf books what a request takes, or gives back.
func AddLeaveOf(tx *database.Tx, r employee.LeaveRequest, kind string, on date.Date, by Author) error {
	n := halves(r.Days)
	if kind == "taken" {
		n = -n
	}
	_, err := exec(tx.DB, `INSERT INTO leave_line (id, employee_id, type_id, year, kind, halves, "on", request_id, at, actor) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
		id.New[employee.LeaveLine](), r.EmployeeID, r.TypeID, r.First.Year(), kind, n, on, r.ID, by.At, by.Name)
	return err
}

// WithoutLeave lists people at work for whom nothing of the year is booked yet, at most so many; nobody while there is no
// kind of leave with an allowance.
func WithoutLeave(g *gorm.DB, year int, today date.Date, most int) ([]employee.ID, error) {
	var found []employee.ID
	err := query(g, func(row row) error {
		var one employee.ID
		err := row.Scan(&one)
		found = append(found, one)
		return err
	}, `SELECT id FROM employee e WHERE NOT ended AND hired_on <= ? AND EXISTS (SELECT FROM leave_type t WHERE NOT t.unlimited AND NOT t.archived AND t.allowance > 0)
		AND NOT EXISTS (SELECT FROM leave_line l WHERE l.employee_id = e.id AND l.year = ? AND l.kind = 'allowance') ORDER BY id LIMIT ?`, today, year, most)
	return found, err
}

// LeaveLines gives the ledger of somebody's year, oldest first, by kind of leave.
func LeaveLines(g *gorm.DB, who employee.ID, year int) (map[employee.LeaveTypeID][]employee.LeaveLine, error) {
	found := map[employee.LeaveTypeID][]employee.LeaveLine{}
	err := query(g, func(row row) error {
		var l employee.LeaveLine
		var kind employee.LeaveTypeID
		var n int
		if err := row.Scan(&kind, &l.Kind, &l.Month, &n, &l.On, &l.RequestID, &l.By); err != nil {
			return err
		}
		l.Days = days(n)
		found[kind] = append(found[kind], l)
		return nil
	}, `SELECT type_id, kind, month, halves, "on", request_id, actor FROM leave_line WHERE employee_id = ? AND year = ? ORDER BY id LIMIT 5000`, who, year)
	return found, err
}

// LeaveQuery narrows a list of requests; zero fields do not.
type LeaveQuery struct {
	Read, Approve domain.Reach
	IDs           []employee.LeaveRequestID
	EmployeeID    employee.ID
	State         string
	Waiting       bool      // those that the caller is to decide
	From, To      date.Date // that touch these days
	Before        string    // the id after which the page begins
	Size          int
}

const newestLeave = "-requestedAt"

// LeaveCursor reads where a page begins.
func LeaveCursor(req page.Request) (string, error) {
	after, err := page.Decode(req.Cursor, newestLeave, 1)
	if err != nil || after == nil {
		return "", err
	}
	return after[0], nil
}

// LeavePage cuts a page out of what was found.
func LeavePage(rows []employee.LeaveRequest, size int) page.Of[employee.LeaveRequest] {
	return page.Cut(rows, size, func(r employee.LeaveRequest) string { return page.Encode(newestLeave, r.ID.String()) })
}

// LeaveRequests lists requests inside the caller's reach, the newest first.
func LeaveRequests(g *gorm.DB, q LeaveQuery) ([]employee.LeaveRequest, error) {
	var s statement
	s.add(`SELECT r.id, r.employee_id, e.display_name, r.type_id, t.name, r.first_day, r.last_day, r.half_first, r.half_last, r.halves, r.note, r.state,
		r.requested_by, r.requested_at, r.decided_by, r.decided_at, r.answer, r.version, r.state = 'requested' AND e.id IS DISTINCT FROM ? AND `, q.Approve.Caller)
	s.within(q.Approve)
	s.add(` FROM leave_request r JOIN employee e ON e.id = r.employee_id JOIN leave_type t ON t.id = r.type_id WHERE `)
	s.within(q.Read)
	list(&s, "r.id", q.IDs)
	if !q.EmployeeID.IsZero() {
		s.add(" AND r.employee_id = ?", q.EmployeeID)
	}
	if q.State != "" {
		s.add(" AND r.state = ?", q.State)
	}
	if q.Waiting {
		s.add(" AND r.state = 'requested' AND e.id IS DISTINCT FROM ? AND ", q.Approve.Caller)
		s.within(q.Approve)
	}
	if !q.From.IsZero() {
		s.add(" AND r.last_day >= ?", q.From)
	}
	if !q.To.IsZero() {
		s.add(" AND r.first_day <= ?", q.To)
	}
	if q.Before != "" {
		s.add(" AND r.id < ?::uuid", q.Before)
	}
	s.add(" ORDER BY r.id DESC LIMIT ?", q.Size+1)
	found := []employee.LeaveRequest{}
	err := s.query(g, func(row row) error {
		r, err := scanLeave(row)
		found = append(found, r)
		return err
	})
	return found, err
}

func scanLeave(row row) (employee.LeaveRequest, error) {
	var r employee.LeaveRequest
	var n int
	var decided sql.NullTime
	err := row.Scan(&r.ID, &r.EmployeeID, &r.Employee, &r.TypeID, &r.Type, &r.First, &r.Last, &r.HalfFirst, &r.HalfLast, &n, &r.Note, &r.State,
		&r.RequestedBy, &r.RequestedAt, &r.DecidedBy, &decided, &r.Answer, &r.Version, &r.MayDecide)
	r.Days, r.DecidedAt = days(n), decided.Time
	return r, err
}

// InsertLeave keeps a request. Days on which somebody is away already are a Conflict.
func InsertLeave(tx *database.Tx, r employee.LeaveRequest) error {
	_, err := exec(tx.DB, `INSERT INTO leave_request (id, employee_id, type_id, first_day, last_day, half_first, half_last, halves, note, state, requested_by, requested_at)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, 'requested', ?, ?)`,
		r.ID, r.EmployeeID, r.TypeID, r.First, r.Last, r.HalfFirst, r.HalfLast, halves(r.Days), r.Note, r.RequestedBy, r.RequestedAt)
	return err
}

// AwayBetween finds a request that touches the days already.
func AwayBetween(tx *database.Tx, who employee.ID, first, last date.Date) (there bool, from, to date.Date, err error) {
	err = query(tx.DB, func(row row) error {
		there = true
		return row.Scan(&from, &to)
	}, `SELECT first_day, last_day FROM leave_request WHERE employee_id = ? AND state IN ('requested', 'approved') AND first_day <= ? AND last_day >= ? LIMIT 1`, who, last, first)
	return there, from, to, err
}

// SettleLeave writes what became of a request; false when it has changed meanwhile.
func SettleLeave(tx *database.Tx, r employee.LeaveRequest, by Author) (bool, error) {
	n, err := exec(tx.DB, `UPDATE leave_request SET state = ?, decided_by = ?, decided_at = ?, answer = ?, version = version + 1 WHERE id = ? AND version = ?`,
		r.State, by.Name, by.At, r.Answer, r.ID, r.Version)
	return n > 0, err
}

// OpenLeaveAfter lists what somebody who leaves had asked for beyond the last day, and what nobody has decided.
func OpenLeaveAfter(tx *database.Tx, who employee.ID, last date.Date) ([]employee.LeaveRequestID, error) {
	var found []employee.LeaveRequestID
	err := query(tx.DB, func(row row) error {
		var one employee.LeaveRequestID
		err := row.Scan(&one)
		found = append(found, one)
		return err
	}, `SELECT id FROM leave_request WHERE employee_id = ? AND (state = 'requested' OR (state = 'approved' AND first_day > ?)) ORDER BY id`, who, last)
	return found, err
}

// ManagerOf is whom somebody reports to today; zero without one.
func ManagerOf(tx *database.Tx, who employee.ID) (employee.ID, error) {
	var manager employee.ID
	err := query(tx.DB, func(row row) error { return row.Scan(&manager) }, `SELECT manager_id FROM employee WHERE id = ?`, who)
	return manager, err
}
