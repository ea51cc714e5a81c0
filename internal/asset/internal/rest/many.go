package rest

import (
	"context"

	"erp/internal/asset"
	"erp/internal/asset/internal/app"
	"erp/internal/platform/httpapi"
	"erp/internal/platform/page"
)

func many(api *httpapi.API, a *app.App) {
	httpapi.Register(api, httpapi.Operation{
		ID: "move-assets", Method: "POST", Path: "/assets/moves", Summary: "Put assets somewhere else, all or none", Tag: tag, Permission: app.CanRegister,
	}, func(ctx context.Context, in *struct{ Body app.Move }) (*httpapi.Answer[page.Of[asset.Asset]], error) {
		return whole(a.MoveAssets(ctx, in.Body))
	})
	httpapi.Register(api, httpapi.Operation{
		ID: "return-assets", Method: "POST", Path: "/assets/returns", Summary: "Take assets back into stock, all or none", Tag: tag, Permission: app.CanAssign,
		Description: "A refusal names each asset that cannot be returned by its place in the request.",
	}, func(ctx context.Context, in *struct{ Body app.ReturnMany }) (*httpapi.Answer[page.Of[asset.Asset]], error) {
		return whole(a.ReturnAssets(ctx, in.Body))
	})
}
