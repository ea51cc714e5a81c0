package app

import (
	"strings"

	"erp/internal/employee"
	"erp/internal/employee/internal/domain"
	"erp/internal/employee/internal/store"
	"erp/internal/platform/csvfile"
	"erp/internal/platform/date"
	"erp/internal/platform/fault"
	"erp/internal/platform/id"
	"erp/internal/platform/money"
)

// importColumns are the columns an import understands: those of an export, under the names that other programs use too.
func importColumns() []csvfile.Column {
	return []csvfile.Column{
		{Name: "number", Aliases: []string{"employeeNumber", "employeeNo", "personnelNumber", "staffNumber", "employeeId", "id", "Personalnummer"}},
		{Name: "name", Aliases: []string{"fullName", "displayName"}},
		{Name: "givenName", Aliases: []string{"firstName", "forename", "Vorname"}},
		{Name: "familyName", Aliases: []string{"lastName", "surname", "Nachname"}},
		{Name: "email", Aliases: []string{"e-mail", "mail", "workEmail", "emailAddress", "E-Mail-Adresse"}},
		{Name: "phone", Aliases: []string{"telephone", "phoneNumber", "workPhone", "mobile", "Telefon"}},
		{Name: "department", Aliases: []string{"departmentName", "dept", "Abteilung"}},
		{Name: "position", Aliases: []string{"positionTitle", "jobTitle", "title", "job", "role", "Stelle"}},
		{Name: "location", Aliases: []string{"site", "office", "workLocation", "Standort"}},
		{Name: "manager", Aliases: []string{"managerEmail", "managerNumber", "reportsTo", "supervisor", "Vorgesetzter"}},
		{Name: "hiredOn", Aliases: []string{"hireDate", "hired", "startDate", "joined", "dateOfJoining", "joiningDate", "entryDate", "firstDay", "Eintritt", "Eintrittsdatum"}},
		{Name: "leftOn", Aliases: []string{"leaveDate", "lastDay", "endDate", "Austritt", "Austrittsdatum"}},
		{Name: "status"},
		{Name: "pay", Aliases: []string{"salary", "Gehalt"}},
		{Name: "currency", Aliases: []string{"Währung"}},
		{Name: "payPeriod"},
		{Name: "privateEmail"}, {Name: "privatePhone"}, {Name: "street"}, {Name: "postalCode"}, {Name: "city"}, {Name: "country"},
		{Name: "emergencyName"}, {Name: "emergencyPhone"}, {Name: "emergencyRelation"},
		{Name: "birthDate", Aliases: []string{"dateOfBirth", "dob", "Geburtsdatum"}}, {Name: "nationality", Aliases: []string{"Staatsangehörigkeit"}},
		{Name: "nationalId", Aliases: []string{"socialSecurityNumber", "ssn", "Sozialversicherungsnummer"}}, {Name: "taxId", Aliases: []string{"Steuer-ID"}},
		{Name: "document"}, {Name: "documentNumber"}, {Name: "documentCountry"}, {Name: "documentExpiresOn"},
		{Name: "accountHolder", Aliases: []string{"Kontoinhaber"}}, {Name: "iban"}, {Name: "bic", Aliases: []string{"swift"}},
	}
}

// draft is a person of the file: what the row says, and what it has been resolved to.
type draft struct {
	store.Newcomer
	row                                     int
	department, position, location, manager string
}

// sheetReader reads rows into drafts and notes what is wrong in a row by itself.
type sheetReader struct {
	today     date.Date
	drafts    []draft
	problems  csvfile.Problems
	paid      bool // the file tells what people earn
	contacted bool // the file tells private contact
	papers    bool // the file tells who people are to authorities
	banked    bool // the file tells where pay goes to
}

func newSheetReader(today date.Date) *sheetReader { return &sheetReader{today: today} }

