package app

import (
	"strings"

	"erp/internal/employee/internal/domain"
	"erp/internal/platform/csvfile"
	"erp/internal/platform/fault"
)

// identity reads who somebody is to authorities.
func (r *sheetReader) identity(row csvfile.Row, d *draft, p *fault.Problems) {
	text := func(column string, most int) string { return row.String(&r.problems, column, most, false) }
	d.Identity = domain.Identity{
		BirthDate: row.Date(&r.problems, "birthDate"), Nationality: text("nationality", 2), NationalID: text("nationalId", 40), TaxID: text("taxId", 40),
		Document: domain.Document(text("document", 20)), DocumentNumber: text("documentNumber", 40), DocumentCountry: text("documentCountry", 2),
		DocumentExpiresOn: row.Date(&r.problems, "documentExpiresOn"),
	}
	d.Identity.Tidy()
	d.Identity.Check(p, "row", r.today)
	r.papers = r.papers || d.Identity != domain.Identity{}
}

// bank reads where somebody's pay goes to: to an account of their own, unless the file says whose it is.
func (r *sheetReader) bank(row csvfile.Row, d *draft, p *fault.Problems) {
	text := func(column string, most int) string { return row.String(&r.problems, column, most, false) }
	d.Bank = domain.BankAccount{Holder: text("accountHolder", 200), IBAN: text("iban", 50), BIC: text("bic", 20)}
	d.Bank.Tidy()
	if d.Bank.Holder == "" && d.Bank.IBAN != "" {
		d.Bank.Holder = d.DisplayName()
	}
	var bank fault.Problems
	d.Bank.Check(&bank, "row")
	for _, field := range bank.Fields() {
		p.Add(strings.Replace(field.Location, ".holder", ".accountHolder", 1), "%s", field.Message)
	}
	r.banked = r.banked || d.Bank != domain.BankAccount{}
}

// needs are the groups that the file tells, which take the permission to change them of everybody.
func (r *sheetReader) needs() []asked {
	return []asked{{r.paid, CanEditPay}, {r.contacted, CanEditContact}, {r.papers, CanEditIdentity}, {r.banked, CanEditBank}}
}
