package store

import (
	"context"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5"

	"erp/internal/invoice"
	"erp/internal/platform/database"
	"erp/internal/platform/id"
)

// Letters keeps what was written to customers.
type Letters struct{ DB *database.DB }

const mostLetters = 100

const letterColumns = `l.id, l.kind, l.customer_id, l.recipient, l.language, l.subject, l.body, coalesce(m.state, 'sent'), coalesce(m.error, ''), l.at, m.sent_at, l.actor, l.level`

// The log of mails forgets after a while; a letter whose mail is forgotten counts as sent.
const letterTables = ` FROM letter l LEFT JOIN mail m ON m.id = l.mail_id`

func scanLetter(r pgx.Row) (invoice.Letter, error) {
	var l invoice.Letter
	var sent *time.Time
	err := r.Scan(&l.ID, &l.Kind, &l.CustomerID, &l.To, &l.Language, &l.Subject, &l.Message, &l.State, &l.Error, &l.At, &sent, &l.By, &l.Level)
	if sent != nil {
		l.SentAt = *sent
	}
	return l, err
}

// Insert adds a letter about these documents; its mail is queued already.
func (Letters) Insert(tx *database.Tx, l invoice.Letter, mail string, about ...invoice.ID) {
	tx.Queue(`INSERT INTO letter (id, kind, customer_id, mail_id, recipient, language, subject, body, at, actor) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
		l.ID.String(), l.Kind, l.CustomerID.String(), mail, l.To, l.Language, l.Subject, l.Message, l.At, l.By)
	for _, one := range about {
		tx.Queue(`INSERT INTO letter_invoice (letter_id, invoice_id) VALUES ($1, $2)`, l.ID.String(), one.String())
	}
}

// About gives what was written about a document, the newest first.
func (s Letters) About(ctx context.Context, about invoice.ID) ([]invoice.Letter, error) {
	return s.list(ctx, ` JOIN letter_invoice i ON i.letter_id = l.id WHERE i.invoice_id = $1`, about.String())
}

// SentIn tells whether the document itself was mailed before, or is about to be.
func (Letters) SentIn(ctx context.Context, tx *database.Tx, about invoice.ID) (sent bool, err error) {
	err = tx.Conn().QueryRow(ctx, `SELECT EXISTS (SELECT `+letterTables+` JOIN letter_invoice i ON i.letter_id = l.id
		WHERE i.invoice_id = $1 AND l.kind = 'invoice' AND coalesce(m.state, 'sent') <> 'failed')`, about.String()).Scan(&sent)
	if err != nil {
		return false, fmt.Errorf("look for letters: %w", database.Fault(err))
	}
	return sent, nil
}

func (s Letters) list(ctx context.Context, where, which string) ([]invoice.Letter, error) {
	out := []invoice.Letter{}
	err := query(ctx, s.DB.Pool(), func(r pgx.Rows) error {
		l, err := scanLetter(r)
		out = append(out, l)
		return err
	}, `SELECT `+letterColumns+letterTables+where+fmt.Sprintf(` ORDER BY l.id DESC LIMIT %d`, mostLetters), which)
	if err != nil {
		return nil, fmt.Errorf("list letters: %w", err)
	}
	return out, nil
}

// Subject is what a letter is about: its kind and, for an invoice, which.
func (s Letters) Subject(ctx context.Context, letter invoice.LetterID) (kind string, about invoice.ID, err error) {
	err = s.DB.Pool().QueryRow(ctx, `SELECT l.kind, (SELECT i.invoice_id FROM letter_invoice i WHERE i.letter_id = l.id ORDER BY i.invoice_id LIMIT 1) FROM letter l WHERE l.id = $1`,
		letter.String()).Scan(&kind, &about)
	return kind, about, one(err, "letter")
}

// LetterOf reads the id of a letter as a mail names it.
func LetterOf(about string) (invoice.LetterID, error) { return id.Parse[invoice.Letter](about) }

// To gives what was written to a customer, the newest first.
func (s Letters) To(ctx context.Context, customer invoice.CustomerID) ([]invoice.Letter, error) {
	return s.list(ctx, ` WHERE l.customer_id = $1`, customer.String())
}
