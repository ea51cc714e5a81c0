package store

import (
	"strings"

	"erp/internal/invoice"
	"erp/internal/invoice/internal/domain"
	"erp/internal/platform/database"
	"erp/internal/platform/date"
)

// columns of the projection, in the order of rowOf.
const columns = `id, version, kind, status, series, sequence, number, customer_id, customer_name, owner_id, reference, currency,
	issued_on, due_on, lines_total, allowances, charges, net, tax, gross, rounding, payable, paid, credited, written_off, credit_of,
	search_text, created_at, updated_at, settled_on`

const parameters = `$1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15::text::numeric, $16::text::numeric,
	$17::text::numeric, $18::text::numeric, $19::text::numeric, $20::text::numeric, $21::text::numeric, $22::text::numeric,
	$23::text::numeric, $24::text::numeric, $25::text::numeric, $26, $27, $28, $29, $30`

const insertInvoice = `INSERT INTO invoice (` + columns + `) VALUES (` + parameters + `)`

const updateInvoice = `UPDATE invoice SET (` + columns + `) = (` + parameters + `) WHERE id = $1`

// rowOf is the projection of an invoice.
func rowOf(inv *domain.Invoice) []any {
	c := inv.Content
	t := c.Document.Totals
	var series, number string
	var sequence any
	var issuedOn, dueOn date.Date
	if inv.Issue != nil {
		series, number, sequence = inv.Issue.Series, inv.Issue.Number, inv.Issue.Sequence
		issuedOn, dueOn = inv.Issue.IssuedOn, inv.Issue.DueOn
	}
	var creditOf any
	if inv.CreditOf != nil {
		creditOf = inv.CreditOf.ID.String()
	}
	return []any{
		inv.ID.String(), inv.Version, string(inv.Kind), string(inv.Status()), text(series), sequence, text(number),
		null(c.CustomerID), c.Customer, null(inv.OwnerID), c.Reference, string(c.Document.Currency), day(issuedOn), day(dueOn),
		t.Lines.String(), t.Allowances.String(), t.Charges.String(), t.Net.String(), t.Tax.String(), t.Gross.String(),
		t.Rounding.String(), t.Payable.String(), inv.Paid.String(), inv.Credited.String(), inv.WrittenOff.String(), creditOf,
		SearchText(inv), inv.CreatedAt, inv.UpdatedAt, day(inv.SettledOn()),
	}
}

// SearchText is what a search of documents looks into.
func SearchText(inv *domain.Invoice) string {
	number := ""
	if inv.Issue != nil {
		number = inv.Issue.Number
	}
	return searchable(number, inv.Content.Customer, inv.Content.Reference)
}

// searchable is lower case and without accents, with everything that a clerk may type.
func searchable(parts ...string) string { return database.Fold(strings.Join(parts, " ")) }

// viewStatus is the status of a row as people see it today.
func viewStatus(status string, dueOn, today date.Date) invoice.Status {
	return domain.OnDay(invoice.Status(status), dueOn, today)
}
