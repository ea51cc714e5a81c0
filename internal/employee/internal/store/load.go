package store

import (
	"context"
	"fmt"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgtype"

	"erp/internal/employee"
	"erp/internal/employee/internal/domain"
	"erp/internal/platform/database"
	"erp/internal/platform/date"
	"erp/internal/platform/id"
)

// Newcomer is a person of a bulk load, with everything that is kept from the first day on. The load goes by COPY, so the
// caller has checked what the tables would refuse.
type Newcomer struct {
	domain.Employee
	Placement domain.Placement
	Manager   employee.ID
	Pay       domain.Pay
	Contact   domain.Contact
	Identity  domain.Identity
	Bank      domain.BankAccount
	Moves     domain.Timeline[domain.Placement] // the whole timeline, when it is more than Placement, which it ends with
}

// Timeline is where the newcomer stands over time.
func (n Newcomer) Timeline() domain.Timeline[domain.Placement] {
	if len(n.Moves) > 0 {
		return n.Moves
	}
	return domain.Timeline[domain.Placement]{}.Set(n.HiredOn, n.Placement)
}

// Load writes newcomers in the order given.
func Load(ctx context.Context, tx *database.Tx, people []Newcomer, by Author) error {
	for _, table := range []struct {
		name    string
		columns []string
		rows    func(n Newcomer, add func(...any))
	}{
		{"employee", []string{"id", "number", "given_name", "family_name", "display_name", "sort_name", "search_text", "email", "phone",
			"hired_on", "left_on", "reason", "ended", "department_id", "position_id", "location_id", "manager_id"}, employeeRows},
		{"employment", []string{"id", "employee_id", "hired_on", "left_on", "reason", "recorded_at", "recorded_by"}, by.employmentRows},
		{"placement", []string{"id", "employee_id", "department_id", "position_id", "location_id", "valid", "recorded_at", "recorded_by"}, by.placementRows},
		{"reporting_line", []string{"id", "employee_id", "manager_id", "kind", "valid", "recorded_at", "recorded_by"}, by.lineRows},
		{"pay", []string{"id", "employee_id", "amount", "currency", "period", "valid", "recorded_at", "recorded_by"}, by.payRows},
		{"contact", []string{"employee_id", "private_email", "private_phone", "street", "postal_code", "city", "country",
			"emergency_name", "emergency_phone", "emergency_relation"}, contactRows},
		{"identity", []string{"employee_id", "birth_date", "nationality", "national_id", "tax_id", "document", "document_number",
			"document_country", "document_expires_on"}, identityRows},
		{"bank_account", []string{"employee_id", "holder", "iban", "bic"}, bankRows},
	} {
		var rows [][]any
		for _, n := range people {
			table.rows(n, func(values ...any) { rows = append(rows, values) })
		}
		if _, err := tx.Conn().CopyFrom(ctx, pgx.Identifier{table.name}, table.columns, pgx.CopyFromRows(rows)); err != nil {
			return fmt.Errorf("load %s: %w", table.name, database.Fault(err))
		}
	}
	return nil
}

// RebuildTeam makes the closure anew from the lines of a day.
func RebuildTeam(tx *database.Tx, today date.Date) error {
	if _, err := exec(tx.DB, `DELETE FROM team`); err != nil {
		return err
	}
	_, err := exec(tx.DB, `INSERT INTO team (manager_id, member_id, distance)
		WITH RECURSIVE up (member_id, id, distance) AS (
			SELECT e.id AS member_id, e.id, 0 FROM employee e WHERE NOT e.ended
			UNION ALL
			SELECT up.member_id, l.manager_id, up.distance + 1 FROM up
				JOIN reporting_line l ON l.employee_id = up.id AND l.kind = 'solid' AND l.valid @> ?::date
		) SELECT id, member_id, distance FROM up`, today)
	return err
}

// JoinTeams puts loaded people into the closure, whose managers may be among them.
func JoinTeams(tx *database.Tx, people []employee.ID, today date.Date) error {
	_, err := exec(tx.DB, `INSERT INTO team (manager_id, member_id, distance)
		WITH RECURSIVE up (member_id, id, distance) AS (
			SELECT one.id AS member_id, one.id, 0 FROM unnest(?::uuid[]) AS one (id)
			UNION ALL
			SELECT up.member_id, l.manager_id, up.distance + 1 FROM up
				JOIN reporting_line l ON l.employee_id = up.id AND l.kind = 'solid' AND l.valid @> ?::date
		) SELECT id, member_id, distance FROM up`, database.Array(people), today)
	return err
}

