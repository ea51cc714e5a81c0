package store

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/jackc/pgx/v5"

	"erp/internal/invoice"
	"erp/internal/invoice/internal/domain"
	"erp/internal/platform/database"
)

// Verify compares the projections with the ledger.
type Verify struct{ DB *database.DB }

// A Difference is one thing that does not hold.
type Difference struct{ About, What string }

// String says it in one line.
func (d Difference) String() string { return d.About + ": " + d.What }

// Batch folds the events of up to n documents after an id and compares each with its
// projection. It returns the last id, zero at the end, how many it saw, and what differs.
func (s Verify) Batch(ctx context.Context, after invoice.ID, n int) (invoice.ID, int, []Difference, error) {
	var ids []string
	var last invoice.ID
	err := query(ctx, s.DB.Pool(), func(r pgx.Rows) error {
		err := r.Scan(&last)
		ids = append(ids, last.String())
		return err
	}, `SELECT DISTINCT invoice_id FROM ledger_event WHERE invoice_id > $1::text::uuid ORDER BY 1 LIMIT $2`, orNil(after), n)
	if err != nil {
		return last, 0, nil, fmt.Errorf("list ledger: %w", err)
	}
	if len(ids) == 0 {
		return invoice.ID{}, 0, nil, nil
	}
	all, differences, err := s.fold(ctx, ids)
	if err != nil {
		return last, 0, nil, err
	}
	more, err := s.compare(ctx, ids, all)
	if err != nil {
		return last, 0, nil, err
	}
	differences = append(differences, more...)
	more, err = s.sealed(ctx, ids, all)
	return last, len(ids), append(differences, more...), err
}

func orNil(id invoice.ID) string {
	if id.IsZero() {
		return "00000000-0000-0000-0000-000000000000"
	}
	return id.String()
}

// folded is a document with the facts that make it.
type folded struct {
	*domain.Invoice
	events []domain.Event
}

func (s Verify) fold(ctx context.Context, ids []string) (map[invoice.ID]folded, []Difference, error) {
	events := map[invoice.ID][]domain.Event{}
	err := query(ctx, s.DB.Pool(), func(r pgx.Rows) error {
		e, err := scanEvent(r)
		events[e.InvoiceID] = append(events[e.InvoiceID], e)
		return err
	}, `SELECT invoice_id, version, kind, at, actor, payload FROM ledger_event WHERE invoice_id = ANY ($1::text[]::uuid[]) ORDER BY invoice_id, version`, ids)
	if err != nil {
		return nil, nil, fmt.Errorf("read ledger: %w", err)
	}
	out := make(map[invoice.ID]folded, len(events))
	var differences []Difference
	for id, list := range events {
		inv, err := domain.Replay(list)
		if err != nil {
			differences = append(differences, Difference{id.String(), err.Error()})
			continue
		}
		out[id] = folded{inv, list}
	}
	return out, differences, nil
}

// compare looks at every column that the fold determines, and at the parts.
func (s Verify) compare(ctx context.Context, ids []string, all map[invoice.ID]folded) ([]Difference, error) {
	var out []Difference
	found := map[invoice.ID]bool{}
	err := query(ctx, s.DB.Pool(), func(r pgx.Rows) error {
		var id invoice.ID
		var is, parts string
		if err := r.Scan(&id, &is, &parts); err != nil {
			return err
		}
		found[id] = true
		inv, known := all[id]
		if !known {
			return nil
		}
		if want := signature(inv.Invoice); is != want {
			out = append(out, Difference{inv.Label(), fmt.Sprintf("the table says %s, the ledger %s", is, want)})
		}
		if want := partsSignature(inv.Invoice, inv.events); parts != want {
			out = append(out, Difference{inv.Label(), fmt.Sprintf("lines and taxes are %s, in the ledger %s", parts, want)})
		}
		return nil
	}, `SELECT i.id, concat_ws('|', i.version, i.kind, i.status, i.number, i.customer_id, i.customer_name, i.owner_id, i.reference, i.currency,
			i.issued_on, i.due_on, i.net, i.tax, i.gross, i.payable, i.paid, i.credited, i.written_off, i.credit_of, i.settled_on),
			concat_ws('|', (SELECT count(*) || '|' || coalesce(string_agg(l.net::text, ',' ORDER BY l.position), '') FROM invoice_line l WHERE l.invoice_id = i.id),
				(SELECT coalesce(string_agg(t.taxable || '+' || t.tax, ',' ORDER BY t.position), '') FROM invoice_tax t WHERE t.invoice_id = i.id),
				(SELECT coalesce(sum(a.amount), 0)::text FROM allocation a WHERE a.invoice_id = i.id),
				(SELECT coalesce(string_agg(c.version || ' ' || c."on" || ' ' || c.amount, ',' ORDER BY c.version), '') FROM due_change c WHERE c.invoice_id = i.id))
		FROM invoice i WHERE i.id = ANY ($1::text[]::uuid[])`, ids)
	if err != nil {
		return nil, fmt.Errorf("read invoices: %w", err)
	}
	for id, inv := range all {
		if found[id] == inv.Discarded {
			out = append(out, Difference{inv.Label(), "stands in the table but was discarded, or is missing there"})
		}
	}
	return out, nil
}

