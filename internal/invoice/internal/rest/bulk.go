package rest

import (
	"context"

	"erp/internal/invoice/internal/app"
	"erp/internal/platform/httpapi"
)

// bulkActions are the actions on many documents. Each names the permission of what it does to one.
func bulkActions(api *httpapi.API, a *app.App) {
	const which = "The documents are named, or found by the list's filter, at most 10,000. Each is done or refused by itself; the job tells which, and why."
	httpapi.Register(api, httpapi.Operation{
		ID: "bulk-issue-invoices", Method: "POST", Path: "/invoices/bulk/issue", Summary: "Issue many drafts, in the background", Tag: tag, Permission: app.CanIssue, Status: 202,
		Description: which + " The oldest draft gets the first number.",
	}, func(ctx context.Context, in *struct{ Body app.Selection }) (*httpapi.Answer[app.BulkJob], error) {
		return reply(a.BulkIssue(ctx, in.Body))
	})
	httpapi.Register(api, httpapi.Operation{
		ID: "bulk-send-invoices", Method: "POST", Path: "/invoices/bulk/send", Summary: "Mail many documents to their customers, in the background", Tag: tag, Permission: app.CanSend, Status: 202,
		Description: which + " What was sent before is not sent again.",
	}, func(ctx context.Context, in *struct{ Body app.Selection }) (*httpapi.Answer[app.BulkJob], error) {
		return reply(a.BulkSend(ctx, in.Body))
	})
	bulkJobs(api, a)
}
