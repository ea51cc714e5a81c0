package store

import (
	"context"
	"database/sql"
	"fmt"
	"strings"

	"erp/internal/employee"
	"erp/internal/invoice"
	"erp/internal/invoice/internal/domain"
	"erp/internal/platform/database"
	"erp/internal/platform/date"
	"erp/internal/platform/page"
)

// Invoices reads the projection of documents.
type Invoices struct{ DB *database.DB }

// InvoiceQuery narrows the list of documents; zero fields do not.
type InvoiceQuery struct {
	Kind       invoice.Kind
	Status     string // as people see it today, or "open"
	CustomerID invoice.CustomerID
	From, To   date.Date // of issue
	Q          string
	Owners     []employee.ID // nil is everybody
	Sort       string
	Page       page.Request
	Today      date.Date
}

const rowColumns = `id, version, kind, status, coalesce(number, ''), customer_id, customer_name, owner_id, issued_on, due_on, reference,
	currency, net, tax, gross, due, created_at`

var invoiceOrders = map[string]order{ //nolint:gochecknoglobals // because it is a constant table
	"created":  {},
	"issuedOn": {"coalesce(issued_on, 'infinity'::date)", "date"},
	"dueOn":    {"coalesce(due_on, 'infinity'::date)", "date"},
	"gross":    {"gross", "numeric"},
}

// List gives a page of documents, newest first unless sorted otherwise.
func (s Invoices) List(ctx context.Context, q InvoiceQuery) (page.Of[invoice.Row], error) {
	c := q.conditions()
	counted := c
	q.Sort = q.sort()
	orderBy, err := c.keyset(invoiceOrders, q.Sort, q.Sort, q.Page)
	if err != nil {
		return page.Of[invoice.Row]{}, err
	}
	var rows []invoice.Row
	err = run(handle(ctx, s.DB, counted), collect(&rows, q.Today),
		`SELECT `+rowColumns+` FROM invoice`+c.where()+orderBy+fmt.Sprintf(` LIMIT %d`, q.Page.Size()+1), c.args...)
	if err != nil {
		return page.Of[invoice.Row]{}, fmt.Errorf("list invoices: %w", err)
	}
	out := page.Cut(rows, q.Page.Size(), q.cursor)
	if !q.Page.Count {
		return out, nil
	}
	n, err := count(ctx, s.DB, "invoice", counted)
	if err != nil {
		return page.Of[invoice.Row]{}, err
	}
	return out.Counted(n), nil
}

// Each calls f for every document of the query, in its order, without holding them all.
func (s Invoices) Each(ctx context.Context, q InvoiceQuery, f func(invoice.Row) error) error {
	c := q.conditions()
	narrowed := c
	q.Page.Cursor = ""
	orderBy, err := c.keyset(invoiceOrders, q.Sort, q.sort(), q.Page)
	if err != nil {
		return err
	}
	err = run(handle(ctx, s.DB, narrowed), func(r *sql.Rows) error {
		row, err := scanRow(r, q.Today)
		if err != nil {
			return err
		}
		return f(row)
	}, `SELECT `+rowColumns+` FROM invoice`+c.where()+orderBy, c.args...)
	if err != nil {
		return fmt.Errorf("export invoices: %w", err)
	}
	return nil
}

// ByID gives the documents with these ids.
func (s Invoices) ByID(ctx context.Context, ids []invoice.ID, today date.Date) (map[invoice.ID]invoice.Row, error) {
	var rows []invoice.Row
	err := run(s.DB.Read(ctx), collect(&rows, today),
		`SELECT `+rowColumns+` FROM invoice WHERE id = ANY (?::text[]::uuid[])`, database.Array(ids))
	if err != nil {
		return nil, fmt.Errorf("read invoices: %w", err)
	}
	out := make(map[invoice.ID]invoice.Row, len(rows))
	for _, r := range rows {
		out[r.ID] = r
	}
	return out, nil
}

