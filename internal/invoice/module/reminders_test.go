package module_test

import (
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"erp/internal/invoice"
	"erp/internal/platform/rbac"
)

type reminded struct {
	Letters []invoice.Letter `json:"letters"`
	More    bool             `json:"more"`
}

func (h *house) remind(body any) []invoice.Letter {
	h.t.Helper()
	return into[reminded](h.t, 201, h.call("POST", "/reminders", body)).Letters
}

func (h *house) reminders() invoice.Reminders {
	h.t.Helper()
	return into[invoice.Reminders](h.t, 200, h.call("GET", "/reminders", nil))
}

func TestCustomersAreReminded(t *testing.T) {
	t.Parallel()
	h, server := startPost(t)
	ada, bob, nobody, excluded := h.reachable("Ada", "ada@example.com"), h.reachable("Bob", "bob@example.com"), h.customer("No address"), h.reachable("Not to be asked", "vip@example.com")
	into[invoice.Customer](t, 200, h.call("PUT", "/customers/"+excluded, object{"name": "Not to be asked", "email": "vip@example.com", "noReminders": true, "paymentDays": 14}, "If-Match", `"1"`))
	into[invoice.Customer](t, 200, h.call("PUT", "/customers/"+bob, object{"name": "Bob", "email": "bob@example.com", "language": "de", "paymentDays": 14}, "If-Match", `"1"`))
	first, second := h.issue(h.draft(ada, "100")), h.issue(h.draft(ada, "50"))
	for _, c := range []string{bob, nobody, excluded} {
		h.issue(h.draft(c, "10"))
	}
	paid, disputed := h.issue(h.draft(bob, "7")), h.issue(h.draft(bob, "8"))
	into[object](t, 201, h.call("POST", "/payments", object{"customerId": bob, "amount": paid.Due.String(), "currency": "EUR", "method": "bank", "allocations": []object{{"invoiceId": paid.ID, "amount": paid.Due.String()}}}))
	require.Equal(t, "wrong price", into[invoice.Invoice](t, 200, h.call("PUT", "/invoices/"+disputed.ID.String()+"/dispute", object{"reason": "wrong price"})).Dispute.Reason)

	h.now = h.now.AddDate(0, 0, 20)
	require.Empty(t, h.reminders().Items, "six days late is too early")
	h.now = h.now.AddDate(0, 0, 1)
	preview := h.reminders()
	require.Equal(t, 2, preview.Sendable)
	require.Len(t, preview.Items, 4)
	require.Equal(t, []string{"Ada", "Bob"}, []string{preview.Items[0].Customer, preview.Items[1].Customer})
	require.Equal(t, "178.50", preview.Items[0].Totals[0].Total.String())
	require.Len(t, preview.Items[0].Invoices, 2)
	require.Len(t, preview.Items[1].Invoices, 1, "neither what is paid nor what is in dispute")
	require.Equal(t, "Zahlungserinnerung", preview.Items[1].Title)
	obstacles := map[string]string{}
	for _, i := range preview.Items {
		obstacles[i.Customer] = i.Obstacle
	}
	require.Equal(t, map[string]string{"Ada": "", "Bob": "", "No address": "no-address", "Not to be asked": "excluded"}, obstacles)

	letters := h.remind(nil)
	require.Len(t, letters, 2, "one a customer")
	mails := map[string]string{}
	for _, m := range server.Wait(2) {
		mails[m.To] = m.Text
		require.Len(t, m.Files, 1)
		for name, file := range m.Files {
			require.True(t, strings.HasPrefix(string(file), "%PDF-"), name)
			require.Greater(t, len(file), 5000)
		}
	}
	require.Contains(t, mails["ada@example.com"], first.Number)
	require.Contains(t, mails["ada@example.com"], second.Number)
	require.Contains(t, mails["bob@example.com"], "sicher ist es Ihnen entgangen")
	require.NotContains(t, mails["bob@example.com"], disputed.Number)
	require.NotContains(t, mails["bob@example.com"], paid.Number)
	require.Empty(t, h.remind(nil), "a second click writes nothing")
	require.Equal(t, 2, h.audited("customer.remind"))
	told := toldOf[invoice.CustomerReminded](h, "invoice.customer-reminded.v1")
	require.Len(t, told, 2)

	history := into[pageOf[invoice.Letter]](t, 200, h.call("GET", "/customers/"+ada+"/letters", nil)).Items
	require.Len(t, history, 1)
	require.Equal(t, "reminder", history[0].Kind)
	require.Equal(t, 1, history[0].Level)
	require.Len(t, into[invoice.Correspondence](t, 200, h.call("GET", "/invoices/"+second.ID.String()+"/letters", nil)).Items, 1)
	printed := h.call("GET", "/reminders/"+history[0].ID.String()+"/pdf", nil)
	require.Equal(t, 200, printed.Status)

	h.now = h.now.AddDate(0, 0, 13)
	require.Empty(t, h.remind(nil), "the second letter has its own day")
	into[invoice.Invoice](t, 200, h.call("DELETE", "/invoices/"+disputed.ID.String()+"/dispute", nil))
	require.Equal(t, []string{"bob@example.com"}, addresses(h.remind(nil)), "what is settled is reminded of, from the beginning")
	h.now = h.now.AddDate(0, 0, 1)
	require.Equal(t, []string{"ada@example.com", "bob@example.com"}, addresses(h.remind(object{})))
	var subjects []string
	for _, m := range server.Wait(5) {
		subjects = append(subjects, m.Subject)
	}
	require.Contains(t, subjects, "Second reminder – Acme GmbH")
	require.Contains(t, subjects, "Mahnung – Acme GmbH")
}

