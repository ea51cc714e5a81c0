package store

import (
	"gorm.io/gorm"

	"erp/internal/employee"
	"erp/internal/employee/internal/domain"
	"erp/internal/platform/database"
	"erp/internal/platform/date"
	"erp/internal/platform/fault"
)

// Departments lists the departments in order of name; only those with the ids when there are any.
func Departments(g *gorm.DB, today date.Date, only ...employee.DepartmentID) ([]employee.Department, error) {
	departments := []employee.Department{}
	err := query(g, func(row row) error {
		var d employee.Department
		if err := row.Scan(&d.ID, &d.Name, &d.Code, &d.ParentID, &d.LeadID, &d.Lead, &d.Members, &d.Archived, &d.Version); err != nil {
			return err
		}
		departments = append(departments, d)
		return nil
	}, `SELECT d.id, d.name, d.code, d.parent_id, d.lead_id, coalesce(e.display_name, ''), coalesce(c.n, 0), d.archived, d.version
		FROM department d LEFT JOIN employee e ON e.id = d.lead_id
		LEFT JOIN (`+grouped("department_id")+`) c ON c.department_id = d.id
		WHERE cardinality(?::uuid[]) = 0 OR d.id = ANY(?::uuid[]) ORDER BY d.name COLLATE "und-x-icu"`, today, database.Array(only), database.Array(only))
	return departments, err
}

// Positions lists the positions in order of title; only those with the ids when there are any.
func Positions(g *gorm.DB, today date.Date, only ...employee.PositionID) ([]employee.Position, error) {
	positions := []employee.Position{}
	err := query(g, func(row row) error {
		var p employee.Position
		if err := row.Scan(&p.ID, &p.Title, &p.Members, &p.Archived, &p.Version); err != nil {
			return err
		}
		positions = append(positions, p)
		return nil
	}, `SELECT t.id, t.title, coalesce(c.n, 0), t.archived, t.version
		FROM position t LEFT JOIN (`+grouped("position_id")+`) c ON c.position_id = t.id
		WHERE cardinality(?::uuid[]) = 0 OR t.id = ANY(?::uuid[]) ORDER BY t.title COLLATE "und-x-icu"`, today, database.Array(only), database.Array(only))
	return positions, err
}

// Locations lists the sites in order of name; only those with the ids when there are any.
func Locations(g *gorm.DB, today date.Date, only ...employee.LocationID) ([]employee.WorkLocation, error) {
	locations := []employee.WorkLocation{}
	err := query(g, func(row row) error {
		var l employee.WorkLocation
		if err := row.Scan(&l.ID, &l.Name, &l.City, &l.Country, &l.Members, &l.Archived, &l.Version); err != nil {
			return err
		}
		locations = append(locations, l)
		return nil
	}, `SELECT l.id, l.name, l.city, l.country, coalesce(c.n, 0), l.archived, l.version
		FROM location l LEFT JOIN (`+grouped("location_id")+`) c ON c.location_id = l.id
		WHERE cardinality(?::uuid[]) = 0 OR l.id = ANY(?::uuid[]) ORDER BY l.name COLLATE "und-x-icu"`, today, database.Array(only), database.Array(only))
	return locations, err
}

// grouped counts who stands at each value of a column today.
func grouped(column string) string {
	return `SELECT ` + column + `, count(*) AS n FROM employee WHERE NOT ended AND hired_on <= ?::date GROUP BY ` + column
}

// SaveDepartment keeps a department: a new one at version 0, else a changed one, Stale when the version has moved on.
func SaveDepartment(tx *database.Tx, d domain.Department) error {
	err := save(tx, d.Version,
		`INSERT INTO department (name, code, parent_id, lead_id, archived, id) VALUES (?, ?, ?, ?, ?, ?)`,
		`UPDATE department SET name = ?, code = ?, parent_id = ?, lead_id = ?, archived = ?, version = version + 1 WHERE id = ? AND version = ?`,
		d.Name, d.Code, d.ParentID, d.LeadID, d.Archived, d.ID)
	switch {
	case database.IsUnique(err, "department_name_key"):
		return nameTaken(err, "department", "name", d.Name)
	case database.IsForeignKey(err, ""):
		return unknownReference(err, "body.parentId", "department")
	}
	return err
}

