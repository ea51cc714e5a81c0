package gateway

import (
	"context"
	"net/http"
	"slices"

	"erp/internal/asset"
	"erp/internal/employee"
	"erp/internal/invoice"
	"erp/internal/platform/auth"
	"erp/internal/platform/httpapi"
	"erp/internal/platform/rbac"
)

// Home is the first screen: the company in numbers, as far as the person may see them.
type Home struct {
	People   *employee.Summary `json:"people,omitempty"`
	Assets   *asset.Summary    `json:"assets,omitempty"`
	Sales    *invoice.Summary  `json:"sales,omitempty"`
	MyAssets []asset.Asset     `json:"myAssets" doc:"What the person holds"`
	Degraded []string          `json:"degraded" doc:"Modules that did not answer in time; their part is missing"`
}

func (g *Gateway) routeHome(api *httpapi.API) {
	httpapi.Register(api, httpapi.Operation{
		ID: "home", Method: http.MethodGet, Path: "/api/ui/home", Tag: "Screens",
		Summary: "Numbers and charts over all modules", Permission: rbac.SignedIn,
	}, func(ctx context.Context, _ *struct{}) (*httpapi.Answer[Home], error) {
		home, err := g.home(ctx)
		if err != nil {
			return nil, err
		}
		return httpapi.Reply(home), nil
	})
}

func (g *Gateway) home(ctx context.Context) (Home, error) {
	home := Home{MyAssets: []asset.Asset{}, Degraded: []string{}}
	rights := auth.RightsOf(ctx)
	var c composition
	if rights.Scope("employee:read") == rbac.All {
		part(ctx, &c, g, "employee", g.deps.Employees.Summary, func(s employee.Summary) { home.People = &s })
	}
	if rights.Scope("asset:read") == rbac.All {
		part(ctx, &c, g, "asset", g.deps.Assets.Summary, func(s asset.Summary) { home.Assets = &s })
	}
	if rights.Scope("invoice:read") == rbac.All {
		part(ctx, &c, g, "invoice", g.deps.Invoices.Summary, func(s invoice.Summary) { home.Sales = &s })
	}
	if me := employee.ID(auth.From(ctx).EmployeeID); !me.IsZero() {
		part(ctx, &c, g, "asset", func(ctx context.Context) (map[employee.ID][]asset.Asset, error) {
			return g.deps.Assets.HeldBy(ctx, []employee.ID{me})
		}, func(held map[employee.ID][]asset.Asset) { home.MyAssets = append(home.MyAssets, held[me]...) })
	}
	c.wait.Wait()
	home.Degraded = append(home.Degraded, c.modules()...)
	return home, c.refusal
}

// modules names those that did not answer, each once.
func (c *composition) modules() []string {
	slices.Sort(c.degraded)
	return slices.Compact(c.degraded)
}
