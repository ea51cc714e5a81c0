package store

import (
	"time"

	"github.com/google/uuid"
	"gorm.io/gorm"

	"erp/internal/employee"
	"erp/internal/employee/internal/domain"
	"erp/internal/platform/database"
	"erp/internal/platform/date"
)

// Author is who recorded a dated change, and when.
type Author struct {
	Name string
	At   time.Time
}

// kept is how one kind of timeline stands in its table: the columns of its value, beside the span and the author.
type kept[T comparable] struct {
	table, columns, marks, only string
	fields                      func(*T) []any // to scan into
	values                      func(T) []any  // to write
}

var placements = kept[domain.Placement]{
	table: "placement", columns: "department_id, position_id, location_id", marks: "?, ?, ?", only: "true",
	fields: func(p *domain.Placement) []any { return []any{&p.DepartmentID, &p.PositionID, &p.LocationID} },
	values: func(p domain.Placement) []any { return []any{p.DepartmentID, p.PositionID, p.LocationID} },
}

var lines = kept[employee.ID]{
	table: "reporting_line", columns: "kind, manager_id", marks: "'solid', ?", only: "kind = 'solid'",
	fields: func(id *employee.ID) []any { return []any{new(string), id} },
	values: func(id employee.ID) []any { return []any{id} },
}

var pay = kept[domain.Pay]{
	table: "pay", columns: "amount, currency, period", marks: "?, ?, ?", only: "true",
	fields: func(p *domain.Pay) []any { return []any{&p.Amount, &p.Currency, &p.Period} },
	values: func(p domain.Pay) []any { return []any{p.Amount, p.Currency, p.Period} },
}

// Placements loads where a person stood, stands and will stand.
func Placements(g *gorm.DB, id employee.ID) (domain.Timeline[domain.Placement], error) {
	return placements.load(g, id)
}

// Lines loads who a person reported to, reports to and will report to.
func Lines(g *gorm.DB, id employee.ID) (domain.Timeline[employee.ID], error) {
	return lines.load(g, id)
}

// Pay loads what a person earned, earns and will earn.
func Pay(g *gorm.DB, id employee.ID) (domain.Timeline[domain.Pay], error) { return pay.load(g, id) }

// SavePlacements makes the kept timeline equal to the new one.
func SavePlacements(tx *database.Tx, id employee.ID, old, changed domain.Timeline[domain.Placement], by Author) error {
	return placements.save(tx, id, old, changed, by)
}

// SaveLines makes the kept timeline equal to the new one. The closure of today's lines is the caller's next step.
func SaveLines(tx *database.Tx, id employee.ID, old, changed domain.Timeline[employee.ID], by Author) error {
	return lines.save(tx, id, old, changed, by)
}

// SavePay makes the kept timeline equal to the new one.
func SavePay(tx *database.Tx, id employee.ID, old, changed domain.Timeline[domain.Pay], by Author) error {
	return pay.save(tx, id, old, changed, by)
}

func (k kept[T]) load(g *gorm.DB, id employee.ID) (domain.Timeline[T], error) {
	timeline := domain.Timeline[T]{}
	err := query(g, func(row row) error {
		var s domain.Span[T]
		if err := row.Scan(append([]any{&s.From, &s.Until}, k.fields(&s.Value)...)...); err != nil {
			return err
		}
		timeline = append(timeline, s)
		return nil
	}, "SELECT lower(valid), upper(valid), "+k.columns+" FROM "+k.table+" WHERE employee_id = ? AND "+k.only+" ORDER BY lower(valid)", id)
	return timeline, err
}