func addresses(letters []invoice.Letter) []string {
	out := []string{}
	for _, l := range letters {
		out = append(out, l.To)
	}
	return out
}

func TestSixteenRemindAtOnce(t *testing.T) {
	t.Parallel()
	h, server := startPost(t)
	for _, name := range []string{"a", "b", "c"} {
		h.issue(h.draft(h.reachable(name, name+"@example.com"), "100"))
	}
	h.now = h.now.AddDate(0, 0, 30)
	var wait sync.WaitGroup
	answers := make([]answer, 16)
	for i := range answers {
		wait.Go(func() { answers[i], _ = h.send("POST", "/reminders", nil) })
	}
	wait.Wait()
	n := 0
	for _, a := range answers {
		n += len(into[reminded](t, 201, a).Letters)
	}
	require.Equal(t, 3, n)
	server.Wait(3)
	time.Sleep(200 * time.Millisecond)
	require.Len(t, server.Mails(), 3)
}

func TestOnlyThoseChosenAreReminded(t *testing.T) {
	t.Parallel()
	h, server := startPost(t)
	ada, bob := h.reachable("Ada", "ada@example.com"), h.reachable("Bob", "bob@example.com")
	h.issue(h.draft(ada, "100"))
	h.issue(h.draft(bob, "100"))
	h.now = h.now.AddDate(0, 0, 30)
	require.Equal(t, []string{"bob@example.com"}, addresses(h.remind(object{"customerIds": []string{bob}})))
	require.Equal(t, 422, h.call("POST", "/reminders", object{"customerIds": []string{"no id"}}).Status)
	require.Equal(t, 403, h.call("POST", "/reminders", nil, "X-Role", string(rbac.Manager)).Status)
	require.Equal(t, 403, h.call("GET", "/reminders", nil, "X-Role", string(rbac.Employee)).Status)
	server.Wait(1)

	silent := start(t)
	silent.issue(silent.draft(silent.reachable("Ada", "ada@example.com"), "100"))
	silent.now = silent.now.AddDate(0, 0, 30)
	require.False(t, silent.reminders().Configured)
	require.Equal(t, 409, silent.call("POST", "/reminders", nil).Status)
	require.Zero(t, silent.audited("customer.remind"), "nothing is half done")
}

