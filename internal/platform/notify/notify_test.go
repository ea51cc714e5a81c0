package notify_test

import (
	"context"
	"errors"
	"log/slog"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"erp/internal/platform/database"
	"erp/internal/platform/fault"
	"erp/internal/platform/jobs"
	"erp/internal/platform/notify"
	"erp/internal/platform/notify/notifytest"
	"erp/internal/platform/pgtest"
)

type post struct {
	t      *testing.T
	db     *database.DB
	mailer *notify.Mailer
	server *notifytest.Server
}

func newPost(t *testing.T) *post {
	t.Helper()
	p := &post{t: t, db: pgtest.New(t, "platform"), server: notifytest.Start(t)}
	var err error
	p.mailer, err = notify.New(p.db, time.Now, notify.Options{SMTPURL: p.server.URL()})
	require.NoError(t, err)
	queue, err := jobs.New(p.db, slog.New(slog.DiscardHandler))
	require.NoError(t, err)
	p.mailer.Schedule(queue)
	p.mailer.Before("invitation", func(_ context.Context, about string) (map[string]string, error) {
		if about == "withdrawn" {
			return nil, fault.New(fault.NotFound, "no-link", "There is no such link.")
		}
		return map[string]string{"link": "https://erp.example.com/password#secret-" + about}, nil
	})
	require.NoError(t, queue.Start(t.Context()))
	t.Cleanup(func() { _ = queue.Stop(context.Background()) })
	return p
}

func (p *post) queue(language, about, name string, after error) error {
	return p.db.Tx(p.t.Context(), func(_ context.Context, tx *database.Tx) error {
		_, err := p.mailer.Queue(tx, notify.Message{
			To: "mila@example.com", Name: name, Language: language, Template: "invitation", About: about,
			Facts: map[string]string{"company": "Müller & Söhne", "inviter": "Ada", "until": "2026-11-28 12:00 CET"},
		})
		return errors.Join(err, after)
	})
}

func (p *post) log() []notify.Mail {
	list, err := notify.List(p.t.Context(), p.db, notify.Query{Limit: 50})
	require.NoError(p.t, err)
	return list
}

func TestMail(t *testing.T) {
	t.Parallel()
	p := newPost(t)
	require.Error(t, p.queue("en", "none", "Mila", errors.New("the transaction fails")))
	require.NoError(t, p.queue("de", "1", "<script>alert(1)</script>\r\nBcc: all@example.com", nil))

	got := p.server.Wait(1)[0]
	require.Equal(t, "mila@example.com", got.To)
	require.Equal(t, "Müller & Söhne lädt Sie ein", got.Subject)
	require.Contains(t, got.Text, "https://erp.example.com/password#secret-1")
	require.Contains(t, got.HTML, `href="https://erp.example.com/password#secret-1"`)
	require.NotContains(t, got.HTML, "<script>", "what people type is escaped")
	require.Contains(t, got.HTML, "&lt;script&gt;")
	require.Empty(t, got.Header.Get("Bcc"), "nobody writes headers by their name")
	require.Equal(t, "auto-generated", got.Header.Get("Auto-Submitted"))

	require.Eventually(t, func() bool { return len(p.log()) == 1 && p.log()[0].State == "sent" }, 10*time.Second, 20*time.Millisecond)
	require.Len(t, p.server.Mails(), 1, "what did not commit is not sent")
	var everything string
	require.NoError(t, p.db.Pool().QueryRow(t.Context(), `SELECT string_agg(m::text, '') || (SELECT string_agg(args::text, '') FROM river_job) FROM mail m`).Scan(&everything))
	require.NotContains(t, everything, "secret-1", "a secret link stands nowhere in the database")
}

func TestMailThatIsRefused(t *testing.T) {
	t.Parallel()
	t.Run("for now is sent later", func(t *testing.T) {
		t.Parallel()
		p := newPost(t)
		p.server.Refuse("451 busy")
		require.NoError(t, p.queue("en", "1", "Mila", nil))
		require.Eventually(t, func() bool { return p.log()[0].Error != "" }, 10*time.Second, 20*time.Millisecond)
		require.Equal(t, "queued", p.log()[0].State)
		p.server.Refuse("")
		p.server.Wait(1)
		require.Eventually(t, func() bool { return p.log()[0].State == "sent" && p.log()[0].Error == "" }, 10*time.Second, 20*time.Millisecond)
	})
	t.Run("for good is not tried again", func(t *testing.T) {
		t.Parallel()
		p := newPost(t)
		p.server.Refuse("550 no such mailbox")
		require.NoError(t, p.queue("en", "1", "Mila", nil))
		require.Eventually(t, func() bool { return p.log()[0].State == "failed" }, 10*time.Second, 20*time.Millisecond)
		require.Contains(t, p.log()[0].Error, "550")
		require.Equal(t, 1, p.log()[0].Attempts)
	})
	t.Run("because its link was withdrawn is not sent", func(t *testing.T) {
		t.Parallel()
		p := newPost(t)
		require.NoError(t, p.queue("en", "withdrawn", "Mila", nil))
		require.Eventually(t, func() bool { return p.log()[0].State == "failed" }, 10*time.Second, 20*time.Millisecond)
		require.Empty(t, p.server.Mails())
	})
}

