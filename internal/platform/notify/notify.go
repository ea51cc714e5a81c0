// Package notify sends mail. A mail is queued in the transaction that wants it and sent by a job, again until the server
// takes it. What it says is made from a template at that moment and never stored. It knows no module and no person.
package notify

import (
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"strings"
	"time"

	"erp/internal/platform/database"
	"erp/internal/platform/fault"
	"erp/internal/platform/id"
	"erp/internal/platform/jobs"
)

// MailID names a mail in the log.
type MailID = id.Of[Mail]

// Message is a mail that somebody wants sent.
type Message struct {
	To       string
	Name     string // of the recipient
	Language string // en or de; English when it is another one
	Template string
	About    string // what a Source is asked for when the mail is sent
	Facts    map[string]string
}

// Source gives what must not be stored, such as a secret link, at the moment of sending. NotFound means that the mail is
// not wanted any more.
type Source func(ctx context.Context, about string) (map[string]string, error)

// Mailer queues and sends the mails of one schema.
type Mailer struct {
	db        *database.DB
	now       func() time.Time
	server    *server // nil: nothing can be sent
	sources   map[string]Source
	enclosers map[string]Encloser
}

// Options says through which server mails go.
type Options struct {
	// SMTPURL is smtp://user:password@host:587?from=erp@example.com or smtps://...; empty sends nothing.
	SMTPURL string
	// PublicURL gives the sender's domain when neither the URL nor its user names an address.
	PublicURL string
}

const sendTask = "send-mail"

// New prepares the mailer of the schema behind db. A wrong URL is told without its password.
func New(db *database.DB, now func() time.Time, o Options) (*Mailer, error) {
	m := Silent(db, now)
	if o.SMTPURL == "" {
		return m, nil
	}
	var err error
	m.server, err = parse(o.SMTPURL, o.PublicURL)
	return m, err
}

// Silent is a mailer without a server.
func Silent(db *database.DB, now func() time.Time) *Mailer {
	return &Mailer{db: db, now: now, sources: map[string]Source{}, enclosers: map[string]Encloser{}}
}

// Configured reports whether mails can be sent at all.
func (m *Mailer) Configured() bool { return m.server != nil }

// Before names the source of a template's secrets. All are named before the jobs start.
func (m *Mailer) Before(template string, source Source) { m.sources[template] = source }

// Schedule lets the jobs of the module send what is queued and forget what was sent long ago.
func (m *Mailer) Schedule(s *jobs.Scheduler) {
	s.Handle(sendTask, func(ctx context.Context, payload json.RawMessage) error {
		var mail MailID
		if err := json.Unmarshal(payload, &mail); err != nil {
			return fmt.Errorf("read mail to send: %w", err)
		}
		return m.send(ctx, mail)
	})
	s.Every("notify.purge-mail", 24*time.Hour, m.purge)
}

// Queue adds the mail to the transaction: it is sent exactly when that commits, at least once. Without a mail server it
// is a fault; ask Configured first.
func (m *Mailer) Queue(tx *database.Tx, msg Message) (MailID, error) {
	if !m.Configured() {
		return MailID{}, fault.New(fault.Conflict, "no-mail-server", "No mail server is configured; set ERP_SMTP_URL.")
	}
	if msg.Language != "de" {
		msg.Language = "en"
	}
	facts := maps.Clone(msg.Facts)
	if facts == nil {
		facts = map[string]string{}
	}
	facts["name"] = msg.Name
	subject, err := subjectOf(msg.Language, msg.Template, facts)
	if err != nil {
		return MailID{}, err
	}
	stored, err := json.Marshal(facts)
	if err != nil {
		return MailID{}, fmt.Errorf("queue mail: %w", err)
	}
	mail := id.New[Mail]()
	tx.Queue(`INSERT INTO mail (id, recipient, name, language, template, subject, about, facts, created_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
		mail.String(), strings.TrimSpace(msg.To), msg.Name, msg.Language, msg.Template, subject, msg.About, stored, m.now())
	return mail, jobs.Enqueue(tx, sendTask, mail)
}

// keptFor is how long the log remembers a mail.
const keptFor = 90 * 24 * time.Hour

func (m *Mailer) purge(ctx context.Context) error {
	_, err := m.db.Pool().Exec(ctx, `DELETE FROM mail WHERE created_at < $1`, m.now().Add(-keptFor))
	return database.Fault(err)
}