func TestReminderOfWhatWasPaidMeanwhileIsNotSent(t *testing.T) {
	t.Parallel()
	h, server := startPost(t)
	server.Refuse("451 busy")
	ada := h.reachable("Ada", "ada@example.com")
	inv := h.issue(h.draft(ada, "100"))
	h.now = h.now.AddDate(0, 0, 30)
	h.remind(nil)
	letter := func() invoice.Letter {
		return into[pageOf[invoice.Letter]](t, 200, h.call("GET", "/customers/"+ada+"/letters", nil)).Items[0]
	}
	require.Eventually(t, func() bool { return letter().Error != "" }, 20*time.Second, 20*time.Millisecond)
	into[object](t, 201, h.call("POST", "/payments", object{"customerId": ada, "amount": "119.00", "currency": "EUR", "method": "bank", "allocations": []object{{"invoiceId": inv.ID, "amount": "119.00"}}}))
	server.Refuse("")
	require.Eventually(t, func() bool { return letter().State == "failed" }, 20*time.Second, 50*time.Millisecond)
	require.Empty(t, server.Mails())
}

func TestReminderPlanIsChanged(t *testing.T) {
	t.Parallel()
	h := start(t)
	plan := into[invoice.ReminderPlan](t, 200, h.call("GET", "/reminders/plan", nil))
	require.Len(t, plan.Levels, 3)
	level := object{"days": 3, "fee": "5.00", "english": object{"title": "Please pay", "text": "{customer}, pay {invoices}"}, "german": object{"title": "Bitte zahlen", "text": "Bitte."}}
	body := object{"interest": "9.12", "levels": []object{level}}
	require.Equal(t, 428, h.call("PUT", "/reminders/plan", body).Status)
	changed := into[invoice.ReminderPlan](t, 200, h.call("PUT", "/reminders/plan", body, "If-Match", `"0"`))
	require.Equal(t, 1, changed.Version)
	require.Equal(t, changed, into[invoice.ReminderPlan](t, 200, h.call("GET", "/reminders/plan", nil)))
	require.Equal(t, 412, h.call("PUT", "/reminders/plan", body, "If-Match", `"0"`).Status)
	require.Equal(t, 2, into[invoice.ReminderPlan](t, 200, h.call("PUT", "/reminders/plan", body, "If-Match", `"1"`)).Version)
	require.Equal(t, 422, h.call("PUT", "/reminders/plan", object{"levels": []object{level, level}}, "If-Match", `"2"`).Status)
	require.Equal(t, 403, h.call("PUT", "/reminders/plan", body, "If-Match", `"2"`, "X-Role", string(rbac.Manager)).Status)
	require.Equal(t, 2, h.audited("reminder-plan.change"))
}

func TestDispute(t *testing.T) {
	t.Parallel()
	h := start(t)
	draft := h.draft(h.customer("Ada"), "100")
	path := "/invoices/" + draft.ID.String() + "/dispute"
	require.Equal(t, 409, h.call("PUT", path, object{"reason": "wrong"}).Status, "a draft")
	h.issue(draft)
	require.Equal(t, 409, h.call("DELETE", path, nil).Status)
	require.Equal(t, 422, h.call("PUT", path, object{"reason": " "}).Status)
	into[invoice.Invoice](t, 200, h.call("PUT", path, object{"reason": "wrong"}))
	require.Equal(t, 409, h.call("PUT", path, object{"reason": "wrong again"}).Status)
	require.Equal(t, "wrong", h.get(draft).Dispute.Reason)
	into[invoice.Invoice](t, 200, h.call("DELETE", path, nil))
	require.Nil(t, h.get(draft).Dispute)
}

func TestStatement(t *testing.T) {
	t.Parallel()
	h := start(t)
	ada := h.customer("Ada")
	empty := h.call("GET", "/customers/"+ada+"/statement", nil)
	require.Equal(t, 200, empty.Status)
	for range 60 {
		h.issue(h.draft(ada, "100"))
	}
	full := h.call("GET", "/customers/"+ada+"/statement?language=de", nil)
	require.Equal(t, 200, full.Status)
	require.Equal(t, "application/pdf", full.Header.Get("Content-Type"))
	require.Greater(t, len(full.Body), len(empty.Body))
	require.Equal(t, 404, h.call("GET", "/customers/0190aaaa-0000-7000-8000-000000000001/statement", nil).Status)
	require.Equal(t, 404, h.call("GET", "/reminders/0190aaaa-0000-7000-8000-000000000001/pdf", nil).Status)
	require.Equal(t, 403, h.call("GET", "/customers/"+ada+"/statement", nil, "X-Role", string(rbac.Manager)).Status)
}