func employeeRows(n Newcomer, add func(...any)) {
	manager := n.Manager
	if n.Ended {
		manager = employee.ID{}
	}
	add([16]byte(n.ID), n.Number, n.GivenName, n.FamilyName, n.DisplayName(), n.SortName(), n.SearchText(), n.Email, n.Phone,
		day(n.HiredOn), day(n.LeftOn), n.Reason, n.Ended,
		nullable(n.Placement.DepartmentID), nullable(n.Placement.PositionID), nullable(n.Placement.LocationID), nullable(manager))
}

func (by Author) employmentRows(n Newcomer, add func(...any)) {
	left := n.LeftOn
	if !n.Ended {
		left = date.Date{}
	}
	add(newKey(), [16]byte(n.ID), day(n.HiredOn), day(left), n.Reason, by.At, by.Name)
}

func (by Author) placementRows(n Newcomer, add func(...any)) {
	for _, s := range n.Timeline() {
		add(newKey(), [16]byte(n.ID), nullable(s.Value.DepartmentID), nullable(s.Value.PositionID), nullable(s.Value.LocationID),
			span(s.From, s.Until), by.At, by.Name)
	}
}

func (by Author) lineRows(n Newcomer, add func(...any)) {
	if n.Manager.IsZero() {
		return
	}
	until := date.Date{}
	if n.Ended {
		until = n.LeftOn.AddDays(1)
	}
	add(newKey(), [16]byte(n.ID), [16]byte(n.Manager), "solid", span(n.HiredOn, until), by.At, by.Name)
}

func (by Author) payRows(n Newcomer, add func(...any)) {
	if n.Pay.Currency == "" {
		return
	}
	var amount pgtype.Numeric
	if amount.Scan(n.Pay.Amount.String()) != nil { // a decimal always reads as a number
		return
	}
	add(newKey(), [16]byte(n.ID), amount, string(n.Pay.Currency), string(n.Pay.Period),
		span(n.HiredOn, date.Date{}), by.At, by.Name)
}

func contactRows(n Newcomer, add func(...any)) {
	if c := n.Contact; c != (domain.Contact{}) {
		add([16]byte(n.ID), c.PrivateEmail, c.PrivatePhone, c.Street, c.PostalCode, c.City, c.Country,
			c.EmergencyName, c.EmergencyPhone, c.EmergencyRelation)
	}
}

func identityRows(n Newcomer, add func(...any)) {
	if i := n.Identity; i != (domain.Identity{}) {
		add([16]byte(n.ID), day(i.BirthDate), i.Nationality, i.NationalID, i.TaxID, string(i.Document), i.DocumentNumber, i.DocumentCountry,
			day(i.DocumentExpiresOn))
	}
}

func bankRows(n Newcomer, add func(...any)) {
	if b := n.Bank; b != (domain.BankAccount{}) {
		add([16]byte(n.ID), b.Holder, b.IBAN, b.BIC)
	}
}

func nullable[T any](i id.Of[T]) any {
	if i.IsZero() {
		return nil
	}
	return [16]byte(i)
}

func day(d date.Date) any {
	if d.IsZero() {
		return nil
	}
	return d.Time()
}

func span(from, until date.Date) pgtype.Range[pgtype.Date] {
	r := pgtype.Range[pgtype.Date]{
		Lower: pgtype.Date{Time: from.Time(), Valid: true}, LowerType: pgtype.Inclusive,
		UpperType: pgtype.Unbounded, Valid: true,
	}
	if !until.IsZero() {
		r.Upper, r.UpperType = pgtype.Date{Time: until.Time(), Valid: true}, pgtype.Exclusive
	}
	return r
}

// Inhabited reports whether the company has anybody, or a department, position or site.
func Inhabited(tx *database.Tx) (bool, error) {
	found, err := column[bool](tx.DB, `SELECT EXISTS (SELECT FROM employee) OR EXISTS (SELECT FROM department)
		OR EXISTS (SELECT FROM position) OR EXISTS (SELECT FROM location)`)
	return len(found) == 1 && found[0], err
}

// newKey is a fresh id of a row that nothing refers to, as COPY takes it without a detour over text.
func newKey() [16]byte { return [16]byte(uuid.Must(uuid.NewV7())) }
