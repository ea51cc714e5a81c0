package rest

import (
	"context"

	"erp/internal/invoice"
	"erp/internal/invoice/internal/app"
	"erp/internal/platform/httpapi"
	"erp/internal/platform/page"
)

type listCustomers struct {
	httpapi.ListQuery
	Archived bool `query:"archived" doc:"The archived ones instead of those in use"`
}

// OneCustomer names a customer.
type OneCustomer struct {
	ID invoice.CustomerID `path:"id"`
}

type addCustomer struct {
	Body app.CustomerInput
}

type changeCustomer struct {
	OneCustomer
	httpapi.IfMatch
	Body app.CustomerInput
}

func customers(api *httpapi.API, a *app.App) {
	const tag = "Customers"
	httpapi.Register(api, httpapi.Operation{
		ID: "list-customers", Method: "GET", Path: "/customers", Summary: "List and search customers", Tag: tag, Permission: app.CanSeeCustomers,
		Description: "Sorts by name, number and created. Balances are shown to who may see payments.",
	}, func(ctx context.Context, in *listCustomers) (*httpapi.Answer[page.Of[invoice.Customer]], error) {
		return reply(a.Customers(ctx, app.CustomerQuery{Q: in.Q, Archived: in.Archived, Sort: in.Sort, Page: in.Page()}))
	})
	httpapi.Register(api, httpapi.Operation{
		ID: "get-customer", Method: "GET", Path: "/customers/{id}", Summary: "One customer with contacts and balances", Tag: tag, Permission: app.CanSeeCustomers,
	}, func(ctx context.Context, in *OneCustomer) (*httpapi.Answer[invoice.Customer], error) {
		return reply(a.Customer(ctx, in.ID))
	})
	httpapi.Register(api, httpapi.Operation{
		ID: "add-customer", Method: "POST", Path: "/customers", Summary: "Add a customer", Tag: tag, Permission: app.CanEditCustomers, Status: 201,
	}, func(ctx context.Context, in *addCustomer) (*httpapi.Answer[invoice.Customer], error) {
		return reply(a.AddCustomer(ctx, in.Body))
	})
	httpapi.Register(api, httpapi.Operation{
		ID: "change-customer", Method: "PUT", Path: "/customers/{id}", Summary: "Change or archive a customer", Tag: tag, Permission: app.CanEditCustomers,
	}, func(ctx context.Context, in *changeCustomer) (*httpapi.Answer[invoice.Customer], error) {
		return reply(a.ChangeCustomer(ctx, in.ID, in.Version(), in.Body))
	})
}
