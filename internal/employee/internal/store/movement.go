package store

import (
	"slices"

	"gorm.io/gorm"

	"erp/internal/employee"
	"erp/internal/employee/internal/domain"
	"erp/internal/platform/database"
	"erp/internal/platform/date"
)

// AddMovement counts a change into the read model with the COMMIT, in one order for all, so that writers queue and never
// block each other in a circle.
func AddMovement(tx *database.Tx, change domain.Movement) {
	places := make([]domain.MonthAndDepartment, 0, len(change))
	for at := range change {
		places = append(places, at)
	}
	slices.SortFunc(places, func(a, b domain.MonthAndDepartment) int {
		if c := a.Month.Compare(b.Month); c != 0 {
			return c
		}
		return a.DepartmentID.Compare(b.DepartmentID)
	})
	for _, at := range places {
		c := change[at]
		tx.Queue(`INSERT INTO movement AS m (month, department_id, joined, gone, moved)
			VALUES ($1::date, coalesce($2::uuid, '00000000-0000-0000-0000-000000000000'), $3, $4, $5)
			ON CONFLICT (month, department_id) DO UPDATE
				SET joined = m.joined + excluded.joined, gone = m.gone + excluded.gone, moved = m.moved + excluded.moved`,
			at.Month.Time(), at.DepartmentID, c.Joined, c.Gone, c.Moved)
	}
}

// MonthCount is the movement of one department in one month.
type MonthCount struct {
	Month        date.Date
	DepartmentID employee.DepartmentID
	Department   string
	domain.Count
}

// Movement reads the model up to a day's month, with all months before first as one, the month before it. Who joins later in
// the day's month is left out.
func Movement(g *gorm.DB, first, today date.Date) ([]MonthCount, error) {
	var counts []MonthCount
	err := query(g, func(row row) error {
		var c MonthCount
		if err := row.Scan(&c.Month, &c.DepartmentID, &c.Department, &c.Joined, &c.Gone, &c.Moved); err != nil {
			return err
		}
		counts = append(counts, c)
		return nil
	}, `SELECT greatest(m.month, ?::date) AS since, d.id, coalesce(d.name, ''), sum(m.joined - coalesce(later.n, 0)), sum(m.gone), sum(m.moved)
		FROM movement m LEFT JOIN department d ON d.id = m.department_id
		LEFT JOIN (
			SELECT coalesce(p.department_id, '00000000-0000-0000-0000-000000000000') AS department_id, count(*) AS n
			FROM employment s LEFT JOIN placement p ON p.employee_id = s.employee_id AND p.valid @> s.hired_on
			WHERE s.hired_on > ?::date AND s.hired_on <= ?::date GROUP BY 1
		) later ON later.department_id = m.department_id AND m.month = ?::date
		WHERE m.month <= ?::date GROUP BY since, d.id, d.name ORDER BY since`, first.AddMonths(-1), today, today.LastOfMonth(), today.FirstOfMonth(), today)
	return counts, err
}

// Ahead counts who is hired but not here yet, and who is here with a known last day.
func Ahead(g *gorm.DB, today date.Date) (upcoming, leaving int, err error) {
	err = query(g, func(row row) error { return row.Scan(&upcoming, &leaving) },
		`SELECT (SELECT count(*) FROM employee WHERE hired_on > ? AND NOT ended),
			(SELECT count(*) FROM employee WHERE left_on IS NOT NULL AND NOT ended AND hired_on <= ?)`, today, today)
	return upcoming, leaving, err
}
