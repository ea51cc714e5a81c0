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

// Nodes lists the chart level by level, up to Limit+1 people. Today's chart stands in the people's own rows; another
// day's is read from the timelines.
func Nodes(g *gorm.DB, c Chart) ([]Node, error) {
	var s statement
	if c.Day == c.Today {
		c.today(&s)
	} else {
		c.asOf(&s)
	}
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

func (c Chart) today(s *statement) {
	s.add(`WITH RECURSIVE chart (id, manager_id, level) AS (
		SELECT e.id, NULL::uuid, 0 FROM employee e WHERE NOT e.ended AND e.hired_on <= ?::date AND `, c.Day)
	s.within(c.Reach)
	if c.Root.IsZero() {
		s.add(` AND e.manager_id IS NULL`)
	} else {
		s.add(` AND e.id = ?`, c.Root)
	}
	s.add(` UNION ALL SELECT b.id, b.manager_id, chart.level + 1 FROM chart
			JOIN employee b ON b.manager_id = chart.id AND NOT b.ended AND b.hired_on <= ?::date
		WHERE chart.level < ?)
		SELECT chart.id, chart.manager_id, chart.level, e.display_name, e.number, coalesce(t.title, ''), coalesce(d.name, ''),
			(SELECT count(*) FROM employee b WHERE b.manager_id = chart.id AND NOT b.ended AND b.hired_on <= ?::date) AS reports
		FROM chart JOIN employee e ON e.id = chart.id
			LEFT JOIN position t ON t.id = e.position_id LEFT JOIN department d ON d.id = e.department_id`, c.Day, c.Depth, c.Day)
	c.order(s)
}

func (c Chart) asOf(s *statement) {
	s.add(`WITH RECURSIVE line (employee_id, manager_id) AS MATERIALIZED (
			SELECT employee_id, manager_id FROM reporting_line WHERE kind = 'solid' AND valid @> ?::date
		), here (id) AS MATERIALIZED (
			SELECT employee_id FROM employment WHERE hired_on <= ?::date AND (left_on IS NULL OR left_on >= ?::date)
		), chart (id, manager_id, level) AS (
			SELECT e.id, NULL::uuid, 0 FROM employee e JOIN here ON here.id = e.id WHERE `, c.Day, c.Day, c.Day)
	s.within(c.Reach)
	if c.Root.IsZero() {
		s.add(` AND e.id NOT IN (SELECT employee_id FROM line)`)
	} else {
		s.add(` AND e.id = ?`, c.Root)
	}
	s.add(` UNION ALL SELECT line.employee_id, line.manager_id, chart.level + 1 FROM chart JOIN line ON line.manager_id = chart.id
			WHERE chart.level < ?
		), reports (id, n) AS (SELECT manager_id, count(*) FROM line GROUP BY manager_id)
		SELECT chart.id, chart.manager_id, chart.level, e.display_name, e.number, coalesce(t.title, ''), coalesce(d.name, ''),
			coalesce(reports.n, 0) AS reports
		FROM chart JOIN employee e ON e.id = chart.id LEFT JOIN reports ON reports.id = chart.id
			LEFT JOIN placement p ON p.employee_id = e.id AND p.valid @> ?::date
			LEFT JOIN position t ON t.id = p.position_id LEFT JOIN department d ON d.id = p.department_id`, c.Depth, c.Day)
	c.order(s)
}

// order keeps to whom the caller may see: somebody below a colleague may stand outside.
func (c Chart) order(s *statement) {
	s.add(` WHERE `)
	s.within(c.Reach)
	s.add(` ORDER BY chart.level, reports DESC, e.sort_name, e.id LIMIT ?`, c.Limit+1)
}
