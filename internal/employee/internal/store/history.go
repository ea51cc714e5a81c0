package store

import (
	"time"

	"gorm.io/gorm"

	"erp/internal/employee"
	"erp/internal/platform/date"
)

// Recorded is one dated fact of a person's record as it was written: a stay, a placement, a line or a pay.
type Recorded struct {
	Kind       string // employment, placement, line, pay
	From       date.Date
	Until      date.Date // for a stay: the last day
	Department string
	Position   string
	Location   string
	ManagerID  employee.ID
	Manager    string
	Amount     string
	Currency   string
	Period     string
	Reason     string
	At         time.Time
	By         string
}

// History reads everything dated about a person, oldest first. Pay is read only when asked for.
func History(g *gorm.DB, id employee.ID, withPay bool) ([]Recorded, error) {
	var s statement
	s.add(`SELECT * FROM (
		SELECT 'employment' AS kind, s.hired_on AS since, s.left_on AS until, '', '', '', NULL::uuid, '', '', '', '', s.reason, s.recorded_at, s.recorded_by
			FROM employment s WHERE s.employee_id = ?
		UNION ALL SELECT 'placement', lower(p.valid), upper(p.valid), coalesce(d.name, ''), coalesce(t.title, ''), coalesce(l.name, ''),
				NULL, '', '', '', '', '', p.recorded_at, p.recorded_by
			FROM placement p LEFT JOIN department d ON d.id = p.department_id LEFT JOIN position t ON t.id = p.position_id
			LEFT JOIN location l ON l.id = p.location_id WHERE p.employee_id = ?
		UNION ALL SELECT 'line', lower(r.valid), upper(r.valid), '', '', '', m.id, m.display_name, '', '', '', '', r.recorded_at, r.recorded_by
			FROM reporting_line r JOIN employee m ON m.id = r.manager_id WHERE r.employee_id = ? AND r.kind = 'solid'`, id, id, id)
	if withPay {
		s.add(` UNION ALL SELECT 'pay', lower(y.valid), upper(y.valid), '', '', '', NULL, '', y.amount::text, y.currency, y.period, '',
			y.recorded_at, y.recorded_by FROM pay y WHERE y.employee_id = ?`, id)
	}
	s.add(`) recorded ORDER BY since, kind`)
	var history []Recorded
	err := s.query(g, func(row row) error {
		var r Recorded
		err := row.Scan(&r.Kind, &r.From, &r.Until, &r.Department, &r.Position, &r.Location, &r.ManagerID, &r.Manager,
			&r.Amount, &r.Currency, &r.Period, &r.Reason, &r.At, &r.By)
		history = append(history, r)
		return err
	})
	return history, err
}