// SavePosition keeps a position, as SaveDepartment does.
func SavePosition(tx *database.Tx, p domain.Position) error {
	err := save(tx, p.Version,
		`INSERT INTO position (title, archived, id) VALUES (?, ?, ?)`,
		`UPDATE position SET title = ?, archived = ?, version = version + 1 WHERE id = ? AND version = ?`,
		p.Title, p.Archived, p.ID)
	if database.IsUnique(err, "position_title_key") {
		return nameTaken(err, "position", "title", p.Title)
	}
	return err
}

// SaveLocation keeps a site, as SaveDepartment does.
func SaveLocation(tx *database.Tx, l domain.Location) error {
	err := save(tx, l.Version,
		`INSERT INTO location (name, city, country, archived, id) VALUES (?, ?, ?, ?, ?)`,
		`UPDATE location SET name = ?, city = ?, country = ?, archived = ?, version = version + 1 WHERE id = ? AND version = ?`,
		l.Name, l.City, l.Country, l.Archived, l.ID)
	if database.IsUnique(err, "location_name_key") {
		return nameTaken(err, "site", "name", l.Name)
	}
	return err
}

func save(tx *database.Tx, version int, insert, update string, args ...any) error {
	if version == 0 {
		_, err := exec(tx.DB, insert, args...)
		return err
	}
	n, err := exec(tx.DB, update, append(args, version)...)
	if err == nil && n == 0 {
		err = Stale()
	}
	return err
}

// RemoveDepartment deletes a department that nobody was ever placed in and that has none below it.
func RemoveDepartment(tx *database.Tx, id employee.DepartmentID, version int) error {
	return remove(tx, "department", id, version)
}

// RemovePosition deletes a position that nobody ever held.
func RemovePosition(tx *database.Tx, id employee.PositionID, version int) error {
	return remove(tx, "position", id, version)
}

// RemoveLocation deletes a site where nobody ever worked.
func RemoveLocation(tx *database.Tx, id employee.LocationID, version int) error {
	return remove(tx, "location", id, version)
}

func remove(tx *database.Tx, table string, id any, version int) error {
	n, err := exec(tx.DB, "DELETE FROM "+table+" WHERE id = ? AND version = ?", id, version)
	if database.IsForeignKey(err, "") {
		return fault.New(fault.Conflict, "in-use", "The %s is part of somebody's record and cannot be deleted; archive it instead.", table).Wrap(err)
	}
	if err == nil && n == 0 {
		err = Stale()
	}
	return err
}

// LockDepartments makes the transaction the only one that changes the department tree.
func LockDepartments(tx *database.Tx) error {
	_, err := exec(tx.DB, `SELECT pg_advisory_xact_lock(hashtext(current_schema() || '.department'))`)
	return err
}

// PartOf reports whether a department is, over any number of levels, part of another, or is that one.
func PartOf(tx *database.Tx, id, of employee.DepartmentID) (bool, error) {
	found, err := column[bool](tx.DB, `WITH RECURSIVE up (id) AS (
			SELECT ?::uuid UNION SELECT d.parent_id FROM department d JOIN up ON d.id = up.id WHERE d.parent_id IS NOT NULL
		) SELECT EXISTS (SELECT FROM up WHERE id = ?)`, id, of)
	return len(found) == 1 && found[0], err
}

func nameTaken(err error, what, field, name string) error {
	return fault.New(fault.Conflict, "name-taken", "There is a %s %q already.", what, name).Wrap(err).At("body."+field, "is taken")
}

func unknownReference(err error, at, what string) error {
	return fault.New(fault.Invalid, "invalid-input", "Some fields need your attention.").Wrap(err).At(at, "there is no such "+what)
}

// Usability tells which parts of a placement somebody can be moved to. None is always fine.
type Usability struct{ Department, Position, Location bool }

// Usable tells which parts of a placement exist and are not archived.
func Usable(g *gorm.DB, p domain.Placement) (Usability, error) {
	var u Usability
	err := query(g, func(row row) error { return row.Scan(&u.Department, &u.Position, &u.Location) },
		`SELECT ?::uuid IS NULL OR EXISTS (SELECT FROM department WHERE id = ? AND NOT archived),
			?::uuid IS NULL OR EXISTS (SELECT FROM position WHERE id = ? AND NOT archived),
			?::uuid IS NULL OR EXISTS (SELECT FROM location WHERE id = ? AND NOT archived)`,
		p.DepartmentID, p.DepartmentID, p.PositionID, p.PositionID, p.LocationID, p.LocationID)
	return u, err
}
