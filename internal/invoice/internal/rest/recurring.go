package rest

import (
	"context"

	"erp/internal/invoice"
	"erp/internal/invoice/internal/app"
	"erp/internal/platform/httpapi"
	"erp/internal/platform/page"
)

type listRecurring struct {
	httpapi.ListQuery
	Status     string             `query:"status" enum:"active,paused,ended,blocked" doc:"Blocked are those with something in the way of an invoice"`
	CustomerID invoice.CustomerID `query:"customerId"`
}

// OneRecurring names a recurring invoice.
type OneRecurring struct {
	ID invoice.RecurringID `path:"id"`
}

type listMade struct {
	OneRecurring
	Limit  int    `query:"limit" minimum:"1" maximum:"200" default:"50" doc:"How many invoices at most"`
	Cursor string `query:"cursor" maxLength:"1000" doc:"The next value of the page before"`
}

type addRecurring struct {
	Body app.RecurringInput
}

type changeRecurring struct {
	OneRecurring
	httpapi.IfMatch
	Body app.RecurringInput
}

type stopRecurring struct {
	OneRecurring
	Seen
}

type resumeRecurring struct {
	OneRecurring
	Seen
	Body *app.ResumeInput
}

const recurringTag = "Recurring invoices"

func recurring(api *httpapi.API, a *app.App) {
	httpapi.Register(api, httpapi.Operation{
		ID: "list-recurring-invoices", Method: "GET", Path: "/recurring-invoices", Summary: "List, search and filter recurring invoices", Tag: recurringTag, Permission: app.CanRead,
		Description: "Sorts by nextOn and created; what comes next first unless told otherwise.",
	}, func(ctx context.Context, in *listRecurring) (*httpapi.Answer[page.Of[invoice.RecurringRow]], error) {
		return reply(a.RecurringInvoices(ctx, app.RecurringQuery{Status: in.Status, CustomerID: in.CustomerID, Q: in.Q, Sort: in.Sort, Page: in.Page()}))
	})
	httpapi.Register(api, httpapi.Operation{
		ID: "get-recurring-invoice", Method: "GET", Path: "/recurring-invoices/{id}", Summary: "One recurring invoice with its next dates", Tag: recurringTag, Permission: app.CanRead,
	}, func(ctx context.Context, in *OneRecurring) (*httpapi.Answer[invoice.Recurring], error) {
		return reply(a.RecurringInvoice(ctx, in.ID))
	})
	httpapi.Register(api, httpapi.Operation{
		ID: "list-invoices-made", Method: "GET", Path: "/recurring-invoices/{id}/invoices", Summary: "The invoices that a recurring invoice made, the latest first", Tag: recurringTag, Permission: app.CanRead,
	}, func(ctx context.Context, in *listMade) (*httpapi.Answer[page.Of[invoice.RecurringInvoice]], error) {
		return reply(a.MadeInvoices(ctx, in.ID, page.Request{Limit: in.Limit, Cursor: in.Cursor}))
	})
	httpapi.Register(api, httpapi.Operation{
		ID: "preview-recurring-invoice", Method: "POST", Path: "/recurring-invoices/preview", Summary: "The first dates and the first invoice, without keeping anything", Tag: recurringTag, Permission: app.CanWrite,
	}, func(ctx context.Context, in *addRecurring) (*httpapi.Answer[invoice.RecurringPreview], error) {
		return reply(a.PreviewRecurring(ctx, in.Body))
	})
	recurringChanges(api, a)
}

func recurringChanges(api *httpapi.API, a *app.App) {
	const inName = " It is done in the name of the caller and with their rights: to issue takes invoice:issue, to mail invoice:send."
	httpapi.Register(api, httpapi.Operation{
		ID: "add-recurring-invoice", Method: "POST", Path: "/recurring-invoices", Summary: "Let an invoice recur", Tag: recurringTag, Permission: app.CanWrite, Status: 201,
		Description: "The first date is today or later." + inName,
	}, func(ctx context.Context, in *addRecurring) (*httpapi.Answer[invoice.Recurring], error) {
		return reply(a.AddRecurring(ctx, in.Body))
	})
	httpapi.Register(api, httpapi.Operation{
		ID: "change-recurring-invoice", Method: "PUT", Path: "/recurring-invoices/{id}", Summary: "Change what comes next", Tag: recurringTag, Permission: app.CanWrite,
		Description: "What was made stays. Another rhythm begins anew with its first date." + inName,
	}, func(ctx context.Context, in *changeRecurring) (*httpapi.Answer[invoice.Recurring], error) {
		return reply(a.ChangeRecurring(ctx, in.ID, in.Version(), in.Body))
	})
	httpapi.Register(api, httpapi.Operation{
		ID: "pause-recurring-invoice", Method: "POST", Path: "/recurring-invoices/{id}/pause", Summary: "Make nothing until it is resumed", Tag: recurringTag, Permission: app.CanWrite,
	}, func(ctx context.Context, in *stopRecurring) (*httpapi.Answer[invoice.Recurring], error) {
		return reply(a.PauseRecurring(ctx, in.ID, in.version()))
	})
	httpapi.Register(api, httpapi.Operation{
		ID: "resume-recurring-invoice", Method: "POST", Path: "/recurring-invoices/{id}/resume", Summary: "Go on with one that was paused, or try again what could not be made", Tag: recurringTag, Permission: app.CanWrite,
		Description: "Dates that were missed are left out or made up, dated today." + inName,
	}, func(ctx context.Context, in *resumeRecurring) (*httpapi.Answer[invoice.Recurring], error) {
		return reply(a.ResumeRecurring(ctx, in.ID, in.version(), optional(in.Body)))
	})
	httpapi.Register(api, httpapi.Operation{
		ID: "end-recurring-invoice", Method: "POST", Path: "/recurring-invoices/{id}/end", Summary: "End it for good", Tag: recurringTag, Permission: app.CanWrite,
		Description: "The invoices that it made stay.",
	}, func(ctx context.Context, in *stopRecurring) (*httpapi.Answer[invoice.Recurring], error) {
		return reply(a.EndRecurring(ctx, in.ID, in.version()))
	})
}
