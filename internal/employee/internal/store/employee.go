package store

import (
	"gorm.io/gorm"

	"erp/internal/employee"
	"erp/internal/employee/internal/domain"
	"erp/internal/platform/database"
	"erp/internal/platform/fault"
)

const employeeColumns = `id, number, given_name, family_name, email, phone, hired_on, left_on, reason, ended, version`

// Employee loads a person; NotFound when there is none.
func Employee(g *gorm.DB, id employee.ID) (domain.Employee, error) {
	return loadEmployee(g, id, "")
}

// EmployeeForUpdate loads a person and keeps everybody else from changing them until the transaction ends.
func EmployeeForUpdate(tx *database.Tx, id employee.ID) (domain.Employee, error) {
	return loadEmployee(tx.DB, id, " FOR NO KEY UPDATE")
}

func loadEmployee(g *gorm.DB, id employee.ID, lock string) (domain.Employee, error) {
	var e domain.Employee
	found := false
	err := query(g, func(row row) error {
		found = true
		return row.Scan(&e.ID, &e.Number, &e.GivenName, &e.FamilyName, &e.Email, &e.Phone, &e.HiredOn, &e.LeftOn,
			&e.Reason, &e.Ended, &e.Version)
	}, "SELECT "+employeeColumns+" FROM employee WHERE id = ?"+lock, id)
	if err == nil && !found {
		err = Unknown()
	}
	return e, err
}

// Unknown is the refusal for a person who does not exist, or of whom the caller may not know.
func Unknown() error {
	return fault.New(fault.NotFound, "employee-not-found", "There is no such employee.")
}

// Stale is the refusal of an edit over somebody else's edit.
func Stale() error {
	return fault.New(fault.Stale, "stale", "Somebody else has changed this record since you opened it. Reload it, then apply your change again.")
}

// InsertEmployee keeps a new person. Number and e-mail address must be free.
func InsertEmployee(tx *database.Tx, e domain.Employee) error {
	_, err := exec(tx.DB, `INSERT INTO employee (`+employeeColumns+`, display_name, sort_name, search_text)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
		e.ID, e.Number, e.GivenName, e.FamilyName, e.Email, e.Phone, e.HiredOn, e.LeftOn, e.Reason, e.Ended, e.Version,
		e.DisplayName(), e.SortName(), e.SearchText())
	return taken(err, e)
}

// UpdateEmployee keeps a changed person under the next version; Stale when the version is no longer the one loaded.
func UpdateEmployee(tx *database.Tx, e *domain.Employee) error {
	n, err := exec(tx.DB, `UPDATE employee SET number = ?, given_name = ?, family_name = ?, email = ?, phone = ?, hired_on = ?,
			left_on = ?, reason = ?, ended = ?, display_name = ?, sort_name = ?, search_text = ?, version = version + 1
		WHERE id = ? AND version = ?`,
		e.Number, e.GivenName, e.FamilyName, e.Email, e.Phone, e.HiredOn, e.LeftOn, e.Reason, e.Ended,
		e.DisplayName(), e.SortName(), e.SearchText(), e.ID, e.Version)
	if err != nil {
		return taken(err, *e)
	}
	if n == 0 {
		return Stale()
	}
	e.Version++
	return nil
}

func taken(err error, e domain.Employee) error {
	switch {
	case database.IsUnique(err, "employee_number_key"):
		return fault.New(fault.Conflict, "number-taken", "Another employee has the number %s.", e.Number).
			Wrap(err).At("body.number", "belongs to another employee")
	case database.IsUnique(err, "employee_email_key"):
		return fault.New(fault.Conflict, "email-taken", "Another employee has the address %s.", e.Email).
			Wrap(err).At("body.email", "belongs to another employee")
	}
	return err
}

// NextNumbers draws n free personnel numbers.
func NextNumbers(tx *database.Tx, n int) ([]string, error) {
	numbers := make([]string, 0, n)
	for len(numbers) < n {
		drawn, err := column[string](tx.DB, `SELECT number FROM (
				SELECT 'E-' || lpad(n::text, greatest(4, length(n::text)), '0') AS number
				FROM (SELECT nextval('employee_number') AS n FROM generate_series(1, ?)) next) drawn
			WHERE NOT EXISTS (SELECT FROM employee e WHERE lower(e.number) = lower(drawn.number))`, n-len(numbers))
		if err != nil {
			return nil, err
		}
		numbers = append(numbers, drawn...)
	}
	return numbers, nil
}

// Contact loads the private contact of a person; empty when none was told.
func Contact(g *gorm.DB, id employee.ID) (domain.Contact, error) {
	var c domain.Contact
	err := query(g, func(row row) error { return row.Scan(contactTargets(&c)...) },
		"SELECT "+contactColumns+" FROM contact c WHERE c.employee_id = ?", id)
	return c, err
}

const contactColumns = `c.private_email, c.private_phone, c.street, c.postal_code, c.city, c.country,
	c.emergency_name, c.emergency_phone, c.emergency_relation`

func contactTargets(c *domain.Contact) []any {
	return []any{&c.PrivateEmail, &c.PrivatePhone, &c.Street, &c.PostalCode, &c.City, &c.Country,
		&c.EmergencyName, &c.EmergencyPhone, &c.EmergencyRelation}
}

// SaveContact keeps the private contact of a person.
func SaveContact(tx *database.Tx, id employee.ID, c domain.Contact) error {
	_, err := exec(tx.DB, `INSERT INTO contact (employee_id, private_email, private_phone, street, postal_code, city, country,
			emergency_name, emergency_phone, emergency_relation) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
		ON CONFLICT (employee_id) DO UPDATE SET private_email = excluded.private_email, private_phone = excluded.private_phone,
			street = excluded.street, postal_code = excluded.postal_code, city = excluded.city, country = excluded.country,
			emergency_name = excluded.emergency_name, emergency_phone = excluded.emergency_phone,
			emergency_relation = excluded.emergency_relation`,
		id, c.PrivateEmail, c.PrivatePhone, c.Street, c.PostalCode, c.City, c.Country, c.EmergencyName, c.EmergencyPhone, c.EmergencyRelation)
	return err
}

// Reaches reports whether a person exists inside a reach.
func Reaches(g *gorm.DB, reach domain.Reach, id employee.ID) (bool, error) {
	var s statement
	s.add("SELECT true FROM employee e WHERE e.id = ? AND ", id)
	s.within(reach)
	found := false
	err := s.query(g, func(row row) error { return row.Scan(&found) })
	return found, err
}

// ByKeys finds people by number or e-mail address, both in lower case. Whoever is found by both stands under both.
func ByKeys(tx *database.Tx, keys []string) (map[string]domain.Employee, error) {
	found := map[string]domain.Employee{}
	if len(keys) == 0 {
		return found, nil
	}
	err := query(tx.DB, func(row row) error {
		var e domain.Employee
		var key string
		err := row.Scan(&key, &e.ID, &e.Number, &e.GivenName, &e.FamilyName, &e.HiredOn, &e.LeftOn, &e.Ended)
		found[key] = e
		return err
	}, `SELECT lower(number), id, number, given_name, family_name, hired_on, left_on, ended FROM employee WHERE lower(number) = ANY(?)
		UNION ALL SELECT email, id, number, given_name, family_name, hired_on, left_on, ended FROM employee WHERE email = ANY(?)`,
		database.Array(keys), database.Array(keys))
	return found, err
}
