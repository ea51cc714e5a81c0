package store

import (
	"context"
	"database/sql"
	"fmt"

	"erp/internal/invoice"
	"erp/internal/platform/database"
	"erp/internal/platform/date"
	"erp/internal/platform/money"
)

// Sums reads the read models of home pages.
type Sums struct{ DB *database.DB }

// Months gives what the months since a first one brought, by currency.
func (s Sums) Months(ctx context.Context, since date.Date) (map[money.Currency]map[date.Date]invoice.MonthTotal, error) {
	out := map[money.Currency]map[date.Date]invoice.MonthTotal{}
	err := run(s.DB.Read(ctx), func(r *sql.Rows) error {
		var currency money.Currency
		var m invoice.MonthTotal
		if err := r.Scan(&m.Month, &currency, &m.Invoices, &m.Net, &m.Received); err != nil {
			return err
		}
		if out[currency] == nil {
			out[currency] = map[date.Date]invoice.MonthTotal{}
		}
		out[currency][m.Month] = m
		return nil
	}, `SELECT month, currency, invoices, net, received FROM month_total WHERE month >= ?`, since)
	if err != nil {
		return nil, fmt.Errorf("read months: %w", err)
	}
	return out, nil
}

// Receivables gives what is open by currency and band of days overdue.
func (s Sums) Receivables(ctx context.Context, today date.Date) (map[money.Currency][]invoice.AgeBand, error) {
	out := map[money.Currency][]invoice.AgeBand{}
	err := run(s.DB.Read(ctx), func(r *sql.Rows) error {
		var currency money.Currency
		var b invoice.AgeBand
		err := r.Scan(&currency, &b.Band, &b.Count, &b.Amount)
		out[currency] = append(out[currency], b)
		return err
	}, `SELECT currency, CASE WHEN due_on >= ?::date THEN 'not-due' WHEN due_on > ?::date - 31 THEN '1-30' WHEN due_on > ?::date - 61 THEN '31-60'
			WHEN due_on > ?::date - 91 THEN '61-90' ELSE 'over-90' END AS band, sum(invoices), sum(open)
		FROM receivable WHERE open > 0 GROUP BY 1, 2`, today, today, today, today)
	if err != nil {
		return nil, fmt.Errorf("read receivables: %w", err)
	}
	return out, nil
}

// Drafts counts drafts.
func (s Sums) Drafts(ctx context.Context) (int, error) {
	var n int
	if err := s.DB.Read(ctx).Raw(`SELECT count(*) FROM invoice WHERE status = 'draft'`).Scan(&n).Error; err != nil {
		return 0, fmt.Errorf("count drafts: %w", database.Fault(err))
	}
	return n, nil
}
