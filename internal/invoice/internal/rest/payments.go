package rest

import (
	"context"

	"erp/internal/invoice"
	"erp/internal/invoice/internal/app"
	"erp/internal/platform/date"
	"erp/internal/platform/httpapi"
	"erp/internal/platform/page"
)

// PaymentFilter is what lists and exports of payments narrow by.
type PaymentFilter struct {
	CustomerID invoice.CustomerID `query:"customerId"`
	From       date.Date          `query:"from"`
	To         date.Date          `query:"to"`
	Credit     bool               `query:"credit" doc:"Only those with something left"`
}

func (f PaymentFilter) query(q, sort string) app.PaymentQuery {
	return app.PaymentQuery{CustomerID: f.CustomerID, From: f.From, To: f.To, Credit: f.Credit, Q: q, Sort: sort}
}

type listPayments struct {
	httpapi.ListQuery
	PaymentFilter
}

// OnePayment names a payment.
type OnePayment struct {
	ID invoice.PaymentID `path:"id"`
}

type recordPayment struct {
	Body app.PaymentInput
}

type allocatePayment struct {
	OnePayment
	Body app.AllocateInput
}

type unallocatePayment struct {
	OnePayment
	InvoiceID invoice.ID `path:"invoiceId"`
}

type refundPayment struct {
	OnePayment
	Body app.RefundInput
}

type voidPayment struct {
	OnePayment
	Body app.VoidInput
}

func payments(api *httpapi.API, a *app.App) {
	const tag = "Payments"
	httpapi.Register(api, httpapi.Operation{
		ID: "list-payments", Method: "GET", Path: "/payments", Summary: "List payments", Tag: tag, Permission: app.CanSeePayments,
		Description: "Sorts by receivedOn and created; latest first unless told otherwise.",
	}, func(ctx context.Context, in *listPayments) (*httpapi.Answer[page.Of[invoice.Payment]], error) {
		query := in.query(in.Q, in.Sort)
		query.Page = in.Page()
		return reply(a.Payments(ctx, query))
	})
	httpapi.Register(api, httpapi.Operation{
		ID: "get-payment", Method: "GET", Path: "/payments/{id}", Summary: "One payment and what it was set against", Tag: tag, Permission: app.CanSeePayments,
	}, func(ctx context.Context, in *OnePayment) (*httpapi.Answer[invoice.Payment], error) {
		return reply(a.Payment(ctx, in.ID))
	})
	httpapi.Register(api, httpapi.Operation{
		ID: "record-payment", Method: "POST", Path: "/payments", Summary: "Record money received and set it against invoices", Tag: tag, Permission: app.CanRecordPayments, Status: 201,
		Description: "What is not set against an invoice becomes the customer's credit. All or nothing.",
	}, func(ctx context.Context, in *recordPayment) (*httpapi.Answer[invoice.Payment], error) {
		return reply(a.RecordPayment(ctx, in.Body))
	})
	httpapi.Register(api, httpapi.Operation{
		ID: "allocate-payment", Method: "POST", Path: "/payments/{id}/allocations", Summary: "Set what is left of a payment against invoices", Tag: tag, Permission: app.CanRecordPayments,
	}, func(ctx context.Context, in *allocatePayment) (*httpapi.Answer[invoice.Payment], error) {
		return reply(a.AllocatePayment(ctx, in.ID, in.Body))
	})
	httpapi.Register(api, httpapi.Operation{
		ID: "unallocate-payment", Method: "DELETE", Path: "/payments/{id}/allocations/{invoiceId}", Summary: "Take a payment off an invoice", Tag: tag, Permission: app.CanRecordPayments, Status: 200,
	}, func(ctx context.Context, in *unallocatePayment) (*httpapi.Answer[invoice.Payment], error) {
		return reply(a.UnallocatePayment(ctx, in.ID, in.InvoiceID))
	})
	httpapi.Register(api, httpapi.Operation{
		ID: "refund-payment", Method: "POST", Path: "/payments/{id}/refunds", Summary: "Give what is left of a payment back to the customer", Tag: tag, Permission: app.CanCorrectPayments,
	}, func(ctx context.Context, in *refundPayment) (*httpapi.Answer[invoice.Payment], error) {
		return reply(a.RefundPayment(ctx, in.ID, in.Body))
	})
	httpapi.Register(api, httpapi.Operation{
		ID: "void-payment", Method: "POST", Path: "/payments/{id}/void", Summary: "End a payment that never came or bounced", Tag: tag, Permission: app.CanCorrectPayments,
		Description: "It comes off every invoice, which are due again. The ledger keeps both: that it was recorded, and that it was voided.",
	}, func(ctx context.Context, in *voidPayment) (*httpapi.Answer[invoice.Payment], error) {
		return reply(a.VoidPayment(ctx, in.ID, in.Body))
	})
}
