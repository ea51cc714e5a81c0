package gateway

import (
	"context"
	"net/http"
	"strings"

	"erp/internal/asset"
	"erp/internal/employee"
	"erp/internal/invoice"
	"erp/internal/platform/httpapi"
	"erp/internal/platform/rbac"
)

// searchLimit is how many hits of each kind the palette shows.
const searchLimit = 5

// Search is what one text finds over all modules, each within what the person may see.
type Search struct {
	Employees []employee.Employee `json:"employees"`
	Assets    []asset.Asset       `json:"assets"`
	Invoices  []invoice.Row       `json:"invoices"`
	Customers []invoice.Customer  `json:"customers"`
	Degraded  []string            `json:"degraded" doc:"Modules that did not answer in time"`
}

type searchInput struct {
	Q string `query:"q" required:"true" minLength:"1" maxLength:"100" doc:"Words, a tag or a number"`
}

func (g *Gateway) routeSearch(api *httpapi.API) {
	httpapi.Register(api, httpapi.Operation{
		ID: "search", Method: http.MethodGet, Path: "/api/ui/search", Tag: "Screens",
		Summary: "Find people, assets, invoices and customers by one text", Permission: rbac.SignedIn,
	}, func(ctx context.Context, in *searchInput) (*httpapi.Answer[Search], error) {
		found, err := g.search(ctx, strings.TrimSpace(in.Q))
		if err != nil {
			return nil, err
		}
		return httpapi.Reply(found), nil
	})
}

func (g *Gateway) search(ctx context.Context, q string) (Search, error) {
	found := Search{Employees: []employee.Employee{}, Assets: []asset.Asset{}, Invoices: []invoice.Row{}, Customers: []invoice.Customer{}, Degraded: []string{}}
	if q == "" {
		return found, nil
	}
	var c composition
	part(ctx, &c, g, "employee", func(ctx context.Context) ([]employee.Employee, error) {
		return g.deps.Employees.Search(ctx, q, searchLimit)
	}, func(hits []employee.Employee) { found.Employees = append(found.Employees, hits...) })
	part(ctx, &c, g, "asset", func(ctx context.Context) ([]asset.Asset, error) {
		return g.deps.Assets.Search(ctx, q, searchLimit)
	}, func(hits []asset.Asset) { found.Assets = append(found.Assets, hits...) })
	part(ctx, &c, g, "invoice", func(ctx context.Context) ([]invoice.Row, error) {
		return g.deps.Invoices.Search(ctx, q, searchLimit)
	}, func(hits []invoice.Row) { found.Invoices = append(found.Invoices, hits...) })
	part(ctx, &c, g, "invoice", func(ctx context.Context) ([]invoice.Customer, error) {
		return g.deps.Invoices.SearchCustomers(ctx, q, searchLimit)
	}, func(hits []invoice.Customer) { found.Customers = append(found.Customers, hits...) })
	c.wait.Wait()
	found.Degraded = append(found.Degraded, c.modules()...)
	return found, c.refusal
}
