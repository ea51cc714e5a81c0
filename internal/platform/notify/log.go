package notify

import (
	"context"
	"fmt"
	"time"

	"erp/internal/platform/database"
	"erp/internal/platform/page"
)

// Mail is one row of the log: who was written to and what became of it, never what it said.
type Mail struct {
	ID        MailID    `json:"id"`
	To        string    `json:"to"`
	Subject   string    `json:"subject"`
	Template  string    `json:"template"`
	State     string    `json:"state" enum:"queued,sent,failed"`
	Attempts  int       `json:"attempts"`
	Error     string    `json:"error,omitempty" doc:"Of the last attempt"`
	CreatedAt time.Time `json:"createdAt"`
	SentAt    time.Time `json:"sentAt,omitzero"`
}

// Query narrows the log; zero fields do not.
type Query struct {
	Q, State string
	Page     page.Request
}

const newest = "-createdAt"

// List pages through the log, the newest first.
func (m *Mailer) List(ctx context.Context, q Query) (page.Of[Mail], error) {
	after, err := page.Decode(q.Page.Cursor, newest, 1)
	if err != nil {
		return page.Of[Mail]{}, err
	}
	var before any
	if after != nil {
		before = after[0]
	}
	rows, err := m.db.Pool().Query(ctx, `SELECT id::text, recipient, subject, template, state, attempts, error, created_at, sent_at FROM mail
		WHERE ($1::text IS NULL OR id < $1::text::uuid) AND ($2 = '' OR state = $2) AND ($3 = '' OR recipient ILIKE $4 OR subject ILIKE $4)
		ORDER BY id DESC LIMIT $5`, before, q.State, q.Q, database.Contains(q.Q), q.Page.Size()+1)
	if err != nil {
		return page.Of[Mail]{}, database.Fault(fmt.Errorf("list mail: %w", err))
	}
	defer rows.Close()
	var out []Mail
	for rows.Next() {
		var mail Mail
		var sent *time.Time
		if err := rows.Scan(&mail.ID, &mail.To, &mail.Subject, &mail.Template, &mail.State, &mail.Attempts, &mail.Error, &mail.CreatedAt, &sent); err != nil {
			return page.Of[Mail]{}, fmt.Errorf("list mail: %w", err)
		}
		if sent != nil {
			mail.SentAt = *sent
		}
		out = append(out, mail)
	}
	if err := rows.Err(); err != nil {
		return page.Of[Mail]{}, database.Fault(fmt.Errorf("list mail: %w", err))
	}
	return page.Cut(out, q.Page.Size(), func(m Mail) string { return page.Encode(newest, m.ID.String()) }), nil
}
