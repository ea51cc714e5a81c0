package notify

import (
	"context"
	"fmt"
	"time"

	"erp/internal/platform/database"
)

// Mail is one row of the log: who was written to and what became of it, never what it said.
type Mail struct {
	ID        MailID    `json:"id"`
	Module    string    `json:"module" doc:"Which module sent it"`
	To        string    `json:"to"`
	Subject   string    `json:"subject"`
	Template  string    `json:"template"`
	State     string    `json:"state" enum:"queued,sent,failed"`
	Attempts  int       `json:"attempts"`
	Error     string    `json:"error,omitempty" doc:"Of the last attempt"`
	CreatedAt time.Time `json:"createdAt"`
	SentAt    time.Time `json:"sentAt,omitzero"`
}

// Query narrows the log; zero fields do not. Ids grow with time in every schema alike, so the logs of several modules merge
// by id.
type Query struct {
	Q, State string
	BeforeID string // only mails older than this one
	Limit    int
}

// List gives the newest mails of the module first.
func List(ctx context.Context, db *database.DB, q Query) ([]Mail, error) {
	var before any
	if q.BeforeID != "" {
		before = q.BeforeID
	}
	rows, err := db.Pool().Query(ctx, `SELECT id::text, recipient, subject, template, state, attempts, error, created_at, sent_at FROM mail
		WHERE ($1::text IS NULL OR id < $1::text::uuid) AND ($2 = '' OR state = $2) AND ($3 = '' OR recipient ILIKE $4 OR subject ILIKE $4)
		ORDER BY id DESC LIMIT $5`, before, q.State, q.Q, database.Contains(q.Q), q.Limit)
	if err != nil {
		return nil, database.Fault(fmt.Errorf("list mail of %s: %w", db.Schema(), err))
	}
	defer rows.Close()
	var mails []Mail
	for rows.Next() {
		mail := Mail{Module: db.Schema()}
		var sent *time.Time
		if err := rows.Scan(&mail.ID, &mail.To, &mail.Subject, &mail.Template, &mail.State, &mail.Attempts, &mail.Error, &mail.CreatedAt, &sent); err != nil {
			return nil, fmt.Errorf("list mail of %s: %w", db.Schema(), err)
		}
		if sent != nil {
			mail.SentAt = *sent
		}
		mails = append(mails, mail)
	}
	if err := rows.Err(); err != nil {
		return nil, database.Fault(fmt.Errorf("list mail of %s: %w", db.Schema(), err))
	}
	return mails, nil
}
