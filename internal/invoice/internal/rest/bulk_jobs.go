package rest

import (
	"context"

	"erp/internal/invoice/internal/app"
	"erp/internal/platform/httpapi"
	"erp/internal/platform/page"
)

// BulkJobPath names the job of a request.
type BulkJobPath struct {
	ID app.BulkJobID `path:"id"`
}

// BulkOutcome narrows the rows of a job.
type BulkOutcome struct {
	Outcome string `query:"outcome" enum:"waiting,changed,unchanged,refused,cancelled" doc:"Only rows with this outcome"`
}

type listBulkJobs struct {
	Limit  int    `query:"limit" minimum:"1" maximum:"200" default:"50" doc:"How many jobs at most"`
	Cursor string `query:"cursor" maxLength:"1000" doc:"The next value of the page before"`
}

type listBulkRows struct {
	BulkJobPath
	BulkOutcome
	Limit  int    `query:"limit" minimum:"1" maximum:"200" default:"50" doc:"How many rows at most"`
	Cursor string `query:"cursor" maxLength:"1000" doc:"The next value of the page before"`
}

type exportBulkRows struct {
	BulkJobPath
	BulkOutcome
}

func bulkJobs(api *httpapi.API, a *app.App) {
	jobs := a.BulkJobs()
	httpapi.Register(api, httpapi.Operation{
		ID: "list-invoice-bulk-jobs", Method: "GET", Path: "/invoices/bulk", Summary: "List your own bulk actions on invoices, newest first", Tag: tag, Permission: app.CanRead,
	}, func(ctx context.Context, in *listBulkJobs) (*httpapi.Answer[page.Of[app.BulkJob]], error) {
		return reply(jobs.List(ctx, page.Request{Limit: in.Limit, Cursor: in.Cursor}))
	})
	httpapi.Register(api, httpapi.Operation{
		ID: "get-invoice-bulk-job", Method: "GET", Path: "/invoices/bulk/{id}", Summary: "How far one of your bulk actions is", Tag: tag, Permission: app.CanRead,
	}, func(ctx context.Context, in *BulkJobPath) (*httpapi.Answer[app.BulkJob], error) {
		return reply(jobs.Find(ctx, in.ID))
	})
	httpapi.Register(api, httpapi.Operation{
		ID: "cancel-invoice-bulk-job", Method: "POST", Path: "/invoices/bulk/{id}/cancel", Summary: "Cancel one of your bulk actions", Tag: tag, Permission: app.CanRead,
		Description: "What was done stays done. One that has ended stays as it is.",
	}, func(ctx context.Context, in *BulkJobPath) (*httpapi.Answer[app.BulkJob], error) {
		return reply(a.CancelBulkJob(ctx, in.ID))
	})
	httpapi.Register(api, httpapi.Operation{
		ID: "list-invoice-bulk-rows", Method: "GET", Path: "/invoices/bulk/{id}/rows", Summary: "What became of each document of a bulk action", Tag: tag, Permission: app.CanRead,
	}, func(ctx context.Context, in *listBulkRows) (*httpapi.Answer[page.Of[app.BulkResult]], error) {
		return reply(jobs.Rows(ctx, in.ID, app.BulkOutcome(in.Outcome), page.Request{Limit: in.Limit, Cursor: in.Cursor}))
	})
	httpapi.RegisterFile(api, httpapi.Operation{
		ID: "export-invoice-bulk-rows", Method: "GET", Path: "/invoices/bulk/{id}/export", Summary: "What became of each document of a bulk action, as CSV", Tag: tag, Permission: app.CanRead,
	}, func(ctx context.Context, in *exportBulkRows) (*httpapi.File, error) {
		write, err := jobs.Export(ctx, in.ID, app.BulkOutcome(in.Outcome))
		if err != nil {
			return nil, err
		}
		return &httpapi.File{Name: "bulk-action.csv", ContentType: "text/csv; charset=utf-8", Write: write}, nil
	}, "text/csv")
}
