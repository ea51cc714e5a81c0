package store

import (
	"erp/internal/employee"
	"erp/internal/employee/internal/domain"
	"erp/internal/platform/database"
)

// Account narrows a list by whether it is known where somebody's pay goes to.
type Account string

// The choices; the empty one is everybody.
const (
	AccountKnown   Account = "known"
	AccountMissing Account = "missing"
)

const (
	identityColumns = `i.birth_date, coalesce(i.nationality, ''), coalesce(i.national_id, ''), coalesce(i.tax_id, ''), coalesce(i.document, ''),
		coalesce(i.document_number, ''), coalesce(i.document_country, ''), i.document_expires_on`
	bankColumns = `coalesce(b.holder, ''), coalesce(b.iban, ''), coalesce(b.bic, '')`
)

// SortsByIdentity reports whether an order tells of somebody's papers.
func SortsByIdentity(name string) bool { return name == "birthDate" || name == "documentExpiresOn" }

func (q Query) showGroups(s *statement) {
	if q.Identity {
		s.add(", i.employee_id IS NOT NULL, " + identityColumns)
	}
	if q.Bank {
		s.add(", b.employee_id IS NOT NULL, " + bankColumns)
	}
}

func (q Query) joinGroups(s *statement) {
	if q.Identity || !q.ExpiresTo.IsZero() || SortsByIdentity(q.Sort) {
		s.add(" LEFT JOIN identity i ON i.employee_id = e.id AND ")
		s.within(q.Sight.Identity)
	}
	if q.Bank || q.Account != "" {
		s.add(" LEFT JOIN bank_account b ON b.employee_id = e.id AND ")
		s.within(q.Sight.Bank)
	}
}

func (q Query) whereGroups(s *statement) {
	if !q.ExpiresTo.IsZero() {
		s.add(" AND i.document_expires_on <= ?", q.ExpiresTo)
	}
	switch q.Account {
	case AccountKnown:
		s.add(" AND b.employee_id IS NOT NULL")
	case AccountMissing: // of whom the caller may know it
		s.add(" AND b.employee_id IS NULL AND ")
		s.within(q.Sight.Bank)
	}
}

// groups is where a row's identity and account are read into.
type groups struct {
	hasIdentity, hasBank bool
	identity             domain.Identity
	bank                 domain.BankAccount
}

func (g *groups) targets(q Query) []any {
	var targets []any
	if i := &g.identity; q.Identity {
		targets = append(targets, &g.hasIdentity, &i.BirthDate, &i.Nationality, &i.NationalID, &i.TaxID, &i.Document, &i.DocumentNumber,
			&i.DocumentCountry, &i.DocumentExpiresOn)
	}
	if q.Bank {
		targets = append(targets, &g.hasBank, &g.bank.Holder, &g.bank.IBAN, &g.bank.BIC)
	}
	return targets
}

func (g *groups) show(p *domain.Profile) {
	if g.hasIdentity {
		p.Identity = &g.identity
	}
	if g.hasBank {
		p.Bank = &g.bank
	}
}

// SaveIdentity keeps who somebody is to authorities; nothing said is nothing kept.
func SaveIdentity(tx *database.Tx, id employee.ID, i domain.Identity) error {
	if i == (domain.Identity{}) {
		_, err := exec(tx.DB, `DELETE FROM identity WHERE employee_id = ?`, id)
		return err
	}
	_, err := exec(tx.DB, `INSERT INTO identity (employee_id, birth_date, nationality, national_id, tax_id, document, document_number, document_country,
			document_expires_on) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
		ON CONFLICT (employee_id) DO UPDATE SET birth_date = excluded.birth_date, nationality = excluded.nationality,
			national_id = excluded.national_id, tax_id = excluded.tax_id, document = excluded.document,
			document_number = excluded.document_number, document_country = excluded.document_country,
			document_expires_on = excluded.document_expires_on`,
		id, i.BirthDate, i.Nationality, i.NationalID, i.TaxID, string(i.Document), i.DocumentNumber, i.DocumentCountry, i.DocumentExpiresOn)
	return err
}

// SaveBankAccount keeps where somebody's pay goes to; nothing said is nothing kept.
func SaveBankAccount(tx *database.Tx, id employee.ID, b domain.BankAccount) error {
	if b == (domain.BankAccount{}) {
		_, err := exec(tx.DB, `DELETE FROM bank_account WHERE employee_id = ?`, id)
		return err
	}
	_, err := exec(tx.DB, `INSERT INTO bank_account (employee_id, holder, iban, bic) VALUES (?, ?, ?, ?)
		ON CONFLICT (employee_id) DO UPDATE SET holder = excluded.holder, iban = excluded.iban, bic = excluded.bic`, id, b.Holder, b.IBAN, b.BIC)
	return err
}
