package store

import (
	"bytes"
	"context"
	"fmt"
	"strings"
	"time"

	"erp/internal/invoice"
	"erp/internal/invoice/internal/domain"
	"erp/internal/platform/database"
)

// Load collects documents and payments in bulk and writes them by COPY, a table at a time.
type Load struct {
	Invoices int

	invoices, lines, taxes, events, dues, payments, received, allocations, customers, items table
}

// Add takes a document with all its pending facts.
func (l *Load) Add(inv *domain.Invoice) error {
	l.Invoices++
	l.invoices.row(rowOf(inv)...)
	for i, x := range inv.Content.Document.Lines {
		l.lines.row(inv.ID.String(), i+1, null(x.ItemID), x.Description, x.Quantity.String(), x.Unit, x.UnitPrice.String(),
			string(x.Tax.Category), x.Tax.Percent.String(), x.Net.String())
	}
	for i, x := range inv.Content.Document.Taxes {
		l.taxes.row(inv.ID.String(), i+1, string(x.Category), x.Percent.String(), x.Taxable.String(), x.Tax.String())
	}
	changes := domain.DueChanges(inv, inv.Pending)
	for _, e := range inv.Pending {
		body, err := payload(e.Fact)
		if err != nil {
			return err
		}
		l.events.row(e.InvoiceID.String(), e.Version, e.Fact.Kind(), e.At, e.Actor, string(body))
		if c, some := changes[e.Version]; some {
			l.dues.row(e.InvoiceID.String(), e.Version, day(c.On), c.Amount.String())
		}
	}
	inv.Pending = nil
	return nil
}

// Pay takes a payment with its allocations and the fact that it was recorded.
func (l *Load) Pay(p invoice.Payment, by string) error {
	body, err := payload(domain.RecordedOf(p))
	if err != nil {
		return err
	}
	l.received.row(p.ID.String(), 1, "recorded", p.CreatedAt, by, string(body))
	l.payments.row(p.ID.String(), p.CustomerID.String(), day(p.ReceivedOn), string(p.Currency), p.Amount.String(), p.Amount.Sub(p.Unallocated).String(),
		p.Method, p.Reference, null(p.RecordedBy), p.Version, p.CreatedAt)
	for _, a := range p.Allocations {
		l.allocations.row(p.ID.String(), a.InvoiceID.String(), a.Amount.String(), day(a.On))
	}
	return nil
}

// Customer takes a customer without contacts.
func (l *Load) Customer(c invoice.Customer) { l.customers.row(customerRow(c)...) }

// Item takes an item.
func (l *Load) Item(i invoice.Item) {
	l.items.row(i.ID.String(), i.Version, i.Code, i.Name, i.Description, i.Unit, i.UnitPrice.String(), string(i.Currency), string(i.PriceMode),
		null(i.TaxRateID), i.Archived, searchable(i.Code, i.Name))
}

// Write copies everything into the tables, what others point at first.
func (l *Load) Write(ctx context.Context, tx *database.Tx) error {
	for _, t := range []struct {
		into string
		rows *table
	}{
		{"customer (" + customerColumns + ", search_text)", &l.customers},
		{"item (" + itemColumns + ", search_text)", &l.items},
		{"invoice (" + columns + ")", &l.invoices},
		{"invoice_line (invoice_id, position, item_id, description, quantity, unit, unit_price, tax_category, tax_percent, net)", &l.lines},
		{"invoice_tax (invoice_id, position, category, percent, taxable, tax)", &l.taxes},
		{"ledger_event (invoice_id, version, kind, at, actor, payload)", &l.events},
		{`due_change (invoice_id, version, "on", amount)`, &l.dues},
		{"payment (id, customer_id, received_on, currency, amount, allocated, method, reference, recorded_by, version, created_at)", &l.payments},
		{"payment_event (payment_id, version, kind, at, actor, payload)", &l.received},
		{`allocation (payment_id, invoice_id, amount, "on")`, &l.allocations},
	} {
		if t.rows.Len() == 0 {
			continue
		}
		if _, err := tx.Conn().PgConn().CopyFrom(ctx, &t.rows.Buffer, "COPY "+t.into+" FROM STDIN"); err != nil {
			return fmt.Errorf("copy into %s: %w", strings.Fields(t.into)[0], err)
		}
	}
	return nil
}

// table is rows in the text form of COPY.
type table struct{ bytes.Buffer }

var copyEscape = strings.NewReplacer(`\`, `\\`, "\t", `\t`, "\n", `\n`, "\r", `\r`) //nolint:gochecknoglobals // because it is a constant table

func (t *table) row(values ...any) {
	for i, v := range values {
		if i > 0 {
			t.WriteByte('\t')
		}
		switch v := v.(type) {
		case nil:
			t.WriteString(`\N`)
		case string:
			_, _ = copyEscape.WriteString(t, v) // a buffer takes everything
		case time.Time:
			t.WriteString(v.UTC().Format("2006-01-02 15:04:05.999999Z"))
		default:
			fmt.Fprint(t, v)
		}
	}
	t.WriteByte('\n')
}

// receivedByMonth is the money that came in and was neither voided nor given back, in
// the months in which that happened.
const receivedByMonth = `SELECT date_trunc('month', received_on)::date, currency, 0, 0, sum(amount) FROM payment WHERE voided_on IS NULL GROUP BY 1, 2
	UNION ALL
	SELECT date_trunc('month', (e.payload ->> 'on')::date)::date, p.currency, 0, 0, -sum((e.payload ->> 'amount')::numeric)
	FROM payment_event e JOIN payment p ON p.id = e.payment_id WHERE e.kind = 'refunded' GROUP BY 1, 2`

// FinishLoad sets the series, the customer numbers and the read models to what was loaded.
func FinishLoad(ctx context.Context, tx *database.Tx) error {
	for _, sql := range []string{
		`INSERT INTO number_series (series, last_number, last_date) SELECT series, max(sequence), max(issued_on) FROM invoice WHERE series IS NOT NULL GROUP BY series
			ON CONFLICT (series) DO UPDATE SET last_number = excluded.last_number, last_date = excluded.last_date`,
		`SELECT setval('customer_number', greatest(1, (SELECT count(*) FROM customer)))`,
		`INSERT INTO receivable (due_on, currency, invoices, open) SELECT due_on, currency, count(*), sum(due) FROM invoice WHERE due > 0 GROUP BY due_on, currency`,
		`INSERT INTO month_total (month, currency, invoices, net, received)
			SELECT month, currency, sum(n), sum(net), sum(received) FROM (
				SELECT date_trunc('month', issued_on)::date AS month, currency, count(*) FILTER (WHERE kind = 'invoice') n, sum(net) net, 0 AS received
				FROM invoice WHERE number IS NOT NULL GROUP BY 1, 2
				UNION ALL
				` + receivedByMonth + `
			) parts GROUP BY month, currency`,
	} {
		if _, err := tx.Conn().Exec(ctx, sql); err != nil {
			return fmt.Errorf("finish load: %w", err)
		}
	}
	return nil
}

// Inhabited reports whether there are customers or items already.
func Inhabited(ctx context.Context, tx *database.Tx) (bool, error) {
	var yes bool
	err := tx.Conn().QueryRow(ctx, `SELECT EXISTS (SELECT FROM customer) OR EXISTS (SELECT FROM item)`).Scan(&yes)
	if err != nil {
		return false, fmt.Errorf("look for customers and items: %w", err)
	}
	return yes, nil
}