func TestMailWithFiles(t *testing.T) {
	t.Parallel()
	p := newPost(t)
	p.mailer.Enclose("letter", func(_ context.Context, about string) (notify.Enclosure, error) {
		return notify.Enclosure{Sender: "Müller\r\nBcc: all@example.com", ReplyTo: "office@mueller.example", Files: []notify.File{
			{Name: about + ".pdf", ContentType: "application/pdf", Content: []byte("%PDF-1.7 \x00\xff")},
		}}, nil
	})
	require.NoError(t, p.db.Tx(t.Context(), func(_ context.Context, tx *database.Tx) error {
		_, err := p.mailer.Queue(tx, notify.Message{To: "mila@example.com", Name: "Mila", Template: "letter", About: "INV-1",
			Facts: map[string]string{"subject": "Your invoice", "body": "Here it is.", "foot": "Acme GmbH", "by": "Mila", "reason": "No charger"}})
		return err
	}))
	got := p.server.Wait(1)[0]
	require.Equal(t, []byte("%PDF-1.7 \x00\xff"), got.Files["INV-1.pdf"])
	require.Equal(t, "<office@mueller.example>", got.Header.Get("Reply-To"))
	from, err := got.Header.AddressList("From")
	require.NoError(t, err)
	require.Equal(t, "Müller Bcc: all@example.com", from[0].Name)
	require.Equal(t, "erp@example.com", from[0].Address)
	require.Empty(t, got.Header.Get("Bcc"))
	require.Contains(t, got.Text, "Here it is.")
	require.NotContains(t, got.Text, "Nobody reads answers")
}

func TestEveryTemplateIsWrittenInBothLanguages(t *testing.T) {
	t.Parallel()
	facts := map[string]string{"company": "Acme", "name": "Mila", "inviter": "Ada", "until": "2026-11-28", "link": "https://erp.example.com/password#x",
		"at": "2026-11-25", "ip": "192.0.2.1", "agent": "Browser", "module": "asset", "task": "deliver-event", "who": "Mila", "on": "2026-11-30",
		"first": "2026-12-21", "last": "2026-12-23", "state": "approved", "what": "Telephone", "webhook": "Shop", "file": "erp.zip", "problem": "disk full",
		"count": "2", "number": "INV-1", "customer": "Acme", "amount": "10.00 EUR", "tag": "LT-1", "asset": "Laptop", "address": "https://shop.example.com",
		"subject": "Invoice INV-1", "body": "Here it is.", "foot": "Acme GmbH", "by": "Mila", "reason": "No charger"}
	for _, name := range []string{"invitation", "password-reset", "notice-new-sign-in", "notice-dead-letter", "notice-invitation-accepted", "notice-employee-left", "notice-webhook-stopped", "notice-backup-failed",
		"notice-recovery-code-used", "notice-key-made", "notice-passkey-added", "notice-invoice-overdue", "notice-recurring-blocked", "notice-warranty-ending", "notice-leave-requested", "notice-leave-decided", "notice-document-expiring", "notice-handover-waiting", "notice-handover-refused", "letter"} {
		for _, language := range []string{"en", "de"} {
			c, err := notify.Render(language, name, facts)
			require.NoError(t, err, "%s/%s", language, name)
			for _, part := range []string{c.Subject, c.Text, c.HTML} {
				require.NotEmpty(t, part)
				require.NotContains(t, part, "no value")
			}
		}
	}
}

func TestServerAddress(t *testing.T) {
	t.Parallel()
	for address, ok := range map[string]bool{
		"smtp://localhost:1025":                                     true,
		"smtps://erp%40example.com:secret-word@mail.example.com":    true,
		"smtp://user:secret-word@mail.example.com?from=a@b.example": true,
		"http://user:secret-word@mail.example.com":                  false,
		"smtp://user:secret-word@mail.example.com?from=nobody":      false,
		"mail.example.com":                                          false,
	} {
		_, err := notify.New(nil, time.Now, notify.Options{SMTPURL: address})
		require.Equal(t, ok, err == nil, address)
		if err != nil {
			require.NotContains(t, err.Error(), "secret-word")
		}
	}
}
