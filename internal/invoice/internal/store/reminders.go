package store

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"

	"github.com/jackc/pgx/v5"

	"erp/internal/invoice"
	"erp/internal/invoice/internal/domain"
	"erp/internal/platform/database"
	"erp/internal/platform/date"
)

// Reminders keeps who was reminded of what, and the plan by which that is done.
type Reminders struct{ DB *database.DB }

// mostOverdue invoices that are looked at for one round of letters.
const mostOverdue = 20_000

// Alone lets one round of letters wait for another, so that nobody is reminded twice.
func (Reminders) Alone(ctx context.Context, tx *database.Tx) error {
	if _, err := tx.Conn().Exec(ctx, `SELECT pg_advisory_xact_lock(hashtext(current_schema() || '.reminders'))`); err != nil {
		return fmt.Errorf("lock reminders: %w", err)
	}
	return nil
}

// in reads inside a transaction, or outside of any when there is none.
func (s Reminders) in(tx *database.Tx) querier {
	if tx == nil {
		return s.DB.Pool()
	}
	return tx.Conn()
}

// Overdue gives everything overdue by customer, apart from what is in dispute, with the last letter about it. A letter that
// no server took counts as none. Of very many the customers at the end are left out whole.
func (s Reminders) Overdue(ctx context.Context, tx *database.Tx, today date.Date) ([][]domain.OverdueInvoice, error) {
	var out [][]domain.OverdueInvoice
	n := 0
	err := query(ctx, s.in(tx), func(r pgx.Rows) error {
		var o domain.OverdueInvoice
		if err := r.Scan(&o.ID, &o.Number, &o.CustomerID, &o.IssuedOn, &o.DueOn, &o.Currency, &o.Due, &o.LastLevel, &o.LastOn); err != nil {
			return err
		}
		o.Due = o.Due.In(o.Currency)
		if n++; len(out) == 0 || out[len(out)-1][0].CustomerID != o.CustomerID {
			out = append(out, nil)
		}
		out[len(out)-1] = append(out[len(out)-1], o)
		return nil
	}, `SELECT i.id, i.number, i.customer_id, i.issued_on, i.due_on, i.currency, i.due, coalesce(last.level, 0), coalesce(last.day, i.due_on)
		FROM invoice i LEFT JOIN LATERAL (
			SELECT a.level, l.day FROM letter_invoice a JOIN letter l ON l.id = a.letter_id LEFT JOIN mail m ON m.id = l.mail_id
			WHERE a.invoice_id = i.id AND l.kind = 'reminder' AND a.level > 0 AND m.state IS DISTINCT FROM 'failed' ORDER BY a.level DESC, l.day LIMIT 1
		) last ON true
		WHERE i.due > 0 AND i.due_on < $1 AND i.number IS NOT NULL AND NOT EXISTS (SELECT FROM dispute d WHERE d.invoice_id = i.id)
		ORDER BY i.customer_id, i.due_on, i.id LIMIT $2`, day(today), mostOverdue)
	if err != nil {
		return nil, fmt.Errorf("list what is overdue: %w", err)
	}
	if n == mostOverdue && len(out) > 1 {
		out = out[:len(out)-1]
	}
	return out, nil
}

// Customers gives these customers, without contacts.
func (s Reminders) Customers(ctx context.Context, tx *database.Tx, ids []invoice.CustomerID) (map[invoice.CustomerID]invoice.Customer, error) {
	out := map[invoice.CustomerID]invoice.Customer{}
	err := query(ctx, s.in(tx), func(r pgx.Rows) error {
		c, err := scanCustomer(r)
		out[c.ID] = c
		return err
	}, `SELECT `+customerColumns+` FROM customer WHERE id = ANY ($1::text[]::uuid[])`, database.Array(ids))
	if err != nil {
		return nil, fmt.Errorf("read customers: %w", err)
	}
	return out, nil
}

// WrittenOn tells which levels the customers were written to on a day.
func (Reminders) WrittenOn(ctx context.Context, tx *database.Tx, on date.Date) (map[invoice.CustomerID][]int, error) {
	out := map[invoice.CustomerID][]int{}
	err := query(ctx, tx.Conn(), func(r pgx.Rows) error {
		var c invoice.CustomerID
		var level int
		err := r.Scan(&c, &level)
		out[c] = append(out[c], level)
		return err
	}, `SELECT customer_id, level FROM letter WHERE kind = 'reminder' AND day = $1`, day(on))
	if err != nil {
		return nil, fmt.Errorf("read reminders of a day: %w", err)
	}
	return out, nil
}

// Insert adds a reminder with what it said of each invoice; its mail is queued already.
func (Reminders) Insert(tx *database.Tx, l invoice.Letter, mail string, r invoice.Reminder, on date.Date, fee invoice.ReminderTotal) {
	tx.Queue(`INSERT INTO letter (id, kind, customer_id, mail_id, recipient, language, subject, body, at, actor, level, day, fee, fee_currency)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13::text::numeric, $14)`,
		l.ID.String(), l.Kind, l.CustomerID.String(), mail, l.To, l.Language, l.Subject, l.Message, l.At, l.By, r.Level, day(on), fee.Fee.String(), string(fee.Currency))
	for _, i := range r.Invoices {
		tx.Queue(`INSERT INTO letter_invoice (letter_id, invoice_id, level, due, interest) VALUES ($1, $2, $3, $4::text::numeric, $5::text::numeric)`,
			l.ID.String(), i.ID.String(), i.Level, i.Due.String(), i.Interest.String())
	}
}

// Plan gives the plan; the usual one without one.
func (s Reminders) Plan(ctx context.Context) (invoice.ReminderPlan, error) {
	var p invoice.ReminderPlan
	var levels []byte
	err := s.DB.Pool().QueryRow(ctx, `SELECT version, interest, levels FROM reminder_plan`).Scan(&p.Version, &p.Interest, &levels)
	if errors.Is(err, pgx.ErrNoRows) {
		return domain.UsualPlan(), nil
	}
	if err != nil {
		return p, fmt.Errorf("read reminder plan: %w", database.Fault(err))
	}
	if err := json.Unmarshal(levels, &p.Levels); err != nil {
		return p, fmt.Errorf("read reminder plan: %w", err)
	}
	return p, nil
}

// SavePlan writes the plan over the version given.
func (Reminders) SavePlan(ctx context.Context, tx *database.Tx, p invoice.ReminderPlan, over int) error {
	levels, err := payload(p.Levels)
	if err != nil {
		return err
	}
	tag, err := tx.Conn().Exec(ctx, `INSERT INTO reminder_plan (version, interest, levels) SELECT 1, $1::text::numeric, $2::jsonb WHERE $3 = 0
		ON CONFLICT (sole) DO NOTHING`, p.Interest.String(), levels, over)
	if err == nil && tag.RowsAffected() == 0 {
		tag, err = tx.Conn().Exec(ctx, `UPDATE reminder_plan SET version = version + 1, interest = $1::text::numeric, levels = $2::jsonb WHERE version = $3`,
			p.Interest.String(), levels, over)
	}
	if err != nil {
		return fmt.Errorf("write reminder plan: %w", err)
	}
	if tag.RowsAffected() == 0 {
		return stale("reminder plan")
	}
	return nil
}
