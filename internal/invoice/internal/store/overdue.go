package store

import (
	"context"
	"fmt"

	"github.com/jackc/pgx/v5"

	"erp/internal/employee"
	"erp/internal/invoice"
	"erp/internal/platform/database"
	"erp/internal/platform/date"
)

// Overdue is an invoice whose day has passed.
type Overdue struct {
	invoice.FellOverdue
	Customer string
	Owner    employee.ID
}

// FreshlyOverdue lists what became overdue since the day and was told to nobody yet, at most so many. Two at once wait for
// each other, so that each is told once.
func (s Sums) FreshlyOverdue(ctx context.Context, tx *database.Tx, since, today date.Date, most int) ([]Overdue, error) {
	if _, err := tx.Conn().Exec(ctx, `SELECT pg_advisory_xact_lock(hashtext(current_schema() || '.overdue'))`); err != nil {
		return nil, fmt.Errorf("lock what is overdue: %w", err)
	}
	var out []Overdue
	err := query(ctx, tx.Conn(), func(rows pgx.Rows) error {
		var o Overdue
		if err := rows.Scan(&o.InvoiceID, &o.Number, &o.CustomerID, &o.Customer, &o.Owner, &o.DueOn, &o.Currency, &o.Due); err != nil {
			return err
		}
		out = append(out, o)
		return nil
	}, `SELECT i.id, i.number, i.customer_id, i.customer_name, i.owner_id, i.due_on, i.currency, i.due FROM invoice i
		WHERE i.due > 0 AND i.due_on >= $1 AND i.due_on < $2 AND i.number IS NOT NULL
			AND NOT EXISTS (SELECT FROM event_log e WHERE e.about = i.id::text AND e.name = $3)
		ORDER BY i.due_on, i.id LIMIT $4`, day(since), day(today), invoice.FellOverdue{}.EventName(), most)
	if err != nil {
		return nil, fmt.Errorf("list what is overdue: %w", err)
	}
	return out, nil
}
