package store

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5"

	"erp/internal/employee"
	"erp/internal/invoice"
	"erp/internal/invoice/internal/domain"
	"erp/internal/platform/database"
	"erp/internal/platform/date"
	"erp/internal/platform/fault"
)

// Recurring keeps the invoices that are made again and again, and what was made for which date.
type Recurring struct{ DB *database.DB }

const recurringColumns = `id, version, name, status, deed, every, unit, first_on, last_on, times, place, made, agreed_on, retry_at, obstacle,
	content, owner_id, acting_name, who, created_at, updated_at`

// UnknownRecurring is the answer for one that is not there, or not for the caller.
func UnknownRecurring() error {
	return fault.New(fault.NotFound, "recurring-invoice-not-found", "There is no such recurring invoice.")
}

func scanRecurring(row pgx.Row) (*domain.Recurring, error) {
	r := &domain.Recurring{}
	var retryAt *time.Time
	var obstacle, content []byte
	err := row.Scan(&r.ID, &r.Version, &r.Name, &r.Status, &r.Deed, &r.Rhythm.Every, &r.Rhythm.Unit, &r.Rhythm.FirstOn, &r.Rhythm.LastOn, &r.Rhythm.Times,
		&r.Place, &r.Made, &r.AgreedOn, &retryAt, &obstacle, &content, &r.OwnerID, &r.By, &r.Who, &r.CreatedAt, &r.UpdatedAt)
	if errors.Is(err, pgx.ErrNoRows) {
		return nil, UnknownRecurring()
	}
	if err != nil {
		return nil, fmt.Errorf("read recurring invoice: %w", database.Fault(err))
	}
	r.CreatedAt, r.UpdatedAt = r.CreatedAt.UTC(), r.UpdatedAt.UTC()
	if retryAt != nil {
		r.RetryAt = retryAt.UTC()
	}
	if obstacle != nil {
		err = json.Unmarshal(obstacle, &r.Obstacle)
	}
	if err = errors.Join(err, json.Unmarshal(content, &r.Content)); err != nil {
		return nil, fmt.Errorf("read recurring invoice: %w", err)
	}
	return r, nil
}

// ByID gives a recurring invoice.
func (s Recurring) ByID(ctx context.Context, which invoice.RecurringID) (*domain.Recurring, error) {
	return scanRecurring(s.DB.Pool().QueryRow(ctx, `SELECT `+recurringColumns+` FROM recurring_invoice WHERE id = $1`, which.String()))
}

// Lock loads one for change.
func (Recurring) Lock(ctx context.Context, tx *database.Tx, which invoice.RecurringID) (*domain.Recurring, error) {
	return scanRecurring(tx.Conn().QueryRow(ctx, `SELECT `+recurringColumns+` FROM recurring_invoice WHERE id = $1 FOR UPDATE`, which.String()))
}

// LastMade is the last date for which an invoice was made.
func (Recurring) LastMade(ctx context.Context, tx *database.Tx, which invoice.RecurringID) (date.Date, error) {
	var last date.Date
	err := tx.Conn().QueryRow(ctx, `SELECT max("on") FROM recurring_date WHERE recurring_id = $1`, which.String()).Scan(&last)
	if err != nil {
		return last, fmt.Errorf("read what a recurring invoice made: %w", database.Fault(err))
	}
	return last, nil
}

// Insert adds one with the COMMIT.
func (Recurring) Insert(tx *database.Tx, r *domain.Recurring) error {
	row, err := recurringRow(r)
	if err != nil {
		return err
	}
	tx.Queue(`INSERT INTO recurring_invoice (id, version, name, status, deed, every, unit, first_on, last_on, times, place, made, next_on, agreed_on, retry_at,
			obstacle, customer_id, customer_name, currency, gross, content, owner_id, acting_name, who, search_text, updated_at, created_at)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20::text::numeric, $21, $22, $23, $24, $25, $26, $27)`,
		append(row, r.CreatedAt)...)
	return nil
}

