package rest

import (
	"context"

	"erp/internal/asset"
	"erp/internal/asset/internal/app"
	"erp/internal/platform/httpapi"
	"erp/internal/platform/page"
)

// CategoryPath names the category of a request.
type CategoryPath struct {
	ID asset.CategoryID `path:"id"`
}

type editCategory struct {
	httpapi.IfMatch
	CategoryPath
	Body app.CategoryInput
}

type removeCategory struct {
	httpapi.IfMatch
	CategoryPath
}

func categories(api *httpapi.API, a *app.App) {
	httpapi.Register(api, httpapi.Operation{
		ID: "list-categories", Method: "GET", Path: "/categories", Summary: "List every category of assets", Tag: tag, Permission: app.CanRead,
	}, func(ctx context.Context, _ *struct{}) (*httpapi.Answer[page.Of[asset.Category]], error) {
		return whole(a.Categories(ctx))
	})
	httpapi.Register(api, httpapi.Operation{
		ID: "add-category", Method: "POST", Path: "/categories", Summary: "Add a category", Tag: tag, Permission: app.CanConfigure, Status: 201,
	}, func(ctx context.Context, in *struct{ Body app.CategoryInput }) (*httpapi.Answer[asset.Category], error) {
		return reply(a.AddCategory(ctx, in.Body))
	})
	httpapi.Register(api, httpapi.Operation{
		ID: "edit-category", Method: "PUT", Path: "/categories/{id}", Summary: "Change a category", Tag: tag, Permission: app.CanConfigure,
		Description: "Assets that exist keep their depreciation and their tags.",
	}, func(ctx context.Context, in *editCategory) (*httpapi.Answer[asset.Category], error) {
		return reply(a.EditCategory(ctx, in.ID, in.Version(), in.Body))
	})
	httpapi.Register(api, httpapi.Operation{
		ID: "remove-category", Method: "DELETE", Path: "/categories/{id}", Summary: "Remove a category without assets", Tag: tag, Permission: app.CanConfigure,
	}, func(ctx context.Context, in *removeCategory) (*httpapi.Answer[httpapi.None], error) {
		return reply(httpapi.None{}, a.RemoveCategory(ctx, in.ID, in.Version()))
	})
}
