package rest

import (
	"context"

	"erp/internal/asset"
	"erp/internal/asset/internal/app"
	"erp/internal/platform/httpapi"
	"erp/internal/platform/page"
)

type assignInput struct {
	AssetPath
	Body app.Assignment
}

type returnInput struct {
	AssetPath
	Body app.Return
}

type reserveInput struct {
	AssetPath
	Body app.Reservation
}

type retireInput struct {
	AssetPath
	Body app.Retirement
}

func custody(api *httpapi.API, a *app.App) {
	httpapi.Register(api, httpapi.Operation{
		ID: "assign-asset", Method: "POST", Path: "/assets/{id}/assignments", Summary: "Hand an asset to somebody", Tag: tag, Permission: app.CanAssign, Status: 201,
		Description: "A conflict when somebody holds it, unless it is a transfer.",
	}, func(ctx context.Context, in *assignInput) (*httpapi.Answer[asset.Asset], error) {
		return reply(a.AssignAsset(ctx, in.ID, in.Body))
	})
	httpapi.Register(api, httpapi.Operation{
		ID: "list-asset-assignments", Method: "GET", Path: "/assets/{id}/assignments", Summary: "Who held an asset, newest first", Tag: tag, Permission: app.CanRead,
	}, func(ctx context.Context, in *AssetPath) (*httpapi.Answer[page.Of[asset.Custody]], error) {
		return whole(a.Custodies(ctx, in.ID))
	})
	httpapi.Register(api, httpapi.Operation{
		ID: "return-asset", Method: "POST", Path: "/assets/{id}/returns", Summary: "Take an asset back into stock", Tag: tag, Permission: app.CanAssign, Status: 201,
	}, func(ctx context.Context, in *returnInput) (*httpapi.Answer[asset.Asset], error) {
		return reply(a.ReturnAsset(ctx, in.ID, in.Body))
	})
	httpapi.Register(api, httpapi.Operation{
		ID: "reserve-asset", Method: "PUT", Path: "/assets/{id}/reservation", Summary: "Reserve an asset in stock for somebody", Tag: tag, Permission: app.CanAssign,
	}, func(ctx context.Context, in *reserveInput) (*httpapi.Answer[asset.Asset], error) {
		return reply(a.ReserveAsset(ctx, in.ID, in.Body))
	})
	httpapi.Register(api, httpapi.Operation{
		ID: "release-asset", Method: "DELETE", Path: "/assets/{id}/reservation", Summary: "Take a reservation back", Tag: tag, Permission: app.CanAssign,
	}, plain(a.ReleaseAsset))
	httpapi.Register(api, httpapi.Operation{
		ID: "send-asset-to-repair", Method: "PUT", Path: "/assets/{id}/repair", Summary: "Send an asset to repair", Tag: tag, Permission: app.CanAssign,
		Description: "Whoever holds it gets it back afterwards.",
	}, noted(a.SendToRepair))
	httpapi.Register(api, httpapi.Operation{
		ID: "end-asset-repair", Method: "DELETE", Path: "/assets/{id}/repair", Summary: "Take an asset back from repair", Tag: tag, Permission: app.CanAssign,
	}, plain(a.BackFromRepair))
	httpapi.Register(api, httpapi.Operation{
		ID: "mark-asset-lost", Method: "PUT", Path: "/assets/{id}/loss", Summary: "Mark an asset as lost", Tag: tag, Permission: app.CanAssign,
	}, noted(a.MarkLost))
	httpapi.Register(api, httpapi.Operation{
		ID: "mark-asset-found", Method: "DELETE", Path: "/assets/{id}/loss", Summary: "Take a lost asset back into stock", Tag: tag, Permission: app.CanAssign,
	}, plain(a.MarkFound))
	httpapi.Register(api, httpapi.Operation{
		ID: "retire-asset", Method: "PUT", Path: "/assets/{id}/retirement", Summary: "Retire an asset", Tag: tag, Permission: app.CanRetire,
		Description: "Nobody may hold it. It leaves the books the same day unless they are to keep it.",
	}, func(ctx context.Context, in *retireInput) (*httpapi.Answer[asset.Asset], error) {
		return reply(a.RetireAsset(ctx, in.ID, in.Body))
	})
	httpapi.Register(api, httpapi.Operation{
		ID: "reinstate-asset", Method: "DELETE", Path: "/assets/{id}/retirement", Summary: "Bring back an asset retired by mistake", Tag: tag, Permission: app.CanRetire,
	}, plain(a.ReinstateAsset))
}
