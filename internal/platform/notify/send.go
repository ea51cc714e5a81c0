package notify

import (
	"context"
	"encoding/json"
	"fmt"
	"maps"

	"erp/internal/platform/database"
	"erp/internal/platform/fault"
)

// maxTries after which the log calls a mail failed. The job's own retries end there too; a dead letter retried in the
// console tries once more.
const maxTries = 12

type letter struct {
	to, name, language, template, about string
	facts                               map[string]string
	tries                               int
}

// send sends one mail unless it was sent already. What only another try can cure is an error; what none can is logged.
func (m *Mailer) send(ctx context.Context, mail MailID) error {
	l, found, err := m.take(ctx, mail)
	if err != nil || !found {
		return err
	}
	content, err := m.write(ctx, l)
	var with Enclosure
	if err == nil {
		with, err = m.enclosed(ctx, l)
	}
	if fault.Is(err, fault.NotFound) {
		return m.fail(ctx, mail, "not wanted any more: "+err.Error())
	}
	if err != nil {
		return m.later(ctx, mail, l, err)
	}
	if !m.Configured() {
		return m.fail(ctx, mail, "no mail server is configured")
	}
	err = m.server.deliver(ctx, l.to, l.name, mail.String(), content, with)
	if isFinal(err) {
		return m.fail(ctx, mail, err.Error())
	}
	if err != nil {
		return m.later(ctx, mail, l, err)
	}
	_, err = m.db.Pool().Exec(ctx, `UPDATE mail SET state = 'sent', sent_at = $2, error = '', facts = '{}' WHERE id = $1`, mail.String(), m.now())
	return database.Fault(err)
}

// take counts the try and gives what to send; nothing when it was sent.
func (m *Mailer) take(ctx context.Context, mail MailID) (l letter, found bool, err error) {
	var facts []byte
	rows, err := m.db.Pool().Query(ctx, `UPDATE mail SET attempts = attempts + 1 WHERE id = $1 AND state <> 'sent'
		RETURNING recipient, name, language, template, about, facts, attempts`, mail.String())
	if err != nil {
		return l, false, database.Fault(fmt.Errorf("take mail: %w", err))
	}
	defer rows.Close()
	for rows.Next() {
		found = true
		if err := rows.Scan(&l.to, &l.name, &l.language, &l.template, &l.about, &facts, &l.tries); err != nil {
			return l, false, fmt.Errorf("take mail: %w", err)
		}
		if err := json.Unmarshal(facts, &l.facts); err != nil {
			return l, false, fmt.Errorf("read facts of mail: %w", err)
		}
	}
	return l, found, database.Fault(rows.Err())
}

// write makes the content, with what the template's source gives now.
func (m *Mailer) write(ctx context.Context, l letter) (Content, error) {
	facts := maps.Clone(l.facts)
	if source, ok := m.sources[l.template]; ok {
		more, err := source(ctx, l.about)
		if err != nil {
			return Content{}, err
		}
		maps.Copy(facts, more)
	}
	return Render(l.language, l.template, facts)
}

// later keeps the error for the log and gives it to the queue, which tries again.
func (m *Mailer) later(ctx context.Context, mail MailID, l letter, cause error) error {
	state := "queued"
	if l.tries >= maxTries {
		state = "failed"
	}
	if _, err := m.db.Pool().Exec(ctx, `UPDATE mail SET error = $2, state = $3 WHERE id = $1`, mail.String(), brief(cause.Error()), state); err != nil {
		return database.Fault(err)
	}
	return cause
}

// fail gives the mail up: another try would end the same.
func (m *Mailer) fail(ctx context.Context, mail MailID, reason string) error {
	_, err := m.db.Pool().Exec(ctx, `UPDATE mail SET state = 'failed', error = $2, facts = '{}' WHERE id = $1`, mail.String(), brief(reason))
	return database.Fault(err)
}

func brief(s string) string {
	runes := []rune(s)
	return string(runes[:min(len(runes), 500)])
}