// Update writes one that was locked with the COMMIT; its version is the one to write.
func (Recurring) Update(tx *database.Tx, r *domain.Recurring) error {
	row, err := recurringRow(r)
	if err != nil {
		return err
	}
	tx.Queue(`UPDATE recurring_invoice SET version = $2, name = $3, status = $4, deed = $5, every = $6, unit = $7, first_on = $8, last_on = $9, times = $10,
		place = $11, made = $12, next_on = $13, agreed_on = $14, retry_at = $15, obstacle = $16, customer_id = $17, customer_name = $18, currency = $19,
		gross = $20::text::numeric, content = $21, owner_id = $22, acting_name = $23, who = $24, search_text = $25, updated_at = $26 WHERE id = $1`, row...)
	return nil
}

func recurringRow(r *domain.Recurring) ([]any, error) {
	c := r.Content
	content, err := payload(c)
	if err != nil {
		return nil, err
	}
	var obstacle any
	if r.Obstacle != nil {
		if obstacle, err = payload(r.Obstacle); err != nil {
			return nil, err
		}
	}
	var retryAt any
	if !r.RetryAt.IsZero() {
		retryAt = r.RetryAt
	}
	return []any{
		r.ID.String(), r.Version, r.Name, string(r.Status), string(r.Deed), r.Rhythm.Every, string(r.Rhythm.Unit), day(r.Rhythm.FirstOn), day(r.Rhythm.LastOn),
		r.Rhythm.Times, r.Place, r.Made, day(r.NextOn()), day(r.AgreedOn), retryAt, obstacle, c.CustomerID.String(), c.Customer, string(c.Document.Currency),
		c.Document.Totals.Gross.String(), content, null(r.OwnerID), r.By, r.Who, searchable(r.Name, c.Customer, c.Reference), r.UpdatedAt,
	}, nil
}

// Serve notes which invoice was made for a date. A date that has one already fails the transaction.
func (Recurring) Serve(tx *database.Tx, which invoice.RecurringID, on date.Date, made invoice.ID, at time.Time) {
	tx.Queue(`INSERT INTO recurring_date (recurring_id, "on", invoice_id, made_at) VALUES ($1, $2, $3, $4)`, which.String(), day(on), made.String(), at)
}

// ActiveOf lists what is done in the name of somebody.
func (Recurring) ActiveOf(ctx context.Context, tx *database.Tx, owner employee.ID) ([]invoice.RecurringID, error) {
	var theirs []invoice.RecurringID
	err := query(ctx, tx.Conn(), func(rows pgx.Rows) error {
		var which invoice.RecurringID
		err := rows.Scan(&which)
		theirs = append(theirs, which)
		return err
	}, `SELECT id FROM recurring_invoice WHERE owner_id = $1 AND status = 'active' ORDER BY id`, owner.String())
	if err != nil {
		return nil, fmt.Errorf("list what recurs in somebody's name: %w", err)
	}
	return theirs, nil
}

// soonest is how far ahead a next attempt may lie; one that lies further was set by a clock that was wrong.
const soonest = 2 * time.Hour

// Due lists what has a date to serve, the longest waiting first, at most so many.
func (s Recurring) Due(ctx context.Context, today date.Date, now time.Time, most int) ([]invoice.RecurringID, error) {
	var due []invoice.RecurringID
	err := query(ctx, s.DB.Pool(), func(rows pgx.Rows) error {
		var which invoice.RecurringID
		err := rows.Scan(&which)
		due = append(due, which)
		return err
	}, `SELECT id FROM recurring_invoice WHERE status = 'active' AND next_on <= $1 AND (retry_at IS NULL OR retry_at <= $2 OR retry_at > $3)
		ORDER BY next_on, id LIMIT $4`, day(today), now, now.Add(soonest), most)
	if err != nil {
		return nil, fmt.Errorf("list what recurs: %w", err)
	}
	return due, nil
}
