package rest

import (
	"context"

	"erp/internal/invoice"
	"erp/internal/invoice/internal/app"
	"erp/internal/platform/httpapi"
	"erp/internal/platform/page"
)

type remindInput struct {
	Body *app.RemindInput
}

type changePlan struct {
	httpapi.IfMatch
	Body app.ReminderPlanInput
}

type disputeInput struct {
	OneInvoice
	Body app.DisputeInput
}

type printStatement struct {
	OneCustomer
	Language string `query:"language" enum:"en,de" doc:"The customer's when absent"`
}

// OneLetter names a letter.
type OneLetter struct {
	ID invoice.LetterID `path:"id"`
}

func reminders(api *httpapi.API, a *app.App) {
	const tag = "Reminders"
	httpapi.Register(api, httpapi.Operation{
		ID: "list-reminders", Method: "GET", Path: "/reminders", Summary: "The letters that would be written now: who is reminded of what", Tag: tag, Permission: app.CanRemind,
	}, func(ctx context.Context, _ *struct{}) (*httpapi.Answer[invoice.Reminders], error) {
		return reply(a.Reminders(ctx))
	})
	httpapi.Register(api, httpapi.Operation{
		ID: "send-reminders", Method: "POST", Path: "/reminders", Summary: "Remind customers of everything overdue, one mail a customer", Tag: tag, Permission: app.CanRemind, Status: 201,
		Description: "Each customer once a level and day, however often it is asked for. Disputed invoices, customers without address and those excluded are left out. At most 500 at once.",
	}, func(ctx context.Context, in *remindInput) (*httpapi.Answer[app.Reminded], error) {
		return reply(a.Remind(ctx, optional(in.Body)))
	})
	httpapi.Register(api, httpapi.Operation{
		ID: "get-reminder-plan", Method: "GET", Path: "/reminders/plan", Summary: "When and in which words customers are reminded", Tag: tag, Permission: app.CanRemind,
	}, func(ctx context.Context, _ *struct{}) (*httpapi.Answer[invoice.ReminderPlan], error) {
		return reply(a.ReminderPlan(ctx))
	})
	httpapi.Register(api, httpapi.Operation{
		ID: "change-reminder-plan", Method: "PUT", Path: "/reminders/plan", Summary: "Change when and in which words customers are reminded", Tag: tag, Permission: app.CanSetUp,
	}, func(ctx context.Context, in *changePlan) (*httpapi.Answer[invoice.ReminderPlan], error) {
		return reply(a.ChangeReminderPlan(ctx, in.Version(), in.Body))
	})
	httpapi.Register(api, httpapi.Operation{
		ID: "dispute-invoice", Method: "PUT", Path: "/invoices/{id}/dispute", Summary: "Note that the customer holds an invoice to be wrong: no reminders", Tag: tag, Permission: app.CanWrite,
	}, func(ctx context.Context, in *disputeInput) (*httpapi.Answer[invoice.Invoice], error) {
		return reply(a.MarkDisputed(ctx, in.ID, in.Body))
	})
	httpapi.Register(api, httpapi.Operation{
		ID: "settle-dispute", Method: "DELETE", Path: "/invoices/{id}/dispute", Summary: "End a dispute: the invoice is reminded of again", Tag: tag, Permission: app.CanWrite, Status: 200,
	}, func(ctx context.Context, in *OneInvoice) (*httpapi.Answer[invoice.Invoice], error) {
		return reply(a.SettleDispute(ctx, in.ID))
	})
	customerLetters(api, a)
}

func customerLetters(api *httpapi.API, a *app.App) {
	const tag = "Customers"
	httpapi.Register(api, httpapi.Operation{
		ID: "get-customer-letters", Method: "GET", Path: "/customers/{id}/letters", Summary: "What was mailed to a customer, the newest first", Tag: tag, Permission: app.CanSeePayments,
	}, func(ctx context.Context, in *OneCustomer) (*httpapi.Answer[page.Of[invoice.Letter]], error) {
		letters, err := a.Letters(ctx, in.ID)
		return reply(page.Of[invoice.Letter]{Items: letters}, err)
	})
	httpapi.RegisterFile(api, httpapi.Operation{
		ID: "get-customer-statement", Method: "GET", Path: "/customers/{id}/statement", Summary: "What a customer owes today, as PDF", Tag: tag, Permission: app.CanSeePayments,
	}, func(ctx context.Context, in *printStatement) (*httpapi.File, error) {
		name, write, err := a.Statement(ctx, in.ID, in.Language)
		if err != nil {
			return nil, err
		}
		return file(name, "application/pdf", true, write), nil
	}, "application/pdf")
	httpapi.RegisterFile(api, httpapi.Operation{
		ID: "get-reminder-pdf", Method: "GET", Path: "/reminders/{id}/pdf", Summary: "What went along with a reminder, as PDF", Tag: "Reminders", Permission: app.CanSeePayments,
	}, func(ctx context.Context, in *OneLetter) (*httpapi.File, error) {
		name, write, err := a.ReminderPDF(ctx, in.ID)
		if err != nil {
			return nil, err
		}
		return file(name, "application/pdf", true, write), nil
	}, "application/pdf")
}