// sealed compares issued documents with the fingerprints that the audit trail has sealed.
// Documents that came without an entry of their own, such as sample ones, have none.
func (s Verify) sealed(ctx context.Context, ids []string, all map[invoice.ID]folded) ([]Difference, error) {
	var out []Difference
	err := query(ctx, s.DB.Pool(), func(r pgx.Rows) error {
		var id invoice.ID
		var was string
		if err := r.Scan(&id, &was); err != nil {
			return err
		}
		inv, known := all[id]
		if !known {
			return nil
		}
		is, err := domain.Fingerprint(inv.Invoice)
		if err == nil && is != was {
			out = append(out, Difference{inv.Label(), "is not what was issued: its fingerprint is " + is + ", the audit trail has " + was})
		}
		return err
	}, `SELECT subject_id::uuid, after ->> 'fingerprint' FROM audit_entry
		WHERE subject = 'invoice' AND subject_id = ANY ($1) AND action = 'invoice.issue' AND after ? 'fingerprint'`, ids)
	if err != nil {
		return nil, fmt.Errorf("read fingerprints: %w", err)
	}
	return out, nil
}

func signature(inv *domain.Invoice) string {
	c, t := inv.Content, inv.Content.Document.Totals
	parts := []string{fmt.Sprint(inv.Version), string(inv.Kind), string(inv.Status())}
	if inv.Issue != nil {
		parts = append(parts, inv.Issue.Number)
	}
	parts = appendSet(parts, c.CustomerID.String())
	parts = append(parts, c.Customer)
	parts = appendSet(parts, inv.OwnerID.String())
	parts = append(parts, c.Reference, string(c.Document.Currency))
	if inv.Issue != nil {
		parts = appendSet(append(parts, inv.Issue.IssuedOn.String()), inv.Issue.DueOn.String())
	}
	parts = append(parts, t.Net.String(), t.Tax.String(), t.Gross.String(), t.Payable.String(), inv.Paid.String(), inv.Credited.String(), inv.WrittenOff.String())
	if inv.CreditOf != nil {
		parts = append(parts, inv.CreditOf.ID.String())
	}
	parts = appendSet(parts, inv.SettledOn().String())
	return strings.Join(parts, "|")
}

// appendSet leaves out what is NULL in the table.
func appendSet(parts []string, s string) []string {
	if s == "" {
		return parts
	}
	return append(parts, s)
}

func partsSignature(inv *domain.Invoice, events []domain.Event) string {
	d := inv.Content.Document
	nets, taxes := make([]string, len(d.Lines)), make([]string, len(d.Taxes))
	for i, l := range d.Lines {
		nets[i] = l.Net.String()
	}
	for i, g := range d.Taxes {
		taxes[i] = g.Taxable.String() + "+" + g.Tax.String()
	}
	paid := inv.Paid.String()
	if inv.Paid.IsZero() {
		paid = "0"
	}
	changes := domain.DueChanges(inv, events)
	var dues []string
	for _, version := range slices.Sorted(maps.Keys(changes)) {
		dues = append(dues, fmt.Sprintf("%d %s %s", version, changes[version].On, changes[version].Amount))
	}
	return fmt.Sprintf("%d|%s|%s|%s|%s", len(d.Lines), strings.Join(nets, ","), strings.Join(taxes, ","), paid, strings.Join(dues, ","))
}

