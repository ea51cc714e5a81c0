package store

import (
	"gorm.io/gorm"

	"erp/internal/employee"
	"erp/internal/platform/database"
)

// Find answers a quick search: people who have not left, the best match first. A number or an address typed whole comes
// before a name that begins with the words, and that before one that contains them.
func Find(g *gorm.DB, q Query, folded string) ([]employee.Employee, error) {
	var s statement
	s.add("SELECT " + publishedColumns)
	q.joins(&s)
	q.where(&s)
	s.add(` ORDER BY lower(e.number) = ? OR e.email = ? DESC, e.search_text LIKE ? DESC, e.search_text LIKE ? DESC, e.sort_name, e.id LIMIT ?`,
		folded, folded, database.Prefix(folded), "% "+database.Prefix(folded), q.Limit)
	var found []employee.Employee
	err := s.query(g, func(row row) error {
		p, _, err := q.scan(row, false)
		found = append(found, p.Employee)
		return err
	})
	return found, err
}
