package rest

import (
	"context"
	"io"

	"erp/internal/invoice"
	"erp/internal/invoice/internal/app"
	"erp/internal/platform/date"
	"erp/internal/platform/httpapi"
	"erp/internal/platform/page"
)

const tag = "Invoices"

// Filter is what lists and exports narrow by.
type Filter struct {
	Kind       string             `query:"kind" enum:"invoice,credit-note"`
	Status     string             `query:"status" enum:"draft,issued,partly-paid,paid,overdue,credited,written-off,settled,open" doc:"As it stands today; open is everything with something due"`
	CustomerID invoice.CustomerID `query:"customerId"`
	From       date.Date          `query:"from" doc:"Issued on or after this day"`
	To         date.Date          `query:"to" doc:"Issued on or before this day"`
	Mine       bool               `query:"mine" doc:"Only those that the caller made"`
}

func (f Filter) of(q, sort string) app.ListQuery {
	return app.ListQuery{Kind: invoice.Kind(f.Kind), Status: f.Status, CustomerID: f.CustomerID, From: f.From, To: f.To, Mine: f.Mine, Q: q, Sort: sort}
}

type listInvoices struct {
	httpapi.ListQuery
	Filter
}

type exportInvoices struct {
	Q    string `query:"q" maxLength:"200" doc:"Words to search for"`
	Sort string `query:"sort" maxLength:"50" pattern:"^-?[A-Za-z][A-Za-z0-9.]*$" patternDescription:"a field name, with - in front for descending"`
	Filter
}

type printInvoice struct {
	OneInvoice
	Language string `query:"language" enum:"en,de" doc:"The company's when absent"`
	Download bool   `query:"download" doc:"Save it instead of showing it"`
}

type getInvoice struct {
	OneInvoice
	AsOf date.Date `query:"asOf" doc:"The state at the end of this day; now when absent"`
}

func invoices(api *httpapi.API, a *app.App) {
	httpapi.Register(api, httpapi.Operation{
		ID: "list-invoices", Method: "GET", Path: "/invoices", Summary: "List, search and Filter invoices and credit notes", Tag: tag, Permission: app.CanRead,
		Description: "Sorts by created, issuedOn, dueOn and gross; newest first unless told otherwise.",
	}, func(ctx context.Context, in *listInvoices) (*httpapi.Answer[page.Of[invoice.Row]], error) {
		q := in.of(in.Q, in.Sort)
		q.Page = in.Page()
		return reply(a.Invoices(ctx, q))
	})
	httpapi.Register(api, httpapi.Operation{
		ID: "get-invoice", Method: "GET", Path: "/invoices/{id}", Summary: "One invoice with lines, taxes, totals and payments", Tag: tag, Permission: app.CanRead,
	}, func(ctx context.Context, in *getInvoice) (*httpapi.Answer[invoice.Invoice], error) {
		return reply(a.Invoice(ctx, in.ID, in.AsOf))
	})
	httpapi.Register(api, httpapi.Operation{
		ID: "get-invoice-history", Method: "GET", Path: "/invoices/{id}/history", Summary: "Every fact of an invoice, oldest first", Tag: tag, Permission: app.CanRead,
	}, func(ctx context.Context, in *OneInvoice) (*httpapi.Answer[page.Of[invoice.HistoryEntry]], error) {
		entries, err := a.History(ctx, in.ID)
		return reply(page.Of[invoice.HistoryEntry]{Items: entries}, err)
	})
	httpapi.RegisterFile(api, httpapi.Operation{
		ID: "get-invoice-pdf", Method: "GET", Path: "/invoices/{id}/pdf", Summary: "The invoice as PDF; a draft is marked as one", Tag: tag, Permission: app.CanRead,
	}, func(ctx context.Context, in *printInvoice) (*httpapi.File, error) {
		name, write, err := a.Print(ctx, in.ID, in.Language)
		if err != nil {
			return nil, err
		}
		return file(name, "application/pdf", !in.Download, write), nil
	}, "application/pdf")
	httpapi.RegisterFile(api, httpapi.Operation{
		ID: "get-invoice-ubl", Method: "GET", Path: "/invoices/{id}/ubl", Summary: "An issued invoice or credit note as e-invoice", Tag: tag, Permission: app.CanRead,
		Description: "UBL 2.1 by the core of EN 16931. A draft is a 409; what is missing at seller or buyer is a 422 that says where to fill it in.",
	}, func(ctx context.Context, in *OneInvoice) (*httpapi.File, error) {
		name, xml, err := a.EInvoice(ctx, in.ID)
		if err != nil {
			return nil, err
		}
		return file(name, "application/xml", false, func(w io.Writer) error {
			_, err := w.Write(xml)
			return err
		}), nil
	}, "application/xml")
	httpapi.RegisterFile(api, httpapi.Operation{
		ID: "export-invoices", Method: "GET", Path: "/invoices/export", Summary: "Export invoices as CSV, filtered as the list is", Tag: tag, Permission: app.CanExport,
	}, func(ctx context.Context, in *exportInvoices) (*httpapi.File, error) {
		return csv("invoices.csv")(a.Export(ctx, in.of(in.Q, in.Sort)))
	}, "text/csv")
	httpapi.Register(api, httpapi.Operation{
		ID: "get-invoice-summary", Method: "GET", Path: "/invoices/summary", Summary: "Sales by month and what is open by age", Tag: tag, Permission: app.CanSeePayments,
	}, func(ctx context.Context, _ *struct{}) (*httpapi.Answer[invoice.Summary], error) {
		return reply(a.Summary(ctx))
	})
}

func file(name, contentType string, inline bool, write func(io.Writer) error) *httpapi.File {
	return &httpapi.File{Name: name, ContentType: contentType, Inline: inline, Write: write}
}