// again is a copy for another run of a transaction.
func (r *sheetReader) again() *sheetReader {
	copied := *r
	copied.drafts = append([]draft(nil), r.drafts...)
	return &copied
}

func (r *sheetReader) person(row csvfile.Row) {
	d := draft{
		row: row.Number, department: row.String(&r.problems, "department", 100, false), position: row.String(&r.problems, "position", 100, false),
		location: row.String(&r.problems, "location", 100, false), manager: strings.ToLower(row.Text("manager")),
	}
	d.Employee = domain.Employee{
		ID: id.New[employee.Employee](), Number: row.Text("number"), GivenName: row.Text("givenName"), FamilyName: row.Text("familyName"),
		Email: row.Text("email"), Phone: row.Text("phone"), Version: 1,
	}
	if name := row.Text("name"); name != "" && d.GivenName == "" && d.FamilyName == "" {
		d.GivenName, d.FamilyName = splitName(name)
	}
	d.Tidy()
	r.dates(row, &d)
	var p fault.Problems
	d.Check(&p, "row", r.today)
	r.pay(row, &d, &p)
	r.contact(row, &d, &p)
	r.identity(row, &d, &p)
	r.bank(row, &d, &p)
	for _, field := range p.Fields() {
		r.problems.Add(row.Number, field.Location[strings.LastIndexByte(field.Location, '.')+1:], "%s", field.Message)
	}
	r.drafts = append(r.drafts, d)
}

// splitName takes the last word for the family name.
func splitName(name string) (given, family string) {
	words := strings.Fields(name)
	return strings.Join(words[:len(words)-1], " "), words[len(words)-1]
}

// dates reads first and last day. Without a first day it is today.
func (r *sheetReader) dates(row csvfile.Row, d *draft) {
	d.HiredOn, d.LeftOn = row.Date(&r.problems, "hiredOn"), row.Date(&r.problems, "leftOn")
	if d.HiredOn.IsZero() {
		d.HiredOn = r.today
	}
	if d.LeftOn.IsZero() {
		return
	}
	d.Ended = true
	switch {
	case d.LeftOn.Before(d.HiredOn):
		r.problems.Add(row.Number, "leftOn", "is before the first day, %s", d.HiredOn)
	case !d.LeftOn.Before(r.today):
		r.problems.Add(row.Number, "leftOn", "is still to come; import the person without it and plan the leaving afterwards")
	}
}

func (r *sheetReader) pay(row csvfile.Row, d *draft, p *fault.Problems) {
	amount, told := row.Decimal(&r.problems, "pay")
	if !told {
		return
	}
	r.paid = true
	d.Pay = domain.Pay{
		Amount: amount, Currency: money.Currency(strings.ToUpper(row.Text("currency"))),
		Period: domain.Period(row.OneOf(&r.problems, "payPeriod", string(domain.PerYear), string(domain.PerMonth), string(domain.PerHour))),
	}
	if d.Pay.Period == "" {
		d.Pay.Period = domain.PerYear
	}
	var pay fault.Problems
	d.Pay.Check(&pay, "row")
	for _, field := range pay.Fields() {
		p.Add(strings.Replace(field.Location, ".amount", ".pay", 1), "%s", field.Message)
	}
}

func (r *sheetReader) contact(row csvfile.Row, d *draft, p *fault.Problems) {
	text := func(column string, most int) string { return row.String(&r.problems, column, most, false) }
	d.Contact = domain.Contact{
		PrivateEmail: text("privateEmail", 254), PrivatePhone: text("privatePhone", 50), Street: text("street", 200),
		PostalCode: text("postalCode", 20), City: text("city", 100), Country: text("country", 2),
		EmergencyName: text("emergencyName", 200), EmergencyPhone: text("emergencyPhone", 50), EmergencyRelation: text("emergencyRelation", 100),
	}
	d.Contact.Tidy()
	d.Contact.Check(p, "row")
	r.contacted = r.contacted || d.Contact != domain.Contact{}
}
