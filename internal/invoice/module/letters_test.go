package module_test

import (
	"context"
	"log/slog"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"erp/internal/invoice"
	"erp/internal/platform/jobs"
	"erp/internal/platform/notify"
	"erp/internal/platform/notify/notifytest"
	"erp/internal/platform/pgtest"
	"erp/internal/platform/rbac"
)

// startPost is the module with a mail server beside it, at which its mails arrive.
func startPost(t *testing.T) (*house, *notifytest.Server) {
	t.Helper()
	db, server := pgtest.New(t, "invoice"), notifytest.Start(t)
	mailer, err := notify.New(db, time.Now, notify.Options{SMTPURL: server.URL()})
	require.NoError(t, err)
	h := startWith(t, db, mailer)
	h.seller.profile.Email = "office@acme.example"
	queue, err := jobs.New(db, slog.New(slog.DiscardHandler))
	require.NoError(t, err)
	mailer.Schedule(queue)
	require.NoError(t, queue.Start(t.Context()))
	h.stopPost = func() { _ = queue.Stop(context.Background()) }
	t.Cleanup(h.stopPost)
	return h, server
}

// reachable adds a customer with an address.
func (h *house) reachable(name, email string) string {
	h.t.Helper()
	return into[invoice.Customer](h.t, 201, h.call("POST", "/customers", object{
		"name": name, "email": email, "street": "Seestraße 2", "postalCode": "80331", "city": "München", "country": "DE", "paymentDays": 14, "vatId": "DE999999999",
	})).ID.String()
}

func (h *house) audited(action string) int {
	h.t.Helper()
	var n int
	require.NoError(h.t, h.db.Pool().QueryRow(h.t.Context(), `SELECT count(*) FROM audit_entry WHERE action = $1`, action).Scan(&n))
	return n
}

func TestInvoiceIsSent(t *testing.T) {
	t.Parallel()
	h, server := startPost(t)
	inv := h.issue(h.draft(h.reachable("Müller & Söhne", "buchhaltung@mueller.example"), "100"))
	path := "/invoices/" + inv.ID.String() + "/letters"

	before := into[invoice.Correspondence](t, 200, h.call("GET", path+"?language=de", nil))
	require.True(t, before.Configured)
	require.Empty(t, before.Items)
	require.Equal(t, "buchhaltung@mueller.example", before.Suggested.To)
	require.Equal(t, "Rechnung "+inv.Number+" von Acme GmbH", before.Suggested.Subject)
	require.Contains(t, before.Suggested.Message, "119,00 EUR, zahlbar bis zum 09.12.2026")

	sent := into[invoice.Letter](t, 201, h.call("POST", path, nil))
	require.Equal(t, "queued", sent.State)
	got := server.Wait(1)[0]
	require.Equal(t, "buchhaltung@mueller.example", got.To)
	require.Equal(t, "Invoice "+inv.Number+" from Acme GmbH", got.Subject)
	require.Equal(t, "<office@acme.example>", got.Header.Get("Reply-To"))
	require.Contains(t, got.Text, "119.00 EUR")
	require.Contains(t, got.Text, "Hauptstraße 1")
	require.Len(t, got.Files, 2)
	require.True(t, strings.HasPrefix(string(got.Files[inv.Number+".pdf"]), "%PDF-"))
	require.Equal(t, h.call("GET", "/invoices/"+inv.ID.String()+"/pdf", nil).Body, got.Files[inv.Number+".pdf"], "the very document")
	require.Contains(t, string(got.Files[inv.Number+".xml"]), "urn:oasis:names:specification:ubl")

	into[invoice.Letter](t, 201, h.call("POST", path, object{"to": "chef@mueller.example", "subject": "Nochmals", "message": "Bitte sehr.\r\n\r\nAnn"}))
	again := server.Wait(2)[1]
	require.Equal(t, "chef@mueller.example", again.To)
	require.Contains(t, again.Text, "Bitte sehr.\r\n\r\nAnn")
	require.Eventually(t, func() bool {
		log := into[invoice.Correspondence](t, 200, h.call("GET", path, nil)).Items
		return len(log) == 2 && log[0].To == "chef@mueller.example" && log[0].State == "sent" && !log[0].SentAt.IsZero() && log[1].By == "Ann Noor"
	}, 10*time.Second, 20*time.Millisecond)
	require.Equal(t, 2, h.audited("invoice.send"))
	require.Len(t, toldOf[invoice.Sent](h, "invoice.sent.v1"), 2)
}

