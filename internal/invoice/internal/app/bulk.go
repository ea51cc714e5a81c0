package app

import (
	"cmp"
	"context"

	"erp/internal/invoice"
	"erp/internal/platform/audit"
	"erp/internal/platform/auth"
	"erp/internal/platform/bulk"
	"erp/internal/platform/database"
	"erp/internal/platform/date"
	"erp/internal/platform/fault"
	"erp/internal/platform/id"
	"erp/internal/platform/jobs"
	"erp/internal/platform/rbac"
)

type (
	// BulkJob is one action on many documents.
	BulkJob = bulk.Job
	// BulkJobID names one.
	BulkJobID = bulk.ID
	// BulkResult is what became of one document.
	BulkResult = bulk.Result
	// BulkOutcome is that in a word.
	BulkOutcome = bulk.Outcome
)

// asSuggested says that nothing is different from what the single action suggests.
type asSuggested struct{}

// bulkActions are what can be done to many documents. Each does to one what its single use case does.
type bulkActions struct {
	engine *bulk.Engine
	issue  bulk.Defined[asSuggested]
	send   bulk.Defined[asSuggested]
}

func newBulkActions(a *App, standing auth.Standing) *bulkActions {
	e := bulk.New(a.db, standing, a.now)
	return &bulkActions{
		engine: e,
		issue:  bulk.Define(e, bulk.Action[asSuggested]{Name: "invoice.issue", Prepare: a.issuingEach}),
		send:   bulk.Define(e, bulk.Action[asSuggested]{Name: "invoice.send", Prepare: a.sendingEach}),
	}
}

// issuingEach issues one draft after the other, the oldest first, as of the day on which that happens.
func (a *App) issuingEach(ctx context.Context, _ asSuggested) (bulk.Prepared, error) {
	if err := auth.Need(ctx, CanIssue); err != nil {
		return bulk.Prepared{}, err
	}
	r, err := a.issuing(ctx, invoice.ID{})
	if err != nil {
		return bulk.Prepared{}, err
	}
	return bulk.Prepared{Do: func(ctx context.Context, tx *database.Tx, subjectID string) (bool, error) {
		which, err := id.Parse[invoice.Invoice](subjectID)
		if err != nil {
			return false, err
		}
		one := *r
		one.id = which
		if _, err := a.issueIn(ctx, tx, &one, date.Date{}); err != nil {
			return false, err
		}
		tx.AfterCommit(func() { a.logoKept(r.head) })
		return true, nil
	}}, nil
}

// sendingEach mails one issued document after the other to its customer, unless it was sent before.
func (a *App) sendingEach(ctx context.Context, _ asSuggested) (bulk.Prepared, error) {
	if err := auth.Need(ctx, CanSend); err != nil {
		return bulk.Prepared{}, err
	}
	if !a.mailer.Configured() {
		return bulk.Prepared{}, fault.New(fault.Conflict, "no-mail-server", "No mail server is configured; set ERP_SMTP_URL.")
	}
	r, err := a.reach(ctx, CanSend)
	if err != nil {
		return bulk.Prepared{}, err
	}
	seller, err := a.company.Seller(ctx)
	act := a.act(ctx)
	return bulk.Prepared{Do: func(ctx context.Context, tx *database.Tx, subjectID string) (bool, error) {
		which, err := id.Parse[invoice.Invoice](subjectID)
		if err != nil {
			return false, err
		}
		inv, err := a.open(ctx, tx, r, which, 0)
		if err != nil {
			return false, err
		}
		if sent, err := a.letters.SentIn(ctx, tx, which); err != nil || sent {
			return false, err
		}
		if inv.Issue == nil {
			return false, draftNotSent()
		}
		customer, err := a.customers.InTx(ctx, tx, inv.Content.CustomerID)
		if err != nil {
			return false, err
		}
		m := suggestMailing(inv, seller, customer, "")
		if m.To == "" {
			return false, fault.New(fault.Conflict, "no-address", "%s has no mail address; add one to the customer.", cmp.Or(customer.Name, "The customer"))
		}
		_, err = a.sendIn(tx, inv, customer, seller, m, act)
		return err == nil, err
	}}, err
}

// BulkIssue begins to issue the selected drafts.
func (a *App) BulkIssue(ctx context.Context, in Selection) (BulkJob, error) {
	return a.begin(ctx, CanIssue, in, a.bulk.issue)
}

// BulkSend begins to mail the selected documents to their customers, those that were not sent before.
func (a *App) BulkSend(ctx context.Context, in Selection) (BulkJob, error) {
	return a.begin(ctx, CanSend, in, a.bulk.send)
}

// begin says no to what cannot be done at all, and leaves the rest to the job.
func (a *App) begin(ctx context.Context, permission rbac.Permission, s Selection, action bulk.Defined[asSuggested]) (BulkJob, error) {
	subjects, err := a.subjects(ctx, s, permission)
	if err != nil {
		return BulkJob{}, err
	}
	ready, err := action.Prepare(ctx, asSuggested{})
	if err != nil {
		return BulkJob{}, err
	}
	return database.Write(ctx, a.db, func(_ context.Context, tx *database.Tx) (BulkJob, error) {
		job, err := action.Start(tx, asSuggested{}, ready.Target, subjects)
		if err != nil {
			return BulkJob{}, err
		}
		return job, recordJob(tx, action.Name+"-bulk", nil, job)
	})
}

// CancelBulkJob ends one of the caller's own before its next document.
func (a *App) CancelBulkJob(ctx context.Context, which BulkJobID) (BulkJob, error) {
	return database.Write(ctx, a.db, func(ctx context.Context, tx *database.Tx) (BulkJob, error) {
		before, after, err := a.bulk.engine.Cancel(ctx, tx, which)
		if err != nil || before.State == after.State {
			return after, err
		}
		return after, recordJob(tx, after.Action+"-bulk-cancel", before, after)
	})
}

func recordJob(tx *database.Tx, action string, before any, job BulkJob) error {
	return audit.Record(tx, audit.Entry{Action: action, Subject: "bulk-job", SubjectID: job.ID.String(), Label: job.Action, Before: before, After: job})
}

// BulkJobs shows the caller's own jobs, and what became of their records.
func (a *App) BulkJobs() *bulk.Engine { return a.bulk.engine }

// CarryBulkJobs lets the module's queue do what was begun.
func (a *App) CarryBulkJobs(s *jobs.Scheduler) { a.bulk.engine.Schedule(s) }
