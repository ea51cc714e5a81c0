package app

import (
	"context"
	"io"

	"erp/internal/employee"
	"erp/internal/employee/internal/domain"
	"erp/internal/employee/internal/store"
	"erp/internal/platform/csvfile"
)

// exported are the columns of an export. An import takes the same ones.
var exported = []string{
	"number", "givenName", "familyName", "email", "phone", "department", "position", "location", "manager", "hiredOn", "leftOn", "status",
}

var (
	exportedPay      = []string{"pay", "currency", "payPeriod"}
	exportedIdentity = []string{"birthDate", "nationality", "nationalId", "taxId", "document", "documentNumber", "documentCountry", "documentExpiresOn"}
	exportedBank     = []string{"accountHolder", "iban", "bic"}
	exportedContact  = []string{"privateEmail", "privatePhone", "street", "postalCode", "city", "country", "emergencyName", "emergencyPhone", "emergencyRelation"}
)

const exportBatch = 1000

// Export writes the people whom the caller may see and export, as the list would show them. Pay and contact stand in it
// only when asked for, and are filled only where the caller may see them.
func (a *App) Export(ctx context.Context, f Filter) (func(io.Writer) error, error) {
	q, err := a.query(ctx, f, "")
	if err != nil {
		return nil, err
	}
	looked := q // an order or a filter tells of what is not written too
	q.Pay, q.Identity, q.Bank = q.Pay && f.Pay, q.Identity && f.Identity, q.Bank && f.Bank
	q.Sight.Profile = narrower(q.Sight.Profile, reach(ctx, CanExport))
	q.Limit = exportBatch
	if err := a.recordLooks(ctx, looked, "export", employee.Employee{}); err != nil {
		return nil, err
	}
	return func(w io.Writer) error {
		file := csvfile.NewWriter(w, header(q)...)
		for {
			people, cursors, err := store.People(a.db.Standby().Search(ctx), q)
			if err != nil {
				return err
			}
			managers, err := a.managerKeys(ctx, people)
			if err != nil {
				return err
			}
			for _, p := range people[:min(len(people), exportBatch)] {
				file.Row(cells(q, p, managers[p.ManagerID])...)
			}
			if len(people) <= exportBatch {
				return file.Flush()
			}
			q.After = cursors[exportBatch-1]
		}
	}, nil
}

func narrower(x, y domain.Reach) domain.Reach {
	if y.Breadth < x.Breadth {
		return y
	}
	return x
}

// managerKeys gives each manager's e-mail address, else number: what an import finds them by.
func (a *App) managerKeys(ctx context.Context, people []Profile) (map[employee.ID]string, error) {
	ids := make([]employee.ID, 0, len(people))
	for _, p := range people {
		ids = append(ids, p.ManagerID)
	}
	managers, err := Directory{a}.Employees(ctx, ids)
	keys := make(map[employee.ID]string, len(managers))
	for id, m := range managers {
		keys[id] = m.Email
		if m.Email == "" {
			keys[id] = m.Number
		}
	}
	return keys, err
}

func header(q store.Query) []string {
	columns := append([]string{}, exported...)
	if q.Pay {
		columns = append(columns, exportedPay...)
	}
	if q.Contact {
		columns = append(columns, exportedContact...)
	}
	if q.Identity {
		columns = append(columns, exportedIdentity...)
	}
	if q.Bank {
		columns = append(columns, exportedBank...)
	}
	return columns
}

func cells(q store.Query, p Profile, manager string) []string {
	row := []string{
		p.Number, p.GivenName, p.FamilyName, p.Email, p.Phone, p.Department, p.Position, p.Location, manager,
		p.HiredOn.String(), p.LeftOn.String(), string(p.Status),
	}
	if q.Pay {
		pay := [3]string{}
		if c := p.Compensation; c != nil {
			pay = [3]string{c.Amount.String(), string(c.Currency), string(c.Period)}
		}
		row = append(row, pay[:]...)
	}
	if q.Contact {
		var c Contact
		if p.Contact != nil {
			c = *p.Contact
		}
		row = append(row, c.PrivateEmail, c.PrivatePhone, c.Street, c.PostalCode, c.City, c.Country, c.EmergencyName, c.EmergencyPhone, c.EmergencyRelation)
	}
	return append(row, guardedCells(q, p)...)
}

// guardedCells are papers and account, empty where the caller may not see them.
func guardedCells(q store.Query, p Profile) []string {
	var cells []string
	if q.Identity {
		var i Identity
		if p.Identity != nil {
			i = *p.Identity
		}
		cells = append(cells, i.BirthDate.String(), i.Nationality, i.NationalID, i.TaxID, string(i.Document), i.DocumentNumber, i.DocumentCountry, i.DocumentExpiresOn.String())
	}
	if q.Bank {
		var b BankAccount
		if p.Bank != nil {
			b = *p.Bank
		}
		cells = append(cells, b.Holder, b.IBAN, b.BIC)
	}
	return cells
}
