package store

import (
	"context"
	"database/sql"
	"fmt"
	"strings"

	"erp/internal/employee"
	"erp/internal/invoice"
	"erp/internal/platform/database"
	"erp/internal/platform/date"
	"erp/internal/platform/page"
)

// RecurringQuery narrows the list of recurring invoices; zero fields do not.
type RecurringQuery struct {
	Status     string // or "blocked": something is in the way
	CustomerID invoice.CustomerID
	Q          string
	Owners     []employee.ID // nil is everybody
	Sort       string
	Page       page.Request
}

var recurringOrders = map[string]order{ //nolint:gochecknoglobals // because it is a constant table
	"created": {},
	"nextOn":  {"coalesce(next_on, 'infinity'::date)", "date"},
}

// List gives a page of them, what comes next first unless sorted otherwise.
func (s Recurring) List(ctx context.Context, q RecurringQuery) (page.Of[invoice.RecurringRow], error) {
	var c conditions
	switch q.Status {
	case "":
	case "blocked":
		c.and("obstacle IS NOT NULL")
	default:
		c.and("status = ?", q.Status)
	}
	if !q.CustomerID.IsZero() {
		c.and("customer_id = ?", q.CustomerID)
	}
	if q.Owners != nil {
		c.and("owner_id = ANY (?::text[]::uuid[])", database.Array(q.Owners))
	}
	c.words(q.Q)
	counted := c
	if q.Sort == "" {
		q.Sort = "nextOn"
	}
	orderBy, err := c.keyset(recurringOrders, q.Sort, q.Sort, q.Page)
	if err != nil {
		return page.Of[invoice.RecurringRow]{}, err
	}
	var rows []invoice.RecurringRow
	err = run(handle(ctx, s.DB, counted), func(r *sql.Rows) error {
		var v invoice.RecurringRow
		err := r.Scan(&v.ID, &v.Version, &v.Name, &v.Status, &v.Obstacle, &v.Deed, &v.Every, &v.Unit, &v.NextOn, &v.Made, &v.CustomerID, &v.Customer, &v.Currency, &v.Gross)
		rows = append(rows, v)
		return err
	}, `SELECT id, version, name, status, coalesce(obstacle ->> 'code', ''), deed, every, unit, next_on, made, customer_id, customer_name, currency, gross
		FROM recurring_invoice`+c.where()+orderBy+fmt.Sprintf(` LIMIT %d`, q.Page.Size()+1), c.args...)
	if err != nil {
		return page.Of[invoice.RecurringRow]{}, fmt.Errorf("list recurring invoices: %w", err)
	}
	out := page.Cut(rows, q.Page.Size(), func(v invoice.RecurringRow) string {
		value := ""
		if strings.TrimPrefix(q.Sort, "-") == "nextOn" {
			value = orInfinity(v.NextOn)
		}
		return page.Encode(q.Sort, value, v.ID.String())
	})
	if !q.Page.Count {
		return out, nil
	}
	n, err := count(ctx, s.DB, "recurring_invoice", counted)
	return out.Counted(n), err
}

// Made gives a page of the invoices that one made, the latest date first. Those of others than these owners are left out.
func (s Recurring) Made(ctx context.Context, which invoice.RecurringID, owners []employee.ID, today date.Date, req page.Request) (page.Of[invoice.RecurringInvoice], error) {
	var c conditions
	c.and("d.recurring_id = ?", which)
	if owners != nil {
		c.and("i.owner_id = ANY (?::text[]::uuid[])", database.Array(owners))
	}
	after, err := page.Decode(req.Cursor, "-on", 1)
	if err != nil {
		return page.Of[invoice.RecurringInvoice]{}, err
	}
	if after != nil {
		c.and(`d."on" < ?::text::date`, after[0])
	}
	var rows []invoice.RecurringInvoice
	err = run(s.DB.Read(ctx), func(r *sql.Rows) error {
		var v invoice.RecurringInvoice
		var status string
		var dueOn date.Date
		err := r.Scan(&v.On, &v.MadeAt, &v.InvoiceID, &v.Number, &status, &v.IssuedOn, &dueOn, &v.Currency, &v.Gross, &v.Due)
		v.MadeAt, v.Status = v.MadeAt.UTC(), viewStatus(status, dueOn, today)
		if v.Currency != "" {
			v.Due = v.Due.In(v.Currency)
		}
		rows = append(rows, v)
		return err
	}, `SELECT d."on", d.made_at, i.id, coalesce(i.number, ''), coalesce(i.status, ''), i.issued_on, i.due_on, coalesce(i.currency, ''), coalesce(i.gross, 0), coalesce(i.due, 0)
		FROM recurring_date d LEFT JOIN invoice i ON i.id = d.invoice_id`+c.where()+fmt.Sprintf(` ORDER BY d."on" DESC LIMIT %d`, req.Size()+1), c.args...)
	if err != nil {
		return page.Of[invoice.RecurringInvoice]{}, fmt.Errorf("list what a recurring invoice made: %w", err)
	}
	return page.Cut(rows, req.Size(), func(v invoice.RecurringInvoice) string { return page.Encode("-on", v.On.String()) }), nil
}
