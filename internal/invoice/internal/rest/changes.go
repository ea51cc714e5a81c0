package rest

import (
	"context"

	"erp/internal/invoice"
	"erp/internal/invoice/internal/app"
	"erp/internal/platform/httpapi"
)

type previewInput struct {
	Body app.DraftInput
}

type draftInput struct {
	Issue bool `query:"issue" doc:"Issue it at once, today; takes the permission to issue"`
	Body  app.DraftInput
}

type reviseInput struct {
	OneInvoice
	httpapi.IfMatch
	Body app.DraftInput
}

type discardInput struct {
	OneInvoice
	httpapi.IfMatch
}

type issueInput struct {
	OneInvoice
	Seen
	Body *app.IssueInput
}

type creditInput struct {
	OneInvoice
	Seen
	Body *app.CreditInput
}

type writeOffInput struct {
	OneInvoice
	Seen
	Body app.WriteOffInput
}

func changes(api *httpapi.API, a *app.App) {
	httpapi.Register(api, httpapi.Operation{
		ID: "preview-invoice", Method: "POST", Path: "/invoices/preview", Summary: "Calculate a draft without keeping it", Tag: tag, Permission: app.CanWrite,
	}, func(ctx context.Context, in *previewInput) (*httpapi.Answer[invoice.Document], error) {
		return reply(a.Preview(ctx, in.Body))
	})
	httpapi.Register(api, httpapi.Operation{
		ID: "draft-invoice", Method: "POST", Path: "/invoices", Summary: "Draft an invoice, or issue it at once", Tag: tag, Permission: app.CanWrite, Status: 201,
	}, func(ctx context.Context, in *draftInput) (*httpapi.Answer[invoice.Invoice], error) {
		if in.Issue {
			return reply(a.IssueNew(ctx, in.Body))
		}
		return reply(a.Draft(ctx, in.Body))
	})
	httpapi.Register(api, httpapi.Operation{
		ID: "revise-invoice", Method: "PUT", Path: "/invoices/{id}", Summary: "Change a draft", Tag: tag, Permission: app.CanWrite,
	}, func(ctx context.Context, in *reviseInput) (*httpapi.Answer[invoice.Invoice], error) {
		return reply(a.Revise(ctx, in.ID, in.Version(), in.Body))
	})
	httpapi.Register(api, httpapi.Operation{
		ID: "discard-invoice", Method: "DELETE", Path: "/invoices/{id}", Summary: "Delete a draft", Tag: tag, Permission: app.CanWrite,
	}, func(ctx context.Context, in *discardInput) (*httpapi.Answer[httpapi.None], error) {
		return reply(httpapi.None{}, a.Discard(ctx, in.ID, in.Version()))
	})
	httpapi.Register(api, httpapi.Operation{
		ID: "issue-invoice", Method: "POST", Path: "/invoices/{id}/issue", Summary: "Give a draft its number and make it final", Tag: tag, Permission: app.CanIssue,
		Description: "Numbers of a series have no gap. With If-Match only the version that was seen is issued.",
	}, func(ctx context.Context, in *issueInput) (*httpapi.Answer[invoice.Invoice], error) {
		return reply(a.Issue(ctx, in.ID, in.version(), optional(in.Body)))
	})
	httpapi.Register(api, httpapi.Operation{
		ID: "credit-invoice", Method: "POST", Path: "/invoices/{id}/credit-notes", Summary: "Take an invoice back with a credit note", Tag: tag, Permission: app.CanCredit, Status: 201,
		Description: "The credit note is the exact opposite of every line. What was paid becomes the customer's credit.",
	}, func(ctx context.Context, in *creditInput) (*httpapi.Answer[invoice.Invoice], error) {
		return reply(a.Credit(ctx, in.ID, in.version(), optional(in.Body)))
	})
	httpapi.Register(api, httpapi.Operation{
		ID: "write-off-invoice", Method: "POST", Path: "/invoices/{id}/write-offs", Summary: "Give up what is still due", Tag: tag, Permission: app.CanCredit,
	}, func(ctx context.Context, in *writeOffInput) (*httpapi.Answer[invoice.Invoice], error) {
		return reply(a.WriteOff(ctx, in.ID, in.version(), in.Body))
	})
}

// optional is a body that may be absent.
func optional[T any](body *T) T {
	if body == nil {
		var none T
		return none
	}
	return *body
}
