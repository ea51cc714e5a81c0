package rest

import (
	"context"

	"erp/internal/invoice"
	"erp/internal/invoice/internal/app"
	"erp/internal/platform/httpapi"
	"erp/internal/platform/page"
)

type listItems struct {
	httpapi.ListQuery
	Archived bool `query:"archived" doc:"The archived ones instead of those in use"`
}

// OneItem names an item.
type OneItem struct {
	ID invoice.ItemID `path:"id"`
}

type addItem struct {
	Body app.ItemInput
}

type changeItem struct {
	OneItem
	httpapi.IfMatch
	Body app.ItemInput
}

func items(api *httpapi.API, a *app.App) {
	const tag = "Items"
	httpapi.Register(api, httpapi.Operation{
		ID: "list-items", Method: "GET", Path: "/items", Summary: "List and search products and services", Tag: tag, Permission: app.CanSeeItems,
		Description: "Sorts by name and code.",
	}, func(ctx context.Context, in *listItems) (*httpapi.Answer[page.Of[invoice.Item]], error) {
		return reply(a.Items(ctx, app.ItemQuery{Q: in.Q, Archived: in.Archived, Sort: in.Sort, Page: in.Page()}))
	})
	httpapi.Register(api, httpapi.Operation{
		ID: "get-item", Method: "GET", Path: "/items/{id}", Summary: "One product or service", Tag: tag, Permission: app.CanSeeItems,
	}, func(ctx context.Context, in *OneItem) (*httpapi.Answer[invoice.Item], error) {
		return reply(a.Item(ctx, in.ID))
	})
	httpapi.Register(api, httpapi.Operation{
		ID: "add-item", Method: "POST", Path: "/items", Summary: "Add a product or service", Tag: tag, Permission: app.CanSetUp, Status: 201,
	}, func(ctx context.Context, in *addItem) (*httpapi.Answer[invoice.Item], error) {
		return reply(a.AddItem(ctx, in.Body))
	})
	httpapi.Register(api, httpapi.Operation{
		ID: "change-item", Method: "PUT", Path: "/items/{id}", Summary: "Change or archive a product or service", Tag: tag, Permission: app.CanSetUp,
	}, func(ctx context.Context, in *changeItem) (*httpapi.Answer[invoice.Item], error) {
		return reply(a.ChangeItem(ctx, in.ID, in.Version(), in.Body))
	})
}

type addTaxRate struct {
	Body app.TaxRateInput
}

type changeTaxRate struct {
	ID invoice.TaxRateID `path:"id"`
	httpapi.IfMatch
	Body app.TaxRateInput
}

func taxRates(api *httpapi.API, a *app.App) {
	const tag = "Tax rates"
	httpapi.Register(api, httpapi.Operation{
		ID: "list-tax-rates", Method: "GET", Path: "/tax-rates", Summary: "List tax rates, the default one first", Tag: tag, Permission: app.CanSeeItems,
	}, func(ctx context.Context, _ *struct{}) (*httpapi.Answer[page.Of[invoice.TaxRate]], error) {
		rates, err := a.TaxRates(ctx)
		return reply(page.Of[invoice.TaxRate]{Items: rates}, err)
	})
	httpapi.Register(api, httpapi.Operation{
		ID: "add-tax-rate", Method: "POST", Path: "/tax-rates", Summary: "Add a tax rate", Tag: tag, Permission: app.CanSetUp, Status: 201,
	}, func(ctx context.Context, in *addTaxRate) (*httpapi.Answer[invoice.TaxRate], error) {
		return reply(a.AddTaxRate(ctx, in.Body))
	})
	httpapi.Register(api, httpapi.Operation{
		ID: "change-tax-rate", Method: "PUT", Path: "/tax-rates/{id}", Summary: "Rename, archive or prefer a tax rate", Tag: tag, Permission: app.CanSetUp,
	}, func(ctx context.Context, in *changeTaxRate) (*httpapi.Answer[invoice.TaxRate], error) {
		return reply(a.ChangeTaxRate(ctx, in.ID, in.Version(), in.Body))
	})
}
