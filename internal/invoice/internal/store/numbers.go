package store

import (
	"context"
	"errors"
	"fmt"
	"strconv"

	"github.com/jackc/pgx/v5"

	"erp/internal/invoice"
	"erp/internal/invoice/internal/domain"
	"erp/internal/platform/database"
	"erp/internal/platform/date"
	"erp/internal/platform/fault"
	"erp/internal/platform/money"
)

// Numbers gives out places in the series, and keeps the sums that follow from issuing.
type Numbers struct{}

// Take takes the next n numbers of the series that the document belongs to by the company's pattern. The row stays locked
// until the transaction ends, so an abort leaves no gap. A day before the last issued one is a Conflict when it was asked
// for, and becomes that last day when it was not.
func (Numbers) Take(ctx context.Context, tx *database.Tx, kind invoice.Kind, on date.Date, asked bool, n int) (domain.Numbered, error) {
	var series string
	var last, width int
	var lastDate date.Date
	err := tx.Conn().QueryRow(ctx, `INSERT INTO number_series AS s (series, last_number, last_date)
			SELECT prefix || CASE WHEN yearly THEN '-' || $5::text ELSE '' END, $2, $3 FROM number_pattern WHERE kind = $1
		ON CONFLICT (series) DO UPDATE SET last_number = s.last_number + $2, last_date = greatest(s.last_date, $3)
		WHERE s.last_date <= $3 OR NOT $4
		RETURNING series, last_number, last_date, (SELECT width FROM number_pattern WHERE kind = $1)`,
		string(kind), n, on.Time(), asked, strconv.Itoa(on.Year())).Scan(&series, &last, &lastDate, &width)
	if errors.Is(err, pgx.ErrNoRows) {
		return domain.Numbered{}, fault.New(fault.Conflict, "date-before-last",
			"A document of the same series was already issued with a later date than %s; choose that day or a later one.", on).
			At("body.issueDate", "is before the last issued document of the series")
	}
	if err != nil {
		return domain.Numbered{}, fmt.Errorf("take number: %w", err)
	}
	return domain.NumberIn(width, series, last-n+1, lastDate), nil
}

// AddMonth adds to what a month brought.
func AddMonth(tx *database.Tx, month date.Date, currency money.Currency, invoices int, net, received money.Decimal) {
	tx.Queue(`INSERT INTO month_total AS m (month, currency, invoices, net, received) VALUES ($1, $2, $3, $4::text::numeric, $5::text::numeric)
		ON CONFLICT (month, currency) DO UPDATE SET invoices = m.invoices + excluded.invoices, net = m.net + excluded.net,
			received = m.received + excluded.received`,
		month.FirstOfMonth().Time(), string(currency), invoices, net.String(), received.String())
}

// AddReceivable adds an open amount on its due date.
func AddReceivable(tx *database.Tx, dueOn date.Date, currency money.Currency, invoices int, open money.Decimal) {
	tx.Queue(`INSERT INTO receivable AS r (due_on, currency, invoices, open) VALUES ($1, $2, $3, $4::text::numeric)
		ON CONFLICT (due_on, currency) DO UPDATE SET invoices = r.invoices + excluded.invoices, open = r.open + excluded.open`,
		dueOn.Time(), string(currency), invoices, open.String())
}

// TakeReceivable takes from an open amount; invoices is how many closed.
func TakeReceivable(tx *database.Tx, dueOn date.Date, currency money.Currency, invoices int, open money.Decimal) {
	tx.Queue(`UPDATE receivable SET invoices = invoices - $3, open = open - $4::text::numeric WHERE due_on = $1 AND currency = $2`,
		dueOn.Time(), string(currency), invoices, open.String())
}
