package store

import (
	"gorm.io/gorm"

	"erp/internal/employee"
	"erp/internal/employee/internal/domain"
	"erp/internal/platform/date"
)

// Node is a person in the organisation chart.
type Node struct {
	ID          employee.ID `json:"id"`
	ManagerID   employee.ID `json:"managerId,omitzero" doc:"Absent at the top of the answer"`
	DisplayName string      `json:"displayName"`
	Number      string      `json:"number"`
	Position    string      `json:"position,omitempty"`
	Department  string      `json:"department,omitempty"`
	Level       int         `json:"level" doc:"0 at the top of the answer"`
	Reports     int         `json:"reports" doc:"Direct reports, in this answer or not"`
}

// Chart asks for a part of the organisation chart.
type Chart struct {
	Root  employee.ID // zero: everybody who reports to nobody
	Depth int
	Day   date.Date
	Today date.Date
	Reach domain.Reach
	Limit int
}

// here tells who works here on the day: today that excludes who left today.
const here = `EXISTS (SELECT FROM employment s WHERE s.employee_id = e.id AND s.hired_on <= ?::date
	AND (s.left_on IS NULL OR s.left_on >= ?::date) AND NOT (e.ended AND ?::date = ?::date AND s.left_on IS NOT NULL))`

// Nodes lists the chart level by level, up to Limit+1 people.
func Nodes(g *gorm.DB, c Chart) ([]Node, error) {
	var s statement
	s.add(`WITH RECURSIVE chart (id, manager_id, level) AS (
		SELECT e.id, NULL::uuid, 0 FROM employee e WHERE `+here+` AND `, c.Day, c.Day, c.Day, c.Today)
	s.within(c.Reach)
	if c.Root.IsZero() {
		s.add(` AND NOT EXISTS (SELECT FROM reporting_line r WHERE r.employee_id = e.id AND r.kind = 'solid' AND r.valid @> ?::date)`, c.Day)
	} else {
		s.add(` AND e.id = ?`, c.Root)
	}
	s.add(` UNION ALL SELECT r.employee_id, r.manager_id, chart.level + 1 FROM chart
			JOIN reporting_line r ON r.manager_id = chart.id AND r.kind = 'solid' AND r.valid @> ?::date
		WHERE chart.level < ?)`, c.Day, c.Depth)
	s.add(` SELECT chart.id, chart.manager_id, chart.level, e.display_name, e.number, coalesce(t.title, ''), coalesce(d.name, ''),
			(SELECT count(*) FROM reporting_line b WHERE b.manager_id = chart.id AND b.kind = 'solid' AND b.valid @> ?::date) AS reports
		FROM chart JOIN employee e ON e.id = chart.id LEFT JOIN placement p ON p.employee_id = e.id AND p.valid @> ?::date
			LEFT JOIN position t ON t.id = p.position_id LEFT JOIN department d ON d.id = p.department_id
		ORDER BY chart.level, reports DESC, e.sort_name, e.id LIMIT ?`, c.Day, c.Day, c.Limit+1)
	nodes := []Node{}
	err := s.query(g, func(row row) error {
		var n Node
		if err := row.Scan(&n.ID, &n.ManagerID, &n.Level, &n.DisplayName, &n.Number, &n.Position, &n.Department, &n.Reports); err != nil {
			return err
		}
		nodes = append(nodes, n)
		return nil
	})
	return nodes, err
}
