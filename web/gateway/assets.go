package gateway

import (
	"context"
	"net/http"

	"erp/internal/asset"
	"erp/internal/employee"
	"erp/internal/platform/date"
	"erp/internal/platform/fault"
	"erp/internal/platform/httpapi"
	"erp/internal/platform/id"
	"erp/internal/platform/page"
	"erp/internal/platform/rbac"
	"erp/internal/platform/resilience"
)

// AssetRow is an asset with its holder as the employee module knows the person now.
type AssetRow struct {
	asset.Asset
	HolderDepartment string          `json:"holderDepartment,omitempty"`
	HolderStatus     employee.Status `json:"holderStatus,omitempty" enum:"upcoming,active,leaving,left"`
}

// AssetPage is one page of the asset list.
type AssetPage struct {
	page.Of[AssetRow]
	Degraded []string `json:"degraded" doc:"Modules that did not answer: with employee among them, names are those last heard and departments are missing"`
}

type assetsInput struct {
	httpapi.ListQuery
	Status        []asset.Status   `query:"status" maxItems:"6" enum:"available,reserved,assigned,in-repair,lost,retired" doc:"Any of these"`
	CategoryID    asset.CategoryID `query:"categoryId"`
	LocationID    asset.LocationID `query:"locationId" doc:"This place and all below it"`
	HolderID      employee.ID      `query:"holderId"`
	WarrantyUntil date.Date        `query:"warrantyUntil" doc:"Warranty ends between today and this day"`
}

func (in *assetsInput) query() asset.Query {
	return asset.Query{
		Request: in.Page(), Q: in.Q, Status: in.Status, CategoryID: in.CategoryID, LocationID: in.LocationID,
		HolderID: in.HolderID, WarrantyUntil: in.WarrantyUntil, Sort: in.Sort,
	}
}

// canSeeAssets is the asset module's permission by its code: the door says before the screen is composed what the
// register would refuse.
var canSeeAssets = rbac.Permission{Code: "asset:read", Label: "See assets"} //nolint:gochecknoglobals // because it is a constant

func (g *Gateway) routeAssets(api *httpapi.API) {
	httpapi.Register(api, httpapi.Operation{
		ID: "list-assets-with-holders", Method: http.MethodGet, Path: "/api/ui/assets", Tag: "Screens",
		Summary: "Assets with their holders' names and departments", Permission: canSeeAssets,
	}, func(ctx context.Context, in *assetsInput) (*httpapi.Answer[AssetPage], error) {
		assets, err := g.assets(ctx, in.query())
		if err != nil {
			return nil, err
		}
		return httpapi.Reply(assets), nil
	})
}

// assets is one query of the asset module and one batch call for the holders.
func (g *Gateway) assets(ctx context.Context, query asset.Query) (AssetPage, error) {
	listed, err := g.deps.Assets.List(ctx, query)
	if err != nil {
		return AssetPage{}, err
	}
	out := AssetPage{Degraded: []string{}}
	out.Next, out.Total, out.TotalCapped = listed.Next, listed.Total, listed.TotalCapped
	out.Items = make([]AssetRow, len(listed.Items))
	holders := make([]employee.ID, len(listed.Items))
	for i, a := range listed.Items {
		out.Items[i], holders[i] = AssetRow{Asset: a}, a.HolderID
	}
	holders = id.Unique(holders)
	if len(holders) == 0 {
		return out, nil
	}
	people, err := resilience.Call(ctx, g.peers["employee"], func(ctx context.Context) (map[employee.ID]employee.Employee, error) {
		return g.deps.Employees.Employees(ctx, holders)
	})
	if err != nil && fault.KindOf(err) != fault.Forbidden {
		out.Degraded = append(out.Degraded, "employee")
	}
	for i := range out.Items {
		if p, ok := people[out.Items[i].HolderID]; ok {
			out.Items[i].HolderName, out.Items[i].HolderDepartment, out.Items[i].HolderStatus = p.DisplayName, p.Department, p.Status
		}
	}
	return out, nil
}
