package store

import (
	"context"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5"

	"erp/internal/invoice"
	"erp/internal/platform/database"
	"erp/internal/platform/date"
	"erp/internal/platform/money"
)

// mostOpen invoices stand on a statement.
const mostOpen = 2000

// Open gives what a customer owes on a day, the oldest first.
func (s Letters) Open(ctx context.Context, customer invoice.CustomerID, today date.Date) ([]invoice.ReminderInvoice, error) {
	var out []invoice.ReminderInvoice
	err := query(ctx, s.DB.Pool(), func(r pgx.Rows) error {
		l := invoice.ReminderInvoice{}
		if err := r.Scan(&l.ID, &l.Number, &l.IssuedOn, &l.DueOn, &l.Currency, &l.Due); err != nil {
			return err
		}
		l.Due, l.Interest, l.Days = l.Due.In(l.Currency), money.Zero.In(l.Currency), max(0, today.DaysSince(l.DueOn))
		out = append(out, l)
		return nil
	}, `SELECT id, number, issued_on, due_on, currency, due FROM invoice WHERE customer_id = $1 AND due > 0 ORDER BY due_on, id LIMIT $2`, customer.String(), mostOpen)
	if err != nil {
		return nil, fmt.Errorf("list what is open: %w", err)
	}
	return out, nil
}

// SentReminder is a reminder as it was written.
type SentReminder struct {
	CustomerID            invoice.CustomerID
	Title, Text, Language string
	On                    date.Date
	At                    time.Time
	Fee                   money.Decimal
	FeeIn                 money.Currency
	Invoices              []invoice.ReminderInvoice
}

// Reminder gives a reminder with what it said of each invoice.
func (s Letters) Reminder(ctx context.Context, which invoice.LetterID) (SentReminder, error) {
	var out SentReminder
	err := s.DB.Pool().QueryRow(ctx, `SELECT customer_id, subject, body, language, day, at, fee, fee_currency FROM letter WHERE id = $1 AND kind = 'reminder'`, which.String()).
		Scan(&out.CustomerID, &out.Title, &out.Text, &out.Language, &out.On, &out.At, &out.Fee, &out.FeeIn)
	if err := one(err, "reminder"); err != nil {
		return out, err
	}
	err = query(ctx, s.DB.Pool(), func(r pgx.Rows) error {
		var l invoice.ReminderInvoice
		if err := r.Scan(&l.ID, &l.Number, &l.IssuedOn, &l.DueOn, &l.Currency, &l.Level, &l.Due, &l.Interest); err != nil {
			return err
		}
		l.Due, l.Interest, l.Days = l.Due.In(l.Currency), l.Interest.In(l.Currency), out.On.DaysSince(l.DueOn)
		out.Invoices = append(out.Invoices, l)
		return nil
	}, `SELECT i.id, i.number, i.issued_on, i.due_on, i.currency, a.level, a.due, a.interest FROM letter_invoice a JOIN invoice i ON i.id = a.invoice_id
		WHERE a.letter_id = $1 ORDER BY i.due_on, i.id`, which.String())
	if err != nil {
		return out, fmt.Errorf("read reminder: %w", err)
	}
	return out, nil
}

// StillOpen tells whether anything that a reminder is about is still to be paid and not in dispute.
func (s Letters) StillOpen(ctx context.Context, which invoice.LetterID) (bool, error) {
	var open bool
	err := s.DB.Pool().QueryRow(ctx, `SELECT EXISTS (SELECT FROM letter_invoice a JOIN invoice i ON i.id = a.invoice_id
		WHERE a.letter_id = $1 AND i.due > 0 AND NOT EXISTS (SELECT FROM dispute d WHERE d.invoice_id = i.id))`, which.String()).Scan(&open)
	if err != nil {
		return false, fmt.Errorf("read reminder: %w", database.Fault(err))
	}
	return open, nil
}
