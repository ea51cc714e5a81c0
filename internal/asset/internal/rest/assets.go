package rest

import (
	"context"

	"erp/internal/asset"
	"erp/internal/asset/internal/app"
	"erp/internal/employee"
	"erp/internal/platform/date"
	"erp/internal/platform/httpapi"
	"erp/internal/platform/page"
)

// Filter is what a list or an export can be narrowed by.
type Filter struct {
	Status        []string         `query:"status" enum:"available,reserved,assigned,in-repair,lost,retired" doc:"Any of these, separated by commas"`
	Category      asset.CategoryID `query:"categoryId"`
	Location      asset.LocationID `query:"locationId" doc:"This place and all places in it"`
	Holder        employee.ID      `query:"holderId" doc:"Held by or reserved for this person"`
	Bill          asset.BillID     `query:"billId" doc:"Bought on this vendor's bill"`
	WarrantyUntil date.Date        `query:"warrantyUntil" doc:"Warranty ends from today to this day; retired assets are left out"`
}

func (f Filter) of(q, sort string) asset.Query {
	query := asset.Query{Q: q, Sort: sort, CategoryID: f.Category, LocationID: f.Location, HolderID: f.Holder, BillID: f.Bill, WarrantyUntil: f.WarrantyUntil}
	for _, status := range f.Status {
		query.Status = append(query.Status, asset.Status(status))
	}
	return query
}

type listInput struct {
	httpapi.ListQuery
	Filter
}

type editInput struct {
	httpapi.IfMatch
	AssetPath
	Body app.AssetInput
}

func assets(api *httpapi.API, a *app.App) {
	httpapi.Register(api, httpapi.Operation{
		ID: "list-assets", Method: "GET", Path: "/assets", Summary: "List assets", Tag: tag, Permission: app.CanRead,
		Description: "Sorts by tag, name, cost, purchasedOn, warrantyUntil, holder or updatedAt.",
	}, func(ctx context.Context, in *listInput) (*httpapi.Answer[page.Of[asset.Asset]], error) {
		query := in.of(in.Q, in.Sort)
		query.Request = in.Page()
		return reply(a.List(ctx, query))
	})
	httpapi.Register(api, httpapi.Operation{
		ID: "get-asset", Method: "GET", Path: "/assets/{id}", Summary: "One asset", Tag: tag, Permission: app.CanRead,
	}, plain(a.GetAsset))
	httpapi.Register(api, httpapi.Operation{
		ID: "register-asset", Method: "POST", Path: "/assets", Summary: "Register an asset", Tag: tag, Permission: app.CanRegister, Status: 201,
		Description: "What is left open comes from the category: tag, method, convention, life and salvage.",
	}, func(ctx context.Context, in *struct{ Body app.AssetInput }) (*httpapi.Answer[asset.Asset], error) {
		return reply(a.RegisterAsset(ctx, in.Body))
	})
	httpapi.Register(api, httpapi.Operation{
		ID: "edit-asset", Method: "PUT", Path: "/assets/{id}", Summary: "Replace the details of an asset", Tag: tag, Permission: app.CanRegister,
	}, func(ctx context.Context, in *editInput) (*httpapi.Answer[asset.Asset], error) {
		return reply(a.EditAsset(ctx, in.ID, in.Version(), in.Body))
	})
}
