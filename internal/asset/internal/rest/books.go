package rest

import (
	"context"

	"erp/internal/asset"
	"erp/internal/asset/internal/app"
	"erp/internal/platform/date"
	"erp/internal/platform/httpapi"
	"erp/internal/platform/page"
)

type depreciationInput struct {
	AssetPath
	AsOf date.Date `query:"asOf" doc:"The day to value it on, past or future; today when left open"`
}

type historyInput struct {
	AssetPath
	Limit  int    `query:"limit" minimum:"1" maximum:"200" default:"50" doc:"How many lines at most"`
	Cursor string `query:"cursor" maxLength:"1000" doc:"The next value of the page before"`
}

func books(api *httpapi.API, a *app.App) {
	httpapi.Register(api, httpapi.Operation{
		ID: "get-asset-depreciation", Method: "GET", Path: "/assets/{id}/depreciation", Summary: "What an asset is worth on a day, and how it comes about", Tag: tag, Permission: app.CanRead,
		Description: "Every row names its formula, its exact amount and its rounding. The amounts sum to cost less salvage.",
	}, func(ctx context.Context, in *depreciationInput) (*httpapi.Answer[asset.Depreciation], error) {
		return reply(a.Depreciation(ctx, in.ID, in.AsOf))
	})
	httpapi.Register(api, httpapi.Operation{
		ID: "list-asset-history", Method: "GET", Path: "/assets/{id}/history", Summary: "What happened to an asset, newest first", Tag: tag, Permission: app.CanRead,
	}, func(ctx context.Context, in *historyInput) (*httpapi.Answer[page.Of[asset.HistoryLine]], error) {
		return reply(a.History(ctx, in.ID, page.Request{Limit: in.Limit, Cursor: in.Cursor}))
	})
}