// save writes only the difference, so that an untouched span keeps its author. Spans are removed and cut before others
// grow into their place.
func (k kept[T]) save(tx *database.Tx, id employee.ID, old, changed domain.Timeline[T], by Author) error {
	will := map[date.Date]domain.Span[T]{}
	for _, s := range changed {
		will[s.From] = s
	}
	was := map[date.Date]bool{}
	for _, s := range old {
		next, stays := will[s.From]
		stays = stays && next.Value == s.Value
		was[s.From] = stays
		var err error
		switch {
		case !stays:
			_, err = exec(tx.DB, "DELETE FROM "+k.table+" WHERE employee_id = ? AND "+k.only+" AND lower(valid) = ?::date", id, s.From)
		case next.Until != s.Until && !next.Until.IsZero():
			err = k.stretch(tx, id, next)
		}
		if err != nil {
			return err
		}
	}
	for _, s := range changed {
		if was[s.From] {
			if err := k.stretch(tx, id, s); err != nil {
				return err
			}
			continue
		}
		args := append([]any{uuid.Must(uuid.NewV7()), id, s.From, s.Until, by.At, by.Name}, k.values(s.Value)...)
		if _, err := exec(tx.DB, "INSERT INTO "+k.table+" (id, employee_id, valid, recorded_at, recorded_by, "+k.columns+
			") VALUES (?, ?, daterange(?::date, ?::date), ?, ?, "+k.marks+")", args...); err != nil {
			return err
		}
	}
	return nil
}

func (k kept[T]) stretch(tx *database.Tx, id employee.ID, s domain.Span[T]) error {
	_, err := exec(tx.DB, "UPDATE "+k.table+" SET valid = daterange(?::date, ?::date) WHERE employee_id = ? AND "+k.only+
		" AND lower(valid) = ?::date AND upper(valid) IS DISTINCT FROM ?::date", s.From, s.Until, id, s.From, s.Until)
	return err
}

// StandNow copies the place of today into a person's row.
func StandNow(tx *database.Tx, id employee.ID, p domain.Placement) error {
	_, err := exec(tx.DB, `UPDATE employee SET department_id = ?, position_id = ?, location_id = ? WHERE id = ?`,
		p.DepartmentID, p.PositionID, p.LocationID, id)
	return err
}

// ReportNow copies the manager of today into a person's row.
func ReportNow(tx *database.Tx, id, manager employee.ID) error {
	_, err := exec(tx.DB, `UPDATE employee SET manager_id = ? WHERE id = ?`, manager, id)
	return err
}

// Employments loads a person's stays with the company. A planned end is no end yet.
func Employments(g *gorm.DB, id employee.ID) ([]domain.Employment, error) {
	var stays []domain.Employment
	err := query(g, func(row row) error {
		var s domain.Employment
		if err := row.Scan(&s.HiredOn, &s.LeftOn); err != nil {
			return err
		}
		stays = append(stays, s)
		return nil
	}, `SELECT hired_on, left_on FROM employment WHERE employee_id = ? ORDER BY hired_on`, id)
	return stays, err
}

// BeginEmployment keeps the start of a stay.
func BeginEmployment(tx *database.Tx, e domain.Employee, by Author) error {
	_, err := exec(tx.DB, `INSERT INTO employment (id, employee_id, hired_on, recorded_at, recorded_by) VALUES (?, ?, ?, ?, ?)`,
		uuid.Must(uuid.NewV7()), e.ID, e.HiredOn, by.At, by.Name)
	return err
}

// MoveEmployment corrects the first day of the running stay.
func MoveEmployment(tx *database.Tx, e domain.Employee, was date.Date) error {
	_, err := exec(tx.DB, `UPDATE employment SET hired_on = ? WHERE employee_id = ? AND hired_on = ?`, e.HiredOn, e.ID, was)
	return err
}

// EndEmployment keeps the end of the running stay.
func EndEmployment(tx *database.Tx, e domain.Employee) error {
	_, err := exec(tx.DB, `UPDATE employment SET left_on = ?, reason = ? WHERE employee_id = ? AND hired_on = ?`,
		e.LeftOn, e.Reason, e.ID, e.HiredOn)
	return err
}