func TestSendingTwiceByOneKeySendsOnce(t *testing.T) {
	t.Parallel()
	h, server := startPost(t)
	inv := h.issue(h.draft(h.reachable("Ada", "ada@example.com"), "100"))
	first := h.call("POST", "/invoices/"+inv.ID.String()+"/letters", nil, "Idempotency-Key", "a-double-click")
	second := h.call("POST", "/invoices/"+inv.ID.String()+"/letters", nil, "Idempotency-Key", "a-double-click")
	require.Equal(t, into[invoice.Letter](t, 201, first).ID, into[invoice.Letter](t, 201, second).ID)
	server.Wait(1)
	time.Sleep(200 * time.Millisecond)
	require.Len(t, server.Mails(), 1)
}

func TestInvoiceIsNotSent(t *testing.T) {
	t.Parallel()
	h, server := startPost(t)
	customer := h.customer("Nobody's address")
	draft := h.draft(customer, "100")
	path := "/invoices/" + draft.ID.String() + "/letters"
	require.Equal(t, 409, h.call("POST", path, object{"to": "a@example.com"}).Status, "a draft")
	require.Nil(t, into[invoice.Correspondence](t, 200, h.call("GET", path, nil)).Suggested)
	h.issue(draft)
	refused := h.call("POST", path, nil)
	require.Equal(t, 422, refused.Status)
	require.Contains(t, string(refused.Body), "body.to")
	for name, body := range map[string]object{
		"to something that is no address": {"to": "a@example.com, b@example.com"},
		"with another header":             {"to": "a@example.com\r\nBcc: b@example.com"},
		"with a NUL in the subject":       {"to": "a@example.com", "subject": "a\x00b"},
		"in a language that is not there": {"to": "a@example.com", "language": "fr"},
		"with a very long message":        {"to": "a@example.com", "message": strings.Repeat("a", 5001)},
		"with what is only space":         {"to": "a@example.com", "message": "  \n "},
	} {
		require.Equal(t, 422, h.call("POST", path, body).Status, name)
	}
	h.role = rbac.Manager
	require.Equal(t, 403, h.call("POST", path, object{"to": "a@example.com"}).Status)
	require.Equal(t, 404, h.call("GET", path, nil, "X-Role", "manager").Status, "of nobody in the team")
	h.role = rbac.Accountant
	require.Equal(t, 404, h.call("POST", "/invoices/0190aaaa-0000-7000-8000-000000000001/letters", object{"to": "a@example.com"}).Status)
	require.Empty(t, server.Mails())
	require.Zero(t, h.audited("invoice.send"))

	silent := start(t)
	inv := silent.issue(silent.draft(silent.reachable("Ada", "ada@example.com"), "100"))
	require.False(t, into[invoice.Correspondence](t, 200, silent.call("GET", "/invoices/"+inv.ID.String()+"/letters", nil)).Configured)
	answer := silent.call("POST", "/invoices/"+inv.ID.String()+"/letters", nil)
	require.Equal(t, 409, answer.Status)
	require.Contains(t, string(answer.Body), "no-mail-server")
}

func TestRefusedMailShowsOnTheInvoice(t *testing.T) {
	t.Parallel()
	h, server := startPost(t)
	server.Refuse("550 no such mailbox")
	inv := h.issue(h.draft(h.reachable("Ada", "ada@example.com"), "100"))
	path := "/invoices/" + inv.ID.String() + "/letters"
	into[invoice.Letter](t, 201, h.call("POST", path, nil))
	require.Eventually(t, func() bool {
		log := into[invoice.Correspondence](t, 200, h.call("GET", path, nil)).Items
		return log[0].State == "failed" && strings.Contains(log[0].Error, "550")
	}, 10*time.Second, 20*time.Millisecond)
}
