package rest

import (
	"context"
	"time"

	"erp/internal/asset"
	"erp/internal/invoice/internal/app"
	"erp/internal/platform/httpapi"
	"erp/internal/platform/page"
)

type sellInput struct {
	Body app.SellInput
}

type listSales struct {
	Limit   int      `query:"limit" minimum:"1" maximum:"200" default:"50"`
	Cursor  string   `query:"cursor" maxLength:"500"`
	AssetID asset.ID `query:"assetId" doc:"Only those of this asset"`
}

func sales(api *httpapi.API, a *app.App) {
	httpapi.Register(api, httpapi.Operation{
		ID: "preview-asset-sale", Method: "POST", Path: "/asset-sales/preview", Summary: "What a sale would bring: value, gain or loss, tax", Tag: tag, Permission: app.CanSellAssets,
	}, func(ctx context.Context, in *sellInput) (*httpapi.Answer[app.AssetSale], error) {
		return reply(a.PreviewSale(ctx, in.Body))
	})
	httpapi.Register(api, httpapi.Operation{
		ID: "sell-asset", Method: "POST", Path: "/asset-sales", Summary: "Sell an asset on an invoice", Tag: tag, Permission: app.CanSellAssets, Status: 201,
		Description: "Issues the invoice, books the disposal with gain or loss and ends custody, or does nothing at all. It takes the permission to issue too. " +
			"Crediting the invoice takes everything back.",
		Timeout: time.Minute,
	}, func(ctx context.Context, in *sellInput) (*httpapi.Answer[app.AssetSale], error) {
		return reply(a.SellAsset(ctx, in.Body))
	})
	httpapi.Register(api, httpapi.Operation{
		ID: "list-asset-sales", Method: "GET", Path: "/asset-sales", Summary: "Sales of assets and how far each has come, newest first", Tag: tag, Permission: app.CanSellAssets,
	}, func(ctx context.Context, in *listSales) (*httpapi.Answer[page.Of[app.AssetSale]], error) {
		return reply(a.Sales(ctx, app.ListSales{AssetID: in.AssetID, Page: page.Request{Limit: in.Limit, Cursor: in.Cursor}}))
	})
}
