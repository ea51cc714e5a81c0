package store

import (
	"strings"

	"gorm.io/gorm"

	"erp/internal/employee"
	"erp/internal/employee/internal/domain"
	"erp/internal/platform/database"
	"erp/internal/platform/date"
	"erp/internal/platform/money"
	"erp/internal/platform/page"
)

// Query asks for people. What the caller's sight does not reach is not there: such people are absent, and guarded facts
// of others are empty for display, filter and sort alike, because all three read the same joined columns.
type Query struct {
	Sight   domain.Sight
	Today   date.Date
	AsOf    date.Date // zero: today, where an upcoming hire already stands in the first place
	Contact bool      // show private contact
	Pay     bool      // show pay

	Identity bool // show who somebody is to authorities
	Bank     bool // show where pay goes to

	IDs         []employee.ID
	Words       []string // folded; all must be found
	Statuses    []employee.Status
	Departments []employee.DepartmentID
	Positions   []employee.PositionID
	Locations   []employee.LocationID
	ManagerID   employee.ID // direct reports only
	TeamOf      employee.ID // everybody below, all levels
	HiredFrom   date.Date
	HiredTo     date.Date
	PayFrom     *money.Decimal // a year
	PayTo       *money.Decimal
	ExpiresTo   date.Date // a document that ends by then
	Account     Account

	Sort  string
	Desc  bool
	After []string // sort value and id of the last row seen
	Limit int
}

// sorts are the orders of a list: an expression that is never NULL, and its type.
var sorts = map[string]struct{ expr, as string }{
	"name":       {"e.sort_name", "text"},
	"number":     {"e.number", "text"},
	"email":      {"e.email", "text"},
	"hiredOn":    {"e.hired_on", "date"},
	"leftOn":     {"coalesce(e.left_on, 'infinity')", "date"},
	"department": {`(coalesce(d.name, '') COLLATE "und-x-icu")`, "text"},
	"position":   {`(coalesce(t.title, '') COLLATE "und-x-icu")`, "text"},
	"location":   {`(coalesce(l.name, '') COLLATE "und-x-icu")`, "text"},
	"manager":    {`(coalesce(m.sort_name, '') COLLATE "und-x-icu")`, "text"},
	"pay":        {"coalesce(" + yearly + ", -1)", "numeric"},

	"birthDate":         {"coalesce(i.birth_date, 'infinity')", "date"},
	"documentExpiresOn": {"coalesce(i.document_expires_on, 'infinity')", "date"},
}

// A working year has 2,080 paid hours in the usual reckoning of 52 weeks of 40.
const yearly = "(y.amount * CASE y.period WHEN 'year' THEN 1 WHEN 'month' THEN 12 ELSE 2080 END)"

// SortsBy reports whether a list can be sorted by the name.
func SortsBy(name string) bool {
	_, ok := sorts[name]
	return ok
}

const publishedColumns = `e.id, e.number, e.given_name, e.family_name, e.display_name, e.email, e.phone,
	d.id, coalesce(d.name, ''), t.id, coalesce(t.title, ''), l.id, coalesce(l.name, ''),
	m.id, coalesce(m.display_name, ''), e.hired_on, e.left_on, e.ended, e.version`

// People answers the query with up to Limit+1 rows; cursor gives the place of a row.
func People(g *gorm.DB, q Query) (people []domain.Profile, cursors [][]string, err error) {
	var s statement
	s.add("SELECT " + publishedColumns)
	if q.Contact {
		s.add(", c.employee_id IS NOT NULL, coalesce(" + strings.Join(strings.Split(contactColumns, ","), ", ''), coalesce(") + ", '')")
	}
	if q.Pay {
		s.add(", y.amount, y.currency, y.period")
	}
	q.showGroups(&s)
	by := sorts[q.Sort]
	if by.expr != "" {
		s.add(", (" + by.expr + ")::text")
	}
	q.joins(&s)
	q.where(&s)
	if by.expr != "" {
		q.page(&s, by.expr, by.as)
	}
	err = s.query(g, func(row row) error {
		p, at, err := q.scan(row, by.expr != "")
		people = append(people, p)
		cursors = append(cursors, []string{at, p.ID.String()})
		return err
	})
	return people, cursors, err
}

// Count counts whom the query finds, up to one more than a page tells.
func Count(g *gorm.DB, q Query) (int, error) {
	var s statement
	s.add("SELECT count(*) FROM (SELECT 1")
	q.joins(&s)
	q.where(&s)
	s.add(" LIMIT ?) found", page.CountCap+1)
	n := 0
	err := s.query(g, func(row row) error { return row.Scan(&n) })
	return n, err
}

