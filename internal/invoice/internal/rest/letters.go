package rest

import (
	"context"

	"erp/internal/invoice"
	"erp/internal/invoice/internal/app"
	"erp/internal/platform/httpapi"
)

type correspondenceInput struct {
	OneInvoice
	Language string `query:"language" enum:"en,de" doc:"Of the suggested words; the document's when absent"`
}

type sendInput struct {
	OneInvoice
	Body *app.SendInput
}

func letters(api *httpapi.API, a *app.App) {
	httpapi.Register(api, httpapi.Operation{
		ID: "get-invoice-letters", Method: "GET", Path: "/invoices/{id}/letters", Summary: "What was mailed about an invoice, and what a mail would say now", Tag: tag, Permission: app.CanRead,
	}, func(ctx context.Context, in *correspondenceInput) (*httpapi.Answer[invoice.Correspondence], error) {
		return reply(a.Correspondence(ctx, in.ID, in.Language))
	})
	httpapi.Register(api, httpapi.Operation{
		ID: "send-invoice", Method: "POST", Path: "/invoices/{id}/letters", Summary: "Mail an issued invoice to its customer", Tag: tag, Permission: app.CanSend, Status: 201,
		Description: "With the PDF, and the e-invoice where nothing is missing for one. A draft, and a company without mail server, are a 409; a customer without address is a 422 unless one is given.",
	}, func(ctx context.Context, in *sendInput) (*httpapi.Answer[invoice.Letter], error) {
		return reply(a.Send(ctx, in.ID, optional(in.Body)))
	})
}