// OwnedBy gives the documents that these people made, newest first, at most each for one person.
func (s Invoices) OwnedBy(ctx context.Context, owners []employee.ID, each int, today date.Date) (map[employee.ID][]invoice.Row, error) {
	var rows []invoice.Row
	err := run(s.DB.Read(ctx), collect(&rows, today), `SELECT `+rowColumns+` FROM (SELECT DISTINCT unnest(?::text[]::uuid[]) AS one) owner CROSS JOIN LATERAL (
		SELECT * FROM invoice WHERE owner_id = owner.one ORDER BY id DESC LIMIT ?) made ORDER BY id DESC`, database.Array(owners), each)
	if err != nil {
		return nil, fmt.Errorf("read invoices by owner: %w", err)
	}
	out := make(map[employee.ID][]invoice.Row, len(owners))
	for _, r := range rows {
		out[r.OwnerID] = append(out[r.OwnerID], r)
	}
	return out, nil
}

func (q InvoiceQuery) conditions() conditions {
	var c conditions
	if q.Kind != "" {
		c.and("kind = ?", string(q.Kind))
	}
	switch q.Status {
	case "":
	case "open":
		c.and("due > 0")
	case string(invoice.Overdue):
		c.and("due > 0 AND due_on < ?", q.Today)
	case string(invoice.Open), string(invoice.PartlyPaid):
		c.and("status = ? AND due_on >= ?", q.Status, q.Today)
	case string(invoice.Settled):
		c.and("status = ? AND kind = 'credit-note'", q.Status) // no invoice is, which an index knows
	default:
		c.and("status = ?", q.Status)
	}
	if !q.CustomerID.IsZero() {
		c.and("customer_id = ?", q.CustomerID)
	}
	if !q.From.IsZero() {
		c.and("coalesce(issued_on, 'infinity'::date) >= ?", q.From)
	}
	if !q.To.IsZero() {
		c.and("coalesce(issued_on, 'infinity'::date) <= ?", q.To)
	}
	if q.Owners != nil {
		c.and("owner_id = ANY (?::text[]::uuid[])", database.Array(q.Owners))
	}
	if series, sequence, ok := domain.ParseNumber(q.Q); ok {
		c.and("series = ? AND sequence = ?", series, sequence)
	} else {
		c.words(q.Q)
	}
	return c
}

// sort is the order asked for; without one, newest first. A period is read by its days, for
// which there is an index, and not by walking through everything that is newer.
func (q InvoiceQuery) sort() string {
	switch {
	case q.Sort != "":
		return q.Sort
	case !q.From.IsZero() || !q.To.IsZero():
		return "-issuedOn"
	}
	return "-created"
}

func (q InvoiceQuery) cursor(r invoice.Row) string {
	value := ""
	switch strings.TrimPrefix(q.Sort, "-") {
	case "issuedOn":
		value = orInfinity(r.IssuedOn)
	case "dueOn":
		value = orInfinity(r.DueOn)
	case "gross":
		value = r.Gross.String()
	}
	return page.Encode(q.Sort, value, r.ID.String())
}

func orInfinity(d date.Date) string {
	if d.IsZero() {
		return "infinity"
	}
	return d.String()
}

func collect(rows *[]invoice.Row, today date.Date) func(*sql.Rows) error {
	return func(r *sql.Rows) error {
		row, err := scanRow(r, today)
		*rows = append(*rows, row)
		return err
	}
}

func scanRow(r *sql.Rows, today date.Date) (invoice.Row, error) {
	var v invoice.Row
	var status string
	err := r.Scan(&v.ID, &v.Version, &v.Kind, &status, &v.Number, &v.CustomerID, &v.Customer, &v.OwnerID, &v.IssuedOn, &v.DueOn,
		&v.Reference, &v.Currency, &v.Net, &v.Tax, &v.Gross, &v.Due, &v.CreatedAt)
	v.Status = viewStatus(status, v.DueOn, today)
	v.Due, v.CreatedAt = v.Due.In(v.Currency), v.CreatedAt.UTC()
	return v, err
}
