package rest

import (
	"context"

	"erp/internal/invoice"
	"erp/internal/invoice/internal/app"
	"erp/internal/platform/date"
	"erp/internal/platform/httpapi"
	"erp/internal/platform/page"
)

// DayAsked is the end of a day, for which sums are wanted.
type DayAsked struct {
	AsOf date.Date `query:"asOf" doc:"The state at the end of this day; today when absent"`
}

type listDebtors struct {
	DayAsked
	Limit  int    `query:"limit" minimum:"1" maximum:"200" default:"50"`
	Cursor string `query:"cursor" maxLength:"500" doc:"The next of the page before"`
}

func receivables(api *httpapi.API, a *app.App) {
	httpapi.Register(api, httpapi.Operation{
		ID: "get-receivables", Method: "GET", Path: "/receivables", Summary: "What customers owed at the end of a day, by age", Tag: tag, Permission: app.CanSeePayments,
		Description: "By the dates of invoices, credit notes and payments.",
	}, func(ctx context.Context, in *DayAsked) (*httpapi.Answer[invoice.Receivables], error) {
		return reply(a.Receivables(ctx, in.AsOf))
	})
	httpapi.Register(api, httpapi.Operation{
		ID: "list-receivables", Method: "GET", Path: "/receivables/customers", Summary: "The customers who owed something at the end of a day, by name", Tag: tag, Permission: app.CanSeePayments,
	}, func(ctx context.Context, in *listDebtors) (*httpapi.Answer[page.Of[invoice.CustomerReceivables]], error) {
		return reply(a.Debtors(ctx, in.AsOf, page.Request{Limit: in.Limit, Cursor: in.Cursor}))
	})
}
