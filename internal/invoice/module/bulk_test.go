package module_test

import (
	"context"
	"log/slog"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"erp/internal/invoice"
	"erp/internal/platform/id"
	"erp/internal/platform/jobs"
	"erp/internal/platform/rbac"
)

type bulkJob struct {
	ID, Action, State                  string
	Total, Changed, Unchanged, Refused int
}

type bulkRow struct {
	SubjectID, Label, Outcome, Reason string
}

// work lets the module's queue run until the test ends, in place of one that knows of mails only and would take its jobs.
func (h *house) work() {
	h.t.Helper()
	if h.stopPost != nil {
		h.stopPost()
	}
	queue, err := jobs.New(h.db, slog.New(slog.DiscardHandler))
	require.NoError(h.t, err)
	h.module.Schedule(queue)
	require.NoError(h.t, queue.Start(h.t.Context()))
	h.t.Cleanup(func() { _ = queue.Stop(context.WithoutCancel(h.t.Context())) })
}

// inBulk begins the action and waits for its end.
func (h *house) inBulk(deed string, body object) bulkJob {
	h.t.Helper()
	return h.ended(into[bulkJob](h.t, 202, h.call("POST", "/invoices/bulk/"+deed, body)))
}

func (h *house) ended(job bulkJob) bulkJob {
	h.t.Helper()
	require.Eventually(h.t, func() bool {
		job = into[bulkJob](h.t, 200, h.call("GET", "/invoices/bulk/"+job.ID, nil))
		return job.State != "running"
	}, 30*time.Second, 20*time.Millisecond)
	return job
}

func (h *house) refusals(job bulkJob) []bulkRow {
	h.t.Helper()
	return into[pageOf[bulkRow]](h.t, 200, h.call("GET", "/invoices/bulk/"+job.ID+"/rows?outcome=refused", nil)).Items
}

func TestDraftsAreIssuedInBulk(t *testing.T) {
	t.Parallel()
	h := start(t)
	h.work()
	buyer := h.customer("Globex")
	var drafts []invoice.Invoice
	for range 30 {
		drafts = append(drafts, h.draft(buyer, "100"))
	}
	issued := h.issue(h.draft(buyer, "100"))

	t.Run("the oldest gets the first number, and none is left out between", func(t *testing.T) {
		is := h.inBulk("issue", object{"filter": object{"status": "draft"}})
		require.Equal(t, []any{"done", 30, 30, 0}, []any{is.State, is.Total, is.Changed, is.Refused})
		for n, one := range drafts {
			var sequence int
			require.NoError(t, h.db.Pool().QueryRow(t.Context(), `SELECT sequence FROM invoice WHERE id = $1`, one.ID.String()).Scan(&sequence))
			require.Equal(t, n+2, sequence)
		}
		require.NoError(t, h.module.VerifyLedger(t.Context(), nil))
	})
	t.Run("what is issued is not issued again, and takes no number", func(t *testing.T) {
		open := h.draft(buyer, "50")
		is := h.inBulk("issue", object{"ids": []any{issued.ID, open.ID, id.New[invoice.Invoice]()}})
		require.Equal(t, []any{1, 2}, []any{is.Changed, is.Refused})
		refused := h.refusals(is)
		require.Equal(t, issued.Number, refused[0].Label)
		require.Contains(t, refused[0].Reason, "is issued and cannot be issued again")
		require.Empty(t, refused[1].Label, "what nobody has is named by nobody")
		require.Contains(t, h.get(open).Number, "0032")
	})
	t.Run("two at once give each draft one number", func(t *testing.T) {
		for range 20 {
			h.draft(buyer, "10")
		}
		body := object{"filter": object{"status": "draft"}}
		first, second := into[bulkJob](t, 202, h.call("POST", "/invoices/bulk/issue", body)), into[bulkJob](t, 202, h.call("POST", "/invoices/bulk/issue", body))
		first, second = h.ended(first), h.ended(second)
		require.Equal(t, 20, first.Changed+second.Changed)
		require.Equal(t, first.Total+second.Total-20, first.Refused+second.Refused)
		require.NoError(t, h.module.VerifyLedger(t.Context(), nil))
	})
}

func TestBulkIssuingIsRefused(t *testing.T) {
	t.Parallel()
	h := start(t)
	buyer := h.customer("Globex")
	mine := h.draft(buyer, "100")
	require.Equal(t, 403, h.call("POST", "/invoices/bulk/issue", object{"ids": []any{mine.ID}}, "X-Role", string(rbac.Employee)).Status)
	require.Equal(t, 422, h.call("POST", "/invoices/bulk/issue", object{}).Status)
	require.Equal(t, 422, h.call("POST", "/invoices/bulk/issue", object{"filter": object{"status": "eaten"}}).Status)
	require.Equal(t, 409, h.call("POST", "/invoices/bulk/issue", object{"filter": object{"q": "nothing like that"}}).Status)
	require.Equal(t, 409, h.call("POST", "/invoices/bulk/send", object{"ids": []any{mine.ID}}).Status, "without a mail server")

	job := into[bulkJob](t, 202, h.call("POST", "/invoices/bulk/issue", object{"ids": []any{mine.ID}}))
	for _, path := range []string{"", "/rows", "/export"} {
		require.Equal(t, 404, h.call("GET", "/invoices/bulk/"+job.ID+path, nil, "X-Role", string(rbac.Administrator)).Status, "somebody else's")
	}
	require.Equal(t, 404, h.call("POST", "/invoices/bulk/"+job.ID+"/cancel", nil, "X-Role", string(rbac.Administrator)).Status)
	require.Empty(t, into[pageOf[bulkJob]](t, 200, h.call("GET", "/invoices/bulk", nil, "X-Role", string(rbac.Administrator))).Items)
	h.role = rbac.Employee // demoted before it comes to that
	h.work()
	require.Eventually(t, func() bool {
		var refused int
		require.NoError(t, h.db.Pool().QueryRow(t.Context(), `SELECT refused FROM bulk_job WHERE id = $1`, job.ID).Scan(&refused))
		return refused == 1
	}, 30*time.Second, 20*time.Millisecond)
	h.role = rbac.Accountant
	require.Empty(t, h.get(mine).Number)
	require.Contains(t, h.refusals(job)[0].Reason, "It needs the permission")
}

func TestInvoicesAreSentInBulk(t *testing.T) {
	t.Parallel()
	h, server := startPost(t)
	reached, silent := h.reachable("Müller", "office@mueller.example"), h.customer("Nobody's Ltd")
	before := h.issue(h.draft(reached, "100"))
	into[invoice.Letter](t, 201, h.call("POST", "/invoices/"+before.ID.String()+"/letters", nil))
	h.issue(h.draft(reached, "200"))
	h.issue(h.draft(silent, "300"))
	draft := h.draft(reached, "400")
	h.work()

	is := h.inBulk("send", object{"filter": object{}})
	require.Equal(t, []any{4, 1, 1, 2}, []any{is.Total, is.Changed, is.Unchanged, is.Refused}, "one, one that was sent before, no address and a draft")
	refused := h.refusals(is)
	require.Contains(t, refused[0].Reason, "Nobody's Ltd has no mail address")
	require.Equal(t, draft.ID.String(), refused[1].SubjectID)
	require.Equal(t, "A draft cannot be sent; issue it first.", refused[1].Reason)
	server.Wait(2)

	again := h.inBulk("send", object{"filter": object{}})
	require.Equal(t, []any{0, 2}, []any{again.Changed, again.Unchanged}, "nobody gets it twice")
	require.Equal(t, 2, h.audited("invoice.send"))
}
