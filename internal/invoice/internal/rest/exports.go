package rest

import (
	"context"
	"io"

	"erp/internal/invoice/internal/app"
	"erp/internal/platform/httpapi"
)

// Words are what a list is narrowed and sorted by; an export has no pages.
type Words struct {
	Q    string `query:"q" maxLength:"200" doc:"Words to search for"`
	Sort string `query:"sort" maxLength:"50" doc:"Field to sort by; - in front for descending"`
}

type exportCatalogue struct {
	Words
	Archived bool `query:"archived" doc:"The archived ones instead of those in use"`
}

type exportPayments struct {
	Words
	PaymentFilter
}

func exports(api *httpapi.API, a *app.App) {
	httpapi.RegisterFile(api, httpapi.Operation{
		ID: "export-customers", Method: "GET", Path: "/customers/export", Summary: "Export customers as CSV, filtered as the list is", Tag: "Customers", Permission: app.CanExport,
	}, func(ctx context.Context, in *exportCatalogue) (*httpapi.File, error) {
		return csv("customers.csv")(a.ExportCustomers(ctx, app.CustomerQuery{Q: in.Q, Archived: in.Archived, Sort: in.Sort}))
	}, "text/csv")
	httpapi.RegisterFile(api, httpapi.Operation{
		ID: "export-items", Method: "GET", Path: "/items/export", Summary: "Export products and services as CSV, filtered as the list is", Tag: "Items", Permission: app.CanExport,
	}, func(ctx context.Context, in *exportCatalogue) (*httpapi.File, error) {
		return csv("items.csv")(a.ExportItems(ctx, app.ItemQuery{Q: in.Q, Archived: in.Archived, Sort: in.Sort}))
	}, "text/csv")
	httpapi.RegisterFile(api, httpapi.Operation{
		ID: "export-payments", Method: "GET", Path: "/payments/export", Summary: "Export payments as CSV, filtered as the list is", Tag: "Payments", Permission: app.CanExport,
	}, func(ctx context.Context, in *exportPayments) (*httpapi.File, error) {
		return csv("payments.csv")(a.ExportPayments(ctx, in.query(in.Q, in.Sort)))
	}, "text/csv")
}

// csv makes the answer of an export.
func csv(name string) func(write func(io.Writer) error, err error) (*httpapi.File, error) {
	return func(write func(io.Writer) error, err error) (*httpapi.File, error) {
		if err != nil {
			return nil, err
		}
		return file(name, "text/csv; charset=utf-8", false, write), nil
	}
}
