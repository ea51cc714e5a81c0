package store

import (
	"context"
	"database/sql"
	"fmt"
	"strings"

	"erp/internal/invoice"
	"erp/internal/platform/date"
	"erp/internal/platform/money"
	"erp/internal/platform/page"
)

// ageBand is how long an invoice (i) has been overdue at the end of a day, which is asked for four times.
const ageBand = `CASE WHEN i.due_on >= ?::date THEN 'not-due' WHEN i.due_on > ?::date - 31 THEN '1-30'
		WHEN i.due_on > ?::date - 61 THEN '31-60' WHEN i.due_on > ?::date - 91 THEN '61-90' ELSE 'over-90' END AS band`

// openOn is every invoice with something due at the end of a day, which is asked for three times more. What was settled
// by then is passed over by an index; of the rest the changes up to that day are added up.
const openOn = `SELECT i.customer_id, i.currency, o.due, ` + ageBand + ` FROM invoice i
	CROSS JOIN LATERAL (SELECT sum(c.amount) AS due FROM due_change c WHERE c.invoice_id = i.id AND c."on" <= ?::date) o
	WHERE i.kind = 'invoice' AND i.number IS NOT NULL AND coalesce(i.settled_on, 'infinity'::date) > ?::date AND i.issued_on <= ?::date AND o.due > 0`

// openNow is openOn for the day that is not over yet: no fact has a later date.
const openNow = `SELECT i.customer_id, i.currency, i.due, ` + ageBand + ` FROM invoice i
	WHERE i.kind = 'invoice' AND i.number IS NOT NULL AND i.due > 0`

func times(n int, day date.Date) []any {
	days := make([]any, n)
	for i := range days {
		days[i] = day
	}
	return days
}

// ReceivablesOn gives what was open at the end of a day by currency and band of days overdue.
func (s Sums) ReceivablesOn(ctx context.Context, day date.Date) (map[money.Currency][]invoice.AgeBand, error) {
	out := map[money.Currency][]invoice.AgeBand{}
	err := run(s.DB.Read(ctx), func(r *sql.Rows) error {
		var currency money.Currency
		var b invoice.AgeBand
		err := r.Scan(&currency, &b.Band, &b.Count, &b.Amount)
		out[currency] = append(out[currency], b)
		return err
	}, `SELECT currency, band, count(*), sum(due) FROM (`+openOn+`) o GROUP BY currency, band`, times(7, day)...)
	if err != nil {
		return nil, fmt.Errorf("read receivables of a day: %w", err)
	}
	return out, nil
}

// DebtorsOn gives a page of the customers who owed something at the end of a day, by name; now says that it is not over yet.
func (s Sums) DebtorsOn(ctx context.Context, day date.Date, now bool, req page.Request) (page.Of[invoice.CustomerReceivables], error) {
	const sort = "name"
	after, err := page.Decode(req.Cursor, sort, 3)
	if err != nil {
		return page.Of[invoice.CustomerReceivables]{}, err
	}
	open, args, more := openOn, times(7, day), ""
	if now {
		open, args = openNow, times(4, day)
	}
	if after != nil {
		more = ` WHERE (c.name, c.id, o.currency) > (?::text, ?::text::uuid, ?::text)`
		args = append(args, after[0], after[1], after[2])
	}
	var rows []invoice.CustomerReceivables
	err = run(s.DB.Read(ctx), func(r *sql.Rows) error {
		v, err := scanDebtor(r)
		rows = append(rows, v)
		return err
	}, `SELECT c.id, c.name, o.currency, sum(o.n), string_agg(o.band || ' ' || o.n || ' ' || o.due, ',')
		FROM (SELECT customer_id, currency, band, count(*) n, sum(due) due FROM (`+open+`) x GROUP BY 1, 2, 3) o
		JOIN customer c ON c.id = o.customer_id`+more+`
		GROUP BY c.id, c.name, o.currency ORDER BY c.name, c.id, o.currency`+fmt.Sprintf(` LIMIT %d`, req.Size()+1), args...)
	if err != nil {
		return page.Of[invoice.CustomerReceivables]{}, fmt.Errorf("list receivables of a day: %w", err)
	}
	return page.Cut(rows, req.Size(), func(v invoice.CustomerReceivables) string {
		return page.Encode(sort, v.Customer, v.CustomerID.String(), string(v.Currency))
	}), nil
}

func scanDebtor(r *sql.Rows) (invoice.CustomerReceivables, error) {
	var v invoice.CustomerReceivables
	var bands string
	if err := r.Scan(&v.CustomerID, &v.Customer, &v.Currency, &v.Invoices, &bands); err != nil {
		return v, err
	}
	for band := range strings.SplitSeq(bands, ",") {
		var b invoice.AgeBand
		var amount string
		if _, err := fmt.Sscan(band, &b.Band, &b.Count, &amount); err != nil {
			return v, err
		}
		var err error
		if b.Amount, err = money.Parse(amount); err != nil {
			return v, err
		}
		v.Ageing = append(v.Ageing, b)
	}
	return v, nil
}