// Sums compares what only the tables together can say: series without gaps, payments and
// the read models.
func (s Verify) Sums(ctx context.Context) ([]Difference, error) {
	var out []Difference
	for about, sql := range map[string]string{
		"number series": `SELECT coalesce(s.series, i.series) || ': last number ' || coalesce(s.last_number, 0) || ', ' || coalesce(i.n, 0) || ' documents up to ' || coalesce(i.top, 0)
			FROM number_series s FULL JOIN (SELECT series, count(*) n, min(sequence) bottom, max(sequence) top FROM invoice WHERE series IS NOT NULL GROUP BY series) i ON i.series = s.series
			WHERE s.last_number - s.first_number + 1 IS DISTINCT FROM coalesce(i.n, 0)
				OR (i.n > 0 AND (i.bottom, i.top) IS DISTINCT FROM (s.first_number, s.last_number))`,
		"facts of payments": `SELECT p.id || ': ' || p.amount || ' with ' || p.refunded || ' given back, by its facts ' || coalesce(f.amount, 0) || ' with ' || coalesce(f.refunded, 0)
			FROM payment p LEFT JOIN (
				SELECT payment_id, max((payload ->> 'amount')::numeric) FILTER (WHERE kind = 'recorded') amount,
					max((payload ->> 'receivedOn')::date) received_on, max(payload ->> 'currency') currency, (max(payload ->> 'customerId'))::uuid customer_id,
					coalesce(sum((payload ->> 'amount')::numeric) FILTER (WHERE kind = 'refunded'), 0) refunded,
					max((payload ->> 'on')::date) FILTER (WHERE kind = 'voided') voided_on, count(*) n, max(version) last
				FROM payment_event GROUP BY payment_id
			) f ON f.payment_id = p.id
			WHERE (p.amount, p.refunded, p.received_on, p.currency, p.customer_id) IS DISTINCT FROM (f.amount, f.refunded, f.received_on, f.currency, f.customer_id)
				OR p.voided_on IS DISTINCT FROM f.voided_on OR f.n IS DISTINCT FROM f.last`,
		"payments": `SELECT p.id || ': allocated ' || p.allocated || ', allocations ' || coalesce(sum(a.amount), 0) FROM payment p
			LEFT JOIN allocation a ON a.payment_id = p.id GROUP BY p.id HAVING p.allocated <> coalesce(sum(a.amount), 0)`,
		"receivables": `SELECT coalesce(r.due_on, i.due_on) || ' ' || coalesce(r.currency, i.currency) || ': ' || coalesce(r.open, 0) || ' in ' || coalesce(r.invoices, 0) || ', open invoices ' || coalesce(i.due, 0) || ' in ' || coalesce(i.n, 0)
			FROM (SELECT * FROM receivable WHERE open <> 0 OR invoices <> 0) r
			FULL JOIN (SELECT due_on, currency, sum(due) due, count(*) n FROM invoice WHERE due > 0 GROUP BY due_on, currency) i
				ON i.due_on = r.due_on AND i.currency = r.currency
			WHERE r.open IS DISTINCT FROM i.due OR r.invoices IS DISTINCT FROM i.n`,
		"months": `SELECT coalesce(m.month, x.month) || ' ' || coalesce(m.currency, x.currency) || ': ' || coalesce(m.net, 0) || ' and ' || coalesce(m.received, 0) || ', documents ' || coalesce(x.net, 0) || ' and ' || coalesce(x.received, 0)
			FROM month_total m FULL JOIN (
				SELECT month, currency, sum(n) n, sum(net) net, sum(received) received FROM (
					SELECT date_trunc('month', issued_on)::date AS month, currency, count(*) FILTER (WHERE kind = 'invoice') n, sum(net) net, 0 AS received
					FROM invoice WHERE number IS NOT NULL GROUP BY 1, 2
					UNION ALL
					` + receivedByMonth + `
				) parts GROUP BY month, currency
			) x ON x.month = m.month AND x.currency = m.currency
			WHERE m.net IS DISTINCT FROM x.net OR m.received IS DISTINCT FROM x.received OR m.invoices IS DISTINCT FROM x.n`,
	} {
		err := query(ctx, s.DB.Pool(), func(r pgx.Rows) error {
			var what string
			err := r.Scan(&what)
			out = append(out, Difference{about, what})
			return err
		}, sql)
		if err != nil {
			return nil, fmt.Errorf("verify %s: %w", about, err)
		}
	}
	return out, nil
}