// joins takes the place from the copy in the person's row, or from the timelines when another day is asked for.
func (q Query) joins(s *statement) {
	s.add(" FROM employee e")
	place, line := "e", "e"
	if !q.AsOf.IsZero() {
		place, line = "p", "r"
		s.add(" LEFT JOIN placement p ON p.employee_id = e.id AND p.valid @> ?::date"+
			" LEFT JOIN reporting_line r ON r.employee_id = e.id AND r.kind = 'solid' AND r.valid @> ?::date", q.AsOf, q.AsOf)
	}
	s.add(" LEFT JOIN department d ON d.id = " + place + ".department_id LEFT JOIN position t ON t.id = " + place + ".position_id" +
		" LEFT JOIN location l ON l.id = " + place + ".location_id LEFT JOIN employee m ON m.id = " + line + ".manager_id")
	if q.Contact {
		s.add(" LEFT JOIN contact c ON c.employee_id = e.id AND ")
		s.within(q.Sight.Contact)
	}
	if q.Pay || q.PayFrom != nil || q.PayTo != nil || q.Sort == "pay" {
		if q.AsOf.IsZero() {
			s.add(" LEFT JOIN pay y ON y.employee_id = e.id AND y.valid @> greatest(e.hired_on, ?::date) AND ", q.Today)
		} else {
			s.add(" LEFT JOIN pay y ON y.employee_id = e.id AND y.valid @> ?::date AND ", q.AsOf)
		}
		s.within(q.Sight.Pay)
	}
	q.joinGroups(s)
}

func (q Query) where(s *statement) {
	s.add(" WHERE ")
	s.within(q.Sight.Profile)
	list(s, "e.id", q.IDs)
	for _, word := range q.Words {
		s.add(" AND e.search_text LIKE ?", database.Contains(word))
	}
	q.whereStatus(s)
	list(s, "e.department_id", q.Departments)
	list(s, "e.position_id", q.Positions)
	list(s, "e.location_id", q.Locations)
	if !q.ManagerID.IsZero() {
		s.add(" AND e.manager_id = ?", q.ManagerID)
	}
	if !q.TeamOf.IsZero() {
		s.add(" AND e.id IN (SELECT member_id FROM team WHERE manager_id = ?)", q.TeamOf)
	}
	if !q.HiredFrom.IsZero() {
		s.add(" AND e.hired_on >= ?", q.HiredFrom)
	}
	if !q.HiredTo.IsZero() {
		s.add(" AND e.hired_on <= ?", q.HiredTo)
	}
	if q.PayFrom != nil {
		s.add(" AND "+yearly+" >= ?", *q.PayFrom)
	}
	if q.PayTo != nil {
		s.add(" AND "+yearly+" <= ?", *q.PayTo)
	}
	q.whereGroups(s)
}

func (q Query) whereStatus(s *statement) {
	if len(q.Statuses) == 0 {
		return
	}
	s.add(" AND (false")
	for _, status := range q.Statuses {
		switch status {
		case employee.StatusLeft:
			s.add(" OR e.ended")
		case employee.StatusUpcoming:
			s.add(" OR (NOT e.ended AND e.hired_on > ?)", q.Today)
		case employee.StatusLeaving:
			s.add(" OR (NOT e.ended AND e.hired_on <= ? AND e.left_on IS NOT NULL)", q.Today)
		case employee.StatusActive:
			s.add(" OR (NOT e.ended AND e.hired_on <= ? AND e.left_on IS NULL)", q.Today)
		}
	}
	s.add(")")
}

func (q Query) page(s *statement, by, as string) {
	than, order := ">", ""
	if q.Desc {
		than, order = "<", " DESC"
	}
	if len(q.After) == 2 {
		s.add(" AND ("+by+", e.id) "+than+" (?::"+as+", ?::uuid)", q.After[0], q.After[1])
	}
	s.add(" ORDER BY " + by + order + ", e.id" + order)
	if q.Limit > 0 {
		s.add(" LIMIT ?", q.Limit+1)
	}
}

func (q Query) scan(row row, sorted bool) (domain.Profile, string, error) {
	var p domain.Profile
	var ended, hasContact bool
	var contact domain.Contact
	var amount *money.Decimal
	var currency *money.Currency
	var period *domain.Period
	var at string
	targets := employeeTargets(&p.Employee, &ended)
	if q.Contact {
		targets = append(append(targets, &hasContact), contactTargets(&contact)...)
	}
	if q.Pay {
		targets = append(targets, &amount, &currency, &period)
	}
	var groups groups
	targets = append(targets, groups.targets(q)...)
	if sorted {
		targets = append(targets, &at)
	}
	if err := row.Scan(targets...); err != nil {
		return p, "", err
	}
	p.Status = domain.Employee{HiredOn: p.HiredOn, LeftOn: p.LeftOn, Ended: ended}.Status(q.Today)
	if hasContact {
		p.Contact = &contact
	}
	if amount != nil {
		p.Compensation = &domain.Pay{Amount: *amount, Currency: *currency, Period: *period}
	}
	groups.show(&p)
	return p, at, nil
}

func employeeTargets(e *employee.Employee, ended *bool) []any {
	return []any{&e.ID, &e.Number, &e.GivenName, &e.FamilyName, &e.DisplayName, &e.Email, &e.Phone,
		&e.DepartmentID, &e.Department, &e.PositionID, &e.Position, &e.LocationID, &e.Location,
		&e.ManagerID, &e.Manager, &e.HiredOn, &e.LeftOn, ended, &e.Version}
}
